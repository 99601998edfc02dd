#include "formats/event_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "formats/foot_records.h"

namespace hs::formats {
namespace {

using base::ErrorCode;
using std::chrono::minutes;
using std::chrono::seconds;

// Line numbers in the tests below are those of this text.
constexpr const char* kEvent = R"([event]
name     = "Harbour Half"
date     = 2026-05-08
timezone = "Europe/Berlin"

[[race]]
id   = "half"
[[race.point]]
id         = "start"
distance_m = 0
mat        = "arch"
[[race.point]]
id         = "10k"
distance_m = 10000
mat        = "pier"
[[race.point]]
id         = "finish"
distance_m = 21097.5
mat        = "arch"
[[race.wave]]
id  = "A"
gun = "08:00:55.160"
[[race.division]]
id      = "W60"
sex     = "F"
age_min = 60
age_max = 64
primary = true
[[race.award]]
id     = "overall-women"
sex    = "F"
places = 3
[[race.award]]
id                 = "divisions"
division           = "*"
by                 = "net"
exclude_winners_of = ["overall-women"]
[[source]]
mat    = "arch"
file   = "reads/a.csv"
format = "chronotrack"
)";

/// The event text with one passage changed; the passage must be there.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = kEvent;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

model::Event read_good(const std::string& text, std::vector<model::Attention>* notes = nullptr) {
  std::vector<model::Attention> unused;
  auto event = read_event(text, "event.toml", notes == nullptr ? &unused : notes);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().text());
  return event ? *event : model::Event{};
}

void expect_refused(const std::string& text, int line, int column, const std::string& words,
                    ErrorCode code = ErrorCode::InvalidInput) {
  std::vector<model::Attention> notes;
  const auto event = read_event(text, "event.toml", &notes);
  ASSERT_FALSE(event.has_value()) << "expected a refusal with: " << words;
  EXPECT_EQ(event.error().code, code);
  EXPECT_EQ(event.error().place.file, "event.toml");
  EXPECT_EQ(event.error().place.line, line) << event.error().text();
  EXPECT_EQ(event.error().place.column, column) << event.error().text();
  EXPECT_NE(event.error().message.find(words), std::string::npos) << event.error().text();
  EXPECT_TRUE(notes.empty());
}

std::string gun_text(const model::Event& event) {
  return base::format_rfc3339(*event.races[0].waves[0].gun, seconds(0));
}

TEST(EventFile, ReadsEveryPartOfTheExample) {
  const model::Event event = read_good(kEvent);
  EXPECT_EQ(event.name, "Harbour Half");
  EXPECT_EQ(base::format_date(event.date), "2026-05-08");
  EXPECT_EQ(event.timezone, "Europe/Berlin");
  ASSERT_EQ(event.races.size(), 1U);
  const model::Race& race = event.races[0];
  ASSERT_EQ(race.points.size(), 3U);
  EXPECT_EQ(race.points[2].distance.in_millimetres(), 21'097'500);
  EXPECT_EQ(race.points[1].mat, "pier");
  EXPECT_EQ(gun_text(event), "2026-05-08T06:00:55.16Z");
  ASSERT_EQ(race.divisions.size(), 1U);
  EXPECT_EQ(race.divisions[0].sex, model::Sex::Female);
  EXPECT_EQ(race.divisions[0].age_max, 64);
  EXPECT_TRUE(race.divisions[0].primary);
  ASSERT_EQ(race.awards.size(), 2U);
  EXPECT_EQ(race.awards[1].division, "*");
  EXPECT_EQ(race.awards[1].by, model::RankBy::Net);
  EXPECT_EQ(race.awards[1].exclude_winners_of, std::vector<std::string>{"overall-women"});
  ASSERT_EQ(event.sources.size(), 1U);
  EXPECT_EQ(event.sources[0].file, "reads/a.csv");
  EXPECT_EQ(event.sources[0].line, 38);
}

