#include "present/story_text.h"

#include <cmath>

#include "moments/field_weather.h"
#include "present/display_width.h"
#include "present/moment_words.h"
#include "present/paragraph.h"
#include "present/sentences.h"
#include "present/story_evidence.h"
#include "present/table.h"
#include "present/weather_words.h"
#include "present/wording.h"

// Implementation notes: a terminal has no serif, so rank is told by place and ink: what is told
// stands at the margin of its number, how we know is faint and further in. Lines of text are kept
// shorter than the terminal, as a page keeps them.

namespace hs::present {
namespace {

constexpr std::size_t kTextIndent = 5;  // Behind " 12  ".
constexpr std::size_t kFigureWidthMax = 60;
constexpr std::size_t kBibsShown = 4;

std::string weather_block(const model::EventResults& results, const StoryOptions& options,
                          Colour colour) {
  const std::vector<model::RaceId> races = races_of(results, options);
  std::string out;
  for (const model::RaceId race : races) {
    const WeatherWords words = weather_words(moments::field_weather(results, race), results);
    out += "\n";
    if (races.size() > 1) out += paragraph(race_name(results, race), 0, Ink::Faint, colour);
    out += paragraph(words.headline + ".", 0, Ink::Strong, colour) +
           paragraph(words.text, 0, Ink::Plain, colour);
  }
  return out;
}

// The figures in two columns, then how rare it is.
std::string evidence_block(const model::EventResults& results, const model::Moment& moment,
                           Colour colour) {
  const Language language = language_of(results.event);
  const auto inlined = [&](const char* key, const std::string& text) {
    Sentences words(language);
    words.add_text("text", text);
    return words.text({{key}});
  };
  Table table({{"", Align::Left, kFigureWidthMax}, {"", Align::Right, 20}, {"", Align::Left}});
  for (const EvidenceLine& line : evidence_lines(results, moment)) {
    std::string more =
        line.expected.empty() ? "" : inlined("evidence.expected-inline", line.expected);
    if (!line.rank.empty()) {
      more += (more.empty() ? "" : ", ") + inlined("evidence.rank-inline", line.rank);
    }
    table.add({{line.what, Ink::Faint}, {line.figure, Ink::Faint}, {more, Ink::Faint}});
  }
  std::string out;
  if (!table.empty()) out += table.text(kTextIndent + 2, colour);
  return out + paragraph(rarity_words(moment, language), kTextIndent + 2, Ink::Faint, colour);
}

std::string told(const model::EventResults& results, const model::Moment& moment,
                 std::size_t number, Colour colour) {
  const MomentWords words = words_for(moment, results);
  std::string kicker = theme_words(moment.theme, language_of(results.event));
  if (results.event.races.size() > 1) kicker += " \u00b7 " + race_name(results, moment.race);
  std::string out = "\n" + padded(std::to_string(number), kTextIndent - 2, Align::Right) + "  " +
                    inked(fitted(kicker, kTextWidth - kTextIndent), Ink::Faint, colour) + "\n";
  out += paragraph(words.headline, kTextIndent, Ink::Strong, colour);
  out += paragraph(words.text, kTextIndent, Ink::Plain, colour);
  return out + evidence_block(results, moment, colour);
}

std::string score_text(double score) {
  const auto tenths = std::llround(score * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

std::string bibs_text(const model::EventResults& results, const model::Moment& moment) {
  if (moment.people.empty()) return "all";
  std::string out;
  for (std::size_t i = 0; i < moment.people.size(); ++i) {
    if (i == kBibsShown) return out + " ...";
    if (i > 0) out += ' ';
    out += results.entrants[moment.people[i].raw()].bib.view();
  }
  return out;
}

}  // namespace

std::string story_text(const model::EventResults& results, const StoryMoments& story,
                       const StoryOptions& options, Colour colour) {
  const Language language = language_of(results.event);
  std::string out = inked(fitted(results.event.name, kTerminalWidth - 20), Ink::Strong, colour) +
                    "  " + date_words(results.event.date, language) + "\n" +
                    story_title(results, story.told.size(), options) + "\n" +
                    weather_block(results, options, colour);
  if (story.told.empty()) {
    return out + "\n" +
           paragraph(said(language, "page.nothing-told-in-terminal"), 0, Ink::Plain, colour);
  }
  for (std::size_t i = 0; i < story.told.size(); ++i) {
    out += told(results, story.told[i], i + 1, colour);
  }
  if (story.others.empty()) return out;
  return out + "\n" +
         paragraph(more_moments(story.others.size(), language) + ": homestretch moments", 0,
                   Ink::Faint, colour);
}

std::string moments_text(const model::EventResults& results,
                         const std::vector<model::Moment>& moments, Colour colour) {
  constexpr std::size_t kKindWidthMax = 22;
  constexpr std::size_t kBibsWidthMax = 20;
  Table table({{"score", Align::Right},
               {"kind", Align::Left, kKindWidthMax},
               {"bibs", Align::Left, kBibsWidthMax},
               {"headline", Align::Left}});
  for (const model::Moment& moment : moments) {
    table.add({{score_text(moment.score), Ink::Strong},
               {model::name_of(moment.kind), Ink::Faint},
               {bibs_text(results, moment)},
               {words_for(moment, results).headline}});
  }
  return table.empty() ? std::string() : table.text(0, colour);
}

}  // namespace hs::present
