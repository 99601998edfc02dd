#include "present/moment_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/sentences.h"
#include "support/moment_field.h"
#include "support/moment_words.h"

namespace hs::present {
namespace {

using namespace words_test;

TEST(MomentWords, ACollapseIsToldPlainly) {
  OneRunner one;
  EXPECT_EQ(one.words().headline,
            "Past 40K in 2:39:42, Ana Ruiz needed 89 minutes for the last 2.2 km, and finished");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz passed 40K after 2:39:42. By the pace until there and by what the field did "
            "that day, the last 2.2 km could be expected to take 9:52; for nine in ten it would "
            "be between 8:20 and 1:02:05. It took her 1:29:09, and none of 31,892 finishers timed "
            "over that stretch took longer. She went on to the line and finished in 4:08:51.");
}

TEST(MomentWords, SentencesAgreeWithThePerson) {
  OneRunner one;
  one.field.entrant(one.id).sex = model::Sex::Male;
  EXPECT_NE(one.words().text.find("It took him "), std::string::npos);
  EXPECT_NE(one.words().text.find(" He went on"), std::string::npos);
  one.field.entrant(one.id).sex = model::Sex::X;
  EXPECT_NE(one.words().text.find("It took them "), std::string::npos);
  one.field.entrant(one.id).sex = std::nullopt;
  EXPECT_NE(one.words().text.find(" They went on"), std::string::npos);
}

TEST(MomentWords, HowManyTookLongerAgreesWithTheirNumber) {
  OneRunner one;
  one.moment.evidence[0].rank_in_field = 2;
  EXPECT_NE(one.words().text.find("over that stretch, one took longer."), std::string::npos);
  one.moment.evidence[0].rank_in_field = 1235;
  EXPECT_NE(one.words().text.find("over that stretch, 1,234 took longer."), std::string::npos);
}

TEST(MomentWords, ALongNameInTheHeadlineBecomesTheBib) {
  OneRunner one;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "\xC3\xA9";  // Two bytes, one character.
  one.field.person(one.id).name = name;
  EXPECT_EQ(one.words().headline,
            "Past 40K in 2:39:42, Bib 812 needed 89 minutes for the last 2.2 km, and finished");
  EXPECT_EQ(one.words().text.find(name), 0u);
  // 50 characters of two bytes still fit, without the clause in front.
  one.field.person(one.id).name = name.substr(0, 100);
  EXPECT_EQ(one.words().headline.find(name.substr(0, 100)), 0u);
}

TEST(MomentWords, APrivateRunnerIsABib) {
  OneRunner one;
  one.field.entrant(one.id).is_private = true;
  const MomentWords words = one.words();
  EXPECT_EQ((words.headline + words.text).find("Ana"), std::string::npos);
  EXPECT_EQ(words.text.find("Bib 812 passed"), 0u);
}

TEST(MomentWords, ShortStretchesAreInMetres) {
  OneRunner one;
  one.field.results().event.races[0].points[9].distance = base::Distance::metres(41795);
  EXPECT_NE(one.words().headline.find("for the last 400 m, and"), std::string::npos);
}

TEST(MomentWords, AFasterSecondHalfIsToldInHalves) {
  OneRunner one;
  one.moment.kind = model::MomentKind::NegativeSplit;
  model::Evidence day;
  day.what = "negative-splits";
  day.to = "half";
  day.rank_in_field = 802;
  day.of = 31859;
  one.moment.evidence = {interval("half", 6000), passing("half", 7000), passing("finish", 13000),
                         day};
  EXPECT_EQ(one.words().headline, "Ana Ruiz ran the second half 16:40 faster than the first");
  EXPECT_NE(one.words().text.find("the first half in 1:56:40 and the second in 1:40:00."),
            std::string::npos);
  EXPECT_NE(one.words().text.find("Of 31,859 finishers timed at half way, 802 were faster"),
            std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, EveryNumberOfEveryTextIsInTheEvidence) {
  FieldBuilder field = eventful_field();
  const auto found = moments::find_moments(field.results());
  std::set<model::MomentKind> kinds;
  for (const model::Moment& moment : found) {
    expect_numbers_hold(moment, field.results());
    kinds.insert(moment.kind);
  }
  using Kind = model::MomentKind;
  for (const Kind kind :
       {Kind::LateCollapse, Kind::NegativeSplit, Kind::FinishTogether, Kind::LongStop,
        Kind::WallComeback, Kind::LastFinisher, Kind::Overtaking, Kind::EvenPace, Kind::Oldest,
        Kind::RanTogether, Kind::Group, Kind::PhotoFinish}) {
    EXPECT_TRUE(kinds.contains(kind)) << model::name_of(kind);
  }
  // What needs the clock to be absent has a field of its own.
  FieldBuilder published = published_field();
  const auto same = moments::find_moments(published.results());
  EXPECT_TRUE(std::any_of(same.begin(), same.end(),
                          [](const auto& m) { return m.kind == Kind::SameTimes; }));
  for (const model::Moment& moment : same) expect_numbers_hold(moment, published.results());
}

TEST(MomentWords, HeadlinesAreShortAndTextsHaveTwoToFourSentences) {
  FieldBuilder field = eventful_field();
  auto& persons = field.results().persons;
  for (std::size_t i = 0; i < persons.size(); ++i) persons[i].name = std::string(200, 'x');
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(moment, field.results(), language);
      EXPECT_LE(characters(words.headline), 110u) << words.headline;
      EXPECT_NE(words.headline.back(), '.');
      std::size_t sentences = 0;
      for (std::size_t at = words.text.find(". "); at != std::string::npos;
           at = words.text.find(". ", at + 1)) {
        ++sentences;
      }
      EXPECT_EQ(words.text.back(), '.');
      EXPECT_GE(sentences + 1, 2u) << words.text;
      EXPECT_LE(sentences + 1, 4u) << words.text;
      EXPECT_EQ(words.text.find('{'), std::string::npos);
    }
  }
}

