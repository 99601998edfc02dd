#include "history/name_fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "history/nicknames.h"

namespace hs::history {
namespace {

using model::Sex;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

FoldedName whole(std::string_view name, std::optional<Sex> sex = std::nullopt) {
  return fold_name({name, {}, {}}, sex);
}

TEST(FoldName, TheSamePersonInThreeLayouts) {
  for (const FoldedName& name :
       {whole("Roe, Jane M."), whole("Jane M. Roe"), fold_name({{}, "Jane M", "ROE"}, {})}) {
    EXPECT_EQ(name.last, "roe");
    EXPECT_EQ(name.first, "jane");
    EXPECT_EQ(name.middle, "m");
    EXPECT_EQ(name.suffix, Suffix::None);
  }
}

TEST(FoldName, TitlesGoAndSuffixesAreKept) {
  EXPECT_EQ(whole("Doe, John W. Jr.").suffix, Suffix::Junior);
  EXPECT_EQ(whole("Doe Jr., John W.").suffix, Suffix::Junior);
  EXPECT_EQ(whole("John Doe III").suffix, Suffix::Third);
  EXPECT_EQ(whole("John Doe III").last, "doe");
  const FoldedName titled = whole("Doe, Dr. John W. Esq");
  EXPECT_EQ(titled.first, "john");
  EXPECT_EQ(titled.middle, "w");
  EXPECT_EQ(titled.suffix, Suffix::None);
}

TEST(FoldName, ParticlesBelongToTheLastName) {
  EXPECT_EQ(whole("Ludo van der Berg").last, "vanderberg");
  EXPECT_EQ(whole("Van Der Berg, Ludo").last, "vanderberg");
  EXPECT_EQ(whole("VanDerBerg, Ludo").last, "vanderberg");
  EXPECT_THAT(whole("van der Berg-Haas, Ludo").parts, ElementsAre("berg", "haas"));
}

TEST(FoldName, AHyphenHoldsADoubleLastNameTogether) {
  EXPECT_EQ(whole("Ben Roe-Doe").last, "roedoe");
  EXPECT_EQ(whole("Anne-Marie Roe").first, "anne");
  EXPECT_EQ(whole("Anne-Marie Roe").last, "roe");
}

TEST(FoldName, ANameOfOneWordIsALastNameAndNoNameIsNone) {
  EXPECT_EQ(whole("Madonna").last, "madonna");
  EXPECT_EQ(whole("Madonna").first, "");
  EXPECT_EQ(whole("").last, "");
  EXPECT_EQ(whole(" , ").last, "");
  EXPECT_EQ(whole("Jr.").last, "jr") << "the only word is a name";
}

TEST(Nicknames, AShortNameHasAFormalOneBySex) {
  EXPECT_EQ(formal_name("bill", Sex::Male), formal_name("william", Sex::Male));
  EXPECT_EQ(formal_name("chris", Sex::Female), formal_name("christine", Sex::Female));
  EXPECT_EQ(formal_name("chris", Sex::Male), formal_name("christopher", Sex::Male));
  EXPECT_EQ(formal_name("xanthippe", Sex::Female), "xanthippe");
}

TEST(Nicknames, OneFormalNameIsEnough) {
  EXPECT_TRUE(are_nicknames("bill", "willie"));
  EXPECT_TRUE(are_nicknames("kathy", "kathleen"));
  EXPECT_TRUE(are_nicknames("ted", "edward"));
  EXPECT_FALSE(are_nicknames("bill", "bob"));
  EXPECT_FALSE(are_nicknames("xanthippe", "xanthippe"));
  EXPECT_THAT(nicknames_of("robert"), Contains("bob"));
  EXPECT_THAT(nicknames_of("xanthippe"), IsEmpty());
}

TEST(AreClose, OneSlipOfTheFinger) {
  EXPECT_TRUE(are_close("miller", "millar"));
  EXPECT_TRUE(are_close("miller", "milelr"));
  EXPECT_TRUE(are_close("miller", "millers"));
  EXPECT_FALSE(are_close("miller", "muller-x"));
  EXPECT_FALSE(are_close("lee", "lea")) << "short names are easily close";
  EXPECT_TRUE(are_close("fitzgerald", "fitzgarold"));
  EXPECT_FALSE(are_close(std::string(60, 'a'), std::string(60, 'a') + "b"));
}

TEST(Sound, SpellingsOfOneSoundMeetInAnyOrder) {
  EXPECT_EQ(sound_number("smith", "john"), sound_number("smyth", "john"));
  EXPECT_EQ(sound_number("smith", "john"), sound_number("john", "smith"));
  EXPECT_NE(sound_number("smith", "john"), sound_number("brown", "john"));
}

}  // namespace
}  // namespace hs::history
