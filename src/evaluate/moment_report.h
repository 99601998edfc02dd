#pragma once

#include <string>
#include <vector>

#include "evaluate/moment_known.h"
#include "evaluate/moment_measures.h"
#include "evaluate/moment_recompute.h"

namespace hs::evaluate {

/// All that was measured of the moments of one race.
struct MomentReport {
  std::string race;
  std::size_t finishers = 0;  ///< On foot.
  std::vector<model::Moment> moments;
  std::vector<std::size_t> story;  ///< Indices into `moments`, as a story tells them.
  std::vector<KnownMoment> known;
  FalseMoments model_field, permuted;
  Planted planted;
  std::vector<Trouble> troubles;
  Stability stability;
  Recomputed recomputed;
  Speed speed;
};

struct MomentOptions {
  std::vector<Expected> expected;
  std::size_t top = 20;
  std::size_t seeds = 20;
  std::uint64_t seed = 1;
  /// Told the share done, 0 to 1, now and then; may be empty.
  std::function<void(double)> progress;
};

/// Measures all of it. Cost: about three searches for moments a seed and fifty more.
[[nodiscard]] MomentReport measure_moments(const model::EventResults& results, model::RaceId race,
                                           const MomentOptions& options);

/// The first moments in words, then the table: each measure, what it should be and what it is.
[[nodiscard]] std::string text_of(const MomentReport& report, const model::EventResults& results);

/// The same for programs: one JSON object, shares from 0 to 1; the moments as moments.json has
/// them.
[[nodiscard]] std::string json_of(const MomentReport& report, const model::EventResults& results);

}  // namespace hs::evaluate
