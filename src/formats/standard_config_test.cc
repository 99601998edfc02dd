#include "formats/standard_config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "formats/event_file.h"

// Tables of standards in the event file: what is read, and every mistake with its place.

namespace hs::formats {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// The tables of standards begin in line 16.
constexpr const char* kRace = R"([event]
name     = "Harbour Marathon"
date     = 2026-05-08
timezone = "Europe/Berlin"
[[race]]
id = "marathon"
[[race.wave]]
id = "A"
[[race.point]]
id         = "start"
distance_m = 0
mat        = "arch"
[[race.point]]
id = "finish"
mat = "arch"
distance_m = 42195
)";

constexpr const char* kTable = R"([[race.standard]]
name = "City 2027"
[race.standard.F]
"18-34" = "3:25:00"
"35-39" = "3:30:00"
"40+"   = 03:35:00
)";

base::Result<model::Event> read(const std::string& tables) {
  std::vector<model::Attention> notes;
  return read_event(kRace + tables, "event.toml", &notes);
}

std::vector<model::Standard> read_good(const std::string& tables) {
  const auto event = read(tables);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().text());
  return event ? event->races.at(0).standards : std::vector<model::Standard>();
}

void expect_refused(const std::string& tables, int line, int column, const std::string& words) {
  const auto event = read(tables);
  ASSERT_FALSE(event.has_value()) << tables;
  EXPECT_EQ(event.error().place.file, "event.toml");
  EXPECT_EQ(event.error().place.line, line) << event.error().text();
  EXPECT_EQ(event.error().place.column, column) << event.error().text();
  EXPECT_NE(event.error().message.find(words), std::string::npos) << event.error().text();
}

/// The table with one passage changed.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = kTable;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(StandardConfig, ARaceWithoutOneHasNone) { EXPECT_TRUE(read_good("").empty()); }

TEST(StandardConfig, ReadsTheBandsOfEachSex) {
  const auto standards =
      read_good(std::string(kTable) + "[race.standard.X]\n18-99 = \"4:00:00\"\n");
  ASSERT_EQ(standards.size(), 1u);
  const model::Standard& one = standards[0];
  EXPECT_EQ(one.name, "City 2027");
  EXPECT_EQ(one.by, model::StandardBy::Net);
  EXPECT_EQ(one.course_index, seconds(0));
  EXPECT_FALSE(one.from || one.until || one.age_on);
  ASSERT_EQ(one.times.size(), 4u);
  EXPECT_EQ(one.times[0].sex, model::Sex::Female);
  EXPECT_EQ(one.times[0].age_min, 18);
  EXPECT_EQ(one.times[0].age_max, 34);
  EXPECT_EQ(one.times[0].time, hours(3) + minutes(25));
  EXPECT_EQ(one.times[2].age_min, 40);
  EXPECT_EQ(one.times[2].age_max, std::nullopt);
  EXPECT_EQ(one.times[2].time, hours(3) + minutes(35));
  EXPECT_EQ(one.times[3].sex, model::Sex::X);
}

TEST(StandardConfig, ReadsWhatCountsAndWhen) {
  const auto standards =
      read_good(changed("name = \"City 2027\"",
                        "name = \"City 2027\"\nby = \"gun\"\ncourse_index = \"0:05:00\"\n"
                        "from = 2025-09-13\nuntil = \"2026-09-12\"\nage_on = 2027-04-19"));
  ASSERT_EQ(standards.size(), 1u);
  EXPECT_EQ(standards[0].by, model::StandardBy::Gun);
  EXPECT_EQ(standards[0].course_index, minutes(5));
  EXPECT_EQ(standards[0].from, (base::Date{2025, 9, 13}));
  EXPECT_EQ(standards[0].until, (base::Date{2026, 9, 12}));
  EXPECT_EQ(standards[0].age_on, (base::Date{2027, 4, 19}));
}

