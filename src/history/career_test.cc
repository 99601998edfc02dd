#include "history/career.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace hs::history {
namespace {

using base::Date;
using base::Distance;
using model::Sex;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

base::Duration at(const char* text) {
  const auto value = base::parse_duration(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(base::Duration(0));
}

/// A spring marathon, the third Monday of April or so.
CareerRun spring(int year, const char* time, std::optional<int> age = std::nullopt) {
  CareerRun run;
  run.race = "harbour-" + std::to_string(year);
  run.race_name = run.race;
  run.date = {year, 4, 18};
  run.distance = Distance::metres(42'195);
  run.resolution = seconds(1);
  run.sex = Sex::Female;
  run.age = age;
  run.name = "Ann Example";
  if (*time != '\0') {
    run.time = model::OwnTime{at(time), model::PublishedClock::Net};
  } else {
    run.status = model::RunnerStatus::DidNotFinish;
  }
  return run;
}

/// The editions of the spring marathon from one year to another; one of them may be stopped.
Series harbour(int first, int last, int stopped = 0) {
  Series out{"harbour", "Harbour Marathon", {}};
  for (int year = first; year <= last; ++year) {
    const std::string race = "harbour-" + std::to_string(year);
    out.editions.push_back({race, race, {year, 4, 18}, year == stopped});
  }
  return out;
}

Career career_of(std::vector<CareerRun> runs, const Series& series) {
  return build_career(std::move(runs), std::vector{series}, {});
}

std::vector<WinKind> kinds_of(const Career& career, std::size_t run) {
  std::vector<WinKind> out;
  for (const SmallWin& win : career.wins) {
    if (win.run == run) out.push_back(win.kind);
  }
  return out;
}

TEST(SeriesOf, IsTheNameWithoutTheYear) {
  EXPECT_EQ(series_of("harbour-2024"), "harbour");
  EXPECT_EQ(series_of("harbour2024"), "harbour");
  EXPECT_EQ(series_of("2024 Harbour Marathon"), "Harbour Marathon");
  EXPECT_EQ(series_of("Harbour Marathon 2024"), "Harbour Marathon");
  EXPECT_EQ(series_of("harbour-12024"), "harbour-12024") << "no year";
  EXPECT_EQ(series_of("harbour-half"), "harbour-half");
  EXPECT_EQ(series_of("2024"), "2024");
  EXPECT_EQ(series_of("race-9999"), "race-9999");
}

TEST(Series, EditionsAreGatheredByTheirIdsAndNamedByTheLatest) {
  const auto series =
      gather_series({{"harbour-2012", "Harbour Marathon 2012", {2012, 4, 18}, false},
                     {"city-half", "", {2011, 9, 1}, false},
                     {"harbour-2011", "Old Harbour Run 2011", {2011, 4, 18}, true}});
  ASSERT_THAT(series, SizeIs(2));
  EXPECT_EQ(series[0].name, "city-half");
  EXPECT_EQ(series[1].id, "harbour");
  EXPECT_EQ(series[1].name, "Harbour Marathon");
  ASSERT_THAT(series[1].editions, SizeIs(2));
  EXPECT_TRUE(series[1].editions[0].is_interrupted);
}

TEST(Career, TheOrderOfTheRunsGivenDoesNotMatter) {
  const std::vector runs = {spring(2012, "3:40:00"), spring(2010, "3:50:00"),
                            spring(2011, "3:45:00")};
  std::vector back(runs.rbegin(), runs.rend());
  const Career one = career_of(runs, harbour(2009, 2012));
  const Career other = career_of(back, harbour(2009, 2012));
  ASSERT_THAT(one.runs, SizeIs(3));
  EXPECT_EQ(one.runs[0].date.year, 2010);
  EXPECT_EQ(one.wins, other.wins);
  EXPECT_EQ(one.name, "Ann Example");
}

TEST(Career, TheBestIsKnownForEachDistanceAndTheFirstOfEqualsIsIt) {
  CareerRun half = spring(2011, "1:40:00");
  half.race = "city-half-2011";
  half.distance = Distance::millimetres(21'097'500);
  CareerRun wheels = spring(2014, "1:30:00");
  wheels.on_foot = false;
  const Career career = career_of(
      {spring(2010, "3:50:00"), half, spring(2012, "3:40:00"), spring(2013, "3:40:00"), wheels},
      harbour(2010, 2014));
  ASSERT_THAT(career.distances, SizeIs(2));
  EXPECT_EQ(career.distances[0].distance, Distance::metres(42'195));
  EXPECT_EQ(career.distances[0].best, 2U);
  EXPECT_THAT(career.distances[0].runs, ElementsAre(0, 2, 3)) << "a wheelchair is no run";
  EXPECT_EQ(career.distances[1].best, 1U);
}

TEST(Career, AStreakGoesOverARaceThatWasStoppedAndNamesIt) {
  const Career career = career_of({spring(2010, "3:50:00"), spring(2011, "3:51:00"),
                                   spring(2012, "3:52:00"), spring(2014, "3:53:00")},
                                  harbour(2008, 2016, 2013));
  ASSERT_THAT(career.series, SizeIs(1));
  const auto& streak = career.series[0].streak;
  ASSERT_TRUE(streak);
  EXPECT_EQ(streak->finishes, 4U);
  EXPECT_EQ(streak->first, 0U);
  EXPECT_EQ(streak->last, 3U);
  ASSERT_THAT(streak->interruptions, SizeIs(1));
  EXPECT_EQ(streak->interruptions[0].date.year, 2013);
  EXPECT_FALSE(streak->is_open);
  EXPECT_EQ(career.series[0].editions_before, 2U);
}

TEST(Career, AStoppedRaceBeforeOrBehindAStreakIsNoPartOfIt) {
  const Career career =
      career_of({spring(2014, "3:50:00"), spring(2015, "3:51:00")}, harbour(2012, 2015, 2013));
  const auto& streak = career.series[0].streak;
  ASSERT_TRUE(streak);
  EXPECT_THAT(streak->interruptions, IsEmpty());
  EXPECT_TRUE(streak->is_open);
  EXPECT_THAT(kinds_of(career, 0), ElementsAre(WinKind::FirstFinish));
}

TEST(Career, AYearWithoutAFinishEndsAStreakAndADidNotFinishIsNone) {
  const Career career = career_of(
      {spring(2010, "3:50:00"), spring(2011, ""), spring(2012, "3:52:00")}, harbour(2010, 2012));
  EXPECT_FALSE(career.series[0].streak);
  EXPECT_THAT(career.series[0].finishes, ElementsAre(0, 2));
}

TEST(Career, AHoleInTheArchiveEndsAStreak) {
  Series series = harbour(2008, 2014);
  series.editions.erase(series.editions.begin() + 3);  // 2011 was never imported.
  std::vector<CareerRun> runs;
  for (const int year : {2008, 2009, 2010, 2012, 2013}) runs.push_back(spring(year, "3:50:00"));
  const auto streak = career_of(runs, series).series[0].streak;
  ASSERT_TRUE(streak);
  EXPECT_EQ(streak->finishes, 3U);
  EXPECT_EQ(streak->last, 2U);
}

TEST(Career, WhoComesBackAfterYearsOrAfterAStopIsFound) {
  const Career career = career_of({spring(2005, "3:50:00"), spring(2009, "4:10:00"),
                                   spring(2012, "4:12:00"), spring(2014, "4:00:00")},
                                  harbour(2005, 2014, 2013));
  ASSERT_THAT(career.series[0].comebacks, SizeIs(2));
  EXPECT_EQ(career.series[0].comebacks[0].run, 1U);
  EXPECT_EQ(career.series[0].comebacks[0].years, 4);
  EXPECT_EQ(career.series[0].comebacks[0].missed, 3U);
  EXPECT_EQ(career.series[0].comebacks[1].interruptions[0].date.year, 2013);
  EXPECT_THAT(kinds_of(career, 1), ElementsAre(WinKind::Back));
  EXPECT_THAT(kinds_of(career, 3), ElementsAre(WinKind::AfterStop, WinKind::BestSince));
}

TEST(Career, WhoWasAwayBeforeTheStopIsNotBackFromIt) {
  const Career career =
      career_of({spring(2010, "3:50:00"), spring(2014, "4:00:00")}, harbour(2010, 2014, 2013));
  EXPECT_THAT(career.series[0].comebacks, IsEmpty()) << "2011 and 2012 were missed too";
}

TEST(Career, TheFieldOfAStoppedRaceIsComparedWithNone) {
  std::vector runs = {spring(2012, "3:50:00"), spring(2013, "3:20:00"), spring(2014, "3:50:00")};
  for (CareerRun& run : runs) run.field = FieldOfDay{1000, at("3:50:00")};
  runs[1].is_interrupted = true;
  EXPECT_THAT(career_of(runs, harbour(2012, 2014, 2013)).day_changes, IsEmpty());
}

TEST(Career, ABestTakesMinutesOffAndBreaksTheRoundTimeBetween) {
  const Career career =
      career_of({spring(2010, "4:03:10"), spring(2011, "3:58:00"), spring(2012, "3:57:59")},
                harbour(2010, 2012));
  ASSERT_THAT(career.wins, SizeIs(3));
  EXPECT_EQ(career.wins[0], (SmallWin{1, WinKind::Best, 310, 0, 0, std::nullopt}));
  EXPECT_EQ(career.wins[1], (SmallWin{1, WinKind::UnderBarrier, 4 * 3600, 0, 0, std::nullopt}));
  EXPECT_EQ(career.wins[2], (SmallWin{2, WinKind::Best, 1, 0, 0, std::nullopt}));
}

TEST(Career, WithinTheStepsOfTheFilesNothingIsABest) {
  std::vector runs = {spring(2010, "3:58:00.6"), spring(2011, "3:58:00.1")};
  for (CareerRun& run : runs) run.resolution = std::chrono::milliseconds(600);
  EXPECT_THAT(career_of(runs, harbour(2010, 2011)).wins, IsEmpty());
}

TEST(Barrier, OnlyARoundTimeForTheLengthCounts) {
  const auto barrier = [](const char* time, const char* before) {
    return barrier_between(at(time), at(before));
  };
  EXPECT_EQ(barrier("3:58:00", "4:10:00"), hours(4));
  EXPECT_EQ(barrier("3:28:00", "3:47:00"), hours(3) + minutes(30)) << "the rounder one";
  EXPECT_EQ(barrier("3:30:00", "3:31:00"), std::nullopt) << "on the second is not under it";
  EXPECT_EQ(barrier("3:29:59", "3:30:00"), hours(3) + minutes(30));
  EXPECT_EQ(barrier("3:34:00", "3:36:00"), std::nullopt) << "3:35 is no round marathon time";
  EXPECT_EQ(barrier("0:39:40", "0:40:20"), minutes(40));
  EXPECT_EQ(barrier("0:19:40", "0:20:20"), minutes(20));
  EXPECT_EQ(next_barrier(at("3:31:10")), hours(3) + minutes(30));
  EXPECT_EQ(next_barrier(at("3:53:00")), hours(3) + minutes(50)) << "3:45 is too far";
  EXPECT_EQ(next_barrier(at("3:30:00")), hours(3) + minutes(25)) << "never itself";
}

TEST(Career, EveryFifthFinishIsARoundOne) {
  std::vector<CareerRun> runs;
  for (int year = 2001; year <= 2010; ++year) runs.push_back(spring(year, "3:50:00"));
  const Career career = career_of(runs, harbour(2001, 2010));
  EXPECT_THAT(kinds_of(career, 4), ElementsAre(WinKind::RoundFinish));
  EXPECT_THAT(kinds_of(career, 9), ElementsAre(WinKind::RoundFinish));
  EXPECT_EQ(career.wins.back().count, 10U);
}

/// Six runs in the middle of the field, and then one far ahead of it on a hot day.
std::vector<CareerRun> hot_last_day(const char* last) {
  std::vector runs = {spring(2001, "3:50:00"), spring(2002, "3:53:00"), spring(2003, "3:48:00"),
                      spring(2004, "3:51:00"), spring(2005, "3:49:00"), spring(2006, "3:52:00"),
                      spring(2007, last)};
  for (CareerRun& run : runs) run.field = FieldOfDay{1000, at("3:50:00")};
  runs.back().field->median = at("4:20:00");
  return runs;
}

TEST(Career, AGoodDayIsMeasuredAgainstTheFieldOfThatDay) {
  const Career career = career_of(hot_last_day("3:55:00"), harbour(2001, 2007));
  EXPECT_THAT(kinds_of(career, 6), ElementsAre(WinKind::AgainstTheDay));
  EXPECT_EQ(career.wins.back().count, 6U);
  EXPECT_GE(career.wins.back().one_in, 14U);
  const DayChange& change = career.day_changes.back();
  EXPECT_EQ(change.own, minutes(3));
  EXPECT_EQ(change.field, minutes(30));
  EXPECT_EQ(change.against_field(), -minutes(27));
}

TEST(Career, OfFewRunsNoneIsCalledRare) {
  std::vector runs = hot_last_day("3:55:00");
  runs.erase(runs.begin(), runs.begin() + 2);
  EXPECT_THAT(kinds_of(career_of(runs, harbour(2001, 2007)), 4), ElementsAre(WinKind::RoundFinish))
      << "four others say too little of a usual day";
  EXPECT_THAT(kinds_of(career_of(hot_last_day("4:20:00"), harbour(2001, 2007)), 6), IsEmpty())
      << "an ordinary run on the hot day";
}

TEST(Career, TheFirstFasterSecondHalfIsTold) {
  const auto with_half = [](int year, const char* half, const char* time) {
    CareerRun run = spring(year, time);
    run.splits.push_back({"half", Distance::millimetres(21'097'500), at(half), false, false});
    return run;
  };
  const Career career =
      career_of({with_half(2010, "1:50:00", "3:50:00"), with_half(2011, "1:58:00", "3:55:00"),
                 with_half(2012, "1:58:00", "3:54:00")},
                harbour(2010, 2012));
  EXPECT_EQ(career.wins, (std::vector{SmallWin{1, WinKind::NegativeSplit, 60, 0, 0, {}}}));
}

TEST(Career, TheFastestOfAnAgeNeedsThreeEditionsWithSuchAnAge) {
  CareerRun run = spring(2012, "3:40:00", 61);
  run.fastest_of_age = FastestOfAge{at("3:40:00"), 3};
  EXPECT_THAT(kinds_of(career_of({run}, harbour(2012, 2012)), 0),
              ElementsAre(WinKind::FastestOfAge));
  run.fastest_of_age->editions = 2;
  EXPECT_THAT(kinds_of(career_of({run}, harbour(2012, 2012)), 0), IsEmpty());
  run.fastest_of_age = FastestOfAge{at("3:39:59"), 3};
  EXPECT_THAT(kinds_of(career_of({run}, harbour(2012, 2012)), 0), IsEmpty());
}

TEST(Career, ALateBeginningNeedsEarlierEditionsWithoutThem) {
  EXPECT_EQ(career_of({spring(2012, "4:40:00", 64)}, harbour(2009, 2012)).late_start, 0U);
  EXPECT_FALSE(career_of({spring(2012, "4:40:00", 64)}, harbour(2010, 2012)).late_start)
      << "two editions before say little";
  EXPECT_FALSE(career_of({spring(2012, "4:40:00", 49)}, harbour(2009, 2012)).late_start);
  EXPECT_FALSE(career_of({spring(2012, "4:40:00")}, harbour(2009, 2012)).late_start);
}

TEST(Career, WhatIsNotKnownLeavesOutWhatNeedsIt) {
  CareerRun bare;
  bare.race = "harbour-2012";
  bare.date = {2012, 4, 18};
  const Career career = career_of({bare}, harbour(2012, 2012));
  EXPECT_EQ(career.name, "");
  EXPECT_FALSE(career.sex);
  EXPECT_FALSE(career.born);
  EXPECT_EQ(career.grades[0].error(), NoAgeGrade::NoTime);
  EXPECT_THAT(career.distances, IsEmpty());
  EXPECT_THAT(career.series, IsEmpty());
  EXPECT_THAT(career.goals, IsEmpty());
  EXPECT_THAT(career.wins, IsEmpty());
  EXPECT_THAT(build_career({}, {}, {}).runs, IsEmpty());
}

TEST(Career, SexAndBirthComeFromTheFilesThatAgree) {
  std::vector runs = {spring(2010, "3:50:00", 40), spring(2011, "3:50:00"),
                      spring(2012, "3:50:00", 42)};
  runs[1].sex.reset();
  EXPECT_EQ(career_of(runs, harbour(2010, 2012)).sex, Sex::Female);
  runs[2].sex = Sex::Male;
  runs[2].age = 60;
  const Career torn = career_of(runs, harbour(2010, 2012));
  EXPECT_FALSE(torn.sex);
  EXPECT_FALSE(torn.born) << "40 and two years later 60";
}

TEST(Career, ClubsAreToldWithTheirYears) {
  std::vector runs = {spring(2010, "3:50:00"), spring(2011, "3:50:00"), spring(2014, "3:50:00"),
                      spring(2015, "3:50:00")};
  runs[0].club = runs[2].club = "Harbour Runners";
  runs[3].club = "City AC";
  const auto clubs = career_of(runs, harbour(2010, 2015)).clubs;
  ASSERT_THAT(clubs, SizeIs(2));
  EXPECT_EQ(clubs[0].first, 2010);
  EXPECT_EQ(clubs[0].last, 2014);
  EXPECT_EQ(clubs[0].runs, 2U);
}

/// Women's standards that make grades easy to read: 2:30:00 at 40, a minute more each year.
CareerTables tables() {
  CareerTables out;
  model::AgeGradeTable table;
  table.edition = 2025;
  table.sex = Sex::Female;
  table.youngest = 40;
  table.columns = {{"Marathon", Distance::metres(42'195)}};
  table.open = {minutes(140)};
  for (int year = 0; year < 30; ++year) table.standards.push_back(minutes(150 + year));
  out.grades = {table};
  out.qualifying.emplace();
  out.qualifying->standards.push_back({2013, {}});
  out.qualifying->standards.back().standard.times = {{Sex::Female, 18, 44, minutes(220)},
                                                     {Sex::Female, 45, std::nullopt, minutes(230)}};
  out.qualifying->cutoffs = {{2015, seconds(62)}, {2016, seconds(148)}};
  return out;
}

TEST(Career, GradesGoalsAndQualifyingComeWithTheTables) {
  const std::vector runs = {spring(2012, "3:50:00", 42), spring(2013, "3:20:00", 43),
                            spring(2014, "3:39:00", 44)};
  const Career career = build_career(runs, std::vector{harbour(2012, 2014)}, tables());
  EXPECT_EQ(career.grade_edition, 2025);
  EXPECT_EQ(career.best_grade, 1U);
  EXPECT_EQ(career.grades[1]->hundredths, 7650U) << "153 minutes of 200";
  ASSERT_THAT(career.goals, SizeIs(3));
  EXPECT_EQ(career.goals[0].target, minutes(195)) << "3:15, three in a hundred below 3:20";
  EXPECT_EQ(career.goals[0].missing, minutes(5));
  EXPECT_EQ(career.goals[1].hundredths, 7650U);
  EXPECT_EQ(career.goals[1].target, at("3:21:18")) << "154 minutes at 44, divided by 76.5 %";
  EXPECT_EQ(career.goals[2].year, 2015) << "its window was open until September 2014";
  EXPECT_EQ(career.goals[2].age, 45) << "on 20 April 2015, two days past a year";
  EXPECT_EQ(career.goals[2].target, minutes(230));
  ASSERT_THAT(career.qualifying[2].real, SizeIs(1));
  EXPECT_EQ(career.qualifying[2].real[0].left, 11 * 60);
  ASSERT_THAT(career.qualifying[2].other, SizeIs(2));
  EXPECT_EQ(career.qualifying[2].other[1].left_at_cutoff(), 60 - 148) << "at 44: 3:40 less 2:28";
}

TEST(HeadToHead, CountsTheRacesBothRan) {
  const Career ann =
      career_of({spring(2010, "3:50:00"), spring(2011, "3:40:00"), spring(2012, "3:45:00"),
                 spring(2013, "3:45:00.4"), spring(2014, "")},
                harbour(2010, 2014));
  const Career bea =
      career_of({spring(2010, "3:49:00"), spring(2012, "3:46:00"), spring(2013, "3:45:00"),
                 spring(2014, "3:44:00"), spring(2015, "3:43:00")},
                harbour(2010, 2015));
  const HeadToHead both = head_to_head(ann, bea);
  ASSERT_THAT(both.meetings, SizeIs(3)) << "who did not finish met nobody at the line";
  EXPECT_EQ(both.ahead, 1U);
  EXPECT_EQ(both.behind, 1U);
  EXPECT_EQ(both.level, 1U);
  EXPECT_EQ(both.meetings[0].gap, minutes(1));
}

}  // namespace
}  // namespace hs::history
