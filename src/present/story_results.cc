#include "present/story_results.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "present/page_field.h"
#include "present/page_html.h"
#include "present/page_time.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "present/story_figures.h"
#include "present/wording.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;
using model::Race;

constexpr std::size_t kHeadRows = 50;  // The page length of story.js.
constexpr std::uint32_t kPodium = 3;

const Race& race_of(const EventResults& results, EntrantId id) {
  return results.event.races[results.runners[id.raw()].race.raw()];
}

std::string name_of_row(const EventResults& results, EntrantId id) {
  return isolate(shown_name(results, id));
}

// Escaped words of the page's language.
std::string words_of(const EventResults& results, const std::string& key) {
  return escape_html(said(language_of(results.event), key));
}

// An official time as the language writes decimals.
std::string time_of(const EventResults& results, base::Duration time, base::Rounding rounding) {
  return with_decimal_sign(official_text(time, rounding), language_of(results.event));
}

std::string club_of_row(const EventResults& results, EntrantId id) {
  if (results.entrants[id.raw()].is_private) return {};
  const std::string& club = results.persons[id.raw()].club;
  return club.empty() ? std::string() : isolate(club);
}

std::string official_of_row(const EventResults& results, EntrantId id) {
  const model::RunnerResult& result = results.runners[id.raw()];
  const bool counts = result.status == model::RunnerStatus::Finished ||
                      result.status == model::RunnerStatus::OutOfCompetition;
  if (!counts || !result.official) return {};
  return time_of(results, *result.official, scoring::rounding_of(race_of(results, id).rules));
}

std::string link_of_row(const EventResults& results, EntrantId id) {
  const model::Entrant& entrant = results.entrants[id.raw()];
  return "#race=" + escape_html(entrant.race) + "&amp;bib=" + escape_html(entrant.bib.view());
}

bool is_placed(const model::RunnerResult& result) {
  return result.status == model::RunnerStatus::Finished && result.places.overall.has_value();
}

// --- winners -----------------------------------------------------------------------------------

struct Placed {
  std::string before;  // What stands in the first cell: a place or a division.
  EntrantId id;
};

