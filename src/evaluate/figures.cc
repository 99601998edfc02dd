#include "evaluate/figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hs::evaluate {
namespace {

constexpr std::size_t kBlocks = 400;
constexpr std::size_t kResamples = 500;

double minutes_of(std::chrono::seconds seconds) {
  return static_cast<double>(seconds.count()) / 60.0;
}

}  // namespace

const char* name_of(Figure figure) {
  constexpr std::array<const char*, kFigures> kNames = {
      "mae",       "bias",     "mse",      "within_1", "within_2", "within_5",
      "within_10", "cover_80", "cover_95", "width_80", "width_95", "pinball"};
  return kNames[static_cast<std::size_t>(figure)];
}

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

Sample judge(double minutes, double truth_minutes) {
  Sample sample;
  const double miss = minutes - truth_minutes;
  const double size = std::abs(miss);
  const auto share = [&](double most) { return size <= most ? 1.0 : 0.0; };
  sample.values = {size, miss, miss * miss, share(1), share(2), share(5), share(10)};
  return sample;
}

Sample judge(const model::Projection& projection, double truth_minutes) {
  Sample sample = judge(minutes_of(projection.median()), truth_minutes);
  sample.has_distribution = true;
  const auto set = [&](Figure figure, double value) {
    sample.values[static_cast<std::size_t>(figure)] = value;
  };
  const auto judge_interval = [&](const model::Projection::Interval& interval, Figure cover,
                                  Figure width) {
    // Truths are whole seconds or tenths of a minute: the ends belong to the interval.
    const double low = minutes_of(interval.low);
    const double high = minutes_of(interval.high);
    set(cover, truth_minutes >= low && truth_minutes <= high ? 1 : 0);
    set(width, high - low);
  };
  judge_interval(projection.interval_80(), Figure::Cover80, Figure::Width80);
  judge_interval(projection.interval_95(), Figure::Cover95, Figure::Width95);
  double loss = 0;
  for (std::size_t i = 0; i < projection.at_shares.size(); ++i) {
    const double share = model::kProjectionShares[i];
    const double above = truth_minutes - minutes_of(projection.at_shares[i]);
    loss += above >= 0 ? share * above : (share - 1) * above;
  }
  set(Figure::Pinball, loss / static_cast<double>(projection.at_shares.size()));
  sample.share_at_truth =
      projection.probability_within(base::Duration(std::llround(truth_minutes * 60e6)));
  return sample;
}

Figures figures_of(const std::vector<Sample>& samples, std::uint64_t seed) {
  Figures out;
  out.count = samples.size();
  if (samples.empty()) return out;
  out.has_distribution = samples.front().has_distribution;
  const std::size_t blocks = std::min(kBlocks, samples.size());
  std::vector<std::array<double, kFigures>> sums(blocks);
  std::vector<double> sizes(blocks, 0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sizes[i % blocks] += 1;
    for (std::size_t k = 0; k < kFigures; ++k) sums[i % blocks][k] += samples[i].values[k];
  }
  std::array<std::vector<double>, kFigures> means;
  Random random(seed);
  for (std::size_t r = 0; r < kResamples; ++r) {
    std::array<double, kFigures> sum{};
    double size = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
      const std::size_t chosen = random.below(blocks);
      size += sizes[chosen];
      for (std::size_t k = 0; k < kFigures; ++k) sum[k] += sums[chosen][k];
    }
    for (std::size_t k = 0; k < kFigures; ++k) means[k].push_back(sum[k] / size);
  }
  for (std::size_t k = 0; k < kFigures; ++k) {
    double whole = 0;
    for (const auto& sum : sums) whole += sum[k];
    std::sort(means[k].begin(), means[k].end());
    out.estimates[k] = {whole / static_cast<double>(samples.size()),
                        means[k][kResamples * 25 / 1000], means[k][kResamples * 975 / 1000]};
  }
  return out;
}

}  // namespace hs::evaluate
