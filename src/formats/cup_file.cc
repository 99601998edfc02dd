#include "formats/cup_file.h"

#include <utility>

#include "formats/config_reader.h"

namespace hs::formats {
namespace {

constexpr int kMostPoints = 1'000'000;
constexpr int kMostRaces = 366;

const KnownKeys kRootKeys = {{"cup"}, {}};
const KnownKeys kCupKeys = {{"name", "score", "points", "first", "sexes_apart", "count", "at_least",
                             "tie", "people", "race"},
                            {}};
const KnownKeys kRaceKeys = {{"name", "event", "race"}, {}};

void read_points(TableReader& in, Faults& faults, model::CupRules& rules) {
  const ConfigValue* list = in.find("points");
  if (list == nullptr) return;
  if (list->kind != ConfigValue::Kind::List || list->items.empty()) {
    faults.add(name_of(list->kind) + std::string(" for 'points'"),
               "the points of place 1, 2 ... as a list, such as [25, 20, 16]", list->place);
    return;
  }
  for (const ConfigValue& item : list->items) {
    const int above = rules.table.empty() ? kMostPoints : rules.table.back();
    if (item.kind != ConfigValue::Kind::Whole || item.whole < 0 || item.whole > above) {
      faults.add("what is no number from 0 to " + std::to_string(above) + " in 'points'",
                 "whole numbers, none above the one before it", item.place);
      return;
    }
    rules.table.push_back(static_cast<int>(item.whole));
  }
}

void read_rules(TableReader& in, Faults& faults, model::CupRules& rules) {
  if (const auto score = in.word("score", {"points", "time", "median"})) {
    rules.score = model::parse_cup_score(score->value).value_or(rules.score);
  }
  read_points(in, faults, rules);
  if (const auto first = in.whole("first", 1, kMostPoints)) {
    rules.first = first->value;
    if (!rules.table.empty()) {
      faults.add("'first' beside 'points'", "one of the two", first->place);
    }
  }
  if (const auto apart = in.truth("sexes_apart")) rules.sexes_apart = apart->value;
  if (const auto count = in.whole("count", 1, kMostRaces)) rules.count = count->value;
  if (const auto least = in.whole("at_least", 1, kMostRaces)) rules.at_least = least->value;
  if (const auto tie = in.word("tie", {"share", "wins", "meeting", "latest"})) {
    rules.tie = model::parse_cup_tie(tie->value).value_or(rules.tie);
  }
}

model::CupRace read_race(const ConfigValue& table, Faults& faults) {
  TableReader in(table, "[[cup.race]]", kRaceKeys, faults);
  model::CupRace race;
  if (const auto event = in.text("event")) race.event = event->value;
  if (const auto id = in.id("race")) race.race = id->value;
  if (const auto name = in.text("name")) {
    race.name = name->value;
  } else if (race.event.empty()) {
    in.require("name", "the name of a race that is still to come");
  }
  return race;
}

}  // namespace

base::Result<model::Cup> read_cup(std::string_view bytes, const std::string& file) {
  HS_TRY(const ConfigValue root, parse_toml(bytes, file));
  Faults faults;
  TableReader in(root, "the file", kRootKeys, faults);
  model::Cup cup;
  if (const ConfigValue* cup_table = in.table("cup")) {
    TableReader cup_in(*cup_table, "[cup]", kCupKeys, faults);
    if (const auto name = cup_in.text("name")) {
      cup.name = name->value;
    } else {
      cup_in.require("name", "the name of the cup");
    }
    read_rules(cup_in, faults, cup.rules);
    if (const auto people = cup_in.word("people", {"name", "bib"})) {
      cup.people = people->value == "bib" ? model::CupPeople::Bib : model::CupPeople::Name;
    }
    for (const ConfigValue* table : cup_in.blocks("race")) {
      model::CupRace race = read_race(*table, faults);
      if (!race.event.empty() && !cup.races.empty() && cup.races.back().event.empty()) {
        faults.add("the event " + quoted(race.event) + " behind a race that is still to come",
                   "races in the order of time", table->place);
      }
      cup.races.push_back(std::move(race));
    }
    if (cup.races.empty()) cup_in.require("race", "at least one block [[cup.race]]");
    if (cup.rules.at_least > static_cast<int>(cup.races.size()) && !cup.races.empty()) {
      faults.add("at_least = " + std::to_string(cup.rules.at_least) + " of " +
                     std::to_string(cup.races.size()) + " races",
                 "no more races than the cup has; one to come is a [[cup.race]] without 'event'",
                 cup_in.find("at_least")->place);
    }
  } else {
    in.require("cup", "a table [cup] with name and races");
  }
  if (faults.first()) return tl::make_unexpected(*faults.first());
  return cup;
}

}  // namespace hs::formats
