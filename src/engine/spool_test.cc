#include "engine/spool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "support/memory_disk.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

using test::MemoryDisk;

constexpr const char* kFirst = "spool/mat-1-00000001.spool";

base::RaceTime at(int seconds) { return base::RaceTime(std::chrono::seconds(seconds)); }

Spool open(const MemoryDisk& disk) {
  auto spool = Spool::open(disk, "spool", "mat-1");
  EXPECT_TRUE(spool.has_value());
  return std::move(spool).value();
}

/// All that is behind the cursor, a word a record.
std::string drain(Spool& spool) {
  std::string out;
  for (;;) {
    const auto record = spool.next();
    if (!record) return out + "!" + record.error().message;
    if (!*record) return out;
    out += (*record)->kind == SpoolKind::Opened   ? "( "
           : (*record)->kind == SpoolKind::Closed ? ") "
                                                  : (*record)->bytes + " ";
  }
}

void fill(Spool& spool) {
  ASSERT_TRUE(spool.append(SpoolKind::Opened, at(1)));
  ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(2), "one"));
  ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(3), "two"));
  ASSERT_TRUE(spool.append(SpoolKind::Closed, at(4)));
}

TEST(Spool, GivesWhatCameInOrderAlsoAfterItWasKilled) {
  MemoryDisk disk;
  {
    Spool spool = open(disk);
    fill(spool);
    EXPECT_EQ(drain(spool), "( one two ) ");
    EXPECT_EQ(drain(spool), "");
    ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(5), "three"));
    EXPECT_EQ(drain(spool), "three ");
  }
  Spool again = open(disk);
  EXPECT_EQ(again.found().records, 5u);
  EXPECT_EQ(drain(again), "( one two ) three ");
}

TEST(Spool, KeepsWhenEachCame) {
  MemoryDisk disk;
  Spool spool = open(disk);
  fill(spool);
  (void)spool.next();
  EXPECT_EQ(spool.next()->value().received, at(2));
}

TEST(Spool, WhatIsConfirmedIsNotDrainedAgain) {
  MemoryDisk disk;
  {
    Spool spool = open(disk);
    fill(spool);
    (void)spool.next();
    SpoolPosition position = spool.next()->value().at;
    position.skip = 2;  // "on" was a whole frame.
    ASSERT_TRUE(spool.confirm(position));
    // Only every so often is it written: this is far enough.
    ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(5), std::string(70'000, 'x')));
    while (*spool.next()) {
    }
    ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(6), "last"));
    ASSERT_TRUE(spool.confirm(spool.next()->value().at));
  }
  Spool again = open(disk);
  EXPECT_EQ(again.found().records, 1u);
  EXPECT_EQ(drain(again), "last ");
}

TEST(Spool, AConfirmedPartOfARecordIsSkipped) {
  MemoryDisk disk;
  Spool spool = open(disk);
  ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(1), std::string(100'000, 'x') + "rest"));
  SpoolPosition position = spool.next()->value().behind;
  ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(2), "abcdef"));
  position = spool.next()->value().at;
  position.skip = 4;
  ASSERT_TRUE(spool.confirm(position));
  Spool again = open(disk);
  EXPECT_EQ(drain(again), "ef ");
}

TEST(Spool, ATornLastRecordIsCutOffAtEveryLength) {
  MemoryDisk whole;
  {
    Spool spool = open(whole);
    fill(spool);
  }
  const std::string bytes = whole.contents.at(kFirst);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    SCOPED_TRACE(length);
    MemoryDisk disk;
    disk.contents[kFirst] = bytes.substr(0, length);
    Spool spool = open(disk);
    const std::string before = drain(spool);
    EXPECT_EQ(std::string("( one two ) ").compare(0, before.size(), before), 0);
    ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(9), "on"));
    EXPECT_EQ(drain(spool), "on ");
    Spool again = open(disk);
    EXPECT_EQ(drain(again), before + "on ");
    EXPECT_EQ(again.found().torn_bytes, 0u);
  }
}

TEST(Spool, AChangedBitAnywhereCostsItsOwnRecordAlone) {
  MemoryDisk whole;
  {
    Spool spool = open(whole);
    fill(spool);
  }
  const std::string bytes = whole.contents.at(kFirst);
  const std::vector<std::string> left = {"one two ) ", "( two ) ", "( one ) ", "( one two "};
  for (std::size_t i = 0; i < 8 * bytes.size(); ++i) {
    MemoryDisk disk;
    disk.contents[kFirst] = bytes;
    disk.contents[kFirst][i / 8] = static_cast<char>(bytes[i / 8] ^ (1 << (i % 8)));
    Spool spool = open(disk);
    const std::string got = drain(spool);
    EXPECT_NE(std::find(left.begin(), left.end(), got), left.end()) << i << " " << got;
    EXPECT_GT(spool.found().torn_bytes + spool.found().lost_bytes, 0u) << i;
  }
}

