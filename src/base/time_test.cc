#include "base/time.h"

#include <gtest/gtest.h>

#ifdef HS_HAS_RAPIDCHECK
#include <rapidcheck/gtest.h>
#endif

namespace hs::base {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

RaceTime at(std::int64_t micros) { return RaceTime(Duration(micros)); }

TEST(RoundUp, AnExactValueStaysAndAnythingOverGoesUp) {
  const Duration exact = hours(2) + minutes(9) + seconds(44);
  EXPECT_EQ(round_up(exact, Rounding::UpToSecond), exact);
  EXPECT_EQ(round_up(exact + Duration(1), Rounding::UpToSecond), exact + seconds(1));
  EXPECT_EQ(round_up(exact + Duration(1), Rounding::UpToTenth), exact + milliseconds(100));
  EXPECT_EQ(round_up(exact + Duration(1), Rounding::UpToHundredth), exact + milliseconds(10));
  EXPECT_EQ(round_up(exact + Duration(1), Rounding::None), exact + Duration(1));
}

TEST(RoundUp, UpIsTowardsTheLaterForNegativeTimesToo) {
  EXPECT_EQ(round_up(milliseconds(-1500), Rounding::UpToSecond), seconds(-1));
  EXPECT_EQ(round_up(seconds(-2), Rounding::UpToSecond), seconds(-2));
  EXPECT_EQ(round_up(milliseconds(-1), Rounding::UpToSecond), seconds(0));
}

TEST(FormatDuration, CutsBelowAMillisecondAndKeepsTheSign) {
  EXPECT_EQ(format_h_mm_ss_mmm(Duration(0)), "0:00:00.000");
  EXPECT_EQ(format_h_mm_ss_mmm(Duration(1999)), "0:00:00.001");
  EXPECT_EQ(format_h_mm_ss_mmm(hours(100) + minutes(1) + milliseconds(2005)), "100:01:02.005");
  EXPECT_EQ(format_h_mm_ss_mmm(milliseconds(-1520)), "-0:00:01.520");
}

TEST(FormatOfficial, KeepsTheDigitsOfTheRuleBook) {
  const Duration time = hours(1) + minutes(2) + seconds(3) + milliseconds(450);
  EXPECT_EQ(format_official(time, Rounding::None), "1:02:03.450");
  EXPECT_EQ(format_official(seconds(63), Rounding::UpToSecond), "0:01:03");
  EXPECT_EQ(format_official(milliseconds(63'400), Rounding::UpToTenth), "0:01:03.4");
  EXPECT_EQ(format_official(milliseconds(63'450), Rounding::UpToHundredth), "0:01:03.45");
}

TEST(ParseDuration, ReadsWhatPeopleWrite) {
  const std::pair<const char*, Duration> cases[] = {
      {"1:02:03", hours(1) + minutes(2) + seconds(3)},
      {"02:03.5", minutes(2) + milliseconds(3500)},
      {"63", seconds(63)},
      {"+0:00:02.500", milliseconds(2500)},
      {"-1.52", milliseconds(-1520)},
      {"0.000001", Duration(1)},
      {"100:00:00", hours(100)},
  };
  for (const auto& [text, expected] : cases) {
    const auto parsed = parse_duration(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, expected) << text;
  }
}

TEST(ParseDuration, RefusesEverythingElseAndSaysWhatItFound) {
  for (const char* text : {"", "-", "1:60", "1:2:60", "1:2:3:4", "1.", "1.1234567", "1,5", " 1",
                           "1 ", "a", "1:-2", "1234567", "--1", "1:", ":1"}) {
    const auto parsed = parse_duration(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(parsed.error().message.find("found '"), std::string::npos);
  }
}

TEST(ParseDate, KnowsTheCalendar) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
  for (const char* text : {"2023-02-29", "1900-02-29", "2026-00-10", "2026-13-01", "2026-04-31",
                           "2026-4-30", "26-04-30", "2026/04/30", "2026-04-30 ", ""}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Dates, AreDaysSinceNineteenSeventyAndBack) {
  EXPECT_EQ(days_from_epoch({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_epoch({1969, 12, 31}), -1);
  EXPECT_EQ(days_from_epoch({2000, 3, 1}), 11017);
  for (std::int64_t day = -800'000; day <= 800'000; day += 997) {
    EXPECT_EQ(days_from_epoch(date_from_days(day)), day);
  }
}

TEST(Dates, AYearOfAgeComesOnTheBirthday) {
  const Date birth{1964, 5, 8};
  EXPECT_EQ(age_on(birth, {2026, 5, 7}), 61);
  EXPECT_EQ(age_on(birth, {2026, 5, 8}), 62);
  EXPECT_EQ(age_on({2004, 2, 29}, {2026, 2, 28}), 21);
  EXPECT_EQ(age_on({2004, 2, 29}, {2026, 3, 1}), 22);
}

TEST(ParseIso, TellsATimeWithAnOffsetFromOneWithout) {
  const auto without = parse_iso("2026-05-08 08:00:55.16");
  ASSERT_TRUE(without);
  EXPECT_FALSE(without->utc_offset);
  EXPECT_EQ(without->civil.micros, 1'778'227'255'160'000);
  const auto east = parse_iso("2026-05-08T08:00:55.16+05:30");
  ASSERT_TRUE(east);
  EXPECT_EQ(east->civil.micros, without->civil.micros);
  EXPECT_EQ(east->utc_offset, std::optional<seconds>(19'800));
  const auto west = parse_iso("2026-05-08T08:00:55-03:30");
  ASSERT_TRUE(west);
  EXPECT_EQ(west->utc_offset, std::optional<seconds>(-12'600));
  EXPECT_EQ(parse_iso("2026-05-08T08:00:55Z")->utc_offset, std::optional<seconds>(0));
}

TEST(ParseIso, RefusesWhatIsNoTimeOrTooFine) {
  for (const char* text :
       {"", "2026-05-08", "2026-05-08T08:00", "2026-05-08T24:00:00", "2026-05-08T08:60:00",
        "2026-05-08T08:00:60", "2026-05-08T08:00:00.1234567", "2026-05-08T08:00:00.",
        "2026-05-08T08:00:00+2", "2026-05-08T08:00:00+02:00x", "2026-05-08T08:00:00+19:00",
        "2026-02-30T08:00:00", "2026-05-08x08:00:00", "2026-05-08T08:00:00ZZ"}) {
    EXPECT_FALSE(parse_iso(text)) << text;
  }
}

TEST(FormatRfc3339, WritesTheInstantAtTheOffsetOfTheReader) {
  const RaceTime gun = at(1'778'220'055'160'000);
  EXPECT_EQ(format_rfc3339(gun, seconds(7200)), "2026-05-08T08:00:55.16+02:00");
  EXPECT_EQ(format_rfc3339(gun, seconds(0)), "2026-05-08T06:00:55.16Z");
  EXPECT_EQ(format_rfc3339(gun, seconds(-12'600), 3), "2026-05-08T02:30:55.160-03:30");
  EXPECT_EQ(format_rfc3339(at(-1), seconds(0)), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_rfc3339(at(0), seconds(-3600)), "1969-12-31T23:00:00-01:00");
}

TEST(FormatTimeOfDay, StaysWithinTheDay) {
  EXPECT_EQ(format_time_of_day(at(1'778'220'055'160'000), seconds(7200)), "08:00:55");
  EXPECT_EQ(format_time_of_day(at(-1'000'000), seconds(0), 1), "23:59:59.0");
}

#ifdef HS_HAS_RAPIDCHECK
RC_GTEST_PROP(TimeProperty, AnInstantComesBackFromItsText, ()) {
  // Years 1 to 9999.
  const auto micros =
      *rc::gen::inRange<std::int64_t>(-62'000'000'000'000'000, 253'000'000'000'000'000);
  const seconds offset(60 * *rc::gen::inRange(-18 * 60, 18 * 60));
  const auto parsed = parse_iso(format_rfc3339(at(micros), offset));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->utc_offset == offset);
  RC_ASSERT(Duration(parsed->civil.micros) - offset == Duration(micros));
}

RC_GTEST_PROP(TimeProperty, RoundingUpIsNeverEarlierAndLessThanAUnitLater, ()) {
  const Duration value(*rc::gen::inRange<std::int64_t>(-400'000'000'000, 400'000'000'000));
  const auto [rounding, unit] = *rc::gen::element(std::pair(Rounding::UpToSecond, 1'000'000),
                                                  std::pair(Rounding::UpToTenth, 100'000),
                                                  std::pair(Rounding::UpToHundredth, 10'000));
  const Duration rounded = round_up(value, rounding);
  RC_ASSERT(rounded >= value);
  RC_ASSERT((rounded - value).count() < unit);
  RC_ASSERT(rounded.count() % unit == 0);
}
#endif  // HS_HAS_RAPIDCHECK

}  // namespace
}  // namespace hs::base