TEST(MomentWords, AgesAndPlacesAreToldPlainly) {
  OneRunner one;
  one.moment.kind = model::MomentKind::Oldest;
  model::Evidence age;
  age.what = "age";
  age.to = "finish";
  age.years = 84;
  age.next_years = 81;
  age.of = 12345;
  one.moment.evidence = {age, passing("finish", 23456)};
  EXPECT_EQ(one.words().headline, "Ana Ruiz, 84, was the oldest to finish, in 6:30:56");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz was 84 on the day of the race, and finished in 6:30:56. Of 12,345 finishers "
            "whose age is known nobody was older; the next oldest was 81.");
}

TEST(MomentWords, TheLastRecordedIsToldWithRespect) {
  OneRunner one;
  one.moment.kind = model::MomentKind::LastFinisher;
  model::Evidence clock;
  clock.what = "clock";
  clock.to = "finish";
  clock.seconds = 30000;
  clock.of = 501;
  model::Evidence gap;
  gap.what = "gap-before";
  gap.to = "finish";
  gap.seconds = 754;
  one.moment.evidence = {clock, gap, passing("finish", 29400)};
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz kept going, and was the last recorded at the line, 8:20:00 after the first "
            "gun");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz crossed the line 8:20:00 after the first gun, the last of 501 finishers "
            "recorded there, 12:34 behind the one before. She finished in 8:10:00.");
}

TEST(MomentWords, AGroupIsNamedOnlyWhereTheRacePublishesGroups) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  const auto third = one.field.add("814", std::vector<moment_field::Seconds>(10, 1.0));
  for (const auto id : {one.id, other, third}) one.field.person(id).group = "Blue Caps";
  one.moment.kind = model::MomentKind::Group;
  one.moment.people = {one.id, other, third};
  model::Evidence line;
  line.what = "group";
  line.to = "finish";
  line.seconds = 4;
  line.rank_in_field = 3;
  line.of = 5;
  model::Evidence clock;
  clock.what = "clock";
  clock.to = "finish";
  clock.seconds = 30000;
  one.moment.evidence = {line, clock};
  EXPECT_EQ(one.words().headline, "3 of one group crossed the line within 4 seconds");
  one.field.results().event.publish_columns = {"group"};
  EXPECT_EQ(one.words().headline, "3 of Blue Caps crossed the line within 4 seconds");
  EXPECT_NE(one.words().text.find("5 of their group finished."), std::string::npos);
}

