#include "engine/archive_linking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "base/file.h"
#include "support/made_race.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

using archive::Access;
using archive::Archive;
using archive::IfKnown;
using archive::Put;
using archive::ResultId;
using model::PublishedRace;
using testing::IsEmpty;
using testing::SizeIs;

using test::race_of;
using test::Row;

const std::vector<Row> kFirst = {{"1", "Quillfeather, Ida M.", 30}, {"2", "Roe, Jane", 41}};
const std::vector<Row> kSecond = {{"7", "Quillfeather, Ida", 31}, {"8", "Doe, Ann", 25}};
const std::vector<Row> kThird = {{"5", "Quillfeather, Ida", 32},
                                 {"6", "Marrow, Jane", 43, "Newton"}};

class ArchiveLinking : public testing::Test {
 protected:
  ArchiveLinking() : archive_(open()) {}

  Archive open() {
    auto archive = Archive::open(path(), Access::Create);
    HS_CHECK(archive.has_value(), archive ? "" : archive.error().message.c_str());
    return std::move(*archive);
  }
  [[nodiscard]] std::string path() const { return folder_ / "ARCHIVE.db"; }

  Put put(const PublishedRace& race, IfKnown if_known = IfKnown::Refuse) {
    const auto done = archive_.put(race, if_known);
    HS_CHECK(done.has_value(), "a race goes in");
    return *done;
  }
  LinkReport link(LinkWhat what = LinkWhat::WhatIsNew) {
    const auto report = link_archive(archive_, what);
    HS_CHECK(report.has_value(), report ? "" : report.error().message.c_str());
    return *report;
  }
  /// The person of a result, which must have one.
  archive::PersonId who(const char* race, const char* bib) {
    const auto result = archive_.result_named({race, bib});
    HS_CHECK(result.has_value(), race);
    const auto person = archive_.person_of(*result);
    HS_CHECK(person && *person, bib);
    return **person;
  }
  void put_three() {
    put(race_of("one", 2001, kFirst));
    link();
    put(race_of("two", 2002, kSecond));
    link();
    put(race_of("three", 2003, kThird));
    link();
  }

  test::TempFolder folder_;
  Archive archive_;
};

TEST_F(ArchiveLinking, RacesThatComeOneByOneMeetInOnePerson) {
  put_three();
  const auto person = archive_.person(who("one", "1"));
  ASSERT_TRUE(person);
  ASSERT_THAT(person->results, SizeIs(3));
  EXPECT_EQ(person->name, "Quillfeather, Ida");
  EXPECT_EQ(person->results[0].race.id, "one");
  EXPECT_EQ(person->results[2].race.date, (base::Date{2003, 4, 16}));
  ASSERT_THAT(person->results[1].race.results, SizeIs(1));
  EXPECT_EQ(person->results[1].race.results[0].age, 31);
  EXPECT_EQ(link().results, 0U) << "nothing is new";
}

TEST_F(ArchiveLinking, APersonIsFoundAsTyped) {
  put_three();
  for (const char* typed : {"quill", "Ida Quillf", "QUILLFEATHER, ida", "ida m quill"}) {
    const auto hits = archive_.find_people(typed, 5);
    ASSERT_TRUE(hits) << hits.error().text();
    ASSERT_THAT(*hits, SizeIs(1)) << typed;
    EXPECT_EQ(hits->front().results, 3U);
    EXPECT_EQ(hits->front().first, (base::Date{2001, 4, 16}));
    EXPECT_EQ(hits->front().place, "Oldport, MA");
  }
  EXPECT_THAT(*archive_.find_people("", 5), IsEmpty());
  EXPECT_THAT(*archive_.find_people("\"*' -", 5), IsEmpty());
  EXPECT_THAT(*archive_.find_people("nobody", 5), IsEmpty());
}

TEST_F(ArchiveLinking, AWordSurvivesARaceThatIsReplaced) {
  put_three();
  EXPECT_NE(who("one", "2"), who("three", "6"));
  ASSERT_TRUE(archive_.add_word({true, {"one", "2"}, {"three", "6"}, "J. Roe", "2026-01-01"}));
  ASSERT_TRUE(archive_.add_word({false, {"one", "1"}, {"two", "7"}, "I. Q.", "2026-01-01"}));
  link();
  EXPECT_EQ(who("one", "2"), who("three", "6"));
  EXPECT_NE(who("one", "1"), who("two", "7"));
  std::vector<Row> corrected = kThird;
  corrected.push_back({"9", "Late, Lea", 50});
  EXPECT_EQ(put(race_of("three", 2003, corrected), IfKnown::Replace), Put::Replaced);
  link();
  EXPECT_EQ(who("one", "2"), who("three", "6"));
  EXPECT_NE(who("one", "1"), who("two", "7"));
  link(LinkWhat::Everything);
  EXPECT_EQ(who("one", "2"), who("three", "6"));
  EXPECT_NE(who("one", "1"), who("two", "7"));
}

