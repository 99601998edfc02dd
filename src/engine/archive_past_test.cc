#include "engine/archive_past.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/check.h"
#include "support/made_race.h"
#include "support/temp_folder.h"

// What an event knows of its entries from an archive: whose they are, and what was before its day.

namespace hs::engine {
namespace {

using archive::Archive;
using std::chrono::hours;

using test::race_of;
using test::Row;
using testing::IsEmpty;
using testing::SizeIs;

class ArchivePast : public testing::Test {
 protected:
  ArchivePast() : archive_(*Archive::open(folder_ / "A.db", archive::Access::Create)) {
    put("harbour-half-2021", 2021, {{"1", "Quillfeather, Ida M.", 30}, {"2", "Roe, Jane", 41}});
    put("inland-2022", 2022, {{"9", "Quillfeather, Ida", 31, "Oldport", hours(4)}});
    put("harbour-half-2023", 2023,
        {{"5", "Quillfeather, Ida", 32, "Oldport", hours(2)}, {"6", "Doe, Ann", 71, "Newton"}});
  }

  void put(const std::string& id, int year, const std::vector<Row>& rows) {
    HS_CHECK(archive_.put(race_of(id, year, rows), archive::IfKnown::Refuse).has_value(), "put");
    HS_CHECK(link_archive(archive_, LinkWhat::WhatIsNew).has_value(), "linked");
  }

  /// An event on 16 April of that year, of one race, with these women of Oldport.
  static model::EventResults event(const std::string& name, int year,
                                   const std::vector<std::pair<std::string, int>>& people) {
    model::EventResults out;
    out.event.name = name;
    out.event.date = {year, 4, 16};
    out.event.races.emplace_back().id = "all";
    for (const auto& [full_name, age] : people) {
      model::Entrant entrant;
      entrant.sex = model::Sex::Female;
      entrant.age = age;
      out.entrants.push_back(entrant);
      model::Person person;
      person.name = full_name;
      person.city = "Oldport";
      person.state = "MA";
      out.persons.push_back(person);
      model::RunnerResult runner;
      runner.race = model::RaceId(0);
      out.runners.push_back(runner);
    }
    return out;
  }
  std::shared_ptr<const model::Past> past(const model::EventResults& results,
                                          const std::string& name = "folder") {
    const auto out = past_of_event(archive_, name, results, {});
    HS_CHECK(out.has_value(), out ? "" : out.error().message.c_str());
    return *out;
  }

  test::TempFolder folder_;
  Archive archive_;
};

TEST_F(ArchivePast, AnEntryHasTheRacesOfWhomItIs) {
  const auto known =
      past(event("Harbour Half 2024", 2024, {{"Ida Quillfeather", 33}, {"Nobody Known", 33}}));
  ASSERT_THAT(known->races, SizeIs(3));
  ASSERT_THAT(known->runners, SizeIs(2));
  ASSERT_THAT(known->runners[0], SizeIs(3));
  EXPECT_EQ(known->runners[0][1].time, base::Duration(hours(4)));
  EXPECT_EQ(known->races[known->runners[0][2].race].id, "harbour-half-2023");
  EXPECT_THAT(known->runners[1], IsEmpty());
}

TEST_F(ArchivePast, OnlyWhatWasBeforeItsDayIsKnown) {
  const auto known = past(event("Harbour Half", 2022, {{"Ida Quillfeather", 31}}));
  ASSERT_THAT(known->races, SizeIs(1));
  EXPECT_EQ(known->races[0].id, "harbour-half-2021");
}

TEST_F(ArchivePast, APrivateEntryIsNotLookedUp) {
  auto results = event("Harbour Half 2024", 2024, {{"Ida Quillfeather", 33}});
  results.entrants[0].is_private = true;
  EXPECT_THAT(past(results)->runners[0], IsEmpty());
}

TEST_F(ArchivePast, TheSeriesIsThatOfTheNameOrOfTheFolder) {
  const auto continued = [](const std::shared_ptr<const model::Past>& known) {
    std::vector<std::string> out;
    for (const model::PastRace& race : known->races) {
      if (race.continued_by) out.push_back(race.id);
    }
    return out;
  };
  const std::vector<std::string> harbour = {"harbour-half-2021", "harbour-half-2023"};
  EXPECT_EQ(continued(past(event("Harbour Half 2024", 2024, {}))), harbour);
  EXPECT_EQ(continued(past(event("Sunday", 2024, {}), "harbour-half-2024")), harbour);
  EXPECT_THAT(continued(past(event("Sunday", 2024, {}))), IsEmpty());
}

TEST_F(ArchivePast, TheFastestOfEarlierEditionsAreThereBySexAndAge) {
  const auto known = past(event("Harbour Half 2024", 2024, {}));
  ASSERT_FALSE(known->bests.empty());
  const model::PastBests& women = known->bests.front();
  EXPECT_FALSE(women.age);
  EXPECT_EQ(women.finishers, 4u);
  EXPECT_EQ(women.fastest.front().time, base::Duration(hours(2)));
  EXPECT_EQ(known->races[women.fastest.front().race].id, "harbour-half-2023");
  const auto of_71 = std::find_if(known->bests.begin(), known->bests.end(),
                                  [](const model::PastBests& one) { return one.age == 71; });
  ASSERT_NE(of_71, known->bests.end());
  EXPECT_EQ(of_71->finishers, 1u);
}

TEST_F(ArchivePast, ARaceOfTheArchiveGoesByItsOwnLinks) {
  auto results = event("harbour-half-2023", 2023, {{"", 32}, {"", 71}});
  const auto known = past_of_archived(archive_, "harbour-half-2023", results, {});
  ASSERT_TRUE(known) << known.error().text();
  EXPECT_THAT((*known)->runners[0], SizeIs(2));
  EXPECT_THAT((*known)->runners[1], IsEmpty());
  EXPECT_EQ(past_of_archived(archive_, "none", results, {}).error().code,
            base::ErrorCode::NotFound);
}

}  // namespace
}  // namespace hs::engine
