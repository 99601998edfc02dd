#include "log/race_file.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "base/check.h"
#include "base/file.h"
#include "support/log_facts.h"
#include "support/temp_folder.h"

namespace hs::log {
namespace {

using base::ErrorCode;
using model::FactSeq;
using test::contents;
using test::LogFacts;
using What = Appended::What;
using Strings = std::vector<std::string>;

/// Runs SQL on a race file behind the program's back.
void tamper(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << (message == nullptr ? "" : message);
  sqlite3_free(message);
  sqlite3_close(database);
}

class RaceFileTest : public testing::Test {
 protected:
  /// Opens, and fails the test where that fails.
  RaceFile open(OpenMode mode = OpenMode::ReadWrite) {
    auto file = try_open(mode);
    HS_CHECK(file, "a test could not open its race file");
    return std::move(*file);
  }
  base::Result<RaceFile> try_open(OpenMode mode = OpenMode::ReadWrite) {
    OpenOptions options;
    options.mode = mode;
    options.clock = &clock_;
    return RaceFile::open(path_, options);
  }
  std::vector<Appended> append(RaceFile& file, const LogFacts& facts) {
    auto outcomes = file.append(facts.facts());
    EXPECT_TRUE(outcomes) << (outcomes ? "" : outcomes.error().text());
    return outcomes ? *outcomes : std::vector<Appended>();
  }
  /// A file of two commits: facts 1 to 3 and 4 to 5.
  void write_sample() {
    RaceFile file = open();
    append(file, LogFacts().add("one").add("two", "Ana").add_named(7, 1, "three"));
    clock_.advance(std::chrono::seconds(1));
    append(file, LogFacts().add("four", "Bea").add_named(8, 1, "five"));
  }
  std::string verify_error() {
    const auto file = try_open(OpenMode::ReadOnly);
    if (!file) return file.error().text();
    const auto verified = file->verify();
    return verified ? "" : verified.error().text();
  }

  test::TempFolder folder_;
  std::string path_ = folder_ / "harbour.race";
  base::ManualClock clock_{base::RaceTime(base::Duration(1'778'220'000'000'000))};
};

TEST_F(RaceFileTest, WhatIsAppendedIsThereAfterReopening) {
  write_sample();
  const RaceFile file = open();
  EXPECT_EQ(contents(file),
            (Strings{"1:15:one:", "2:15:two:Ana", "3:5:three:", "4:15:four:Bea", "5:5:five:"}));
  EXPECT_EQ(file.head().last, FactSeq(5));
}

TEST_F(RaceFileTest, ReplayCanBeginInTheMiddle) {
  write_sample();
  const RaceFile file = open();
  std::vector<std::uint64_t> seen;
  const auto done = file.replay(
      [&](const StoredFact& fact) {
        seen.push_back(fact.seq.raw());
        return base::Result<void>();
      },
      FactSeq(4));
  EXPECT_TRUE(done);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{4, 5}));
}

TEST_F(RaceFileTest, ReplayEndsWithTheErrorOfTheVisitor) {
  write_sample();
  const RaceFile file = open();
  const auto done = file.replay([](const StoredFact& fact) -> base::Result<void> {
    if (fact.seq == FactSeq(2)) return base::fail(ErrorCode::Unsupported, "enough");
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "enough");
}

TEST_F(RaceFileTest, AnEmptyLogStandsAtZero) {
  RaceFile file = open();
  EXPECT_EQ(file.head().last, FactSeq());
  EXPECT_TRUE(contents(file).empty());
  EXPECT_TRUE(append(file, LogFacts()).empty());
  const auto verified = file.verify();
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->commits, 0U);
}

TEST_F(RaceFileTest, ACopyIsNamedAndNotStored) {
  RaceFile file = open();
  append(file, LogFacts().add_named(1, 10, "read"));
  const auto again = append(file, LogFacts().add_named(1, 10, "read, on another line"));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].what, What::Copy);
  EXPECT_EQ(again[0].seq, FactSeq(1));
  EXPECT_EQ(contents(file), (Strings{"1:5:read:"}));
}

TEST_F(RaceFileTest, TheSameIdentityWithOtherContentIsAConflictAndNotStored) {
  RaceFile file = open();
  append(file, LogFacts().add("x").add_named(1, 10, "read"));
  const auto again = append(file, LogFacts().add_named(1, 11, "other"));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].what, What::Conflict);
  EXPECT_EQ(again[0].seq, FactSeq(2));
  EXPECT_EQ(file.head().last, FactSeq(2));
}

