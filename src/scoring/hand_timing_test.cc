#include "scoring/hand_timing.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::scoring {
namespace {

base::RaceTime at(std::int64_t seconds) { return base::RaceTime(std::chrono::seconds(seconds)); }

std::vector<HandTime> times_of(std::initializer_list<std::int64_t> seconds) {
  std::vector<HandTime> out;
  for (const std::int64_t s : seconds) {
    out.push_back({static_cast<std::uint32_t>(out.size() + 1), at(s)});
  }
  return out;
}

std::string text_of(const std::vector<HandPair>& pairs) {
  std::string out;
  for (const HandPair& pair : pairs) {
    out += std::to_string(pair.bib) + "-" + std::to_string(pair.time) + " ";
  }
  return out;
}

TEST(HandTiming, EqualCountsBelongTogetherOneByOne) {
  const std::vector<HandBib> bibs = {{1, {}}, {2, {}}, {3, {}}};
  EXPECT_EQ(text_of(align_hand_timing(bibs, times_of({10, 20, 30}))), "0-0 1-1 2-2 ");
}

TEST(HandTiming, UnequalCountsWithoutAnAnchorPairNobody) {
  const std::vector<HandBib> bibs = {{1, {}}, {2, {}}};
  EXPECT_EQ(text_of(align_hand_timing(bibs, times_of({10, 20, 30}))), "");
}

TEST(HandTiming, AnAnchorSavesTheSideThatCounts) {
  // One press too many before the anchor, none behind it.
  const std::vector<HandBib> bibs = {{1, {}}, {2, at(31)}, {3, {}}, {4, {}}};
  EXPECT_EQ(text_of(align_hand_timing(bibs, times_of({10, 20, 30, 40, 50}))), "2-3 3-4 ");
}

TEST(HandTiming, AnAnchorItselfIsNotProposed) {
  const std::vector<HandBib> bibs = {{1, {}}, {2, at(20)}};
  EXPECT_EQ(text_of(align_hand_timing(bibs, times_of({10, 20}))), "0-0 ");
}

TEST(HandTiming, ABibWrittenOutOfOrderIsNoAnchor) {
  // The second bib was heard before the first one's time: it cannot lead back.
  const std::vector<HandBib> bibs = {{1, at(30)}, {2, at(10)}, {3, {}}};
  EXPECT_EQ(text_of(align_hand_timing(bibs, times_of({10, 30, 40, 50}))), "2-3 ");
}

TEST(HandTiming, NothingWrittenPairsNothing) {
  EXPECT_TRUE(align_hand_timing({}, times_of({10})).empty());
  EXPECT_TRUE(align_hand_timing({}, {}).empty());
}

}  // namespace
}  // namespace hs::scoring