TEST(EventFile, FillsTheDefaultsThatAreWrittenDown) {
  const model::Event event = read_good(kEvent);
  const model::Race& race = event.races[0];
  EXPECT_EQ(race.name, "half");
  EXPECT_EQ(race.rules, model::RuleSet::Open);
  EXPECT_EQ(race.rank_by, model::RankBy::Gun);
  EXPECT_EQ(race.start_window, minutes(30));
  EXPECT_EQ(race.gap, seconds(60));
  EXPECT_EQ(race.pair_window, seconds(30));
  EXPECT_EQ(race.unresolved, model::Unresolved::NeedsPerson);
  EXPECT_FALSE(race.closes.has_value());
  EXPECT_FALSE(event.ends.has_value());
  EXPECT_EQ(race.awards[0].places, 3);
  EXPECT_EQ(race.awards[1].places, 1);
  EXPECT_EQ(event.sources[0].role, model::ReadRole::Main);
  EXPECT_EQ(event.sources[0].clock, model::DeviceClock::Local);
  EXPECT_EQ(event.sources[0].offset.count(), 0);
}

TEST(EventFile, ReadsTheLanguageOfItsMoments) {
  EXPECT_EQ(read_good(kEvent).language, "");
  const std::string zone = "timezone = \"Europe/Berlin\"\n";
  EXPECT_EQ(read_good(changed(zone, zone + "language = \"pt-BR\"\n")).language, "pt-BR");
  expect_refused(changed(zone, zone + "language = \"de_DE!\"\n"), 5, 12, "for 'language'");
}

TEST(EventFile, AnAwardIsRankedLikeItsRaceUnlessItSaysOtherwise) {
  const auto event = read_good(changed("id   = \"half\"", "id = \"half\"\nrank_by = \"clock\""));
  EXPECT_EQ(event.races[0].awards[0].by, model::RankBy::Clock);
  EXPECT_EQ(event.races[0].awards[1].by, model::RankBy::Net);
}

TEST(EventFile, ReadsTheKeysOfARace) {
  const auto event = read_good(changed("id   = \"half\"", R"(id = "half"
name = "Half marathon"
kind = "distance"
rules = "nfhs-xc@2020"
rank_by = "net"
start_window = "00:20:00"
gap = "90s"
pair_window = 00:00:20
unresolved = "DNF"
closes = "2026-05-08T12:00:00")"));
  const model::Race& race = event.races[0];
  EXPECT_EQ(race.name, "Half marathon");
  EXPECT_EQ(race.rules, model::RuleSet::NfhsXc);
  EXPECT_EQ(race.rules_edition, "2020");
  EXPECT_EQ(race.rank_by, model::RankBy::Net);
  EXPECT_EQ(race.start_window, minutes(20));
  EXPECT_EQ(race.gap, seconds(90));
  EXPECT_EQ(race.pair_window, seconds(20));
  EXPECT_EQ(race.unresolved, model::Unresolved::DidNotFinish);
  EXPECT_EQ(base::format_rfc3339(*race.closes, seconds(0)), "2026-05-08T10:00:00Z");
}

TEST(EventFile, TheDayBeginsAtLocalMidnightAndOffsetsCoverIt) {
  const model::Event event = read_good(kEvent);
  EXPECT_EQ(base::format_rfc3339(event.begins, seconds(0)), "2026-05-07T22:00:00Z");
  ASSERT_EQ(event.offsets.size(), 1U);
  EXPECT_EQ(event.offsets[0].utc_offset, seconds(7200));
  EXPECT_EQ(base::format_rfc3339(event.offsets[0].from, seconds(0)), "2026-05-05T22:00:00Z");
}

TEST(EventFile, OffsetsHoldTheSwitchOfSummerTime) {
  const auto event = read_good(changed("2026-05-08", "2026-10-24"));
  ASSERT_EQ(event.offsets.size(), 2U);
  EXPECT_EQ(event.offsets[0].utc_offset, seconds(7200));
  EXPECT_EQ(event.offsets[1].utc_offset, seconds(3600));
  EXPECT_EQ(base::format_rfc3339(event.offsets[1].from, seconds(0)), "2026-10-25T01:00:00Z");
}

TEST(EventFile, EndsStretchesTheOffsets) {
  const auto event =
      read_good(changed("\"Europe/Berlin\"", "\"Europe/Berlin\"\nends = 2026-06-08T16:00:00"));
  EXPECT_EQ(base::format_rfc3339(*event.ends, seconds(0)), "2026-06-08T14:00:00Z");
}

TEST(EventFile, AGunMayBeWrittenInSixWays) {
  const std::string was = "\"08:00:55.160\"";
  EXPECT_EQ(gun_text(read_good(changed(was, "08:00:55.160"))), "2026-05-08T06:00:55.16Z");
  EXPECT_EQ(gun_text(read_good(changed(was, "\"8:00:55\""))), "2026-05-08T06:00:55Z");
  EXPECT_EQ(gun_text(read_good(changed(was, "\"2026-05-09T08:00:00\""))), "2026-05-09T06:00:00Z");
  EXPECT_EQ(gun_text(read_good(changed(was, "2026-05-09T08:00:00"))), "2026-05-09T06:00:00Z");
  EXPECT_EQ(gun_text(read_good(changed(was, "2026-05-08T08:00:00+01:00"))), "2026-05-08T07:00:00Z");
  EXPECT_EQ(gun_text(read_good(changed(was, "\"2026-05-08T08:00:00Z\""))), "2026-05-08T08:00:00Z");
}

TEST(EventFile, AWaveWithoutAGunWaitsForIt) {
  const auto event = read_good(changed("gun = \"08:00:55.160\"\n", ""));
  EXPECT_FALSE(event.races[0].waves[0].gun.has_value());
}

TEST(EventFile, AGunInTheHourThatComesTwiceIsRefusedUntilAnOffsetIsGiven) {
  const std::string text = changed("2026-05-08", "2026-10-25");
  const auto with_gun = [&](const std::string& gun) {
    std::string out = text;
    return out.replace(out.find("\"08:00:55.160\""), 14, gun);
  };
  expect_refused(with_gun("\"02:30:00\""), 22, 7, "happens twice in Europe/Berlin");
  expect_refused(with_gun("\"02:30:00\""), 22, 7, "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(gun_text(read_good(with_gun("\"02:30:00+02:00\""))), "2026-10-25T00:30:00Z");
  EXPECT_EQ(gun_text(read_good(with_gun("\"2026-10-25T02:30:00+01:00\""))), "2026-10-25T01:30:00Z");
}

