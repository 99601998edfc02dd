#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/detector.h"

// Implementation notes: in every race some stop somewhere, one by one, and are passed by others
// whom the next mat hears after them. Where a race is stopped, many at once are due at mats that
// hear nobody after that instant. So a runner counts who was not heard any more and would, at their
// own pace and a good deal slower, have come to the next mat only behind the last whom that mat
// heard. A cut-off does the same to the slowest of every race: what falls together with it is its
// work and not told. No person is named and no cause.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastStopped = 20;
constexpr double kLeastShare = 0.05;   ///< Of those heard at all.
constexpr double kSlower = 1.15;       ///< Anybody may slow so much to the next mat.
constexpr double kDueWithin = 600;     ///< Seconds.
constexpr std::size_t kLeastDue = 10;  ///< Due within that of the last who was heard.
constexpr double kNearCutoff = 300;    ///< Seconds.
/// The last few at a mat may be somebody carried home by bus past it: 1 in 200, and three.
constexpr double kStragglers = 0.005;
constexpr std::size_t kLeastStragglers = 3;

double seconds_since(const FieldView& view, base::RaceTime at) {
  return static_cast<double>((at - view.clock_zero).count()) * 1e-6;
}

/// Clock times by column of somebody who may not have finished; empty where never heard.
std::vector<double> clocks_of(const FieldView& view, const model::RunnerResult& runner) {
  std::vector<double> clocks;
  bool heard = false;
  for (const model::PointId point : view.points) {
    const auto& passing = runner.splits[point.raw()].passing;
    clocks.push_back(passing ? seconds_since(view, passing->at) : kNoTime);
    heard = heard || passing;
  }
  if (!heard) clocks.clear();
  if (heard && !is_known(clocks[0]) && runner.start_at) {
    clocks[0] = seconds_since(view, *runner.start_at);
  }
  return clocks;
}

struct Field {
  std::vector<std::vector<double>> clocks;    ///< Of everybody heard at all.
  std::vector<std::vector<double>> crossing;  ///< By column, rising.
  double pace = 0;                            ///< To the first mat, in the middle of the field.
};

Field field_of(const FieldView& view) {
  Field field;
  field.crossing.resize(view.columns());
  for (const model::RunnerResult& runner : view.results->runners) {
    if (runner.race != view.race || runner.splits.empty()) continue;
    std::vector<double> clocks = clocks_of(view, runner);
    if (clocks.empty()) continue;
    for (std::size_t column = 0; column < view.columns(); ++column) {
      if (is_known(clocks[column])) field.crossing[column].push_back(clocks[column]);
    }
    field.clocks.push_back(std::move(clocks));
  }
  for (auto& times : field.crossing) std::sort(times.begin(), times.end());
  std::vector<double> paces;
  for (const auto& clocks : field.clocks) {
    const double pace = (clocks[1] - clocks[0]) / view.metres[1];
    if (is_known(pace)) paces.push_back(pace);
  }
  field.pace = paces.empty() ? kNoTime : quantile(std::move(paces), 0.5);
  return field;
}

/// When a mat heard its last, but for a few; the last of all mats where it never heard anybody.
std::vector<double> silences_of(const Field& field) {
  double last_of_all = 0;
  std::vector<double> silences;
  for (const auto& times : field.crossing) {
    const auto few = std::max(static_cast<double>(kLeastStragglers),
                              kStragglers * static_cast<double>(times.size()));
    const auto skip = static_cast<std::size_t>(few);
    silences.push_back(times.size() > 2 * skip ? times[times.size() - 1 - skip] : kNoTime);
    if (is_known(silences.back())) last_of_all = std::max(last_of_all, silences.back());
  }
  for (double& silence : silences) {
    if (!is_known(silence)) silence = last_of_all;
  }
  return silences;
}

struct Stopped {
  std::vector<std::size_t> last_heard;  ///< How many, by column.
  std::size_t count = 0;
  std::size_t due = 0;  ///< Of them, within ten minutes of the last who was heard.
};

