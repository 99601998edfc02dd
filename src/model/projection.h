#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace hs::model {

/// The shares of the distribution that a projection carries, rising; the middle one is the median.
inline constexpr std::array<double, 17> kProjectionShares = {0.005, 0.01, 0.025, 0.05, 0.1,  0.2,
                                                             0.3,   0.4,  0.5,   0.6,  0.7,  0.8,
                                                             0.9,   0.95, 0.975, 0.99, 0.995};
inline constexpr std::size_t kMedianShare = 8;

/// What a projection was learned from.
enum class ProjectionSource : std::uint8_t {
  Course,   ///< Past runners of this course.
  Nearest,  ///< The past runners most like this one, on this course.
  Generic,  ///< The table for any road race: this course has no past.
};
[[nodiscard]] constexpr std::string_view name_of(ProjectionSource source) {
  if (source == ProjectionSource::Course) return "course";
  return source == ProjectionSource::Nearest ? "nearest" : "generic";
}

/// When a runner who is on the course will finish, if he does: a distribution, never a time.
///
/// Units: whole seconds since the runner's own start. `since` is the point that was seen last.
/// Order: `at_shares` follows `kProjectionShares` and does not fall; none lies before now.
struct Projection {
  std::array<std::chrono::seconds, kProjectionShares.size()> at_shares{};
  std::size_t since = 0;  ///< Index of that point in the course.
  base::Duration since_time{0};
  ProjectionSource source = ProjectionSource::Generic;
  bool is_overdue = false;       ///< Should have reached the next point by now: stands or has left.
  bool is_past_cut_off = false;  ///< Now is later than the cut-off that was given.
  friend bool operator==(const Projection&, const Projection&) = default;

  [[nodiscard]] std::chrono::seconds median() const { return at_shares[kMedianShare]; }
  struct Interval {
    std::chrono::seconds low;
    std::chrono::seconds high;
  };
  [[nodiscard]] Interval interval_80() const { return {at_shares[4], at_shares[12]}; }
  [[nodiscard]] Interval interval_95() const { return {at_shares[2], at_shares[14]}; }

  /// The probability to finish in `barrier` or less, linear between the shares; 0 below the first
  /// and 1 above the last, because farther out nothing is known.
  [[nodiscard]] double probability_within(base::Duration barrier) const {
    const double at = std::chrono::duration<double>(barrier).count();
    const auto seconds = [&](std::size_t i) { return static_cast<double>(at_shares[i].count()); };
    if (at < seconds(0)) return 0;
    for (std::size_t i = 1; i < at_shares.size(); ++i) {
      if (at >= seconds(i)) continue;
      const double part = (at - seconds(i - 1)) / (seconds(i) - seconds(i - 1));
      return kProjectionShares[i - 1] + part * (kProjectionShares[i] - kProjectionShares[i - 1]);
    }
    return 1;
  }
};

/// What was projected for one runner at each point where they were seen: the fan that narrows
/// along the course.
struct ProjectionFan {
  struct Step {
    PointId at;
    Projection projection;
  };
  EntrantId entrant;
  std::vector<Step> steps;  ///< In course order; the finish is none.
};

}  // namespace hs::model
