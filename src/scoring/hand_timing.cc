#include "scoring/hand_timing.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

// Implementation notes: every bib and time that could be an anchor is a candidate; the best chain
// of candidates that rises in both lists is the longest rising subsequence with weights, found by a
// Fenwick tree over the times. Taking the nearest time bib by bib was tried first: in a dense pack
// one wrong step pushes all that follow aside.

namespace hs::scoring {
namespace {

constexpr base::Duration kHeardWithin = std::chrono::seconds(2);
/// Of each side of an instant. A pack denser than this within two seconds is beyond counting.
constexpr std::ptrdiff_t kTriedEachSide = 4;

base::Duration apart(base::RaceTime a, base::RaceTime b) { return a < b ? b - a : a - b; }

/// How good a chain is.
struct Worth {
  std::size_t accepted = 0;
  std::size_t heard = 0;
  base::Duration off{0};  ///< All distances together.

  [[nodiscard]] bool is_better_than(const Worth& other) const {
    return std::tuple(accepted, heard, other.off) > std::tuple(other.accepted, other.heard, off);
  }
};

struct Candidate {
  std::size_t bib = 0;
  std::size_t time = 0;
  HandBond bond = HandBond::Heard;
  base::Duration off{0};
  Worth worth;  ///< Of the best chain that ends here.
  std::optional<std::size_t> before;
};

/// The times in the order of the clock, which need not be that of the list.
struct Sorted {
  base::RaceTime at;
  std::size_t index = 0;
};

std::vector<Sorted> sorted(std::span<const base::RaceTime> times) {
  std::vector<Sorted> out;
  for (std::size_t t = 0; t < times.size(); ++t) out.push_back({times[t], t});
  std::sort(out.begin(), out.end(), [](const Sorted& a, const Sorted& b) {
    return std::tuple(a.at, a.index) < std::tuple(b.at, b.index);
  });
  return out;
}

/// The times that `seen` may mean.
std::vector<Candidate> times_for(const HandSeen& seen, const std::vector<Sorted>& times) {
  std::vector<Candidate> out;
  const bool is_exact = seen.by == HandSeen::By::Person;
  const auto middle =
      std::lower_bound(times.begin(), times.end(), seen.at,
                       [](const Sorted& a, base::RaceTime at) { return a.at < at; });
  const auto first = middle - std::min(kTriedEachSide, middle - times.begin());
  const auto last = middle + std::min(kTriedEachSide, times.end() - middle);
  for (auto it = first; it != last; ++it) {
    const base::Duration off = apart(it->at, seen.at);
    if (off > (is_exact ? base::Duration(0) : kHeardWithin)) continue;
    out.push_back({0, it->index, is_exact ? HandBond::Accepted : HandBond::Heard, off, {}, {}});
  }
  return out;
}

/// By bib; within a bib by falling time, so that a chain takes one of them at most.
std::vector<Candidate> candidates(std::span<const std::optional<model::EntrantId>> bibs,
                                  std::span<const base::RaceTime> times,
                                  std::span<const HandSeen> seen) {
  const std::vector<Sorted> by_clock = sorted(times);
  std::map<model::EntrantId, std::vector<Candidate>> of_runner;
  for (const HandSeen& one : seen) {
    std::vector<Candidate> some = times_for(one, by_clock);
    std::vector<Candidate>& all = of_runner[one.runner];
    all.insert(all.end(), some.begin(), some.end());
  }
  for (auto& [runner, all] : of_runner) {
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(b.time, a.bond, a.off) < std::tuple(a.time, b.bond, b.off);
    });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const auto& a, const auto& b) { return a.time == b.time; }),
              all.end());
  }
  std::vector<Candidate> out;
  for (std::size_t b = 0; b < bibs.size(); ++b) {
    const auto found = bibs[b] ? of_runner.find(*bibs[b]) : of_runner.end();
    if (found == of_runner.end()) continue;
    for (const Candidate& one : found->second) {
      out.push_back(one);
      out.back().bib = b;
    }
  }
  return out;
}

/// The best chain that ends before a time.
class BestBefore {
 public:
  explicit BestBefore(std::size_t times) : best_(times + 1) {}

  [[nodiscard]] std::optional<std::size_t> find(std::size_t time,
                                                const std::vector<Candidate>& all) const {
    std::optional<std::size_t> out;
    for (std::size_t i = time; i > 0; i -= lowest_bit(i)) {
      if (best_[i] && (!out || all[*best_[i]].worth.is_better_than(all[*out].worth))) {
        out = best_[i];
      }
    }
    return out;
  }
  void add(std::size_t candidate, const std::vector<Candidate>& all) {
    for (std::size_t i = all[candidate].time + 1; i < best_.size(); i += lowest_bit(i)) {
      if (!best_[i] || all[candidate].worth.is_better_than(all[*best_[i]].worth)) {
        best_[i] = candidate;
      }
    }
  }

 private:
  static std::size_t lowest_bit(std::size_t i) { return i & (~i + 1); }
  std::vector<std::optional<std::size_t>> best_;
};

std::vector<HandPair> anchors_of(std::vector<Candidate> all, std::size_t times) {
  BestBefore best(times);
  for (std::size_t c = 0; c < all.size(); ++c) {
    Candidate& one = all[c];
    one.before = best.find(one.time, all);
    if (one.before) one.worth = all[*one.before].worth;
    ++(one.bond == HandBond::Accepted ? one.worth.accepted : one.worth.heard);
    one.worth.off += one.off;
    best.add(c, all);
  }
  std::vector<HandPair> out;
  for (auto at = best.find(times, all); at; at = all[*at].before) {
    out.push_back({all[*at].bib, all[*at].time, all[*at].bond});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

HandLayout lay_out_hand_timing(std::span<const std::optional<model::EntrantId>> bibs,
                               std::span<const base::RaceTime> times,
                               std::span<const HandSeen> seen) {
  HandLayout out;
  std::vector<HandPair> anchors = anchors_of(candidates(bibs, times, seen), times.size());
  anchors.push_back({bibs.size(), times.size(), HandBond::Counted});  // The ends.
  std::size_t bib = 0;
  std::size_t time = 0;
  for (const HandPair& anchor : anchors) {
    if (anchor.bib - bib == anchor.time - time) {
      for (; bib < anchor.bib; ++bib, ++time) out.pairs.push_back({bib, time, HandBond::Counted});
    } else {
      out.open.push_back({bib, anchor.bib, time, anchor.time});
    }
    if (anchor.bib < bibs.size()) out.pairs.push_back(anchor);
    bib = anchor.bib + 1;
    time = anchor.time + 1;
  }
  return out;
}

}  // namespace hs::scoring