TEST(MomentWords, AComebackAgreesWithHowManyCameBack) {
  OneRunner one;
  one.moment.kind = model::MomentKind::WallComeback;
  const auto stretch = [](const std::string& from, const std::string& to, std::int64_t seconds) {
    model::Evidence evidence = interval(from, seconds);
    evidence.to = to;
    return evidence;
  };
  model::Evidence others;
  others.what = "comebacks";
  others.to = "finish";
  others.rank_in_field = 1;
  others.of = 77;
  one.moment.evidence = {stretch("start", "25k", 7500), stretch("25k", "30k", 2400),
                         stretch("30k", "finish", 3700), passing("finish", 13600), others};
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz slowed to 8:00 a kilometre before 30K, then ran the last 12.2 km at 5:03");
  EXPECT_EQ(one.words().text.find("Ana Ruiz ran to 25K at 5:00 a kilometre, and from there to 30K "
                                  "at 8:00. The last 12.2 km she ran at 5:03, and finished in "
                                  "3:46:40."),
            0u);
  EXPECT_NE(one.words().text.find("nobody else came back."), std::string::npos);
  one.moment.evidence.back().rank_in_field = 3;
  EXPECT_NE(one.words().text.find("Of 77 who slowed like that after half way, 3 came back"),
            std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, ALeadThatChangedLateIsToldFromBothSides) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  one.moment.kind = model::MomentKind::LeadChangeLate;
  one.moment.people = {one.id, other};
  model::Evidence win;
  win.what = "win";
  win.to = "finish";
  win.given = "F";
  model::Evidence behind;
  behind.what = "behind";
  behind.to = "40k";
  behind.seconds = 41;
  model::Evidence ahead = behind;
  ahead.to = "finish";
  ahead.seconds = 4;
  one.moment.evidence = {
      win, behind, ahead, interval("40k", 440), interval("40k", 485), passing("finish", 8765)};
  EXPECT_EQ(one.words().headline,
            "0:41 behind at 40K, Ana Ruiz passed Lea Moor and was first of the women");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz passed 40K 0:41 behind Lea Moor, who led there. For the last 2.2 km Ana Ruiz "
            "needed 7:20 and Lea Moor 8:05. Ana Ruiz was first of the women in 2:26:05, 0:04 ahead "
            "at the line.");
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, ARunnersOwnWordsAreQuotedAsTheirs) {
  OneRunner one;
  one.field.person(one.id).why = "To see the end of it.\n";
  one.moment.kind = model::MomentKind::FirstFinish;
  model::Evidence entry;
  entry.what = "entry";
  entry.to = "finish";
  one.moment.evidence = {entry, passing("finish", 23456)};
  EXPECT_EQ(one.words().headline, "A first finish: Ana Ruiz, in 6:30:56");
  EXPECT_EQ(one.words().text,
            "\u201cTo see the end of it\u201d, Ana Ruiz wrote before the race. It was a first, by "
            "the entry list, and she finished in 6:30:56.");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "again ";
  one.field.person(one.id).why = many;
  EXPECT_NE(one.words().text.find("again \u2026\u201d"), std::string::npos);
  EXPECT_LT(one.words().text.size(), 420u);
}

TEST(MomentWords, AGuideIsNamedAsTheGuide) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  one.moment.kind = model::MomentKind::GuidePair;
  one.moment.people = {one.id, other};
  model::Evidence line;
  line.what = "apart";
  line.to = "finish";
  line.seconds = 2;
  one.moment.evidence = {line, passing("finish", 13600), passing("finish", 13599)};
  EXPECT_EQ(one.words().headline, "Ana Ruiz and guide Lea Moor finished in 3:46:40");
  EXPECT_EQ(one.words().text,
            "Lea Moor is entered as guide of Ana Ruiz. They crossed the line within 2 seconds of "
            "each other, in 3:46:40 and 3:46:39.");
}

TEST(MomentWords, PublishedRacesHoldEveryNumber) {
  if (moment_field::shared_path("boston/finishers-2014.csv").empty()) {
    GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  }
  FieldBuilder field = moment_field::boston(2014);
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    expect_numbers_hold(moment, field.results());
  }
}

}  // namespace
}  // namespace hs::present
