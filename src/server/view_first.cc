#include <algorithm>

#include "moments/field_weather.h"
#include "present/moment_words.h"
#include "present/page_html.h"
#include "present/page_time.h"
#include "present/story_moments.h"
#include "present/weather_words.h"
#include "scoring/rule_set.h"
#include "server/moment_rows.h"
#include "server/result_rows.h"
#include "server/views.h"

// Implementation notes: a phone on a slow line shows this with the first bytes it gets. The classes
// are those of web/src/theme.css, which stands in the same file; what a view draws later with
// styles of its own is left out here.

namespace hs::server {
namespace {

using model::EntrantId;
using present::escape_html;

constexpr std::size_t kMoments = 3;
constexpr std::size_t kStoryMoments =
    12;  ///< As many as the page asks for: the headline counts them.
constexpr std::size_t kRows = 12;

std::string element(const char* open, const char* name, std::string_view text) {
  if (text.empty()) return {};
  return std::string("<") + open + ">" + escape_html(text) + "</" + name + ">";
}

/// The time that the page shows of somebody at a point: official at the finish, cut elsewhere.
std::string time_text(const RaceView& view, const model::RunnerResult& result, std::size_t point) {
  const model::Race& race = view.race(result.race);
  if (point + 1 == race.points.size()) {
    if (!result.official) return {};
    return present::official_text(*result.official, scoring::rounding_of(race.rules));
  }
  const auto time = view.ranking_at(result, point);
  return time ? present::cut_seconds(*time) : std::string();
}

base::Result<std::string> story(const ViewRequest& request) {
  const RaceView& view = request.view;
  const model::EventResults& results = view.told().overview->results;
  HS_TRY(const auto races, races_told(request));
  if (races.empty()) return std::string();
  std::vector<model::Moment> told;
  for (const model::RaceId race : races) {
    const auto some = chosen_moments(view, race, kStoryMoments);
    told.insert(told.end(), some.begin(), some.end());
  }
  present::StoryOptions options;
  if (races.size() == 1) options.race = races.front();
  std::string out = element("h1", "h1", present::story_title(results, told.size(), options));
  if (races.size() == 1) {
    const auto day =
        present::weather_words(moments::field_weather(results, races.front()), results);
    const std::string lead = day.headline.empty() ? "" : day.headline + ".";
    out += "<p class=\"lede\">" + element("strong", "strong", lead) + " " + escape_html(day.text) +
           "</p>";
  }
  for (std::size_t m = 0; m < std::min(told.size(), kMoments); ++m) {
    const present::MomentWords words = present::words_for(told[m], results);
    out += element("h2", "h2", words.headline) + element("p class=\"text\"", "p", words.text);
  }
  return out;
}

std::string board_row(const RaceView& view, EntrantId id, std::size_t point) {
  const engine::SnapshotRunner& runner = view.runner(id);
  const auto places = view.now().order(runner.result.race, point).places_of(id);
  const bool has_place = places && places->overall;
  const std::string place = has_place ? std::to_string(places->overall->place) : "";
  return "<tr><td class=\"num\">" + place + "</td><td>" +
         escape_html(model::public_name(*runner.entrant, *runner.person)) +
         "</td><td class=\"num\">" + time_text(view, runner.result, point) + "</td></tr>";
}

/// The race of the address, else the first.
base::Result<model::RaceId> race_asked(const ViewRequest& request) {
  if (const auto id = request.query.get("race")) return request.view.need_race(*id);
  return model::RaceId(0);
}

base::Result<std::string> board(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, race_asked(request));
  HS_TRY(const RowsWanted wanted, rows_wanted(view, race, request.query));
  const std::vector<EntrantId> rows = rows_of(view, wanted);
  const std::size_t point = wanted.point.value_or(view.race(race).points.size() - 1);
  std::string out = element("h1 class=\"board-title\"", "h1", view.race(race).name);
  out += "<table class=\"plain\"><tbody>";
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    out += board_row(view, rows[i], point);
  }
  return out + "</tbody></table>";
}

base::Result<std::string> runner(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, race_asked(request));
  HS_TRY(const EntrantId id, view.need_runner(race, request.query.get("bib").value_or("")));
  const engine::SnapshotRunner& runner = view.runner(id);
  const bool is_private = runner.entrant->is_private;
  std::string about = runner.entrant->bib.str();
  if (!is_private && !runner.person->club.empty()) about += " \u00B7 " + runner.person->club;
  return element("h1", "h1", model::public_name(*runner.entrant, *runner.person)) +
         element("p class=\"quiet\"", "p", about) +
         element("p class=\"lede\"", "p",
                 time_text(view, runner.result, view.race(race).points.size() - 1));
}

}  // namespace

base::Result<std::string> first_html(const ViewRequest& request) {
  const model::Event* event = request.view.now().event();
  if (event == nullptr || event->races.empty()) return std::string();
  const std::string_view name = request.query.get("view").value_or("story");
  base::Result<std::string> content = std::string();
  if (name == "story" && request.query.get("order") == std::nullopt) content = story(request);
  if (name == "board") content = board(request);
  if (name == "runner") content = runner(request);
  if (!content || content->empty()) return content;
  const std::string language = event->language.empty() ? "en" : event->language;
  return "<div id=\"first\" lang=\"" + escape_html(language) + "\"><div class=\"mast\">" +
         element("p class=\"event\"", "p", event->name) + "</div>" + *content + "</div>";
}

}  // namespace hs::server
