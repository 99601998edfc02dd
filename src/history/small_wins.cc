#include "history/small_wins.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <tuple>

// Implementation notes: each kind is one function over the runs; nothing here looks at anybody
// else but through the field's middle and the fastest of an age.

namespace hs::history {
namespace {

using std::chrono::duration_cast;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kYearsLeast = 3;          ///< For "the fastest for ... years".
constexpr std::size_t kRoundCount = 5;  ///< Every fifth finish is a round one.
constexpr std::size_t kOthersLeast = 5;
constexpr double kExpectedMost = 0.5;
constexpr std::size_t kEditionsLeast = 3;  ///< For the fastest of an age: of fewer it says nothing.

std::int64_t whole_seconds(base::Duration time) { return duration_cast<seconds>(time).count(); }

/// Runs over the same distance, or in the same series where no distance is known.
bool is_alike(const CareerRun& a, const CareerRun& b) {
  if (!a.is_comparable() || !b.is_comparable()) return false;
  if (a.distance && b.distance) return *a.distance == *b.distance;
  return series_of(a.race) == series_of(b.race);
}

/// The fastest of the earlier runs like this one; nothing where it is the first.
std::optional<std::size_t> best_before(std::span<const CareerRun> runs, std::size_t run) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < run; ++i) {
    if (!is_alike(runs[i], runs[run])) continue;
    if (!best || runs[i].time->time < runs[*best].time->time) best = i;
  }
  return best;
}

class Finder {
 public:
  Finder(std::span<const CareerRun> runs, std::span<const MaybeGrade> grades)
      : runs_(runs), grades_(grades) {}

  void find_in_series(const SeriesRecord& series);
  void find_in_run(std::size_t run);
  std::vector<SmallWin> take();

 private:
  void add(SmallWin win) { wins_.push_back(win); }
  void find_times(std::size_t run);
  void find_best_since(std::size_t run);
  void find_grade(std::size_t run);
  void find_against_the_day(std::size_t run);
  void find_negative_split(std::size_t run);
  void find_fastest_of_age(std::size_t run);

  std::span<const CareerRun> runs_;
  std::span<const MaybeGrade> grades_;
  std::vector<SmallWin> wins_;
};

void Finder::find_in_series(const SeriesRecord& series) {
  if (series.editions_before > 0) {
    add({series.finishes.front(), WinKind::FirstFinish, 0, series.editions_before, 0, {}});
  }
  for (std::size_t n = kRoundCount; n <= series.finishes.size(); n += kRoundCount) {
    add({series.finishes[n - 1], WinKind::RoundFinish, 0, n, 0, {}});
  }
  for (const Comeback& comeback : series.comebacks) {
    if (comeback.missed == 0) {
      add({comeback.run, WinKind::AfterStop, 0, 0, 0, comeback.interruptions.back()});
    }
    if (comeback.missed >= static_cast<std::size_t>(kYearsLeast)) {
      add({comeback.run, WinKind::Back, 0, static_cast<std::size_t>(comeback.years), 0, {}});
    }
  }
}

void Finder::find_in_run(std::size_t run) {
  if (!runs_[run].is_comparable()) return;
  find_times(run);
  find_grade(run);
  find_against_the_day(run);
  find_negative_split(run);
  find_fastest_of_age(run);
}

void Finder::find_times(std::size_t run) {
  const auto before = best_before(runs_, run);
  if (!before) return;
  const base::Duration time = runs_[run].time->time;
  const base::Duration best = runs_[*before].time->time;
  // Within the steps of the files nobody knows which was faster.
  const base::Duration step = std::max(runs_[run].resolution, runs_[*before].resolution);
  if (time + step > best) {
    find_best_since(run);
    return;
  }
  add({run, WinKind::Best, whole_seconds(best - time), 0, 0, {}});
  if (const auto barrier = barrier_between(time, best)) {
    add({run, WinKind::UnderBarrier, whole_seconds(*barrier), 0, 0, {}});
  }
}

void Finder::find_best_since(std::size_t run) {
  std::size_t between = 0;
  for (std::size_t i = run; i-- > 0;) {
    if (!is_alike(runs_[i], runs_[run])) continue;
    if (runs_[i].time->time <= runs_[run].time->time) {
      const int years = runs_[run].date.year - runs_[i].date.year;
      // A run in between that was slower makes it a return; without one it is the next run.
      if (years >= kYearsLeast && between >= 2) {
        add({run, WinKind::BestSince, 0, static_cast<std::size_t>(years), 0, {}});
      }
      return;
    }
    ++between;
  }
}

void Finder::find_grade(std::size_t run) {
  if (!grades_[run]) return;
  std::size_t others = 0;
  for (std::size_t i = 0; i < run; ++i) {
    if (!grades_[i]) continue;
    if (grades_[i]->hundredths >= grades_[run]->hundredths) return;
    ++others;
  }
  if (others >= 2) add({run, WinKind::BestGrade, 0, others, 0, {}});
}

