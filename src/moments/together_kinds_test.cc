#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "support/moment_field.h"
#include "support/told_moments.h"

// The kinds about several people: planted, not there, and where telling would hurt somebody.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::of_kind;
using moment_field::Seconds;
using moment_field::told_at_once;

/// Two who start `gap` seconds apart; the one behind is beside the other from 15K on and
/// `behind` seconds later at the line.
struct TwoWhoMeet {
  FieldBuilder field = moment_field::ordinary_field(900);
  model::EntrantId a, b;

  explicit TwoWhoMeet(double gap, double behind = 6) {
    const auto first = moment_field::even_marathon(331);
    std::vector<Seconds> second;
    for (std::size_t i = 0; i < first.size(); ++i) {
      // 5K and 10K: part of the way to catch up.
      const double late = i == 0 ? gap * 0.7 : i == 1 ? gap * 0.3 : 0.8;
      second.push_back(*first[i] - gap + late);
    }
    second.back() = *first.back() - gap + behind;
    a = field.add("90001", first, 20.0);
    b = field.add("90002", second, 20.0 + gap);
  }
};

TEST(RanTogether, TwoWhoStartApartAndMeetAreFound) {
  TwoWhoMeet two(900);
  const auto found = of_kind(two.field, MomentKind::RanTogether);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{two.a, two.b}));
  EXPECT_EQ(found[0].theme, model::Theme::Together);
  EXPECT_EQ(found[0].evidence[0].seconds, 900);
  const model::Evidence& agreed = found[0].evidence[1];
  EXPECT_EQ(agreed.from, "15k");
  EXPECT_EQ(agreed.to, "40k");
  EXPECT_EQ(agreed.rank_in_field, 7u);
  EXPECT_EQ(agreed.of, 10u);
  EXPECT_EQ(found[0].evidence[2].seconds, 6);
  EXPECT_EQ(found[0].evidence.back().to, "10k");
  EXPECT_EQ(found[0].evidence.back().seconds, 270);
}

/// As the whole race tells it, as soon as the last of `people` is in.
void expect_at_once(FieldBuilder& field, model::EntrantId last, MomentKind kind) {
  const auto fresh = told_at_once(field, last, kind);
  const auto whole = of_kind(field, kind);
  ASSERT_EQ(fresh.size(), 1u);
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(fresh[0].id, whole[0].id);
  ASSERT_EQ(fresh[0].evidence.size(), whole[0].evidence.size());
  for (std::size_t i = 0; i < whole[0].evidence.size(); ++i) {
    EXPECT_EQ(fresh[0].evidence[i].what, whole[0].evidence[i].what);
    EXPECT_EQ(fresh[0].evidence[i].seconds, whole[0].evidence[i].seconds);
    EXPECT_EQ(fresh[0].evidence[i].bibs, whole[0].evidence[i].bibs);
  }
}

TEST(RanTogether, IsToldWhenTheSecondOfThemComesIn) {
  TwoWhoMeet two(900);
  expect_at_once(two.field, two.b, MomentKind::RanTogether);
  expect_at_once(two.field, two.a, MomentKind::RanTogether);
}

TEST(FinishTogether, IsToldWhenTheSecondOfThemComesIn) {
  TwoWhoMeet two(900, 0.3);
  expect_at_once(two.field, two.b, MomentKind::FinishTogether);
  expect_at_once(two.field, two.a, MomentKind::FinishTogether);
}

TEST(RanTogether, TwoWhoStartTogetherAreNotTold) {
  TwoWhoMeet two(100);
  EXPECT_TRUE(of_kind(two.field, MomentKind::RanTogether).empty());
}

TEST(RanTogether, NobodyPrivateIsTold) {
  TwoWhoMeet two(900);
  two.field.entrant(two.b).is_private = true;
  EXPECT_TRUE(of_kind(two.field, MomentKind::RanTogether).empty());
}

TEST(RanTogether, APackIsNoPair) {
  TwoWhoMeet two(900);
  for (int i = 0; i < 4; ++i) {
    std::vector<Seconds> net = moment_field::even_marathon(331);
    for (auto& time : net) *time += 0.1 * i;
    two.field.add(std::to_string(90010 + i), net, 20.0);
  }
  EXPECT_TRUE(of_kind(two.field, MomentKind::RanTogether).empty());
}

TEST(RanTogether, AnOrdinaryFieldOfTwoStartsHasNone) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 3000; ++i) {
    const auto net = moment_field::ordinary_marathon(330 + 30 * series.normal(), series);
    field.add(std::to_string(i + 1), net, i % 2 == 0 ? 0.0 : 900.0);
  }
  EXPECT_TRUE(of_kind(field, MomentKind::RanTogether).empty());
}

