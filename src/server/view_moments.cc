#include <algorithm>

#include "moments/field_weather.h"
#include "present/moment_words.h"
#include "present/moments_json.h"
#include "present/story_moments.h"
#include "present/story_river.h"
#include "present/weather_words.h"
#include "server/moment_rows.h"
#include "server/result_rows.h"
#include "server/views.h"

namespace hs::server {
namespace {

using model::EventResults;
using model::Moment;
using present::JsonOut;

constexpr std::size_t kTop = 12;
constexpr std::size_t kMostTop = 100;

/// Of the snapshot's races to that of what is told, by id; nothing where it is not told of yet.
std::optional<model::RaceId> told_race(const RaceView& view, model::RaceId race) {
  const auto& races = view.told().overview->results.event.races;
  const auto at = std::find_if(races.begin(), races.end(), [&](const model::Race& one) {
    return one.id == view.race(race).id;
  });
  if (at == races.end()) return std::nullopt;
  return model::RaceId(static_cast<model::RaceId::rep>(at - races.begin()));
}

bool names(const EventResults& results, const Moment& moment, std::string_view bib) {
  return std::any_of(moment.people.begin(), moment.people.end(), [&](model::EntrantId id) {
    return results.entrants[id.raw()].bib.view() == bib;
  });
}

void write_story_of(JsonOut& out, const RaceView& view, model::RaceId race,
                    const std::vector<Moment>& told) {
  const EventResults& results = view.told().overview->results;
  const auto day = present::weather_words(moments::field_weather(results, race), results);
  out.begin_object();
  out.text_of("race", results.event.races[race.raw()].id);
  out.text_of("headline", day.headline);
  out.text_of("day", day.text);
  out.key("moments");
  out.begin_array();
  for (const Moment& moment : told) {
    present::write_moment(out, results, moment, instant_of(results, moment));
  }
  out.end_array();
  out.end_object();
}

// --- replay ----------------------------------------------------------------------------------

struct Span {
  std::optional<base::RaceTime> first;
  std::optional<base::RaceTime> last;
  void add(base::RaceTime at) {
    if (!first || at < *first) first = at;
    if (!last || at > *last) last = at;
  }
};

/// Points that give a split, the start with them.
std::vector<std::size_t> replay_points(const model::Race& race) {
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < race.points.size(); ++p) {
    if (race.points[p].role == model::PointRole::Timed) out.push_back(p);
  }
  return out;
}

std::optional<base::RaceTime> seen_at(const model::RunnerResult& result, std::size_t point) {
  if (point < result.splits.size() && result.splits[point].passing) {
    return result.splits[point].passing->at;
  }
  if (point == 0) return result.start_at;
  return std::nullopt;
}

std::int64_t seconds_since(base::RaceTime first, base::RaceTime at) {
  return std::chrono::floor<std::chrono::seconds>(at - first).count();
}

void write_replay_runner(JsonOut& out, const engine::SnapshotRunner& runner,
                         const model::Race& race, const std::vector<std::size_t>& points,
                         base::RaceTime first) {
  out.begin_object();
  out.text_of("bib", runner.entrant->bib.view());
  out.text_of("name", model::public_name(*runner.entrant, *runner.person));
  if (runner.entrant->sex) out.text_of("sex", model::name_of(*runner.entrant->sex));
  if (runner.result.division) {
    out.text_of("division", race.divisions[runner.result.division->raw()].id);
  }
  out.text_of("status", model::name_of(runner.result.status));
  out.key("at_s");
  out.begin_array();
  for (const std::size_t p : points) {
    const auto at = seen_at(runner.result, p);
    if (at) {
      out.integer(seconds_since(first, *at));
    } else {
      out.json("null");
    }
  }
  out.end_array();
  out.end_object();
}

void write_replay_moments(JsonOut& out, const RaceView& view, model::RaceId race,
                          base::RaceTime first) {
  const EventResults& results = view.told().overview->results;
  out.key("moments");
  out.begin_array();
  for (const std::size_t m : view.moments()) {
    const Moment& moment = view.told().moments[m];
    const auto at = instant_of(results, moment);
    if (!at || results.event.races[moment.race.raw()].id != view.race(race).id) continue;
    out.begin_object();
    out.text_of("id", moment.id);
    out.integer_of("at_s", seconds_since(first, *at));
    out.text_of("headline", present::words_for(moment, results).headline);
    out.text_of("theme", model::name_of(moment.theme));
    out.key("bibs");
    out.begin_array();
    for (const model::EntrantId id : moment.people) out.text(results.entrants[id.raw()].bib.view());
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

/// The field as it came in, for a picture of the day.
void write_river(JsonOut& out, const std::optional<present::River>& river) {
  if (!river) return;
  out.key("river");
  out.begin_object();
  out.instant_of("from_at", river->from);
  out.integer_of("minutes", river->bar_minutes);
  out.key("finishers");
  out.begin_array();
  for (const std::uint32_t bar : river->bars) out.integer(bar);
  out.end_array();
  out.end_object();
}

}  // namespace

std::optional<base::RaceTime> instant_of(const EventResults& results, const Moment& moment) {
  if (moment.people.empty()) return std::nullopt;
  const auto& splits = results.runners[moment.people.front().raw()].splits;
  if (moment.anchor.raw() >= splits.size() || !splits[moment.anchor.raw()].passing) {
    return std::nullopt;
  }
  return splits[moment.anchor.raw()].passing->at;
}

base::Result<std::vector<model::RaceId>> races_told(const ViewRequest& request) {
  std::vector<model::RaceId> out;
  const RaceView& view = request.view;
  if (const auto id = request.query.get("race")) {
    HS_TRY(const model::RaceId race, view.need_race(*id));
    if (const auto told = told_race(view, race)) out.push_back(*told);
    return out;
  }
  const std::size_t races = view.told().overview->results.event.races.size();
  for (std::size_t r = 0; r < races; ++r) {
    out.push_back(model::RaceId(static_cast<model::RaceId::rep>(r)));
  }
  return out;
}

std::vector<Moment> chosen_moments(const RaceView& view, model::RaceId race, std::size_t top) {
  std::vector<Moment> all;
  for (const std::size_t m : view.moments()) all.push_back(view.told().moments[m]);
  present::StoryOptions options;
  options.told_max = top;
  options.race = race;
  return present::choose_moments(view.told().overview->results, all, options).told;
}

void write_told_moment(JsonOut& out, const RaceView& view, std::size_t moment) {
  const EventResults& results = view.told().overview->results;
  const Moment& one = view.told().moments[moment];
  present::write_moment(out, results, one, instant_of(results, one));
}

base::Result<std::string> moments_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  const EventResults& results = view.told().overview->results;
  HS_TRY(const auto races, races_told(request));
  const auto kind = request.query.get("kind");
  if (kind && !model::parse_moment_kind(*kind)) {
    return base::fail(base::ErrorCode::InvalidInput, "found '" + std::string(kind->substr(0, 40)) +
                                                         "', expected a kind of moment");
  }
  const auto bib = request.query.get("bib");
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.key("items");
  out.begin_array();
  for (const std::size_t m : view.moments()) {
    const Moment& moment = view.told().moments[m];
    if (std::find(races.begin(), races.end(), moment.race) == races.end()) continue;
    if (kind && model::name_of(moment.kind) != *kind) continue;
    if (bib && !names(results, moment, *bib)) continue;
    write_told_moment(out, view, m);
  }
  out.end_array();
  out.end_object();
  return out.take();
}

base::Result<std::string> story_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  const EventResults& results = view.told().overview->results;
  HS_TRY(const std::size_t top, number_of(request.query, "top", 1, kMostTop, kTop));
  HS_TRY(const auto races, races_told(request));
  std::vector<std::vector<Moment>> told;
  std::size_t count = 0;
  for (const model::RaceId race : races) {
    told.push_back(chosen_moments(view, race, top));
    count += told.back().size();
  }
  present::StoryOptions options;
  if (races.size() == 1) options.race = races.front();
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  if (!races.empty()) out.text_of("headline", present::story_title(results, count, options));
  out.key("races");
  out.begin_array();
  for (std::size_t r = 0; r < races.size(); ++r) write_story_of(out, view, races[r], told[r]);
  out.end_array();
  write_river(out, present::river_of(results, options.race));
  out.end_object();
  return out.take();
}

