#include "scoring/course_clock.h"

#include <algorithm>
#include <set>

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;

constexpr Duration kLeastApart = std::chrono::minutes(5);
constexpr std::size_t kLeastRunners = 30;
constexpr Duration kQuarterHour = std::chrono::minutes(15);
constexpr Duration kQuarterSlack = std::chrono::minutes(3);

/// The one point behind the start that a mat serves on a course; nothing where there are several.
std::optional<std::size_t> only_point(const Course& course, MatIndex mat) {
  std::optional<std::size_t> found;
  for (std::size_t p = 0; p < course.points.size(); ++p) {
    if (course.points[p].mat != mat) continue;
    if (p == 0 || p == course.finish() || found) return std::nullopt;
    found = p;
  }
  return found;
}

/// The runner's first read at a finish mat that no point took. A mat between that is an hour ahead
/// comes after the finish, and of two that exclude each other the fold can take only one.
std::optional<RaceTime> unused_finish(const ScorerState& state, const EntrantState& runner,
                                      const std::vector<model::ReadView>& reads) {
  const auto& start = runner.fold.start_at;
  if (!start || runner.fold.passings.empty() || runner.fold.finish()) return std::nullopt;
  const Course& course = state.course_of(runner);
  for (const model::ReadView& view : reads) {
    if (view.verdict != model::Verdict::Duplicate) continue;
    const MatIndex mat = state.streams[view.stream.raw()].mat;
    const auto serves = std::count_if(course.points.begin(), course.points.end(),
                                      [&](const CoursePoint& p) { return p.mat == mat; });
    if (serves != 1 || course.points.back().mat != mat) continue;
    if (view.time - *start >= course.points.back().fastest) return view.time;
  }
  return std::nullopt;
}

/// A runner's instant at a point as another device has it.
std::optional<RaceTime> heard_elsewhere(const ScorerState& state, const EntrantState& runner,
                                        const Course& course, std::size_t p, std::uint32_t stream) {
  if (p == 0) return runner.fold.start_at;
  const auto& passing = runner.fold.passings[course.points[p].id.raw()];
  if (!passing) return std::nullopt;
  const ReadRow* row = passing->read ? state.reads.find(*passing->read) : nullptr;
  if (row != nullptr && row->stream == stream) return std::nullopt;
  return passing->at;
}

/// The read's time minus where an even pace between the neighbours puts the runner.
std::optional<std::int64_t> apart(const ScorerState& state, const model::ReadView& view,
                                  const std::optional<RaceTime>& unused) {
  const EntrantState& runner = state.entrants[view.entrant->raw()];
  const Course& course = state.course_of(runner);
  const auto p = only_point(course, state.streams[view.stream.raw()].mat);
  if (!p || runner.fold.passings.empty() || !runner.fold.start_at) return std::nullopt;
  std::optional<RaceTime> from;
  std::optional<RaceTime> until;
  std::size_t before = *p;
  std::size_t after = *p;
  while (!from && before > 0) {
    from = heard_elsewhere(state, runner, course, --before, view.stream.raw());
  }
  while (!until && after < course.finish()) {
    until = heard_elsewhere(state, runner, course, ++after, view.stream.raw());
  }
  if (!until) until = unused;
  if (!from || !until) return std::nullopt;
  return (view.time - even_pace_instant(course, before, *from, *p, after, *until)).count();
}

/// Middle value; reorders.
std::int64_t take_median(std::vector<std::int64_t>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::optional<model::CourseClock> suspect(std::uint32_t stream,
                                          std::vector<std::int64_t> differences) {
  if (differences.size() < kLeastRunners) return std::nullopt;
  const std::int64_t middle = take_median(differences);
  for (std::int64_t& d : differences) d = std::abs(d - middle);
  const std::int64_t spread = take_median(differences);
  if (std::abs(middle) < kLeastApart.count() || spread > std::abs(middle) / 4) return std::nullopt;
  model::CourseClock clock;
  clock.stream = model::StreamId(stream);
  clock.runners = differences.size();
  clock.apart = Duration(middle);
  clock.spread = Duration(spread);
  const std::int64_t quarter = kQuarterHour.count();
  const std::int64_t half = middle < 0 ? -quarter / 2 : quarter / 2;
  const std::int64_t nearest = (middle + half) / quarter * quarter;
  if (nearest != 0 && std::abs(middle - nearest) <= kQuarterSlack.count()) {
    clock.correction = Duration(-nearest);
  }
  return clock;
}

}  // namespace

void CourseClocks::take(const ScorerState& state, model::EntrantId id,
                        const std::vector<model::ReadView>& reads) {
  const auto unused = unused_finish(state, state.entrants[id.raw()], reads);
  std::set<model::StreamId> counted;
  for (const model::ReadView& view : reads) {
    using model::Verdict;
    const bool usable =
        view.verdict != Verdict::OutsideEvent && view.verdict != Verdict::AmbiguousChip &&
        view.verdict != Verdict::NotInRace && view.verdict != Verdict::IgnoredByRuling;
    if (!usable || !counted.insert(view.stream).second) continue;
    if (const auto difference = apart(state, view, unused)) {
      differences_[view.stream.raw()].push_back(*difference);
    }
  }
}

std::vector<model::CourseClock> CourseClocks::suspects() const {
  std::vector<model::CourseClock> out;
  for (const auto& [stream, differences] : differences_) {
    if (const auto clock = suspect(stream, differences)) out.push_back(*clock);
  }
  return out;
}

}  // namespace hs::scoring
