#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "moments/find_moments.h"
#include "support/moment_field.h"

// Trouble of timing planted into made fields: none of it may become a moment. And fields of a shape
// in which little can be said.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::Seconds;

std::vector<model::Moment> rare_moments(FieldBuilder& field) {
  std::vector<model::Moment> found = find_moments(field.results());
  std::erase_if(found, [](const model::Moment& moment) { return moment.on_shelf; });
  return found;
}

/// A field with real moments in it, in which trouble is planted with people of its own.
class TroubledField {
 public:
  explicit TroubledField(std::uint64_t seed) {
    for (std::uint64_t i = 0; i < seed * 100'000; ++i) (void)series_.next();
    for (int i = 0; i < 5000; ++i) add_ordinary();
    for (int i = 0; i < 18; ++i) add_collapse();
    for (int i = 0; i < 14; ++i) add_pause();
    plant_dead_mat();
    plant_shifted_clock();
    for (int i = 0; i < 12; ++i) plant_swapped_chip();
    for (int i = 0; i < 15; ++i) plant_cut_course();
    for (int i = 0; i < 15; ++i) plant_estimated_split();
    field_.rank();
  }
  FieldBuilder& field() { return field_; }
  [[nodiscard]] bool is_planted(const model::Moment& moment) const {
    return std::any_of(moment.people.begin(), moment.people.end(),
                       [&](model::EntrantId id) { return planted_.count(id) > 0; });
  }

 private:
  static constexpr std::size_t kFinish = 9;

  std::vector<Seconds> ordinary() {
    return moment_field::ordinary_marathon(330 + 40 * series_.normal(), series_);
  }
  model::EntrantId add(const std::vector<Seconds>& net) {
    return field_.add(std::to_string(next_bib_++), net, 600 * series_.next());
  }
  void add_ordinary() { add(ordinary()); }
  void plant(const std::vector<Seconds>& net) { planted_.insert(add(net)); }

  void add_collapse() {
    auto net = ordinary();
    *net[kFinish] += 60 * (20 + 40 * series_.next());
    add(net);
  }
  void add_pause() {
    auto net = ordinary();
    const double lost = 60 * (30 + 60 * series_.next());
    const auto from = static_cast<std::size_t>(2 + 4 * series_.next());
    for (std::size_t i = from; i < net.size(); ++i) *net[i] += lost;
    add(net);
  }
  /// A mat that heard nobody for a while.
  void plant_dead_mat() {
    for (int i = 0; i < 60; ++i) {
      auto net = ordinary();
      net[6] = std::nullopt;
      plant(net);
    }
  }
  /// One of the boxes of a mat was minutes off, this way or that.
  void plant_shifted_clock() {
    const double off = 60 * (3 + 17 * series_.next()) * (series_.next() < 0.5 ? -1 : 1);
    for (int i = 0; i < 40; ++i) {
      auto net = ordinary();
      *net[7] += off;
      plant(net);
    }
  }
  /// Two who change chips on the way: from there on each has the other's times.
  void plant_swapped_chip() {
    auto a = ordinary();
    auto b = ordinary();
    const auto from = static_cast<std::size_t>(2 + 6 * series_.next());
    for (std::size_t i = from; i < a.size(); ++i) std::swap(a[i], b[i]);
    const double start = 600 * series_.next();
    for (const auto& net : {a, b}) {
      planted_.insert(field_.add(std::to_string(next_bib_++), net, start));
    }
  }
  /// Somebody misses a mat and is far too early at the next.
  void plant_cut_course() {
    auto net = ordinary();
    const auto missed = static_cast<std::size_t>(2 + 5 * series_.next());
    const double saved = (*net[missed + 1] - *net[missed - 1]) * (0.3 + 0.4 * series_.next());
    net[missed] = std::nullopt;
    for (std::size_t i = missed + 1; i < net.size(); ++i) *net[i] -= saved;
    plant(net);
  }
  /// A missed time that the timers filled in at the pace until there.
  void plant_estimated_split() {
    auto net = ordinary();
    const auto points = moment_field::marathon_points();
    const auto at = static_cast<std::size_t>(2 + 7 * series_.next());
    *net[at] = *net[at - 1] / points[at - 1].second * points[at].second;
    plant(net);
  }

  moment_field::Series series_;
  FieldBuilder field_{moment_field::marathon_points()};
  std::set<model::EntrantId> planted_;
  int next_bib_ = 1;
};

TEST(Trouble, OfWhatIsPublishedNearlyNothingTouchesARunnerInTrouble) {
  std::size_t published = 0;
  std::size_t touched = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    TroubledField troubled(seed);
    for (const model::Moment& moment : rare_moments(troubled.field())) {
      ++published;
      if (!troubled.is_planted(moment)) continue;
      ++touched;
      std::string bibs;
      for (const auto id : moment.people) {
        bibs += troubled.field().results().entrants[id.raw()].bib.str() + " ";
      }
      std::printf("seed %d: %s of %s\n", static_cast<int>(seed), model::name_of(moment.kind),
                  bibs.c_str());
    }
  }
  EXPECT_GE(published, 120u);
  EXPECT_LE(static_cast<double>(touched), 0.02 * static_cast<double>(published))
      << touched << " of " << published;
}