TEST_F(RaceFileTest, CopiesWithinOneBatchAreSeenAndNumbersHaveNoHoles) {
  RaceFile file = open();
  const auto outcomes = append(file, LogFacts()
                                         .add_named(1, 1, "a")
                                         .add_named(1, 1, "a")
                                         .add_named(2, 1, "b")
                                         .add_named(1, 2, "c")
                                         .add("note"));
  const std::vector<std::pair<What, std::uint64_t>> expected = {
      {What::New, 1}, {What::Copy, 1}, {What::New, 2}, {What::Conflict, 1}, {What::New, 3}};
  ASSERT_EQ(outcomes.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(outcomes[i].what, expected[i].first) << i;
    EXPECT_EQ(outcomes[i].seq, FactSeq(expected[i].second)) << i;
  }
}

TEST_F(RaceFileTest, IdentitiesAreKnownAgainAfterReopening) {
  write_sample();
  {
    RaceFile without_replay = open();
    EXPECT_EQ(append(without_replay, LogFacts().add_named(7, 1, "x"))[0].what, What::Copy);
  }
  RaceFile with_replay = open();
  EXPECT_EQ(contents(with_replay).size(), 5U);
  EXPECT_EQ(append(with_replay, LogFacts().add_named(8, 2, "x"))[0].what, What::Conflict);
  const auto holder = with_replay.find(test::named(8));
  ASSERT_TRUE(holder);
  EXPECT_EQ(*holder, std::optional<FactSeq>(FactSeq(5)));
  const auto nobody = with_replay.find(test::named(99));
  ASSERT_TRUE(nobody);
  EXPECT_EQ(*nobody, std::nullopt);
}

TEST_F(RaceFileTest, FactsWithoutIdentityAreAlwaysNew) {
  RaceFile file = open();
  append(file, LogFacts().add("same").add("same"));
  EXPECT_EQ(file.head().last, FactSeq(2));
}

TEST_F(RaceFileTest, ACommitRemembersWhenItWasRecorded) {
  write_sample();
  const RaceFile file = open();
  const auto early = file.recorded_at(FactSeq(2));
  const auto late = file.recorded_at(FactSeq(5));
  const auto none = file.recorded_at(FactSeq(6));
  ASSERT_TRUE(early && late && none);
  ASSERT_TRUE(*early && *late);
  EXPECT_EQ(**late - **early, std::chrono::seconds(1));
  EXPECT_FALSE(*none);
}

TEST_F(RaceFileTest, EqualFactsGiveEqualChainsAndOtherFactsDoNot) {
  auto head_of = [](const char* body) {
    const base::ManualClock clock;
    auto file = RaceFile::in_memory(&clock);
    LogFacts facts;
    facts.add("first").add(body);
    EXPECT_TRUE(file->append(facts.facts()));
    return file->head().chain;
  };
  EXPECT_EQ(head_of("x"), head_of("x"));
  EXPECT_NE(head_of("x"), head_of("y"));
}

TEST_F(RaceFileTest, VerifyCountsWhatItLookedAt) {
  write_sample();
  const RaceFile file = open();
  const auto verified = file.verify();
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_EQ(verified->facts, 5U);
  EXPECT_EQ(verified->commits, 2U);
  EXPECT_EQ(verified->people, 2U);
  EXPECT_EQ(verified->head.chain, file.head().chain);
}

struct Tampering {
  const char* sql;
  const char* names;  ///< What the error must say.
};

