#include "present/weather_words.h"

#include <gtest/gtest.h>

#include "support/page_field.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using moments::FieldWeather;
using test_support::duration;
using test_support::ResultsBuilder;

const model::PointId kTenK(1);
const model::PointId kFinish(2);

// A half marathon with one named finisher; its weather is made by hand below.
struct Words {
  ResultsBuilder builder;
  model::RaceId race = builder.race("half");
  model::EntrantId ana = builder.runner(race, "7", "Ana Ruiz", model::Sex::Female, 30);
  FieldWeather weather;

  Words() {
    weather.race = race;
    weather.started = 1250;
    weather.finished = 1203;
  }
  FieldWeather::Front& front() {
    weather.front = FieldWeather::Front{};
    weather.front->winner = ana;
    weather.front->won_in = duration("1:12:05");
    return *weather.front;
  }
  WeatherWords words() { return weather_words(weather, builder.build()); }
};

TEST(WeatherWords, EveryPartIsSaidWithItsFigures) {
  Words made;
  made.weather.halves = FieldWeather::Halves{kTenK, 1000, 380, 240, 1063};
  auto& front = made.front();
  front.ahead = duration("11.4");
  front.led = FieldWeather::Lead{kTenK, duration("4.2")};
  made.weather.last = FieldWeather::Last{duration("3:02:03.9"), kTenK};
  EXPECT_EQ(made.words().headline,
            "38 in a hundred slowed by more than a tenth after 10K; the winner led from 10K");
  EXPECT_EQ(made.words().text,
            "1,203 of 1,250 starters finished. From 10K on, 38 in a hundred ran more than a tenth "
            "slower than on the way there and one in four ran faster; the runner in the middle "
            "ran 6.3 % slower. Ana Ruiz won in 1:12:05 by 11.4 s, first at every mat from 10K on, "
            "4.2 s ahead there. The last recorded finish came 3:02:03 after the gun; that runner "
            "had last been heard at 10K when the winner crossed the line.");
}

TEST(WeatherWords, WinFromBehindSaysWhereItWasNotYetOne) {
  Words made;
  auto& front = made.front();
  front.ahead = duration("3");
  front.led = FieldWeather::Lead{kFinish, duration("3")};
  front.behind = FieldWeather::Behind{kTenK, 2, duration("4.5")};
  EXPECT_EQ(made.words().headline, "The race was decided after 10K");
  EXPECT_NE(made.words().text.find("won in 1:12:05 by 3 s, after passing 10K as the 2nd, 4.5 s "
                                   "behind."),
            std::string::npos)
      << made.words().text;
}

TEST(WeatherWords, WhatIsAbsentIsNotSpokenOf) {
  Words made;
  EXPECT_EQ(made.words().headline, "1,203 finished");
  EXPECT_EQ(made.words().text, "1,203 of 1,250 starters finished.");
  made.front();
  EXPECT_EQ(made.words().headline, "1,203 finished, the first in 1:12:05");
  made.weather = FieldWeather{};
  EXPECT_EQ(made.words().headline, "Nobody has started yet");
  made.weather.started = 3;
  EXPECT_EQ(made.words().headline, "Nobody finished");
  made.weather.on_course = 3;
  EXPECT_EQ(made.words().headline, "Nobody has finished yet");
}

TEST(WeatherWords, PrivateWinnerIsABib) {
  Words made;
  made.front();
  made.builder.entrant(made.ana).is_private = true;
  EXPECT_NE(made.words().text.find("Bib 7 won in"), std::string::npos);
}

TEST(WeatherWords, HeadlineFitsWhateverTheFiguresAre) {
  for (const std::size_t slowed : {0U, 7U, 250U, 333U, 501U, 999U, 1000U}) {
    Words made;
    made.weather.halves = FieldWeather::Halves{kTenK, 1000, slowed, 0, 1000};
    auto& front = made.front();
    front.led = FieldWeather::Lead{kFinish, duration("3")};
    front.behind = FieldWeather::Behind{kTenK, 2, duration("4.5")};
    EXPECT_LE(made.words().headline.size(), 110U);
    EXPECT_NE(made.words().text.find("kept the pace"), std::string::npos);
  }
}

}  // namespace
}  // namespace hs::present
