#include "readers/passing_pull.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::readers {
namespace {

/// "from:count", or nothing to ask for.
std::string request(PassingPull& pull) {
  const auto asked = pull.next_request();
  return asked ? std::to_string(asked->from) + ":" + std::to_string(asked->count) : "";
}

void come(PassingPull& pull, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t number = from; number <= to; ++number) pull.came(number);
}

TEST(PassingPull, AsksInBlocksForWhatExistsAndOneBlockAtATime) {
  PassingPull pull;
  pull.begin(41);
  EXPECT_EQ(request(pull), "");
  pull.exists(200);
  EXPECT_EQ(request(pull), "41:100");
  EXPECT_EQ(request(pull), "");
  come(pull, 41, 140);
  EXPECT_EQ(request(pull), "");  // The block has not ended.
  pull.block_ended();
  EXPECT_EQ(request(pull), "141:60");
  come(pull, 141, 200);
  pull.block_ended();
  EXPECT_EQ(request(pull), "");
  EXPECT_FALSE(pull.is_behind());
}

TEST(PassingPull, PushedInOrderNothingIsAskedForAndAGapIs) {
  PassingPull pull;
  pull.begin(1);
  come(pull, 1, 5);
  EXPECT_EQ(request(pull), "");
  pull.came(9);
  EXPECT_EQ(request(pull), "6:4");
  pull.came(10);  // Pushed while the gap is on its way.
  come(pull, 6, 9);
  pull.block_ended();
  EXPECT_EQ(request(pull), "10:1");
  pull.came(10);
  pull.block_ended();
  EXPECT_EQ(request(pull), "");
  EXPECT_EQ(pull.given_up(), 0u);
}

TEST(PassingPull, AShortBlockIsFollowedByTheRest) {
  PassingPull pull;
  pull.begin(1);
  pull.exists(70);
  EXPECT_EQ(request(pull), "1:70");
  come(pull, 1, 32);
  pull.block_ended();
  EXPECT_EQ(request(pull), "33:38");
}

TEST(PassingPull, WhatTheBoxDoesNotGiveIsGivenUpAndNotAskedForForEver) {
  PassingPull pull;
  pull.begin(1);
  pull.exists(10);
  EXPECT_EQ(request(pull), "1:10");
  come(pull, 4, 10);
  pull.block_ended();
  EXPECT_EQ(pull.given_up(), 3u);
  EXPECT_EQ(request(pull), "4:7");
  come(pull, 4, 10);
  pull.block_ended();
  EXPECT_EQ(request(pull), "");
  pull.exists(20);
  EXPECT_EQ(request(pull), "11:10");
  pull.block_ended();
  EXPECT_EQ(request(pull), "");
  EXPECT_EQ(pull.given_up(), 13u);
}

TEST(PassingPull, WhatWasNotAnsweredIsAskedForAgainAndAnEmptyLineElsewhereEndsNothing) {
  PassingPull pull;
  pull.begin(1);
  pull.exists(3);
  EXPECT_EQ(request(pull), "1:3");
  pull.not_answered();
  pull.block_ended();
  EXPECT_EQ(request(pull), "1:3");
  EXPECT_EQ(pull.given_up(), 0u);
}

TEST(PassingPull, ANumberThatCannotBeIsPassedOver) {
  PassingPull pull;
  pull.begin(1);
  pull.came(PassingPull::kHighest + 1);
  pull.exists(UINT64_MAX);
  EXPECT_EQ(request(pull), "");
  pull.begin(0);
  EXPECT_EQ(pull.next(), 1u);
}

}  // namespace
}  // namespace hs::readers