TEST_F(ArchiveLinking, TheLastWordOfTwoCounts) {
  put_three();
  for (const bool is_same : {false, true}) {
    ASSERT_TRUE(archive_.add_word({is_same, {"one", "1"}, {"two", "7"}, "I. Q.", "2026-01-01"}));
    link();
    EXPECT_EQ(who("one", "1") == who("two", "7"), is_same);
  }
}

TEST_F(ArchiveLinking, WhatIsKeptOfARaceChangesNothing) {
  put_three();
  EXPECT_TRUE(*archive_.fold_of(1, history::kFoldEdition));
  EXPECT_FALSE(*archive_.fold_of(1, history::kFoldEdition + 1)) << "of other rules";
  const archive::PersonId ida = who("one", "1");
  // A race that is replaced is folded anew, and so are all of an archive from before.
  put(race_of("two", 2002, {{"7", "Quillfeather, Ida", 31}}), IfKnown::Replace);
  EXPECT_FALSE(*archive_.fold_of(2, history::kFoldEdition));
  const auto loaded = load_roll(archive_);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->results.size(), 5U);
  EXPECT_THAT(loaded->new_folds, SizeIs(1));
  link();
  EXPECT_TRUE(*archive_.fold_of(2, history::kFoldEdition));
  EXPECT_EQ(who("two", "7"), ida);
}

TEST_F(ArchiveLinking, ARunnerWhoIsTakenOutOfARaceLeavesThePerson) {
  put_three();
  const archive::PersonId ida = who("one", "1");
  put(race_of("two", 2002, {{"8", "Doe, Ann", 25}}), IfKnown::Replace);
  link();
  const auto person = archive_.person(ida);
  ASSERT_TRUE(person);
  EXPECT_THAT(person->results, SizeIs(2));
  EXPECT_EQ(archive_.find_people("quill", 5)->front().results, 2U);
}

TEST_F(ArchiveLinking, WhoIsForgottenStaysForgotten) {
  put_three();
  const auto person = archive_.person(who("one", "1"));
  std::vector<ResultId> results;
  for (const auto& result : person->results) results.push_back(result.id);
  ASSERT_TRUE(archive_.forget(results));
  link();
  EXPECT_THAT(*archive_.find_people("quill", 5), IsEmpty());
  EXPECT_FALSE(archive_.person(person->id));
  const auto race = archive_.race("two");
  ASSERT_TRUE(race);
  EXPECT_EQ(race->name_of(race->results[0]), "");
  EXPECT_FALSE(race->results[0].age);
  EXPECT_TRUE(race->results[0].net) << "the time stays";
  // The same file is the same, and a corrected one does not bring the name back.
  EXPECT_EQ(put(race_of("two", 2002, kSecond)), Put::Unchanged);
  std::vector<Row> corrected = kSecond;
  corrected[0].age = 33;
  corrected[1].age = 26;
  EXPECT_EQ(put(race_of("two", 2002, corrected), IfKnown::Replace), Put::Replaced);
  link(LinkWhat::Everything);
  EXPECT_THAT(*archive_.find_people("quill", 5), IsEmpty());
  EXPECT_THAT(*archive_.find_people("doe", 5), SizeIs(1));
  const auto bytes = base::read_file(path());
  ASSERT_TRUE(bytes);
  for (const char* name : {"Quillfeather", "quillfeather"}) {
    EXPECT_EQ(bytes->find(name), std::string::npos) << "nor in a corner of the file";
  }
}

TEST_F(ArchiveLinking, WhatCannotBeNamedIsRefused) {
  put_three();
  EXPECT_EQ(archive_.result_named({"four", "1"}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(archive_.result_named({"one", "77"}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(*archive_.result_named({"one", "#2"}), *archive_.result_named({"one", "1"}));
  EXPECT_EQ(archive_.result_named({"one", "#x"}).error().code, base::ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace hs::engine
