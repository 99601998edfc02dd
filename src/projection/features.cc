#include "projection/features.h"

#include <algorithm>
#include <cmath>

namespace hs::projection {
namespace {

/// Least length of a stretch of the chain, as a share of the course: 2.3 km of a marathon.
constexpr double kLeastStretch = 0.055;
constexpr double kUsualLogPace = 5.768;  // log of 320 s a kilometre.

class Writer {
 public:
  explicit Writer(std::span<double, kMaxFeatures> out) : out_(out) {}
  void add(double value) { out_[count_++] = value; }
  template <typename... Knots>
  void above(double value, Knots... knots) {
    (add(std::max(value - knots, 0.0)), ...);
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::span<double, kMaxFeatures> out_;
  std::size_t count_ = 0;
};

double log_pace(const Grid& grid, const Trace& trace, std::size_t begin, std::size_t end) {
  const double km = grid.km[end - 1] - (begin == 0 ? 0 : grid.km[begin - 1]);
  return std::log(std::max((trace.seconds[end] - trace.seconds[begin]) / km, 1.0));
}

/// What the changes of pace are: of the last stretch against others. All zero at the first point.
struct Change {
  double since_first = 0;
  double since_previous = 0;
  double since_half = 0;  ///< Against the mean pace of the first half of what was seen.
  double one_before = 0;  ///< The change between the two stretches before the last.
  std::size_t stretches = 0;
};

void add_bends(Writer& w, const Change& c, double level, double female, double age) {
  const double first = c.since_first;
  const double last = c.since_previous;
  w.above(first, 0.0, 0.1, 0.2, 0.35, 0.5);
  w.above(last, 0.0, 0.05, 0.1, 0.15, 0.3);
  w.above(-last, 0.03, 0.08, 0.15, 0.3);
  w.above(c.since_half, 0.1, 0.2, 0.3, 0.45);
  for (const double both : {level * first, level * last, female * first, female * last,
                            first * last, age * first, age * last, level * first * first}) {
    w.add(both);
  }
  w.add(level * std::max(last - 0.1, 0.0));
  w.add(female * std::max(last - 0.1, 0.0));
  if (c.stretches < 3) return;
  const double before = c.one_before;
  w.above(before, 0.0, 0.1, 0.25);
  w.above(-before, 0.1, 0.2);
  w.add(before * last);
  w.add(std::min(before, 0.0) * std::max(last, 0.0));
  w.add(std::max(before, 0.0) * std::max(last, 0.0));
  w.add(level * before);
}

}  // namespace

FeatureMap::FeatureMap(const Grid& grid, std::size_t from, std::optional<std::size_t> without)
    : from_(from) {
  ends_.push_back(0);
  for (std::size_t i = 0; i <= from; ++i) {
    if (i != without) ends_.push_back(i + 1);
  }
  chain_.push_back(from + 1);
  for (std::size_t i = from; i-- > 0;) {
    if (i == without) continue;
    const double apart = grid.km[chain_.back() - 1] - grid.km[i];
    if (apart >= kLeastStretch * grid.km.back()) chain_.push_back(i + 1);
  }
  chain_.push_back(0);
  std::reverse(chain_.begin(), chain_.end());
}

std::size_t FeatureMap::count(Detail detail) const {
  Grid even;
  Trace trace;
  for (std::size_t i = 0; i <= from_ + 1; ++i) {
    even.km.push_back(static_cast<double>(i + 1));
    trace.seconds[std::min(i + 1, kMaxPoints)] = static_cast<double>(i + 1) * 300;
  }
  std::array<double, kMaxFeatures> unused;
  return fill(even, trace, detail, unused);
}

double FeatureMap::last_pace(const Grid& grid, const Trace& trace) const {
  return std::exp(log_pace(grid, trace, chain_[chain_.size() - 2], chain_.back()));
}

std::size_t FeatureMap::fill(const Grid& grid, const Trace& trace, Detail detail,
                             std::span<double, kMaxFeatures> out) const {
  Writer w(out);
  const std::size_t n = chain_.size() - 1;
  std::array<double, kMaxPoints + 1> pace{};
  for (std::size_t i = 0; i < n; ++i) pace[i] = log_pace(grid, trace, chain_[i], chain_[i + 1]);
  const double mean = log_pace(grid, trace, 0, from_ + 1);
  const double level = mean - kUsualLogPace;
  const double female = trace.is_female;
  const double age = (trace.age - 42) / 10;
  Change c;
  c.stretches = n;
  if (n >= 2) {
    c.since_first = pace[n - 1] - pace[0];
    c.since_previous = pace[n - 1] - pace[n - 2];
    c.since_half = pace[n - 1] - log_pace(grid, trace, 0, chain_[std::max<std::size_t>(1, n / 2)]);
  }
  if (n >= 3) c.one_before = pace[n - 2] - pace[n - 3];
  w.add(1);
  w.add(level);
  w.add(female);
  if (detail == Detail::Short) {
    w.add(age);
    w.add(std::abs(level));
    if (n < 2) return w.count();
    w.above(c.since_previous, 0.0, 0.1);
    w.above(-c.since_previous, 0.0);
    w.above(c.since_half, 0.0, 0.15);
    w.add(c.since_first);
    return w.count();
  }
  for (const double value :
       {level * level, std::max(level - 0.1, 0.0), std::max(-level - 0.15, 0.0), age, age * age,
        female * level, female * age, age * level}) {
    w.add(value);
  }
  for (std::size_t i = 0; i + 2 < ends_.size(); ++i) {
    w.add(log_pace(grid, trace, ends_[i], ends_[i + 1]) - mean);
  }
  if (n >= 2) add_bends(w, c, level, female, age);
  return w.count();
}

}  // namespace hs::projection
