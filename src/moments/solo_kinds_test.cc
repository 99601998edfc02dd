#include <gtest/gtest.h>

#include <algorithm>

#include "support/moment_field.h"
#include "support/told_moments.h"

// The kinds about one runner: planted, not there, and where telling would hurt somebody.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::of_kind;
using moment_field::Seconds;

bool is_told(FieldBuilder& field, MomentKind kind, model::EntrantId id) {
  const auto found = of_kind(field, kind);
  return std::any_of(found.begin(), found.end(), [id](const model::Moment& moment) {
    return std::count(moment.people.begin(), moment.people.end(), id) > 0;
  });
}

/// Every stretch at its own pace, in seconds a kilometre.
template <typename PaceAt>
std::vector<Seconds> paced(const PaceAt& pace_at) {
  std::vector<Seconds> net;
  double at = 0;
  double metres = 0;
  for (const auto& [id, where] : moment_field::marathon_points()) {
    at += (where - metres) / 1000 * pace_at(metres);
    metres = where;
    net.push_back(at);
  }
  return net;
}

std::vector<Seconds> even(double pace) {
  return paced([pace](double) { return pace; });
}

/// Even pace with an hour lost between 15K and 20K; `after` is the pace from there on.
std::vector<Seconds> paused(double after = 300) {
  return paced([after](double from) {
    if (from == 15000) return 300 + 3600 / 5.0;
    return from > 15000 ? after : 300;
  });
}

/// Even until 40K, which heard them `early` minutes too early; `lost` minutes behind it.
std::vector<Seconds> slow_home(double lost, double early = 0) {
  auto net = moment_field::even_marathon(330);
  *net[net.size() - 2] -= 60 * early;
  *net.back() += 60 * lost;
  return net;
}

TEST(LateCollapse, TheMostMinutesOfTheDayStandOnTheShelf) {
  FieldBuilder field = moment_field::ordinary_field(2500);
  // As many as that are no rarity.
  for (int i = 0; i < 40; ++i) field.add(std::to_string(800 + i), slow_home(9 + 0.3 * i), 30.0);
  const auto found = of_kind(field, MomentKind::LateCollapse);
  ASSERT_EQ(found.size(), 3u);  // One in a thousand.
  for (const model::Moment& moment : found) {
    EXPECT_TRUE(moment.on_shelf);
    EXPECT_EQ(moment.net_bits, 0);
  }
  EXPECT_EQ(field.entrant(found.front().people.front()).bib.str(), "839");
  EXPECT_EQ(found.front().score, 1.5);
  EXPECT_EQ(field.entrant(found.back().people.front()).bib.str(), "837");
  EXPECT_EQ(found.back().score, 0.5);
}

TEST(LateCollapse, MinutesThatATimeTooEarlyMayExplainAreNotOnTheShelf) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto real = field.add("800", slow_home(8), 30.0);
  const auto doubtful = field.add("801", slow_home(6, 2), 30.0);
  EXPECT_TRUE(is_told(field, MomentKind::LateCollapse, real));
  EXPECT_FALSE(is_told(field, MomentKind::LateCollapse, doubtful));
}

TEST(LateCollapse, AMatTooNearTheStartToKnowAPaceIsNoTrouble) {
  FieldBuilder field({{"1k", 1000}, {"30k", 30000}, {"finish", 42195}});
  moment_field::Series series;
  const auto net = [&](double pace) {
    const double later = 30 * pace * (1 + 0.02 * series.normal());
    return std::vector<Seconds>{pace, later, later + 12.195 * pace * (1 + 0.03 * series.normal())};
  };
  for (int i = 0; i < 900; ++i) {
    field.add(std::to_string(1000 + i), net(330 + 50 * series.normal()));
  }
  auto hard = net(300);
  *hard.back() += 3600;
  const auto id = field.add("800", hard);
  EXPECT_TRUE(is_told(field, MomentKind::LateCollapse, id));
}