std::string winners_table(const EventResults& results, const std::string& caption,
                          const std::vector<Placed>& rows, const char* first_column,
                          const RunnerLink& link) {
  std::string out = "<table class=\"winners\"><caption>" + escape_html(caption) +
                    "</caption><thead class=\"unseen\"><tr><th scope=\"col\">" +
                    words_of(results, first_column) + "</th><th scope=\"col\">" +
                    words_of(results, "results.name") + "</th><th scope=\"col\">" +
                    words_of(results, "results.time") + "</th></tr></thead><tbody>\n";
  for (const Placed& row : rows) {
    const std::string club = club_of_row(results, row.id);
    out += "<tr><td class=\"first\">" + escape_html(row.before) +
           "</td><td class=\"who\"><a href=\"" + link(row.id) + "\">" +
           name_of_row(results, row.id) + "</a>";
    if (!club.empty()) out += "<span class=\"club\">" + club + "</span>";
    out += "</td><td class=\"num\">" + official_of_row(results, row.id) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::vector<Placed> first_of_sex(const EventResults& results, std::size_t race, model::Sex sex) {
  std::vector<Placed> out;
  for (const EntrantId id : results.order[race]) {
    const model::RunnerResult& result = results.runners[id.raw()];
    if (!is_placed(result)) break;
    const bool fits = results.entrants[id.raw()].sex == sex && result.places.sex;
    if (fits && result.places.sex->place <= kPodium) {
      out.push_back({place_text(*result.places.sex), id});
    }
  }
  return out;
}

// Everybody in first place of the divisions of one sex (or of none), in the event's order of
// divisions; shared ones all.
std::vector<Placed> first_of_divisions(const EventResults& results, std::size_t race,
                                       std::optional<model::Sex> sex) {
  const auto& divisions = results.event.races[race].divisions;
  std::vector<std::vector<Placed>> by_division(divisions.size());
  for (const EntrantId id : results.order[race]) {
    const model::RunnerResult& result = results.runners[id.raw()];
    if (!is_placed(result)) break;
    if (!result.division || !result.places.division || result.places.division->place != 1) continue;
    const std::size_t at = result.division->raw();
    if (divisions[at].sex == sex) by_division[at].push_back({divisions[at].id, id});
  }
  std::vector<Placed> out;
  for (const auto& winners : by_division) out.insert(out.end(), winners.begin(), winners.end());
  return out;
}

// The first of a race in which no placed runner's sex is known.
std::vector<Placed> first_of_all(const EventResults& results, std::size_t race) {
  std::vector<Placed> out;
  for (const EntrantId id : results.order[race]) {
    const model::RunnerResult& result = results.runners[id.raw()];
    if (!is_placed(result) || result.places.overall->place > kPodium) break;
    out.push_back({place_text(*result.places.overall), id});
  }
  return out;
}

std::string division_winners(const EventResults& results, std::size_t race,
                             const RunnerLink& link) {
  std::string out;
  const std::vector<std::optional<model::Sex>> sexes = {model::Sex::Female, model::Sex::Male,
                                                        model::Sex::X, std::nullopt};
  for (const auto& sex : sexes) {
    const std::vector<Placed> rows = first_of_divisions(results, race, sex);
    if (rows.empty()) continue;
    Sentences words(language_of(results.event));
    if (sex) words.add_text("sex", sex_heading(*sex, words.language()));
    const std::string caption =
        words.text({{sex ? "results.first-of-divisions-of" : "results.first-of-divisions"}});
    out += winners_table(results, caption, rows, "results.division", link);
  }
  return out;
}

std::string race_winners(const EventResults& results, std::size_t race, const RunnerLink& link) {
  std::string podiums;
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    const std::vector<Placed> rows = first_of_sex(results, race, sex);
    if (rows.empty()) continue;
    podiums += winners_table(results, sex_heading(sex, language_of(results.event)), rows,
                             "results.place", link);
  }
  if (podiums.empty()) {
    const std::vector<Placed> rows = first_of_all(results, race);
    if (!rows.empty()) {
      podiums = winners_table(results, said(language_of(results.event), "results.first-over-all"),
                              rows, "results.place", link);
    }
  }
  const std::string divisions = division_winners(results, race, link);
  std::string out;
  if (!podiums.empty()) out += "<div class=\"podiums\">" + podiums + "</div>\n";
  if (!divisions.empty()) out += "<div class=\"podiums divisions\">" + divisions + "</div>\n";
  return out;
}

// --- results -----------------------------------------------------------------------------------

std::string place_cell(const model::RunnerResult& result) {
  if (result.places.overall) return place_text(*result.places.overall);
  return model::name_of(result.status);
}

std::string second_time(const EventResults& results, EntrantId id) {
  const model::RunnerResult& result = results.runners[id.raw()];
  if (!is_placed(result)) return {};
  const Race& race = race_of(results, id);
  const base::Rounding rounding = scoring::rounding_of(race.rules);
  if (race.rank_by == model::RankBy::Net) {
    return result.gun ? time_of(results, result.gun->value(), rounding) : std::string();
  }
  return result.net ? time_of(results, result.net->value(), rounding) : std::string();
}

std::string result_row(const EventResults& results, EntrantId id, const std::string& place,
                       const std::string& link = {}) {
  const model::RunnerResult& result = results.runners[id.raw()];
  const Race& race = race_of(results, id);
  const std::string bib = escape_html(results.entrants[id.raw()].bib.view());
  const std::string division =
      result.division ? escape_html(race.divisions[result.division->raw()].id) : std::string();
  const std::string club = club_of_row(results, id);
  std::string under =
      "<span class=\"unseen\">" + words_of(results, "results.bib") + " </span>" + bib;
  if (!division.empty()) under += " \u00b7 " + division;
  if (!club.empty()) under += " \u00b7 " + club;
  const std::string name =
      link.empty() ? "<span class=\"nm\">" + name_of_row(results, id) + "</span>"
                   : "<a class=\"nm\" href=\"" + link + "\">" + name_of_row(results, id) + "</a>";
  return "<tr><td class=\"pl\">" + place + "</td><td class=\"bib\">" + bib +
         "</td><td class=\"who\">" + name + "<span class=\"under\">" + under +
         "</span></td><td class=\"dv\">" + division + "</td><td class=\"cl\">" + club +
         "</td><td class=\"tm\">" + official_of_row(results, id) + "</td><td class=\"tm2\">" +
         second_time(results, id) + "</td></tr>\n";
}

std::string select(const char* id, const std::string& label, const std::string& options) {
  return std::string("<label class=\"field\" for=\"") + id + "\"><span>" + label +
         "</span><select id=\"" + id + "\">" + options + "</select></label>\n";
}

// The controls do nothing without the script, and are hidden then.
std::string controls(const EventResults& results, bool choose_race) {
  const auto words = [&](const char* key) { return words_of(results, key); };
  std::string out =
      "<form class=\"controls\" role=\"search\" aria-label=\"" + words("results.search") + "\">\n";
  out += "<label class=\"field wide\" for=\"q\"><span>" + words("results.search-for") +
         "</span><input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
         "enterkeyhint=\"search\"></label>\n";
  if (choose_race && results.event.races.size() > 1) {
    std::string races;
    for (const Race& race : results.event.races) {
      races +=
          "<option value=\"" + escape_html(race.id) + "\">" + escape_html(race.name) + "</option>";
    }
    out += select("race", words("results.race"), races);
  }
  const std::string all = "<option value=\"\">" + words("results.all") + "</option>";
  std::string sexes = all;
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    sexes += std::string("<option value=\"") + model::name_of(sex) + "\">" +
             escape_html(sex_heading(sex, language_of(results.event))) + "</option>";
  }
  out += select("sex", words("results.sex"), sexes);
  out += select("div", words("results.division"), all);
  return out +
         "</form>\n<p id=\"count\" class=\"count\" role=\"status\" aria-live=\"polite\"></p>\n";
}