TEST(Trouble, SomebodyElsesWrongSplitTakesNoCollapseAway) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  std::vector<Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 270);
  }
  // Late at 40K only: from there this one would come in when the other did, and the other way
  // round.
  auto wrong = net;
  *wrong[8] = 12222;
  *net.back() = 10800 + 2670;
  const auto id = field.add("90001", net, 30.0);
  field.add("90002", wrong, 30.0);
  const auto found = rare_moments(field);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, MomentKind::LateCollapse);
  EXPECT_EQ(found[0].people, std::vector{id});
}

TEST(Trouble, ChipsExchangedOnABadStretchAreStillExchanged) {
  // One at 300 s a kilometre and one at 345, who both fade behind 35K; there the second is timed
  // with what the first ran, five kilometres in less than four minutes.
  const auto at_pace = [](double pace, double behind) {
    std::vector<moment_field::Seconds> net;
    for (const auto& [id, metres] : moment_field::marathon_points()) {
      const double late = std::max(0.0, metres - 35000);
      net.push_back((metres - late) / 1000 * pace + late / 1000 * behind);
    }
    return net;
  };
  for (const bool exchanged : {false, true}) {
    SCOPED_TRACE(exchanged);
    auto first = at_pace(300, 360);
    auto second = at_pace(345, 390);
    std::vector<moment_field::Seconds> with_second = first;
    for (std::size_t i = 8; i < first.size(); ++i) with_second[i] = second[i];
    if (exchanged) std::copy(first.begin() + 8, first.end(), second.begin() + 8);
    FieldBuilder field = moment_field::ordinary_field(900);
    const auto id = field.add("90001", with_second, 20.0);
    field.add("90002", second, 20.0);
    const auto moments = find_moments(field.results());
    const bool is_told = std::any_of(moments.begin(), moments.end(), [&](const auto& moment) {
      return model::is_hardship(moment.kind) && moment.people.front() == id;
    });
    EXPECT_EQ(is_told, !exchanged);
  }
}

TEST(Trouble, ARaceOfTwelveHasNothingRareButTheLine) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 12; ++i) {
    field.add(std::to_string(i + 1), moment_field::ordinary_marathon(250 + 20.0 * i, series), 1.0);
  }
  field.rank();
  EXPECT_TRUE(rare_moments(field).empty());
}

TEST(Trouble, WhereEverybodyWalksWalkingIsNoCollapse) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 1200; ++i) {
    const double pace = 640 + 60 * series.normal();
    const double start = 600 * series.next();
    field.add(std::to_string(i + 1), moment_field::ordinary_marathon(pace, series), start);
  }
  field.rank();
  EXPECT_TRUE(rare_moments(field).empty());
}

TEST(Trouble, ARaceStoppedHalfWayIsTheFieldsStoryAndNobodysElse) {
  FieldBuilder field = moment_field::ordinary_field(1500);
  const auto last = FieldBuilder::gun() + std::chrono::minutes(225);
  for (model::RunnerResult& runner : field.results().runners) {
    for (model::Split& split : runner.splits) {
      if (split.passing && split.passing->at > last) split = model::Split();
    }
    runner.net = runner.splits.back().net;
    if (!runner.net) runner.status = model::RunnerStatus::Unresolved;
  }
  field.rank();
  const auto found = rare_moments(field);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, MomentKind::StopFront);
}