TEST(LateCollapse, AFirstHalfThatIsEverybodysFastestIsNoFault) {
  FieldBuilder field({{"half", 21097.5}, {"20mi", 32187}, {"finish", 42195}});
  moment_field::Series series;
  const auto net = [&](double pace) {
    const double half = 21.0975 * pace * (1 + 0.01 * series.normal());
    const double later = half + 11.0895 * pace * 1.13 * (1 + 0.02 * series.normal());
    return std::vector<Seconds>{half, later,
                                later + 10.008 * pace * 1.2 * (1 + 0.03 * series.normal())};
  };
  for (int i = 0; i < 900; ++i) {
    field.add(std::to_string(1000 + i), net(330 + 50 * series.normal()));
  }
  auto hard = net(300);
  *hard.back() += 3600;
  const auto id = field.add("800", hard);
  EXPECT_TRUE(is_told(field, MomentKind::LateCollapse, id));
}

TEST(LongStop, AnHourInOneStretchAndThenOnAsBeforeIsFound) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto id = field.add("812", paused(), 30.0);
  const auto found = of_kind(field, MomentKind::LongStop);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{id});
  EXPECT_EQ(found[0].theme, model::Theme::Perseverance);
  EXPECT_GE(found[0].net_bits, 3);
  ASSERT_EQ(found[0].evidence.size(), 4u);
  EXPECT_EQ(found[0].evidence[0].from, "15k");
  EXPECT_EQ(found[0].evidence[0].to, "20k");
  EXPECT_EQ(found[0].evidence[0].seconds, 5100);
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 1u);
  EXPECT_EQ(found[0].evidence[1].seconds, 3600);
  EXPECT_EQ(found[0].evidence[2].seconds, 4500);
}

TEST(LongStop, WhoeverGoesOnFarSlowerIsNotTold) {
  FieldBuilder field = moment_field::ordinary_field(900);
  field.add("812", paused(300 * 1.3), 30.0);
  EXPECT_TRUE(of_kind(field, MomentKind::LongStop).empty());
}

TEST(LongStop, NineMinutesAreNone) {
  FieldBuilder field = moment_field::ordinary_field(900);
  field.add("812", paced([](double from) { return from == 15000 ? 300 + 540 / 5.0 : 300; }), 30.0);
  EXPECT_TRUE(of_kind(field, MomentKind::LongStop).empty());
}

TEST(LongStop, NeitherPrivateNorMinorNorUnfinishedIsTold) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto id = field.add("812", paused(), 30.0);
  ASSERT_TRUE(is_told(field, MomentKind::LongStop, id));
  field.entrant(id).is_private = true;
  EXPECT_FALSE(is_told(field, MomentKind::LongStop, id));
  field.entrant(id).is_private = false;
  field.entrant(id).is_minor = true;
  EXPECT_FALSE(is_told(field, MomentKind::LongStop, id));
  field.entrant(id).is_minor = false;
  field.runner(id).status = model::RunnerStatus::DidNotFinish;
  EXPECT_FALSE(is_told(field, MomentKind::LongStop, id));
}

TEST(LongStop, AClockThatWasOffAtOneMatIsNone) {
  FieldBuilder field = moment_field::ordinary_field(900);
  auto net = even(300);
  *net[3] += 15 * 60;  // At 20K a quarter of an hour late, right again at the half.
  field.add("812", net, 30.0);
  EXPECT_TRUE(of_kind(field, MomentKind::LongStop).empty());
}

/// Even pace, a slow stretch from the half to 25K, and then `rest`.
std::vector<Seconds> dipped(double rest, double dip = 480) {
  return paced([=](double from) { return from < 21000 ? 300.0 : from < 25000 ? dip : rest; });
}

/// An ordinary field in which every tenth hits a wall at the half and stays slow.
FieldBuilder walled_field() {
  FieldBuilder field = moment_field::ordinary_field(900);
  moment_field::Series series;
  for (int i = 0; i < 100; ++i) {
    const double pace = 280 + 100 * series.next();
    const double slow = pace * (1.1 + 0.8 * series.next());
    field.add(std::to_string(5000 + i), paced([&](double from) {
                return (from < 21000 ? pace : slow) * (1 + 0.02 * series.normal());
              }),
              600 * series.next());
  }
  return field;
}

