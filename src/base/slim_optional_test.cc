#include "base/slim_optional.h"

#include <gtest/gtest.h>

#include "base/id.h"
#include "base/time.h"

namespace hs::base {
namespace {

using Seq = SequenceId<struct SlimTestTag>;

TEST(SlimOptional, IsAsLargeAsItsValue) {
  EXPECT_EQ(sizeof(SlimOptional<NetTime>), sizeof(NetTime));
  EXPECT_EQ(sizeof(SlimOptional<Seq>), sizeof(Seq));
}

TEST(SlimOptional, HoldsWhatItWasGivenAndNothingBefore) {
  SlimOptional<NetTime> time;
  EXPECT_FALSE(time);
  EXPECT_EQ(time.value_or(NetTime(Duration(7))), NetTime(Duration(7)));
  time = NetTime(Duration(0));  // Zero and less are times.
  ASSERT_TRUE(time);
  EXPECT_EQ(*time, NetTime());
  time = NetTime(Duration(-5));
  EXPECT_EQ(time->value(), Duration(-5));
  time.reset();
  EXPECT_FALSE(time.has_value());
  time = NetTime(Duration(1));
  time = std::nullopt;
  EXPECT_EQ(time, SlimOptional<NetTime>());
}

TEST(SlimOptional, GoesIntoAnOptionalAndBack) {
  const std::optional<Seq> none = SlimOptional<Seq>();
  EXPECT_FALSE(none);
  const std::optional<Seq> three = SlimOptional<Seq>(Seq(3));
  EXPECT_EQ(three, Seq(3));
  EXPECT_EQ(SlimOptional<Seq>(three), SlimOptional<Seq>(Seq(3)));
  EXPECT_EQ(SlimOptional<Seq>(none), SlimOptional<Seq>());
  EXPECT_FALSE(SlimOptional<Seq>(Seq(3)) == SlimOptional<Seq>());
}

}  // namespace
}  // namespace hs::base