TEST(EventFile, AGunInTheHourThatIsSkippedIsRefused) {
  std::string text = changed("2026-05-08", "2026-03-29");
  text.replace(text.find("08:00:55.160"), 12, "02:30:00");
  expect_refused(text, 22, 7, "does not happen in Europe/Berlin");
}

TEST(EventFile, AGunOutsideTheEventIsRefused) {
  expect_refused(changed("08:00:55.160", "2026-05-07T08:00:00"), 22, 7, "a gun outside the event");
  expect_refused(changed("08:00:55.160", "2027-05-08T08:00:00"), 22, 7, "a gun outside the event");
}

TEST(EventFile, AClosingBeforeTheGunIsRefused) {
  expect_refused(changed("id   = \"half\"", "id   = \"half\"\ncloses = \"07:00:00\""), 8, 10,
                 "at or before the gun of wave 'A'");
}

TEST(EventFile, AnEndBeforeTheBeginningIsRefused) {
  expect_refused(changed("\"Europe/Berlin\"", "\"Europe/Berlin\"\nends = \"2026-05-07T23:00:00\""),
                 5, 8, "'ends' outside the event");
}

TEST(EventFile, AnUnknownKeyIsRefusedWithTheNearestOne) {
  expect_refused(changed("id   = \"half\"", "id   = \"half\"\nrankby = \"gun\""), 8, 1,
                 "unknown key 'rankby' in [[race]], expected one of id, name, kind");
  expect_refused(changed("id   = \"half\"", "id   = \"half\"\nrankby = \"gun\""), 8, 1,
                 "did you mean 'rank_by'?");
  expect_refused(changed("timezone =", "time_zone ="), 4, 1, "did you mean 'timezone'?");
  expect_refused(changed("mat        = \"pier\"", "matt       = \"pier\""), 15, 1,
                 "did you mean 'mat'?");
}

TEST(EventFile, TheFirstMistakeInTheFileIsTheOneTold) {
  std::string text = changed("format = \"chronotrack\"", "format = \"chronotrak\"");
  text.replace(text.find("places = 3"), 10, "places = 0");
  expect_refused(text, 32, 10, "0 for 'places'");
}

