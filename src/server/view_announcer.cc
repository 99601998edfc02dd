#include <algorithm>

#include "moments/field_view.h"
#include "present/moment_words.h"
#include "server/earlier_races.h"
#include "server/result_rows.h"
#include "server/views.h"

// Implementation notes: what an announcer says aloud is public, so this view holds nothing private
// either, though only officials have it.

namespace hs::server {
namespace {

using model::EntrantId;
using present::JsonOut;

constexpr std::size_t kRows = 20;
constexpr std::size_t kMostRows = 100;

struct Coming {
  EntrantId id;
  base::RaceTime at;
};

/// By the pace so far, for whoever is not projected: wheelchairs, and those only just begun.
std::optional<base::RaceTime> by_pace(const RaceView& view, const model::RunnerResult& result,
                                      std::size_t point) {
  const auto seen = RaceView::last_seen(result);
  const auto& points = view.race(result.race).points;
  if (!seen || seen->point == 0 || !result.start_at || point <= seen->point) return std::nullopt;
  const double done = static_cast<double>(points[seen->point].distance.in_millimetres());
  const double all = static_cast<double>(points[point].distance.in_millimetres());
  const double took = static_cast<double>((seen->at - *result.start_at).count());
  return *result.start_at + base::Duration(static_cast<std::int64_t>(took * all / done));
}

std::vector<Coming> coming_to(const RaceView& view, model::RaceId race, std::size_t point) {
  std::vector<Coming> out;
  for (const EntrantId id : view.everybody(race)) {
    const model::RunnerResult& result = view.runner(id).result;
    const auto seen = RaceView::last_seen(result);
    if (result.status != model::RunnerStatus::Running || !seen || seen->point >= point) continue;
    const auto expected = view.expected_at(id, point);
    const auto at = expected ? std::optional(expected->at) : by_pace(view, result, point);
    if (at) out.push_back({id, *at});
  }
  std::sort(out.begin(), out.end(), [](const Coming& a, const Coming& b) {
    return a.at != b.at ? a.at < b.at : a.id < b.id;
  });
  return out;
}

std::vector<Coming> just_in(const RaceView& view, model::RaceId race, std::size_t point) {
  std::vector<Coming> out;
  for (const EntrantId id : view.everybody(race)) {
    const auto& splits = view.runner(id).result.splits;
    if (point < splits.size() && splits[point].passing) {
      out.push_back({id, splits[point].passing->at});
    }
  }
  std::sort(out.begin(), out.end(), [](const Coming& a, const Coming& b) {
    return a.at != b.at ? a.at > b.at : a.id < b.id;
  });
  return out;
}

/// How the name is said, where the entry list has a column of that name.
std::string say_of(const model::Person& person) {
  for (const auto& [column, value] : person.extra) {
    if (column == "say" || column == "pronunciation") return value;
  }
  return {};
}

void write_worth(JsonOut& out, const RaceView& view, EntrantId id) {
  const std::vector<std::size_t> moments = view.moments_of(id);
  const engine::SnapshotRunner& runner = view.runner(id);
  const bool may_quote =
      runner.entrant->tell && !moments::is_minor(*runner.entrant) && !view.is_hidden(id);
  const std::string& words = runner.person->why;
  if (moments.empty() && (!may_quote || words.empty())) return;
  out.key("worth");
  out.begin_object();
  if (moments.empty()) {
    out.text_of("text", words);
  } else {
    const model::Moment& moment = view.told().moments[moments.front()];
    out.text_of("text", present::words_for(moment, view.told().overview->results).headline);
    out.text_of("moment", moment.id);
  }
  out.end_object();
}

void write_who(JsonOut& out, const RaceView& view, EntrantId id, std::size_t point) {
  const engine::SnapshotRunner& runner = view.runner(id);
  const bool is_private = runner.entrant->is_private;
  out.text_of("bib", runner.entrant->bib.view());
  out.text_of("name", model::public_name(*runner.entrant, *runner.person));
  if (!is_private) out.text_of("say", say_of(*runner.person));
  if (const auto places = view.now().order(runner.result.race, point).places_of(id)) {
    write_places(out, *places);
  }
  if (runner.result.division) {
    out.text_of("division",
                view.race(runner.result.race).divisions[runner.result.division->raw()].id);
  }
  if (!is_private) {
    out.text_of("club", runner.person->club);
    out.text_of("city", runner.person->city);
    write_worth(out, view, id);
    write_before(out, view, id);
  }
  out.boolean_of("private", is_private);
}

/// The last spotter point before a point, whose reads say who comes.
std::optional<std::string> spotter_before(const model::Race& race, std::size_t point) {
  for (std::size_t p = point; p-- > 0;) {
    if (race.points[p].role == model::PointRole::Spotter) return race.points[p].id;
  }
  return std::nullopt;
}

}  // namespace

base::Result<std::string> announcer_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  std::string_view named;
  if (const auto asked = request.query.get("race")) named = *asked;
  if (named.empty() && view.now().event() != nullptr && !view.now().event()->races.empty()) {
    named = view.now().event()->races.front().id;
  }
  HS_TRY(const model::RaceId race, view.need_race(named));
  HS_TRY(const std::size_t point,
         view.need_point(race, request.query.get("point").value_or("finish")));
  HS_TRY(const std::size_t rows, number_of(request.query, "limit", 1, kMostRows, kRows));
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", view.race(race).id);
  out.text_of("point", view.race(race).points[point].id);
  if (const auto spotter = spotter_before(view.race(race), point)) {
    out.text_of("spotter", *spotter);
  }
  const auto write_all = [&](const char* key, const std::vector<Coming>& all, auto write_time) {
    out.key(key);
    out.begin_array();
    for (std::size_t i = 0; i < std::min(rows, all.size()); ++i) {
      const auto seen = RaceView::last_seen(view.runner(all[i].id).result);
      out.begin_object();
      write_who(out, view, all[i].id, std::min(point, seen ? seen->point : point));
      write_time(all[i].at);
      out.end_object();
    }
    out.end_array();
  };
  write_all("next", coming_to(view, race, point), [&](base::RaceTime at) {
    out.instant_of("expected_at", at);
    out.integer_of("in_s", std::chrono::floor<std::chrono::seconds>(at - request.now).count());
  });
  write_all("just_in", just_in(view, race, point),
            [&](base::RaceTime at) { out.instant_of("at", at); });
  out.end_object();
  return out.take();
}

}  // namespace hs::server
