#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "base/check.h"
#include "log/race_file.h"
#include "support/faulty_disk.h"
#include "support/log_facts.h"

// The journal of a race file is cut at every byte and each byte of its last commit is flipped.
// Whatever is left must open as a beginning of the acknowledged facts, or be refused in precise
// words; and what opens must take new facts. The disk is in memory, so thousands of openings take
// seconds.

namespace hs::log {
namespace {

using test::contents;
using test::FaultyDisk;
using test::LogFacts;
using Strings = std::vector<std::string>;

constexpr const char* kFile = "harbour.race";
constexpr const char* kJournal = "harbour.race-wal";
constexpr std::size_t kJournalMax = 16 * 1024;

class RecoveryTest : public testing::Test {
 protected:
  void SetUp() override {
    make_file_with_small_pages();
    OpenOptions options = options_for_disk();
    auto file = RaceFile::open(kFile, options);
    HS_CHECK(file, "a test could not open its race file");
    for (int commit = 0; commit < 3; ++commit) {
      // Where the commits before this one end in the journal.
      last_commit_begins_ = disk_.bytes(kJournal).size();
      LogFacts facts;
      for (int i = 0; i < 4; ++i) {
        const auto name = static_cast<std::uint64_t>(commit) * 10 + static_cast<std::uint64_t>(i);
        facts.add_named(name, 1, "read number " + std::to_string(name));
      }
      facts.add("an entry", "Ana");
      HS_CHECK(file->append(facts.facts()), "a test could not append");
    }
    acknowledged_ = contents(*file);
    image_ = disk_.image();  // While it is open: closing would empty the journal.
    ASSERT_EQ(acknowledged_.size(), 15U);
    ASSERT_LE(image_[kJournal].size(), kJournalMax);
    ASSERT_GT(image_[kJournal].size(), last_commit_begins_);
  }

  OpenOptions options_for_disk() {
    OpenOptions options;
    options.vfs = disk_.vfs();
    options.clock = &clock_;
    return options;
  }

  /// Small pages keep the journal of three commits under 16 KB; nothing else depends on them.
  void make_file_with_small_pages() {
    { HS_CHECK(RaceFile::open(kFile, options_for_disk()), "a test could not make its file"); }
    sqlite3* database = nullptr;
    const int flags = SQLITE_OPEN_READWRITE;
    HS_CHECK(sqlite3_open_v2(kFile, &database, flags, disk_.vfs().c_str()) == SQLITE_OK, "open");
    const char* smaller =
        "PRAGMA journal_mode=DELETE; PRAGMA page_size=1024; VACUUM; PRAGMA journal_mode=WAL;";
    HS_CHECK(sqlite3_exec(database, smaller, nullptr, nullptr, nullptr) == SQLITE_OK, "VACUUM");
    sqlite3_close(database);
  }

  /// Opens what is left; gives how many facts it holds, or nothing if it was refused.
  std::optional<std::size_t> reopen(const std::string& journal, const std::string& what) {
    FaultyDisk::Image damaged = image_;
    damaged[kJournal] = journal;
    disk_.restore(damaged);
    auto file = RaceFile::open(kFile, options_for_disk());
    if (!file) {
      const bool precise = file.error().code == base::ErrorCode::Corrupt ||
                           file.error().code == base::ErrorCode::InvalidInput;
      EXPECT_TRUE(precise) << what << ": " << file.error().text();
      return std::nullopt;
    }
    const Strings facts = contents(*file);
    EXPECT_LE(facts.size(), acknowledged_.size()) << what;
    const bool is_beginning = facts.size() <= acknowledged_.size() &&
                              std::equal(facts.begin(), facts.end(), acknowledged_.begin());
    EXPECT_TRUE(is_beginning) << what << ": " << (facts.empty() ? "nothing" : facts.back());
    EXPECT_EQ(facts.size() % 5, 0U) << what << ": a commit is whole or absent";
    EXPECT_TRUE(file->append(LogFacts().add("after the damage").facts())) << what;
    const auto verified = file->verify();
    EXPECT_TRUE(verified) << what << ": " << verified.error().text();
    return facts.size();
  }

  FaultyDisk disk_;
  base::ManualClock clock_;
  FaultyDisk::Image image_;
  Strings acknowledged_;
  std::size_t last_commit_begins_ = 0;
};

TEST_F(RecoveryTest, AJournalCutAtAnyByteGivesABeginningOfTheFacts) {
  const std::string whole = image_[kJournal];
  std::size_t before = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto facts = reopen(whole.substr(0, size), "cut at byte " + std::to_string(size));
    ASSERT_TRUE(facts) << "a cut journal is never a reason to refuse the file";
    ASSERT_GE(*facts, before) << "a longer journal never gives fewer facts";
    before = *facts;
    if (HasFailure()) return;  // One is enough to look at.
  }
  EXPECT_EQ(before, acknowledged_.size()) << "the whole journal gives all";
}

TEST_F(RecoveryTest, AFlippedByteInTheLastCommitCostsThatCommitAtMost) {
  const std::string whole = image_[kJournal];
  std::size_t lost = 0;
  for (std::size_t at = last_commit_begins_; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x5a);
    const auto facts = reopen(flipped, "flipped byte " + std::to_string(at));
    if (facts) {
      ASSERT_GE(*facts, 10U) << "earlier commits must stay, byte " << at;
      if (*facts < acknowledged_.size()) ++lost;
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(lost, 0U) << "the journal's checksums notice";
}

TEST_F(RecoveryTest, AFlippedBitAnywhereInTheFileIsNeverTakenForAFact) {
  // The journal goes into the file first, so that the damage is to the file itself.
  { ASSERT_TRUE(RaceFile::open(kFile, options_for_disk())); }
  const std::string whole = disk_.bytes(kFile);
  std::size_t told = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    disk_.restore({{kFile, flipped}});
    OpenOptions options = options_for_disk();
    options.mode = OpenMode::ReadOnly;
    const auto file = RaceFile::open(kFile, options);
    if (!file) {
      ++told;
      continue;
    }
    const auto verified = file->verify();
    const Strings facts = contents(*file);
    // Either the damage is somewhere that means nothing, or it is told.
    ASSERT_TRUE(!verified || facts == acknowledged_) << "byte " << at;
    if (!verified) ++told;
  }
  EXPECT_GT(told, 100U) << "the facts themselves are in the bytes that were flipped";
}

}  // namespace
}  // namespace hs::log