/// How far from the middle of the day's field, as a logarithm: below 0 ahead of it.
std::optional<double> standing(const CareerRun& run) {
  // Of a stopped race the results hold only the faster part of the field.
  if (!run.is_comparable() || run.is_interrupted || !run.field ||
      run.field->median <= base::Duration::zero()) {
    return std::nullopt;
  }
  return std::log(static_cast<double>(run.time->time.count()) /
                  static_cast<double>(run.field->median.count()));
}

void Finder::find_against_the_day(std::size_t run) {
  const auto own = standing(runs_[run]);
  if (!own) return;
  std::vector<double> others;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (i == run || !is_alike(runs_[i], runs_[run])) continue;
    if (const auto other = standing(runs_[i])) others.push_back(*other);
  }
  if (others.size() < kOthersLeast) return;
  const auto n = static_cast<double>(others.size());
  double mean = 0;
  for (const double other : others) mean += other / n;
  double variance = 0;
  for (const double other : others) variance += (other - mean) * (other - mean) / (n - 1);
  if (variance <= 0 || *own >= mean) return;
  const double t = (mean - *own) / std::sqrt(variance * (1 + 1 / n));
  const double chance = boost::math::cdf(
      boost::math::complement(boost::math::students_t_distribution<double>(n - 1), t));
  if (chance <= 0 || chance * (n + 1) > kExpectedMost) return;
  constexpr double kMostSaid = 1000;
  add({run,
       WinKind::AgainstTheDay,
       0,
       others.size(),
       static_cast<std::size_t>(std::floor(std::min(1 / chance, kMostSaid))),
       {}});
}

/// By how much the second half was faster; nothing where half way was not timed.
std::optional<base::Duration> faster_second_half(const CareerRun& run) {
  if (!run.is_comparable()) return std::nullopt;
  for (const RunSplit& split : run.splits) {
    if (split.point == "half" && !split.is_doubtful && !split.is_estimated) {
      return 2 * split.time - run.time->time;
    }
  }
  return std::nullopt;
}

void Finder::find_negative_split(std::size_t run) {
  const auto faster = faster_second_half(runs_[run]);
  if (!faster || *faster < seconds(1)) return;
  std::size_t others = 0;
  for (std::size_t i = 0; i < run; ++i) {
    const auto other = faster_second_half(runs_[i]);
    if (!other) continue;
    if (*other > base::Duration::zero()) return;
    ++others;
  }
  if (others > 0) add({run, WinKind::NegativeSplit, whole_seconds(*faster), 0, 0, {}});
}

void Finder::find_fastest_of_age(std::size_t run) {
  const auto& fastest = runs_[run].fastest_of_age;
  if (!fastest || fastest->editions < kEditionsLeast) return;
  if (runs_[run].time->time <= fastest->time) {
    add({run, WinKind::FastestOfAge, 0, fastest->editions, 0, {}});
  }
}

std::vector<SmallWin> Finder::take() {
  std::stable_sort(wins_.begin(), wins_.end(), [](const SmallWin& a, const SmallWin& b) {
    return std::tie(a.run, a.kind) < std::tie(b.run, b.kind);
  });
  return std::move(wins_);
}

}  // namespace

const char* name_of(WinKind kind) {
  switch (kind) {
    case WinKind::FirstFinish:
      return "first-finish";
    case WinKind::AfterStop:
      return "after-stop";
    case WinKind::Back:
      return "back";
    case WinKind::RoundFinish:
      return "round-finish";
    case WinKind::Best:
      return "best";
    case WinKind::BestSince:
      return "best-since";
    case WinKind::UnderBarrier:
      return "under-barrier";
    case WinKind::BestGrade:
      return "best-grade";
    case WinKind::AgainstTheDay:
      return "against-the-day";
    case WinKind::NegativeSplit:
      return "negative-split";
    case WinKind::FastestOfAge:
      return "fastest-of-age";
  }
  return "";
}

std::optional<base::Duration> barrier_between(base::Duration time, base::Duration before) {
  constexpr std::array kSteps = {60, 30, 15, 10, 5, 1};  // Minutes, the roundest first.
  constexpr int kLeastShare = 25;  // A step of less than one in so many is no round time.
  for (const int step : kSteps) {
    const base::Duration one = minutes(step);
    if (kLeastShare * one < time) break;
    const base::Duration barrier = before / one * one;
    if (time < barrier) return barrier;
  }
  return std::nullopt;
}

std::vector<SmallWin> small_wins(std::span<const CareerRun> runs,
                                 std::span<const MaybeGrade> grades,
                                 std::span<const SeriesRecord> series) {
  Finder finder(runs, grades);
  for (const SeriesRecord& one : series) finder.find_in_series(one);
  for (std::size_t i = 0; i < runs.size(); ++i) finder.find_in_run(i);
  return finder.take();
}

}  // namespace hs::history
