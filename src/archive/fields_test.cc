#include "archive/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "archive/archive.h"
#include "base/check.h"
#include "support/temp_folder.h"

namespace hs::archive {
namespace {

using model::PublishedRace;
using model::PublishedResult;
using model::RunnerStatus;
using model::Sex;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

PublishedResult runner(std::optional<Sex> sex, std::optional<std::uint16_t> age, int net) {
  PublishedResult out;
  out.sex = sex;
  out.age = age;
  out.gun = base::GunTime(minutes(net + 5));
  out.net = base::NetTime(minutes(net));
  return out;
}

/// Three women, two men, somebody of unknown sex, a wheelchair and a runner who stopped.
PublishedRace harbour() {
  PublishedRace race;
  race.id = "harbour-2024";
  race.date = {2024, 5, 8};
  race.results = {runner(Sex::Female, 40, 200),
                  runner(Sex::Female, 40, 190),
                  runner(Sex::Female, 61, 250),
                  runner(Sex::Male, 40, 180),
                  runner(Sex::Male, std::nullopt, 240),
                  runner(std::nullopt, 30, 170),
                  runner(Sex::Male, 40, 90),
                  runner(Sex::Male, 40, 100)};
  race.results[6].is_apart = true;
  race.results[7].status = RunnerStatus::DidNotFinish;
  return race;
}

TEST(Fields, TheMiddleIsThatOfFinishersOnFootByNetTime) {
  EXPECT_THAT(field_figures(7, harbour()),
              ElementsAre(FieldFigures{7, std::nullopt, 6, minutes(200)},
                          FieldFigures{7, Sex::Female, 3, minutes(200)},
                          FieldFigures{7, Sex::Male, 2, minutes(240)}));
  EXPECT_THAT(field_figures(1, PublishedRace{}),
              ElementsAre(FieldFigures{1, std::nullopt, 0, minutes(0)}));
}

TEST(Fields, TheyComeAndGoWithTheirRace) {
  const test::TempFolder folder;
  auto archive = Archive::open(folder / "ARCHIVE.db", Access::Create);
  ASSERT_TRUE(archive);
  ASSERT_TRUE(archive->put(harbour(), IfKnown::Refuse));
  EXPECT_EQ(*archive->fields(), field_figures(1, harbour()));
  EXPECT_THAT(*archive->age_bests(Sex::Female, 40),
              ElementsAre(AgeBest{ResultId(1, 1), minutes(190)}));
  EXPECT_THAT(*archive->age_bests(Sex::Male, 40),
              ElementsAre(AgeBest{ResultId(1, 3), minutes(180)}));
  EXPECT_THAT(*archive->age_bests(Sex::Female, 41), IsEmpty());
  PublishedRace corrected = harbour();
  corrected.results.erase(corrected.results.begin() + 1);
  ASSERT_TRUE(archive->put(corrected, IfKnown::Replace));
  EXPECT_EQ(*archive->fields(), field_figures(1, corrected));
  EXPECT_THAT(*archive->age_bests(Sex::Female, 40),
              ElementsAre(AgeBest{ResultId(1, 0), minutes(200)}));
}

TEST(Fields, WhoeverIsForgottenLeavesNoAgeBehind) {
  const test::TempFolder folder;
  auto archive = Archive::open(folder / "ARCHIVE.db", Access::Create);
  ASSERT_TRUE(archive && archive->put(harbour(), IfKnown::Refuse));
  const std::vector forgotten = {ResultId(1, 2)};
  ASSERT_TRUE(archive->forget(forgotten));
  EXPECT_THAT(*archive->age_bests(Sex::Female, 61), IsEmpty());
  EXPECT_EQ(*archive->fields(), field_figures(1, harbour())) << "others ran against the time";
}

TEST(Fields, AnArchiveWithoutThemGetsThemWhenItIsOpenedForWriting) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  {
    auto archive = Archive::open(path, Access::Create);
    ASSERT_TRUE(archive && archive->put(harbour(), IfKnown::Refuse));
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(
      sqlite3_exec(database,
                   "DROP TABLE fields;DROP TABLE age_bests;DROP TABLE folds;PRAGMA user_version=2",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  EXPECT_FALSE(Archive::open(path, Access::Read));
  const auto archive = Archive::open(path, Access::Create);
  ASSERT_TRUE(archive) << archive.error().text();
  EXPECT_EQ(*archive->fields(), field_figures(1, harbour()));
  EXPECT_THAT(*archive->age_bests(Sex::Male, 40), SizeIs(1));
}

}  // namespace
}  // namespace hs::archive
