#include "evaluate/moment_measures.h"

#include <gmock/gmock.h>

#include "evaluate/moment_known.h"
#include "evaluate/moment_recompute.h"
#include "evaluate/moment_report.h"
#include "evaluate/moment_times.h"
#include "moments/find_moments.h"
#include "support/moment_field.h"
#include "support/storm_field.h"

namespace hs::evaluate {
namespace {

using moment_field::FieldBuilder;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kFinish = 10;
const model::RaceId kRace(0);

/// Even pace, with `minutes` lost behind the column `from`, spread over the rest or at once.
std::vector<moment_field::Seconds> losing(double minutes, std::size_t from, bool at_once,
                                          double pace = 320) {
  std::vector<moment_field::Seconds> net;
  const auto points = moment_field::marathon_points();
  const double left = 42195 - points[from - 1].second;
  for (const auto& [id, metres] : points) {
    const double behind = std::max(0.0, metres - points[from - 1].second);
    const double lost = at_once ? (behind > 0 ? 1.0 : 0.0) : behind / left;
    net.push_back(metres / 1000 * pace + lost * 60 * minutes);
  }
  return net;
}

/// An ordinary field without clock times, with two collapses and two who lost an hour as one.
class Field : public testing::Test {
 protected:
  Field() : field_(moment_field::marathon_points()) {
    moment_field::Series series;
    for (int i = 0; i < 2500; ++i) {
      const auto net = moment_field::ordinary_marathon(330 + 50 * series.normal(), series);
      const auto id = field_.add(std::to_string(1000 + i), net);
      field_.entrant(id).sex = i % 3 == 0 ? model::Sex::Female : model::Sex::Male;
    }
    field_.add("1", losing(70, 9, false));
    field_.add("2", losing(50, 9, false));
    field_.add("3", losing(60, 4, true));
    field_.add("4", losing(60, 4, true));
    field_.rank();
  }
  const model::EventResults& results() { return field_.results(); }

