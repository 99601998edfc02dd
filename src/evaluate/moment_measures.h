#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/figures.h"
#include "model/moment.h"
#include "model/result.h"

// How far the moments of a race can be believed, measured on that race: docs/moments-measured.md
// says what each measure asks and what it should be. All of them change the race's times, look for
// moments again, and count. Same results and seed, same figures, but for the speed.

namespace hs::evaluate {

/// The moments of one race, in the order of `moments::find_moments`.
[[nodiscard]] std::vector<model::Moment> moments_of(const model::EventResults& results,
                                                    model::RaceId race);

/// Kind and people: the same moment in two versions of a race, wherever its anchor went.
using MomentKey = std::pair<model::MomentKind, std::vector<model::EntrantId>>;
[[nodiscard]] MomentKey key_of(const model::Moment& moment);

/// How many of a kind were found in the race and, on average, where there can be none.
struct KindCount {
  model::MomentKind kind = model::MomentKind::LateCollapse;
  std::size_t real = 0;
  double made = 0;
};

/// Moments in fields in which nothing happened: all of them false.
struct FalseMoments {
  std::vector<KindCount> kinds;  ///< Those with any, by kind.
  std::size_t real = 0;
  double made = 0;        ///< Mean over the seeds.
  std::size_t seeds = 0;  ///< 0: the field is too small to be modelled.
};

/// Kinds about one runner, in fields run again from the fitted one (moment_model.h). What every
/// race has one of, and what hangs on the entry list alone, is left out.
[[nodiscard]] FalseMoments model_field(const model::EventResults& results, model::RaceId race,
                                       std::size_t seeds, std::uint64_t seed);

/// Kinds about several, in fields where each has somebody else's day: the shape of the race is
/// exchanged among runners of about the same finishing time, the start, where known, among those
/// who started about then.
[[nodiscard]] FalseMoments permuted_pairs(const model::EventResults& results, model::RaceId race,
                                          std::size_t seeds, std::uint64_t seed);

/// Hard days planted, of 5 to 60 minutes: half spread over the rest of the race from a late point
/// on (`collapse`), half within one stretch (`stop`).
struct Planted {
  struct Kind {
    std::size_t large = 0;       ///< Of 15 minutes or more.
    std::size_t candidates = 0;  ///< Of these, weighed by the detector.
    std::size_t clear = 0;       ///< One scale or more beyond what being told asks.
    std::size_t published = 0;   ///< Of these, told.
    std::size_t all = 0;
  };
  Kind collapse, stop;
};
[[nodiscard]] Planted planted(const model::EventResults& results, model::RaceId race,
                              std::uint64_t seed);

/// Faults of the timing planted, five times each; a moment that was not there before and is about
/// somebody whose times they touched is theirs.
struct Trouble {
  std::string name;
  std::size_t touched = 0;            ///< Runners.
  std::size_t published = 0;          ///< Moments with the fault.
  std::size_t touching = 0;           ///< Of these, made by it.
  std::vector<std::string> examples;  ///< The first few of them, for whoever mends the detector.
};
[[nodiscard]] std::vector<Trouble> troubles(const model::EventResults& results, model::RaceId race,
                                            std::uint64_t seed);

/// How much of what is told stays when what should not matter changes. Shares from 0 to 1, means.
struct Stability {
  std::size_t stories = 0;  ///< The first 50 of the story, or as many as there are.
  std::size_t pairs = 0;
  double dropped = 1;         ///< Stories that stay when one runner in a hundred is left out.
  double jittered = 1;        ///< Stories that stay when times move by up to a second.
  double pairs_jittered = 1;  ///< Pairs in both versions over pairs in either (Jaccard).
};
[[nodiscard]] Stability stability(const model::EventResults& results, model::RaceId race,
                                  std::uint64_t seed);

/// The median time of `moments::find_moments` on these results. Reads a clock.
struct Speed {
  double milliseconds = 0;
  std::size_t runs = 0;
};
[[nodiscard]] Speed speed(const model::EventResults& results);

}  // namespace hs::evaluate
