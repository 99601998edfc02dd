#include "formats/csv_reads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::dial;
using test::parse;
using test::source_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

base::Result<ChipFile> parse_all_mats(std::string_view bytes) {
  return parse(source_of("csv", ""), bytes);
}

TEST(CsvReads, ARowGivesEveryColumn) {
  const auto file = parse_all_mats(
      "mat,tag,time,antenna,rssi,device,seq\n"
      "arch,58000128608,2021-05-08T08:00:55.810,2,-57.5,box 7,412\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  const ParsedStream& parsed = file->streams[0];
  EXPECT_EQ(parsed.stream.device, "box 7");
  EXPECT_EQ(parsed.stream.mat, "arch");
  EXPECT_EQ(parsed.stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(parsed.stream.utc_offset, std::chrono::hours(2));
  ASSERT_THAT(parsed.reads, SizeIs(1));
  const model::Read& read = parsed.reads[0];
  EXPECT_EQ(read.tag.view(), "58000128608");
  EXPECT_EQ(dial(read.time), "2021-05-08T08:00:55.81");
  EXPECT_EQ(read.antenna, 2);
  EXPECT_EQ(read.rssi_dbm, -57);
  EXPECT_EQ(read.device_seq, 412u);
  EXPECT_EQ(read.line, 2u);
}

TEST(CsvReads, ColumnsComeInAnyOrderAndDialect) {
  for (const char* text :
       {"time;tag;mat\r\n2021-05-08T08:00:55,81;12;arch\r\n",
        "TAG\tTime\tMat\r2021\t2021-05-08T08:00:55.81\tarch\r",
        "\xEF\xBB\xBF\"mat\",\"tag\",\"time\"\n\"arch\",\"12\",\"2021-05-08 08:00:55.81\"\n",
        "sep=;\nmat;tag;time\narch;12;2021-05-08T08:00:55.81\n"}) {
    const auto file = parse_all_mats(text);
    ASSERT_TRUE(file) << text << file.error().text();
    ASSERT_THAT(file->streams, SizeIs(1)) << text;
    EXPECT_EQ(dial(file->streams[0].reads.at(0).time), "2021-05-08T08:00:55.81") << text;
    EXPECT_EQ(file->streams[0].stream.mat, "arch") << text;
  }
}

TEST(CsvReads, AnOffsetInTheTimeWinsOverTheSourcesClock) {
  const auto file = parse_all_mats(
      "mat,tag,time\n"
      "arch,1,2021-05-08T08:00:00+02:00\narch,2,2021-05-08T06:00:01Z\n"
      "arch,3,2021-05-08T08:00:02\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_EQ(file->streams[0].stream.clock, model::DeviceClock::Utc);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2021-05-08T06:00:00");
  EXPECT_EQ(dial(file->streams[0].reads[1].time), "2021-05-08T06:00:01");
  EXPECT_EQ(file->streams[1].stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(dial(file->streams[1].reads[0].time), "2021-05-08T08:00:02");
}

TEST(CsvReads, TheSourcesMatTakesOnlyItsRowsAndTheRestIsCounted) {
  const auto file = parse(source_of("csv", "pier"),
                          "mat,tag,time\narch,1,2021-05-08T08:00:00\n"
                          "pier,2,2021-05-08T08:00:00\narch,3,2021-05-08T08:00:00\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_EQ(file->streams[0].stream.mat, "pier");
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  EXPECT_THAT(file->bad, IsEmpty());
  EXPECT_THAT(file->remarks, Contains(HasSubstr("2 rows of other mats than 'pier'")));
}

TEST(CsvReads, ATableWithoutMatTakesTheSources) {
  const auto file = parse(source_of("csv", "pier"), "tag,time\n2,2021-05-08T08:00:00\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.mat, "pier");
  EXPECT_FALSE(parse_all_mats("tag,time\n2,2021-05-08T08:00:00\n"));
}

TEST(CsvReads, TheResolutionIsTheFinestInTheFile) {
  const auto seconds = parse_all_mats("mat,tag,time\narch,1,2021-05-08T08:00:00\n");
  const auto mixed =
      parse_all_mats("mat,tag,time\narch,1,2021-05-08T08:00:00.10\narch,2,2021-05-08T08:00:00.1\n");
  const auto micros = parse_all_mats("mat,tag,time\narch,1,2021-05-08T08:00:00.123456\n");
  ASSERT_TRUE(seconds && mixed && micros);
  EXPECT_EQ(seconds->streams[0].stream.resolution, std::chrono::seconds(1));
  EXPECT_EQ(mixed->streams[0].stream.resolution, std::chrono::milliseconds(10));
  EXPECT_EQ(micros->streams[0].stream.resolution, std::chrono::microseconds(1));
}

constexpr std::string_view kNumbered =
    "mat,tag,time,device,seq\n"
    "arch,1,2021-05-08T08:00:00,A,11\narch,2,2021-05-08T08:00:01,A,10\n"
    "pier,3,2021-05-08T08:00:02,A,12\narch,4,2021-05-08T08:00:03,B,10\n";

TEST(CsvReads, NumbersOfADeviceGiveOneEpochWhateverTheOrderAndTheMat) {
  const auto all = parse_all_mats(kNumbered);
  const auto turned = parse_all_mats(
      "mat,tag,time,device,seq\n"
      "arch,4,2021-05-08T08:00:03,B,10\npier,3,2021-05-08T08:00:02,A,12\n"
      "arch,2,2021-05-08T08:00:01,A,10\narch,1,2021-05-08T08:00:00,A,11\n");
  const auto pier = parse(source_of("csv", "pier"), kNumbered);
  ASSERT_TRUE(all && turned && pier);
  ASSERT_THAT(all->streams, SizeIs(3));
  EXPECT_EQ(all->streams[0].stream.epoch, "10/1620460801000000/2");
  EXPECT_EQ(all->streams[1].stream.epoch, all->streams[0].stream.epoch);
  EXPECT_EQ(all->streams[2].stream.epoch, "10/1620460803000000/4");
  ASSERT_THAT(turned->streams, SizeIs(3));
  EXPECT_EQ(turned->streams[0].stream.epoch, all->streams[2].stream.epoch);
  EXPECT_EQ(turned->streams[1].stream.epoch, all->streams[0].stream.epoch);
  EXPECT_EQ(pier->streams[0].stream.epoch, all->streams[0].stream.epoch);
}

TEST(CsvReads, ALongerCopyKeepsTheIdentities) {
  const auto all = parse_all_mats(kNumbered);
  const auto early = parse_all_mats(kNumbered.substr(0, kNumbered.find("pier")));
  ASSERT_TRUE(all && early);
  EXPECT_EQ(model::identity_of(all->streams[0].stream, all->streams[0].reads[0]),
            model::identity_of(early->streams[0].stream, early->streams[0].reads[0]));
}

TEST(CsvReads, NumbersThatBeginAnewAnotherDayDoNotCollide) {
  const auto today = parse_all_mats("mat,tag,time,device,seq\narch,1,2021-05-08T08:00:00,A,1\n");
  const auto before = parse_all_mats("mat,tag,time,device,seq\narch,2,2021-05-07T08:00:00,A,1\n");
  ASSERT_TRUE(today && before);
  EXPECT_NE(model::identity_of(today->streams[0].stream, today->streams[0].reads[0]),
            model::identity_of(before->streams[0].stream, before->streams[0].reads[0]));
}

TEST(CsvReads, NumbersWithoutADeviceNameNothing) {
  const auto file = parse_all_mats("mat,tag,time,seq\narch,1,2021-05-08T08:00:00,1\n");
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->streams[0].reads[0].device_seq);
  EXPECT_THAT(file->remarks, Contains(HasSubstr("column 'seq' left out")));
}

TEST(CsvReads, ABadRowCostsOnlyItself) {
  const auto file = parse_all_mats(
      "mat,tag,time,antenna,rssi,device,seq\n"
      "arch,1,2021-05-08T08:00:00,,,,\n"
      ",2,2021-05-08T08:00:00,,,,\n"
      "arch,,2021-05-08T08:00:00,,,,\n"
      "arch,4,08:00:00,,,,\n"
      "arch,5,2021-05-08T08:00:00.1234567,,,,\n"
      "arch,6,2021-05-08T08:00:00,300,,,\n"
      "arch,7,2021-05-08T08:00:00,1,loud,,\n"
      "arch,8,2021-05-08T08:00:00,1,-40,A,x\n"
      "arch,9,2021-05-08T08:00:00,1,-40,A,1,extra\n"
      "\"arch\"x,10,2021-05-08T08:00:00,,,,\n"
      "arch,11,2021-05-08T08:00:01,,,,\n");
  ASSERT_TRUE(file) << file.error().text();
  std::vector<std::string> tags;
  for (const model::Read& read : file->streams[0].reads) tags.push_back(read.tag.str());
  EXPECT_THAT(tags, ElementsAre("1", "11"));
  std::vector<int> lines;
  for (const BadLine& bad : file->bad) lines.push_back(bad.line);
  EXPECT_THAT(lines, ElementsAre(3, 4, 5, 6, 7, 8, 9, 10, 11));
  EXPECT_EQ(file->bad[2].column, 8);
  EXPECT_THAT(file->bad[2].message, HasSubstr("found '08:00:00', expected a time"));
  EXPECT_EQ(file->lines, 11u);
}

TEST(CsvReads, ADamagedByteCostsItsRowAndNotTheFile) {
  std::string text = "mat,tag,time\n";
  for (int i = 0; i < 50; ++i) text += "arch,1,2021-05-08T08:00:00\n";
  text += std::string("arch,\xff\0\x01,2021-05-08T08:00:00\n", 29);
  text += "arch,2,2021-05-08T08:00:00\n";
  const auto file = parse_all_mats(text);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->streams[0].reads, SizeIs(51));
  EXPECT_THAT(file->bad, SizeIs(1));
}

TEST(CsvReads, Utf16FromASpreadsheetIsRead) {
  const std::string plain = "mat\ttag\ttime\r\narch\t1\t2021-05-08T08:00:00\r\n";
  std::string wide = "\xff\xfe";
  for (const char c : plain) {
    wide += c;
    wide += '\0';
  }
  const auto file = parse_all_mats(wide);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
}

TEST(CsvReads, ALastRowWithoutEndCountsWhenWhole) {
  const auto file =
      parse_all_mats("mat,tag,time\narch,1,2021-05-08T08:00:00.10\narch,2,2021-05-08T08:00:01.20");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_FALSE(file->last_line_cut);
}

TEST(CsvReads, ALastRowCutAnywhereGivesNoWrongTime) {
  const std::string text =
      "mat,tag,time\narch,1,2021-05-08T08:00:00.10\narch,2,2021-05-08T08:00:01.23";
  const std::size_t second = text.rfind("arch");
  for (std::size_t size = second + 1; size < text.size(); ++size) {
    const auto file = parse_all_mats(std::string_view(text).substr(0, size));
    ASSERT_TRUE(file) << size;
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << size;
    EXPECT_TRUE(file->last_line_cut) << size;
    EXPECT_THAT(file->bad, IsEmpty()) << size;
  }
}

TEST(CsvReads, AColumnTwiceIsRefusedAndAnUnknownOneSaid) {
  const auto twice = parse_all_mats("mat,tag,time,tag\narch,1,2021-05-08T08:00:00,2\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().place.column, 14);
  const auto unknown = parse_all_mats("mat,tag,time,lap\narch,1,2021-05-08T08:00:00,2\n");
  ASSERT_TRUE(unknown);
  EXPECT_THAT(unknown->remarks, ElementsAre(HasSubstr("columns left out: 'lap'")));
}

TEST(CsvReads, ATableOfSomethingElseIsRefused) {
  const auto file = parse_all_mats("place,bib,name\n1,812,x\n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, base::ErrorCode::InvalidInput);
  EXPECT_THAT(file.error().text(),
              HasSubstr("reads.txt:1:1: found a file that begins with 'place,bib,name', expected a "
                        "header row with mat, tag and time"));
}

TEST(CsvReads, AHeaderAloneAndNothingAtAllAreFine) {
  EXPECT_TRUE(parse_all_mats("mat,tag,time\n"));
  EXPECT_TRUE(parse_all_mats(""));
}

TEST(CsvReads, AnEpochThatTheRowsNameIsTheirs) {
  const auto file = parse("csv",
                          "mat,tag,time,device,seq,epoch\n"
                          "arch,11,2021-05-08T08:00:00,A,7,race\n"
                          "arch,12,2021-05-08T08:00:01Z,A,8,race\n"
                          "arch,13,2021-05-08T08:00:02,A,1,test run\n"
                          "arch,14,2021-05-08T08:00:03,A,2,\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_EQ(file->streams.size(), 4u);
  EXPECT_EQ(file->streams[0].stream.epoch, "log race");
  EXPECT_EQ(file->streams[1].stream.epoch, "log race/utc");
  EXPECT_EQ(file->streams[2].stream.epoch, "log test run");
  EXPECT_EQ(file->streams[3].stream.epoch.substr(0, 2), "2/");
}

}  // namespace
}  // namespace hs::formats
