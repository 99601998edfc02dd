#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "moments/field_view.h"

namespace hs::moments {

/// How well each mat of a race heard around any minute, so that a deaf mat counts against nobody.
///
/// Looks at the finishers, who passed every mat on their way: a chip not heard is put where the
/// field's usual pace between its neighbours suggests. Where no time of day is known the runner's
/// own clock stands in, as if all had started together.
class MatHearing {
 public:
  /// Cost: O(rows x columns x log rows).
  explicit MatHearing(const FieldView& view);

  struct Around {
    std::uint32_t heard = 0;
    std::uint32_t passed = 0;
    double usual_rate = 0.5;  ///< The share it did not hear of the whole field; never quite none.
    /// The share not heard around that minute; where few passed, drawn to the usual one.
    [[nodiscard]] double miss_rate() const;
  };
  /// Of the others who passed the column at about the time of this runner. Cost: O(log rows).
  [[nodiscard]] Around around(std::size_t row, std::size_t column) const;

  /// When a runner passed a column, heard or not: seconds on the clock of the view.
  [[nodiscard]] double passed_at(std::size_t row, std::size_t column) const {
    return at_[row * columns_ + column];
  }

 private:
  std::size_t columns_ = 0;
  std::vector<double> at_;                         ///< n x p.
  std::vector<bool> is_heard_;                     ///< n x p.
  std::vector<std::vector<double>> sorted_;        ///< By column: instants, rising.
  std::vector<std::vector<std::uint32_t>> heard_;  ///< By column: heard among the first k of them.
};

/// How likely it is that these mats, in this order, did not hear a runner who passed them: each
/// mat's own rate, and a chip that was missed elsewhere is missed more easily here.
///
/// Units: one probability a mat; their product is that of all.
/// Shape: `missed_elsewhere` of `asked_elsewhere` mats did not hear this runner.
[[nodiscard]] std::vector<double> miss_chances(const std::vector<MatHearing::Around>& mats,
                                               std::size_t missed_elsewhere,
                                               std::size_t asked_elsewhere);

}  // namespace hs::moments