  FieldBuilder field_;
};

TEST_F(Field, TimesPutBackUnchangedChangeNothing) {
  const model::EventResults again = with_times(results(), times_of(results(), kRace));
  for (std::size_t i = 0; i < again.runners.size(); ++i) {
    const model::RunnerResult& a = results().runners[i];
    const model::RunnerResult& b = again.runners[i];
    ASSERT_EQ(a.net, b.net);
    ASSERT_EQ(a.places.overall->place, b.places.overall->place);
    for (std::size_t p = 0; p < a.splits.size(); ++p) ASSERT_EQ(a.splits[p].net, b.splits[p].net);
  }
}

TEST_F(Field, AChangedTimeMovesTheClockAndThePlace) {
  FieldBuilder field = moment_field::ordinary_field(400);
  for (auto& runner : field.results().runners) runner.ranking = runner.net->value();
  field.rank();
  MomentTimes times = times_of(field.results(), kRace);
  times.net(7, kFinish) = 5000;
  times.net(7, 2) = moments::kNoTime;
  const model::EventResults changed = with_times(field.results(), times);
  const model::RunnerResult& runner = changed.runners[7];
  EXPECT_EQ(runner.net, base::NetTime(std::chrono::seconds(5000)));
  EXPECT_EQ(runner.splits.back().passing->at, *runner.start_at + std::chrono::seconds(5000));
  EXPECT_FALSE(runner.splits[2].net.has_value());
  EXPECT_FALSE(runner.splits[2].passing.has_value());
  EXPECT_EQ(runner.places.overall->place, 1u);
}

TEST_F(Field, AFieldRunAgainHasFewOfTheMomentsOfTheDay) {
  const FalseMoments made = model_field(results(), kRace, 3, 1);
  EXPECT_EQ(made.seeds, 3u);
  EXPECT_GE(made.real, 2u);
  EXPECT_LT(made.made, 1.0);
}

TEST_F(Field, TwoWhoLostAnHourAsOneAreNoneOnceTheirDaysAreExchanged) {
  const FalseMoments made = permuted_pairs(results(), kRace, 3, 1);
  EXPECT_EQ(made.real, 1u);
  EXPECT_EQ(made.made, 0.0);
}

TEST_F(Field, TooSmallAFieldIsNotModelled) {
  FieldBuilder small = moment_field::ordinary_field(200);
  EXPECT_EQ(model_field(small.results(), kRace, 3, 1).seeds, 0u);
}

TEST_F(Field, WhatIsPlantedPlainlyIsTold) {
  const Planted found = planted(results(), kRace, 1);
  for (const Planted::Kind& kind : {found.collapse, found.stop}) {
    EXPECT_EQ(kind.all, 100u);
    EXPECT_GT(kind.large, 50u);
    EXPECT_GE(kind.candidates * 100, kind.large * 95);
    EXPECT_GT(kind.clear, 10u);
    EXPECT_GE(kind.published * 100, kind.clear * 95);
  }
}

TEST_F(Field, FaultsOfTheTimingTouchTheirRunnersAndMakeFewMoments) {
  const auto found = troubles(results(), kRace, 1);
  ASSERT_EQ(found.size(), 5u);
  std::size_t touching = 0;
  for (const Trouble& trouble : found) {
    EXPECT_GT(trouble.touched, 100u) << trouble.name;
    if (trouble.name != "swapped chips") touching += trouble.touching;
  }
  EXPECT_LE(touching, 3u);
}

TEST_F(Field, TheSameSeedGivesTheSameFigures) {
  const Stability one = stability(results(), kRace, 5);
  const Stability two = stability(results(), kRace, 5);
  EXPECT_EQ(one.dropped, two.dropped);
  EXPECT_EQ(one.jittered, two.jittered);
  EXPECT_EQ(one.pairs, 1u);
  EXPECT_GT(one.pairs_jittered, 0.5);
}

TEST_F(Field, EveryNumberIsWorkedOutAgainAndAChangedOneIsFound) {
  std::vector<model::Moment> found = moments_of(results(), kRace);
  const Recomputed right = recompute(found, results());
  EXPECT_GT(right.numbers, 20u);
  EXPECT_EQ(right.wrong, 0u) << (right.complaints.empty() ? "" : right.complaints.front());
  EXPECT_EQ(right.unknown, 0u);
  const auto collapse = std::find_if(found.begin(), found.end(), [](const model::Moment& moment) {
    return moment.kind == model::MomentKind::LateCollapse;
  });
  ASSERT_NE(collapse, found.end());
  *collapse->evidence.front().seconds += 1;
  const Recomputed wrong = recompute(found, results());
  EXPECT_EQ(wrong.wrong, 1u);
  ASSERT_EQ(wrong.complaints.size(), 1u);
  EXPECT_THAT(wrong.complaints.front(), HasSubstr("late-collapse"));
}

TEST(RecomputedWithAClock, HoldsForEveryNumber) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  field.add("1", losing(70, 9, false), 30.0);
  field.add("3", losing(60, 4, true), 300.0);
  field.add("4", losing(60, 4, true), 300.4);
  field.add("5", losing(0, 4, true, 700), 0.0);
  const auto found = moments_of(field.results(), kRace);
  const Recomputed again = recompute(found, field.results());
  EXPECT_GT(again.numbers, 30u);
  EXPECT_EQ(again.wrong, 0u) << (again.complaints.empty() ? "" : again.complaints.front());
  EXPECT_EQ(again.unknown, 0u);
}

TEST(RecomputedWithNotes, HoldsForTheStormAndForHelp) {
  moment_field::Stormy storm;
  model::Note help;
  help.seq = model::FactSeq(6);
  help.note.race = "race";
  help.note.text = "Hand in hand.";
  help.note.about = model::NoteSubject::Help;
  help.note.author.by = "Marshal 7";
  for (const std::uint32_t id : {3u, 4u}) {
    help.note.bibs.push_back(storm.field.entrant(model::EntrantId(id)).bib);
  }
  storm.field.results().notes.push_back(help);
  std::vector<model::Moment> found = moments_of(storm.field.results(), kRace);
  std::erase_if(found, [](const model::Moment& moment) {
    return moment.kind != model::MomentKind::ThroughTheStorm &&
           moment.kind != model::MomentKind::Helped;
  });
  ASSERT_GE(found.size(), 2u);
  const Recomputed right = recompute(found, storm.field.results());
  EXPECT_GT(right.numbers, 8u);
  EXPECT_EQ(right.wrong, 0u) << (right.complaints.empty() ? "" : right.complaints.front());
  EXPECT_EQ(right.unknown, 0u);
  for (model::Moment& moment : found) {
    if (moment.kind != model::MomentKind::ThroughTheStorm) continue;
    *moment.evidence[0].of += 1;
    *moment.evidence[3].of += 2;
    EXPECT_EQ(recompute(found, storm.field.results()).wrong, 2u);
    break;
  }
}

TEST_F(Field, AKnownMomentIsFoundWhereItStands) {
  const auto expected = read_expected(
      "bibs,kind,within\n1,late-collapse,story-2\n3;4,same-times,story-5\n1,,shelf-1\n2,,shelf-"
      "1\n99,,\n",
      "known.csv");
  ASSERT_TRUE(expected);
  const auto known = find_known(*expected, moments_of(results(), kRace), results(), kRace);
  ASSERT_EQ(known.size(), 5u);
  EXPECT_EQ(known[0].in_story, 2u);
  EXPECT_EQ(known[0].kind, "late-collapse");
  EXPECT_TRUE(known[0].is_met());
  // Told as two, not each of their own stop: nobody is told twice in one story.
  EXPECT_EQ(known[1].kind, "same-times");
  EXPECT_EQ(known[1].in_story, 1u);
  EXPECT_TRUE(known[1].is_met());
  EXPECT_TRUE(known[2].is_met());
  EXPECT_EQ(known[3].on_shelf, 2u);
  EXPECT_FALSE(known[3].is_met());
  EXPECT_FALSE(known[4].is_entered);
  EXPECT_FALSE(known[4].is_met());
}

TEST(ReadExpected, TakesAnyDialectAndLeavesBlanksToTheDefault) {
  const auto read = read_expected("kind;within;bibs\n;;\"7;8\"\nlong-stop;shelf-15;F3\n", "k.csv");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2u);
  EXPECT_THAT((*read)[0].bibs, ElementsAre("7", "8"));
  EXPECT_EQ((*read)[0].among, Expected::Among::Stories);
  EXPECT_EQ((*read)[0].first, 50u);
  EXPECT_EQ((*read)[1].among, Expected::Among::Shelf);
  EXPECT_EQ((*read)[1].first, 15u);
  EXPECT_EQ((*read)[1].line, 3);
}

