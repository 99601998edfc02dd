// What all devices share: the wire with its troubles, and lines out of bytes.
#include "sim/emulators/emulator.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(WireOut, GivesFramesInOrderOnce) {
  WireOut out{WireTroubles{}};
  out.frame("a", "\n");
  out.frame("b", "\n");
  EXPECT_EQ(out.take(seconds(0)), "a\nb\n");
  EXPECT_EQ(out.take(seconds(1)), "");
}

TEST(WireOut, HoldsTheOtherHalfOfACutFrameForItsTime) {
  WireTroubles troubles;
  troubles.cut_frame = 2;
  troubles.cut_for = hours(1);
  WireOut out(troubles);
  for (const char* text : {"one", "2222", "three"}) out.frame(text, "$");
  EXPECT_EQ(out.take(seconds(10)), "one$22");
  EXPECT_EQ(out.take(seconds(3600)), "");
  EXPECT_GT(out.size(), 0U);
  EXPECT_EQ(out.take(seconds(3610)), "22$three$");
  EXPECT_EQ(out.size(), 0U);
}

TEST(WireOut, LosesEndsUntilTheConnectionIsNew) {
  WireTroubles troubles;
  troubles.endless_from = 2;
  WireOut out(troubles);
  for (const char* text : {"one", "two", "three"}) out.frame(text, "\n");
  EXPECT_EQ(out.take(seconds(0)), "one\ntwothree");
  out.reset();
  out.frame("four", "\n");
  EXPECT_EQ(out.take(seconds(0)), "four\n");
}

TEST(WireOut, DropsBehindAFrameAndWritesNothingMore) {
  WireTroubles troubles;
  troubles.drop_every = 2;
  WireOut out(troubles);
  for (const char* text : {"one", "two", "three"}) out.frame(text, "\n");
  EXPECT_TRUE(out.drops());
  EXPECT_EQ(out.take(seconds(0)), "one\ntwo\n");
  out.reset();
  EXPECT_FALSE(out.drops());
}

TEST(LinesIn, CutsAtEachEndHoweverTheBytesCome) {
  LinesIn in("\r\n");
  EXPECT_TRUE(in.cut("on").empty());
  EXPECT_EQ(in.cut("e\r\n\ntwo\rth"), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(in.cut("ree\n"), (std::vector<std::string>{"three"}));
}

TEST(LinesIn, ThrowsALineAwayThatIsTooLong) {
  LinesIn in("\n", 4);
  EXPECT_EQ(in.cut("12345678\nfour\n"), (std::vector<std::string>{"four"}));
}

TEST(DialClock, TakesDaysBefore1970Apart) {
  const DialClock at = dial_clock(base::ReaderTime(base::Duration(-1)));
  EXPECT_EQ(base::format_date(at.date), "1969-12-31");
  EXPECT_EQ(at.hour, 23);
  EXPECT_EQ(at.micros, 999999);
}

TEST(ParseDigits, TakesDigitsOnly) {
  EXPECT_EQ(parse_digits("0042"), 42U);
  for (const char* bad : {"", "-1", "1x", " 1", "1234567890123456789"}) {
    EXPECT_FALSE(parse_digits(bad)) << bad;
  }
}

}  // namespace
}  // namespace hs::sim
