#include "archive/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "archive/split_codec.h"
#include "base/check.h"
#include "base/file.h"
#include "support/temp_folder.h"

namespace hs::archive {
namespace {

using base::ErrorCode;
using model::PublishedPlace;
using model::PublishedRace;
using model::PublishedResult;
using model::PublishedSplit;
using model::PublishedText;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

void put_text(PublishedRace& race, PublishedResult& result, PublishedText kind,
              std::string_view text) {
  result.texts[static_cast<std::size_t>(kind)] = race.texts.intern(text);
}

/// Two runners between them with every field set and every field absent.
PublishedRace spring(const std::string& id = "spring-2024") {
  PublishedRace race;
  race.id = id;
  race.name = "Spring \u2013 24";
  race.date = {2024, 4, 14};
  race.is_interrupted = true;
  race.distance = base::Distance::millimetres(42'195'000);
  race.resolution = std::chrono::milliseconds(600);
  race.split_clock = model::PublishedClock::Net;
  race.ranked_by = model::PublishedClock::Gun;
  race.points = {{"5k", "05K", base::Distance::metres(5000)}, {"col", "Col", std::nullopt}};
  PublishedResult full;
  for (std::size_t i = 0; i < model::kPublishedTexts; ++i) {
    put_text(race, full, static_cast<PublishedText>(i), "text \u00e9 " + std::to_string(i));
  }
  full.sex = model::Sex::X;
  full.age = 47;
  full.laps = 3;
  full.mode = model::Mode::Handcycle;
  full.is_apart = true;
  full.status = model::RunnerStatus::Disqualified;
  full.gun = base::GunTime(hours(3));
  full.net = base::NetTime(hours(2));
  full.official = minutes(170);
  full.started_at = hours(7);
  full.place_overall = PublishedPlace{3, 4401};
  full.place_sex = PublishedPlace{2, std::nullopt};
  full.place_division = PublishedPlace{1, 17};
  full.age_grade = 9740;
  full.line = 7;
  full.first_split = 0;
  full.split_count = 2;
  race.splits = {PublishedSplit(0, minutes(20), hours(7) + minutes(20),
                                PublishedSplit::Estimated | PublishedSplit::Repaired),
                 PublishedSplit(1, minutes(15), std::nullopt, PublishedSplit::Doubtful),
                 PublishedSplit(1, std::nullopt, hours(31))};
  PublishedResult bare;
  bare.status = model::RunnerStatus::DidNotFinish;
  bare.first_split = 2;
  bare.split_count = 1;
  race.results = {full, bare};
  return race;
}

Archive open(const std::string& path, Access access = Access::Create) {
  auto archive = Archive::open(path, access);
  HS_CHECK(archive.has_value(), archive ? "" : archive.error().message.c_str());
  return std::move(*archive);
}

TEST(Archive, WhatIsPutIsReadBackEqual) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  const PublishedRace race = spring();
  EXPECT_EQ(open(path).put(race, IfKnown::Refuse), Put::Added);
  const auto back = open(path, Access::Read).race("spring-2024");
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_TRUE(model::same_content(race, *back));
}

TEST(Archive, TheSameAgainChangesNothing) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  ASSERT_EQ(open(path).put(spring(), IfKnown::Refuse), Put::Added);
  const auto before = base::read_file(path);
  EXPECT_EQ(open(path).put(spring(), IfKnown::Refuse), Put::Unchanged);
  EXPECT_EQ(open(path).put(spring(), IfKnown::Replace), Put::Unchanged);
  EXPECT_EQ(*base::read_file(path), *before);
}

TEST(Archive, AnotherContentOfARaceIsRefusedOrReplacesIt) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  Archive archive = open(path);
  ASSERT_TRUE(archive.put(spring("autumn"), IfKnown::Refuse));
  ASSERT_TRUE(archive.put(spring(), IfKnown::Refuse));
  PublishedRace other = spring();
  other.results[1].net = base::NetTime(hours(4));
  const auto refused = archive.put(other, IfKnown::Refuse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
  EXPECT_THAT(refused.error().message, HasSubstr("--replace"));
  EXPECT_TRUE(model::same_content(*archive.race("spring-2024"), spring()));
  EXPECT_EQ(archive.put(other, IfKnown::Replace), Put::Replaced);
  EXPECT_TRUE(model::same_content(*archive.race("spring-2024"), other));
  EXPECT_TRUE(model::same_content(*archive.race("autumn"), spring("autumn")));
}

TEST(Archive, EveryFieldCountsForTheContent) {
  const base::Digest plain = content_of(spring());
  EXPECT_EQ(content_of(spring()), plain);
  const auto changed = [&](auto&& change) {
    PublishedRace race = spring();
    change(race);
    return content_of(race) != plain;
  };
  EXPECT_TRUE(changed([](auto& race) { race.name = "x"; }));
  EXPECT_TRUE(changed([](auto& race) { race.is_interrupted = false; }));
  EXPECT_TRUE(changed([](auto& race) { race.distance.reset(); }));
  EXPECT_TRUE(changed([](auto& race) { race.ranked_by.reset(); }));
  EXPECT_TRUE(changed([](auto& race) { race.points[1].header = "x"; }));
  EXPECT_TRUE(changed([](auto& race) { race.results[0].age = 48; }));
  EXPECT_TRUE(changed([](auto& race) { race.results[0].place_sex->of = 2; }));
  EXPECT_TRUE(changed([](auto& race) { race.splits[2].set(PublishedSplit::Doubtful); }));
  EXPECT_TRUE(
      changed([](auto& race) { put_text(race, race.results[1], PublishedText::City, "x"); }));
}

