#include "history/cup_table.h"

#include <gtest/gtest.h>

#include "support/race_script.h"

// Who is who over the races of a cup.

namespace hs::history {
namespace {

using test_support::lines;
using test_support::RaceScript;

/// A race of ten minutes and more; `finishers` are lines "runner ..." and "TIME line BIB".
model::EventResults race(const std::string& finishers) {
  return RaceScript("race ten\npoints start@arch 0, finish@line 1000\nwave A 08:00:00\n" +
                    finishers)
      .results();
}

/// The script knows no names; the tests give them afterwards.
void name(model::EventResults& results, const std::string& bib, const std::string& name,
          const char* club = "", std::optional<base::Date> born = std::nullopt) {
  for (std::size_t i = 0; i < results.entrants.size(); ++i) {
    if (results.entrants[i].bib.view() != bib) continue;
    model::Person person = results.persons[i];
    person.name = name;
    person.club = club;
    person.birth_date = born;
    results.persons.replace(i, std::move(person));
  }
}

std::string table_text(const CupTable& table) {
  std::string out;
  for (const scoring::CupStanding& standing : table.standings) {
    const CupPerson& person = table.people[standing.person];
    out += person.name + (person.club.empty() ? "" : " (" + person.club + ")") + ":";
    for (const scoring::CupScoreOf& one : standing.races) {
      out += " " + std::to_string(one.race + 1) + "=" + std::to_string(one.score);
    }
    out += "\n";
  }
  for (const std::string& question : table.questions) out += "? " + question + "\n";
  return out;
}

model::Cup cup_of_two() {
  model::Cup cup;
  cup.name = "Cup";
  cup.races.resize(2);
  cup.rules.sexes_apart = false;
  return cup;
}

CupTable table_of(const model::Cup& cup, const model::EventResults& a,
                  const model::EventResults& b) {
  const std::vector<CupRaceResults> races = {{&a, model::RaceId(0)}, {&b, model::RaceId(0)}};
  return cup_table(cup, races);
}

constexpr const char* kTwo = R"(
  runner 1 sex F
  runner 2 sex F
  08:10:00 line 1
  08:11:00 line 2
)";

TEST(CupTable, ANameInAnyCaseAndAccentIsOnePerson) {
  model::EventResults a = race(kTwo);
  model::EventResults b = race(kTwo);
  name(a, "1", "Ana Ru\xc3\xadz", "Vale");
  name(a, "2", "Bo Lind");
  name(b, "1", "Bo Lind");
  name(b, "2", "ANA RUIZ", "Hill");
  EXPECT_EQ(table_text(table_of(cup_of_two(), a, b)), lines(R"(
    ANA RUIZ (Hill): 1=100 2=99
    Bo Lind: 1=99 2=100
  )"));
}

TEST(CupTable, NamesakesOfOneRaceAreToldApartByBirthDateThenByClub) {
  model::EventResults a = race(kTwo);
  model::EventResults b = race(kTwo);
  name(a, "1", "Ana Ruiz", "Vale");
  name(a, "2", "Ana Ruiz", "Hill");
  name(b, "1", "Ana Ruiz", "Hill");
  name(b, "2", "Bo Lind");
  EXPECT_EQ(table_text(table_of(cup_of_two(), a, b)), lines(R"(
    Ana Ruiz (Hill): 1=99 2=100
    Ana Ruiz (Vale): 1=100
    Bo Lind: 2=99
  )"));
}

TEST(CupTable, WhomNothingTellsApartIsNotAddedUp) {
  model::EventResults a = race(kTwo);
  model::EventResults b = race(kTwo);
  name(a, "1", "Ana Ruiz");
  name(a, "2", "Ana Ruiz");
  name(b, "1", "Ana Ruiz");
  name(b, "2", "Bo Lind");
  const CupTable table = table_of(cup_of_two(), a, b);
  EXPECT_EQ(table.people.size(), 4u);
  ASSERT_EQ(table.questions.size(), 1u);
  EXPECT_NE(table.questions[0].find("two of the name Ana Ruiz"), std::string::npos);
}

TEST(CupTable, ByBibTheNumberIsThePerson) {
  model::EventResults a = race(kTwo);
  model::EventResults b = race(kTwo);
  name(a, "1", "Ana Ruiz");
  name(b, "1", "A. Ruiz");
  model::Cup cup = cup_of_two();
  cup.people = model::CupPeople::Bib;
  EXPECT_EQ(table_of(cup, a, b).people.size(), 2u);
}

TEST(CupTable, WhoHasNoSexHasNoPlaceByItAndIsNamedToTheOrganiser) {
  const model::EventResults a = race("runner 1 sex F\nrunner 2\n08:10:00 line 1\n08:11:00 line 2");
  model::Cup cup = cup_of_two();
  cup.rules.sexes_apart = true;
  const std::vector<CupRaceResults> races = {{&a, model::RaceId(0)}};
  const CupTable table = cup_table(cup, races);
  EXPECT_EQ(table.people.size(), 1u);
  ASSERT_EQ(table.questions.size(), 1u);
  EXPECT_NE(table.questions[0].find("by sex: 1"), std::string::npos);
}

}  // namespace
}  // namespace hs::history
