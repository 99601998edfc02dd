#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "support/moment_field.h"
#include "support/told_moments.h"

// The kinds about the whole field: planted, not there, and told of nobody.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::of_kind;
using moment_field::Seconds;

/// Takes back what was heard later than `seconds` after the gun.
void stop_at(FieldBuilder& field, double seconds) {
  const auto last = FieldBuilder::gun() + moment_field::micros(seconds);
  for (model::RunnerResult& runner : field.results().runners) {
    for (model::Split& split : runner.splits) {
      if (split.passing && split.passing->at > last) split = model::Split();
    }
    runner.net = runner.splits.back().net;
    if (!runner.net) runner.status = model::RunnerStatus::Unresolved;
  }
}

TEST(StopFront, ARaceThatIsStoppedIsToldOfTheFieldAndOfNobody) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  stop_at(field, 4 * 3600);
  const auto found = of_kind(field, MomentKind::StopFront);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(found[0].theme, model::Theme::Shared);
  EXPECT_FALSE(found[0].on_shelf);
  const model::Evidence& stopped = found[0].evidence[0];
  const auto left = std::count_if(field.results().runners.begin(), field.results().runners.end(),
                                  [](const auto& r) { return !r.net.has_value(); });
  EXPECT_LE(*stopped.rank_in_field, left);
  EXPECT_GE(*stopped.rank_in_field, left * 9 / 10);
  EXPECT_EQ(stopped.of, 1000u);
  EXPECT_EQ(found[0].evidence[1].to, "finish");
  EXPECT_LE(*found[0].evidence[1].seconds, 4 * 3600);
  EXPECT_GE(*found[0].evidence[1].seconds, 4 * 3600 - 120);
  EXPECT_EQ(found[0].evidence[2].of, stopped.rank_in_field);
}

TEST(StopFront, ARaceStoppedBeforeAnybodyFinishedIsToldToo) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  stop_at(field, 5400);
  const auto found = find_moments(field.results());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, MomentKind::StopFront);
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 1000u);
}

TEST(StopFront, WhoeverIsCarriedPastAMatAnHourLaterChangesNothing) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  std::vector<model::Split> before;
  stop_at(field, 4 * 3600);
  model::Passing late;
  late.at = FieldBuilder::gun() + std::chrono::hours(6);
  for (auto& runner : field.results().runners) {
    if (runner.net) continue;
    runner.splits.back().passing = late;
    break;
  }
  EXPECT_EQ(of_kind(field, MomentKind::StopFront).size(), 1u);
}

TEST(StopFront, ManyWhoDropOutOneByOneAreNone) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  moment_field::Series series;
  for (model::RunnerResult& runner : field.results().runners) {
    if (series.next() > 0.2) continue;
    const auto last = static_cast<std::size_t>(1 + 8 * series.next());
    for (std::size_t i = last + 1; i < runner.splits.size(); ++i) runner.splits[i] = model::Split();
    runner.net = std::nullopt;
    runner.status = model::RunnerStatus::DidNotFinish;
  }
  EXPECT_TRUE(of_kind(field, MomentKind::StopFront).empty());
}

TEST(StopFront, WhatACutOffEndsIsNone) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  stop_at(field, 4 * 3600);
  field.results().event.races[0].closes = FieldBuilder::gun() + std::chrono::hours(4);
  EXPECT_TRUE(of_kind(field, MomentKind::StopFront).empty());
}

TEST(StopFront, AnOpenRaceIsNotStopped) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  stop_at(field, 4 * 3600);
  field.results().closed[0] = false;
  EXPECT_TRUE(of_kind(field, MomentKind::StopFront).empty());
}

/// A field whose second half is slower by `slower`.
FieldBuilder fading(double slower) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 500; ++i) {
    const double pace = 300 + 30 * series.normal();
    const double own = slower + 0.03 * series.normal();
    std::vector<Seconds> net;
    for (const auto& [id, metres] : moment_field::marathon_points()) {
      const double behind = std::max(0.0, metres - 21097.5);
      net.push_back((metres + behind * own) / 1000 * pace);
    }
    field.add(std::to_string(i + 1), net, 300 * series.next());
  }
  return field;
}