TEST(Archive, RacesAreListedByDate) {
  const test::TempFolder folder;
  Archive archive = open(folder / "ARCHIVE.db");
  EXPECT_THAT(*archive.races(), IsEmpty());
  PublishedRace early = spring("a-later-id");
  early.date = {2001, 4, 16};
  ASSERT_TRUE(archive.put(spring(), IfKnown::Refuse));
  ASSERT_TRUE(archive.put(early, IfKnown::Refuse));
  const auto races = archive.races();
  ASSERT_THAT(*races, SizeIs(2));
  EXPECT_EQ((*races)[0].id, "a-later-id");
  EXPECT_EQ((*races)[1].results, 2U);
  const auto missing = archive.race("winter");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_THAT(missing.error().message, HasSubstr("a-later-id, spring-2024"));
}

TEST(Archive, AFileThatIsNoArchiveIsRefusedAndLeftAlone) {
  const test::TempFolder folder;
  const std::string path = folder / "notes.txt";
  const std::string text(5000, 'x');
  ASSERT_TRUE(base::write_file(path, text));
  for (const Access access : {Access::Create, Access::Read}) {
    const auto archive = Archive::open(path, access);
    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().code, ErrorCode::InvalidInput);
  }
  EXPECT_EQ(*base::read_file(path), text);
  const auto missing = Archive::open(folder / "none.db", Access::Read);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

TEST(Archive, AnotherProgramsDatabaseAndANewerOnesAreRefused) {
  const test::TempFolder folder;
  run_sql(folder / "other.db", "CREATE TABLE t(x)");
  const auto other = Archive::open(folder / "other.db", Access::Create);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::InvalidInput);
  EXPECT_THAT(other.error().text(), HasSubstr("other.db"));
  { open(folder / "new.db"); }
  run_sql(folder / "new.db", "PRAGMA user_version=99");
  const auto newer = Archive::open(folder / "new.db", Access::Read);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(newer.error().message, HasSubstr("newer version"));
}

TEST(Archive, AnArchiveOfVersion1IsBroughtUpToDateWithItsRaces) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  ASSERT_EQ(open(path).put(spring(), IfKnown::Refuse), Put::Added);
  for (const char* table : {"people_search", "people", "links", "doubts", "words", "forgotten",
                            "stale", "kept", "fields", "age_bests", "folds"}) {
    run_sql(path, (std::string("DROP TABLE ") + table).c_str());
  }
  run_sql(path, "PRAGMA user_version=1");
  EXPECT_EQ(Archive::open(path, Access::Read).error().code, ErrorCode::Unsupported);
  const Archive archive = open(path);
  EXPECT_TRUE(model::same_content(*archive.race("spring-2024"), spring()));
  EXPECT_THAT(*archive.find_people("text", 5), IsEmpty()) << "nobody is linked yet";
  EXPECT_EQ(archive.person(PersonId(1)).error().code, ErrorCode::NotFound);
}

TEST(Archive, ADamagedResultIsSaidAndNotTold) {
  for (const char* damage : {"UPDATE results SET splits=x'ff'", "UPDATE results SET status='QQQ'",
                             "UPDATE results SET age=-3", "UPDATE races SET split_clock='sun'",
                             "UPDATE results SET of_overall=3,place_overall=NULL"}) {
    const test::TempFolder folder;
    const std::string path = folder / "ARCHIVE.db";
    ASSERT_TRUE(open(path).put(spring(), IfKnown::Refuse));
    run_sql(path, damage);
    const auto race = open(path, Access::Read).race("spring-2024");
    ASSERT_FALSE(race) << damage;
    EXPECT_EQ(race.error().code, ErrorCode::Corrupt) << damage;
  }
}

TEST(Archive, HalfAnImportIsNone) {
  const test::TempFolder folder;
  const std::string path = folder / "ARCHIVE.db";
  ASSERT_TRUE(open(path).put(spring(), IfKnown::Refuse));
  run_sql(path,
          "CREATE TRIGGER full BEFORE INSERT ON results WHEN new.bib IS NULL "
          "BEGIN SELECT raise(ABORT,'no more'); END");
  Archive archive = open(path);
  EXPECT_FALSE(archive.put(spring("second"), IfKnown::Refuse));
  PublishedRace other = spring();
  other.name = "other";
  EXPECT_FALSE(archive.put(other, IfKnown::Replace));
  ASSERT_THAT(*archive.races(), SizeIs(1));
  EXPECT_TRUE(model::same_content(*archive.race("spring-2024"), spring()));
}

TEST(SplitCodec, BytesThatNothingWroteAreRefused) {
  const PublishedRace race = spring();
  std::string bytes;
  append_splits(race.splits_of(race.results[0]), bytes);
  std::vector<PublishedSplit> whole;
  ASSERT_TRUE(read_splits(bytes, 2, whole));
  EXPECT_THAT(whole, SizeIs(2));
  EXPECT_FALSE(read_splits(bytes, 1, whole)) << "a point that is not there";
  EXPECT_FALSE(read_splits(bytes + bytes, 2, whole)) << "points out of order";
  std::size_t refused = 0;
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    std::vector<PublishedSplit> out;
    refused += read_splits(bytes.substr(0, size), 2, out) ? 0U : 1U;
  }
  EXPECT_EQ(refused, bytes.size() - 2) << "only the end of the first split is an end";
}

}  // namespace
}  // namespace hs::archive