TEST(EventFile, AValueOfAnotherTypeIsRefusedWithItsPlace) {
  expect_refused(changed("\"Harbour Half\"", "7"), 2, 12, "found 7, expected a text for 'name'");
  expect_refused(changed("places = 3", "places = \"3\""), 32, 10,
                 "found '3', expected a whole number for 'places'");
  expect_refused(changed("primary = true", "primary = \"yes\""), 28, 11,
                 "expected true or false for 'primary'");
  expect_refused(changed("= 10000", "= \"10 km\""), 14, 14, "expected metres from 0");
  expect_refused(changed("[\"overall-women\"]", "[1]"), 37, 23, "a list of texts");
  expect_refused("event = 3", 1, 9, "expected a table for 'event'");
  expect_refused(changed("[[race]]", "[race]"), 6, 1, "expected blocks headed [[race]]");
}

TEST(EventFile, WhatIsNotTomlIsRefusedWithItsPlace) {
  expect_refused("[event]\nname = \"open\nx = 1\n", 2, 13, "not TOML");
  expect_refused("[event]\nname = \"a\"\nname = \"b\"\n", 3, 8, "not TOML");
  expect_refused(std::string("[event]\nname = \"a\0b\"\n", 20), 2, 10, "not TOML");
}

TEST(EventFile, MissingPartsAreRefusedWhereTheyAreMissing) {
  expect_refused("", 1, 1, "no key 'event'");
  expect_refused(changed("name     = \"Harbour Half\"\n", ""), 1, 1, "no key 'name' in [event]");
  expect_refused(changed("date     = 2026-05-08\n", ""), 1, 1, "no key 'date'");
  expect_refused(changed("timezone = \"Europe/Berlin\"\n", ""), 1, 1, "no key 'timezone'");
  expect_refused(changed("id   = \"half\"\n", ""), 6, 1, "no key 'id' in [[race]]");
  expect_refused("[event]\nname = \"a\"\ndate = 2026-05-08\ntimezone = \"UTC\"\n", 1, 1,
                 "no key 'race'");
  expect_refused(changed("[[race.wave]]\nid  = \"A\"\ngun = \"08:00:55.160\"\n", ""), 6, 1,
                 "at least one block [[race.wave]]");
  expect_refused(changed("mat        = \"pier\"\n", ""), 12, 1, "no key 'mat' in [[race.point]]");
  expect_refused(changed("distance_m = 10000\n", ""), 12, 1, "no key 'distance_m'");
  expect_refused(changed("mat    = \"arch\"\nfile", "file"), 38, 1, "no key 'mat' in [[source]]");
  expect_refused(changed("file   = \"reads/a.csv\"\n", ""), 38, 1, "no key 'file'");
  expect_refused(changed("format = \"chronotrack\"\n", ""), 38, 1, "no key 'format'");
}

TEST(EventFile, DatesAndZonesThatDoNotExistAreRefused) {
  expect_refused(changed("2026-05-08", "\"2026-02-30\""), 3, 12, "expected a date as YYYY-MM-DD");
  expect_refused(changed("2026-05-08", "\"8.5.2026\""), 3, 12, "expected a date as YYYY-MM-DD");
  expect_refused(changed("Europe/Berlin", "Europe/Hamburg"), 4, 12,
                 "found the time zone 'Europe/Hamburg', expected an IANA name");
  expect_refused(changed("08:00:55.160", "8 o'clock"), 22, 7, "expected hh:mm:ss");
  expect_refused(changed("08:00:55.160", "08:00:55.1234567"), 22, 7, "at most six decimals");
}

TEST(EventFile, DistancesAreExactToTheMillimetreAndNoFiner) {
  const auto event = read_good(changed("21097.5", "21_097.494"));
  EXPECT_EQ(event.races[0].points[2].distance.in_millimetres(), 21'097'494);
  expect_refused(changed("21097.5", "21097.4944"), 18, 14, "at most three decimals");
  expect_refused(changed("21097.5", "2.1e4"), 18, 14, "at most three decimals");
  expect_refused(changed("21097.5", "inf"), 18, 14, "expected metres");
}

TEST(EventFile, DistancesThatDoNotRiseAreRefused) {
  expect_refused(changed("= 10000", "= 21097.5"), 18, 14,
                 "distance_m = 21097.500 m behind 21097.500 m");
  expect_refused(changed("distance_m = 0", "distance_m = 5"), 10, 14,
                 "the first point is the start");
  expect_refused(changed("= 10000", "= -1"), 14, 14, "expected metres from 0");
}

