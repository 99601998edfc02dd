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
  EXPECT_EQ(connections_within(1'024, PublicListener::No, 20'000).officials, 512u);
  EXPECT_EQ(connections_within(1'024, PublicListener::No, 20'000).everybody, 0u);
  EXPECT_EQ(connections_within(1'024, PublicListener::No, 10).officials, 10u);
  EXPECT_EQ(connections_within(64, PublicListener::No, 20'000).officials, 32u);
}

TEST(OpenFiles, TenThousandSpectatorsFitWhereTwentyThousandFilesMayBeOpen) {
  const ConnectionShares shares = connections_within(20'000, PublicListener::Yes, 20'000);
  EXPECT_EQ(shares.everybody, 17'540u);
  EXPECT_EQ(shares.officials, 1'948u);
}

TEST(OpenFiles, WhoIsAtTheRaceGetsInHoweverFewFilesThereAre) {
  for (const std::size_t files : {0u, 1u, 9u, 64u, 1'024u}) {
    const ConnectionShares shares = connections_within(files, PublicListener::Yes, 20'000);
    EXPECT_GE(shares.officials, 1u) << files;
    EXPECT_GE(shares.everybody, 1u) << files;
  }
  EXPECT_EQ(connections_within(500'000, PublicListener::Yes, 20'000).everybody, 20'000u);
}

}  // namespace
}  // namespace hs::server
