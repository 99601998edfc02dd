#include "present/cup_text.h"

#include <map>

#include "present/csv_cell.h"
#include "present/json_out.h"
#include "present/table.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using history::CupPerson;
using history::CupTable;
using model::CupScore;
using scoring::CupScoreOf;
using scoring::CupStanding;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNameWidth = 28;

std::string score_text(std::int64_t score, CupScore kind) {
  return kind == CupScore::Time ? h_mm_ss(base::Duration(score)) : std::to_string(score);
}

std::string exact_score(std::int64_t score, CupScore kind) {
  return kind == CupScore::Time ? base::format_h_mm_ss_mmm(base::Duration(score))
                                : std::to_string(score);
}

const CupScoreOf* in_race(const CupStanding& standing, std::size_t race) {
  for (const CupScoreOf& one : standing.races) {
    if (one.race == race) return &one;
  }
  return nullptr;
}

std::string race_heading(const model::CupRace& race) {
  return race.name.empty() ? race.event : race.name;
}

}  // namespace

std::string cup_text(const CupTable& table, Colour colour) {
  const CupScore kind = table.cup.rules.score;
  std::vector<Table::Column> columns = {{"place", Align::Right},
                                        {"name", Align::Left, kNameWidth},
                                        {"", Align::Left},
                                        {"total", Align::Right}};
  for (std::size_t r = 0; r < table.cup.races.size(); ++r) {
    columns.push_back({std::to_string(r + 1), Align::Right});
  }
  Table rows(std::move(columns));
  std::size_t without = 0;
  for (const CupStanding& standing : table.standings) {
    if (!standing.placing) {
      ++without;
      continue;
    }
    const CupPerson& person = table.people[standing.person];
    std::vector<Table::Cell> cells = {
        {place_text(*standing.placing), standing.complete ? Ink::Plain : Ink::Faint},
        {person.name},
        {person.sex ? model::name_of(*person.sex) : "", Ink::Faint},
        {score_text(standing.total, kind), Ink::Strong}};
    for (std::size_t r = 0; r < table.cup.races.size(); ++r) {
      const CupScoreOf* one = in_race(standing, r);
      if (one == nullptr) {
        cells.push_back({"-", Ink::Faint});
      } else {
        const std::string text = score_text(one->score, kind);
        cells.push_back(one->counts ? Table::Cell{text}
                                    : Table::Cell{"(" + text + ")", Ink::Faint});
      }
    }
    rows.add(std::move(cells));
  }
  std::string out = inked(table.cup.name, Ink::Strong, colour) + "\n";
  for (std::size_t r = 0; r < table.cup.races.size(); ++r) {
    const model::CupRace& race = table.cup.races[r];
    out += std::string(kIndent, ' ') + std::to_string(r + 1) + "  " + race_heading(race) +
           (race.event.empty() ? ", to come" : "") + "\n";
  }
  out += "\n" + rows.text(kIndent, colour);
  if (without > 0) {
    out += std::string(kIndent, ' ') + counted(without, "runner") + " with too few races\n";
  }
  for (const std::string& question : table.questions) {
    out += paragraph("look: " + question, kIndent, kIndent + 2);
  }
  return out;
}

std::string cup_csv(const CupTable& table) {
  const CupScore kind = table.cup.rules.score;
  std::string out;
  CsvRow head(out);
  for (const char* name :
       {"place", "name", "bib", "sex", "division", "club", "total", "complete"}) {
    head.plain(name);
  }
  for (const model::CupRace& race : table.cup.races) head.text(race_heading(race));
  head.end();
  for (const CupStanding& standing : table.standings) {
    const CupPerson& person = table.people[standing.person];
    CsvRow row(out);
    row.plain(standing.placing ? std::to_string(standing.placing->place) : "");
    row.text(person.name);
    row.text(person.bib);
    row.plain(person.sex ? model::name_of(*person.sex) : "");
    row.text(person.division);
    row.text(person.club);
    row.plain(exact_score(standing.total, kind));
    row.plain(standing.complete ? "yes" : "no");
    for (std::size_t r = 0; r < table.cup.races.size(); ++r) {
      const CupScoreOf* one = in_race(standing, r);
      const std::string text = one == nullptr ? "" : exact_score(one->score, kind);
      row.plain(one == nullptr || one->counts ? text : "(" + text + ")");
    }
    row.end();
  }
  return out;
}

namespace {

void write_score(JsonOut& out, const char* name, std::int64_t score, CupScore kind) {
  if (kind == CupScore::Time) {
    out.milliseconds_of(std::string(name) + "_ms", base::Duration(score));
  } else {
    out.integer_of(name, score);
  }
}

void write_standing(JsonOut& out, const CupTable& table, const CupStanding& standing) {
  const CupScore kind = table.cup.rules.score;
  const CupPerson& person = table.people[standing.person];
  out.begin_object();
  if (standing.placing) {
    out.integer_of("place", standing.placing->place);
    if (standing.placing->shared) out.boolean_of("place_shared", true);
  }
  out.text_of("name", person.name);
  out.text_of("bib", person.bib);
  if (person.sex) out.text_of("sex", model::name_of(*person.sex));
  out.text_of("division", person.division);
  out.text_of("club", person.club);
  write_score(out, "total", standing.total, kind);
  out.boolean_of("complete", standing.complete);
  out.key("races");
  out.begin_array();
  for (const CupScoreOf& one : standing.races) {
    out.begin_object();
    out.integer_of("race", static_cast<std::int64_t>(one.race) + 1);
    write_score(out, "score", one.score, kind);
    out.boolean_of("counts", one.counts);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

}  // namespace

std::string cup_json(const CupTable& table) {
  JsonOut out;
  out.begin_object();
  out.text_of("name", table.cup.name);
  out.text_of("score", model::name_of(table.cup.rules.score));
  out.text_of("tie", model::name_of(table.cup.rules.tie));
  out.key("races");
  out.begin_array();
  for (const model::CupRace& race : table.cup.races) {
    out.begin_object();
    out.text_of("name", race_heading(race));
    out.boolean_of("to_come", race.event.empty());
    out.end_object();
  }
  out.end_array();
  out.key("standings");
  out.begin_array();
  for (const CupStanding& standing : table.standings) write_standing(out, table, standing);
  out.end_array();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::present