TEST(EventFile, ACourseHasTwoToSixtyFourPoints) {
  std::string many;
  for (int i = 1; i <= 63; ++i) {
    many += "[[race.point]]\nid = \"p" + std::to_string(i) +
            "\"\ndistance_m = " + std::to_string(i) + "\nmat = \"m\"\n";
  }
  expect_refused(changed("[[race.point]]\nid         = \"10k\"",
                         many + "[[race.point]]\nid         = \"10k\""),
                 6, 1, "66 points in [[race]], expected 2 to 64");
  std::string one = kEvent;
  const std::size_t from = one.find("[[race.point]]\nid         = \"10k\"");
  one.erase(from, one.find("[[race.wave]]") - from);
  expect_refused(one, 6, 1, "1 points in [[race]]");
}

TEST(EventFile, AnIdThatComesTwiceIsRefusedNamingBothLines) {
  expect_refused(changed("id         = \"10k\"", "id         = \"start\""), 13, 14,
                 "the point id 'start' a second time, expected another: line 9 has it");
  expect_refused(changed("id                 = \"divisions\"", "id = \"overall-women\""), 34, 6,
                 "the award id");
  expect_refused(changed("[[race.division]]", "[[race.wave]]\nid = \"A\"\n[[race.division]]"), 24,
                 6, "the wave id");
  const std::string race = std::string(kEvent).substr(std::string(kEvent).find("[[race]]"));
  const std::string both = std::string(kEvent) + race;
  expect_refused(both.substr(0, both.rfind("[[source]]")), 43, 8, "the race id 'half'");
}

TEST(EventFile, AnIdMayStandInAColumnHead) {
  EXPECT_EQ(read_good(changed("\"W60\"", "\"M80+\"")).races[0].divisions[0].id, "M80+");
  expect_refused(changed("\"W60\"", "\"W 60\""), 24, 11, "letters, digits and - _ . +");
  expect_refused(changed("\"W60\"", "\"+60\""), 24, 11, "beginning with a letter or digit");
  expect_refused(changed("\"10k\"", "\"status\""), 13, 14, "results.csv has a column of that name");
}

TEST(EventFile, ADivisionsAgesRise) {
  expect_refused(changed("age_max = 64", "age_max = 59"), 27, 11,
                 "age_max = 59 under age_min = 60");
  expect_refused(changed("age_max = 64", "age_max = 640"), 27, 11, "expected 0 to 130");
}

TEST(EventFile, AnAwardRefersToWhatThereIs) {
  expect_refused(changed("division           = \"*\"", "division = \"W61\""), 35, 12,
                 "expected one of *, W60 (did you mean 'W60'?)");
  expect_refused(changed("[\"overall-women\"]", "[\"overall-men\"]"), 37, 23,
                 "the award 'overall-men'");
  expect_refused(changed("[\"overall-women\"]", "[\"divisions\"]"), 37, 23,
                 "an award that stands above this one");
}

TEST(EventFile, AnEditionThatNobodyKnowsIsRefused) {
  const std::string was = "id   = \"half\"";
  const auto with = [&](const std::string& rules) {
    return changed(was, was + "\nrules = \"" + rules + "\"");
  };
  // 2018 lies between two editions and 2026 is the event's year: held under the newest before it.
  for (const char* rules : {"nfhs-xc@2016", "nfhs-xc@2018", "wa-road@2026", "open@1"}) {
    EXPECT_EQ(read_good(with(rules)).races[0].rules_edition,
              std::string(rules).substr(std::string(rules).find('@') + 1));
  }
  expect_refused(with("nfhs-xc@1999"), 8, 9,
                 "found 'nfhs-xc@1999' for 'rules', expected an edition of nfhs-xc behind the @: "
                 "2016, 2017, 2020, 2024, or a year from the first of them to the event's");
  expect_refused(with("wa-road@2027"), 8, 9, "2024, or a year from the first of them");
  expect_refused(with("wa-road@2o24"), 8, 9, "behind the @: 2024");
  expect_refused(with("open@2"), 8, 9, "an edition of open behind the @: 1");
}

