#include "model/ids.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/sample_facts.h"

#ifdef HS_HAS_RAPIDCHECK
#include <rapidcheck/gtest.h>
#endif

namespace hs::model {
namespace {

using test::bib;

TEST(BibNumber, TakesOneToTwelvePrintableCharacters) {
  for (const char* text : {"1", "007", "F-12", "123456789012", "A;B", "#1"}) {
    ASSERT_TRUE(BibNumber::parse(text)) << text;
    EXPECT_EQ(BibNumber::parse(text)->view(), text);
  }
  for (const char* text : {"", "1234567890123", "1 2", "1,2", "\t", "\xc3\xbc", "1\x7f"}) {
    const auto parsed = BibNumber::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, base::ErrorCode::InvalidInput);
  }
}

TEST(BibNumber, IsEqualAsWrittenOnly) {
  EXPECT_NE(bib("007"), bib("7"));
  EXPECT_NE(bib("f2"), bib("F2"));
  EXPECT_EQ(bib("F2"), bib("F2"));
}

TEST(BibNumber, SortsAsPeopleCount) {
  std::vector<BibNumber> bibs = {bib("F10"), bib("10"), bib("F2"), bib("9"),
                                 bib("007"), bib("7"),  bib("100")};
  std::sort(bibs.begin(), bibs.end());
  std::vector<std::string> texts;
  for (const BibNumber& each : bibs) texts.push_back(each.str());
  EXPECT_EQ(texts, (std::vector<std::string>{"007", "7", "9", "10", "100", "F2", "F10"}));
}

TEST(NaturalOrder, ReadsRunsOfDigitsAsNumbers) {
  EXPECT_TRUE(natural_order("a9b", "a10b") < 0);
  EXPECT_TRUE(natural_order("a10", "a10b") < 0);
  EXPECT_TRUE(natural_order("b1", "a2") > 0);
  EXPECT_TRUE(natural_order("a01", "a1") == 0);
  EXPECT_TRUE(natural_order("99999999999999999999", "100000000000000000000") < 0);
}

TEST(TagCode, CutsLeadingZerosOfCodesThatAreAllDigits) {
  EXPECT_EQ(TagCode::parse("009573")->view(), "9573");
  EXPECT_EQ(TagCode::parse("000")->view(), "0");
  EXPECT_EQ(TagCode::parse("00A1")->view(), "00A1");
  EXPECT_EQ(*TagCode::parse("009573"), *TagCode::parse("9573"));
}

TEST(TagCode, RefusesWhatNoDeviceWrites) {
  EXPECT_TRUE(TagCode::parse(std::string(47, 'A')));
  for (const std::string& text : {std::string(), std::string(48, 'A'), std::string("A B")}) {
    EXPECT_FALSE(TagCode::parse(text)) << text;
  }
}

#ifdef HS_HAS_RAPIDCHECK
RC_GTEST_PROP(BibProperty, TheOrderIsAnOrder, ()) {
  const auto any =
      rc::gen::map(rc::gen::container<std::string>(3, rc::gen::element('0', '1', '9', 'a', 'b')),
                   [](const std::string& text) { return bib(text); });
  const BibNumber a = *any;
  const BibNumber b = *any;
  const BibNumber c = *any;
  RC_ASSERT((a < b) == (b > a));
  RC_ASSERT((a == b) == ((a <=> b) == 0));
  if (a < b && b < c) RC_ASSERT(a < c);
}
#endif  // HS_HAS_RAPIDCHECK

}  // namespace
}  // namespace hs::model