base::Result<std::string> replay_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId id, view.need_race(request.parts.at(0)));
  const model::Race& race = view.race(id);
  const std::vector<std::size_t> points = replay_points(race);
  Span span;
  for (const model::Wave& wave : race.waves) {
    // The last of a race under way is what was seen, not a gun that is to fire.
    if (wave.gun && (!span.first || *wave.gun < *span.first)) span.first = *wave.gun;
  }
  for (const model::EntrantId runner : view.everybody(id)) {
    for (const std::size_t p : points) {
      if (const auto at = seen_at(view.runner(runner).result, p)) span.add(*at);
    }
  }
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", race.id);
  out.instant_of("first_at", span.first);
  out.instant_of("last_at", span.last);
  out.key("points");
  out.begin_array();
  for (const std::size_t p : points) out.text(race.points[p].id);
  out.end_array();
  out.key("runners");
  out.begin_array();
  for (const model::EntrantId runner : view.everybody(id)) {
    if (!span.first || !RaceView::last_seen(view.runner(runner).result)) continue;
    write_replay_runner(out, view.runner(runner), race, points, *span.first);
  }
  out.end_array();
  if (span.first) write_replay_moments(out, view, id, *span.first);
  out.end_object();
  return out.take();
}

}  // namespace hs::server