TEST_F(RaceFileTest, VerifyNamesTheFactThatWasTamperedWith) {
  const Tampering cases[] = {
      {"UPDATE facts SET body='tvo' WHERE seq=2", "fact 2 was changed"},
      {"UPDATE facts SET kind=9 WHERE seq=3", "fact 3 was changed"},
      {"UPDATE facts SET identity=zeroblob(16) WHERE seq=3", "fact 3 was changed"},
      {"UPDATE facts SET identity=NULL WHERE seq=5", "fact 5 was changed"},
      {"UPDATE facts SET mark=2 WHERE seq=5", "fact 5 was changed"},
      {"UPDATE facts SET crc=crc+1 WHERE seq=1", "fact 1 was changed"},
      {"DELETE FROM facts WHERE seq=2", "fact 2 is missing"},
      {"DELETE FROM facts WHERE seq=5", "fact 5 is missing"},
      {"INSERT INTO facts SELECT 6,kind,identity,mark,body,crc FROM facts WHERE seq=5",
       "fact 6 was changed"},
      {"DELETE FROM commits WHERE last=5", "fact 4 is in no commit"},
      {"DELETE FROM commits WHERE last=3", "facts 4 to 5 does not follow the beginning"},
      {"UPDATE commits SET recorded_at=recorded_at+1 WHERE last=3", "facts 1 to 3"},
      {"UPDATE commits SET chain=zeroblob(32) WHERE last=3", "facts 1 to 3"},
      {"UPDATE people SET fields='Eva' WHERE seq=4", "fact 4 has a person's fields"},
      {"UPDATE people SET seq=9 WHERE seq=4", "point to fact 9"},
  };
  for (const Tampering& tampering : cases) {
    std::filesystem::remove(path_);
    write_sample();
    ASSERT_EQ(verify_error(), "");
    tamper(path_, tampering.sql);
    EXPECT_NE(verify_error().find(tampering.names), std::string::npos)
        << tampering.sql << "\n  said: " << verify_error();
  }
}

TEST_F(RaceFileTest, OpeningChecksTheLastCommits) {
  write_sample();
  tamper(path_, "UPDATE facts SET body='tvo' WHERE seq=2");
  const auto file = try_open();
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::Corrupt);
  EXPECT_EQ(file.error().place.file, path_);
}

TEST_F(RaceFileTest, AnOldChangeIsFoundByReplayAndVerifyAndDoesNotStopTheOpening) {
  {
    RaceFile file = open();
    for (int i = 0; i < 40; ++i) append(file, LogFacts().add("fact " + std::to_string(i)));
  }
  tamper(path_, "UPDATE facts SET body='x' WHERE seq=3");
  const RaceFile file = open();
  EXPECT_EQ(contents(file).back(), "fact 3 was changed: it does not match its checksum");
  EXPECT_FALSE(file.verify());
}

TEST_F(RaceFileTest, ASecondWriterIsRefusedAndReadersAreNot) {
  RaceFile first = open();
  append(first, LogFacts().add("one"));
  const auto second = try_open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Busy);
  EXPECT_NE(second.error().message.find("another program is writing"), std::string::npos);
  const RaceFile reader = open(OpenMode::ReadOnly);
  EXPECT_EQ(contents(reader).size(), 1U);
  append(first, LogFacts().add("two"));
  EXPECT_EQ(contents(reader).size(), 1U) << "a reader keeps to what it opened";
  EXPECT_EQ(contents(open(OpenMode::ReadOnly)).size(), 2U);
}

TEST_F(RaceFileTest, ACopyInMemoryIsTheWholeLogAndDisturbsNobody) {
  RaceFile writer = open();
  append(writer, LogFacts().add("one", "Ana").add_named(7, 1, "two"));
  auto copy = RaceFile::copy_in_memory(path_);
  ASSERT_TRUE(copy) << copy.error().text();
  EXPECT_EQ(contents(*copy), contents(writer));
  EXPECT_EQ(copy->head().chain, writer.head().chain);
  // It knows what it has, and goes on by itself.
  const auto outcomes = append(*copy, LogFacts().add_named(7, 1, "two").add("of the copy"));
  EXPECT_EQ(outcomes[0].what, Appended::What::Copy);
  EXPECT_EQ(outcomes[1].seq, FactSeq(3));
  EXPECT_TRUE(copy->verify());
  append(writer, LogFacts().add("of the writer"));
  EXPECT_EQ(contents(writer), (Strings{"1:15:one:Ana", "2:5:two:", "3:15:of the writer:"}));
}

