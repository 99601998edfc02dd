#include "scoring/hand_timing.h"

#include <algorithm>

namespace hs::scoring {
namespace {

constexpr base::Duration kAnchorWithin = std::chrono::seconds(2);

base::Duration apart(base::RaceTime a, base::RaceTime b) { return a < b ? b - a : a - b; }

/// The nearest time to `at` among those from `from` on; nothing within reach.
std::optional<std::size_t> nearest(std::span<const HandTime> times, std::size_t from,
                                   base::RaceTime at) {
  std::optional<std::size_t> best;
  for (std::size_t t = from; t < times.size(); ++t) {
    if (apart(times[t].at, at) > kAnchorWithin) continue;
    if (!best || apart(times[t].at, at) < apart(times[*best].at, at)) best = t;
  }
  return best;
}

/// Anchors rise in both lists; one that would fall back is no anchor.
std::vector<HandPair> anchors_of(std::span<const HandBib> bibs, std::span<const HandTime> times) {
  std::vector<HandPair> anchors;
  std::size_t from = 0;
  for (std::size_t b = 0; b < bibs.size(); ++b) {
    if (!bibs[b].heard_at) continue;
    const auto t = nearest(times, from, *bibs[b].heard_at);
    if (!t) continue;
    anchors.push_back({b, *t});
    from = *t + 1;
  }
  return anchors;
}

}  // namespace

std::vector<HandPair> align_hand_timing(std::span<const HandBib> bibs,
                                        std::span<const HandTime> times) {
  std::vector<HandPair> out;
  std::vector<HandPair> anchors = anchors_of(bibs, times);
  anchors.push_back({bibs.size(), times.size()});
  std::size_t bib = 0;
  std::size_t time = 0;
  for (const HandPair& anchor : anchors) {
    if (anchor.bib - bib == anchor.time - time) {
      for (std::size_t i = 0; bib + i < anchor.bib; ++i) {
        if (!bibs[bib + i].heard_at) out.push_back({bib + i, time + i});
      }
    }
    bib = anchor.bib + 1;
    time = anchor.time + 1;
  }
  return out;
}

}  // namespace hs::scoring
