#include <algorithm>
#include <charconv>

#include "present/decisions.h"
#include "present/version_words.h"
#include "server/result_rows.h"
#include "server/views.h"

namespace hs::server {
namespace {

using model::EntrantId;
using present::JsonOut;

constexpr std::size_t kRows = 200;
constexpr std::size_t kMostRows = 1000;
constexpr std::size_t kMostFrom = 10'000'000;

/// Where the page behind a cursor begins: "ROW-BIB". The bib finds its place again where others
/// have come before it meanwhile; the row holds where it is not in this list any more.
std::size_t row_behind(const RaceView& view, const std::vector<EntrantId>& rows,
                       std::string_view cursor) {
  const std::size_t dash = std::min(cursor.find('-'), cursor.size());
  const std::string_view bib = cursor.substr(std::min(dash + 1, cursor.size()));
  const auto at = std::find_if(rows.begin(), rows.end(), [&](EntrantId id) {
    return view.runner(id).entrant->bib.view() == bib;
  });
  if (at != rows.end()) return static_cast<std::size_t>(at - rows.begin()) + 1;
  std::size_t row = 0;
  std::from_chars(cursor.data(), cursor.data() + dash, row);
  return std::min(row, rows.size());
}

void write_points(JsonOut& out, const model::Race& race) {
  out.key("points");
  out.begin_array();
  for (const model::Point& point : race.points) {
    out.begin_object();
    out.text_of("id", point.id);
    out.number_of("distance_m", metres(point.distance));
    if (point.role == model::PointRole::Spotter) out.boolean_of("spotter", true);
    out.end_object();
  }
  out.end_array();
}

void write_waves(JsonOut& out, const model::Race& race) {
  out.key("waves");
  out.begin_array();
  for (const model::Wave& wave : race.waves) {
    out.begin_object();
    out.text_of("id", wave.id);
    out.instant_of("gun_at", wave.gun);
    out.end_object();
  }
  out.end_array();
}

void write_divisions(JsonOut& out, const model::Race& race) {
  out.key("divisions");
  out.begin_array();
  for (const model::Division& division : race.divisions) {
    out.begin_object();
    out.text_of("id", division.id);
    if (division.sex) out.text_of("sex", model::name_of(*division.sex));
    if (division.age_min) out.integer_of("age_min", *division.age_min);
    if (division.age_max) out.integer_of("age_max", *division.age_max);
    if (division.mode) out.text_of("mode", model::name_of(*division.mode));
    out.boolean_of("primary", division.primary);
    out.end_object();
  }
  out.end_array();
}

void write_counts(JsonOut& out, const RaceView& view, model::RaceId race) {
  std::int64_t started = 0, running = 0, finished = 0;
  const std::vector<EntrantId>& all = view.everybody(race);
  for (const EntrantId id : all) {
    const model::RunnerResult& result = view.runner(id).result;
    const bool seen = std::any_of(result.splits.begin(), result.splits.end(),
                                  [](const model::Split& one) { return one.passing.has_value(); });
    started += seen ? 1 : 0;
    running += result.status == model::RunnerStatus::Running ? 1 : 0;
    finished += result.status == model::RunnerStatus::Finished ? 1 : 0;
  }
  out.key("counts");
  out.begin_object();
  out.integer_of("entered", static_cast<std::int64_t>(all.size()));
  out.integer_of("started", started);
  out.integer_of("running", running);
  out.integer_of("finished", finished);
  out.end_object();
}

/// Which list the results are: a preliminary one must look preliminary.
void write_list(JsonOut& out, const RaceView& view, model::RaceId id) {
  const auto& lists = view.overview().lists;
  if (id.raw() >= lists.size()) return;
  const scoring::ListState& list = lists[id.raw()];
  out.text_of("list", scoring::name_of(list.kind));
  out.text_of("list_words", present::list_state_words(*view.now().event(), list));
  if (list.version > 0) out.integer_of("version", list.version);
  if (list.version > 0) out.instant_of("published_at", list.at);
  out.instant_of("protest_until_at", list.protest_until);
  const std::string& race = view.race(id).id;
  out.key("rulings");
  out.begin_array();
  for (const model::RaceRuling& ruling : view.overview().results.race_rulings) {
    if (ruling.ruling.race != race) continue;
    out.text(present::race_ruling_words(*view.now().event(), ruling.ruling));
  }
  out.end_array();
}

void write_race(JsonOut& out, const RaceView& view, model::RaceId id) {
  const model::Race& race = view.race(id);
  std::optional<base::RaceTime> first;
  for (const model::Wave& wave : race.waves) {
    if (wave.gun && (!first || *wave.gun < *first)) first = wave.gun;
  }
  out.begin_object();
  out.text_of("id", race.id);
  out.text_of("name", race.name);
  out.number_of("distance_m", metres(race.points.back().distance));
  out.text_of("rank_by", model::name_of(race.rank_by));
  out.text_of("rules", model::name_of(race.rules));
  out.instant_of("first_gun_at", first);
  out.boolean_of("closed", view.now().races()[id.raw()].is_closed);
  out.boolean_of("cancelled", view.now().races()[id.raw()].is_cancelled);
  write_list(out, view, id);
  if (!race.awards.empty()) {
    out.integer_of("awards", static_cast<std::int64_t>(race.awards.size()));
  }
  write_points(out, race);
  write_waves(out, race);
  write_divisions(out, race);
  write_counts(out, view, id);
  out.end_object();
}

void write_event(JsonOut& out, const RaceView& view) {
  const model::Event& event = *view.now().event();
  out.key("event");
  out.begin_object();
  out.text_of("name", event.name);
  out.text_of("date", base::format_date(event.date));
  out.text_of("timezone", event.timezone);
  out.integer_of("utc_offset_s", model::utc_offset_at(event, view.now().at()).count());
  out.text_of("language", event.language.empty() ? "en" : event.language);
  out.end_object();
}

}  // namespace

base::Result<std::string> races_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  const bool has_event = view.now().event() != nullptr;
  if (has_event) write_event(out, view);
  out.key("items");
  out.begin_array();
  const std::size_t races = has_event ? view.now().event()->races.size() : 0;
  for (std::size_t r = 0; r < races; ++r) {
    write_race(out, view, model::RaceId(static_cast<model::RaceId::rep>(r)));
  }
  out.end_array();
  out.end_object();
  return out.take();
}