Stopped stopped_of(const FieldView& view, const Field& field) {
  const std::vector<double> silences = silences_of(field);
  Stopped stopped;
  stopped.last_heard.assign(view.columns(), 0);
  for (const auto& clocks : field.clocks) {
    if (is_known(clocks[view.finish()])) continue;
    std::size_t last = view.finish();
    while (last > 0 && !is_known(clocks[last])) --last;
    std::size_t next = last + 1;
    while (next < view.finish() && view.deaf[next]) ++next;
    if (!is_known(clocks[last])) continue;
    const double own = last > 0 ? (clocks[last] - clocks[0]) / view.metres[last] : kNoTime;
    const double pace = is_known(own) ? own : field.pace;
    const double takes = pace * (view.metres[next] - view.metres[last]);
    // Written so that a pace nobody knows fails.
    if (!(clocks[last] + kSlower * takes > silences[next])) continue;
    ++stopped.count;
    ++stopped.last_heard[last];
    stopped.due += clocks[last] + takes < silences[next] + kDueWithin ? 1u : 0u;
  }
  return stopped;
}

bool is_closed(const FieldView& view) {
  const auto& closed = view.results->closed;
  return view.race.raw() < closed.size() && closed[view.race.raw()];
}

/// Those whom some mat heard and the line did not; a quick answer for the ordinary race.
std::size_t unfinished_of(const FieldView& view) {
  std::size_t count = 0;
  for (const model::RunnerResult& runner : view.results->runners) {
    if (runner.race != view.race || runner.splits.empty()) continue;
    if (runner.splits.back().passing || runner.splits.back().net) continue;
    count += std::any_of(runner.splits.begin(), runner.splits.end(),
                         [](const model::Split& split) { return split.passing.has_value(); })
                 ? 1u
                 : 0u;
  }
  return count;
}

model::Evidence count_evidence(const FieldView& view, std::string what, std::size_t column,
                               std::size_t count, std::size_t of) {
  model::Evidence evidence;
  evidence.what = std::move(what);
  evidence.to = view.point_name(column);
  evidence.rank_in_field = static_cast<std::uint32_t>(count);
  evidence.of = static_cast<std::uint32_t>(of);
  return evidence;
}

}  // namespace

std::vector<Found> find_stop_fronts(const FieldView& view) {
  if (!is_closed(view) || view.columns() < 2) return {};
  if (unfinished_of(view) < kLeastStopped) return {};
  const Field field = field_of(view);
  const Stopped stopped = stopped_of(view, field);
  const auto heard = static_cast<double>(field.clocks.size());
  if (stopped.count < kLeastStopped || static_cast<double>(stopped.count) < kLeastShare * heard ||
      stopped.due < kLeastDue) {
    return {};
  }
  std::size_t furthest = view.finish();
  while (furthest > 0 && field.crossing[furthest].empty()) --furthest;
  const double last = field.crossing[furthest].back();
  const auto& closes = view.race_config().closes;
  if (closes && last > seconds_since(view, *closes) - kNearCutoff) return {};
  const auto most = static_cast<std::size_t>(
      std::max_element(stopped.last_heard.begin(), stopped.last_heard.end()) -
      stopped.last_heard.begin());
  Found found;
  // Chance alone would let so many who were due come: one in e of a Poisson count for each.
  found.moment = make_moment_of(view, model::MomentKind::StopFront, {}, most,
                                static_cast<double>(stopped.due) / std::log(2.0), 1.0);
  found.minutes_order = static_cast<std::int64_t>(stopped.count);
  model::Evidence clock;
  clock.what = "clock";
  clock.to = view.point_name(furthest);
  clock.seconds = whole_seconds(last);
  found.moment.evidence = {
      count_evidence(view, "stop-front", view.finish(), stopped.count, field.clocks.size()), clock,
      count_evidence(view, "last-heard", most, stopped.last_heard[most], stopped.count)};
  return {found};
}

}  // namespace hs::moments
