#include "scoring/hand_timing.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::scoring {
namespace {

using By = HandSeen::By;

base::RaceTime at(int tenths) { return base::RaceTime(std::chrono::milliseconds(100 * tenths)); }

std::vector<base::RaceTime> times_of(std::initializer_list<int> tenths) {
  std::vector<base::RaceTime> out;
  for (const int t : tenths) out.push_back(at(t));
  return out;
}

/// Runners by number; 0: nobody knows who.
std::vector<std::optional<model::EntrantId>> bibs_of(std::initializer_list<std::uint32_t> runners) {
  std::vector<std::optional<model::EntrantId>> out;
  for (const std::uint32_t r : runners) {
    out.push_back(r == 0 ? std::nullopt : std::optional(model::EntrantId(r)));
  }
  return out;
}

HandSeen heard(std::uint32_t runner, int tenths) {
  return {model::EntrantId(runner), at(tenths), By::Chip};
}
HandSeen accepted(std::uint32_t runner, int tenths) {
  return {model::EntrantId(runner), at(tenths), By::Person};
}

/// "0-0 1=2 2#3 | 3..5/4..5": counted, heard, accepted; what stays open, bibs before times.
std::string laid(const std::vector<std::optional<model::EntrantId>>& bibs,
                 const std::vector<base::RaceTime>& times, const std::vector<HandSeen>& seen = {}) {
  const HandLayout layout = lay_out_hand_timing(bibs, times, seen);
  std::string out;
  for (const HandPair& pair : layout.pairs) {
    const char sign = pair.bond == HandBond::Counted ? '-'
                      : pair.bond == HandBond::Heard ? '='
                                                     : '#';
    out += std::to_string(pair.bib) + sign + std::to_string(pair.time) + " ";
  }
  for (const HandStretch& open : layout.open) {
    out += "| " + std::to_string(open.bib_begin) + ".." + std::to_string(open.bib_end) + "/" +
           std::to_string(open.time_begin) + ".." + std::to_string(open.time_end) + " ";
  }
  return out;
}

TEST(HandTiming, EqualCountsBelongTogetherOneByOne) {
  EXPECT_EQ(laid(bibs_of({1, 2, 3}), times_of({100, 200, 300})), "0-0 1-1 2-2 ");
}

TEST(HandTiming, UnequalCountsWithoutAnAnchorPairNobody) {
  EXPECT_EQ(laid(bibs_of({1, 2}), times_of({100, 200, 300})), "| 0..2/0..3 ");
  EXPECT_EQ(laid(bibs_of({1, 2}), {}), "| 0..2/0..0 ");
}

TEST(HandTiming, AnAnchorSavesTheSideThatCounts) {
  // One press too many before the anchor, none behind it.
  EXPECT_EQ(laid(bibs_of({1, 2, 3, 4}), times_of({100, 200, 300, 400, 500}), {heard(2, 310)}),
            "1=2 2-3 3-4 | 0..1/0..2 ");
}

TEST(HandTiming, AChipMoreThanTwoSecondsAwayIsNoAnchor) {
  EXPECT_EQ(laid(bibs_of({1, 2}), times_of({100}), {heard(2, 120)}), "1=0 | 0..1/0..0 ");
  EXPECT_EQ(laid(bibs_of({1, 2}), times_of({100}), {heard(2, 121)}), "| 0..2/0..1 ");
}

TEST(HandTiming, ABibThatNobodyHasTakesPartInTheCount) {
  EXPECT_EQ(laid(bibs_of({1, 0, 3}), times_of({100, 200, 300}), {heard(3, 300)}), "0-0 1-1 2=2 ");
}

TEST(HandTiming, OfAnchorsThatContradictEachOtherAsManyAsPossibleHold) {
  // The first bib was written one line too early: it alone is no anchor.
  EXPECT_EQ(laid(bibs_of({9, 1, 2, 3}), times_of({100, 200, 300, 400}),
                 {heard(9, 400), heard(1, 100), heard(2, 200), heard(3, 300)}),
            "1=0 2=1 3=2 | 0..1/0..0 | 4..4/3..4 ");
}

TEST(HandTiming, APackIsLaidOutByOrderAndNotByTheNearestTimeAlone) {
  // Every button was pressed 0.6 s late; the nearest press to a chip is that of the runner before.
  EXPECT_EQ(laid(bibs_of({1, 2, 3}), times_of({106, 112, 118}),
                 {heard(1, 100), heard(2, 106), heard(3, 112)}),
            "0=0 1=1 2=2 ");
}

TEST(HandTiming, WhatAPersonAcceptedHoldsBeforeWhatWasHeard) {
  // Accepted crosswise to two chips: the person is believed.
  EXPECT_EQ(laid(bibs_of({1, 2, 3}), times_of({100, 200, 300}),
                 {accepted(1, 300), heard(2, 200), heard(3, 300)}),
            "0#2 | 0..0/0..2 | 1..3/3..3 ");
}

TEST(HandTiming, AnAcceptedTimeIsThatTimeAndNoOtherNearIt) {
  EXPECT_EQ(laid(bibs_of({1, 2}), times_of({100, 101, 102}), {accepted(2, 101)}),
            "0-0 1#1 | 2..2/2..3 ");
}

TEST(HandTiming, LapsOfARunnerFindTheirOwnLines) {
  // Runner 1 was heard in the second lap only; runner 2 says which of the two lines that is.
  EXPECT_EQ(
      laid(bibs_of({1, 2, 3, 1}), times_of({100, 200, 300, 900}), {heard(1, 900), heard(2, 200)}),
      "0-0 1=1 2-2 3=3 ");
}

TEST(HandTiming, TimesThatGoBackAreTakenInTheOrderOfTheList) {
  // The clock of the phone was set back in between.
  EXPECT_EQ(laid(bibs_of({1, 2, 3}), times_of({500, 100, 200}), {heard(3, 200)}), "0-0 1-1 2=2 ");
}

TEST(HandTiming, ALongListOfEqualTimesEndsSoon) {
  const std::vector<base::RaceTime> times(5000, at(100));
  std::vector<std::optional<model::EntrantId>> bibs;
  std::vector<HandSeen> seen;
  for (std::uint32_t i = 1; i <= 5000; ++i) {
    bibs.emplace_back(model::EntrantId(i));
    seen.push_back(heard(i, 100));
  }
  const HandLayout layout = lay_out_hand_timing(bibs, times, seen);
  EXPECT_FALSE(layout.pairs.empty());
  for (std::size_t i = 1; i < layout.pairs.size(); ++i) {
    EXPECT_LT(layout.pairs[i - 1].time, layout.pairs[i].time);
    EXPECT_LT(layout.pairs[i - 1].bib, layout.pairs[i].bib);
  }
}

TEST(HandTiming, NothingWrittenLeavesNothingOpen) {
  EXPECT_EQ(laid({}, {}), "");
  EXPECT_EQ(laid({}, times_of({10})), "| 0..0/0..1 ");
}

}  // namespace
}  // namespace hs::scoring
