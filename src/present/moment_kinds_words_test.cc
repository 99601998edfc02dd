#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "support/moment_words.h"
#include "support/storm_field.h"

namespace hs::present {
namespace {

using namespace words_test;

/// Evidence about the field or a place in it.
model::Evidence counted(const std::string& what, const std::string& to,
                        std::optional<std::uint32_t> rank, std::optional<std::uint32_t> of,
                        const std::string& given = "") {
  model::Evidence evidence;
  evidence.what = what;
  evidence.to = to;
  evidence.rank_in_field = rank;
  evidence.of = of;
  evidence.given = given;
  return evidence;
}

model::Evidence timed(const std::string& what, const std::string& from, const std::string& to,
                      std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = what;
  evidence.from = from;
  evidence.to = to;
  evidence.seconds = seconds;
  return evidence;
}

model::Evidence middle_of_field(const std::string& from, const std::string& to,
                                std::int64_t seconds) {
  model::Evidence evidence = timed("middle-of-field", from, to, seconds);
  evidence.of = 31859;
  return evidence;
}

TEST(MomentWords, PlacesAgainstAllExpectationAreToldPlainly) {
  OneRunner one;
  expect_told(
      one, model::MomentKind::Unseeded,
      {counted("place", "finish", 114, 23890), counted("seed", "finish", 6795, 224, "bib"),
       counted("seed-best", "finish", 1370, 224), passing("finish", 9109)},
      "Of the bibs around Ana Ruiz, the middle one came in number 6,795; she came in number "
      "114",
      "Ana Ruiz finished in 2:31:49, number 114 of 23,890 by net time. Of the 224 others "
      "with the nearest bibs, the middle one came in number 6,795 and the first number "
      "1,370.");
  one.moment.evidence[1].given = "wave";
  EXPECT_NE(one.words().text.find("others of the same wave"), std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
  expect_told(one, model::MomentKind::LastToFirst,
              {counted("place-early", "5k", 57, 61), counted("win", "finish", {}, {}, "F"),
               passing("5k", 1500), passing("finish", 9109)},
              "Number 57 of 61 at 5K, Ana Ruiz came in first of the women",
              "Ana Ruiz passed 5K after 25:00, number 57 of the women of 61 who were timed there. "
              "She came in first of the women, in 2:31:49.");
}

TEST(MomentWords, CutOffsAndLateStartsAreToldPlainly) {
  OneRunner one;
  expect_told(one, model::MomentKind::BeatTheCutoff,
              {timed("cutoff", "", "finish", 1), interval("40k", 1093),
               timed("at-the-pace-before", "40k", "finish", 1123), passing("finish", 21573)},
              "At 40K Ana Ruiz was behind the cut-off, and crossed the line 1 second before it",
              "At the pace until 40K the last 2.2 km would have taken Ana Ruiz 18:43, too long to "
              "be in time. She ran them in 18:13 and finished in 5:59:33, 1 second before the race "
              "closed.");
  expect_told(one, model::MomentKind::LateStarter,
              {timed("start-behind", "", "start", 900), counted("passed", "finish", 412, 600),
               passing("finish", 12000)},
              "Ana Ruiz started 15 minutes behind everybody else of the wave, and passed 412",
              "Ana Ruiz crossed the start 15:00 after everybody else of the same wave. Of 600 "
              "finishers who had started before, 412 came in behind her; she finished in 3:20:00.");
}

TEST(MomentWords, AWinnerOfAKindIsNamedByTheDivision) {
  OneRunner one;
  expect_told(one, model::MomentKind::WinnerOfKind,
              {counted("division-win", "finish", 1, 7, "stroller"), passing("finish", 11255),
               counted("place", "finish", 1, 340)},
              "Ana Ruiz was first in the division stroller, in 3:07:35",
              "Ana Ruiz finished in 3:07:35. That was the first place of 7 in the division "
              "stroller. Of all 340 with a place, nobody came in before her.");
  model::Evidence age;
  age.what = "age";
  age.years = 19;
  age.next_years = 20;
  age.of = 900;
  expect_told(one, model::MomentKind::Youngest, {age, passing("finish", 12000)},
              "Ana Ruiz, 19, was the youngest to finish, in 3:20:00",
              "Ana Ruiz was 19 on the day of the race, and finished in 3:20:00. Of 900 finishers "
              "whose age is known nobody was younger; the next youngest was 20.");
}

TEST(MomentWords, TheFieldsStoryNamesNobodyAndNoCause) {
  OneRunner one;
  one.moment.people.clear();
  expect_told(one, model::MomentKind::StopFront,
              {counted("stop-front", "finish", 5633, 23336), timed("clock", "", "finish", 14984),
               counted("last-heard", "35k", 2100, 5633)},
              "The race ended with 5,633 runners still on the course",
              "Nobody was recorded at the finish later than 4:09:44 after the first gun. Of 23,336 "
              "runners whom a mat had heard, 5,633 were due at a later one, and it did not hear "
              "them. Most of them, 2,100, had last been heard at 35K.");
  expect_told(
      one, model::MomentKind::Heat,
      {middle_of_field("start", "half", 6472), middle_of_field("half", "finish", 7429),
       counted("negative-splits", "half", 804, 31859)},
      "The field slowed: the second half took the middle of it 15:57 longer than the first",
      "In the middle of 31,859 finishers timed at half way, the way there took 1:47:52 and the "
      "rest of the course 2:03:49. Of them, 804 were faster behind it than before.");
  expect_told(one, model::MomentKind::Storm,
              {counted("note", "finish", {}, {}, "thunder over the course"),
               counted("finished", "finish", 88, 90)},
              "A storm, as an official noted; 88 of 90 finished",
              "An official noted: \u201cthunder over the course\u201d. 88 of 90 who had started "
              "finished.");
  expect_told(one, model::MomentKind::LostMat,
              {counted("heard", "20k", 60, 600), counted("heard", "30k", 597, 600)},
              "The mat at 20K heard 60 of 600 finishers",
              "The mat at 20K heard 60 of 600 finishers; each of the others heard at least 597. No "
              "finish time hangs on it.");
}

TEST(MomentWords, ThroughTheStormIsToldByTheOfficialsTimesAndTheField) {
  moment_field::Stormy storm;
  storm.field.person(storm.steady).name = "Ana Ruiz";
  storm.field.entrant(storm.steady).sex = model::Sex::Female;
  std::size_t told = 0;
  for (const model::Moment& moment : storm.found()) {
    expect_numbers_hold(moment, storm.field.results());
    if (moment.people.front() != storm.steady) continue;
    ++told;
    const std::string text = words_for(moment, storm.field.results()).text;
    EXPECT_EQ(text.find("An official noted a storm of 40 minutes; 901 finishers were on the course "
                        "through all of it. Ana Ruiz ran from 20K to 30K in 55:00; with the pace "
                        "lost by the middle of the "),
              0u)
        << text;
    EXPECT_NE(text.find(" None of them lost less of their pace. She finished in 3:52:04."),
              std::string::npos)
        << text;
  }
  EXPECT_EQ(told, 1u);
}

TEST(MomentWords, ABarrierIsAClauseOfTheSentenceThatGivesTheTime) {
  OneRunner one;
  one.moment.evidence[2].seconds = 4 * 3600 - 7;
  model::Evidence barrier = timed("barrier", "", "finish", 7);
  barrier.expected_seconds = 4 * 3600;
  barrier.given = "time";
  one.moment.evidence.push_back(barrier);
  const auto ends = [&](const std::string& with) {
    const std::string text = one.words().text;
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
  };
  EXPECT_TRUE(ends("and finished in 3:59:53, 7 seconds under 4:00:00.")) << one.words().text;
  expect_numbers_hold(one.moment, one.field.results());
  one.moment.evidence.back().given = "goal";
  EXPECT_TRUE(ends("3:59:53, 7 seconds under the goal of 4:00:00.")) << one.words().text;
  one.moment.evidence.back().seconds.reset();
  EXPECT_TRUE(ends("3:59:53, where the goal had been 4:00:00.")) << one.words().text;
  one.moment.kind = model::MomentKind::Oldest;
  model::Evidence age;
  age.what = "age";
  age.years = 84;
  age.next_years = 81;
  age.of = 900;
  one.moment.evidence = {age, passing("finish", 4 * 3600 - 7), barrier};
  EXPECT_TRUE(ends("That was 7 seconds under 4:00:00.")) << one.words().text;
}

TEST(MomentWords, AStandardIsNamedWithTheSecondsUnderOrOverIt) {
  OneRunner one;
  model::Standard standard;
  standard.name = "City 2027";
  auto& standards = one.field.results().event.races[0].standards;
  standards = {standard};
  model::Evidence barrier = timed("barrier", "", "finish", 9);
  barrier.expected_seconds = 4 * 3600;
  barrier.given = "standard";
  barrier.name = "City 2027";
  one.moment.evidence[2].seconds = 4 * 3600 - 9;
  one.moment.evidence.push_back(barrier);
  const auto ends = [&](const std::string& with) {
    const std::string text = one.words().text;
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
  };
  EXPECT_TRUE(ends("3:59:51, 9 seconds under the standard of City 2027.")) << one.words().text;
  expect_numbers_hold(one.moment, one.field.results());
  const auto german = Language::named("de");
  ASSERT_TRUE(german);
  EXPECT_NE(words_for(one.moment, one.field.results(), *german)
                .text.find(", 9 Sekunden unter der Norm von City 2027."),
            std::string::npos);
  // Where another time counts than the one the words give, they say whose count it is.
  standards[0].course_index = std::chrono::minutes(5);
  EXPECT_TRUE(ends("As City 2027 counts it, that was 9 seconds under the standard."));
  standards[0].course_index = base::Duration(0);
  standards[0].by = model::StandardBy::Gun;
  EXPECT_TRUE(ends("As City 2027 counts it, that was 9 seconds under the standard."));
  standards[0].by = model::StandardBy::Net;
  one.moment.evidence[2].seconds = 4 * 3600 + 4;
  one.moment.evidence.back().seconds = -4;
  EXPECT_TRUE(ends("4:00:04, 4 seconds over the standard of City 2027.")) << one.words().text;
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, AGroupOfPairsSaysHowManyItHoldsFor) {
  FieldBuilder field = published_field();
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 331 + (metres >= 20000 ? 1800.0 : 0.0));
  }
  field.add("90003", net);
  std::size_t told = 0;
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    if (moment.kind != model::MomentKind::SameTimes) continue;
    ++told;
    EXPECT_NE(words_for(moment, field.results()).text.find("The same holds of 3 runners in all."),
              std::string::npos);
    expect_numbers_hold(moment, field.results());
  }
  EXPECT_EQ(told, 1u);
}

}  // namespace
}  // namespace hs::present
