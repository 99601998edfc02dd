#include "present/story_page.h"

#include <algorithm>
#include <optional>

#include "present/page_assets.h"
#include "present/page_html.h"
#include "present/sentences.h"
#include "present/story_data.h"
#include "present/story_moments.h"
#include "present/story_results.h"
#include "present/story_river.h"
#include "present/weather_words.h"
#include "present/wording.h"
#include "scoring/list_state.h"

namespace hs::present {
namespace {

using model::EventResults;

/// The list that went out is called what it was published as; any other is preliminary.
std::string closed_text(const EventResults& results, const Language& language) {
  using Kind = scoring::ListState::Kind;
  const std::vector<scoring::ListState> lists = scoring::list_states(results);
  const auto all = [&](auto of_kind) {
    return !lists.empty() && std::all_of(lists.begin(), lists.end(), of_kind);
  };
  if (all([](const auto& one) { return one.kind == Kind::Official; })) {
    return said(language, "page.official");
  }
  if (all([](const auto& one) { return one.kind != Kind::Provisional; })) {
    return said(language, "page.published");
  }
  return said(language, "page.closed");
}

// Whether anything may still change, in words. Nothing here is called official: that is for the
// race to say, by publishing a version.
std::string standing_text(const EventResults& results) {
  const bool all_cancelled =
      !results.cancelled.empty() &&
      std::all_of(results.cancelled.begin(), results.cancelled.end(), [](bool c) { return c; });
  const Language language = language_of(results.event);
  if (all_cancelled) return said(language, "page.cancelled");
  const bool all_closed =
      std::all_of(results.closed.begin(), results.closed.end(), [](bool c) { return c; });
  if (!all_closed) return said(language, "page.going-on");
  const auto open = static_cast<std::uint64_t>(std::count_if(
      results.runners.begin(), results.runners.end(), [](const model::RunnerResult& runner) {
        return runner.status == model::RunnerStatus::Unresolved;
      }));
  if (open == 0) return closed_text(results, language);
  Sentences words(language);
  words.add_count("count", open);
  return words.text({{"page.checking", open}});
}

std::string masthead(const EventResults& results, bool has_winners, bool has_field) {
  const Language language = language_of(results.event);
  const auto words = [&](const char* key) { return escape_html(said(language, key)); };
  std::string out = "<a class=\"skip\" href=\"#results\">" + words("page.skip") +
                    "</a>\n<header class=\"mast\"><div class=\"bar\"><p class=\"event\" "
                    "dir=\"auto\">" +
                    escape_html(results.event.name) + "</p><nav aria-label=\"" +
                    words("page.contents") + "\"><a href=\"#story\">" + words("page.story") +
                    "</a>";
  if (has_winners) out += "<a href=\"#winners\">" + words("page.winners") + "</a>";
  out += "<a href=\"#results\">" + words("page.results") + "</a>";
  if (has_field) out += "<a href=\"#field\">" + words("page.field") + "</a>";
  return out + "</nav></div><p class=\"standing\">" +
         escape_html(date_words(results.event.date, language)) + " \u00b7 <strong>" +
         escape_html(standing_text(results)) + "</strong></p></header>\n";
}

// The day of each race: a headline and what is behind it.
std::string weather_html(const EventResults& results, const StoryOptions& options) {
  const std::vector<model::RaceId> races = races_of(results, options);
  if (races.empty()) {
    return "<p class=\"lede\">" + escape_html(said(language_of(results.event), "page.no-race")) +
           "</p>\n";
  }
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
  Sentences words(language_of(results.event));
  words.add_count("entry", results.as_of.raw());
  return "<footer class=\"foot\"><p>" + escape_html(words.text({{"page.foot"}})) +
         "</p></footer>\n";
}

}  // namespace

std::string story_page(const EventResults& results, const std::vector<model::Moment>& moments,
                       const std::vector<model::ProjectionFan>& fans, const StoryOptions& options) {
  const StoryMoments story = choose_moments(results, moments, options);
  const std::string title = story_title(results, story.told.size(), options);
  const std::string winners = winners_html(results);
  const std::string field = field_html(results);
  const Language language = language_of(results.event);
  PageParts parts;
  parts.language = language.code();
  parts.title = results.event.name + " \u2013 " + title;
  parts.body = masthead(results, !winners.empty(), !field.empty()) + "<main>\n";
  parts.body += "<section id=\"story\" aria-labelledby=\"story-h\">\n<h1 id=\"story-h\">" +
                escape_html(title) + "</h1>\n" + weather_html(results, options);
  parts.body += river_html(results, story.told, options.race);
  if (story.told.empty()) {
    parts.body +=
        "<p class=\"quiet\">" + escape_html(said(language, "page.nothing-told")) + "</p>\n";
  }
  parts.body += moments_html(results, story, fans, options.cards) + "</section>\n";
  parts.body += winners + results_html(results) + field + "</main>\n" + foot(results);
  parts.data = story_data(results);
  parts.script = story_js();
  return whole_page(parts);
}

}  // namespace hs::present