TEST(ReadExpected, NamesThePlaceOfAMistake) {
  const auto refusal = [](std::string_view bytes) {
    const auto read = read_expected(bytes, "k.csv");
    return read ? std::string("taken") : read.error().text();
  };
  EXPECT_THAT(refusal(""), HasSubstr("k.csv:1"));
  EXPECT_THAT(refusal("bib\n7\n"), HasSubstr("k.csv:1:1: found the column 'bib'"));
  EXPECT_THAT(refusal("kind,within\nlong-stop,\n"), HasSubstr("not one column bibs"));
  EXPECT_THAT(refusal("bibs,kind\n7,late\n"), HasSubstr("k.csv:2:3: found 'late'"));
  EXPECT_THAT(refusal("bibs,within\n7,story\n"), HasSubstr("found 'story'"));
  EXPECT_THAT(refusal("bibs,within\n7,story-0\n"), HasSubstr("found 'story-0'"));
  EXPECT_THAT(refusal("bibs,within\n7,shelf-1x\n"), HasSubstr("found 'shelf-1x'"));
  EXPECT_THAT(refusal("bibs,kind\n,long-stop\n"), HasSubstr("k.csv:2:1: found no bib"));
  EXPECT_THAT(refusal("bibs\n7,8\n"), HasSubstr("more cells"));
}

TEST_F(Field, TheReportHasTheTableInWordsAndForPrograms) {
  MomentOptions options;
  options.seeds = 1;
  options.top = 2;
  options.expected = *read_expected("bibs,within\n1,story-2\n", "known.csv");
  const MomentReport report = measure_moments(results(), kRace, options);
  EXPECT_EQ(report.finishers, 2504u);
  EXPECT_EQ(report.story.size(), 2u);
  const std::string text = text_of(report, results());
  for (const char* line : {"known moments", "model field", "pairs permuted", "planted collapse",
                           "troubles of the timing", "stable", "recomputed", "speed"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
  const std::string json = json_of(report, results());
  EXPECT_THAT(json, HasSubstr("\"known\":[{\"bibs\":[\"1\"],\"within\":\"story-2\",\"met\":true"));
  EXPECT_THAT(json, HasSubstr("\"story\":[{"));
}

}  // namespace
}  // namespace hs::evaluate
