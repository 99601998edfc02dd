#include <gtest/gtest.h>

#include <filesystem>

#include "base/check.h"
#include "base/clock.h"
#include "base/distance.h"
#include "base/file.h"
#include "base/id.h"
#include "base/paced_clock.h"
#include "base/result.h"
#include "base/sha256.h"
#include "support/temp_folder.h"

namespace hs::base {
namespace {

TEST(Check, AFalseConditionStopsTheProgramAndSaysWhere) {
  HS_CHECK(1 + 1 == 2, "arithmetic holds");
  EXPECT_DEATH(HS_CHECK(1 + 1 == 3, "arithmetic broke"), "arithmetic broke");
}

TEST(Error, NamesAsMuchOfThePlaceAsIsKnown) {
  const auto text = [](const Place& place) { return Error{ErrorCode::Io, "failed", place}.text(); };
  EXPECT_EQ(text({}), "failed");
  EXPECT_EQ(text({"event.toml", 0, 0}), "event.toml: failed");
  EXPECT_EQ(text({"event.toml", 3, 0}), "event.toml:3: failed");
  EXPECT_EQ(text({"event.toml", 3, 7}), "event.toml:3:7: failed");
}

Result<int> half_of(int value) {
  if (value % 2 != 0) return fail(ErrorCode::InvalidInput, "odd");
  return value / 2;
}

Result<int> quarter_of(int value) {
  HS_TRY(const int half, half_of(value));
  return half_of(half);
}

Result<void> accept_even(int value) {
  HS_TRY_VOID(half_of(value));
  return {};
}

TEST(Try, GivesTheValueOrHandsTheErrorOn) {
  EXPECT_EQ(*quarter_of(12), 3);
  EXPECT_EQ(quarter_of(6).error().message, "odd");
  EXPECT_EQ(quarter_of(3).error().code, ErrorCode::InvalidInput);
  EXPECT_TRUE(accept_even(2));
  EXPECT_FALSE(accept_even(1));
}

TEST(Ids, CompareAndCount) {
  using Seq = SequenceId<struct TestTag>;
  EXPECT_LT(Seq(1), Seq(2));
  EXPECT_EQ(Seq(1).next().raw(), 2U);
  EXPECT_EQ(std::hash<Seq::Id>{}(Seq(5)), std::hash<std::uint64_t>{}(5));
}

TEST(Distances, AreMillimetres) {
  EXPECT_EQ(Distance::metres(42'195).in_millimetres(), 42'195'000);
  EXPECT_EQ(Distance::metres(1) - Distance::millimetres(1), Distance::millimetres(999));
  EXPECT_LT(Distance::millimetres(21'097'500), Distance::metres(21'098));
}

TEST(Clocks, APacedClockBeginsWhereItIsToldAndGoesFaster) {
  const RaceTime from(Duration(5'000'000));
  PacedClock clock(from, 10'000);
  const RaceTime first = clock.now();
  EXPECT_GE(first, from);
  while (clock.now() < first + std::chrono::seconds(20)) {
  }
  clock.set(from);
  EXPECT_GE(clock.now(), from);
  EXPECT_LT(clock.now(), from + std::chrono::hours(10));  // Less than three seconds have passed.
}

TEST(Clocks, AManualClockMovesByHandOnly) {
  ManualClock clock(RaceTime(Duration(5)));
  EXPECT_EQ(clock.now(), clock.now());
  clock.advance(Duration(2));
  EXPECT_EQ(clock.now().time_since_epoch().count(), 7);
  clock.set(RaceTime());
  EXPECT_EQ(clock.now(), RaceTime());
}

TEST(Clocks, TheSystemClockIsPastTheYearTwentyTwenty) {
  EXPECT_GT(system_clock().now().time_since_epoch(), std::chrono::hours(24 * 365 * 50));
}

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, IsTheSameInPiecesAndStartsAfresh) {
  Sha256 hash;
  for (int round = 0; round < 2; ++round) {
    hash.add("a");
    hash.add("");
    hash.add("bc");
    EXPECT_EQ(hash.finish(), sha256("abc"));
  }
}

TEST(Files, ComeBackByteByByte) {
  const test::TempFolder folder;
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>(i % 256);
  ASSERT_TRUE(write_file(folder / "a", bytes));
  ASSERT_TRUE(read_file(folder / "a"));
  EXPECT_EQ(*read_file(folder / "a"), bytes);
  ASSERT_TRUE(write_file(folder / "a", ""));
  EXPECT_EQ(*read_file(folder / "a"), "");
}

TEST(Files, WritingLeavesNothingElseBehind) {
  const test::TempFolder folder;
  ASSERT_TRUE(write_file(folder / "a", "x"));
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_EQ(entry.path().filename(), "a");
    ++count;
  }
  EXPECT_EQ(count, 1U);
}

TEST(Files, WhatCannotBePutInPlaceIsTakenAwayAgain) {
  const test::TempFolder folder;
  std::filesystem::create_directories(folder / "a/full");  // A file cannot take its name.
  const auto written = write_file(folder / "a", "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().place.file, folder / "a");
  const std::filesystem::directory_iterator left(folder.path());
  EXPECT_EQ(std::distance(begin(left), end(left)), 1);
}

TEST(Files, WhatIsNotThereIsNotFoundAndAFolderIsNoFile) {
  const test::TempFolder folder;
  const auto missing = read_file(folder / "missing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_EQ(missing.error().place.file, folder / "missing");
  const auto is_folder = read_file(folder.path());
  ASSERT_FALSE(is_folder);
  EXPECT_EQ(is_folder.error().code, ErrorCode::Io);
  EXPECT_FALSE(write_file(folder / "no/such/folder/a", "x"));
}

TEST(Files, FoldersAreMadeWithThoseAboveAndTwice) {
  const test::TempFolder folder;
  EXPECT_TRUE(make_folder(folder / "a/b/c"));
  EXPECT_TRUE(make_folder(folder / "a/b/c"));
  ASSERT_TRUE(write_file(folder / "file", "x"));
  EXPECT_FALSE(make_folder(folder / "file/below"));
}

}  // namespace
}  // namespace hs::base
