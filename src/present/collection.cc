#include "present/collection.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "present/display_width.h"
#include "present/page_html.h"
#include "present/paragraph.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "present/table.h"

namespace hs::present {
namespace {

/// What a kind, and a race, is worth in one collection after it was used once.
constexpr double kKindVariety = 0.8;
constexpr double kRaceVariety = 0.9;

constexpr std::size_t kTextIndent = 5;  // Behind " 12  ".

Sentences sentences_of(const Collection& collection) {
  Sentences words(collection.options.language);
  words.add_count("count", collection.moments.size());
  words.add_count("races", collection.races);
  if (collection.options.theme) {
    words.add_text("theme", theme_words(*collection.options.theme, collection.options.language));
  }
  return words;
}

std::string title_of(const Collection& collection) {
  const std::size_t count = collection.moments.size();
  const Sentences words = sentences_of(collection);
  if (count == 0) return words.text({{"collection.empty-title"}});
  return words.text(
      {{collection.options.theme ? "collection.theme-title" : "collection.title", count}});
}

/// Of how many races, and of which years.
std::string span_of(const Collection& collection) {
  Sentences words = sentences_of(collection);
  if (!collection.first) return words.text({{"collection.no-race"}});
  const int first = collection.first->year;
  const int last = collection.last->year;
  words.add_text("first", std::to_string(first));
  words.add_text("last", std::to_string(last));
  return words.text(
      {{first == last ? "collection.of-year" : "collection.of-years", collection.races}});
}

/// The race and its day.
std::string where_of(const CollectedMoment& moment, Language language) {
  return moment.race + " \u00b7 " + date_words(moment.date, language);
}

std::string article(const CollectedMoment& moment, std::size_t number, Language language) {
  const std::string anchor = "c-" + std::to_string(number);
  std::string out = "<article class=\"moment " + theme_class(moment.theme) + "\" id=\"" + anchor +
                    "\" aria-labelledby=\"" + anchor + "-h\">\n<div class=\"told\">" +
                    "<p class=\"kicker\"><span class=\"n\">" + std::to_string(number) +
                    "</span> <span class=\"theme\">" + theme_words(moment.theme, language) +
                    "</span><span class=\"where\" dir=\"auto\">" +
                    escape_html(where_of(moment, language)) + "</span></p>\n";
  out += "<h2 id=\"" + anchor + "-h\">" + moment.pieces.headline + "</h2>\n<p class=\"text\">" +
         moment.pieces.text + "</p></div>\n";
  return out + "<div class=\"shown\">" + moment.pieces.figure + moment.pieces.evidence +
         "</div>\n</article>\n";
}

}  // namespace

void collect_from(const model::EventResults& results, const std::vector<model::Moment>& found,
                  Collection& into) {
  const base::Date date = results.event.date;
  ++into.races;
  into.first = into.first ? std::min(*into.first, date) : date;
  into.last = into.last ? std::max(*into.last, date) : date;
  std::vector<model::Moment> fitting;
  for (const model::Moment& moment : found) {
    if (!into.options.theme || moment.theme == *into.options.theme) fitting.push_back(moment);
  }
  StoryOptions options;
  options.told_max = into.options.told_max;
  for (const model::Moment& moment : choose_moments(results, fitting, options).told) {
    const std::string& race = results.event.races[moment.race.raw()].name;
    std::vector<std::string> people;
    for (const model::EntrantId id : moment.people) people.push_back(shown_name(results, id));
    into.moments.push_back({moment.id, race.empty() ? results.event.name : race, date, moment.theme,
                            moment.kind, moment.score, std::move(people),
                            words_for(moment, results), moment_pieces(results, moment)});
  }
}

void choose_collected(Collection& collection) {
  std::vector<CollectedMoment> left = std::move(collection.moments);
  // Of equals the later goes first: it is rare among more years.
  std::sort(left.begin(), left.end(), [](const CollectedMoment& a, const CollectedMoment& b) {
    return std::tuple(-a.score, b.date, a.race, a.id) < std::tuple(-b.score, a.date, b.race, b.id);
  });
  std::map<model::MomentKind, int> kinds;
  std::map<std::pair<base::Date, std::string>, int> races;
  collection.moments.clear();
  while (!left.empty() && collection.moments.size() < collection.options.told_max) {
    const auto worth = [&](const CollectedMoment& moment) {
      const auto race = races.find({moment.date, moment.race});
      const auto kind = kinds.find(moment.kind);
      return moment.score * std::pow(kKindVariety, kind == kinds.end() ? 0 : kind->second) *
             std::pow(kRaceVariety, race == races.end() ? 0 : race->second);
    };
    const auto best = std::max_element(
        left.begin(), left.end(),
        [&](const CollectedMoment& a, const CollectedMoment& b) { return worth(a) < worth(b); });
    ++kinds[best->kind];
    ++races[{best->date, best->race}];
    CollectedMoment told = std::move(*best);
    left.erase(best);
    const auto is_told = [&](const CollectedMoment& other) {
      return std::find_first_of(other.people.begin(), other.people.end(), told.people.begin(),
                                told.people.end()) != other.people.end();
    };
    left.erase(std::remove_if(left.begin(), left.end(), is_told), left.end());
    collection.moments.push_back(std::move(told));
  }
}

std::string collection_text(const Collection& collection, Colour colour) {
  const Language language = collection.options.language;
  std::string out = paragraph(title_of(collection), 0, Ink::Strong, colour) +
                    paragraph(span_of(collection), 0, Ink::Faint, colour);
  for (std::size_t i = 0; i < collection.moments.size(); ++i) {
    const CollectedMoment& moment = collection.moments[i];
    const std::string kicker =
        theme_words(moment.theme, language) + " \u00b7 " + where_of(moment, language);
    out += "\n" + padded(std::to_string(i + 1), kTextIndent - 2, Align::Right) + "  " +
           inked(fitted(kicker, kTextWidth - kTextIndent), Ink::Faint, colour) + "\n" +
           paragraph(moment.words.headline, kTextIndent, Ink::Strong, colour) +
           paragraph(moment.words.text, kTextIndent, Ink::Plain, colour);
  }
  return out;
}

std::string collection_page(const Collection& collection) {
  const Language language = collection.options.language;
  const std::string title = title_of(collection);
  PageParts parts;
  parts.language = language.code();
  parts.title = title;
  parts.body = "<main>\n<section id=\"story\" aria-labelledby=\"story-h\">\n<h1 id=\"story-h\">" +
               escape_html(title) + "</h1>\n<p class=\"lede\">" + escape_html(span_of(collection)) +
               "</p>\n";
  for (std::size_t i = 0; i < collection.moments.size(); ++i) {
    parts.body += article(collection.moments[i], i + 1, language);
  }
  parts.body += "</section>\n</main>\n<footer class=\"foot\"><p>" +
                escape_html(said(language, "collection.foot")) + "</p></footer>\n";
  return whole_page(parts);
}

}  // namespace hs::present
