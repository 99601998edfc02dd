#include "base/fold.h"

#include <gtest/gtest.h>

namespace hs::base {
namespace {

TEST(FoldWords, CaseAccentsAndSignsDoNotCount) {
  EXPECT_EQ(fold_words("O'Hanlon-Wei\u00df, S\u00f8ren"), "ohanlon weiss soren");
  EXPECT_EQ(fold_words("  GARC\u00cdA   Lopez "), "garcia lopez");
  EXPECT_EQ(fold_words("Garci\u0301a Lo\u0301pez"), "garcia lopez");
  EXPECT_EQ(fold_words("\u0141ukasz \u00c6rlig"), "lukasz aerlig");
}

TEST(FoldWords, AnApostropheOfAnyKindJoins) {
  EXPECT_EQ(fold_words("O\u2019Brien"), fold_words("O'Brien"));
  EXPECT_EQ(fold_words("OBrien"), fold_words("O'Brien"));
}

TEST(FoldWords, NothingAndBrokenBytesGiveWordsOfWhatIsLeft) {
  EXPECT_EQ(fold_words(""), "");
  EXPECT_EQ(fold_words(" ., - "), "");
  EXPECT_EQ(fold_words("Ann\xff"
                       "Lee"),
            "ann lee");
}

TEST(FoldWords, OtherScriptsStay) {
  EXPECT_EQ(fold_words("\u5c71\u7530 \u592a\u90ce"), "\u5c71\u7530 \u592a\u90ce");
}

}  // namespace
}  // namespace hs::base
