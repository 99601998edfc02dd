#include "present/story_page.h"

#include <algorithm>
#include <optional>

#include "present/page_assets.h"
#include "present/page_html.h"
#include "present/page_time.h"
#include "present/story_data.h"
#include "present/story_moments.h"
#include "present/story_results.h"
#include "present/story_river.h"
#include "present/weather_words.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using model::EventResults;

// Whether anything may still change, in words. Nothing here is called official: that is for the
// race to say, by publishing a version.
std::string standing_text(const EventResults& results) {
  const bool all_cancelled =
      !results.cancelled.empty() &&
      std::all_of(results.cancelled.begin(), results.cancelled.end(), [](bool c) { return c; });
  if (all_cancelled) return "Cancelled";
  const bool all_closed =
      std::all_of(results.closed.begin(), results.closed.end(), [](bool c) { return c; });
  if (!all_closed) return "Provisional: racing goes on";
  const auto open = static_cast<std::uint64_t>(std::count_if(
      results.runners.begin(), results.runners.end(), [](const model::RunnerResult& runner) {
        return runner.status == model::RunnerStatus::Unresolved;
      }));
  if (open == 0) return "Race closed";
  return "Provisional: " + counted(open, "result") + (open == 1 ? " is" : " are") +
         " being checked";
}

std::string masthead(const EventResults& results, bool has_winners, bool has_field) {
  std::string out =
      "<a class=\"skip\" href=\"#results\">Skip to the results</a>\n"
      "<header class=\"mast\"><div class=\"bar\"><p class=\"event\" dir=\"auto\">" +
      escape_html(results.event.name) +
      "</p><nav aria-label=\"This page\">"
      "<a href=\"#story\">Story</a>";
  if (has_winners) out += "<a href=\"#winners\">Winners</a>";
  out += "<a href=\"#results\">Results</a>";
  if (has_field) out += "<a href=\"#field\">The field</a>";
  return out + "</nav></div><p class=\"standing\">" + long_date(results.event.date) +
         " \u00b7 <strong>" + escape_html(standing_text(results)) + "</strong></p></header>\n";
}

// The day of each race: a headline and what is behind it.
std::string weather_html(const EventResults& results, const StoryOptions& options) {
  const std::vector<model::RaceId> races = races_of(results, options);
  if (races.empty()) return "<p class=\"lede\">No race is set up yet.</p>\n";
  std::string out = "<div class=\"day\">\n";
  for (const model::RaceId race : races) {
    const WeatherWords words = weather_words(moments::field_weather(results, race), results);
    out += "<div>";
    if (races.size() > 1) {
      out += "<p class=\"of\" dir=\"auto\">" + escape_html(race_name(results, race)) + "</p>";
    }
    out += "<p class=\"lede\">" + escape_html(words.headline) + ".</p><p class=\"text\">" +
           escape_html(words.text) + "</p></div>\n";
  }
  return out + "</div>\n";
}

std::string foot(const EventResults& results) {
  return "<footer class=\"foot\"><p>As of entry " + grouped(results.as_of.raw()) +
         " of the race file. Times are net unless said otherwise; official times are rounded up by "
         "the rules of each race, splits are cut to the tenth. A mat that missed a runner gives "
         "the two times between which it was passed, never a guess.</p></footer>\n";
}

}  // namespace

std::string story_page(const EventResults& results, const std::vector<model::Moment>& moments,
                       const std::vector<model::ProjectionFan>& fans, const StoryOptions& options) {
  const StoryMoments story = choose_moments(results, moments, options);
  const std::string title = story_title(results, story.told.size(), options);
  const std::string winners = winners_html(results);
  const std::string field = field_html(results);
  PageParts parts;
  parts.title = results.event.name + " \u2013 " + title;
  parts.body = masthead(results, !winners.empty(), !field.empty()) + "<main>\n";
  parts.body += "<section id=\"story\" aria-labelledby=\"story-h\">\n<h1 id=\"story-h\">" + title +
                "</h1>\n" + weather_html(results, options);
  parts.body += river_html(results, story.told, options.race);
  if (story.told.empty()) {
    parts.body +=
        "<p class=\"quiet\">No moment passed the bar that this page sets for telling "
        "one.</p>\n";
  }
  parts.body += moments_html(results, story, fans, options.cards) + "</section>\n";
  parts.body += winners + results_html(results) + field + "</main>\n" + foot(results);
  parts.data = story_data(results);
  parts.script = story_js();
  return whole_page(parts);
}

}  // namespace hs::present
