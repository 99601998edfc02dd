#include "formats/chronotrack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using model::Marker;
using test::dial;
using test::parse;
using test::source_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kTwoReaders =
    "TO~1~9511~160~18~1620458668.64~12000C~8~-63~1~P~192\r\n"
    "TO~2~9512~160~18~1620458667.60~120044~2~-73~1~P~13\r\n"
    "TO~3~9511~160~18~1620458716.43~12000C~1~-65~2~P~151\r\n";

std::vector<std::string> tags(const ParsedStream& parsed) {
  std::vector<std::string> out;
  for (const model::Read& read : parsed.reads) out.push_back(read.tag.str());
  return out;
}

TEST(ChronoTrack, ALineGivesEveryFieldOfTheRead) {
  const auto file = parse("chronotrack", kTwoReaders);
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  ASSERT_THAT(file->streams[0].reads, SizeIs(3));
  const model::Read& read = file->streams[0].reads[0];
  EXPECT_EQ(read.device_seq, 1u);
  EXPECT_EQ(read.line, 1u);
  EXPECT_EQ(read.tag.view(), "9511");
  EXPECT_EQ(read.by, model::ReadBy::Chip);
  EXPECT_EQ(dial(read.time), "2021-05-08T07:24:28.64");
  EXPECT_EQ(read.antenna, 8);
  EXPECT_EQ(read.rssi_dbm, -63);
  EXPECT_EQ(read.hits, 192);
}

TEST(ChronoTrack, TheDialIsLocalAndItsOffsetIsFrozen) {
  const auto file = parse("chronotrack", kTwoReaders);
  ASSERT_TRUE(file);
  const model::Stream& stream = file->streams[0].stream;
  EXPECT_EQ(stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(stream.utc_offset, std::chrono::hours(2));
  EXPECT_EQ(stream.resolution, std::chrono::milliseconds(10));
  EXPECT_EQ(stream.mat, "arch");
  EXPECT_EQ(stream.file, "reads.txt");
  EXPECT_EQ(stream.format, "chronotrack");
}

TEST(ChronoTrack, ANamedOffsetAndUtcDoNotAskTheZone) {
  model::SourceConfig source = source_of("chronotrack");
  source.clock = model::DeviceClock::Fixed;
  source.fixed_offset = std::chrono::hours(-5);
  auto file = parse(source, kTwoReaders);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.utc_offset, std::chrono::hours(-5));
  source.clock = model::DeviceClock::Utc;
  file = parse(source, kTwoReaders);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.utc_offset, std::chrono::hours(0));
}

TEST(ChronoTrack, TwoReadersOfOneBoxAreOneStreamInTheOrderOfTheFile) {
  const auto file = parse("chronotrack", kTwoReaders);
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(tags(file->streams[0]), ElementsAre("9511", "9512", "9511"));
  EXPECT_LT(file->streams[0].reads[1].time, file->streams[0].reads[0].time);
}

TEST(ChronoTrack, PaddedNumbersAndMissingHitsMeanTheSame) {
  const auto padded =
      parse("chronotrack", "TO~000001~009573~160~018~1620460343.17~104484~8~-71~00001~P~10\n");
  const auto bare = parse("chronotrack", "TO~1~9573~160~18~1620460343.17~104484~8~-71~1~P\n");
  ASSERT_TRUE(padded);
  ASSERT_TRUE(bare);
  const ParsedStream& a = padded->streams[0];
  const ParsedStream& b = bare->streams[0];
  EXPECT_EQ(a.reads[0].tag.view(), "9573");
  EXPECT_TRUE(model::same_content(a.reads[0], b.reads[0]));
  EXPECT_EQ(model::identity_of(a.stream, a.reads[0]), model::identity_of(b.stream, b.reads[0]));
  EXPECT_EQ(b.reads[0].hits, 0);
}