TEST(StandardConfig, BandsFollowOnOneAnotherWithoutGapOrOverlap) {
  expect_refused(changed("35-39", "36-39"), 21, 1,
                 "found the ages '36-39' behind '18-34', expected a band that begins at 35");
  expect_refused(changed("35-39", "34-39"), 21, 1, "expected a band that begins at 35");
  expect_refused(changed("35-39", "18-39"), 21, 1, "without gap or overlap");
  expect_refused(changed("35-39", "35+"), 22, 1,
                 "found the ages '40+' behind '35+', expected none behind an open band");
}

TEST(StandardConfig, ABandIsWrittenAsAgesAndItsTimeAsATime) {
  for (const char* band : {"W35", "35", "39-35", "35-", "-39", "35-139", "+", "", "35-39 "}) {
    expect_refused(changed("35-39", band), 21, 1, "expected ages such as \"45-49\" or \"80+\"");
  }
  expect_refused(changed("\"3:30:00\"", "\"3h30\""), 21, 11, "a length of time");
  expect_refused(changed("\"3:30:00\"", "12600"), 21, 11, "a length of time");
  expect_refused(changed("\"3:30:00\"", "\"0:00:00\""), 21, 11, "expected 0:00:01.000 to");
  expect_refused(changed("\"3:30:00\"", "\"3:30:00.5\""), 21, 11,
                 "found 3:30:00.500 for '35-39', expected whole seconds");
}

TEST(StandardConfig, AStandardHasANameOfItsOwnAndKnownSexes) {
  expect_refused(changed("name = \"City 2027\"\n", ""), 17, 1, "no key 'name'");
  expect_refused(std::string(kTable) + kTable, 24, 8,
                 "the standard 'City 2027' a second time, expected another name: line 18 has it");
  expect_refused(changed("standard.F", "standard.W"), 19, 16,
                 "the unknown key 'W' in [[race.standard]]");
  expect_refused("[[race.standard]]\nname = \"City 2027\"\n", 17, 1, "expected a table");
  expect_refused("[[race.standard]]\nname = \"City 2027\"\nF = {}\n", 19, 5,
                 "no time in [race.standard.F]");
  expect_refused("[[race.standard]]\nname = \"City 2027\"\nF = \"3:30:00\"\n", 19, 5, "a table");
}

TEST(StandardConfig, WhatCountsIsOneOfTwoAndDaysAreInOrder) {
  const auto with = [](const std::string& more) {
    return changed("name = \"City 2027\"", "name = \"City 2027\"\n" + more);
  };
  expect_refused(with("by = \"chip\""), 19, 6, "one of net, gun");
  expect_refused(with("course_index = \"-0:05:00\""), 19, 16, "expected 0:00:00.000 to");
  expect_refused(with("course_index = \"1.5s\""), 19, 16, "whole seconds");
  expect_refused(with("from = 2026-09-13\nuntil = 2026-09-12"), 20, 9,
                 "'until' 2026-09-12 before 'from' 2026-09-13");
  expect_refused(with("age_on = 2026-05-07"), 19, 10, "before the race on 2026-05-08");
  expect_refused(with("from = \"soon\""), 19, 8, "a date as YYYY-MM-DD");
  expect_refused(with("buffer = \"0:05:00\""), 19, 1, "does not read yet");
}

TEST(StandardConfig, TheExampleOfThePageIsRead) {
  const char* folder = std::getenv("HS_SOURCE_DIR");
  const auto page =
      base::read_file(std::string(folder == nullptr ? "." : folder) + "/docs/scoring-rules.md");
  ASSERT_TRUE(page);
  const std::string fence = "```toml\n";
  const std::size_t begin = page->rfind(fence, page->find("[[race.standard]]"));
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page->find("```", begin + fence.size());
  const auto standards = read_good(page->substr(begin + fence.size(), end - begin - fence.size()));
  ASSERT_EQ(standards.size(), 1u);
  EXPECT_EQ(standards[0].name, "City 2027");
  EXPECT_EQ(standards[0].times.size(), 4u);
}

}  // namespace
}  // namespace hs::formats
