#include "formats/time_zone.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::formats {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

base::RaceTime utc(const std::string& text) {
  return base::RaceTime(base::Duration(base::parse_iso(text)->civil.micros));
}

TimeZone zone(const std::string& name) {
  auto found = TimeZone::named(name);
  EXPECT_TRUE(found.has_value()) << name;
  return *found;
}

TEST(TimeZone, GivesTheInstantOfALocalTime) {
  const auto civil = base::parse_iso("2026-01-08T08:00:00.25")->civil;
  EXPECT_EQ(*zone("America/New_York").resolve(civil), utc("2026-01-08T13:00:00.25"));
  EXPECT_EQ(*zone("UTC").resolve(civil), utc("2026-01-08T08:00:00.25"));
}

TEST(TimeZone, AskedForAnOffsetWhereALocalTimeIsNoOneInstant) {
  const auto twice =
      zone("America/New_York").resolve(base::parse_iso("2026-11-01T01:30:00")->civil);
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().message,
            "found 2026-11-01T01:30:00, which happens twice in America/New_York because the clocks "
            "change, expected an offset behind it: 2026-11-01T01:30:00-04:00 or "
            "2026-11-01T01:30:00-05:00");
  EXPECT_FALSE(zone("America/New_York").resolve(base::parse_iso("2026-03-08T02:30:00")->civil));
}

TEST(TimeZone, RefusesNamesTheTableDoesNotHave) {
  for (const char* name : {"", "CEST", "Europe/Hamburg", "../../etc/passwd", "europe/berlin"}) {
    const auto found = TimeZone::named(name);
    ASSERT_FALSE(found.has_value()) << name;
    EXPECT_EQ(found.error().code, base::ErrorCode::InvalidInput) << name;
  }
}

TEST(TimeZone, ADayWithoutMidnightBeginsAtTheSwitch) {
  // Cairo went from 00:00 to 01:00 on 2023-04-28.
  EXPECT_EQ(zone("Africa/Cairo").begin_of(base::Date{2023, 4, 28}), utc("2023-04-27T22:00:00"));
}

TEST(TimeZone, OffsetsBeginAtTheirSwitches) {
  const auto offsets =
      zone("Europe/Berlin").offsets_between(utc("2026-03-01T00:00:00"), utc("2026-12-01T00:00:00"));
  ASSERT_EQ(offsets.size(), 3U);
  EXPECT_EQ(offsets[0].utc_offset, hours(1));
  EXPECT_EQ(offsets[1].from, utc("2026-03-29T01:00:00"));
  EXPECT_EQ(offsets[1].utc_offset, hours(2));
  EXPECT_EQ(offsets[2].from, utc("2026-10-25T01:00:00"));
}

/// An event in the night of the switch back, 2026-10-25 03:00 to 02:00.
model::Event night_event() {
  model::Event event;
  event.begins = utc("2026-10-24T22:00:00");
  event.offsets = {{utc("2026-10-20T00:00:00"), hours(2)}, {utc("2026-10-25T01:00:00"), hours(1)}};
  event.races.resize(1);
  event.races[0].waves.resize(2);
  return event;
}

base::ReaderTime dial(const std::string& text) {
  return base::ReaderTime(base::Duration(base::parse_iso(text)->civil.micros));
}

TEST(TimeZone, ADeviceKeepsTheOffsetOfTheFirstGun) {
  model::Event event = night_event();
  event.races[0].waves[0].gun = utc("2026-10-25T03:00:00");
  event.races[0].waves[1].gun = utc("2026-10-24T23:00:00");
  EXPECT_EQ(frozen_local_offset(event, dial("2026-10-25T12:00:00")), hours(2));
  event.races[0].waves[1].gun.reset();
  EXPECT_EQ(frozen_local_offset(event, dial("2026-10-24T12:00:00")), hours(1));
}

TEST(TimeZone, WithoutAGunADeviceKeepsTheOffsetOfItsFirstRead) {
  const model::Event event = night_event();
  EXPECT_EQ(frozen_local_offset(event, dial("2026-10-25T01:30:00")), hours(2));
  EXPECT_EQ(frozen_local_offset(event, dial("2026-10-25T02:30:00")), hours(2));  // The earlier.
  EXPECT_EQ(frozen_local_offset(event, dial("2026-10-25T03:30:00")), hours(1));
  EXPECT_EQ(frozen_local_offset(event, std::nullopt), hours(2));
}

}  // namespace
}  // namespace hs::formats
