#include "log/mirror.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "base/sqlite.h"
#include "log/race_file.h"
#include "support/log_facts.h"
#include "support/temp_folder.h"

namespace hs::log {
namespace {

using test::contents;
using test::LogFacts;

class MirrorTest : public testing::Test {
 protected:
  RaceFile race() {
    auto file = RaceFile::open(race_);
    EXPECT_TRUE(file) << file.error().text();
    return std::move(*file);
  }
  std::unique_ptr<Mirror> follow() {
    auto mirror = Mirror::open(race_, mirror_);
    EXPECT_TRUE(mirror) << mirror.error().text();
    return std::move(*mirror);
  }
  /// What the mirror holds, as a race file of its own that verifies.
  std::vector<std::string> mirrored() {
    OpenOptions reading;
    reading.mode = OpenMode::ReadOnly;
    const auto file = RaceFile::open(mirror_, reading);
    EXPECT_TRUE(file) << file.error().text();
    const auto verified = file->verify();
    EXPECT_TRUE(verified) << verified.error().text();
    return contents(*file);
  }

  test::TempFolder folder_;
  std::string race_ = folder_ / "harbour.race";
  std::string mirror_ = folder_ / "mirror.race";
};

TEST_F(MirrorTest, FollowsCommitByCommitAndIsARaceFileOfItsOwn) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one", "Ana").facts()).has_value());
  {
    const auto mirror = follow();
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(file.append(LogFacts().add("fact " + std::to_string(i), "Bea").facts()));
      mirror->wake();
      if (i % 7 != 0) continue;
      mirror->settle();
      EXPECT_EQ(mirrored(), contents(file)) << i;
      EXPECT_EQ(mirror->state().behind, 0u);
    }
    mirror->settle();
  }
  EXPECT_EQ(mirrored(), contents(file));
  OpenOptions reading;
  reading.mode = OpenMode::ReadOnly;
  EXPECT_EQ(RaceFile::open(mirror_, reading)->head().chain, file.head().chain);
}

TEST_F(MirrorTest, NeitherItNorTheWriterOfTheRaceWaitsForTheOther) {
  {
    RaceFile file = race();
    ASSERT_TRUE(file.append(LogFacts().add("one").add("two").facts()).has_value());
  }
  auto writer = base::Database::open(race_, base::Database::Access::Create);
  ASSERT_TRUE(writer.has_value());
  // The lock that a writer takes: who wanted it too would have to wait.
  const auto writing = base::Transaction::begin(*writer, base::Transaction::Kind::Write);
  ASSERT_TRUE(writing.has_value());
  const auto mirror = follow();
  mirror->settle();
  EXPECT_EQ(mirror->state().trouble, "");
  EXPECT_EQ(mirrored().size(), 2u);
}

TEST_F(MirrorTest, OneThatWasAwayCatchesUp) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one").facts()).has_value());
  follow()->settle();
  for (const char* late : {"two", "three"}) {
    ASSERT_TRUE(file.append(LogFacts().add(late).facts()).has_value());
  }
  follow()->settle();
  EXPECT_EQ(mirrored(), contents(file));
}

TEST_F(MirrorTest, APersonErasedInBetweenIsErasedThereToo) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one", "Ana").add("two", "Bea").facts()).has_value());
  follow()->settle();
  const std::vector<model::FactSeq> facts = {model::FactSeq(1)};
  ASSERT_TRUE(file.erase_personal(facts).has_value());
  follow()->settle();
  EXPECT_EQ(mirrored(), contents(file));
}

TEST_F(MirrorTest, APersonErasedWhileItFollowsIsErasedThereToo) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one", "Ana").add("two", "Bea").facts()).has_value());
  const auto mirror = follow();
  mirror->settle();
  const std::vector<model::FactSeq> facts = {model::FactSeq(1)};
  ASSERT_TRUE(file.erase_personal(facts).has_value());
  NewFact erase{model::FactKind::Erase, "{}", {}, std::nullopt, 0};
  ASSERT_TRUE(file.append(std::span(&erase, 1)).has_value());
  mirror->wake();
  mirror->settle();
  for (const char* side : {"", "-wal"}) {
    const auto bytes = base::read_file(mirror_ + side);
    EXPECT_TRUE(!bytes || bytes->find("Ana") == std::string::npos) << side;
  }
  EXPECT_EQ(mirrored(), contents(file));
}

TEST_F(MirrorTest, ADiskThatGoesIsSaidAndItCatchesUpWhenItIsBack) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one").facts()).has_value());
  mirror_ = std::string(folder_ / "disk") + "/mirror.race";
  std::filesystem::create_directory(folder_ / "disk");
  const auto mirror = follow();
  mirror->settle();
  EXPECT_EQ(mirror->state().trouble, "");
  // The place is taken by something that is no folder: nothing can be written there.
  std::filesystem::rename(folder_ / "disk", folder_ / "unplugged");
  std::ofstream(folder_ / "disk") << "x";
  ASSERT_TRUE(file.append(LogFacts().add("two").facts()).has_value());
  mirror->settle();
  EXPECT_NE(mirror->state().trouble, "");
  std::filesystem::remove(folder_ / "disk");
  std::filesystem::create_directory(folder_ / "disk");
  mirror->settle();
  EXPECT_EQ(mirror->state().trouble, "");
  EXPECT_EQ(mirrored(), contents(file));
}

TEST_F(MirrorTest, AnotherRaceAndTheRaceItselfAreRefused) {
  RaceFile file = race();
  ASSERT_TRUE(file.append(LogFacts().add("one").facts()).has_value());
  {
    auto other = RaceFile::open(mirror_);
    ASSERT_TRUE(other->append(LogFacts().add("another race").facts()).has_value());
  }
  const auto before = mirrored();
  const auto refused = Mirror::open(race_, mirror_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::ErrorCode::InvalidInput);
  EXPECT_EQ(mirrored(), before);
  EXPECT_FALSE(Mirror::open(race_, race_).has_value());
  std::ofstream(mirror_, std::ios::trunc) << "no race file";
  EXPECT_FALSE(Mirror::open(race_, mirror_).has_value());
}

}  // namespace
}  // namespace hs::log
