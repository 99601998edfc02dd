#include "history/cup_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/fold.h"

// Implementation notes: every finish gets a key of what is written of its runner. Finishes of one
// key are one person, unless one race has the key twice; then more of what is written is asked,
// until it does not, or the finishes stay apart.

namespace hs::history {
namespace {

/// A finish with what tells whose it is.
struct Written {
  scoring::CupFinish finish;
  const model::RunnerResult* result = nullptr;
  const model::Entrant* entrant = nullptr;
  const model::Person* person = nullptr;
  const model::Race* race = nullptr;
};

using Group = std::vector<Written>;

std::string sex_letter(const Written& one) {
  return one.entrant->sex ? model::name_of(*one.entrant->sex) : "";
}

std::string first_key(const Written& one, model::CupPeople people) {
  if (people == model::CupPeople::Bib) return one.entrant->bib.str();
  return base::fold_words(one.person->name) + "/" + sex_letter(one);
}

bool one_a_race(const Group& group) {
  std::set<std::size_t> races;
  return std::all_of(group.begin(), group.end(),
                     [&](const Written& one) { return races.insert(one.finish.race).second; });
}

std::set<std::string> birth_dates(const Group& group) {
  std::set<std::string> out;
  for (const Written& one : group) {
    if (one.person->birth_date) out.insert(base::format_date(*one.person->birth_date));
  }
  return out;
}

template <typename Key>
std::vector<Group> split_by(const Group& group, Key key) {
  std::map<std::string, Group> parts;
  for (const Written& one : group) parts[key(one)].push_back(one);
  std::vector<Group> out;
  for (auto& [text, part] : parts) out.push_back(std::move(part));
  return out;
}

/// The people of one name, each with a race at most once.
std::vector<Group> told_apart(const Group& group, std::vector<std::string>& questions) {
  // One birth date, or none: whoever did not write it down is the same.
  std::vector<Group> parts = {group};
  if (birth_dates(group).size() > 1) {
    parts = split_by(group, [](const Written& one) {
      return one.person->birth_date ? base::format_date(*one.person->birth_date) : std::string();
    });
  }
  std::vector<Group> out;
  for (const Group& part : parts) {
    if (one_a_race(part)) {
      out.push_back(part);
      continue;
    }
    const auto by_club =
        split_by(part, [](const Written& one) { return base::fold_words(one.person->club); });
    for (const Group& one_club : by_club) {
      if (one_a_race(one_club)) {
        out.push_back(one_club);
        continue;
      }
      questions.push_back("two of the name " + one_club.front().person->name +
                          " in one race: nothing tells them apart, their races are not added; "
                          "birth dates or clubs in the entry lists would, or people = \"bib\"");
      for (const Written& one : one_club) out.push_back({one});
    }
  }
  return out;
}

CupPerson person_of(const Written& latest) {
  CupPerson out;
  out.name = model::public_name(*latest.entrant, *latest.person);
  out.bib = latest.entrant->bib.str();
  out.sex = latest.entrant->sex;
  if (latest.entrant->is_private) return out;
  out.club = latest.person->club;
  if (latest.result->division) {
    out.division = latest.race->divisions[latest.result->division->raw()].id;
  }
  return out;
}

/// The finishers of race `index` of the cup.
void add_finishers(const CupRaceResults& from, std::size_t index, const model::Cup& cup,
                   Group& finishes, CupTable& table) {
  const model::EventResults& event = *from.event;
  const model::Race& race = event.event.races[from.race.raw()];
  std::size_t without = 0;
  for (const model::EntrantId id : event.order[from.race.raw()]) {
    const model::RunnerResult& result = event.runners[id.raw()];
    if (!result.places.overall || !result.official) continue;
    const auto& place = cup.rules.sexes_apart ? result.places.sex : result.places.overall;
    if (!place) {
      ++without;
      continue;
    }
    finishes.push_back({{0, index, *result.official, place->place},
                        &result,
                        &event.entrants[id.raw()],
                        &event.persons[id.raw()],
                        &race});
  }
  if (without > 0) {
    table.questions.push_back("finishers of " + table.cup.races[index].name +
                              " without a sex in the entry list, and so without a place by sex: " +
                              std::to_string(without));
  }
}

}  // namespace

CupTable cup_table(const model::Cup& cup, std::span<const CupRaceResults> races) {
  HS_CHECK(races.size() <= cup.races.size(), "more races than the cup has");
  CupTable table{cup, {}, {}, {}};
  Group finishes;
  std::vector<base::Duration> medians;
  for (std::size_t r = 0; r < races.size(); ++r) {
    const model::Race& race = races[r].event->event.races[races[r].race.raw()];
    if (table.cup.races[r].name.empty()) table.cup.races[r].name = race.name;
    std::vector<base::Duration> times;
    for (const model::EntrantId id : races[r].event->order[races[r].race.raw()]) {
      const model::RunnerResult& result = races[r].event->runners[id.raw()];
      if (result.places.overall && result.official) times.push_back(*result.official);
    }
    medians.push_back(scoring::median_time(std::move(times)).value_or(base::Duration(1)));
    add_finishers(races[r], r, cup, finishes, table);
  }
  std::vector<scoring::CupFinish> counted;
  const auto by_key =
      split_by(finishes, [&](const Written& one) { return first_key(one, cup.people); });
  for (const Group& group : by_key) {
    const std::vector<Group> people = cup.people == model::CupPeople::Bib
                                          ? std::vector<Group>{group}
                                          : told_apart(group, table.questions);
    for (const Group& person : people) {
      const auto latest = std::max_element(
          person.begin(), person.end(),
          [](const Written& a, const Written& b) { return a.finish.race < b.finish.race; });
      for (Written one : person) {
        one.finish.person = table.people.size();
        counted.push_back(one.finish);
      }
      table.people.push_back(person_of(*latest));
    }
  }
  table.standings = scoring::cup_standings(counted, table.people.size(),
                                           cup.races.size() - races.size(), medians, cup.rules);
  return table;
}

}  // namespace hs::history