TEST(EventFile, WordsAreTheWrittenOnes) {
  const std::string was = "id   = \"half\"";
  expect_refused(changed(was, was + "\nrank_by = \"chip\""), 8, 11, "one of gun, clock, net");
  expect_refused(changed(was, was + "\nrules = \"wa-raod\""), 8, 9, "did you mean 'wa-road'?");
  expect_refused(changed(was, was + "\nrules = \"wa-road@\""), 8, 9,
                 "found 'wa-road@' for 'rules', expected an edition of wa-road behind the @: 2024, "
                 "or a year from the first of them to the event's");
  expect_refused(changed(was, was + "\nkind = \"sprint\""), 8, 8, "one of distance, laps");
  expect_refused(changed(was, was + "\nunresolved = \"OOC\""), 8, 14, "one of DNF, UNR");
  expect_refused(changed("sex     = \"F\"", "sex     = \"W\""), 25, 11, "one of F, M, X");
  expect_refused(changed("mat        = \"pier\"", "mat = \"pier\"\nrole = \"hidden\""), 16, 8,
                 "one of timed, spotter");
}

TEST(EventFile, KindsOfLaterVersionsAreRefusedInClearWords) {
  const std::string was = "id   = \"half\"";
  for (const char* kind : {"time", "backyard"}) {
    expect_refused(changed(was, was + "\nkind = \"" + kind + "\""), 8, 8,
                   "which this version cannot score yet", ErrorCode::Unsupported);
  }
  EXPECT_EQ(read_good(changed(was, was + "\nkind = \"laps\"")).races.size(), 1U);
}

TEST(EventFile, KeysOfLaterVersionsAreRefusedInClearWords) {
  const std::string was = "id   = \"half\"";
  for (const char* key : {"qualifying", "age_grade", "laps"}) {
    expect_refused(changed(was, was + "\n" + key + " = 4"), 8, 1, "does not read yet",
                   ErrorCode::Unsupported);
  }
  expect_refused(changed("places = 3", "age_grade = 3"), 32, 1, "does not read yet",
                 ErrorCode::Unsupported);
}

TEST(EventFile, StartAndFinishAreTimed) {
  expect_refused(changed("mat        = \"arch\"\n[[race.wave]]",
                         "mat = \"arch\"\nrole = \"spotter\"\n[[race.wave]]"),
                 20, 8, "the role spotter at the finish");
  const auto event =
      read_good(changed("mat        = \"pier\"", "mat = \"pier\"\nrole = \"spotter\""));
  EXPECT_EQ(event.races[0].points[1].role, model::PointRole::Spotter);
}

TEST(EventFile, LeastTimesComeFromTheRecordsUnlessGiven) {
  const auto event =
      read_good(changed("mat        = \"pier\"", "mat = \"pier\"\nfastest = \"00:26:00\""));
  const auto& points = event.races[0].points;
  EXPECT_EQ(points[0].fastest, seconds(0));
  EXPECT_EQ(points[1].fastest, minutes(26));
  EXPECT_TRUE(points[1].fastest_given);
  EXPECT_EQ(points[2].fastest, minutes(46));  // 80 % of 57:30.
  EXPECT_FALSE(points[2].fastest_given);
  expect_refused(changed("mat        = \"pier\"", "mat = \"pier\"\nfastest = \"00:50:00\""), 16, 11,
                 "least times that do not fall");
  expect_refused(changed("mat        = \"arch\"\n[[race.point]]",
                         "mat = \"arch\"\nfastest = \"1s\"\n[[race.point]]"),
                 12, 11, "a 'fastest' at the start");
}