TEST(WallComeback, SlowForFourKilometresAndThenAsBeforeIsFound) {
  FieldBuilder field = walled_field();
  const auto id = field.add("812", dipped(303), 30.0);
  const auto found = of_kind(field, MomentKind::WallComeback);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{id});
  ASSERT_EQ(found[0].evidence.size(), 5u);
  EXPECT_EQ(found[0].evidence[1].from, "half");
  EXPECT_EQ(found[0].evidence[1].seconds, 1873);
  EXPECT_EQ(found[0].evidence[2].seconds, 5210);
  EXPECT_GT(*found[0].evidence[2].expected_seconds, 5210);
  EXPECT_EQ(found[0].evidence[4].what, "comebacks");
  // Some of the hundred too, by chance; most of those who slowed did not come back.
  EXPECT_GE(*found[0].evidence[4].rank_in_field, 1u);
  EXPECT_GT(*found[0].evidence[4].of, 2 * *found[0].evidence[4].rank_in_field);
}

TEST(WallComeback, SlowToTheEndIsNone) {
  FieldBuilder field = walled_field();
  const auto id = field.add("812", dipped(350), 30.0);
  EXPECT_FALSE(is_told(field, MomentKind::WallComeback, id));
}

TEST(WallComeback, FarFasterThanEverBeforeIsNotTold) {
  FieldBuilder field = walled_field();
  const auto id = field.add("812", dipped(250), 30.0);
  EXPECT_FALSE(is_told(field, MomentKind::WallComeback, id));
}

TEST(WallComeback, NoMinorIsTold) {
  FieldBuilder field = walled_field();
  const auto id = field.add("812", dipped(303), 30.0);
  ASSERT_TRUE(is_told(field, MomentKind::WallComeback, id));
  field.entrant(id).is_minor = true;
  EXPECT_FALSE(is_told(field, MomentKind::WallComeback, id));
}

/// An ordinary field and somebody twenty minutes behind all of them, at a walk.
struct LastOne {
  FieldBuilder field = moment_field::ordinary_field(500);
  model::EntrantId id = field.add("812", even(640), 600.0);
  [[nodiscard]] bool told() { return is_told(field, MomentKind::LastFinisher, id); }
  [[nodiscard]] bool anybody() { return !of_kind(field, MomentKind::LastFinisher).empty(); }
};

TEST(LastFinisher, TheLastRecordedIsOnTheShelf) {
  LastOne last;
  const auto found = of_kind(last.field, MomentKind::LastFinisher);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{last.id});
  EXPECT_TRUE(found[0].on_shelf);
  EXPECT_EQ(found[0].evidence[0].seconds, 600 + 27004);
  EXPECT_EQ(found[0].evidence[0].of, 501u);
  EXPECT_GT(*found[0].evidence[1].seconds, 0);
}

TEST(LastFinisher, NobodyIsTheLastWhileTheRaceIsOpen) {
  LastOne last;
  last.field.results().closed[0] = false;
  EXPECT_FALSE(last.anybody());
}

TEST(LastFinisher, WhereTheLastMayNotBeToldNobodyIsToldInstead) {
  LastOne last;
  last.field.entrant(last.id).is_private = true;
  EXPECT_FALSE(last.anybody());
  last.field.entrant(last.id).is_private = false;
  last.field.entrant(last.id).is_minor = true;
  EXPECT_FALSE(last.anybody());
  last.field.entrant(last.id).is_minor = false;
  last.field.entrant(last.id).mode = model::Mode::Handcycle;
  EXPECT_FALSE(last.anybody());
  last.field.entrant(last.id).mode = model::Mode::Foot;
  last.field.runner(last.id).status = model::RunnerStatus::OutOfCompetition;
  EXPECT_FALSE(last.anybody());
}

TEST(LastFinisher, AChipThatMayHaveBeenCarriedInIsNobodysLastPlace) {
  FieldBuilder strolled = moment_field::ordinary_field(500);
  strolled.add("812", even(1000), 600.0);
  EXPECT_TRUE(of_kind(strolled, MomentKind::LastFinisher).empty());
  LastOne before_the_gun;
  before_the_gun.field.runner(before_the_gun.id).start_offset = -std::chrono::minutes(20);
  EXPECT_FALSE(before_the_gun.anybody());
}

TEST(LastFinisher, AnOpenQuestionAboutTheCloseHoldsIt) {
  LastOne last;
  model::Attention late;
  late.kind = model::Attention::Kind::AfterClose;
  late.race = model::RaceId(0);
  last.field.results().attention.push_back(late);
  EXPECT_FALSE(last.anybody());
}

