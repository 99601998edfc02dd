#include "formats/entrants_file.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "formats/config_reader.h"
#include "formats/csv.h"
#include "formats/entrants_header.h"
#include "formats/entry_words.h"
#include "formats/questions.h"
#include "formats/team_rows.h"
#include "formats/text_encoding.h"
#include "model/relay.h"

// Implementation notes: two passes. The first reads all rows, because some columns explain
// themselves only as a whole (05/04/1990, "M" next to "H"); the second makes entries. What the
// header row says and what a cell may hold is entrants_header.h. Hash maps are only asked, never
// walked: no order of theirs reaches the result.

namespace hs::formats {
namespace {

using base::ErrorCode;
using base::Place;
using Column = EntryColumn;

constexpr int kOldest = 130;

/// The questions as things for a person.
std::vector<model::Attention> attention_of(const std::vector<Question>& questions,
                                           const std::string& file) {
  std::vector<model::Attention> out;
  for (const Question& question : questions) {
    model::Attention item;
    item.severity = model::Severity::Look;
    item.kind = model::Attention::Kind::EntryQuestion;
    item.count = question.count;
    item.text = question.told(file);
    out.push_back(std::move(item));
  }
  return out;
}

class EntrantsReader {
 public:
  EntrantsReader(std::string file, const model::Event& event)
      : file_(std::move(file)), event_(event) {}

  base::Result<EntrantsFile> read(std::string_view bytes);

 private:
  struct Entry;  // One row being read.

  base::Result<void> read_rows(std::string_view text, CsvDialect dialect);
  base::Result<void> take_header();
  base::Result<void> survey();
  base::Result<void> read_row(const CsvRow& row);
  base::Result<void> check_width(const CsvRow& row);
  base::Result<void> put(Column column, const std::string& text, const CsvCell& cell, Entry& entry);
  base::Result<void> put_place(Column column, const std::string& text, const CsvCell& cell,
                               Entry& entry);
  base::Result<void> put_flag(Column column, const std::string& text, const CsvCell& cell,
                              model::Entrant& entrant);
  bool put_words(Column column, const std::string& text, model::Person& person);
  base::Result<void> put_chips(const std::string& text, const CsvCell& cell,
                               model::Entrant& entrant);
  void put_sex(const std::string& text, const CsvCell& cell, model::Entrant& entrant);
  void put_age(Column column, const std::string& text, const CsvCell& cell, Entry& entry);
  base::Result<void> finish(const CsvRow& row, Entry& entry);
  base::Result<void> settle_race(const CsvRow& row, Entry& entry);
  base::Result<void> settle_bib(const CsvRow& row, Entry& entry);
  void settle_name(Entry& entry);
  void settle_age(const CsvRow& row, Entry& entry);
  void settle_goal(const CsvRow& row, Entry& entry);
  void ask_about_chips(const CsvRow& row, const Entry& entry, std::size_t index);
  base::Result<void> finish_team_row(const CsvRow& row, Entry& entry);
  base::Result<void> settle_legs(const model::Race& race, Entry& entry,
                                 std::vector<std::string>& legs, TeamRows& team);
  void finish_teams();
  const model::Race* race_named(const std::string& text) const;
  [[nodiscard]] tl::unexpected<base::Error> refuse(const CsvCell& cell, const std::string& found,
                                                   const std::string& expected) const;