base::Result<std::string> results_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, view.need_race(request.parts.at(0)));
  HS_TRY(const RowsWanted wanted, rows_wanted(view, race, request.query));
  HS_TRY(const std::size_t limit, number_of(request.query, "limit", 1, kMostRows, kRows));
  HS_TRY(std::size_t from, number_of(request.query, "from", 0, kMostFrom, 0));
  const std::vector<EntrantId> rows = rows_of(view, wanted);
  if (const auto cursor = request.query.get("after")) from = row_behind(view, rows, *cursor);
  from = std::min(from, rows.size());
  const std::size_t end = std::min(from + limit, rows.size());
  const std::size_t point = wanted.point.value_or(view.race(race).points.size() - 1);
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", view.race(race).id);
  out.text_of("point", view.race(race).points[point].id);
  out.integer_of("total", static_cast<std::int64_t>(rows.size()));
  out.key("items");
  out.begin_array();
  for (std::size_t i = from; i < end; ++i) {
    out.begin_object();
    write_row(out, view, rows[i], point);
    out.end_object();
  }
  out.end_array();
  if (end < rows.size() && end > from) {
    out.text_of("next", std::to_string(end) + "-" + view.runner(rows[end - 1]).entrant->bib.str());
  }
  out.end_object();
  return out.take();
}

}  // namespace hs::server
