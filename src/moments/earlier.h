#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/moment.h"
#include "model/past.h"
#include "moments/detector.h"
#include "moments/field_view.h"

namespace hs::moments {

/// The earlier races of the runners of one view, as the kinds that need a history ask for them.
/// Every question may be asked without an archive, too; then nobody has been anywhere.
class Earlier {
 public:
  explicit Earlier(const FieldView& view);

  /// The earlier editions of the race, into `Past::races`, by date. Where an edition is missing
  /// from the archive the list begins behind the gap: what was before it is not known.
  [[nodiscard]] const std::vector<std::uint32_t>& editions() const { return editions_; }
  [[nodiscard]] const model::PastRace& race(std::uint32_t index) const;

  /// All earlier results of a runner, by date.
  [[nodiscard]] std::span<const model::PastResult> of(std::size_t row) const;
  /// The one in that race; null where there is none.
  [[nodiscard]] const model::PastResult* in(std::size_t row, std::uint32_t race) const;
  /// Those who finished a race as long as this one (to half a percent), with a time that can be
  /// compared with a net time; by date.
  [[nodiscard]] std::vector<const model::PastResult*> alike(std::size_t row) const;
  /// True where some earlier finish over this distance has no time to compare with: then nobody
  /// can say that a time is a first or a best.
  [[nodiscard]] bool has_unknown_times(std::size_t row) const;

  /// Whole years from that race to this one.
  [[nodiscard]] int years_since(std::uint32_t race) const;

  /// An item of evidence about an earlier race: which, when, and a time run there.
  [[nodiscard]] model::Evidence evidence(const char* what, std::uint32_t of_race,
                                         std::optional<base::Duration> time = std::nullopt) const;
  /// The same of a runner's own result there.
  [[nodiscard]] model::Evidence evidence_of(const char* what, std::size_t row,
                                            const model::PastResult& result) const;

 private:
  [[nodiscard]] bool is_alike(const model::PastRace& race) const;

  const FieldView& view_;
  const model::Past* past_ = nullptr;
  std::vector<std::uint32_t> editions_;
};

/// Somebody who could be told of, and by what they are ordered.
struct Ranked {
  std::size_t row = 0;
  double value = 0;  ///< More goes first.
  double sure = 1;   ///< The probability that what is told of earlier races is theirs.
  std::vector<model::Evidence> evidence;
};

/// Tells the first of them as a superlative, if nobody is level with them, and the next, ten in
/// all, for themselves. Nobody who may not be told of, and nobody whose earlier races are not
/// surely theirs; but those count in the ranks.
[[nodiscard]] std::vector<Found> tell_ranked(const FieldView& view, model::MomentKind kind,
                                             std::vector<Ranked> ranked);

/// Where more share the first rank than a shelf holds, they are one story: how many they are, and
/// what the first of their evidence says of each. Nothing where they are fewer.
[[nodiscard]] std::vector<Found> tell_many(const FieldView& view, model::MomentKind kind,
                                           const std::vector<Ranked>& ranked);

/// Links below this are not told of as facts.
inline constexpr double kLeastSure = 0.9;

}  // namespace hs::moments