TEST(LastFinisher, TwoInOneInstantHaveNoLast) {
  LastOne last;
  auto net = even(640);
  for (auto& time : net) *time += 0.5;
  last.field.add("813", net, 600.0);
  EXPECT_FALSE(last.anybody());
}

TEST(LastFinisher, WithoutClockTimesItIsSilent) {
  FieldBuilder field(moment_field::marathon_points());
  for (int i = 0; i < 50; ++i) field.add(std::to_string(i + 1), even(300 + i));
  EXPECT_TRUE(of_kind(field, MomentKind::LastFinisher).empty());
}

/// Half an hour lost before 10K, then faster than most.
std::vector<Seconds> from_the_back() {
  return paced([](double from) { return from == 5000 ? 700.0 : 295.0; });
}

TEST(Overtaking, ThePlacesWonLateAreCounted) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto id = field.add("812", from_the_back(), 30.0);
  const auto found = of_kind(field, MomentKind::Overtaking);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{id});
  EXPECT_EQ(found[0].theme, model::Theme::Underdog);
  const auto& evidence = found[0].evidence;
  EXPECT_EQ(evidence[0].to, "35k");
  EXPECT_EQ(evidence[1].to, "finish");
  EXPECT_GE(*evidence[0].rank_in_field, *evidence[1].rank_in_field + 90);
  EXPECT_EQ(evidence[0].of, 901u);
}

TEST(Overtaking, NobodyPrivateIsTold) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto id = field.add("812", from_the_back(), 30.0);
  field.entrant(id).is_private = true;
  EXPECT_TRUE(of_kind(field, MomentKind::Overtaking).empty());
}

TEST(Overtaking, AFieldWhereNobodyPassesManyHasNone) {
  FieldBuilder field(moment_field::marathon_points());
  for (int i = 0; i < 1000; ++i) field.add(std::to_string(i + 1), even(240 + 0.2 * i), 0.0);
  EXPECT_TRUE(of_kind(field, MomentKind::Overtaking).empty());
}

TEST(EvenPace, TheSmallestRangeIsOnTheShelf) {
  FieldBuilder field = moment_field::ordinary_field(500);
  const auto id = field.add("812", even(300), 30.0);
  const auto found = of_kind(field, MomentKind::EvenPace);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{id});
  EXPECT_TRUE(found[0].on_shelf);
  EXPECT_EQ(found[0].evidence[3].of, 501u);
}

TEST(EvenPace, AMissedMatIsNotCompared) {
  FieldBuilder field = moment_field::ordinary_field(500);
  auto net = even(300);
  net[5] = std::nullopt;
  const auto id = field.add("812", net, 30.0);
  EXPECT_FALSE(is_told(field, MomentKind::EvenPace, id));
}

TEST(EvenPace, NobodyPrivateIsToldNorTheNextInstead) {
  FieldBuilder field = moment_field::ordinary_field(500);
  field.entrant(field.add("812", even(300), 30.0)).is_private = true;
  EXPECT_TRUE(of_kind(field, MomentKind::EvenPace).empty());
}

struct OldOne {
  FieldBuilder field = moment_field::ordinary_field(500);
  model::EntrantId id = field.add("812", even(420), 30.0);
  OldOne() {
    field.entrant(id).age = 84;
    field.results().event.publish_columns = {"age"};
  }
  [[nodiscard]] bool anybody() { return !of_kind(field, MomentKind::Oldest).empty(); }
};

TEST(Oldest, TheOldestIsToldWithTheNext) {
  OldOne old;
  const auto found = of_kind(old.field, MomentKind::Oldest);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{old.id});
  EXPECT_EQ(found[0].evidence[0].years, 84);
  EXPECT_EQ(found[0].evidence[0].next_years, 69);
  EXPECT_EQ(found[0].evidence[0].of, 501u);
}