/// `hare` and `tortoise` exchange chips at 25K, or only the tortoise's is heard as the hare's from
/// there; a third runs beside the tortoise all day.
struct Exchange {
  FieldBuilder field = moment_field::ordinary_field(900);
  model::EntrantId hare;

  explicit Exchange(bool both) {
    const auto fast = moment_field::even_marathon(300);
    const auto slow = moment_field::even_marathon(360);
    std::vector<Seconds> with_slow = fast;
    std::vector<Seconds> with_fast = slow;
    for (std::size_t i = 5; i < fast.size(); ++i) {
      with_slow[i] = *slow[i] + 780;
      with_fast[i] = *fast[i] - 780;
    }
    hare = field.add("90001", with_slow, 20.0);
    if (both) field.add("90002", with_fast, 800.0);
    field.add("90003", slow, 800.3);
  }
  bool is_told() {
    for (const model::Moment& moment : find_moments(field.results())) {
      const auto& people = moment.people;
      if (people.size() > 1 && std::count(people.begin(), people.end(), hare) > 0) return true;
    }
    return false;
  }
};

TEST(FinishTogether, WhoeverWearsAnothersChipMetNobody) {
  EXPECT_TRUE(Exchange(false).is_told());
  EXPECT_FALSE(Exchange(true).is_told());
}

/// Published net times, and two with the same ones; `lost` seconds between 15K and 20K.
struct TwoAlike {
  FieldBuilder field{moment_field::marathon_points()};
  model::EntrantId a, b;

  explicit TwoAlike(double lost, std::optional<double> start = std::nullopt) {
    moment_field::Series series;
    for (int i = 0; i < 900; ++i) {
      const double pace = 330 + 50 * series.normal();
      field.add(std::to_string(1000 + i), moment_field::ordinary_marathon(pace, series));
    }
    auto net = moment_field::even_marathon(331);
    for (std::size_t i = 3; i < net.size(); ++i) *net[i] += lost;
    a = field.add("90001", net, start);
    for (auto& time : net) *time += 1;
    b = field.add("90002", net, start);
  }
};

TEST(SameTimes, TwoWhoLoseAnHourAlikeAreFound) {
  TwoAlike two(3600);
  const auto found = of_kind(two.field, MomentKind::SameTimes);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{two.a, two.b}));
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 10u);
  EXPECT_EQ(found[0].evidence[1].what, "shared-loss");
  EXPECT_EQ(found[0].evidence[1].from, "15k");
  // The second one's pace until there was a little slower, so that one lost a little less.
  EXPECT_EQ(found[0].evidence[1].seconds, 3599);
}

TEST(SameTimes, TheSameTimesAloneAreNoStory) {
  TwoAlike two(0);
  EXPECT_TRUE(of_kind(two.field, MomentKind::SameTimes).empty());
}

TEST(SameTimes, WhereThereIsAClockItIsSilent) {
  TwoAlike two(3600, 100.0);
  EXPECT_TRUE(of_kind(two.field, MomentKind::SameTimes).empty());
}

TEST(SameTimes, NobodyPrivateIsTold) {
  TwoAlike two(3600);
  two.field.entrant(two.a).is_private = true;
  EXPECT_TRUE(of_kind(two.field, MomentKind::SameTimes).empty());
}

/// Five of one declared group, each `apart` seconds behind the one before.
struct Five {
  FieldBuilder field = moment_field::ordinary_field(900);
  std::vector<model::EntrantId> people;

  explicit Five(double apart) {
    for (int i = 0; i < 5; ++i) {
      auto net = moment_field::even_marathon(400);
      *net.back() += apart * i;
      people.push_back(field.add(std::to_string(90001 + i), net, 20.0));
      field.person(people.back()).group = "Blue Caps";
    }
  }
};

TEST(Group, FiveOfOneGroupWithinSecondsAreFound) {
  Five five(1);
  const auto found = of_kind(five.field, MomentKind::Group);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, five.people);
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 5u);
  EXPECT_EQ(found[0].evidence[0].of, 5u);
  EXPECT_EQ(found[0].evidence[0].seconds, 5);
}

TEST(Group, IsToldAgainWithWhomeverComesInLater) {
  Five five(1);
  LiveMoments live{model::RaceId(0)};
  five.field.runner(five.people[4]).status = model::RunnerStatus::Running;
  (void)live.refit(five.field.results());
  five.field.runner(five.people[4]).status = model::RunnerStatus::Finished;
  const auto changes = live.runner_changed(five.field.results(), five.people[4]);
  // The four leave for the five.
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].what, MomentChange::What::Withdrawn);
  EXPECT_EQ(changes[0].moment.people.size(), 4u);
  EXPECT_EQ(changes[1].what, MomentChange::What::New);
  EXPECT_EQ(changes[1].moment.people, five.people);
}

