#include "base/shared_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/shared_vector.h"

namespace hs::base {
namespace {

TEST(SharedVector, ACopyKeepsItsItemsWhateverTheOtherDoes) {
  SharedVector<std::string> one = {"start", "half", "finish"};
  const SharedVector<std::string> two = one;
  EXPECT_TRUE(one.is_shared_with(two));
  one[1] = "bridge";
  EXPECT_FALSE(one.is_shared_with(two));
  EXPECT_EQ(two[1], "half");
  EXPECT_EQ(one[1], "bridge");
  one.resize(4);
  EXPECT_EQ(two.size(), 3u);
}

TEST(SharedVector, WhatNobodySharesIsChangedWhereItIs) {
  SharedVector<int> one = {1, 2};
  const int* before = &one.get()[0];
  one[0] = 5;
  EXPECT_EQ(&one.get()[0], before);
  EXPECT_EQ(one.front(), 5);
}

TEST(SharedVector, EmptyOnesHaveNoItems) {
  const SharedVector<int> none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.begin(), none.end());
}

TEST(SharedRows, AChangedRowIsItsListsOwnAndTheOthersStayShared) {
  SharedRows<std::string> one = {"Ana", "Bo", "Cy"};
  const SharedRows<std::string> two = one;
  one[1] = "Bea";
  one.replace(2, "Cleo");
  EXPECT_EQ(two[1], "Bo");
  EXPECT_EQ(two[2], "Cy");
  EXPECT_EQ(one.row(0), two.row(0));
  EXPECT_NE(one.row(1), two.row(1));
}

TEST(SharedRows, RowsAreSharedInAnotherOrder) {
  const SharedRows<std::string> one = {"Ana", "Bo"};
  SharedRows<std::string> turned;
  turned.share(one.row(1));
  turned.share(one.row(0));
  EXPECT_EQ(turned.front(), "Bo");
  EXPECT_EQ(&std::as_const(turned)[1], &one[0]);
}

TEST(SharedRows, IsWalkedAsAVectorIs) {
  const SharedRows<std::string> one = {"Ana", "Bo", "Cy"};
  const auto bo = std::find(one.begin(), one.end(), "Bo");
  EXPECT_EQ(bo - one.begin(), 1);
  EXPECT_EQ(std::string(bo->begin(), bo->end()), "Bo");
  std::string all;
  for (const std::string& name : one) all += name;
  EXPECT_EQ(all, "AnaBoCy");
}

}  // namespace
}  // namespace hs::base