const char* placed_by(model::RankBy by) {
  switch (by) {
    case model::RankBy::Gun:
      return "results.caption-gun";
    case model::RankBy::Clock:
      return "results.caption-clock";
    case model::RankBy::Net:
      return "results.caption-net";
  }
  return "";
}

const char* column_of(model::RankBy by) {
  switch (by) {
    case model::RankBy::Gun:
      return "results.gun";
    case model::RankBy::Clock:
      return "results.clock";
    case model::RankBy::Net:
      return "results.net";
  }
  return "";
}

// Which columns have nothing to show in a race, as classes of the table; story.js does the same.
std::string bare_columns(const EventResults& results, std::size_t race) {
  bool has_division = false;
  bool has_club = false;
  for (const EntrantId id : results.order[race]) {
    has_division = has_division || results.runners[id.raw()].division.has_value();
    has_club = has_club || !club_of_row(results, id).empty();
  }
  return std::string(has_division ? "" : " no-dv") + (has_club ? "" : " no-cl");
}

enum class Sortable : bool { No, Yes };

// The table of results up to its first row. What may be sorted by says so for story.js.
std::string table_head(const EventResults& results, std::size_t index,
                       const std::string& attributes, Sortable sortable) {
  const Race& race = results.event.races[index];
  const bool by_net = race.rank_by == model::RankBy::Net;
  const auto head = [&](const char* column, const char* sort, const char* key) {
    std::string out = std::string("<th scope=\"col\" class=\"") + column + "\"";
    if (sortable == Sortable::Yes && *sort != '\0') {
      out += std::string(" data-sort=\"") + sort + "\"";
    }
    return out + ">" + words_of(results, key) + "</th>";
  };
  return "<table class=\"results" + bare_columns(results, index) + "\"" + attributes +
         "><caption class=\"unseen\">" + words_of(results, placed_by(race.rank_by)) +
         "</caption><thead><tr>" + head("pl", "place", "results.place") +
         head("bib", "bib", "results.bib") + head("who", "name", "results.name") +
         head("dv", "", "results.division") + head("cl", "", "results.club") +
         head("tm", "official", column_of(race.rank_by)) +
         head("tm2", "second", by_net ? "results.gun" : "results.net") + "</tr></thead>\n<tbody>\n";
}

