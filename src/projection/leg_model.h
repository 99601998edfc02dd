#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "model/projection.h"
#include "projection/features.h"
#include "projection/robust_fit.h"

namespace hs::projection {

inline constexpr std::size_t kShares = model::kProjectionShares.size();

/// Where the time over the rest of a leg will lie, in units of "goes on at the last pace".
struct Outlook {
  double last_seconds = 0;  ///< When he was last seen.
  double at_last_pace = 0;  ///< Seconds that the leg takes at the pace of the last stretch.
  double ratio = 1;         ///< The likely time over that.
  double spread = 0;        ///< The size of a usual miss, in the same unit.
  std::array<double, kShares> shares{};  ///< Misses over `spread` at `kProjectionShares`, rising.

  [[nodiscard]] double seconds(std::size_t share) const {
    return last_seconds + at_last_pace * (ratio + spread * shares[share]);
  }
  /// The miss of a time that came true, in units of the spread.
  [[nodiscard]] double miss(double seconds_seen) const {
    return ((seconds_seen - last_seconds) / at_last_pace - ratio) / spread;
  }
};

/// The fitted numbers of a leg: what the shipped table holds.
struct LegTable {
  std::vector<double> low;      ///< A feature counts no less than this,
  std::vector<double> high;     ///< and no more: nothing is extrapolated.
  std::vector<double> weights;  ///< One a feature.
  /// Second step, empty for short legs: a bent line over the first step's time and ratio. It knows
  /// that a field ends somewhere ("finishers over four hours", a cut-off).
  std::vector<double> time_knots;
  std::vector<double> ratio_knots;
  std::vector<double> bounds;  ///< Least and most log time and ratio that the second step is fed.
  std::vector<double> bend;
  std::vector<double> spread;          ///< Log of the usual miss, over the short features.
  std::vector<double> spread_middles;  ///< Log spreads for which `misses` were counted, rising.
  std::vector<std::array<double, kShares>> misses;
};

/// What a leg table is for, in points of a grid.
struct Leg {
  std::size_t from = 0;
  std::size_t to = 0;
  std::optional<std::size_t> without;  ///< An earlier point that is not looked at.
};

/// From one point of a grid to another: how the rest goes.
class LegModel {
 public:
  LegModel() = default;
  LegModel(const Grid& grid, const Leg& leg, LegTable table);

  /// Learns from runners who were seen at both ends. Shape: a `to_seconds` a trace; at least one.
  static LegModel fit(const Grid& grid, const Leg& leg, Detail detail,
                      std::span<const Trace> traces, std::span<const double> to_seconds);

  [[nodiscard]] Outlook look(const Grid& grid, const Trace& trace) const;
  [[nodiscard]] const LegTable& table() const { return table_; }

 private:
  struct First {
    double at_last_pace;
    double ratio;
  };
  [[nodiscard]] double leg_km(const Grid& grid, const Trace& trace) const;
  [[nodiscard]] First first_step(const Grid& grid, const Trace& trace) const;
  std::size_t fill_bend(double ratio, double log_time, std::span<double, kMaxFeatures> out) const;
  void fit_bend(std::span<const Trace> traces, std::span<const First> first,
                std::span<const double> y, std::span<const double> weight);
  void fit_spread(const Grid& grid, std::span<const Trace> traces, std::span<const double> misses);
  void fit_misses(std::span<const double> log_spread, std::span<const double> misses);

  std::size_t to_ = 0;
  Detail detail_ = Detail::Full;
  FeatureMap features_;
  LegTable table_;
};

}  // namespace hs::projection