TEST(Oldest, TheNextNineStandOnTheShelfWithHowManyWereOlder) {
  OldOne old;
  for (std::uint32_t i = 0; i < 12; ++i) {
    old.field.entrant(model::EntrantId(i)).age = 70 + static_cast<int>(i / 2);
  }
  const auto found = of_kind(old.field, MomentKind::Oldest);
  ASSERT_EQ(found.size(), 10u);
  EXPECT_FALSE(found[0].evidence[0].rank_in_field.has_value());
  EXPECT_EQ(found[1].evidence[0].years, 75);
  EXPECT_EQ(found[1].evidence[0].rank_in_field, 2u);
  EXPECT_EQ(found[2].evidence[0].rank_in_field, 2u);
  EXPECT_EQ(found[3].evidence[0].rank_in_field, 4u);
  EXPECT_TRUE(found[9].on_shelf);
  const auto told = choose_for_story(found, 12);
  EXPECT_EQ(told, std::vector<std::size_t>{0});
}

TEST(Oldest, NoAgeIsToldWhereTheRacePublishesNone) {
  OldOne old;
  old.field.results().event.publish_columns.clear();
  EXPECT_FALSE(old.anybody());
}

TEST(Oldest, IsToldOnceNobodyOlderIsOnTheCourse) {
  OldOne old;
  const model::EntrantId older(7);
  old.field.entrant(older).age = 91;
  old.field.runner(older).status = model::RunnerStatus::Running;
  EXPECT_FALSE(old.anybody());
  old.field.entrant(older).age = 60;
  EXPECT_TRUE(old.anybody());
  EXPECT_EQ(moment_field::told_at_once(old.field, old.id, MomentKind::Oldest).size(), 1u);
}

TEST(Oldest, ATypingErrorOrATieHasNoOldest) {
  OldOne old;
  old.field.entrant(old.id).age = 121;
  EXPECT_FALSE(old.anybody());
  old.field.entrant(old.id).age = 84;
  old.field.entrant(model::EntrantId(7)).age = 84;
  EXPECT_FALSE(old.anybody());
}

TEST(Oldest, ThirtyIsNoAge) {
  OldOne old;
  old.field.entrant(old.id).age = 69;
  EXPECT_FALSE(old.anybody());
}

TEST(Oldest, WhereTheOldestIsPrivateNobodyIsTold) {
  OldOne old;
  old.field.entrant(old.id).is_private = true;
  EXPECT_FALSE(old.anybody());
}

struct FirstOne {
  FieldBuilder field = moment_field::ordinary_field(20);
  model::EntrantId id = field.add("812", even(420), 30.0);
  FirstOne() {
    field.entrant(id).tell = true;
    field.person(id).first_time = "yes";
    field.person(id).why = "To see the end of it";
  }
  [[nodiscard]] bool anybody() { return !of_kind(field, MomentKind::FirstFinish).empty(); }
};

TEST(FirstFinish, AFirstIsToldWithTheRunnersWord) {
  FirstOne first;
  const auto found = of_kind(first.field, MomentKind::FirstFinish);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{first.id});
  EXPECT_EQ(found[0].theme, model::Theme::Beginning);
  EXPECT_TRUE(found[0].on_shelf);
}

TEST(FirstFinish, WithoutTellNorWordsNorAFirstThereIsNone) {
  FirstOne first;
  first.field.entrant(first.id).tell = false;
  EXPECT_FALSE(first.anybody());
  first.field.entrant(first.id).tell = true;
  first.field.person(first.id).first_time = "No";
  EXPECT_FALSE(first.anybody());
  first.field.person(first.id).first_time = "yes";
  first.field.person(first.id).why.clear();
  EXPECT_FALSE(first.anybody());
}

TEST(FirstFinish, NeitherPrivateNorAChildIsQuoted) {
  FirstOne first;
  first.field.entrant(first.id).is_private = true;
  EXPECT_FALSE(first.anybody());
  first.field.entrant(first.id).is_private = false;
  first.field.entrant(first.id).is_minor = true;
  EXPECT_FALSE(first.anybody());
}

TEST(FirstFinish, TheShelfHoldsTen) {
  FirstOne first;
  for (int i = 0; i < 15; ++i) {
    const auto id = first.field.add(std::to_string(900 + i), even(300 + i), 30.0);
    first.field.entrant(id).tell = true;
    first.field.person(id).first_time = "yes";
    first.field.person(id).why = "Because of the hill";
  }
  EXPECT_EQ(of_kind(first.field, MomentKind::FirstFinish).size(), 10u);
  EXPECT_TRUE(is_told(first.field, MomentKind::FirstFinish, first.id));
}

}  // namespace
}  // namespace hs::moments
