#include "projection/leg_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

// Implementation notes: the ratio is fitted with the leg's seconds as weight, so that what is kept
// small is the miss in minutes. The spread is a regression on the log of the misses; what is left
// (its shape, longer to the slow side) is counted in up to four classes of spread.

namespace hs::projection {
namespace {

constexpr double kLeastRatio = 0.4;
constexpr std::array<double, 10> kTimeKnots = {0.005, 0.01, 0.02, 0.05, 0.1,
                                               0.2,   0.4,  0.6,  0.8,  0.95};
constexpr std::array<double, 7> kRatioKnots = {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98};
constexpr std::array<std::size_t, 4> kCrossKnots = {0, 2, 4, 6};
constexpr std::size_t kRowsForBend = 100;
constexpr std::size_t kRowsAClass = 400;

std::vector<double> knots_of(std::vector<double> values, std::span<const double> shares) {
  std::vector<double> knots;
  for (const double share : shares) knots.push_back(quantile_of(values, share));
  return knots;
}

}  // namespace

LegModel::LegModel(const Grid& grid, const Leg& leg, LegTable table)
    : to_(leg.to),
      detail_(table.bend.empty() ? Detail::Short : Detail::Full),
      features_(grid, leg.from, leg.without),
      table_(std::move(table)) {}

double LegModel::leg_km(const Grid& grid, const Trace& trace) const {
  // From where he was really seen, which is near the grid's point but may not be on it.
  return std::max(grid.km[to_] - trace.last_km, 0.05);
}

LegModel::First LegModel::first_step(const Grid& grid, const Trace& trace) const {
  std::array<double, kMaxFeatures> x;
  const std::size_t n = features_.fill(grid, trace, detail_, x);
  double ratio = 0;
  for (std::size_t i = 0; i < n; ++i) {
    ratio += table_.weights[i] * std::clamp(x[i], table_.low[i], table_.high[i]);
  }
  return {features_.last_pace(grid, trace) * leg_km(grid, trace), std::max(ratio, kLeastRatio)};
}

std::size_t LegModel::fill_bend(double ratio, double log_time,
                                std::span<double, kMaxFeatures> out) const {
  log_time = std::clamp(log_time, table_.bounds[0], table_.bounds[1]);
  ratio = std::clamp(ratio, table_.bounds[2], table_.bounds[3]);
  std::size_t n = 0;
  out[n++] = 1;
  out[n++] = log_time;
  out[n++] = ratio;
  for (const double knot : table_.time_knots) out[n++] = std::max(log_time - knot, 0.0);
  for (const double knot : table_.ratio_knots) out[n++] = std::max(ratio - knot, 0.0);
  for (const std::size_t knot : kCrossKnots) {
    out[n++] = (ratio - table_.ratio_knots[3]) * std::max(log_time - table_.time_knots[knot], 0.0);
  }
  return n;
}

Outlook LegModel::look(const Grid& grid, const Trace& trace) const {
  const First first = first_step(grid, trace);
  Outlook out;
  out.last_seconds = trace.last_seconds;
  out.at_last_pace = first.at_last_pace;
  out.ratio = first.ratio;
  std::array<double, kMaxFeatures> x;
  if (!table_.bend.empty()) {
    const double log_time = std::log(out.last_seconds + out.at_last_pace * out.ratio);
    const std::size_t n = fill_bend(out.ratio, log_time, x);
    out.ratio = std::max(out.ratio + dot(std::span(x).first(n), table_.bend), kLeastRatio);
  }
  const std::size_t n = features_.fill(grid, trace, Detail::Short, x);
  for (std::size_t i = 0; i < n; ++i) x[i] = std::clamp(x[i], -1.0, 1.0);
  const double log_spread =
      std::clamp(dot(std::span(x).first(n), table_.spread), std::log(1e-3), std::log(1.0));
  out.spread = std::exp(log_spread);
  const auto& middles = table_.spread_middles;
  const auto above = std::upper_bound(middles.begin(), middles.end(), log_spread);
  if (above == middles.begin() || above == middles.end()) {
    out.shares = above == middles.begin() ? table_.misses.front() : table_.misses.back();
    return out;
  }
  const auto k = static_cast<std::size_t>(above - middles.begin());
  const double part = (log_spread - middles[k - 1]) / (middles[k] - middles[k - 1]);
  for (std::size_t i = 0; i < kShares; ++i) {
    out.shares[i] =
        table_.misses[k - 1][i] + part * (table_.misses[k][i] - table_.misses[k - 1][i]);
  }
  return out;
}

LegModel LegModel::fit(const Grid& grid, const Leg& leg, Detail detail,
                       std::span<const Trace> traces, std::span<const double> to_seconds) {
  HS_CHECK(!traces.empty() && traces.size() == to_seconds.size(), "nothing to learn a leg from");
  LegModel model;
  model.to_ = leg.to;
  model.detail_ = detail;
  model.features_ = FeatureMap(grid, leg.from, leg.without);
  Matrix x;
  std::vector<double> y;
  std::vector<double> weight;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    std::array<double, kMaxFeatures> row;
    x.columns = model.features_.fill(grid, traces[r], detail, row);
    x.values.insert(x.values.end(), row.begin(),
                    row.begin() + static_cast<std::ptrdiff_t>(x.columns));
    weight.push_back(model.features_.last_pace(grid, traces[r]) * model.leg_km(grid, traces[r]));
    y.push_back((to_seconds[r] - traces[r].last_seconds) / weight.back());
  }
  std::vector<double> column(x.rows());
  for (std::size_t j = 0; j < x.columns; ++j) {
    for (std::size_t r = 0; r < x.rows(); ++r) column[r] = x.row(r)[j];
    model.table_.low.push_back(quantile_of(column, 0.001));
    model.table_.high.push_back(quantile_of(column, 0.999));
    for (std::size_t r = 0; r < x.rows(); ++r) {
      x.row(r)[j] = std::clamp(x.row(r)[j], model.table_.low[j], model.table_.high[j]);
    }
  }
  model.table_.weights = fit_robust(x, y, weight);
  if (detail == Detail::Full) {
    std::vector<First> first;
    for (const Trace& trace : traces) first.push_back(model.first_step(grid, trace));
    model.fit_bend(traces, first, y, weight);
  }
  // The outlook without a spread gives the likely ratio; what it misses teaches the spread.
  model.table_.spread = {0};
  model.table_.spread_middles = {0};
  model.table_.misses = {{}};
  model.table_.spread.assign(kMaxFeatures, 0);
  std::vector<double> misses;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    misses.push_back(y[r] - model.look(grid, traces[r]).ratio);
  }
  model.fit_spread(grid, traces, misses);
  return model;
}

