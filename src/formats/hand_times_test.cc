#include "formats/hand_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::parse;
using test::source_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// "812 25:13.4" of each entry; "-" for what is not there. Times since the dial's zero.
std::vector<std::string> entries(const ParsedStream& parsed) {
  std::vector<std::string> out;
  for (const model::HandLineFact& line : parsed.hand_lines) {
    out.push_back((line.bib ? line.bib->str() : "-") + " " +
                  (line.time ? base::format_h_mm_ss_mmm(line.time->time_since_epoch()) : "-"));
  }
  for (const model::Read& read : parsed.reads) {
    out.push_back(read.tag.str() + " " + base::format_h_mm_ss_mmm(read.time.time_since_epoch()));
  }
  return out;
}

TEST(HandTimes, TimesAreKeptInOrderWithoutBibs) {
  const auto file = parse("times", "25:13\r\n1:02:45.3\n7,812,00:25:13.42\n8,,00:25:14.00\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(entries(file->streams[0]),
              ElementsAre("- 0:25:13.000", "- 1:02:45.300", "812 0:25:13.420", "- 0:25:14.000"));
  EXPECT_THAT(file->streams[0].reads, IsEmpty());
  EXPECT_EQ(file->streams[0].stream.role, model::ReadRole::Manual);
  EXPECT_EQ(file->streams[0].stream.resolution, std::chrono::milliseconds(10));
  EXPECT_EQ(file->streams[0].hand_lines[1].line, 2u);
}

TEST(HandTimes, BibsAreKeptInOrderWithTheUnseenOnes) {
  const auto file = parse("bibs", "812\n?\n007 # smudged\n4;55\n812\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(entries(file->streams[0]), ElementsAre("812 -", "- -", "007 -", "55 -", "812 -"));
}

TEST(HandTimes, BibAndTimeAreAReadByBibAsWritten) {
  const auto file = parse("bibtimes",
                          "# the chute\n007\t25:13\n8,1:02:45\n9 0:59:59\n12,10,00:25:13.42\n"
                          "11;25:13,5\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(entries(file->streams[0]),
              ElementsAre("007 0:25:13.000", "8 1:02:45.000", "9 0:59:59.000", "10 0:25:13.420",
                          "11 0:25:13.500"));
  EXPECT_EQ(file->streams[0].reads[0].by, model::ReadBy::Bib);
  EXPECT_EQ(file->streams[0].stream.role, model::ReadRole::Manual);
}

TEST(HandTimes, AnElapsedTimeCountsFromTheEventsFirstGun) {
  const auto file = parse("bibtimes", "812\t25:13\n");
  ASSERT_TRUE(file);
  const model::Stream& stream = file->streams[0].stream;
  EXPECT_EQ(stream.clock, model::DeviceClock::Utc);
  const base::RaceTime gun = *test::spring_event().races[0].waves[0].gun;
  EXPECT_EQ(stream.offset, gun.time_since_epoch());
}

TEST(HandTimes, AGunThatMovesDoesNotChangeWhoseReadItIs) {
  const ChipFileInput input{
      .file = "chute.txt", .bytes = "812\t25:13\n", .markers = std::nullopt, .marker_file = ""};
  const model::SourceConfig source = source_of("bibtimes");
  const auto with = parse_chip_file(source, test::spring_event(), input);
  const auto without = parse_chip_file(source, test::spring_event(test::Gun::Waiting), input);
  ASSERT_TRUE(with && without);
  const ParsedStream& a = with->streams[0];
  const ParsedStream& b = without->streams[0];
  EXPECT_EQ(b.stream.clock, model::DeviceClock::Free);
  EXPECT_EQ(model::identity_of(a.stream, a.reads[0]), model::identity_of(b.stream, b.reads[0]));
}

TEST(HandTimes, ADateMakesATimeOfDayOnTheSourcesClock) {
  const auto file = parse("bibtimes", "812\t2021-05-08T08:26:08.5\n813\t2021-05-08T06:26:09Z\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_EQ(file->streams[0].stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(file->streams[0].stream.utc_offset, std::chrono::hours(2));
  EXPECT_EQ(file->streams[0].stream.offset, base::Duration(0));
  EXPECT_EQ(test::dial(file->streams[0].reads[0].time), "2021-05-08T08:26:08.5");
  EXPECT_EQ(file->streams[1].stream.clock, model::DeviceClock::Utc);
  EXPECT_EQ(test::dial(file->streams[1].reads[0].time), "2021-05-08T06:26:09");
}

TEST(HandTimes, ATimeWhoseBibNobodySawIsAHandLine) {
  const auto file = parse("bibtimes", "?\t25:13\n812\t25:14\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(file->streams[0].hand_lines, SizeIs(1));
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
}

TEST(HandTimes, AHeaderOfOneColumnLeavesNoRoomForAnother) {
  const auto file = parse("bibs", "Bib\n812\n4;55\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(entries(file->streams[0]), ElementsAre("812 -"));
  EXPECT_THAT(file->bad, SizeIs(1));
}

TEST(HandTimes, AHeaderPutsTheColumnsInAnotherOrder) {
  const auto file = parse("bibtimes", "Time,Place,Bib\n25:13,1,812\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(entries(file->streams[0]), ElementsAre("812 0:25:13.000"));
}

TEST(HandTimes, ABadLineCostsOnlyItself) {
  const auto file = parse("bibtimes",
                          "1\t25:13\n2\tabc\n3\n4\t25:73\n5\t-1:00\n6\t7\t8\t9:00\n"
                          "thirteen-long\t25:13\n7\t99\n\x01\x02\n8\t25:14\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(entries(file->streams[0]), ElementsAre("1 0:25:13.000", "8 0:25:14.000"));
  std::vector<int> lines;
  for (const BadLine& bad : file->bad) lines.push_back(bad.line);
  EXPECT_THAT(lines, ElementsAre(2, 3, 4, 5, 6, 7, 8, 9));
  EXPECT_EQ(file->bad[0].column, 3);
  EXPECT_EQ(file->bad[0].message, "found 'abc', expected a time as mm:ss, h:mm:ss or ss.t");
}

TEST(HandTimes, TwoHelpersListsAreTwoStreamsAndALongerCopyIsTheSame) {
  const auto one = parse("bibs", "812\n813\n");
  const auto more = parse("bibs", "812\n813\n814\n");
  const auto other = parse("bibs", "900\n813\n");
  ASSERT_TRUE(one && more && other);
  EXPECT_EQ(one->streams[0].stream.epoch, more->streams[0].stream.epoch);
  EXPECT_NE(one->streams[0].stream.epoch, other->streams[0].stream.epoch);
}

TEST(HandTimes, ALastLineThatIsCutInItsTimeDoesNotCount) {
  const std::string text = "1\t25:13.4\n2\t25:14.5";
  for (std::size_t size = text.find('2', 9); size < text.size(); ++size) {
    const auto file = parse("bibtimes", std::string_view(text).substr(0, size));
    ASSERT_TRUE(file) << size;
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << size;
    EXPECT_THAT(file->bad, IsEmpty()) << size;
  }
  const auto whole = parse("bibtimes", text);
  ASSERT_TRUE(whole);
  EXPECT_THAT(whole->streams[0].reads, SizeIs(2));
}

TEST(HandTimes, AFileOfAnotherKindIsRefused) {
  const auto file = parse("bibtimes", "TO~1~9511~160~18~1620458668.64~12000C~8~-63~1~P~192\n");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("lines of the format 'chronotrack'"));
}

}  // namespace
}  // namespace hs::formats