TEST_F(RaceFileTest, ACopyInMemoryOfNothingIsNotFoundAndMakesNothing) {
  const auto copy = RaceFile::copy_in_memory(path_);
  ASSERT_FALSE(copy);
  EXPECT_EQ(copy.error().code, ErrorCode::NotFound);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(RaceFileTest, TheNextWriterMayComeWhenTheFirstIsGone) {
  write_sample();
  EXPECT_TRUE(try_open());
  EXPECT_FALSE(std::filesystem::exists(path_ + "-lock"));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
}

TEST_F(RaceFileTest, ALockFileLeftBehindHoldsNobodyUp) {
  ASSERT_TRUE(base::write_file(path_ + "-lock", ""));
  EXPECT_TRUE(try_open());
}

TEST_F(RaceFileTest, ReadingWhatIsNotThereIsNotFoundAndMakesNothing) {
  const auto file = try_open(OpenMode::ReadOnly);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::NotFound);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(RaceFileTest, WhatIsNoRaceFileIsRefusedAndLeftAsItIs) {
  const std::string text(5000, 'x');
  ASSERT_TRUE(base::write_file(path_, text));
  for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
    const auto file = try_open(mode);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, ErrorCode::InvalidInput);
  }
  EXPECT_EQ(*base::read_file(path_), text);

  std::filesystem::remove(path_);
  tamper(path_, "CREATE TABLE other(x)");
  const auto foreign = try_open();
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::InvalidInput);
  EXPECT_NE(foreign.error().message.find("another program"), std::string::npos);
}

TEST_F(RaceFileTest, AnEmptyFileBecomesARaceFileForAWriterOnly) {
  ASSERT_TRUE(base::write_file(path_, ""));
  EXPECT_FALSE(try_open(OpenMode::ReadOnly));
  EXPECT_TRUE(try_open());
}

TEST_F(RaceFileTest, AFileOfANewerVersionIsRefusedInClearWords) {
  write_sample();
  tamper(path_, "PRAGMA user_version=" + std::to_string(kSchemaVersion + 1));
  for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
    const auto file = try_open(mode);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, ErrorCode::Unsupported);
    EXPECT_NE(file.error().message.find("newer version"), std::string::npos);
  }
}

TEST_F(RaceFileTest, AFileOfVersionOneIsReadAsItIsAndMigratedByAWriter) {
  write_sample();
  const Strings before = contents(open());
  tamper(path_, "DROP TABLE copies; PRAGMA user_version=1;");
  {
    const RaceFile reader = open(OpenMode::ReadOnly);
    EXPECT_EQ(contents(reader), before);
    const auto counts = reader.copies();
    ASSERT_TRUE(counts);
    EXPECT_TRUE(counts->empty());
  }
  RaceFile writer = open();
  EXPECT_EQ(contents(writer), before);
  EXPECT_TRUE(writer.set_copies(std::vector<CopyCount>{{FactSeq(3), 2}}));
  append(writer, LogFacts().add("six"));
  EXPECT_TRUE(writer.verify());
}

TEST_F(RaceFileTest, TheCacheOfCopiesIsKeptAndMayBeDeleted) {
  write_sample();
  {
    RaceFile file = open();
    ASSERT_TRUE(file.set_copies(std::vector<CopyCount>{{FactSeq(5), 1}, {FactSeq(3), 4}}));
    ASSERT_TRUE(file.set_copies(std::vector<CopyCount>{{FactSeq(5), 2}}));
  }
  {
    const auto counts = open(OpenMode::ReadOnly).copies();
    ASSERT_TRUE(counts);
    ASSERT_EQ(counts->size(), 2U);
    EXPECT_EQ((*counts)[0].seq, FactSeq(3));
    EXPECT_EQ((*counts)[1].count, 2U);
  }
  tamper(path_, "DROP TABLE copies");
  RaceFile file = open();
  EXPECT_TRUE(file.copies()->empty());
  EXPECT_TRUE(file.set_copies(std::vector<CopyCount>{{FactSeq(3), 1}}));
  EXPECT_EQ(file.copies()->size(), 1U);
  EXPECT_TRUE(file.verify());
}

TEST_F(RaceFileTest, AnErasedPersonIsGoneFromTheFileAndTheChainStaysWhole) {
  const std::string secret = "Theodora-Unmistakable";
  base::Digest chain{};
  {
    RaceFile file = open();
    append(file, LogFacts().add("entry", secret + " 1").add("other", "Bea"));
    append(file, LogFacts().add("entry, changed", secret + " 2"));
    chain = file.head().chain;
    const FactSeq gone[] = {FactSeq(1), FactSeq(3), FactSeq(3)};
    const auto erased = file.erase_personal(gone);
    ASSERT_TRUE(erased) << erased.error().text();
    EXPECT_EQ(*erased, 2U);
    // Also while the file is still open: nothing may linger in the journal.
    for (const char* side : {"", "-wal"}) {
      const auto bytes = base::read_file(path_ + side);
      ASSERT_TRUE(bytes);
      EXPECT_EQ(bytes->find(secret), std::string::npos) << side;
    }
  }
  const RaceFile file = open();
  EXPECT_EQ(contents(file), (Strings{"1:15:entry:", "2:15:other:Bea", "3:15:entry, changed:"}));
  EXPECT_EQ(file.head().chain, chain);
  const auto verified = file.verify();
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->people, 1U);
}

