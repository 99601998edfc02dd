#include "moments/suspense.h"

#include <gtest/gtest.h>

#include <vector>

namespace hs::moments {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Believed to finish around `median`, give or take `spread` at the ends.
Approaching coming(std::uint32_t id, minutes median, minutes spread, minutes start = minutes(0)) {
  Approaching one;
  one.runner = model::EntrantId(id);
  one.start = base::RaceTime(start);
  for (std::size_t i = 0; i < model::kProjectionShares.size(); ++i) {
    const double off = 2 * model::kProjectionShares[i] - 1;
    one.projection.at_shares[i] =
        median + seconds(static_cast<std::int64_t>(off * 60 * static_cast<double>(spread.count())));
  }
  return one;
}

TEST(Suspense, CountsThoseForWhomTheBarrierIsOpen) {
  const std::vector running = {coming(1, minutes(180), minutes(5)),
                               coming(2, minutes(150), minutes(5)),
                               coming(3, minutes(220), minutes(5))};
  const Suspense found = suspense_of(running, hours(3), 40);
  EXPECT_EQ(found.next, 3u);
  EXPECT_EQ(found.in_hands, 1u);
  EXPECT_NEAR(found.expected, 1.5, 0.01);
  EXPECT_NEAR(found.variance, 0.25, 0.01);
}

TEST(Suspense, LooksAtThoseWhoComeInNextByTheClock) {
  // The one who started an hour later is expected at the line last.
  const std::vector running = {coming(1, minutes(180), minutes(5), minutes(60)),
                               coming(2, minutes(190), minutes(5)),
                               coming(3, minutes(195), minutes(5))};
  const Suspense found = suspense_of(running, hours(3), 2);
  EXPECT_EQ(found.next, 2u);
  EXPECT_EQ(found.in_hands, 0u);
  EXPECT_EQ(suspense_of(running, hours(3), 3).in_hands, 1u);
}

TEST(Suspense, WhoeverIsOverdueIsNoEntertainment) {
  std::vector running = {coming(1, minutes(180), minutes(5)), coming(2, minutes(180), minutes(5))};
  running[0].projection.is_overdue = true;
  running[1].projection.is_past_cut_off = true;
  const Suspense found = suspense_of(running, hours(3), 40);
  EXPECT_EQ(found.next, 0u);
  EXPECT_EQ(found.variance, 0.0);
}

TEST(Suspense, IsGreatestWhereNothingIsKnownAndNoneWhereAllIs) {
  const std::vector open = {coming(1, minutes(180), minutes(5))};
  const std::vector sure = {coming(1, minutes(120), minutes(5))};
  EXPECT_GT(suspense_of(open, hours(3), 1).variance, 0.2);
  EXPECT_EQ(suspense_of(sure, hours(3), 1).variance, 0.0);
  EXPECT_EQ(suspense_of(sure, hours(3), 1).in_hands, 0u);
}

TEST(MostSuspense, IsOfTheHalfHourThatIsOpenToMost) {
  const std::vector running = {coming(1, minutes(180), minutes(5)),
                               coming(2, minutes(181), minutes(5)),
                               coming(3, minutes(211), minutes(5))};
  const auto found = most_suspense(running, 40);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->barrier, hours(3));
  EXPECT_EQ(found->in_hands, 2u);
  EXPECT_EQ(found->next, 3u);
}

TEST(MostSuspense, IsNothingWhereNoHalfHourIsOpen) {
  EXPECT_FALSE(most_suspense(std::vector{coming(1, minutes(165), minutes(5))}, 40).has_value());
  EXPECT_FALSE(most_suspense({}, 40).has_value());
}

}  // namespace
}  // namespace hs::moments
