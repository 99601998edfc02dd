#include "sim/device_links.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace hs::sim {
namespace {

TEST(FreeAddress, IsNoneThatTheSystemGivesToWhoeverCallsSomebody) {
  std::ifstream range("/proc/sys/net/ipv4/ip_local_port_range");
  int first = 0;
  int last = 0;
  const bool is_usual = range >> first >> last && first > 20000;
  if (!is_usual) GTEST_SKIP() << "this system gives away nearly every port";
  std::set<std::string> addresses;
  for (int i = 0; i < 20; ++i) {
    const auto address = free_address();
    ASSERT_TRUE(address) << address.error().text();
    const std::size_t colon = address->rfind(':');
    EXPECT_EQ(address->substr(0, colon), "127.0.0.1");
    const int port = std::stoi(address->substr(colon + 1));
    EXPECT_TRUE(port < first || port > last) << port;
    EXPECT_GE(port, 1024);
    addresses.insert(*address);
  }
  EXPECT_GT(addresses.size(), 10U);
}

}  // namespace
}  // namespace hs::sim
