#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "moments/field_view.h"
#include "moments/robust_fit.h"

namespace hs::moments {

/// What this field did on this day from one point on, as a rule that judges one runner at a time:
/// also somebody who came in after it was fitted.
///
/// Units: logarithms of seconds a metre.
struct RestRule {
  /// Medians of what the rule looks at.
  struct Centre {
    double level = 0;
    double last = 0;
    double age = 0;
    double change = 0;   ///< Of the last stretch against the level: how the day fades.
    double earlier = 0;  ///< Of the stretch before that.
  };
  std::size_t from = 0;  ///< Column.
  Centre centre;
  LinearRule rule;                                       ///< Of the rest, less the reference.
  LinearRule scale_rule;                                 ///< Of the log of its usual error.
  double scale_middle = 0;                               ///< Of what that rule gives.
  std::array<double, 3> quarters{};                      ///< Of the level.
  std::array<double, 8> spread{1, 1, 1, 1, 1, 1, 1, 1};  ///< By quarter of level and sex.
  double z_least = 0;                                    ///< Nine in ten lie between these two.
  double z_most = 0;
  std::size_t judged = 0;  ///< Runners it was fitted to.

  /// One runner's rest of the race.
  struct Judged {
    double expected = 0;  ///< Seconds: median.
    double scale = 0;     ///< Of the logarithm of the pace.
    double previous = 0;  ///< Pace just before the point, seconds a metre.
    double z = 0;         ///< In scales, positive for slower.
  };
  /// Nothing for whoever cannot be judged from that point. Cost: O(columns).
  [[nodiscard]] std::optional<Judged> judge(const FieldView& view, std::size_t row) const;
};

/// Fits the field's rest of the race from `column` on.
///
/// Shape:  `column` is neither the start nor the finish.
/// Errors: nothing with fewer than 300 runners to judge: too few to know what is ordinary.
/// Cost:   O(rows), some ten milliseconds for 30,000.
[[nodiscard]] std::optional<RestRule> fit_rest(const FieldView& view, std::size_t column);

/// What the rest of the race from one point on was to be expected to take, for each runner, by
/// what this field did on this day with what was known of the runner at that point.
///
/// Units: seconds; `z` in scales of the runner's own uncertainty, positive for slower.
/// Shape: by row of the view; NaN for whoever cannot be judged from that point.
struct RestExpectation {
  std::size_t from = 0;          ///< Column.
  std::vector<double> expected;  ///< Median.
  std::vector<double> scale;     ///< Of the logarithm of the pace.
  std::vector<double> previous;  ///< Pace just before the point, seconds a metre.
  std::vector<double> z;
  double z_least = 0;  ///< Nine in ten of the field lie between these two.
  double z_most = 0;
  std::size_t judged = 0;

  [[nodiscard]] double least(std::size_t row) const;  ///< Seconds.
  [[nodiscard]] double most(std::size_t row) const;   ///< Seconds.
};

/// Judges everybody by the rule fitted to them (`fit_rest`); all NaN where there is none.
[[nodiscard]] RestExpectation expect_rest(const FieldView& view, std::size_t column);

}  // namespace hs::moments