TEST(Group, ScatteredTheyAreNone) {
  Five five(30);
  EXPECT_TRUE(of_kind(five.field, MomentKind::Group).empty());
}

TEST(Group, ASurnameIsNoGroup) {
  Five five(1);
  for (const auto id : five.people) {
    five.field.person(id).group.clear();
    five.field.person(id).last_name = "Same";
  }
  EXPECT_TRUE(of_kind(five.field, MomentKind::Group).empty());
}

TEST(Group, WhoeverIsPrivateIsLeftOut) {
  Five five(1);
  five.field.entrant(five.people[2]).is_private = true;
  const auto found = of_kind(five.field, MomentKind::Group);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.size(), 4u);
  EXPECT_EQ(std::count(found[0].people.begin(), found[0].people.end(), five.people[2]), 0);
  EXPECT_EQ(found[0].evidence[0].of, 4u);
}

/// Ten in front, a minute apart each, the second one `gap` behind the first.
struct Front {
  FieldBuilder field{moment_field::marathon_points()};
  std::vector<model::EntrantId> people;

  explicit Front(double gap) {
    for (int i = 0; i < 10; ++i) {
      auto net = moment_field::even_marathon(190);
      *net.back() += i == 0 ? 0.0 : i == 1 ? gap : 60.0 * i;
      const auto id = field.add(std::to_string(i + 1), net, 0.0);
      field.entrant(id).sex = model::Sex::Female;
      field.runner(id).ranking = field.runner(id).net->value();
      field.runner(id).gun_at = FieldBuilder::gun();
      people.push_back(id);
    }
    field.rank();
  }
};

TEST(PhotoFinish, AWinByLessThanASecondIsFound) {
  Front front(0.3);
  const auto found = of_kind(front.field, MomentKind::PhotoFinish);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{front.people[0], front.people[1]}));
  EXPECT_EQ(found[0].theme, model::Theme::Line);
  EXPECT_EQ(found[0].evidence[0].seconds, 0);
  EXPECT_EQ(found[0].evidence[1].of, 10u);
  EXPECT_EQ(found[0].evidence[1].seconds, 540);
}

TEST(PhotoFinish, IsToldWhenTheSecondIsIn) {
  Front front(0.3);
  expect_at_once(front.field, front.people[1], MomentKind::PhotoFinish);
}

TEST(PhotoFinish, ThreeSecondsAreNone) {
  Front front(3);
  EXPECT_TRUE(of_kind(front.field, MomentKind::PhotoFinish).empty());
}

TEST(PhotoFinish, WhereNetTimesRankTheLineDecidesNothing) {
  Front front(0.3);
  front.field.results().event.races[0].rank_by = model::RankBy::Net;
  EXPECT_TRUE(of_kind(front.field, MomentKind::PhotoFinish).empty());
}

TEST(PhotoFinish, WhatTheRefereeStillLooksAtIsHeld) {
  Front front(0.3);
  model::Attention picture;
  picture.kind = model::Attention::Kind::SharedInstant;
  picture.entrant = front.people[1];
  front.field.results().attention.push_back(picture);
  EXPECT_TRUE(of_kind(front.field, MomentKind::PhotoFinish).empty());
}

TEST(PhotoFinish, ASharedPlaceIsNoWinByASecond) {
  Front front(0.3);
  for (const std::size_t i : {0u, 1u}) {
    auto& places = front.field.runner(front.people[i]).places;
    places.overall = places.sex = model::Placing{1, true};
  }
  EXPECT_TRUE(of_kind(front.field, MomentKind::PhotoFinish).empty());
}

/// Ten in front at even pace, eight seconds apart each; at 40K the winner is `behind` seconds
/// behind the second.
struct Chase {
  FieldBuilder field{moment_field::marathon_points()};
  std::vector<model::EntrantId> people;

  explicit Chase(double behind) {
    moment_field::Series series;
    for (int i = 0; i < 60; ++i) {
      auto net = moment_field::even_marathon(190);
      for (auto& time : net) *time += 8.0 * i;
      if (i > 1) *net.back() += 3 * series.normal();
      if (i == 0) {
        for (std::size_t point = 0; point + 1 < net.size(); ++point) *net[point] += 8 + behind;
      }
      const auto id = field.add(std::to_string(i + 1), net, 0.0);
      field.entrant(id).sex = model::Sex::Male;
      field.runner(id).ranking = field.runner(id).net->value();
      field.runner(id).gun_at = FieldBuilder::gun();
      people.push_back(id);
    }
    field.rank();
  }
};

