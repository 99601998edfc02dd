#include "formats/results_sanity.h"

#include <algorithm>
#include <optional>

#include "formats/foot_records.h"

namespace hs::formats {
namespace {

using base::Duration;
using model::PublishedResult;
using model::PublishedSplit;

/// For each of the times: true where it lies on the longest rising subsequence. A tie goes to the
/// one that ends first, so the answer does not depend on anything but the times.
std::vector<bool> rising(const std::vector<Duration>& times) {
  std::vector<std::size_t> length(times.size(), 1);
  std::vector<std::size_t> before(times.size(), times.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (times[j] < times[i] && length[j] + 1 > length[i]) {
        length[i] = length[j] + 1;
        before[i] = j;
      }
    }
    if (length[i] > length[last]) last = i;
  }
  std::vector<bool> out(times.size(), false);
  for (std::size_t i = last; i < times.size(); i = before[i]) out[i] = true;
  return out;
}

class Doubts {
 public:
  Doubts(model::PublishedRace& race, Questions& questions) : race_(race), questions_(questions) {
    for (std::size_t to = 0; to < race.points.size(); ++to) {
      for (std::size_t from = 0; from <= to; ++from) fastest_.push_back(fastest(from, to));
    }
  }

  void look_at(const PublishedResult& result) {
    times_.clear();
    where_.clear();
    bool is_rising = true;
    for (std::size_t i = 0; i < result.split_count; ++i) {
      const auto time = race_.splits[result.first_split + i].time();
      if (!time) continue;
      is_rising = is_rising && (times_.empty() || times_.back() < *time);
      times_.push_back(*time);
      where_.push_back(result.first_split + i);
    }
    if (!is_rising) doubt_order(result);
    const bool on_wheels = result.mode && *result.mode != model::Mode::Foot;
    if (!result.is_apart && !on_wheels) doubt_pace(result);
  }

 private:
  void doubt_order(const PublishedResult& result) {
    const std::vector<bool> fits = rising(times_);
    for (std::size_t i = 0; i < times_.size(); ++i) {
      if (fits[i]) continue;
      PublishedSplit& split = race_.splits[where_[i]];
      split.set(PublishedSplit::Doubtful);
      questions_.ask("order", static_cast<int>(result.line),
                     "the time at " + race_.points[split.point()].id +
                         " contradicts the runner's other times: kept and marked");
    }
  }

  /// The least credible time from one point to the next as if somebody ran nothing else; from the
  /// start where both are the same. 0 where a distance is not known.
  [[nodiscard]] Duration fastest(std::size_t from, std::size_t to) const {
    const auto& end = race_.points[to].distance;
    if (from == to) return end ? fastest_on_foot(*end) : Duration{0};
    const auto& begin = race_.points[from].distance;
    if (!begin || !end) return Duration{0};
    return fastest_on_foot(*end - *begin);
  }

  [[nodiscard]] Duration known_fastest(std::size_t from, std::size_t to) const {
    return fastest_[to * (to + 1) / 2 + from];
  }

  void doubt_pace(const PublishedResult& result) {
    std::optional<std::size_t> before;  // The last split that was credible.
    for (std::size_t i = 0; i < times_.size(); ++i) {
      PublishedSplit& split = race_.splits[where_[i]];
      if (split.is_doubtful()) continue;
      const std::size_t at = split.point();
      const bool alone = times_[i] >= known_fastest(at, at);
      const bool behind = !before || times_[i] - times_[*before] >=
                                         known_fastest(race_.splits[where_[*before]].point(), at);
      if (alone && behind) {
        before = i;
        continue;
      }
      split.set(PublishedSplit::Doubtful);
      questions_.ask(
          "pace", static_cast<int>(result.line),
          "the time at " + race_.points[at].id + " is faster than anybody runs: kept and marked");
    }
  }

  model::PublishedRace& race_;
  Questions& questions_;
  std::vector<Duration> fastest_;   ///< By point; 0 where the distance is not known.
  std::vector<Duration> times_;     ///< Of the runner being looked at ...
  std::vector<std::size_t> where_;  ///< ... and the indices of their splits.
};

}  // namespace

void mark_doubtful(model::PublishedRace& race, Questions& questions) {
  Doubts doubts(race, questions);
  for (const PublishedResult& result : race.results) doubts.look_at(result);
}

}  // namespace hs::formats
