#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/result.h"
#include "sim/truth.h"

namespace hs::sim {

/// One thing in which results and truth differ.
struct Difference {
  enum class Kind : std::uint8_t {
    Missing,  ///< No result for the entry at all.
    Status,
    StartSource,
    Start,     ///< Another start than the true one.
    Split,     ///< Another time at a point of the way than the reads of the true passing say.
    Invented,  ///< A time at a point where no read belongs to a true passing.
    Lost,      ///< No time at a point although the passing was heard.
    Finish,    ///< Another finish than the true one.
    Ghost,     ///< A finish of somebody who never finished, or was not heard doing so.
    Order,     ///< Placed before somebody who was truly quicker.
  };
  Kind kind = Kind::Missing;
  std::string race;
  std::string bib;
  std::string point;  ///< Where there is one.
  std::string words;  ///< "expected ..., found ...".
};

[[nodiscard]] const char* name_of(Difference::Kind kind);

/// Results against the truth.
struct Comparison {
  std::uint64_t entries = 0;
  std::uint64_t right = 0;      ///< Everything that can be known is exactly right.
  std::uint64_t wrong = 0;      ///< At least one difference.
  std::uint64_t not_asked = 0;  ///< Of `right`: something could not be known from the reads.
  std::uint64_t differences = 0;
  std::vector<std::pair<Difference::Kind, std::uint64_t>> by_kind;  ///< In order of the enum.
  std::vector<Difference> first;                                    ///< The first twenty.

  [[nodiscard]] bool perfect() const { return differences == 0; }
  /// For people: totals, then the first differences, a line each.
  [[nodiscard]] std::string words() const;
};

/// Compares official results with what truly happened, to the microsecond.
///
/// What is asked is what perfect knowledge of the reads could say: the time of the very read that
/// stands for each true passing (`TruePassing::heard`), not the instant on the line, which no
/// device knows. Order: places must follow those times by the race's `rank_by`.
/// Errors: none; an entry without a result is a difference. Cost: O(n log n).
[[nodiscard]] Comparison compare_with_truth(const Truth& truth, const model::EventResults& results);

}  // namespace hs::sim