TEST(LeadChangeLate, HalfAMinuteMadeGoodInTheLastStretchIsFound) {
  Chase chase(30);
  const auto found = of_kind(chase.field, MomentKind::LeadChangeLate);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{chase.people[0], chase.people[1]}));
  EXPECT_EQ(found[0].theme, model::Theme::Line);
  EXPECT_EQ(found[0].evidence[1].to, "40k");
  EXPECT_EQ(found[0].evidence[1].seconds, 30);
  EXPECT_EQ(found[0].evidence[2].seconds, 8);
  EXPECT_EQ(*found[0].evidence[4].seconds - *found[0].evidence[3].seconds, 38);
}

TEST(LeadChangeLate, IsToldBeforeAnyFit) {
  Chase chase(30);
  for (std::size_t i = 12; i < chase.people.size(); ++i) {
    chase.field.runner(chase.people[i]).status = model::RunnerStatus::Running;
  }
  LiveMoments live{model::RaceId(0)};
  const auto changes = live.runner_changed(chase.field.results(), chase.people[11]);
  EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [](const MomentChange& change) {
    return change.moment.kind == MomentKind::LeadChangeLate;
  }));
}

TEST(LeadChangeLate, WhoeverLedAlreadyChangedNothing) {
  Chase chase(-20);
  EXPECT_TRUE(of_kind(chase.field, MomentKind::LeadChangeLate).empty());
}

TEST(LeadChangeLate, TheOneWhoWasPassedMayBeNeitherPrivateNorAMinor) {
  Chase chase(30);
  chase.field.entrant(chase.people[1]).is_minor = true;
  EXPECT_TRUE(of_kind(chase.field, MomentKind::LeadChangeLate).empty());
  chase.field.entrant(chase.people[1]).is_minor = false;
  chase.field.entrant(chase.people[1]).is_private = true;
  EXPECT_TRUE(of_kind(chase.field, MomentKind::LeadChangeLate).empty());
}

TEST(LeadChangeLate, AMissedMatInFrontLeavesTheLeadUnknown) {
  Chase chase(30);
  chase.field.runner(chase.people[4]).splits[9] = model::Split();
  EXPECT_TRUE(of_kind(chase.field, MomentKind::LeadChangeLate).empty());
}

/// A runner and the guide the entry list names, a second apart.
struct Guided {
  FieldBuilder field = moment_field::ordinary_field(20);
  model::EntrantId runner = field.add("90001", moment_field::even_marathon(400), 20.0);
  model::EntrantId guide = field.add("90002", moment_field::even_marathon(400), 21.0);
  Guided() {
    field.person(guide).guide_of = "90001";
    field.entrant(runner).tell = true;
  }
  [[nodiscard]] bool anybody() { return !of_kind(field, MomentKind::GuidePair).empty(); }
};

TEST(GuidePair, RunnerAndGuideAreToldAsOne) {
  Guided pair;
  const auto found = of_kind(pair.field, MomentKind::GuidePair);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{pair.runner, pair.guide}));
  EXPECT_TRUE(found[0].on_shelf);
}

TEST(GuidePair, IsToldWhenTheSecondOfThemComesIn) {
  Guided pair;
  expect_at_once(pair.field, pair.guide, MomentKind::GuidePair);
  expect_at_once(pair.field, pair.runner, MomentKind::GuidePair);
}

TEST(GuidePair, WithoutTheRunnersWordItIsNotTold) {
  Guided pair;
  pair.field.entrant(pair.runner).tell = false;
  EXPECT_FALSE(pair.anybody());
}

TEST(GuidePair, NeitherMayBePrivate) {
  Guided pair;
  pair.field.entrant(pair.guide).is_private = true;
  EXPECT_FALSE(pair.anybody());
}

TEST(GuidePair, ARuleBookThatPenalisesHelpHoldsIt) {
  Guided pair;
  pair.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  EXPECT_FALSE(pair.anybody());
}

TEST(GuidePair, ThereItIsToldOnceTheRefereeHasClosedTheCaseOfBoth) {
  Guided pair;
  pair.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  for (const auto id : {pair.runner, pair.guide}) {
    EXPECT_FALSE(pair.anybody());
    model::RulingFact ruling;
    ruling.kind = model::RulingFact::Kind::Reinstate;
    ruling.race = "race";
    ruling.bib = pair.field.entrant(id).bib;
    ruling.clause = "TR 6.3: a guide is allowed";
    pair.field.results().rulings.push_back({model::FactSeq(5), ruling});
  }
  EXPECT_TRUE(pair.anybody());
}

TEST(GuidePair, MinutesApartTheyWereNotTogether) {
  Guided pair;
  pair.field.runner(pair.guide).splits.back().passing->at += std::chrono::minutes(2);
  EXPECT_FALSE(pair.anybody());
}

}  // namespace
}  // namespace hs::moments
