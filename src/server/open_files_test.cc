#include "server/open_files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace hs::server {
namespace {

TEST(OpenFiles, AsManyAsTheSystemAllowsAreLet) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = before.rlim_max / 2;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(most_open_files(), before.rlim_max);
  rlimit after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

TEST(OpenFiles, SpectatorsLeaveRoomForDevicesAndSpools) {
  EXPECT_EQ(connections_within(1'024, 1, 20'000), 512u);
  EXPECT_EQ(connections_within(1'024, 2, 20'000), 256u);
  EXPECT_EQ(connections_within(500'000, 2, 20'000), 20'000u);
  EXPECT_EQ(connections_within(1'024, 1, 10), 10u);
  EXPECT_EQ(connections_within(64, 1, 20'000), 32u);
  EXPECT_EQ(connections_within(0, 2, 20'000), 1u);
}

}  // namespace
}  // namespace hs::server