TEST_F(RaceFileTest, ErasingSaysSoWhileAReaderKeepsTheJournal) {
  write_sample();
  RaceFile file = open();
  append(file, LogFacts().add("six", "Cleo"));
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM people", nullptr, nullptr, nullptr),
            SQLITE_OK);
  const FactSeq gone[] = {FactSeq(6)};
  const auto erased = file.erase_personal(gone);
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().code, ErrorCode::Busy);
  sqlite3_close(reader);
  EXPECT_TRUE(file.erase_personal(gone)) << "asking again finishes it";
  EXPECT_EQ(base::read_file(path_)->find("Cleo"), std::string::npos);
}

TEST_F(RaceFileTest, ABackupMadeWhileWritingIsAValidRaceFile) {
  const std::string copy = folder_ / "copy.race";
  RaceFile file = open();
  append(file, LogFacts().add("one").add("two", "Ana"));
  const RaceFile reader = open(OpenMode::ReadOnly);
  ASSERT_TRUE(file.backup(copy));
  append(file, LogFacts().add("three"));
  {
    const auto backup = RaceFile::open(copy, {OpenMode::ReadOnly, nullptr, {}});
    ASSERT_TRUE(backup) << backup.error().text();
    EXPECT_EQ(contents(*backup), (Strings{"1:15:one:", "2:15:two:Ana"}));
    EXPECT_TRUE(backup->verify());
  }
  // A second backup replaces the first; it may come from a connection that only reads.
  ASSERT_TRUE(reader.backup(copy));
  auto backup = RaceFile::open(copy);
  ASSERT_TRUE(backup);
  EXPECT_EQ(contents(*backup).size(), 3U);
  append(*backup, LogFacts().add("four"));
  EXPECT_TRUE(backup->verify());
  EXPECT_FALSE(std::filesystem::exists(copy + ".part"));
}

TEST_F(RaceFileTest, ABackupNeverReplacesAFileInUse) {
  write_sample();
  RaceFile file = open();
  const auto over_itself = file.backup(path_);
  ASSERT_FALSE(over_itself);
  EXPECT_EQ(over_itself.error().code, ErrorCode::InvalidInput);
  const std::string other = folder_ / "other.race";
  auto in_use = RaceFile::open(other);
  ASSERT_TRUE(in_use);
  const auto refused = file.backup(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::Busy);
  const auto nowhere = file.backup(folder_ / "missing/copy.race");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::Io);
}

TEST_F(RaceFileTest, ALogInMemoryDoesTheSameWithoutAFile) {
  auto file = RaceFile::in_memory(&clock_);
  ASSERT_TRUE(file);
  append(*file, LogFacts().add("one", "Ana").add_named(1, 1, "two"));
  EXPECT_EQ(append(*file, LogFacts().add_named(1, 1, "two"))[0].what, What::Copy);
  EXPECT_EQ(contents(*file), (Strings{"1:15:one:Ana", "2:5:two:"}));
  EXPECT_TRUE(file->verify());
  ASSERT_TRUE(file->backup(path_));
  EXPECT_EQ(contents(open()), contents(*file));
}

TEST_F(RaceFileTest, BodiesMayHoldAnyBytesAndBeEmpty) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  {
    RaceFile file = open();
    append(file, LogFacts().add("").add(all).add(std::string(100'000, 'x')));
  }
  const RaceFile file = open();
  const Strings facts = contents(file);
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0], "1:15::");
  EXPECT_EQ(facts[1], "2:15:" + all + ":");
  EXPECT_TRUE(file.verify());
}

TEST_F(RaceFileTest, APathWithOddCharactersWorksForReadingToo) {
  path_ = folder_ / "100% harbour? #1.race";
  write_sample();
  EXPECT_EQ(contents(open(OpenMode::ReadOnly)).size(), 5U);
}

}  // namespace
}  // namespace hs::log