TEST(ChronoTrack, AllThreeLineEndsWorkEvenMixed) {
  const auto file = parse("chronotrack",
                          "TO~1~1~160~18~1620458668.64~12000C~8~-63~1~P~1\r"
                          "TO~2~2~160~18~1620458668.65~12000C~8~-63~2~P~1\n\n"
                          "TO~3~3~160~18~1620458668.66~12000C~8~-63~3~P~1\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tags(file->streams[0]), ElementsAre("1", "2", "3"));
  EXPECT_EQ(file->streams[0].reads[2].line, 4u);
  EXPECT_EQ(file->lines, 3u);
}

TEST(ChronoTrack, ABadLineCostsOnlyItselfAndSaysWhatAndWhere) {
  const auto file = parse("chronotrack",
                          "TO~1~1~160~18~1620458668.64~12000C~8~-63~1~P~1\n"
                          "TO~2~2~160~18~16204x8668.65~12000C~8~-63~2~P~1\n"
                          "TO~3~3~160~18~1620458668.66~12000C~8~-63~3~P~1\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tags(file->streams[0]), ElementsAre("1", "3"));
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_EQ(file->bad[0].line, 2);
  EXPECT_EQ(file->bad[0].column, 15);
  EXPECT_EQ(file->bad[0].file, "reads.txt");
  EXPECT_EQ(file->bad[0].message,
            "found '16204x8668.65', expected seconds since 1970 with hundredths");
  EXPECT_EQ(file->lines, 3u);
}

TEST(ChronoTrack, EveryWrongFieldIsFoundAtItsColumn) {
  const std::string good = "TO~1~1~160~18~1620458668.64~12000C~8~-63~1~P~1\n";
  struct Case {
    const char* line;
    int column;
  };
  for (const Case& wrong : {Case{"XX~1~1~160~18~1620458668.64~12000C~8~-63~1~P~1", 1},
                            Case{"TO~x~1~160~18~1620458668.64~12000C~8~-63~1~P~1", 4},
                            Case{"TO~-1~1~160~18~1620458668.64~12000C~8~-63~1~P~1", 4},
                            Case{"TO~1~~160~18~1620458668.64~12000C~8~-63~1~P~1", 6},
                            Case{"TO~1~1~y~18~1620458668.64~12000C~8~-63~1~P~1", 8},
                            Case{"TO~1~1~160~~1620458668.64~12000C~8~-63~1~P~1", 12},
                            Case{"TO~1~1~160~18~1620458668~12000C~8~-63~1~P~1", 15},
                            Case{"TO~1~1~160~18~1620458668.645~12000C~8~-63~1~P~1", 15},
                            Case{"TO~1~1~160~18~-620458668.64~12000C~8~-63~1~P~1", 15},
                            Case{"TO~1~1~160~18~1620458668.64~~8~-63~1~P~1", 29},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~256~-63~1~P~1", 36},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~8~99999~1~P~1", 38},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~8~-63~z~P~1", 42},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~8~-63~1~P~70000", 46},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~8~-63~1", 43},
                            Case{"TO~1~1~160~18~1620458668.64~12000C~8~-63~1~P~1~2", 49}}) {
    const auto file = parse("chronotrack", good + wrong.line + "\n");
    ASSERT_TRUE(file) << wrong.line;
    ASSERT_THAT(file->bad, SizeIs(1)) << wrong.line;
    EXPECT_EQ(file->bad[0].column, wrong.column) << wrong.line;
    EXPECT_THAT(file->bad[0].message, HasSubstr("expected")) << wrong.line;
  }
}

TEST(ChronoTrack, ALastLineWithoutEndCountsWhenWholeAndIsCutOtherwise) {
  const std::string whole(kTwoReaders);
  const std::string without_end = whole.substr(0, whole.size() - 2);
  auto file = parse("chronotrack", without_end);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(3));
  EXPECT_FALSE(file->last_line_cut);

  file = parse("chronotrack", without_end.substr(0, without_end.size() - 20));
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_TRUE(file->last_line_cut);
  EXPECT_THAT(file->bad, IsEmpty());
}