void LegModel::fit_bend(std::span<const Trace> traces, std::span<const First> first,
                        std::span<const double> y, std::span<const double> weight) {
  if (traces.size() < kRowsForBend) return;
  std::vector<double> log_time;
  std::vector<double> ratio;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    ratio.push_back(first[r].ratio);
    log_time.push_back(std::log(traces[r].last_seconds + first[r].at_last_pace * first[r].ratio));
  }
  table_.time_knots = knots_of(log_time, kTimeKnots);
  table_.ratio_knots = knots_of(ratio, kRatioKnots);
  constexpr std::array<double, 2> kOuter = {0.0005, 0.9995};
  table_.bounds = knots_of(log_time, kOuter);
  for (const double bound : knots_of(ratio, kOuter)) table_.bounds.push_back(bound);
  Matrix x;
  std::vector<double> rest;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    std::array<double, kMaxFeatures> row;
    x.columns = fill_bend(ratio[r], log_time[r], row);
    x.values.insert(x.values.end(), row.begin(),
                    row.begin() + static_cast<std::ptrdiff_t>(x.columns));
    rest.push_back(y[r] - ratio[r]);
  }
  table_.bend = fit_robust(x, rest, weight);
}

void LegModel::fit_spread(const Grid& grid, std::span<const Trace> traces,
                          std::span<const double> misses) {
  std::vector<double> size;
  for (const double miss : misses) size.push_back(std::abs(miss));
  // A lucky hit is no sign of a small spread: its log would run to minus infinity.
  const double floor = 0.1 * quantile_of(size, 0.5) + 1e-5;
  Matrix x;
  std::vector<double> logs;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    std::array<double, kMaxFeatures> row;
    x.columns = features_.fill(grid, traces[r], Detail::Short, row);
    for (std::size_t j = 0; j < x.columns; ++j) x.values.push_back(std::clamp(row[j], -1.0, 1.0));
    logs.push_back(std::log(std::abs(misses[r]) + floor));
  }
  table_.spread = fit_squares(x, logs);
  std::vector<double> log_spread;
  std::vector<double> standardised;
  for (std::size_t r = 0; r < traces.size(); ++r) {
    const double value = std::clamp(dot(x.row(r), table_.spread), std::log(1e-3), std::log(1.0));
    log_spread.push_back(value);
    standardised.push_back(misses[r] / std::exp(value));
  }
  fit_misses(log_spread, standardised);
}

void LegModel::fit_misses(std::span<const double> log_spread, std::span<const double> misses) {
  std::vector<std::size_t> order(misses.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return log_spread[a] != log_spread[b] ? log_spread[a] < log_spread[b] : a < b;
  });
  const std::size_t most = detail_ == Detail::Full ? 4 : 1;
  const std::size_t classes = std::clamp<std::size_t>(misses.size() / kRowsAClass, 1, most);
  table_.spread_middles.clear();
  table_.misses.clear();
  for (std::size_t c = 0; c < classes; ++c) {
    std::vector<double> in_class;
    std::vector<double> spreads;
    for (std::size_t i = misses.size() * c / classes; i < misses.size() * (c + 1) / classes; ++i) {
      in_class.push_back(misses[order[i]]);
      spreads.push_back(log_spread[order[i]]);
    }
    table_.spread_middles.push_back(quantile_of(spreads, 0.5));
    std::array<double, kShares> at{};
    for (std::size_t i = 0; i < kShares; ++i) {
      at[i] = quantile_of(in_class, model::kProjectionShares[i]);
    }
    table_.misses.push_back(at);
  }
}

}  // namespace hs::projection