TEST(Trouble, NetTimesAloneKnowNothingOfTheLine) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 1500; ++i) {
    const double pace = 330 + 50 * series.normal();
    field.add(std::to_string(i + 1), moment_field::ordinary_marathon(pace, series));
  }
  field.rank();
  for (const model::Moment& moment : find_moments(field.results())) {
    for (const MomentKind kind :
         {MomentKind::FinishTogether, MomentKind::RanTogether, MomentKind::LastFinisher,
          MomentKind::LateStarter, MomentKind::StopFront, MomentKind::BeatTheCutoff}) {
      EXPECT_NE(moment.kind, kind);
    }
    EXPECT_TRUE(moment.on_shelf) << model::name_of(moment.kind);
  }
}

TEST(Trouble, TenThousandOfOneWaveWithoutSexAndAgeHaveTheirCollapses) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 10'000; ++i) {
    const double pace = 330 + 50 * series.normal();
    const double start = 1200 * series.next();
    field.add(std::to_string(i + 1), moment_field::ordinary_marathon(pace, series), start);
  }
  auto net = moment_field::ordinary_marathon(300, series);
  *net.back() += 3600;
  const auto id = field.add("20000", net, 60.0);
  field.rank();
  const auto found = rare_moments(field);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, MomentKind::LateCollapse);
  EXPECT_EQ(found[0].people, std::vector{id});
}

/// Two hundred in twenty costume groups of ten: each half started a quarter of an hour behind the
/// other, caught up, and is in step from 15K on.
FieldBuilder costumed(bool declared) {
  FieldBuilder field = moment_field::ordinary_field(900);
  moment_field::Series series;
  for (int group = 0; group < 20; ++group) {
    const double pace = 300 + 8.0 * group;
    for (int member = 0; member < 10; ++member) {
      const bool behind = member >= 5;
      std::vector<Seconds> net;
      for (const auto& [id, metres] : moment_field::marathon_points()) {
        const double left = behind ? std::max(0.0, 1 - metres / 14000) * 900 : 0.0;
        net.push_back(metres / 1000 * pace + (behind ? left - 900 : 0.0) + series.next());
      }
      const auto id =
          field.add(std::to_string(5000 + 10 * group + member), net, behind ? 930.0 : 30.0);
      if (declared) field.person(id).group = "Group " + std::to_string(group);
    }
  }
  field.rank();
  return field;
}

TEST(Trouble, TwoHundredInCostumeGroupsDoNotFloodTheStoryWithPairs) {
  FieldBuilder field = costumed(false);
  for (const model::Moment& moment : rare_moments(field)) {
    EXPECT_TRUE(moment.people.size() != 2) << model::name_of(moment.kind);
  }
}

TEST(Trouble, DeclaredGroupsAreToldOnceEach) {
  FieldBuilder field = costumed(true);
  const auto found = rare_moments(field);
  EXPECT_LE(found.size(), 20u);
  for (const model::Moment& moment : found) EXPECT_EQ(moment.kind, MomentKind::Group);
}

TEST(TellOnce, ThreeWhoAreLevelAreThreeAndNotAPair) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 900; ++i) {
    const double pace = 330 + 50 * series.normal();
    field.add(std::to_string(1000 + i), moment_field::ordinary_marathon(pace, series));
  }
  std::vector<Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 331 + (metres >= 20000 ? 1800.0 : 0.0));
  }
  std::vector<model::EntrantId> three;
  for (const char* bib : {"90001", "90002", "90003"}) three.push_back(field.add(bib, net));
  std::vector<model::Moment> found = find_moments(field.results());
  std::erase_if(found, [](const auto& moment) { return moment.kind != MomentKind::SameTimes; });
  ASSERT_EQ(found.size(), 1u);
  auto people = found[0].people;
  std::sort(people.begin(), people.end());
  EXPECT_EQ(people, three);
  EXPECT_EQ(found[0].evidence.back().what, "several");
  EXPECT_EQ(found[0].evidence.back().of, 3u);
}

}  // namespace
}  // namespace hs::moments