TEST(ChronoTrack, CutAtEveryByteGivesThePrefixOfTheReads) {
  const auto full = parse("chronotrack", kTwoReaders);
  ASSERT_TRUE(full);
  for (std::size_t size = 0; size < kTwoReaders.size(); ++size) {
    const auto file = parse("chronotrack", kTwoReaders.substr(0, size));
    ASSERT_TRUE(file) << size << ": " << file.error().text();
    EXPECT_THAT(file->bad, IsEmpty()) << size;
    if (file->streams.empty()) continue;
    const std::vector<model::Read>& reads = file->streams[0].reads;
    ASSERT_LE(reads.size(), 3u);
    for (std::size_t i = 0; i < reads.size(); ++i) {
      EXPECT_TRUE(model::same_content(reads[i], full->streams[0].reads[i])) << size;
      EXPECT_EQ(model::identity_of(file->streams[0].stream, reads[i]),
                model::identity_of(full->streams[0].stream, full->streams[0].reads[i]));
    }
  }
}

TEST(ChronoTrack, ACopyWithAndWithoutItsMarkersHasTheSameIdentities) {
  const auto bare = parse("chronotrack", kTwoReaders);
  const auto marked = parse(source_of("chronotrack"), kTwoReaders,
                            "I11A9D,1,Gun,2,21050808005516,Button Press\r\n");
  ASSERT_TRUE(bare);
  ASSERT_TRUE(marked);
  EXPECT_EQ(bare->streams[0].stream.device, marked->streams[0].stream.device);
  EXPECT_EQ(bare->streams[0].stream.epoch, marked->streams[0].stream.epoch);
  EXPECT_EQ(bare->streams[0].stream.device, "12000C");
  EXPECT_EQ(bare->streams[0].stream.epoch, "1/1620458668.64/9511");
}

TEST(ChronoTrack, TwoLogsJoinedIntoOneFileStayApart) {
  const std::string joined = std::string(kTwoReaders) +
                             "TO~1~77~160~18~1620545068.64~12000C~8~-63~1~P~1\r\n"
                             "TO~2~78~160~18~1620545069.64~12000C~8~-63~2~P~1\r\n";
  const auto file = parse("chronotrack", joined);
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_THAT(tags(file->streams[0]), SizeIs(3));
  EXPECT_THAT(tags(file->streams[1]), ElementsAre("77", "78"));
  EXPECT_EQ(file->streams[0].stream.device, file->streams[1].stream.device);
  EXPECT_NE(file->streams[0].stream.epoch, file->streams[1].stream.epoch);
}

TEST(ChronoTrack, OneLogTwiceInOneFileIsOneStream) {
  const auto file = parse("chronotrack", std::string(kTwoReaders) + std::string(kTwoReaders));
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(file->streams[0].reads, SizeIs(6));
}

TEST(ChronoTrack, MarkersGiveGunsPointsAndPowerByPosition) {
  const auto file = parse(source_of("chronotrack"), kTwoReaders,
                          "I11A9D,10,Event,1,21050807094620,21ROTM\r\n"
                          "I11A9D,11,Point,1,21050807094621,FINISH1\r\n"
                          "I11A9D,32,Gun,2,21050808005516,Button Press\r\n"
                          "I11A9D,33,Manual,3,21050809034961,Button Press\r\n"
                          "I11A9D,40,GeneralAlert,3,21050811051795,AC Power Lost\r\n"
                          "I11A9D,41,GeneralAlert,3,21050811051795,Unexpected error\r\n"
                          "I11A9D,42,Powerup,1,21050811051795,Controller\r\n"
                          "I11A9D,43,Powerup,3,21050811051795,Controller\r\n");
  ASSERT_TRUE(file);
  const std::vector<Marker>& markers = file->streams[0].markers;
  ASSERT_THAT(markers, SizeIs(8));
  using Kind = Marker::Kind;
  std::vector<Kind> kinds;
  for (const Marker& marker : markers) kinds.push_back(marker.kind);
  EXPECT_THAT(kinds, ElementsAre(Kind::Other, Kind::Point, Kind::Gun, Kind::Gun, Kind::Power,
                                 Kind::Other, Kind::Other, Kind::Power));
  EXPECT_EQ(markers[1].text, "FINISH1");
  EXPECT_EQ(markers[2].before_seq, 2u);
  EXPECT_EQ(dial(markers[2].time), "2021-05-08T08:00:55.16");
  EXPECT_EQ(markers[2].text, "Gun: Button Press");
  EXPECT_EQ(markers[3].text, "Manual: Button Press");
  EXPECT_THAT(file->remarks,
              ElementsAre("reads.mrk: controller 'I11A9D', event '21ROTM', point 'FINISH1'"));
}

