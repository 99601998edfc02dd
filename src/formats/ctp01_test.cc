#include "formats/ctp01.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using model::Marker;
using test::dial;
using test::parse;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kRecorded =
    "SimpleClient~0.5.0~CTP01\r\n"
    "ack~getconnectionid~b617be00\r\n"
    "ack~getlocations~Start~Finish\r\n"
    "CT01_33~4~Start~guntime~2021-05-08T08:00:55.16~0~DF239A~0\r\n"
    "CT01_33~5~Start~50101~2021-05-08T08:00:58.90~1~117F37~8\r\n"
    "CT01_33~1~Finish~50101~2021-05-08T09:30:58.91~1~117F38~2\r\n"
    "ack~ping\r\n"
    "CT01_33~6~30k~newlocation~2021-05-08T09:31:00.00~0~ED932A~0\r\n";

TEST(Ctp01File, ARecordedConnectionGivesAStreamALocation) {
  const auto file = parse("chronotrack", kRecorded);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  ASSERT_THAT(file->streams, SizeIs(2));
  const ParsedStream& start = file->streams[0];
  EXPECT_EQ(start.stream.device, "Start");
  EXPECT_EQ(start.stream.epoch, "b617be00");
  EXPECT_EQ(start.stream.mat, "arch");
  EXPECT_EQ(start.stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(start.stream.resolution, std::chrono::milliseconds(10));
  ASSERT_THAT(start.reads, SizeIs(1));
  EXPECT_EQ(start.reads[0].device_seq, 5u);
  EXPECT_EQ(start.reads[0].tag.view(), "50101");
  EXPECT_EQ(start.reads[0].antenna, 8);
  EXPECT_EQ(start.reads[0].line, 5u);
  EXPECT_EQ(dial(start.reads[0].time), "2021-05-08T08:00:58.9");
  EXPECT_EQ(file->streams[1].stream.device, "Finish");
}

TEST(Ctp01File, AGunIsAMarkerAndNoRead) {
  const auto file = parse("chronotrack", kRecorded);
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  const Marker& gun = file->streams[0].markers[0];
  EXPECT_EQ(gun.kind, Marker::Kind::Gun);
  EXPECT_EQ(gun.before_seq, 5u);
  EXPECT_EQ(dial(gun.time), "2021-05-08T08:00:55.16");
}

TEST(Ctp01File, WithoutAMatInTheSourceEachLocationIsOne) {
  const auto file = parse(test::source_of("chronotrack", ""), kRecorded);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.mat, "Start");
  EXPECT_EQ(file->streams[1].stream.mat, "Finish");
}

TEST(Ctp01File, WithoutAConnectionIdANumberNamesNothing) {
  const auto file =
      parse("chronotrack", "CT01_13~24~START~50101~2021-05-08T15:54:48.90~1~117F37~8\r\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams.at(0).stream.epoch, "");
  EXPECT_FALSE(file->streams[0].reads.at(0).device_seq);
}

TEST(Ctp01File, ASecondConnectionIdBeginsAnotherNumbering) {
  const auto file = parse("chronotrack",
                          "ack~getconnectionid~a\nCT01_33~1~F~7~2021-05-08T09:00:00.00~1~X~1\n"
                          "ack~getconnectionid~b\nCT01_33~1~F~8~2021-05-08T09:00:01.00~1~X~1\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_NE(model::identity_of(file->streams[0].stream, file->streams[0].reads[0]),
            model::identity_of(file->streams[1].stream, file->streams[1].reads[0]));
}

TEST(Ctp01File, AllFourFormsOfATimeAreTheSameInstant) {
  for (const char* time : {"14:02:15.31", "2021-05-08T14:02:15.31", "1620482535.31", "50535310"}) {
    const auto file = parse("chronotrack", "CT01_33~1~Finish~7~" + std::string(time) + "~0~X~1\n");
    ASSERT_TRUE(file) << time << file.error().text();
    EXPECT_EQ(dial(file->streams.at(0).reads.at(0).time), "2021-05-08T14:02:15.31") << time;
  }
}

TEST(Ctp01File, TimesWithoutADateGoOverMidnightAndAreSaid) {
  const auto file = parse("chronotrack",
                          "CT01_33~1~Finish~7~23:59:59.50~0~X~1\n"
                          "CT01_33~2~Finish~8~00:00:00.50~0~X~1\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(dial(file->streams[0].reads[1].time), "2021-05-09T00:00:00.5");
  EXPECT_THAT(file->remarks, Contains(HasSubstr("2 times have no date")));
}

TEST(Ctp01File, EveryWrongFieldIsFoundAtItsColumn) {
  const std::string good = "CT01_33~1~Finish~7~23:59:59.50~0~X~1\n";
  struct Case {
    const char* line;
    int column;
  };
  for (const Case& wrong :
       {Case{"CT01_3~1~Finish~7~23:59:59.50~0~X~1", 1},
        Case{"CT01_33~x~Finish~7~23:59:59.50~0~X~1", 9}, Case{"CT01_33~1~~7~23:59:59.50~0~X~1", 11},
        Case{"CT01_33~1~Finish~~23:59:59.50~0~X~1", 18},
        Case{"CT01_33~1~Finish~7~24:59:59.50~0~X~1", 20},
        Case{"CT01_33~1~Finish~7~86400000~0~X~1", 20},
        Case{"CT01_33~1~Finish~7~2021-05-08T08:00:00Z~0~X~1", 20},
        Case{"CT01_33~1~Finish~7~23:59:59.50~0~X~256", 36},
        Case{"CT01_33~1~Finish~7~23:59:59.50~0", 33}}) {
    const auto file = parse("chronotrack", good + wrong.line + "\n");
    ASSERT_TRUE(file) << wrong.line;
    ASSERT_THAT(file->bad, SizeIs(1)) << wrong.line;
    EXPECT_EQ(file->bad[0].column, wrong.column) << wrong.line;
    EXPECT_THAT(file->bad[0].message, HasSubstr("expected")) << wrong.line;
  }
}

TEST(Ctp01File, ALineWithoutItsEndDoesNotCount) {
  const auto file = parse(
      "chronotrack", "CT01_33~1~Finish~7~23:59:59.50~0~X~1\nCT01_33~2~Finish~8~23:59:59.60~0~X~1");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  EXPECT_TRUE(file->last_line_cut);
  EXPECT_THAT(file->bad, IsEmpty());
}

}  // namespace
}  // namespace hs::formats
