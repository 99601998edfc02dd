#include "present/weather_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/moment_words.h"
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

TEST(WeatherWords, TheDayIsToldInGermanWithTheSameFigures) {
  Words made;
  made.builder.results.event.language = "de";
  made.weather.halves = FieldWeather::Halves{kTenK, 1000, 380, 240, 1063};
  auto& front = made.front();
  front.ahead = duration("11.4");
  front.led = FieldWeather::Lead{kTenK, duration("4.2")};
  made.weather.last = FieldWeather::Last{duration("3:02:03.9"), kTenK};
  EXPECT_EQ(made.words().headline,
            "Nach Kilometer 10 wurden 38 von hundert um mehr als ein Zehntel langsamer; "
            "ab Kilometer 10 dieselbe F\u00fchrung");
  EXPECT_EQ(
      made.words().text,
      "1.203 von 1.250 Gestarteten kamen ins Ziel. Ab Kilometer 10 liefen 38 von hundert "
      "mehr als ein Zehntel langsamer als bis dorthin, und jede vierte Person lief schneller; "
      "in der Mitte des Feldes war das Tempo um 6,3 % langsamer. Ana Ruiz gewann in 1:12:05 "
      "Stunden mit 11,4 Sekunden Vorsprung, ab Kilometer 10 an jeder Matte vorn, dort um 4,2 "
      "Sekunden. Die letzte gemessene Ankunft war 3:02:03 Stunden nach dem Startschuss; als "
      "das Rennen gewonnen wurde, war diese Person zuletzt bei Kilometer 10 erfasst worden.");
  made.builder.entrant(made.ana).is_private = true;
  EXPECT_NE(made.words().text.find("Startnummer 7 gewann in"), std::string::npos);
}

/// The numbers of a text in their order, as values: "1,203", "1.203" and "1:12:05" alike.
std::vector<double> values_in(const std::string& text, const LanguageTable& language) {
  std::vector<double> out;
  for (const std::string& number : words_test::numbers_in(text)) {
    out.push_back(words_test::value_of(number, language));
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(WeatherWords, EveryFigureIsTheWeathersOwnInEachLanguage) {
  Words made;
  made.weather.started = 12501;
  made.weather.finished = 12345;
  made.weather.halves = FieldWeather::Halves{kTenK, 11000, 4202, 3100, 1063};
  auto& front = made.front();
  front.ahead = duration("1:11.9");
  front.led = FieldWeather::Lead{kFinish, duration("1:11.9")};
  front.behind = FieldWeather::Behind{kTenK, 22, duration("4.56")};
  made.weather.last = FieldWeather::Last{duration("3:02:03.9"), kTenK};
  // 4,202 of 11,000 are 38 in a hundred, 3,100 are 28; 1063 thousandths are 6.3 % more.
  const std::vector<double> text = {4.5, 6.3, 10,   10,    10,    22,   28,
                                    38,  71,  4325, 10923, 12345, 12501};
  for (const Language& language : Language::all()) {
    made.builder.results.event.language = std::string(language.code());
    EXPECT_EQ(values_in(made.words().text, language.table()), text) << made.words().text;
    EXPECT_EQ(values_in(made.words().headline, language.table()), (std::vector<double>{10, 10, 38}))
        << made.words().headline;
    EXPECT_LE(words_test::characters(made.words().headline), 110U);
  }
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
