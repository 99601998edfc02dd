#include <algorithm>

#include "moments/earlier.h"

// Implementation notes: a streak is counted back from this edition. An edition that was stopped
// breaks nobody's: who was not let to the line did not stay away. It is not counted either; the
// story names it. An archive that begins later than the race did knows less than the runner, so
// the words say since when, not that it began then.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastStreak = 5;
constexpr std::size_t kLeastTimes = 10;

struct Streak {
  std::size_t editions = 1;  ///< With this one.
  const model::PastResult* first = nullptr;
  std::vector<std::uint32_t> bridged;  ///< Stopped ones between, latest first.
  double sure = 1;
};

Streak streak_of(const Earlier& earlier, std::size_t row) {
  Streak out;
  std::vector<std::uint32_t> stopped;
  for (auto race = earlier.editions().rbegin(); race != earlier.editions().rend(); ++race) {
    const model::PastResult* result = earlier.in(row, *race);
    if (result != nullptr && result->status == model::RunnerStatus::Finished) {
      ++out.editions;
      out.first = result;
      out.sure = std::min(out.sure, result->sure);
      out.bridged.insert(out.bridged.end(), stopped.begin(), stopped.end());
      stopped.clear();
    } else if (earlier.race(*race).is_interrupted) {
      stopped.push_back(*race);
    } else {
      break;
    }
  }
  return out;
}

model::Evidence count_evidence(const Earlier& earlier, const char* what, std::size_t row,
                               const model::PastResult& first, std::size_t count) {
  model::Evidence out = earlier.evidence_of(what, row, first);
  out.seconds.reset();
  out.rank_in_field = static_cast<std::uint32_t>(count);
  out.of = static_cast<std::uint32_t>(earlier.editions().size() + 1);
  return out;
}

}  // namespace

std::vector<Found> find_streaks(const FieldView& view) {
  const Earlier earlier(view);
  if (earlier.editions().size() + 1 < kLeastStreak) return {};
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const Streak streak = streak_of(earlier, row);
    if (streak.editions < kLeastStreak) continue;
    Ranked one{row, static_cast<double>(streak.editions), streak.sure, {}};
    one.evidence.push_back(count_evidence(earlier, "streak", row, *streak.first, streak.editions));
    for (auto race = streak.bridged.rbegin(); race != streak.bridged.rend(); ++race) {
      one.evidence.push_back(earlier.evidence("bridged", *race));
    }
    ranked.push_back(std::move(one));
  }
  std::vector<Found> many = tell_many(view, model::MomentKind::Streak, ranked);
  if (!many.empty()) return many;
  return tell_ranked(view, model::MomentKind::Streak, std::move(ranked));
}

std::vector<Found> find_nth_times(const FieldView& view) {
  const Earlier earlier(view);
  if (earlier.editions().size() + 1 < kLeastTimes) return {};
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    std::size_t times = 1;
    double sure = 1;
    const model::PastResult* first = nullptr;
    for (const std::uint32_t race : earlier.editions()) {
      const model::PastResult* result = earlier.in(row, race);
      if (result == nullptr || result->status != model::RunnerStatus::Finished) continue;
      if (first == nullptr) first = result;
      sure = std::min(sure, result->sure);
      ++times;
    }
    if (times < kLeastTimes) continue;
    ranked.push_back({row,
                      static_cast<double>(times),
                      sure,
                      {count_evidence(earlier, "times-here", row, *first, times)}});
  }
  return tell_ranked(view, model::MomentKind::NthTime, std::move(ranked));
}

}  // namespace hs::moments
