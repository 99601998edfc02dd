#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/moment.h"
#include "moments/body_tail.h"
#include "moments/field_view.h"

namespace hs::moments {

/// What runners of this field do from column to column; index 0 means nothing.
struct Habits {
  /// How much one runner's seconds over the stretch that ends here differ from the pace of their
  /// next stretch (of the whole race, for the last one): a robust standard deviation.
  std::vector<double> spread;
  /// The log of pace over own pace until there that one in 256 exceeds.
  std::vector<double> slow;
  /// How rare a slowness is, as that logarithm; nothing in a small field.
  std::vector<std::optional<BodyTail>> slow_tail;
};

/// Cost: O(rows x columns).
[[nodiscard]] Habits habits_of(const FieldView& view);

/// Bits of surprise that two runners who were level are level again, to `within` seconds, after a
/// stretch over which one runner's seconds vary by `variance` (seconds squared).
[[nodiscard]] double stretch_bits(double variance, double within);

/// A stretch in which two runners both lost minutes.
struct SharedLoss {
  std::size_t from = 0;
  std::size_t to = 0;
  double seconds = 0;  ///< Of the one who lost less.
  double bits = 0;     ///< Of surprise in the lesser slowness of the two; 0 in a small field.
};

/// The stretch in which both lost most against their own pace until then, if each of them was as
/// slow there as few of the field.
[[nodiscard]] std::optional<SharedLoss> shared_loss(const FieldView& view, const Habits& habits,
                                                    std::size_t a, std::size_t b);

[[nodiscard]] model::Evidence shared_loss_evidence(const FieldView& view, const SharedLoss& loss,
                                                   const std::vector<model::BibNumber>& bibs);

}  // namespace hs::moments