TEST(Spool, WhatIsDamagedWhileItIsOpenIsPassedOverAndSaid) {
  MemoryDisk disk;
  Spool spool = open(disk);
  fill(spool);
  std::string& bytes = disk.contents.at(kFirst);
  bytes[bytes.find("one")] = 'c';
  (void)spool.next();
  const auto record = spool.next();
  ASSERT_TRUE(record.has_value() && record->has_value());
  EXPECT_EQ((*record)->bytes, "two");
  EXPECT_TRUE((*record)->is_behind_damage);
  EXPECT_EQ(spool.damaged_bytes(), 23u);  // Twenty of its head, and "one".
  EXPECT_EQ(drain(spool), ") ");
}

TEST(Spool, AFullDiskIsSaidAndCostsNothingThatWasThere) {
  for (const bool can_cut : {true, false}) {
    for (std::size_t room = 0; room < 30; ++room) {
      SCOPED_TRACE(room);
      MemoryDisk disk;
      Spool spool = open(disk);
      fill(spool);
      disk.room = room;
      disk.can_cut = can_cut;
      const auto done = spool.append(SpoolKind::Bytes, at(5), "a longer word");
      ASSERT_FALSE(done.has_value());
      EXPECT_EQ(done.error().code, base::ErrorCode::DiskFull);
      disk.room.reset();
      disk.can_cut = true;
      ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(6), "more"));
      EXPECT_EQ(drain(spool), "( one two ) more ");
      Spool again = open(disk);
      EXPECT_EQ(drain(again), "( one two ) more ");
    }
  }
}

TEST(Spool, SegmentsThatAreConfirmedGo) {
  MemoryDisk disk;
  Spool spool = open(disk);
  const std::string megabyte(Spool::kMostRecordBytes, 'x');
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(i), megabyte));
  EXPECT_EQ(disk.contents.size(), 3u);
  EXPECT_GT(spool.unconfirmed_bytes(), 40u << 20u);
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(spool.confirm(spool.next()->value().behind));
  EXPECT_EQ(disk.contents.size(), 1u);
  EXPECT_LT(spool.unconfirmed_bytes(), 10000u);
  Spool again = open(disk);
  EXPECT_EQ(again.found().records, 0u);
  ASSERT_TRUE(again.append(SpoolKind::Bytes, at(50), "next"));
  EXPECT_EQ(drain(again), "next ");
}

TEST(Spool, LongBytesAreSeveralRecords) {
  MemoryDisk disk;
  Spool spool = open(disk);
  ASSERT_TRUE(spool.append(SpoolKind::Bytes, at(1), std::string(2'500'000, 'x')));
  std::size_t bytes = 0;
  std::size_t records = 0;
  for (;;) {
    const auto record = spool.next();
    ASSERT_TRUE(record.has_value());
    if (!*record) break;
    bytes += (*record)->bytes.size();
    ++records;
  }
  EXPECT_EQ(bytes, 2'500'000u);
  EXPECT_EQ(records, 3u);
}

TEST(Spool, OnTheComputersOwnDiskTensOfThousandsOfRecordsAreDrained) {
  const test::TempFolder folder;
  constexpr int kRecords = 30'000;
  {
    auto spool = Spool::open(base::system_disk(), folder.path(), "mat-1");
    ASSERT_TRUE(spool.has_value());
    for (int i = 0; i < kRecords; ++i) ASSERT_TRUE(spool->append(SpoolKind::Bytes, at(i), "read;"));
  }
  auto again = Spool::open(base::system_disk(), folder.path(), "mat-1");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->found().records, static_cast<std::uint64_t>(kRecords));
  EXPECT_EQ(drain(*again).size(), std::size_t{6} * kRecords);
}

TEST(Spool, TwoSourcesOfOneFolderDoNotMix) {
  MemoryDisk disk;
  Spool one = open(disk);
  auto other = Spool::open(disk, "spool", "mat-1-b");
  ASSERT_TRUE(other.has_value());
  fill(one);
  ASSERT_TRUE(other->append(SpoolKind::Bytes, at(1), "else"));
  Spool again = open(disk);
  EXPECT_EQ(drain(again), "( one two ) ");
  EXPECT_FALSE(Spool::open(disk, "spool", "../mat").has_value());
  EXPECT_FALSE(Spool::open(disk, "spool", "").has_value());
}

}  // namespace
}  // namespace hs::engine