  std::string file_;
  const model::Event& event_;
  std::vector<CsvRow> rows_;
  EntrantsHeader header_;
  SexLetters sex_letters_;
  DateOrder date_order_ = DateOrder::Unknown;
  Questions questions_;
  EntrantsFile out_;
  std::unordered_map<std::string, std::size_t> by_bib_;   ///< "race bib" -> index.
  std::unordered_map<std::string, std::size_t> by_chip_;  ///< "race chip" -> index.
  std::map<std::size_t, TeamRows> teams_;                 ///< Of relays, by index of the entry.
};

/// A row on its way to an entry: what needs other cells before it can be settled.
struct EntrantsReader::Entry {
  model::Entrant entrant;
  model::Person person;
  const model::Race* race = nullptr;
  std::optional<int> age_given;
  std::optional<int> birth_year;
  std::string wave;
  std::string goal;
  const CsvCell* wave_cell = nullptr;
  const CsvCell* bib_cell = nullptr;
  const CsvCell* leg_cell = nullptr;
  std::string leg;
};

tl::unexpected<base::Error> EntrantsReader::refuse(const CsvCell& cell, const std::string& found,
                                                   const std::string& expected) const {
  return refuse_cell(file_, cell, found, expected);
}

base::Result<void> EntrantsReader::read_rows(std::string_view text, CsvDialect dialect) {
  CsvReader reader(text, dialect, file_);
  while (true) {
    CsvRow row;
    HS_TRY(const bool more, reader.next(row));
    if (!more) return {};
    rows_.push_back(std::move(row));
  }
}

base::Result<void> EntrantsReader::take_header() {
  if (rows_.empty()) {
    return base::fail(ErrorCode::InvalidInput,
                      "found an empty file, expected a header row with a column 'bib'",
                      Place{file_, 1, 1});
  }
  const CsvRow row = std::move(rows_.front());
  rows_.erase(rows_.begin());
  HS_TRY(header_, read_header(row, event_, file_, questions_));
  return {};
}

base::Result<void> EntrantsReader::survey() {
  if (const auto sex = header_.find(Column::Sex)) sex_letters_ = survey_sexes(rows_, *sex);
  if (const auto birth = header_.find(Column::BirthDate)) {
    HS_TRY(date_order_, survey_dates(rows_, *birth, file_));
  }
  return {};
}

base::Result<void> EntrantsReader::check_width(const CsvRow& row) {
  for (std::size_t i = header_.columns.size(); i < row.cells.size(); ++i) {
    if (trimmed(row.cells[i].text).empty()) continue;
    return refuse(row.cells[i], "cell " + std::to_string(i + 1) + " of a row",
                  "the " + std::to_string(header_.columns.size()) + " cells of the header row");
  }
  if (row.cells.size() < header_.columns.size()) {
    questions_.ask("short", row.line,
                   "a row of " + std::to_string(row.cells.size()) + " cells under a header of " +
                       std::to_string(header_.columns.size()) + "; the rest is taken as blank");
  }
  return {};
}

const model::Race* EntrantsReader::race_named(const std::string& text) const {
  for (const model::Race& race : event_.races) {
    if (race.id == text) return &race;
  }
  // Entry systems write names where the event has ids; only an unmistakable one is taken.
  const std::string word = folded(text);
  const model::Race* found = nullptr;
  for (const model::Race& race : event_.races) {
    if (folded(race.id) != word && folded(race.name) != word) continue;
    if (found != nullptr) return nullptr;
    found = &race;
  }
  return word.empty() ? nullptr : found;
}

base::Result<void> EntrantsReader::put_place(Column column, const std::string& text,
                                             const CsvCell& cell, Entry& entry) {
  if (column == Column::Wave) {
    entry.wave = text;
    entry.wave_cell = &cell;
  } else if (column == Column::Bib) {
    entry.bib_cell = &cell;
    if (text.empty()) return refuse(cell, "no bib", "a bib in every row");
    auto bib = model::BibNumber::parse(text);
    if (!bib) {
      return base::fail(ErrorCode::InvalidInput, bib.error().message,
                        Place{file_, cell.line, cell.column});
    }
    entry.entrant.bib = *bib;
  } else if (!text.empty()) {
    entry.race = race_named(text);
    if (entry.race != nullptr) return {};
    std::vector<std::string_view> ids;
    for (const model::Race& race : event_.races) ids.push_back(race.id);
    return refuse(cell, "the race " + quoted(text),
                  "one of " + joined(ids) + suggestion(text, ids));
  }
  return {};
}

base::Result<void> EntrantsReader::put_flag(Column column, const std::string& text,
                                            const CsvCell& cell, model::Entrant& entrant) {
  if (column == Column::Mode) {
    const auto mode = mode_of(text);
    if (!mode) {
      return refuse(cell, "the mode " + quoted(text),
                    "one of foot, wheelchair, handcycle, assisted, stroller");
    }
    entrant.mode = *mode;
    return {};
  }
  if (column == Column::EntryStatus) {
    const auto status = entry_status_of(text);
    if (!status) {
      return refuse(cell, "the entry status " + quoted(text), "DNS, deferred or nothing");
    }
    entrant.entry_status = *status;
    return {};
  }
  const auto truth = truth_of(text);
  if (!truth) return refuse(cell, quoted(text), "yes, no or nothing");
  if (column == Column::Tell) entrant.tell = *truth;
  if (column == Column::Private) entrant.is_private = *truth;
  if (column == Column::Minor) entrant.is_minor = *truth;
  return {};
}

/// Puts a text that is kept as it is; false for columns that mean more.
bool EntrantsReader::put_words(Column column, const std::string& text, model::Person& person) {
  const std::pair<Column, std::string model::Person::*> kept[] = {
      {Column::FirstName, &model::Person::first_name},
      {Column::LastName, &model::Person::last_name},
      {Column::Name, &model::Person::name},
      {Column::Club, &model::Person::club},
      {Column::Team, &model::Person::team},
      {Column::Group, &model::Person::group},
      {Column::City, &model::Person::city},
      {Column::State, &model::Person::state},
      {Column::Country, &model::Person::country},
      {Column::GuideOf, &model::Person::guide_of},
      {Column::Para, &model::Person::para},
      {Column::FirstTime, &model::Person::first_time},
      {Column::Why, &model::Person::why},
      {Column::Cause, &model::Person::cause},
      {Column::Dedication, &model::Person::dedication},
      {Column::Note, &model::Person::note},
  };
  for (const auto& [kind, member] : kept) {
    if (kind != column) continue;
    person.*member = text;
    return true;
  }
  return false;
}

base::Result<void> EntrantsReader::put_chips(const std::string& text, const CsvCell& cell,
                                             model::Entrant& entrant) {
  constexpr std::string_view kBetween = ";, ";
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
    const std::string_view code = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (code.empty()) continue;
    auto tag = model::TagCode::parse(code);
    if (!tag) {
      return base::fail(ErrorCode::InvalidInput, tag.error().message,
                        Place{file_, cell.line, cell.column});
    }
    auto& chips = entrant.chips;
    if (std::find(chips.begin(), chips.end(), *tag) == chips.end()) chips.push_back(*tag);
  }
  return {};
}

void EntrantsReader::put_sex(const std::string& text, const CsvCell& cell,
                             model::Entrant& entrant) {
  const SexWord word = sex_of(text, sex_letters_);
  entrant.sex = word.sex;
  if (word.understood) return;
  questions_.ask("sex " + text, cell.line,
                 "the sex " + quoted(text) + " is not understood and left blank");
}

void EntrantsReader::put_age(Column column, const std::string& text, const CsvCell& cell,
                             Entry& entry) {
  if (text.empty()) return;
  int number = 0;
  const bool is_number =
      text.size() <= 4 && std::all_of(text.begin(), text.end(), [&number](char c) {
        number = number * 10 + (c - '0');
        return c >= '0' && c <= '9';
      });
  const int age = column == Column::Age ? number : event_.date.year - number;
  if (!is_number || age < 0 || age > kOldest) {
    questions_.ask("age " + text, cell.line,
                   quoted(text) + " in the column '" +
                       (column == Column::Age ? "age" : "year of birth") +
                       "' is not understood and left blank");
  } else if (column == Column::Age) {
    entry.age_given = age;
  } else {
    entry.birth_year = number;
  }
}

base::Result<void> EntrantsReader::put(Column column, const std::string& text, const CsvCell& cell,
                                       Entry& entry) {
  switch (column) {
    case Column::Bib:
    case Column::Race:
    case Column::Wave:
      return put_place(column, text, cell, entry);
    case Column::Chips:
      return put_chips(text, cell, entry.entrant);
    case Column::Sex:
      put_sex(text, cell, entry.entrant);
      return {};
    case Column::BirthDate: {
      if (text.empty()) return {};
      auto date = parse_birth_date(text, date_order_);
      if (!date) {
        return base::fail(ErrorCode::InvalidInput, date.error().message,
                          Place{file_, cell.line, cell.column});
      }
      entry.person.birth_date = *date;
      return {};
    }
    case Column::Age:
    case Column::BirthYear:
      put_age(column, text, cell, entry);
      return {};
    case Column::GoalTime:
      entry.goal = text;
      return {};
    case Column::Leg:
      entry.leg = text;
      entry.leg_cell = &cell;
      return {};
    case Column::Mode:
    case Column::EntryStatus:
    case Column::Tell:
    case Column::Private:
    case Column::Minor:
      return put_flag(column, text, cell, entry.entrant);
    case Column::FirstName:
    case Column::LastName:
    case Column::Name:
    case Column::Club:
    case Column::Team:
    case Column::Group:
    case Column::City:
    case Column::State:
    case Column::Country:
    case Column::GuideOf:
    case Column::Para:
    case Column::FirstTime:
    case Column::Why:
    case Column::Cause:
    case Column::Dedication:
    case Column::Note:
    case Column::Extra:
      put_words(column, text, entry.person);
      return {};
  }
  return {};
}

base::Result<void> EntrantsReader::settle_race(const CsvRow& row, Entry& entry) {
  if (entry.race == nullptr) {
    if (event_.races.size() != 1) {
      const auto at = header_.find(Column::Race).value_or(0);
      return refuse(row.cells[std::min(at, row.cells.size() - 1)], "no race",
                    "the id of one of the " + std::to_string(event_.races.size()) + " races");
    }
    entry.race = &event_.races.front();
  }
  entry.entrant.race = entry.race->id;
  if (entry.wave.empty()) return {};
  std::vector<std::string_view> ids;
  for (const model::Wave& wave : entry.race->waves) {
    if (model::is_mass_start(wave)) continue;
    ids.push_back(wave.id);
    const bool same = wave.id == entry.wave;
    const bool alike = entry.entrant.wave.empty() && folded(wave.id) == folded(entry.wave);
    if (same || alike) entry.entrant.wave = wave.id;
  }
  if (!entry.entrant.wave.empty()) return {};
  return refuse(*entry.wave_cell,
                "the wave " + quoted(entry.wave) + " of race '" + entry.race->id + "'",
                "one of " + joined(ids) + suggestion(entry.wave, ids));
}

base::Result<void> EntrantsReader::settle_bib(const CsvRow& row, Entry& entry) {
  if (entry.bib_cell == nullptr) {
    return refuse(row.cells.front(), "a row without the cell of its bib", "a bib in every row");
  }
  const std::string bib = entry.entrant.bib.str();
  const auto [at, is_new] =
      by_bib_.try_emplace(entry.entrant.race + ' ' + bib, out_.entries.size());
  if (is_new) return {};
  return refuse(*entry.bib_cell,
                "the bib '" + bib + "' a second time in race '" + entry.entrant.race + "'",
                "another: line " + std::to_string(out_.lines[at->second]) + " has it");
}

/// The name as shown. A "name" beside a first name is a last name unless it holds the first one
/// too: German and French lists head the last name with "Name" and "Nom".
void EntrantsReader::settle_name(Entry& entry) {
  model::Person& person = entry.person;
  if (!person.first_name.empty() && person.last_name.empty() && !person.name.empty() &&
      !header_.find(Column::LastName) &&
      folded(person.name).find(folded(person.first_name)) == std::string::npos) {
    person.last_name = std::exchange(person.name, {});
  }
  if (!person.name.empty()) return;
  person.name = person.first_name;
  if (!person.name.empty() && !person.last_name.empty()) person.name += ' ';
  person.name += person.last_name;
}

void EntrantsReader::settle_age(const CsvRow& row, Entry& entry) {
  entry.entrant.age = entry.age_given;
  if (entry.person.birth_date) {
    const int age = base::age_on(*entry.person.birth_date, event_.date);
    if (age < 0 || age > kOldest) {
      questions_.ask("birth", row.line,
                     "the birth date " + base::format_date(*entry.person.birth_date) +
                         " makes an age of " + std::to_string(age) +
                         " on race day; it is left out");
      entry.person.birth_date.reset();
      return;
    }
    if (entry.age_given && *entry.age_given != age) {
      questions_.ask("age", row.line,
                     "the age " + std::to_string(*entry.age_given) + " is given, but born on " +
                         base::format_date(*entry.person.birth_date) + " makes " +
                         std::to_string(age) + " on race day; the birth date is used");
    }
    entry.entrant.age = age;
  } else if (!entry.age_given && entry.birth_year) {
    entry.entrant.age = event_.date.year - *entry.birth_year;
    questions_.ask("birth year", row.line,
                   "only the year of birth is known; the age is the event's year minus it, which "
                   "may be one more than on race day");
  }
}

void EntrantsReader::settle_goal(const CsvRow& row, Entry& entry) {
  if (entry.goal.empty()) return;
  auto goal = base::parse_duration(entry.goal);
  if (goal && goal->count() > 0) {
    // "3:30" for a marathon means hours and minutes, though it reads as minutes and seconds.
    const bool two_parts = std::count(entry.goal.begin(), entry.goal.end(), ':') == 1;
    const base::Duration fastest = entry.race->points.back().fastest;
    const bool too_fast = two_parts && *goal < fastest && *goal * 60 >= fastest;
    entry.person.goal_time = too_fast ? *goal * 60 : *goal;
    if (too_fast) {
      questions_.ask("goal hours", row.line,
                     "the goal time " + quoted(entry.goal) + " is taken as hours and minutes");
    }
    return;
  }
  questions_.ask("goal", row.line,
                 "the goal time " + quoted(entry.goal) + " is not understood and left blank");
}

void EntrantsReader::ask_about_chips(const CsvRow& row, const Entry& entry, std::size_t index) {
  for (const model::TagCode& chip : entry.entrant.chips) {
    const auto [at, is_new] = by_chip_.try_emplace(entry.entrant.race + ' ' + chip.str(), index);
    if (is_new || at->second == index) continue;
    questions_.ask("chip " + chip.str(), row.line,
                   "the chip " + chip.str() + " of bib " + entry.entrant.bib.str() +
                       " is also the chip of bib " + out_.entries[at->second].entrant.bib.str() +
                       " (line " + std::to_string(out_.lines[at->second]) + ") in race '" +
                       entry.entrant.race + "'");
  }
}

/// The legs that a row names, each of the race and not yet somebody's in the team.
base::Result<void> EntrantsReader::settle_legs(const model::Race& race, Entry& entry,
                                               std::vector<std::string>& legs, TeamRows& team) {
  std::vector<std::string_view> ids;
  const std::vector<model::RelayLeg> known = model::legs_of(race);
  for (const model::RelayLeg& leg : known) ids.push_back(leg.id);
  std::size_t begin = 0;
  while (begin < entry.leg.size()) {
    const std::size_t end = std::min(entry.leg.find_first_of(";, ", begin), entry.leg.size());
    const std::string leg = entry.leg.substr(begin, end - begin);
    begin = end + 1;
    if (leg.empty()) continue;
    if (std::find(ids.begin(), ids.end(), leg) == ids.end()) {
      return refuse(*entry.leg_cell, "the leg " + quoted(leg) + " of race '" + race.id + "'",
                    "one of " + joined(ids));
    }
    for (const LegRow& other : team.runners) {
      if (std::find(other.legs.begin(), other.legs.end(), leg) == other.legs.end()) continue;
      return refuse(*entry.leg_cell,
                    "leg '" + leg + "' of bib '" + entry.entrant.bib.str() + "' a second time",
                    "one runner a leg: line " + std::to_string(other.line) + " has it");
    }
    if (std::find(legs.begin(), legs.end(), leg) == legs.end()) legs.push_back(leg);
  }
  return {};
}

/// A row of a relay: the team itself, or one who runs legs of it. Rows of one bib are one team.
base::Result<void> EntrantsReader::finish_team_row(const CsvRow& row, Entry& entry) {
  const std::string key = entry.entrant.race + ' ' + entry.entrant.bib.str();
  const auto known = by_bib_.find(key);
  const std::size_t index = known == by_bib_.end() ? out_.entries.size() : known->second;
  TeamRows& team = teams_[index];
  std::vector<std::string> legs;
  HS_TRY_VOID(settle_legs(*entry.race, entry, legs, team));
  if (legs.empty() && team.own) HS_TRY_VOID(settle_bib(row, entry));
  settle_name(entry);
  settle_age(row, entry);
  settle_goal(row, entry);
  ask_about_chips(row, entry, index);
  if (known == by_bib_.end()) {
    by_bib_.emplace(key, index);
    out_.entries.push_back({entry.entrant, entry.person});
    out_.lines.push_back(row.line);
  }
  model::EntrantFact fact{std::move(entry.entrant), std::move(entry.person)};
  if (legs.empty()) {
    team.own = std::move(fact);
    return {};
  }
  if (fact.entrant.entry_status != model::EntryStatus::Entered) {
    questions_.ask("leg status", row.line,
                   "an entry status beside a leg is left out; that of a team stands in its row "
                   "without a leg");
  }
  team.runners.push_back({std::move(legs), std::move(fact), row.line});
  return {};
}

void EntrantsReader::finish_teams() {
  for (const auto& [index, rows] : teams_) {
    model::EntrantFact& team = out_.entries[index];
    const auto race = std::find_if(event_.races.begin(), event_.races.end(),
                                   [&](const model::Race& r) { return r.id == team.entrant.race; });
    const std::vector<model::RelayLeg> legs = model::legs_of(*race);
    if (const auto leg = leg_without_runner(rows, legs)) {
      questions_.ask("leg without runner", out_.lines[index],
                     "the team of bib " + team.entrant.bib.str() + " has nobody for leg " + *leg);
    }
    team = team_of(rows, legs);
  }
}

base::Result<void> EntrantsReader::finish(const CsvRow& row, Entry& entry) {
  HS_TRY_VOID(settle_race(row, entry));
  if (model::is_relay(*entry.race) && entry.bib_cell != nullptr) {
    return finish_team_row(row, entry);
  }
  if (!entry.leg.empty()) entry.person.extra.emplace_back("leg", entry.leg);
  HS_TRY_VOID(settle_bib(row, entry));
  settle_name(entry);
  settle_age(row, entry);
  settle_goal(row, entry);
  ask_about_chips(row, entry, out_.entries.size());
  out_.entries.push_back({std::move(entry.entrant), std::move(entry.person)});
  out_.lines.push_back(row.line);
  return {};
}

base::Result<void> EntrantsReader::read_row(const CsvRow& row) {
  HS_TRY_VOID(check_width(row));
  Entry entry;
  const std::size_t width = std::min(row.cells.size(), header_.columns.size());
  for (std::size_t i = 0; i < width; ++i) {
    const Column column = header_.columns[i];
    HS_TRY(std::string text, clean_cell(row.cells[i], column, file_, questions_));
    if (column != Column::Extra) {
      HS_TRY_VOID(put(column, text, row.cells[i], entry));
    } else if (!text.empty()) {
      entry.person.extra.emplace_back(header_.names[i], std::move(text));
    }
  }
  return finish(row, entry);
}

base::Result<EntrantsFile> EntrantsReader::read(std::string_view bytes) {
  HS_TRY(const DecodedText text, decode_text(bytes, file_));
  const CsvDialect dialect = recognise_dialect(text.utf8);
  out_.dialect = std::string(name_of(text.encoding)) + ", " + separator_name(dialect.separator) +
                 " between cells";
  HS_TRY_VOID(read_rows(text.utf8, dialect));
  HS_TRY_VOID(take_header());
  HS_TRY_VOID(survey());
  for (const CsvRow& row : rows_) HS_TRY_VOID(read_row(row));
  finish_teams();
  out_.questions = attention_of(questions_.take(), file_);
  return std::move(out_);
}

}  // namespace

base::Result<EntrantsFile> read_entrants(std::string_view bytes, const std::string& file,
                                         const model::Event& event) {
  HS_CHECK(!event.races.empty(), "an event has a race");
  return EntrantsReader(file, event).read(bytes);
}

}  // namespace hs::formats
