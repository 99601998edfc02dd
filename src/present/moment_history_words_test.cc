#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "model/past.h"
#include "present/moment_words.h"
#include "present/years_figure.h"
#include "support/moment_words.h"

// The words of the kinds that stand on earlier races.

namespace hs::present {
namespace {

using namespace words_test;

model::Evidence earlier(const std::string& what, int year, std::optional<std::int64_t> seconds) {
  model::Evidence evidence;
  evidence.what = what;
  evidence.to = "finish";
  evidence.race = "Harbour " + std::to_string(year);
  evidence.on = base::Date{year, 5, 8};
  evidence.seconds = seconds;
  return evidence;
}

TEST(HistoryWords, DevotionIsCounted) {
  OneRunner one;
  model::Evidence streak = earlier("streak", 2014, {});
  streak.rank_in_field = 9;
  streak.of = 12;
  expect_told(one, model::MomentKind::Streak,
              {streak, earlier("bridged", 2019, {}), passing("finish", 9109)},
              "The 9th edition in a row for Ana Ruiz, in 2:31:49",
              "Ana Ruiz finished in 2:31:49, as in every edition since 2014: 9 in a row. The "
              "edition of 2019, which was stopped, is not counted and breaks no streak.");
  model::Evidence times = streak;
  times.what = "times-here";
  expect_told(one, model::MomentKind::NthTime, {times, passing("finish", 9109)},
              "Ana Ruiz finished here for the 9th time, in 2:31:49",
              "Ana Ruiz finished in 2:31:49, her 9th finish in the 12 editions whose results are "
              "at hand. The first of them was in 2014.");
}

TEST(HistoryWords, ReturnsSayWhatIsKnownAndNoMore) {
  OneRunner one;
  model::Evidence last = earlier("last-here", 2011, 10000);
  last.years = 12;
  last.of = 11;
  expect_told(one, model::MomentKind::BackAfterYears, {last, passing("finish", 9109)},
              "12 years later, Ana Ruiz finished here again, in 2:31:49",
              "Ana Ruiz finished in 2:31:49. The last time was Harbour 2011, in 2:46:40; "
              "the 11 editions between went without her.");
  last.rank_in_field = 4;
  expect_told(one, model::MomentKind::BackAfterYears, {last, passing("finish", 9109)},
              "12 years later, Ana Ruiz finished here again, in 2:31:49",
              "Ana Ruiz finished in 2:31:49. The last time was Harbour 2011, in 2:46:40; "
              "the 11 editions between went without her. She had finished here 4 times by then.");
  model::Evidence tries = earlier("not-finished", 2022, {});
  tries.rank_in_field = 1;
  tries.given = "first";
  expect_told(one, model::MomentKind::AfterDnf, {tries, passing("finish", 9109)},
              "Ana Ruiz had not finished here in 2022; this time it took 2:31:49",
              "Ana Ruiz finished in 2:31:49. At Harbour 2022 she had started and not "
              "finished; no earlier finish here is known.");
}

TEST(HistoryWords, BestsAreAgainstTheirOwnAndTheDay) {
  OneRunner one;
  model::Evidence best = earlier("best-before", 2019, 10000);
  best.of = 4;
  model::Evidence day;
  day.what = "field-against-best";
  day.to = "finish";
  day.seconds = 185;
  day.given = "slower";
  expect_told(one, model::MomentKind::PersonalBest, {passing("finish", 9109), best, day},
              "Ana Ruiz was 14:51 faster than ever before, in 2:31:49",
              "Ana Ruiz finished in 2:31:49. Of 4 earlier races as long as this the best was "
              "2:46:40, at Harbour 2019. On this day the middle of those who can be "
              "compared were 3:05 slower than their own bests.");
  model::Evidence under;
  under.what = "first-under";
  under.to = "finish";
  under.expected_seconds = 10800;
  under.seconds = 1691;
  expect_told(one, model::MomentKind::FirstUnder, {under, best, passing("finish", 9109)},
              "Ana Ruiz finished in 2:31:49: under 3:00:00 for the first time, in the 5th race",
              "Ana Ruiz finished in 2:31:49. In 4 earlier races as long as this she had never been "
              "under 3:00:00; the best was 2:46:40, at Harbour 2019.");
}

TEST(HistoryWords, RecordsSayOfHowManyEditions) {
  OneRunner one;
  model::Evidence rank;
  rank.what = "all-time";
  rank.to = "finish";
  rank.rank_in_field = 1;
  rank.of = 12;
  rank.given = "F";
  expect_told(one, model::MomentKind::Record,
              {rank, passing("finish", 9109), earlier("fastest-before", 2019, 9120)},
              "Ana Ruiz ran 2:31:49, the fastest of the women here in 12 editions",
              "Ana Ruiz finished in 2:31:49. The fastest so far was 2:32:00, in 2019.");
  rank.rank_in_field = 3;
  expect_told(one, model::MomentKind::AllTimeList,
              {rank, passing("finish", 9109), earlier("fastest-before", 2019, 9000)},
              "Ana Ruiz ran 2:31:49, the 3rd fastest here in 12 editions",
              "Ana Ruiz finished in 2:31:49, which puts her 3rd on the list of 12 editions, of "
              "those of her sex. The fastest was 2:30:00, in 2019.");
  model::Evidence grade;
  grade.what = "age-grade";
  grade.to = "finish";
  grade.age_grade = 9312;
  grade.years = 61;
  expect_told(one, model::MomentKind::AgeGrade, {grade, passing("finish", 9109)},
              "Ana Ruiz, 61, finished in 2:31:49: an age grade of 93.1 per cent",
              "Ana Ruiz was 61 on the day of the race and finished in 2:31:49. Against the best "
              "known of that age that is 93.1 per cent.");
}

TEST(YearsFigure, DrawsEveryFinishAsLongAsThisAndNamesTheFastest) {
  OneRunner one;
  EXPECT_FALSE(years_figure(one.field.results(), one.moment, 200));
  one.field.runner(one.id).net = base::NetTime(std::chrono::seconds(9109));
  model::Past past;
  for (const int year : {2019, 2020, 2022}) {
    model::PastRace race;
    race.date = {year, 5, 8};
    race.distance = one.field.results().event.races[0].points.back().distance;
    past.races.push_back(race);
  }
  past.races[1].distance = base::Distance::metres(5000);
  past.runners.resize(one.field.results().entrants.size());
  for (std::uint32_t i = 0; i < 3; ++i) {
    model::PastResult result;
    result.race = i;
    result.time = std::chrono::seconds(9000 + 60 * i);
    past.runners[one.moment.people.front().raw()].push_back(result);
  }
  one.field.results().past = std::make_shared<const model::Past>(past);
  const auto figure = years_figure(one.field.results(), one.moment, 200);
  ASSERT_TRUE(figure);
  const auto dots =
      std::count_if(figure->plot.items().begin(), figure->plot.items().end(),
                    [](const Plot::Item& item) { return item.what == Plot::Item::What::Dot; });
  EXPECT_EQ(dots, 3);  // Two earlier ones, and this one.
  EXPECT_NE(figure->plot.html().find("the fastest 2:30:00"), std::string::npos);
}

}  // namespace
}  // namespace hs::present