std::size_t first_race_with_rows(const EventResults& results) {
  for (std::size_t i = 0; i < results.order.size(); ++i) {
    if (!results.order[i].empty()) return i;
  }
  return 0;
}

}  // namespace

std::string winners_html(const EventResults& results, const RunnerLink& asked) {
  const RunnerLink link = asked ? asked : [&](EntrantId id) { return link_of_row(results, id); };
  std::string out;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const std::string race = race_winners(results, i, link);
    if (race.empty()) continue;
    if (results.event.races.size() > 1) {
      out += "<h3>" + escape_html(results.event.races[i].name) + "</h3>\n";
    }
    out += race;
  }
  if (out.empty()) return {};
  return "<section id=\"winners\" aria-labelledby=\"winners-h\"><h2 id=\"winners-h\">" +
         words_of(results, "page.winners") + "</h2>\n" + out + "</section>\n";
}

std::string results_html(const EventResults& results, std::optional<model::RaceId> only) {
  if (results.event.races.empty()) return {};
  const std::size_t index = only ? only->raw() : first_race_with_rows(results);
  const Race& race = results.event.races[index];
  const auto& order = results.order[index];
  std::string out = "<section id=\"results\" aria-labelledby=\"results-h\"><h2 id=\"results-h\">" +
                    words_of(results, "results.heading") + "</h2>\n" +
                    controls(results, !only.has_value());
  out += table_head(results, index, " id=\"table\"", Sortable::Yes);
  const std::size_t shown = std::min(kHeadRows, order.size());
  for (std::size_t i = 0; i < shown; ++i) {
    out += result_row(results, order[i], place_cell(results.runners[order[i].raw()]));
  }
  out += "</tbody></table>\n<nav id=\"pages\" class=\"pages\" aria-label=\"" +
         words_of(results, "results.pages") + "\"></nav>\n";
  if (order.size() > shown || (!only && results.event.races.size() > 1)) {
    Sentences first(language_of(results.event));
    first.add_count("count", shown);
    first.add_text("race", race.name);
    out +=
        "<noscript><p>" + escape_html(first.text({{"results.first-only"}})) + "</p></noscript>\n";
  }
  return out + "</section>\n";
}

std::string list_html(const EventResults& results, model::RaceId race, const ListGroup& group,
                      ListBy by, const RunnerLink& link) {
  std::string out = table_head(results, race.raw(), "", Sortable::No);
  for (const EntrantId id : group.ids) {
    const model::RunnerResult& result = results.runners[id.raw()];
    const auto place = place_in(result, by);
    out += result_row(results, id, place ? place_text(*place) : model::name_of(result.status),
                      link(id));
  }
  return out + "</tbody></table>\n";
}

std::string field_html(const EventResults& results) {
  std::string out;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const std::string figures =
        field_figures(results, model::RaceId(static_cast<std::uint16_t>(i)));
    if (figures.empty()) continue;
    if (results.event.races.size() > 1) {
      out += "<h3>" + escape_html(results.event.races[i].name) + "</h3>\n";
    }
    out += "<div class=\"pair\">" + figures + "</div>\n";
  }
  if (out.empty()) return {};
  return "<section id=\"field\" aria-labelledby=\"field-h\"><h2 id=\"field-h\">" +
         words_of(results, "page.field") + "</h2>\n" + out + "</section>\n";
}

}  // namespace hs::present
