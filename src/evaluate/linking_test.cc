#include "evaluate/linking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "history/learn.h"

namespace hs::evaluate {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

/// Fifty women with their own names and towns, each in all of `years` races; an archive of nobody.
engine::ArchiveRoll town(int years, const std::vector<std::string>& first_names) {
  engine::ArchiveRoll out;
  constexpr std::array kLast = {"Quill", "Marrow", "Tansley", "Orchard", "Venn"};
  for (int year = 0; year < years; ++year) {
    const auto race = out.roll.add_race({2001 + year, 4, 16});
    archive::RaceEntry entry;
    entry.id = "race-" + std::to_string(2001 + year);
    entry.number = static_cast<std::uint32_t>(year + 1);
    out.races.push_back(entry);
    for (std::uint32_t i = 0; i < 50; ++i) {
      const std::string last = kLast[i % 5] + std::string(1, static_cast<char>('a' + i / 5));
      history::Written written;
      written.race = race;
      const std::string& first = first_names[i % first_names.size()];
      const std::string name = last + ", " + first;
      const std::string city = "Town" + std::to_string(i % 17);
      written.name.whole = name;
      written.city = city;
      written.sex = model::Sex::Female;
      written.age = static_cast<std::uint16_t>(25 + i % 30 + static_cast<std::uint32_t>(year));
      out.roll.add(written);
      out.results.emplace_back(entry.number, i);
      out.shown_names.push_back(out.texts.intern(name).raw());
      out.shown_places.push_back(out.texts.intern(city).raw());
    }
  }
  return out;
}

TEST(EvaluateLinking, PeopleWhoAreKnownComeOutWholeOrAreSaidNotTo) {
  const auto loaded = town(4, {"Ida", "Jane", "Ann"});
  const std::vector<ExpectedPerson> expected = {
      {"whole", {}, {0, 50, 100, 150}}, {"two in one", {}, {1, 51, 102}}, {"a part", {}, {2, 52}}};
  LinkingOptions options;
  options.placebos = 2;
  const auto figures = measure_linking(loaded, history::LinkModel(), expected, options);
  EXPECT_EQ(figures.people, 50U);
  EXPECT_EQ(figures.twice_in_a_race, 0U);
  ASSERT_THAT(figures.known, SizeIs(3));
  EXPECT_TRUE(figures.known[0].is_met());
  EXPECT_FALSE(figures.known[1].is_met());
  EXPECT_EQ(figures.known[1].found, 2U);
  EXPECT_FALSE(figures.known[2].is_met());
  EXPECT_EQ(figures.known[2].others, 2U);
  EXPECT_EQ(figures.gaps[0].pairs, 150U) << "50 people, three pairs of years that follow";
  EXPECT_EQ(text_of(figures, loaded),
            text_of(measure_linking(loaded, history::LinkModel(), expected, options), loaded));
}

TEST(EvaluateLinking, NamesChangeInTheWaysThatAreCounted) {
  auto loaded = town(2, {"Elizabeth M.", "Margaret Ann"});
  Random random(1);
  history::Roll& roll = loaded.roll;
  for (std::size_t i = 1; i < kNameChanges; ++i) {
    const auto change = static_cast<NameChange>(i);
    const auto other = masked(roll, roll.at(0), change, random);
    if (change == NameChange::MiddleAdded) {
      EXPECT_FALSE(other) << "there is one already";
      continue;
    }
    ASSERT_TRUE(other) << name_of(change);
    const auto seen = change_between(roll, roll.at(0), *other);
    // A new last name of this town may be a slip away from the old one.
    const bool is_near = change == NameChange::LastOther || change == NameChange::LastTypo ||
                         change == NameChange::FirstTypo;
    EXPECT_TRUE(seen == change || is_near) << name_of(change) << " seen as " << name_of(seen);
    EXPECT_NE(seen, NameChange::None) << name_of(change);
  }
}

TEST(ExpectedPeople, RowsOfOnePersonAreGathered) {
  const auto people = read_expected_people(
      "person,race,bib\nJane Roe,harbour-2023,117\nAnn Doe,harbour-2023,2\nJane "
      "Roe,harbour-2024,#4\n",
      "known.csv");
  ASSERT_TRUE(people) << people.error().text();
  ASSERT_THAT(*people, SizeIs(2));
  EXPECT_EQ((*people)[0].name, "Jane Roe");
  ASSERT_THAT((*people)[0].results, SizeIs(2));
  EXPECT_EQ((*people)[0].results[1].bib, "#4");
}

TEST(ExpectedPeople, WhatIsNoSuchTableIsRefusedWithItsLine) {
  for (const char* text : {"", "who,race,bib\n", "person,race\nA,B\n"}) {
    const auto people = read_expected_people(text, "known.csv");
    ASSERT_FALSE(people) << text;
    EXPECT_THAT(people.error().message, HasSubstr("person, race, bib"));
  }
  const auto short_row = read_expected_people("person,race,bib\nJane Roe,,117\n", "known.csv");
  ASSERT_FALSE(short_row);
  EXPECT_EQ(short_row.error().place.line, 2);
}

}  // namespace
}  // namespace hs::evaluate