TEST(ChronoTrack, AClockThatWokeIn1980SaysItsOldTime) {
  const auto file = parse(source_of("chronotrack"), kTwoReaders,
                          "E92EBB,4,TimeChange,1,21050807134000,80010100012824\r\n"
                          "E92EBB,5,TimeSet,2,21050807134153,21050807132700\r\n");
  ASSERT_TRUE(file);
  const std::vector<Marker>& markers = file->streams[0].markers;
  ASSERT_THAT(markers, SizeIs(2));
  EXPECT_EQ(markers[0].kind, Marker::Kind::TimeChange);
  EXPECT_EQ(dial(markers[0].time), "2021-05-08T07:13:40");
  ASSERT_TRUE(markers[0].old_time);
  EXPECT_EQ(dial(*markers[0].old_time), "1980-01-01T00:01:28.24");
  EXPECT_EQ(markers[1].kind, Marker::Kind::TimeChange);
  EXPECT_EQ(dial(*markers[1].old_time), "2021-05-08T07:13:27");
}

TEST(ChronoTrack, ABadMarkerLineIsReportedUnderItsOwnFile) {
  const auto file = parse(source_of("chronotrack"), kTwoReaders,
                          "I11A9D,1,Gun,2,21053208005516,Button Press\r\n"
                          "I11A9D,2,Gun,x,21050808005516,Button Press\r\n"
                          "I11A9D,3,TimeChange,2,21050808005516,soon\r\n"
                          "\x01\x02\r\n"
                          "I11A9D,4,Gun,2,21050808005516,Button Press\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].markers, SizeIs(1));
  ASSERT_THAT(file->bad, SizeIs(4));
  EXPECT_EQ(file->bad[0].file, "reads.mrk");
  EXPECT_EQ(file->bad[0].line, 1);
  EXPECT_EQ(file->bad[0].column, 16);
  EXPECT_EQ(file->bad[3].message, "found '\\x01\\x02', expected a controller");
}

TEST(ChronoTrack, MarkersWithoutAReadWaitForTheFirst) {
  const auto file =
      parse(source_of("chronotrack"), "", "I11A9D,1,Gun,1,21050808005516,Button Press\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams, IsEmpty());
  EXPECT_THAT(file->remarks, testing::Contains(HasSubstr("1 markers wait for the first read")));
}

TEST(ChronoTrack, RubbishGivesBadLinesAndPrintableWords) {
  const std::string rubbish("\0\xff~~\x1b[2J\nTO~1\0~\n", 16);
  const auto file = parse("chronotrack", std::string(kTwoReaders) + rubbish);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(3));
  ASSERT_THAT(file->bad, SizeIs(2));
  for (const BadLine& bad : file->bad) {
    for (const char c : bad.message) EXPECT_TRUE(c >= ' ' && c < '\x7f') << bad.message;
  }
}

TEST(ChronoTrack, AHugeLineIsOneBadLineWithAShortMessage) {
  const std::string huge(3'000'000, 'x');
  const auto file = parse("chronotrack", std::string(kTwoReaders) + huge + "\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_LT(file->bad[0].message.size(), 200u);
}

}  // namespace
}  // namespace hs::formats