TEST(Heat, AFieldThatSlowsByASixthIsToldWithoutACause) {
  FieldBuilder field = fading(0.17);
  const auto found = of_kind(field, MomentKind::Heat);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(found[0].evidence[0].to, "half");
  EXPECT_EQ(found[0].evidence[1].from, "half");
  EXPECT_GT(*found[0].evidence[1].seconds, *found[0].evidence[0].seconds * 11 / 10);
}

TEST(Heat, AnOrdinaryDayIsNone) {
  FieldBuilder field = fading(0.08);
  EXPECT_TRUE(of_kind(field, MomentKind::Heat).empty());
}

model::Note storm_note(const std::string& text) {
  model::Note note;
  note.note.kind = model::NoteKind::Official;
  note.note.about = model::NoteSubject::Storm;
  note.note.text = text;
  note.note.author.by = "Race director";
  return note;
}

TEST(Storm, AnOfficialsNoteIsToldAsTheirs) {
  FieldBuilder field = moment_field::ordinary_field(40);
  field.results().notes.push_back(storm_note("thunder over the course from 10:05 on. "));
  const auto found = of_kind(field, MomentKind::Storm);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(found[0].evidence[0].given, "thunder over the course from 10:05 on");
  EXPECT_EQ(found[0].evidence[1].rank_in_field, 40u);
}

TEST(Storm, WithoutSuchANoteItIsSilent) {
  FieldBuilder field = moment_field::ordinary_field(40);
  field.results().notes.push_back(storm_note("storm: a word is no witness"));
  field.results().notes.back().note.about.reset();
  auto announced = storm_note("they said so");
  announced.note.kind = model::NoteKind::Announcer;
  field.results().notes.push_back(announced);
  auto elsewhere = storm_note("in the other race");
  elsewhere.note.race = "other";
  field.results().notes.push_back(elsewhere);
  EXPECT_TRUE(of_kind(field, MomentKind::Storm).empty());
}

/// A field of which the mat at 20K heard one in `of`.
FieldBuilder deaf_at_20k(int of) {
  FieldBuilder field = moment_field::ordinary_field(600);
  int i = 0;
  for (auto& runner : field.results().runners) {
    if (i++ % of != 0) runner.splits[4] = model::Split();
  }
  return field;
}

TEST(LostMat, AMatThatHeardATenthIsTold) {
  FieldBuilder field = deaf_at_20k(10);
  const auto found = of_kind(field, MomentKind::LostMat);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_TRUE(found[0].on_shelf);
  EXPECT_EQ(found[0].evidence[0].to, "20k");
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 60u);
  EXPECT_EQ(found[0].evidence[0].of, 600u);
  EXPECT_EQ(found[0].evidence[1].rank_in_field, 600u);
}

TEST(LostMat, MatsThatHearNearlyEverybodyAreNone) {
  FieldBuilder field = deaf_at_20k(1);
  EXPECT_TRUE(of_kind(field, MomentKind::LostMat).empty());
}

TEST(LostMat, WhereAllAreThinItIsTheResultsAndNotAMat) {
  FieldBuilder field = deaf_at_20k(10);
  for (auto& runner : field.results().runners) {
    if (runner.entrant.raw() % 10 != 0) runner.splits[6] = runner.splits[8] = model::Split();
  }
  EXPECT_TRUE(of_kind(field, MomentKind::LostMat).empty());
}

TEST(FieldKinds, AMomentWithoutPeopleStandsAmongTheOthersInTheStory) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  field.results().event.publish_columns = {"age"};
  field.entrant(model::EntrantId(3)).age = 84;
  stop_at(field, 4 * 3600);
  const auto found = find_moments(field.results());
  const auto chosen = choose_for_story(found, 12);
  ASSERT_FALSE(chosen.empty());
  EXPECT_EQ(found[chosen.front()].kind, MomentKind::StopFront);
}

}  // namespace
}  // namespace hs::moments
