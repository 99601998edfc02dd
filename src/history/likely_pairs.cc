#include <algorithm>
#include <cmath>

#include "history/candidates.h"
#include "history/learn.h"
#include "history/linker.h"

// Implementation notes: a pair's odds are what the pattern says times how likely two results of
// those two races are one person's at all. The second is learned from the pairs themselves, race by
// race: two years of one race share a third of their runners, two races at two ends of the world
// nobody.

namespace hs::history {
namespace {

/// A pair before it is known how much its races share. Units: bits.
struct WeighedPair {
  std::uint32_t a;
  std::uint32_t b;
  float bits;
};

/// The least that a pattern has to say for a pair to be kept, above what the largest race asks for.
constexpr double kKeptBits = -5;

class Shares {
 public:
  Shares(const Roll& roll, double usual) : usual_(usual) {
    results_.assign(roll.race_count(), 0);
    for (const Record& record : roll.records()) ++results_[record.race.raw()];
    // Of very many races, some pairs share a cell and are held for alike.
    constexpr std::uint64_t kMostCells = std::uint64_t{1} << 22U;
    const std::uint64_t races = std::max<std::uint64_t>(results_.size(), 1);
    matches_.assign(std::min(races * races, kMostCells), 0);
    places_.assign(matches_.size(), 0);
    for (std::uint32_t i = 0; i < results_.size(); ++i) {
      for (std::uint32_t j = 0; j < i; ++j) {
        places_[cell(i, j)] += static_cast<double>(std::min(results_[i], results_[j]));
      }
    }
    log_chance_.assign(matches_.size(), 0);
  }

  [[nodiscard]] std::size_t largest() const {
    return results_.empty() ? 1 : *std::max_element(results_.begin(), results_.end());
  }

  void learn(const Roll& roll, const std::vector<WeighedPair>& pairs) {
    constexpr int kRounds = 5;
    refresh();
    for (int round = 0; round < kRounds; ++round) {
      std::fill(matches_.begin(), matches_.end(), 0);
      for (const WeighedPair& pair : pairs) {
        const std::size_t at = cell(roll.at(pair.a).race.raw(), roll.at(pair.b).race.raw());
        matches_[at] += probability_of(pair.bits + log_chance_[at] + base_of(roll, pair));
      }
      refresh();
    }
  }

  /// What two results of two races have for being one person's before they are compared. Units:
  /// bits.
  [[nodiscard]] double bits(const Roll& roll, const WeighedPair& pair) const {
    return log_chance_[cell(roll.at(pair.a).race.raw(), roll.at(pair.b).race.raw())] +
           base_of(roll, pair);
  }

 private:
  [[nodiscard]] std::size_t cell(std::uint32_t i, std::uint32_t j) const {
    const std::uint64_t low = std::min(i, j);
    const std::uint64_t high = std::max(i, j);
    return static_cast<std::size_t>((low * results_.size() + high) % matches_.size());
  }

  [[nodiscard]] double base_of(const Roll& roll, const WeighedPair& pair) const {
    return std::log2(chance_by_lot(1, results_[roll.at(pair.a).race.raw()],
                                   results_[roll.at(pair.b).race.raw()]));
  }

  void refresh() {
    // What is known before weighs as some people of the race.
    constexpr double kPeople = 20;
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      const double share = (matches_[i] + kPeople * usual_) / (places_[i] + kPeople);
      log_chance_[i] = std::log2(std::clamp(share, 1e-6, 0.9));
    }
  }

  double usual_;
  std::vector<std::size_t> results_;
  std::vector<double> matches_;
  std::vector<double> places_;
  std::vector<double> log_chance_;
};

std::vector<WeighedPair> weigh(const Roll& roll, const Rarity& rarity, const LinkModel& model,
                               const std::vector<bool>& fresh, double least) {
  std::vector<WeighedPair> out;
  CandidateOptions options;
  if (!fresh.empty()) options.fresh = &fresh;
  visit_candidates(roll, options, [&](std::uint32_t a, std::uint32_t b, Road) {
    const Record& one = roll.at(a);
    const Record& other = roll.at(b);
    const double bits = model.weight(roll, rarity, one, other, compare(roll, one, other));
    if (bits > least) out.push_back({a, b, static_cast<float>(bits)});
  });
  std::sort(out.begin(), out.end(), [](const WeighedPair& x, const WeighedPair& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  const auto is_again = [](const WeighedPair& x, const WeighedPair& y) {
    return x.a == y.a && x.b == y.b;
  };
  out.erase(std::unique(out.begin(), out.end(), is_again), out.end());
  return out;
}

/// Adds to each pair the odds of the others that one of its records has in the other's race: a
/// person has one result there at most.
class Rivals {
 public:
  Rivals(const Roll& roll, const std::vector<LinkedPair>& pairs, const std::vector<float>& odds)
      : roll_(roll), pairs_(pairs), odds_(odds), others_(pairs.size(), 0) {
    std::vector<std::uint32_t> order(pairs.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    for (const bool of_a : {true, false}) {
      std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
        return key(x, of_a) != key(y, of_a) ? key(x, of_a) < key(y, of_a) : x < y;
      });
      for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        double all = 0;
        for (; to < order.size() && key(order[to], of_a) == key(order[from], of_a); ++to) {
          all += odds[order[to]];
        }
        if (to - from > 1) {
          for (std::size_t i = from; i < to; ++i) {
            others_[order[i]] += static_cast<float>(all - odds[order[i]]);
          }
        }
        from = to;
      }
    }
  }

  [[nodiscard]] double probability(std::size_t pair) const {
    const double odds = odds_[pair];
    return odds / (1 + odds + std::max(0.0F, others_[pair]));
  }

 private:
  /// The record and the race it meets.
  [[nodiscard]] std::uint64_t key(std::uint32_t pair, bool of_a) const {
    const std::uint32_t record = of_a ? pairs_[pair].a : pairs_[pair].b;
    const std::uint32_t other = of_a ? pairs_[pair].b : pairs_[pair].a;
    return (std::uint64_t{record} << 32U) | roll_.at(other).race.raw();
  }

  const Roll& roll_;
  const std::vector<LinkedPair>& pairs_;
  const std::vector<float>& odds_;
  std::vector<float> others_;
};

}  // namespace

std::vector<LinkedPair> likely_pairs(const Roll& roll, const Rarity& rarity, const LinkModel& model,
                                     const std::vector<bool>& fresh, double least) {
  constexpr double kMostBits = 40;
  Shares shares(roll, model.usual_share);
  const double asked = std::log2(static_cast<double>(shares.largest())) + kKeptBits;
  const std::vector<WeighedPair> weighed = weigh(roll, rarity, model, fresh, asked);
  shares.learn(roll, weighed);
  std::vector<LinkedPair> pairs;
  std::vector<float> odds;
  for (const WeighedPair& pair : weighed) {
    const double bits = pair.bits + shares.bits(roll, pair);
    if (bits < kKeptBits) continue;
    pairs.push_back({pair.a, pair.b, 0});
    odds.push_back(static_cast<float>(std::exp2(std::min(bits, kMostBits))));
  }
  const Rivals rivals(roll, pairs, odds);
  std::vector<LinkedPair> out;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double probability = rivals.probability(i);
    if (probability < least) continue;
    out.push_back({pairs[i].a, pairs[i].b, static_cast<float>(probability)});
  }
  std::sort(out.begin(), out.end(), [](const LinkedPair& x, const LinkedPair& y) {
    if (x.probability != y.probability) return x.probability > y.probability;
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  return out;
}

}  // namespace hs::history
