#include "projection/projector.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "projection/generic.h"
#include "projection/test_field.h"

namespace hs::projection {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const CourseModel& fitted() {
  static const CourseModel kModel = [] {
    const PastRace past = TestField(1).race(2500);
    return *fit_course(std::span(&past, 1));
  }();
  return kModel;
}

Projector projector() { return {fitted(), TestField::marathon(), model::ProjectionSource::Course}; }

void expect_sound(const model::Projection& projection, base::Duration not_before) {
  EXPECT_TRUE(std::is_sorted(projection.at_shares.begin(), projection.at_shares.end()));
  EXPECT_GE(projection.at_shares.front(), not_before);
  EXPECT_LT(projection.at_shares.back(), hours(400));
}

double mean_miss(const Projector& by, const std::vector<Runner>& runners, std::size_t at) {
  double sum = 0;
  for (const Runner& runner : runners) {
    const auto projection = by.project({&runner, at, {}, {}});
    const auto miss = projection->median() - std::chrono::round<seconds>(*runner.times.back());
    sum += std::abs(static_cast<double>(miss.count()));
  }
  return sum / static_cast<double>(runners.size());
}

TEST(Projector, LaterTimesChangeNothing) {
  TestField field(2);
  for (int i = 0; i < 100; ++i) {
    const Runner runner = field.runner();
    for (std::size_t at = 0; at + 1 < runner.times.size(); ++at) {
      Runner scrambled = runner;
      for (std::size_t p = at + 1; p < runner.times.size(); ++p) {
        scrambled.times[p] =
            field.unit() < 0.3
                ? std::nullopt
                : std::optional<base::Duration>(seconds(static_cast<int>(field.unit() * 30000)));
      }
      EXPECT_EQ(projector().project({&runner, at, {}, {}}),
                projector().project({&scrambled, at, {}, {}}));
    }
  }
}

TEST(Projector, IsRightAsOftenAsItSays) {
  const auto runners = TestField(3).race(2000).runners;
  const Projector by = projector();
  for (std::size_t at = 0; at < 8; ++at) {
    int in_80 = 0;
    int in_95 = 0;
    for (const Runner& runner : runners) {
      const auto projection = by.project({&runner, at, {}, {}});
      const auto truth = *runner.times.back();
      in_80 += truth >= projection->interval_80().low && truth <= projection->interval_80().high;
      in_95 += truth >= projection->interval_95().low && truth <= projection->interval_95().high;
    }
    EXPECT_NEAR(in_80 / 2000.0, 0.80, 0.035) << "at point " << at;
    EXPECT_NEAR(in_95 / 2000.0, 0.95, 0.02) << "at point " << at;
  }
}

TEST(Projector, BeatsGoingOnAtTheSamePace) {
  const auto runners = TestField(3).race(1000).runners;
  double constant = 0;
  for (const Runner& runner : runners) {
    const double at_25k = static_cast<double>(runner.times[4]->count()) / 1e6;
    const double truth = static_cast<double>(runner.times.back()->count()) / 1e6;
    constant += std::abs(at_25k * 42.195 / 25 - truth) / 1000;
  }
  EXPECT_LT(mean_miss(projector(), runners, 4), 0.95 * constant);
}

TEST(Projector, AMissedEarlierPointCostsAtMostATwentieth) {
  const auto runners = TestField(4).race(1500).runners;
  for (const std::size_t at : {3U, 5U, 7U}) {
    const double whole = mean_miss(projector(), runners, at);
    // The point just before says most of how he goes now: docs/projection.md has what that costs.
    for (std::size_t missed = 0; missed + 1 < at; ++missed) {
      auto without = runners;
      for (Runner& runner : without) runner.times[missed].reset();
      EXPECT_LE(mean_miss(projector(), without, at), 1.05 * whole)
          << "at point " << at << " without " << missed;
    }
  }
}

TEST(Projector, AMissedPointJustBeforeIsNotGuessed) {
  const auto runners = TestField(4).race(1500).runners;
  CourseModel guessing = fitted();
  guessing.finish_without.clear();
  const Projector guesser(guessing, TestField::marathon(), model::ProjectionSource::Course);
  double guessed = 0;
  double asked = 0;
  for (const std::size_t at : {5U, 6U, 7U}) {
    auto without = runners;
    for (Runner& runner : without) runner.times[at - 1].reset();
    guessed += mean_miss(guesser, without, at);
    asked += mean_miss(projector(), without, at);
    EXPECT_LE(mean_miss(projector(), without, at), 1.15 * mean_miss(projector(), runners, at));
  }
  EXPECT_LT(asked, guessed);
}

TEST(Projector, OneOnlyPointIsEnough) {
  Runner runner;
  runner.times.assign(9, std::nullopt);
  runner.times[3] = minutes(110);
  const auto projection = projector().project({&runner, 5, {}, {}});
  ASSERT_TRUE(projection.has_value());
  expect_sound(*projection, minutes(110));
  EXPECT_EQ(projection->since, 3U);
  EXPECT_NEAR(static_cast<double>(projection->median().count()), 110 * 60 * 2.12, 900);
}

TEST(Projector, NobodyIsProjectedFromNothing) {
  Runner runner;
  runner.times.assign(9, std::nullopt);
  EXPECT_FALSE(projector().project({&runner, 5, {}, {}}).has_value());
  runner.times[8] = hours(4);
  EXPECT_FALSE(projector().project({&runner, 8, {}, {}}).has_value());  // Has finished.
  runner.times.resize(4);
  EXPECT_FALSE(projector().project({&runner, 3, {}, {}}).has_value());  // Another course's.
}

TEST(Projector, PointsOutOfOrderLoseTheFewest) {
  TestField field(5);
  const Runner right = field.runner();
  Runner wrong = right;
  wrong.times[2] = minutes(3);  // 15K before 10K.
  Runner without = right;
  without.times[2].reset();
  const auto projection = projector().project({&wrong, 5, {}, {}});
  EXPECT_EQ(projection, projector().project({&without, 5, {}, {}}));
}

TEST(Projector, AnyTimesGiveASoundProjection) {
  TestField field(6);
  const Projector by = projector();
  int projected = 0;
  for (int i = 0; i < 5000; ++i) {
    Runner runner;
    for (int p = 0; p < 9; ++p) {
      const double wild = field.unit();
      runner.times.push_back(
          wild < 0.3 ? std::nullopt
                     : std::optional<base::Duration>(base::Duration(static_cast<std::int64_t>(
                           (field.unit() - 0.1) * 1e6 * (wild < 0.4 ? 1e6 : 2e4)))));
    }
    const base::Duration elapsed = seconds(static_cast<int>(field.unit() * 60000));
    const auto at = static_cast<std::size_t>(field.unit() * 8);
    const auto projection = by.project({&runner, at, elapsed, {}});
    if (!projection) continue;
    ++projected;
    EXPECT_TRUE(std::is_sorted(projection->at_shares.begin(), projection->at_shares.end()));
    EXPECT_GE(projection->at_shares.front(), elapsed);
    EXPECT_GE(projection->at_shares.front(), projection->since_time);
  }
  EXPECT_GT(projected, 3000);
}

TEST(Projector, WhoStandsStillIsSaidToAndTheIntervalWidens) {
  const Runner runner = TestField(7).runner();
  const auto moving = projector().project({&runner, 4, *runner.times[4], {}});
  const auto late = projector().project({&runner, 4, *runner.times[4] + minutes(90), {}});
  ASSERT_TRUE(moving && late);
  EXPECT_FALSE(moving->is_overdue);
  EXPECT_TRUE(late->is_overdue);
  expect_sound(*late, *runner.times[4] + minutes(90));
  EXPECT_GT(late->median(), moving->median());
  const auto width = [](const model::Projection& p) {
    return p.interval_80().high - p.interval_80().low;
  };
  EXPECT_GT(width(*late), 2 * width(*moving));
}

TEST(Projector, TheClockCutsWhatCanNoLongerBe) {
  const Runner runner = TestField(8).runner();
  const auto before = projector().project({&runner, 7, *runner.times[7], {}});
  const base::Duration elapsed = before->median();
  const auto after = projector().project({&runner, 7, elapsed, {}});
  EXPECT_FALSE(after->is_overdue);
  expect_sound(*after, elapsed);
  EXPECT_GT(after->median(), before->median());
  EXPECT_LE(after->interval_95().high, before->at_shares.back());
}

TEST(Projector, AfterTheCutOffItSaysSo) {
  const Runner runner = TestField(9).runner();
  const base::Duration elapsed = *runner.times[4] + minutes(5);
  const auto in_time = projector().project({&runner, 4, elapsed, elapsed + minutes(1)});
  const auto past = projector().project({&runner, 4, elapsed, elapsed - minutes(1)});
  EXPECT_FALSE(in_time->is_past_cut_off);
  EXPECT_TRUE(past->is_past_cut_off);
  EXPECT_EQ(in_time->probability_within(elapsed + minutes(1)), 0);
}

TEST(Projector, ProbabilityOfABarrierRisesWithIt) {
  const Runner runner = TestField(10).runner();
  const auto projection = *projector().project({&runner, 4, {}, {}});
  EXPECT_DOUBLE_EQ(projection.probability_within(projection.median()), 0.5);
  EXPECT_EQ(projection.probability_within(*runner.times[4]), 0);
  EXPECT_EQ(projection.probability_within(hours(20)), 1);
  double before = 0;
  for (int m = 120; m < 500; ++m) {
    const double now = projection.probability_within(minutes(m));
    EXPECT_GE(now, before);
    before = now;
  }
}

TEST(GenericModel, AFieldOfThreeAndAFirstRaceUseTheTable) {
  const PastRace three = TestField(11).race(3);
  EXPECT_FALSE(fit_course(std::span(&three, 1)).has_value());
  EXPECT_FALSE(fit_course({}).has_value());
  const Projector by(generic_model(), three.course, model::ProjectionSource::Generic);
  for (const Runner& runner : three.runners) {
    const auto projection = by.project({&runner, 5, {}, {}});
    ASSERT_TRUE(projection.has_value());
    expect_sound(*projection, *runner.times[5]);
    EXPECT_EQ(projection->source, model::ProjectionSource::Generic);
  }
}

TEST(GenericModel, ServesAnyDistanceAndAnyPoints) {
  for (const double km : {5.0, 10.0, 21.0975, 50.0}) {
    Course course;
    for (const double share : {0.13, 0.41, 0.77, 1.0}) {
      course.points.push_back(base::Distance::metres(static_cast<std::int64_t>(km * 1000 * share)));
    }
    const Projector by(generic_model(), course, model::ProjectionSource::Generic);
    Runner even;
    for (const base::Distance point : course.points) {
      even.times.push_back(base::Duration(point.in_millimetres() * 300));  // 5:00 a kilometre.
    }
    for (std::size_t at = 0; at < 3; ++at) {
      const auto projection = by.project({&even, at, {}, {}});
      ASSERT_TRUE(projection.has_value());
      const double truth = km * 300;
      EXPECT_NEAR(static_cast<double>(projection->median().count()) / truth, 1.03, 0.06)
          << km << " km at point " << at;
    }
  }
}

TEST(GenericModel, ReadsWhatItWrites) {
  const std::string text = write_model(fitted(), "made by a test");
  const auto read = read_model(text);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  const Projector again(*read, TestField::marathon(), model::ProjectionSource::Course);
  TestField field(12);
  for (int i = 0; i < 100; ++i) {
    Runner runner = field.runner();
    if (i % 2 == 1) runner.times[3].reset();
    const auto a = projector().project({&runner, 4, {}, {}});
    const auto b = again.project({&runner, 4, {}, {}});
    EXPECT_NEAR(static_cast<double>((a->median() - b->median()).count()), 0, 2);
  }
}

TEST(GenericModel, ACutTableIsRefusedAtEveryLine) {
  const std::string text = write_model(fitted(), "");
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\n') lines.push_back(i);
  }
  for (std::size_t i = 0; i < lines.size(); i += i < 60 ? 1 : 23) {
    EXPECT_FALSE(read_model(text.substr(0, lines[i])).has_value()) << "cut at byte " << lines[i];
  }
  EXPECT_FALSE(read_model("").has_value());
  EXPECT_FALSE(read_model(text + "sweights 1 2\n").has_value());
}

}  // namespace
}  // namespace hs::projection
