#include "formats/day_time.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr base::Date kDay{.year = 2021, .month = 5, .day = 8};

base::ReaderTime on_dial(const std::string& iso) {
  return base::ReaderTime(base::Duration(base::parse_iso(iso)->civil.micros));
}

std::string placed(DayGiver& day, base::Duration of_day) { return test::dial(day.place(of_day)); }

TEST(TimeOfDay, IsReadWithAsManyDecimalsAsAreAllowed) {
  EXPECT_EQ(read_time_of_day("14:02:15.31", 2),
            hours(14) + minutes(2) + std::chrono::milliseconds(15'310));
  EXPECT_EQ(read_time_of_day(" 00:00:00", 3), base::Duration(0));
  EXPECT_EQ(read_time_of_day("23:59:59.999999", 6), hours(24) - base::Duration(1));
  for (const char* wrong : {"", "14:02", "24:00:00", "10:60:00", "10:00:60", "14:02:15.312",
                            "14:02:15.", "14:02:15,31", "4:02:15", "14:02:1x", "-1:02:15"}) {
    EXPECT_FALSE(read_time_of_day(wrong, 2)) << wrong;
  }
}

TEST(DayGiver, TheFirstIsOfTheFirstDayAndTheRestFollowOverMidnight) {
  DayGiver day(kDay);
  EXPECT_EQ(placed(day, hours(21)), "2021-05-08T21:00:00");
  EXPECT_EQ(placed(day, hours(23) + minutes(59)), "2021-05-08T23:59:00");
  EXPECT_EQ(placed(day, minutes(1)), "2021-05-09T00:01:00");
  // Sent late by one of two readers.
  EXPECT_EQ(placed(day, hours(23) + minutes(58)), "2021-05-08T23:58:00");
  EXPECT_EQ(placed(day, hours(1)), "2021-05-09T01:00:00");
  EXPECT_EQ(day.placed(), 5u);
}

TEST(DayGiver, ATestOfTheMorningIsTheDayOfARaceAtNight) {
  DayGiver day(kDay);
  EXPECT_EQ(placed(day, hours(6)), "2021-05-08T06:00:00");
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(placed(day, hours(22) + minutes(i)).substr(0, 10), "2021-05-08") << i;
  }
  EXPECT_EQ(placed(day, minutes(10)), "2021-05-09T00:10:00");
}

TEST(DayGiver, OneWrongTimeMovesNoOtherToAnotherDay) {
  for (int wrong = 0; wrong < 24; ++wrong) {
    DayGiver day(kDay);
    (void)day.place(hours(12));
    (void)day.place(hours(wrong));
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(placed(day, hours(12) + minutes(i)).substr(0, 10), "2021-05-08") << wrong;
    }
  }
}

TEST(DayGiver, WithOurClockItIsTheLastSuchTimeThatCanHaveBeen) {
  DayGiver day(kDay);
  day.set_now(on_dial("2021-05-09T00:30:00"));
  EXPECT_EQ(placed(day, minutes(10)), "2021-05-09T00:10:00");
  EXPECT_EQ(placed(day, hours(23)), "2021-05-08T23:00:00");
  EXPECT_EQ(placed(day, hours(2) + minutes(30)), "2021-05-09T02:30:00");
  EXPECT_EQ(placed(day, hours(2) + minutes(31)), "2021-05-08T02:31:00");
}

}  // namespace
}  // namespace hs::formats
