#include "projection/generic_fit.h"

#include <gtest/gtest.h>

#include "projection/projector.h"
#include "projection/test_field.h"

namespace hs::projection {
namespace {

/// The race with some of its points: fewer legs are learned sooner.
PastRace with_points(const PastRace& race, const std::vector<std::size_t>& points) {
  PastRace out{{}, race.runners};
  for (const std::size_t p : points) out.course.points.push_back(race.course.points[p]);
  for (std::size_t r = 0; r < race.runners.size(); ++r) {
    out.runners[r].times.clear();
    for (const std::size_t p : points) out.runners[r].times.push_back(race.runners[r].times[p]);
  }
  return out;
}

/// The same runners where the first half of the course goes `change` slower in log pace and the
/// second as much faster.
PastRace hilly(PastRace race, double change) {
  const auto km = kilometres(race.course);
  for (Runner& runner : race.runners) {
    double before = 0;
    double at = 0;
    for (std::size_t p = 0; p < km.size(); ++p) {
      const double seen = std::chrono::duration<double>(*runner.times[p]).count();
      at += (seen - before) * std::exp(km[p] < 22 ? change : -change);
      runner.times[p] = std::chrono::seconds(std::llround(at));
      before = seen;
    }
  }
  return with_points(race, {1, 3, 5, 7, 8});
}

struct Figures {
  double bias = 0;   ///< Minutes; below zero: projected too fast.
  double cover = 0;  ///< Of the 80 % interval.
  double width = 0;  ///< Minutes.
};

Figures figures_at(const CourseModel& model, const PastRace& race, std::size_t at) {
  const Projector by(model, race.course, model::ProjectionSource::Generic);
  Figures out;
  const double count = static_cast<double>(race.runners.size());
  for (const Runner& runner : race.runners) {
    const auto projection = *by.project({&runner, at, {}, {}});
    const auto range = projection.interval_80();
    const auto truth = std::chrono::round<std::chrono::seconds>(*runner.times.back());
    out.bias += static_cast<double>((projection.median() - truth).count()) / 60 / count;
    out.width += static_cast<double>((range.high - range.low).count()) / 60 / count;
    if (truth >= range.low && truth <= range.high) out.cover += 1 / count;
  }
  return out;
}

constexpr std::size_t kAt20K = 1;

TEST(FitGeneric, EachCourseCountsTheSameHoweverManyRanIt) {
  const std::vector<PastCourse> courses = {{hilly(TestField(1).race(2000), 0.03)},
                                           {hilly(TestField(2).race(400), -0.03)}};
  std::vector<PastRace> pooled;
  for (const PastCourse& course : courses) pooled.push_back(course.front());
  const PastRace level = hilly(TestField(3).race(600), 0);
  const double by_heads = figures_at(*fit_course(pooled, Legs::FinishOnly), level, kAt20K).bias;
  const double by_courses = figures_at(*fit_generic(courses, Legs::FinishOnly), level, kAt20K).bias;
  EXPECT_LT(by_heads, -2);
  EXPECT_LT(std::abs(by_courses), 0.4 * std::abs(by_heads));
}

TEST(FitGeneric, TheIntervalHoldsACourseThatIsLikeNoneOfThem) {
  const std::vector<PastCourse> courses = {{hilly(TestField(1).race(400), 0.05)},
                                           {hilly(TestField(2).race(400), -0.05)}};
  const auto generic = *fit_generic(courses, Legs::FinishOnly);
  const auto one = *fit_course(courses.front(), Legs::FinishOnly);
  EXPECT_GT(generic.difference, 0.015);
  EXPECT_EQ(one.difference, 0);
  const PastRace other = hilly(TestField(3).race(600), -0.05);
  EXPECT_LT(figures_at(one, other, kAt20K).cover, 0.6);
  EXPECT_GT(figures_at(generic, other, kAt20K).cover, 0.1 + figures_at(one, other, kAt20K).cover);
  EXPECT_GT(figures_at(generic, other, kAt20K).width, 1.1 * figures_at(one, other, kAt20K).width);
}

TEST(FitGeneric, NothingIsLearnedFromNothing) {
  EXPECT_FALSE(fit_generic({}).has_value());
  const std::vector<PastCourse> empty = {{}, {}};
  EXPECT_FALSE(fit_generic(empty).has_value());
  const std::vector<PastCourse> three = {{TestField(4).race(3)}};
  EXPECT_FALSE(fit_generic(three).has_value());
}

}  // namespace
}  // namespace hs::projection
