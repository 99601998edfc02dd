#include "model/rule_editions.h"

#include <gtest/gtest.h>

namespace hs::model {
namespace {

TEST(RuleEditions, AYearBetweenTwoIsHeldUnderTheOlder) {
  EXPECT_EQ(known_editions(RuleSet::NfhsXc), "2016, 2017, 2020, 2024");
  EXPECT_TRUE(is_known_edition(RuleSet::NfhsXc, "2016", 2026));
  EXPECT_TRUE(is_known_edition(RuleSet::NfhsXc, "2018", 2026));
  EXPECT_TRUE(is_known_edition(RuleSet::NfhsXc, "2026", 2026));
  EXPECT_FALSE(is_known_edition(RuleSet::NfhsXc, "2015", 2026));
  EXPECT_FALSE(is_known_edition(RuleSet::NfhsXc, "2027", 2026));
}

// Who asks what another edition would have said may name any that there is.
TEST(RuleEditions, OneThatIsKnownMayBeNewerThanTheRace) {
  EXPECT_TRUE(is_known_edition(RuleSet::NfhsXc, "2020", 2012));
  EXPECT_FALSE(is_known_edition(RuleSet::NfhsXc, "2018", 2012));
}

TEST(RuleEditions, WhatIsNoYearIsKnownOnlyAsWritten) {
  EXPECT_TRUE(is_known_edition(RuleSet::Open, "1", 2026));
  for (const char* open : {"2", "2024", ""}) {
    EXPECT_FALSE(is_known_edition(RuleSet::Open, open, 2026)) << open;
  }
  for (const char* road : {"24", "2o24", "20245", ""}) {
    EXPECT_FALSE(is_known_edition(RuleSet::WaRoad, road, 2026)) << road;
  }
}

}  // namespace
}  // namespace hs::model
