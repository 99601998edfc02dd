#include <gtest/gtest.h>

#include <algorithm>

#include "support/storm_field.h"

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::Stormy;

TEST(ThroughTheStorm, WhoeverLostNothingWhereTheFieldLostAnEighthIsRare) {
  Stormy storm;
  const auto found = storm.found();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].people, std::vector{storm.steady});
  EXPECT_FALSE(found[0].on_shelf);
  EXPECT_GE(found[0].net_bits, 3.0);
  EXPECT_EQ(found[0].theme, model::Theme::Perseverance);
  EXPECT_EQ(found[0].evidence[0].what, "storm");
  EXPECT_EQ(found[0].evidence[0].seconds, 40 * 60);
  EXPECT_EQ(found[0].evidence[0].note, model::FactSeq(5));
  // Two hours of 5:30 from 300 s after the gun: 20.9 km; the storm is over at 28.2 km.
  EXPECT_EQ(found[0].evidence[2].from, "20k");
  EXPECT_EQ(found[0].evidence[2].to, "30k");
  EXPECT_EQ(found[0].evidence[2].seconds, 3300);
  EXPECT_EQ(found[0].evidence[3].rank_in_field, 1u);
}

TEST(ThroughTheStorm, AFieldWithoutSuchAPersonHasAtMostItsShelf) {
  Stormy storm(900, 1.125, 1.125);
  const auto found = storm.found();
  EXPECT_LE(found.size(), 1u);
  for (const auto& moment : found) EXPECT_TRUE(moment.on_shelf);
  EXPECT_FALSE(storm.is_told(storm.steady));
}

TEST(ThroughTheStorm, InASmallFieldItIsToldForItselfAndNotAsRare) {
  Stormy storm(120);
  const auto found = storm.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{storm.steady});
  EXPECT_TRUE(found[0].on_shelf);
}

TEST(ThroughTheStorm, NeedsTheTimesOfTheStormAndItsTraceInTheField) {
  Stormy timeless;
  timeless.fact().from.reset();
  timeless.fact().until.reset();
  EXPECT_TRUE(timeless.found().empty());
  Stormy announced;
  announced.fact().kind = model::NoteKind::Announcer;
  EXPECT_TRUE(announced.found().empty());
  Stormy calm(900, 1.0);
  EXPECT_TRUE(calm.found().empty()) << "nobody lost anything";
}

TEST(ThroughTheStorm, WhoeverStartedInItOrWasInBeforeItsEndIsNotCounted) {
  Stormy storm;
  const auto out = storm.found().at(0).evidence[0].of.value();
  EXPECT_EQ(out, 901u);
  storm.field.runner(storm.steady).start_at =
      FieldBuilder::gun() + moment_field::micros(moment_field::kStormFrom + 1);
  const auto others = storm.found();
  EXPECT_FALSE(storm.is_told(storm.steady));
  for (const auto& one : others) EXPECT_EQ(one.evidence[0].of, 900u);
  Stormy late;
  late.fact().until = FieldBuilder::gun() + moment_field::micros(8 * 3600);
  EXPECT_TRUE(late.found().empty());
}

TEST(ThroughTheStorm, WhoeverRanFasterInItThanEverBeforeIsNotTold) {
  Stormy storm(900, 1.125, 0.9);
  EXPECT_FALSE(storm.is_told(storm.steady));
}

TEST(Never, ThroughTheStormOfWhoeverIsNotInPrivateOrAMinor) {
  Stormy hidden;
  hidden.field.entrant(hidden.steady).is_private = true;
  EXPECT_FALSE(hidden.is_told(hidden.steady));
  Stormy minor;
  minor.field.entrant(minor.steady).age = 16;
  EXPECT_FALSE(minor.is_told(minor.steady));
  Stormy out;
  out.field.runner(out.steady).status = model::RunnerStatus::DidNotFinish;
  EXPECT_FALSE(out.is_told(out.steady));
  EXPECT_TRUE(model::is_hardship(MomentKind::ThroughTheStorm)) << "so the page shields minors too";
}

TEST(Never, ThroughTheStormWaitsForTenMinutesAfterTheFinish) {
  Stormy storm;
  storm.field.results().closed = {false};
  const base::RaceTime latest =
      storm.field.runner(storm.steady).splits.back().passing->at + std::chrono::minutes(5);
  for (auto& runner : storm.field.results().runners) {
    for (auto& split : runner.splits) {
      if (split.passing) split.passing->at = std::min(split.passing->at, latest);
    }
  }
  EXPECT_FALSE(storm.is_told(storm.steady));
  storm.field.results().closed = {true};
  EXPECT_TRUE(storm.is_told(storm.steady));
}

}  // namespace
}  // namespace hs::moments
