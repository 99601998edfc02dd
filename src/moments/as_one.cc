#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/oddity_finders.h"

namespace hs::moments {
namespace {

constexpr double kCompanySeconds = 10;  ///< At every mat: who keeps company.
constexpr std::size_t kLeastMats = 4;   ///< Heard both; fewer agree by chance.
constexpr std::size_t kLeastPairs = 30;
/// How many of those who seem to keep company are one person with two chips.
constexpr double kOnePrior = 1e-3;
/// Two chips on one person are heard this much apart on average, and seldom much more.
constexpr double kBodySeconds = 0.5;
constexpr double kBeyondBody = 0.3;
constexpr double kLeastApart = 0.05;  ///< Seconds; finer than mats tell.

struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
  double mean = 0;  ///< Seconds apart.
  double most = 0;
  std::uint32_t mats = 0;
};

std::optional<Pair> company(const FieldView& view, std::size_t first, std::size_t second) {
  Pair out{first, second, 0, 0, 0};
  for (std::size_t column = 0; column < view.columns(); ++column) {
    const double apart = std::abs(view.clock_at(first, column) - view.clock_at(second, column));
    if (!is_known(apart)) continue;
    if (apart > kCompanySeconds) return std::nullopt;
    out.mean += apart;
    out.most = std::max(out.most, apart);
    ++out.mats;
  }
  if (out.mats < kLeastMats) return std::nullopt;
  out.mean = std::max(out.mean / out.mats, kLeastApart);
  return out;
}

std::vector<Pair> pairs_of(const FieldView& view) {
  std::vector<std::pair<double, std::size_t>> in;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double at = view.clock_at(row, view.finish());
    if (is_known(at)) in.emplace_back(at, row);
  }
  std::sort(in.begin(), in.end());
  std::vector<Pair> out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    for (std::size_t j = i + 1; j < in.size() && in[j].first - in[i].first <= kCompanySeconds;
         ++j) {
      const auto [low, high] = std::minmax(in[i].second, in[j].second);
      if (const auto pair = company(view, low, high)) out.push_back(*pair);
    }
  }
  std::sort(out.begin(), out.end(), [](const Pair& a, const Pair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  return out;
}

/// The share of a normal distribution below a value.
double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

}  // namespace

std::vector<Oddity> find_as_one(const FieldView& view) {
  const std::vector<Pair> pairs = pairs_of(view);
  std::vector<Oddity> out;
  if (pairs.size() < kLeastPairs) return out;
  // How near company comes is about log-normal; its upper half alone is of company for sure.
  std::vector<double> logs;
  for (const Pair& pair : pairs) logs.push_back(std::log(pair.mean));
  constexpr double kUpperNormal = 1.2816;  ///< Nine in ten of a normal distribution lie below.
  const double middle = quantile(logs, 0.5);
  const double spread = (quantile(logs, 0.9) - middle) / kUpperNormal;
  if (!(spread > 0)) return out;
  for (const Pair& pair : pairs) {
    const double by_chance = normal_below((std::log(pair.mean) - middle) / spread);
    const double of_one = std::exp(-std::max(0.0, pair.mean - kBodySeconds) / kBeyondBody);
    const double odds = kOnePrior * of_one / by_chance;
    Oddity oddity;
    oddity.likelihood = odds / (1 + odds);
    if (oddity.likelihood < kLeastListed) continue;
    oddity.kind = OddityKind::AsOne;
    oddity.race = view.race;
    oddity.runner = view.people[pair.first];
    oddity.other = view.people[pair.second];
    oddity.from = view.points.front();
    oddity.to = view.points.back();
    oddity.mats = pair.mats;
    oddity.apart = base::Duration(std::llround(pair.most * 1e6));
    out.push_back(std::move(oddity));
  }
  return out;
}

}  // namespace hs::moments
