#include "present/csv_cell.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hs::present {
namespace {

std::string cell_of(std::string_view text) {
  std::string out;
  append_text_cell(out, text);
  return out;
}

TEST(CsvCell, PlainTextStaysAsItIs) {
  EXPECT_EQ(cell_of("Ana Ruiz"), "Ana Ruiz");
  EXPECT_EQ(cell_of(""), "");
  EXPECT_EQ(cell_of("Jean-Luc + Co"), "Jean-Luc + Co");
}

TEST(CsvCell, SeparatorsQuotesAndLineEndsAreQuoted) {
  EXPECT_EQ(cell_of("Ruiz, Ana"), "\"Ruiz, Ana\"");
  EXPECT_EQ(cell_of("the \"Flash\""), "\"the \"\"Flash\"\"\"");
  EXPECT_EQ(cell_of("a\nb"), "\"a\nb\"");
  EXPECT_EQ(cell_of("a\r\nb"), "\"a\r\nb\"");
}

TEST(CsvCell, WhatASpreadsheetWouldRunGetsAnApostrophe) {
  for (const char* sign : {"=", "+", "-", "@"}) {
    EXPECT_EQ(cell_of(std::string(sign) + "1"), "'" + std::string(sign) + "1");
    // Some programs skip blanks, no-break and zero-width spaces and byte order marks first.
    for (const char* skipped : {" ", "  ", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"}) {
      const std::string text = std::string(skipped) + sign + "1";
      EXPECT_EQ(cell_of(text), "'" + text);
    }
  }
  EXPECT_EQ(cell_of("\tx"), "\"'\tx\"");
  EXPECT_EQ(cell_of("\rx"), "\"'\rx\"");
  EXPECT_EQ(cell_of("\xEF\xBC\x9D"
                    "1"),
            "'\xEF\xBC\x9D"
            "1");
  EXPECT_EQ(cell_of("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST(CsvCell, ASemicolonCannotMakeACellOfItsOwn) {
  // Opened where ";" separates columns, the part behind it would begin with "=".
  EXPECT_EQ(cell_of("x;=1+1"), "\"x;=1+1\"");
}

TEST(CsvCell, CellsOfTheProgramKeepTheirSign) {
  std::string out;
  CsvRow(out).plain("-0:00:05.000").text("-x").plain("").end();
  EXPECT_EQ(out, "-0:00:05.000,'-x,\n");
}

}  // namespace
}  // namespace hs::present
