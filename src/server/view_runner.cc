#include <array>
#include <charconv>
#include <string>

#include "server/earlier_races.h"
#include "server/moment_rows.h"
#include "server/result_rows.h"
#include "server/views.h"

namespace hs::server {
namespace {

using model::EntrantId;
using present::JsonOut;

/// Which shares of the distribution a fan shows; indexes into `model::kProjectionShares`.
constexpr std::array<std::size_t, 7> kFanShares = {2, 4, 6, 8, 10, 12, 14};

/// "0.025".
std::string share_text(double share) {
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), share);
  return std::string(digits.data(), written.ptr);
}

void write_missed(JsonOut& out, const RaceView& view, EntrantId id, std::size_t point) {
  const auto number = view.told_number(id);
  if (!number) return;
  for (const model::MissedInterval& one : view.told().overview->results.missed) {
    if (one.entrant != *number || one.point.raw() != point) continue;
    out.key("missed");
    out.begin_object();
    out.milliseconds_of("low_ms", one.earliest.value());
    out.milliseconds_of("high_ms", one.latest.value());
    out.end_object();
    return;
  }
}

/// What the time of a passing comes from, for everybody: never why.
const char* source_of(const model::Passing& passing) {
  if (passing.forced || !passing.read) return "official";
  switch (passing.role) {
    case model::ReadRole::Main:
      return "chip";
    case model::ReadRole::Backup:
      return "backup";
    case model::ReadRole::Manual:
      return "hand";
  }
  return "";
}

void write_splits(JsonOut& out, const RaceView& view, EntrantId id) {
  const model::RunnerResult& result = view.runner(id).result;
  const model::Race& race = view.race(result.race);
  const auto seen = RaceView::last_seen(result);
  out.key("splits");
  out.begin_array();
  for (std::size_t p = 1; p < race.points.size() && p < result.splits.size(); ++p) {
    if (race.points[p].role != model::PointRole::Timed) continue;
    const model::Split& split = result.splits[p];
    const bool is_missed = !split.passing && seen && p < seen->point;
    if (!split.passing && !is_missed) continue;
    out.begin_object();
    out.text_of("point", race.points[p].id);
    if (split.passing) {
      out.instant_of("at", split.passing->at);
      out.text_of("by", source_of(*split.passing));
    }
    if (split.net) out.milliseconds_of("net_ms", split.net->value());
    if (split.gun) out.milliseconds_of("gun_ms", split.gun->value());
    if (const auto places = view.now().order(result.race, p).places_of(id)) {
      write_places(out, *places);
    }
    if (is_missed) write_missed(out, view, id, p);
    out.end_object();
  }
  out.end_array();
}

void write_fan(JsonOut& out, const RaceView& view, EntrantId id) {
  const auto number = view.told_number(id);
  const engine::Told& told = view.told();
  if (!number || told.projectors == nullptr) return;
  const model::RunnerResult& behind = told.overview->results.runners[number->raw()];
  if (behind.race.raw() >= told.projectors->size()) return;
  const auto fan = (*told.projectors)[behind.race.raw()].fan(*number);
  if (fan.steps.empty()) return;
  const model::Race& race = told.overview->results.event.races[behind.race.raw()];
  out.key("fan");
  out.begin_array();
  for (const model::ProjectionFan::Step& step : fan.steps) {
    out.begin_object();
    out.text_of("point", race.points[step.at.raw()].id);
    out.key("shares_ms");
    out.begin_array();
    for (const std::size_t s : kFanShares) {
      out.begin_array();
      out.number(share_text(model::kProjectionShares[s]));
      out.integer(std::chrono::milliseconds(step.projection.at_shares[s]).count());
      out.end_array();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

/// When they are expected at the next point: the way to the finish that is projected, cut where
/// the point lies in it. Between two points nobody's pace is known better.
void write_next(JsonOut& out, const RaceView& view, EntrantId id) {
  const auto next = view.expected_next(id);
  if (!next) return;
  out.key("next");
  out.begin_object();
  out.text_of("point", view.race(view.runner(id).result.race).points[next->point].id);
  out.instant_of("low_at", next->low);
  out.instant_of("at", next->at);
  out.instant_of("high_at", next->high);
  out.end_object();
}

void write_details(JsonOut& out, const RaceView& view, EntrantId id) {
  const engine::SnapshotRunner& runner = view.runner(id);
  const model::RunnerResult& result = runner.result;
  const bool says_more = runner.person->team != runner.person->name;  // A relay team is its name.
  if (!runner.entrant->is_private && says_more) out.text_of("team", runner.person->team);
  out.text_of("mode", model::name_of(runner.entrant->mode));
  if (result.wave) out.text_of("wave", view.race(result.race).waves[result.wave->raw()].id);
  if (result.start_at || result.net) {
    out.text_of("start_source", model::name_of(result.start_source));
  }
  out.instant_of("gun_at", result.gun_at);
  out.instant_of("start_at", result.start_at);
  out.milliseconds_of("start_offset_ms", result.start_offset);
  if (result.penalty != base::Duration::zero()) {
    out.milliseconds_of("penalty_ms", result.penalty);
  }
  if (result.status == model::RunnerStatus::Disqualified) out.text_of("clause", result.clause);
}

}  // namespace

base::Result<std::string> runner_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, view.need_race(request.parts.at(0)));
  HS_TRY(const EntrantId id, view.need_runner(race, request.parts.at(1)));
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", view.race(race).id);
  out.key("runner");
  out.begin_object();
  write_row(out, view, id, view.race(race).points.size() - 1);
  write_details(out, view, id);
  write_splits(out, view, id);
  write_fan(out, view, id);
  write_next(out, view, id);
  write_before(out, view, id);
  out.end_object();
  out.key("moments");
  out.begin_array();
  for (const std::size_t m : view.moments_of(id)) write_told_moment(out, view, m);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::server
