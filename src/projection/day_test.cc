#include "projection/day.h"

#include <gtest/gtest.h>

#include "projection/projector.h"
#include "projection/test_field.h"

namespace hs::projection {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kAt25K = 4;
constexpr std::size_t kAt30K = 5;

const CourseModel& fitted() {
  static const CourseModel kModel = [] {
    const PastRace past = TestField(1).race(2500);
    return *fit_course(std::span(&past, 1));
  }();
  return kModel;
}

/// A day's field; the starts are spread over two hours.
struct Today {
  std::vector<Runner> runners;
  std::vector<base::RaceTime> starts;

  explicit Today(double heat, std::size_t count = 3000) {
    runners = TestField(20, heat).race(count).runners;
    for (std::size_t i = 0; i < count; ++i) {
      starts.emplace_back(seconds(7200 * i / count));
    }
  }
  [[nodiscard]] Day learn() const {
    return Day::learn(fitted(), TestField::marathon(), runners, starts);
  }
};

/// The mean miss, slow side positive, of the last runners to start, projected at `at`.
struct Misses {
  double bias = 0;
  double size = 0;
};
Misses late_starters(const Today& today, const Day* day, std::size_t at,
                     const std::vector<Runner>& truth) {
  const Projector by(fitted(), TestField::marathon(), model::ProjectionSource::Course);
  Misses out;
  const std::size_t count = today.runners.size() / 4;
  for (std::size_t i = today.runners.size() - count; i < today.runners.size(); ++i) {
    const auto instant = today.starts[i] + *truth[i].times[at];
    const auto projection = by.project({&today.runners[i], at, {}, {}}, day, instant);
    const double miss = static_cast<double>(projection->median().count()) -
                        static_cast<double>(truth[i].times.back()->count()) / 1e6;
    out.bias += miss / static_cast<double>(count);
    out.size += std::abs(miss) / static_cast<double>(count);
  }
  return out;
}

TEST(Day, AHotDayIsLearnedFromTheRunnersAhead) {
  const Today hot(0.08);
  const Day day = hot.learn();
  const Misses without = late_starters(hot, nullptr, kAt25K, hot.runners);
  const Misses with = late_starters(hot, &day, kAt25K, hot.runners);
  EXPECT_LT(without.bias, -120);  // Two minutes too fast.
  // What the heat will do behind the last mat they passed is still to be seen.
  EXPECT_LT(std::abs(with.bias), 0.8 * std::abs(without.bias));
  EXPECT_LT(with.size, without.size);
}

TEST(Day, AnOrdinaryDayCostsNextToNothing) {
  const Today today(0);
  const Day day = today.learn();
  const Misses without = late_starters(today, nullptr, kAt25K, today.runners);
  const Misses with = late_starters(today, &day, kAt25K, today.runners);
  EXPECT_LT(with.size, 1.03 * without.size);
}

TEST(Day, NothingYoungerThanAMinuteCounts) {
  const Today today(0.05, 1500);
  const Day day = today.learn();
  TestField noise(30);
  for (const int at_minute : {60, 120, 180, 200, 240}) {
    const base::RaceTime instant{minutes(at_minute)};
    Today scrambled = today;
    for (std::size_t r = 0; r < scrambled.runners.size(); ++r) {
      for (auto& time : scrambled.runners[r].times) {
        if (time && scrambled.starts[r] + *time > instant - Day::kDelay) {
          // Any later time, or none: still to come at the instant.
          time =
              noise.unit() < 0.3
                  ? std::nullopt
                  : std::optional<base::Duration>(instant - scrambled.starts[r] +
                                                  seconds(static_cast<int>(9000 * noise.unit())));
        }
      }
    }
    const Day other = scrambled.learn();
    for (std::size_t from = 0; from < 8; ++from) {
      const Correction a = day.at(from, instant);
      const Correction b = other.at(from, instant);
      EXPECT_EQ(a.shift, b.shift) << at_minute << " min, point " << from;
      EXPECT_EQ(a.lower, b.lower);
      EXPECT_EQ(a.upper, b.upper);
      EXPECT_EQ(a.distrusted, b.distrusted);
    }
  }
}

TEST(Day, AMatThatLiesByMinutesDoesNotPoisonTheField) {
  const Today today(0.02);
  Today lied = today;
  for (Runner& runner : lied.runners) *runner.times[kAt30K] += minutes(7);
  const Day day = lied.learn();
  const Misses honest = late_starters(today, nullptr, kAt25K, today.runners);
  // Behind the lie: the runners at 25K are told nothing wrong by the mat at 30K.
  EXPECT_LT(late_starters(lied, &day, kAt25K, today.runners).size, 1.1 * honest.size);
  // At the lying mat itself: better projected from 25K than from a time that is wrong.
  const Misses at_mat = late_starters(lied, &day, kAt30K, today.runners);
  EXPECT_LT(at_mat.size, 1.15 * honest.size);
  EXPECT_LT(at_mat.size, 0.8 * late_starters(lied, nullptr, kAt30K, today.runners).size);
}

TEST(Day, ACourseWithOtherPointsIsLearnedFromToo) {
  // 10K, half way, 20 miles: two of these points are none of the model's.
  Course few;
  for (const int metres : {10000, 21097, 32187, 42195}) {
    few.points.push_back(base::Distance::metres(metres));
  }
  const auto on_few = [](const Runner& runner) {
    Runner out = runner;
    const auto part = [&](std::size_t from, double share) {
      const auto stretch = *runner.times[from + 1] - *runner.times[from];
      return *runner.times[from] +
             base::Duration(std::llround(static_cast<double>(stretch.count()) * share));
    };
    out.times = {runner.times[1], part(3, 1.097 / 5), part(5, 2.187 / 5), runner.times[8]};
    return out;
  };
  Today hot(0.08);
  for (Runner& runner : hot.runners) runner = on_few(runner);
  const Day day = Day::learn(fitted(), few, hot.runners, hot.starts);
  const Projector by(fitted(), few, model::ProjectionSource::Course);
  for (const std::size_t at : {1U, 2U}) {
    double without = 0;
    double with = 0;
    for (std::size_t i = hot.runners.size() * 3 / 4; i < hot.runners.size(); ++i) {
      const auto& times = hot.runners[i].times;
      const auto instant = hot.starts[i] + *times[at];
      const Known known{&hot.runners[i], at, {}, {}};
      const auto finish = std::chrono::round<seconds>(*times[3]);
      without += static_cast<double>((by.project(known)->median() - finish).count());
      with += static_cast<double>((by.project(known, &day, instant)->median() - finish).count());
    }
    const double count = static_cast<double>(hot.runners.size()) / 4;
    // At 20 miles little is left to be wrong about.
    const double most = at == 1 ? 0.8 * std::abs(without) : 30 * count;
    EXPECT_LT(std::abs(with), most) << "at point " << at;
  }
}

TEST(Day, AFieldOfThreeSaysNothingOfTheDay) {
  const Today three(0.3, 3);
  const Correction correction = three.learn().at(kAt25K, base::RaceTime(hours(48)));
  EXPECT_EQ(correction.shift, 0);
  EXPECT_EQ(correction.lower, 1);
  EXPECT_EQ(correction.upper, 1);
}

}  // namespace
}  // namespace hs::projection