TEST(EventFile, ASourceSaysItsClockOffsetAndRole) {
  const std::string was = "format = \"chronotrack\"";
  const auto source = [&](const std::string& more) {
    return read_good(changed(was, was + "\n" + more)).sources.at(0);
  };
  EXPECT_EQ(source("clock = \"utc\"").clock, model::DeviceClock::Utc);
  EXPECT_EQ(source("clock = \"free\"").clock, model::DeviceClock::Free);
  EXPECT_EQ(source("clock = \"-03:30\"").clock, model::DeviceClock::Fixed);
  EXPECT_EQ(source("clock = \"-03:30\"").fixed_offset, seconds(-12600));
  EXPECT_EQ(source("role = \"backup\"").role, model::ReadRole::Backup);
  EXPECT_EQ(source("offset = \"0s\"").offset.count(), 0);
  EXPECT_EQ(source("offset = \"-1.52s\"").offset.count(), -1'520'000);
  EXPECT_EQ(source("offset = \"1.5s\"").offset.count(), 1'500'000);
  EXPECT_EQ(source("offset = \"250ms\"").offset.count(), 250'000);
  EXPECT_EQ(source("offset = \"-01:00:00\"").offset.count(), -3'600'000'000);
  expect_refused(changed(was, was + "\nclock = \"MEZ\""), 42, 9, "one of utc, local, free");
  expect_refused(changed(was, was + "\noffset = \"1.5\""), 42, 10, "a length of time");
  expect_refused(changed(was, was + "\noffset = \"0.0000001s\""), 42, 10, "a length of time");
  expect_refused(changed(was, was + "\nrole = \"spare\""), 42, 8, "one of main, backup, manual");
}

TEST(EventFile, ASourceNamesAKnownFormatAndMat) {
  expect_refused(changed("\"chronotrack\"", "\"chronotrak\""), 41, 10,
                 "did you mean 'chronotrack'?");
  expect_refused(changed("mat    = \"arch\"", "mat    = \"arhc\""), 39, 10, "did you mean 'arch'?");
  const auto event =
      read_good(changed("mat    = \"arch\"\nfile   = \"reads/a.csv\"\nformat = \"chronotrack\"",
                        "file = \"*.csv\"\nformat = \"csv\""));
  EXPECT_EQ(event.sources[0].mat, "");
}

TEST(EventFile, AFileOfADeviceHasOneSourceWithOneMatAndOneSetting) {
  const auto twice = [](const std::string& again) {
    return std::string(kEvent) + "[[source]]\nfile = \"reads/a.csv\"\n" + again;
  };
  const std::string same = "mat = \"arch\"\nformat = \"chronotrack\"\n";
  EXPECT_EQ(read_good(twice(same)).sources.size(), 2U);
  const std::pair<std::string, std::string> wrong[] = {
      {"mat = \"pier\"\nformat = \"chronotrack\"\n", "another mat"},
      {"mat = \"arch\"\nformat = \"ultra\"\n", "another format"},
      {same + "role = \"backup\"\n", "another role"},
      {same + "clock = \"utc\"\n", "another clock"},
      {same + "offset = \"-1.5s\"\n", "another offset"}};
  for (const auto& [again, words] : wrong) {
    expect_refused(twice(again), 43, 8, "'reads/a.csv' with " + words + " than in line 38");
  }
}

TEST(EventFile, ATableOfReadsMayBeNamedOnceForEachMat) {
  const auto twice = [](const std::string& first, const std::string& second) {
    const std::string source = "[[source]]\nfile = \"r.csv\"\nformat = \"csv\"\n";
    return std::string(kEvent) + source + first + "\n" + source + second + "\n";
  };
  EXPECT_EQ(read_good(twice("mat = \"arch\"", "mat = \"pier\"\nrole = \"backup\"")).sources.size(),
            3U);
  expect_refused(twice("mat = \"arch\"", "mat = \"arch\"\nrole = \"backup\""), 47, 8,
                 "another role");
  expect_refused(twice("", "mat = \"arch\"\noffset = \"2s\""), 47, 8, "another offset");
}

TEST(EventFile, ALiveSourceIsKeptWithItsAddressAndItsLocations) {
  std::vector<model::Attention> notes;
  const std::string was = "mat    = \"arch\"\nfile   = \"reads/a.csv\"\nformat = \"chronotrack\"";
  const auto event = read_good(changed(was,
                                       "device = \"mylaps\"\nlisten = \"0.0.0.0:3097\"\n"
                                       "locations = { \"10KM\" = \"pier\" }"),
                               &notes);
  ASSERT_EQ(event.sources.size(), 1U);
  EXPECT_EQ(event.sources[0].device, "mylaps");
  EXPECT_EQ(event.sources[0].file, "");
  EXPECT_EQ(event.sources[0].listen, "0.0.0.0:3097");
  EXPECT_EQ(event.sources[0].connect, "");
  ASSERT_EQ(event.sources[0].locations.size(), 1U);
  EXPECT_EQ(event.sources[0].locations[0].name, "10KM");
  EXPECT_EQ(event.sources[0].locations[0].mat, "pier");
  EXPECT_TRUE(notes.empty());
  for (const char* bad : {"3097", ":3097", "a:", "a:0", "a:65536", "a:30x", "a b:1"}) {
    expect_refused(changed(was, std::string("device = \"mylaps\"\nlisten = \"") + bad + "\""), 40,
                   10, "an address and a port");
  }
  expect_refused(changed(was, "device = \"mylaps\""), 38, 1, "neither 'listen' nor 'connect'");
  expect_refused(changed(was, "device = \"mylaps\"\nfile = \"a\""), 40, 8,
                 "both 'file' and 'device'");
  expect_refused(changed(was, was + "\nlisten = \"0.0.0.0:1\""), 42, 10, "without 'device'");
  expect_refused(
      changed(was, "device = \"mylaps\"\nlisten = \"a:1\"\nlocations = { \"F\" = \"x\" }"), 41, 21,
      "the mat 'x'");
}

TEST(EventFile, NetUnderAGunRuleBookIsAllowedAndSaid) {
  const std::string was = "id   = \"half\"";
  for (const char* rules : {"wa-road", "usatf-road"}) {
    std::vector<model::Attention> notes;
    read_good(changed(was, was + "\nrank_by = \"net\"\nrules = \"" + rules + "\""), &notes);
    ASSERT_EQ(notes.size(), 1U) << rules;
    EXPECT_EQ(notes[0].kind, model::Attention::Kind::NetUnderGunRules);
    EXPECT_EQ(notes[0].severity, model::Severity::Look);
    EXPECT_EQ(notes[0].race, model::RaceId(0));
  }
  std::vector<model::Attention> notes;
  read_good(changed(was, was + "\nrank_by = \"net\"\nrules = \"open\""), &notes);
  EXPECT_TRUE(notes.empty());
}

TEST(EventFile, SomeColumnsCanNeverBePublished) {
  const auto event = read_good(std::string(kEvent) + "[publish]\ncolumns = [\"Shirt\"]\n");
  EXPECT_EQ(event.publish_columns, std::vector<std::string>{"Shirt"});
  expect_refused(std::string(kEvent) + "[publish]\ncolumns = [\"Shirt\", \"E-Mail\"]\n", 43, 21,
                 "never published");
}

TEST(EventFile, AByteOrderMarkIsNoMistake) {
  EXPECT_EQ(read_good("\xEF\xBB\xBF" + std::string(kEvent)).name, "Harbour Half");
}

TEST(EventFile, TheRealEventReads) {
  const char* shared = std::getenv("HS_SHARED");
  const std::string root = shared != nullptr ? shared : "../shared";
  const std::string path = root + "/data/reads/chronotrack-2021-05-08/event.toml";
  const auto bytes = base::read_file(path);
  if (!bytes) GTEST_SKIP() << "no shared data at " << path;
  const model::Event event = read_good(*bytes);
  EXPECT_EQ(event.races.size(), 6U);
  EXPECT_EQ(event.sources.size(), 11U);
}

TEST(FootRecords, EightyPercentOfTheRecordCutToSeconds) {
  const auto at = [](std::int64_t metres) {
    return fastest_on_foot(base::Distance::metres(metres));
  };
  EXPECT_EQ(at(0).count(), 0);
  EXPECT_EQ(at(100), seconds(7));                      // 0.8 x 9.58
  EXPECT_EQ(at(5000), seconds(10 * 60 + 4));           // 0.8 x 12:35.36 = 10:04.3
  EXPECT_EQ(at(42195), seconds(3600 + 36 * 60 + 28));  // 0.8 x 2:00:35 = 1:36:28.0
}

TEST(FootRecords, BetweenDistancesTheRecordIsLinearInTheLogarithm) {
  // sqrt(5 km x 10 km) lies half way in ln d: (755.36 + 1571.00) / 2 = 1163.18 s, x 0.8 = 930.5.
  EXPECT_EQ(fastest_on_foot(base::Distance::millimetres(7'071'068)), seconds(930));
}

TEST(FootRecords, BeyondTheTableThePaceOfTheEndHolds) {
  EXPECT_EQ(fastest_on_foot(base::Distance::metres(50)), seconds(3));  // 0.8 x 4.79
  // 0.8 x 2 x 6:05:35
  EXPECT_EQ(fastest_on_foot(base::Distance::metres(200'000)), seconds(35'096));
}

TEST(FootRecords, LongerIsNeverFaster) {
  base::Duration before(0);
  for (std::int64_t metres = 0; metres <= 120'000; metres += 50) {
    const base::Duration here = fastest_on_foot(base::Distance::metres(metres));
    EXPECT_GE(here, before) << metres;
    before = here;
  }
}

}  // namespace
}  // namespace hs::formats
