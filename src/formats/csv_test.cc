#include "formats/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hs::formats {
namespace {

using Texts = std::vector<std::vector<std::string>>;

Texts all_rows(std::string_view text) {
  Texts out;
  CsvReader reader(text, recognise_dialect(text), "t.csv");
  CsvRow row;
  while (true) {
    const auto more = reader.next(row);
    EXPECT_TRUE(more.has_value()) << (more ? "" : more.error().text());
    if (!more || !*more) return out;
    out.emplace_back();
    for (const CsvCell& cell : row.cells) out.back().push_back(cell.text);
  }
}

TEST(Csv, RecognisesTheSeparatorByTheFirstLine) {
  EXPECT_EQ(recognise_dialect("a,b,c\n1;2;3").separator, ',');
  EXPECT_EQ(recognise_dialect("a;b;c,d").separator, ';');
  EXPECT_EQ(recognise_dialect("\n \r\na\tb").separator, '\t');
  EXPECT_EQ(recognise_dialect("a|b|c").separator, '|');
  EXPECT_EQ(recognise_dialect("\"a,b,c\";d").separator, ';');
  EXPECT_EQ(recognise_dialect("alone").separator, ',');
  EXPECT_EQ(recognise_dialect("").separator, ',');
}

TEST(Csv, TheSeparatorLineOfExcelDecidesAndIsNoRow) {
  EXPECT_EQ(all_rows("sep=;\r\na,b;c\r\n"), (Texts{{"a,b", "c"}}));
}

TEST(Csv, AnyLineEndEndsARow) {
  const Texts rows = {{"a", "b"}, {"1", "2"}};
  EXPECT_EQ(all_rows("a,b\n1,2\n"), rows);
  EXPECT_EQ(all_rows("a,b\r\n1,2\r\n"), rows);
  EXPECT_EQ(all_rows("a,b\r1,2"), rows);
}

TEST(Csv, RowsOfBlanksArePassedOver) {
  EXPECT_EQ(all_rows("a,b\n\n , \n,\n1,2\n\n"), (Texts{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, QuotesHoldSeparatorsQuotesAndLineEnds) {
  EXPECT_EQ(all_rows("\"a,b\",\"c \"\"d\"\"\", \"e\" \n\"f\r\ng\",h,"),
            (Texts{{"a,b", "c \"d\"", "e"}, {"f\ng", "h", ""}}));
}

TEST(Csv, AQuoteInsideABareCellStandsForItself) {
  EXPECT_EQ(all_rows("Rene \"Speedy\" X,5\" pipe\n"), (Texts{{"Rene \"Speedy\" X", "5\" pipe"}}));
}

TEST(Csv, CellsKnowTheirLineAndColumnInCharacters) {
  CsvReader reader("a,b\n\xC3\xA9\xC3\xA9, \"x\ny\",z\n", CsvDialect{}, "t.csv");
  CsvRow row;
  ASSERT_TRUE(*reader.next(row));
  ASSERT_TRUE(*reader.next(row));
  ASSERT_EQ(row.cells.size(), 3U);
  EXPECT_EQ(row.line, 2);
  EXPECT_EQ(row.cells[1].line, 2);
  EXPECT_EQ(row.cells[1].column, 5);
  EXPECT_TRUE(row.cells[1].quoted);
  EXPECT_EQ(row.cells[2].line, 3);
  EXPECT_EQ(row.cells[2].column, 4);
}

TEST(Csv, AFaultyRowCostsOnlyItsFirstLine) {
  CsvReader reader("a,b\n1,\"open\n2,c\n\"x\"y,d\n3,e\n", CsvDialect{}, "t.csv");
  CsvRow row;
  ASSERT_TRUE(*reader.next(row));
  const auto behind_quote = reader.next(row);
  ASSERT_FALSE(behind_quote.has_value());  // The open quote closes before the x of line 4.
  EXPECT_EQ(behind_quote.error().place.line, 4);
  ASSERT_TRUE(*reader.next(row));
  EXPECT_EQ(row.cells[0].text, "2");
  const auto text_behind = reader.next(row);
  ASSERT_FALSE(text_behind.has_value());
  EXPECT_EQ(text_behind.error().text(),
            "t.csv:4:4: found text behind a closing quote, expected the comma or the end of the "
            "line");
  ASSERT_TRUE(*reader.next(row));
  EXPECT_EQ(row.cells[0].text, "3");
  EXPECT_FALSE(*reader.next(row));
}

TEST(Csv, AnOpenQuoteIsReportedWhereItWasOpened) {
  CsvReader reader("a,b\n1, \"open\n2,c\n", CsvDialect{}, "t.csv");
  CsvRow row;
  ASSERT_TRUE(*reader.next(row));
  const auto open = reader.next(row);
  ASSERT_FALSE(open.has_value());
  EXPECT_EQ(open.error().text(),
            "t.csv:2:4: found a quote that is not closed, expected a closing quote");
}

TEST(Csv, HostileQuotesDoNotMakeReadingSlow) {
  std::string text;
  for (int i = 0; i < 4'000; ++i) text += "a\",\"\n";
  CsvReader reader(text, CsvDialect{}, "t.csv");
  CsvRow row;
  int faults = 0;
  while (true) {
    const auto more = reader.next(row);
    if (more && !*more) break;
    if (!more) ++faults;
  }
  EXPECT_EQ(faults, 4'000);
}

TEST(Csv, TrimsBlanksOfEveryKind) {
  EXPECT_EQ(trimmed(" \t\xC2\xA0 a b \xEF\xBB\xBF\t"), "a b");
  EXPECT_EQ(trimmed(" \t "), "");
}

}  // namespace
}  // namespace hs::formats
