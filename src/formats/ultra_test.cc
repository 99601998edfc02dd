#include "formats/ultra.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::dial;
using test::parse;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kWire = "0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12";

TEST(Ultra, ALineOfTheWireCountsSecondsFrom1980OnTheLocalDial) {
  const auto file = parse("ultra", std::string(kWire) + "\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  const ParsedStream& parsed = file->streams[0];
  EXPECT_EQ(parsed.stream.device, "box 1/reader 1");
  EXPECT_EQ(parsed.stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(parsed.stream.resolution, std::chrono::milliseconds(1));
  ASSERT_THAT(parsed.reads, SizeIs(1));
  EXPECT_EQ(parsed.reads[0].tag.view(), "413A45");
  EXPECT_EQ(dial(parsed.reads[0].time), "2021-03-11T14:14:11.407");
  EXPECT_EQ(parsed.reads[0].antenna, 1);
  EXPECT_EQ(parsed.reads[0].rssi_dbm, -8);
}

TEST(Ultra, TheServersFileAndItsTabFormSayTheSame) {
  const auto quoted = parse("ultra", "1,413A45,812,\"2021-05-08 07:24:28.640\",1,2\r\n");
  const auto tabbed = parse("ultra", "413A45\t2021-05-08 07:24:28.640\t1\t2\r\n");
  ASSERT_TRUE(quoted) << quoted.error().text();
  ASSERT_TRUE(tabbed) << tabbed.error().text();
  const ParsedStream& a = quoted->streams[0];
  const ParsedStream& b = tabbed->streams[0];
  EXPECT_EQ(dial(a.reads[0].time), "2021-05-08T07:24:28.64");
  EXPECT_EQ(a.reads[0].antenna, 2);
  EXPECT_EQ(a.stream.device, "reader 1");
  EXPECT_EQ(model::identity_of(a.stream, a.reads[0]), model::identity_of(b.stream, b.reads[0]));
}

TEST(Ultra, ARewoundReadIsTheSameReadThoughItsLogWasCleared) {
  const auto file =
      parse("ultra", std::string(kWire) + "\n0,413A45,1299939251,407,1,-8,1,1,1,1,456789,3\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(1));
  const ParsedStream& parsed = file->streams[0];
  ASSERT_THAT(parsed.reads, SizeIs(2));
  EXPECT_EQ(model::identity_of(parsed.stream, parsed.reads[0]),
            model::identity_of(parsed.stream, parsed.reads[1]));
}

TEST(Ultra, ChipNoughtOnAntennaNoughtIsTheStartButton) {
  const auto file =
      parse("ultra", "0,0,1299939251,407,0,0,0,1,1,1,456789,12\n" + std::string(kWire) + "\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  EXPECT_EQ(file->streams[0].markers[0].kind, model::Marker::Kind::Gun);
  EXPECT_EQ(dial(file->streams[0].markers[0].time), "2021-03-11T14:14:11.407");
}

TEST(Ultra, ChipNoughtOnAnAntennaIsARead) {
  const auto file = parse("ultra", "0,0,1299939251,407,2,0,0,1,1,1,456789,12\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
}

TEST(Ultra, GreetingsAndHeartbeatsAreLeftOut) {
  const auto file =
      parse("ultra", "Connected,1299939000\rV=25.0000\r" + std::string(kWire) + "\rS=10\r");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  EXPECT_THAT(file->bad, IsEmpty());
}

TEST(Ultra, ReadersOfOneBoxAreStreamsOfTheirOwn) {
  const auto file =
      parse("ultra", std::string(kWire) + "\n0,413A45,1299939251,407,1,-8,0,2,1,1,456789,13\n" +
                         kWire + "\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_EQ(file->streams[1].stream.device, "box 1/reader 2");
}

TEST(Ultra, EveryWrongFieldIsFoundAtItsColumn) {
  struct Case {
    const char* line;
    int column;
  };
  for (const Case& wrong :
       {Case{"0,,1299939251,407,1,-8,0,1,1,1,456789,12", 3},
        Case{"0,413A45,-5,407,1,-8,0,1,1,1,456789,12", 10},
        Case{"0,413A45,1299939251,1000,1,-8,0,1,1,1,456789,12", 21},
        Case{"0,413A45,1299939251,407,x,-8,0,1,1,1,456789,12", 25},
        Case{"0,413A45,1299939251,407,1,y,0,1,1,1,456789,12", 27},
        Case{"0,413A45,1299939251,407,1,-8,2,1,1,1,456789,12", 30},
        Case{"0,413A45,1299939251,407,1,-8,0,1,1,1,456789,", 45},
        Case{"0,413A45,1299939251,407,1,-8,0,1,1,1,456789", 1},
        Case{"1,413A45,812,\"2021-05-38 07:24:28.640\",1,2", 14},
        Case{"1,413A45,812,\"2021-05-08 07:24:28.640\",1,z", 42},
        Case{"z,413A45,812,\"2021-05-08 07:24:28.640\",1,2", 1}, Case{"413A45\tsoon\t1\t2", 8},
        Case{"413A45\t2021-05-08 07:24:28\t1", 1}, Case{"!", 1}}) {
    const auto file = parse("ultra", std::string(kWire) + "\n" + wrong.line + "\n");
    ASSERT_TRUE(file) << wrong.line;
    ASSERT_THAT(file->bad, SizeIs(1)) << wrong.line;
    EXPECT_EQ(file->bad[0].column, wrong.column) << wrong.line << ": " << file->bad[0].message;
    EXPECT_THAT(file->bad[0].message, HasSubstr("expected"));
  }
}

TEST(Ultra, ALastLineThatIsCutIsNoError) {
  const std::string text = std::string(kWire) + "\n" + kWire;
  const std::size_t first = std::string_view(kWire).size() + 1;
  // The last field is the log number, which plays no part: from its first digit on it is whole.
  for (std::size_t size = first + 1; size + 2 < text.size(); ++size) {
    const auto file = parse("ultra", std::string_view(text).substr(0, size));
    ASSERT_TRUE(file) << size;
    EXPECT_TRUE(file->last_line_cut) << size;
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << size;
    EXPECT_THAT(file->bad, IsEmpty());
  }
  const auto whole = parse("ultra", text);
  ASSERT_TRUE(whole);
  EXPECT_THAT(whole->streams[0].reads, SizeIs(2));
}

TEST(Ultra, TheAnswerToTheQuestionForTheTimeIsNoRead) {
  const auto said = read_ultra_clock("12:34:56 08-05-2026 (1)");
  ASSERT_TRUE(said);
  EXPECT_EQ(dial(*said), "2026-05-08T12:34:56");
  for (const char* wrong : {"", "12:34:56", "12:34:56 31-04-2026", "24:34:56 08-05-2026",
                            "12:34:56 08-05-2026x", "12-34:56 08-05-2026"}) {
    EXPECT_FALSE(read_ultra_clock(wrong)) << wrong;
  }
  const auto file = parse("ultra", "12:34:56 08-05-2026 (1)\n" + std::string(kWire) + "\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->bad, IsEmpty());
}

TEST(Ultra, AReadOfTheWireSaysWhereItStandsInTheLog) {
  const auto place = ultra_place_of(kWire);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->box, "1");
  EXPECT_EQ(place->device, "box 1/reader 1");
  EXPECT_EQ(place->log_number, 12u);
  EXPECT_FALSE(place->is_rewind);
  EXPECT_TRUE(ultra_place_of("0,413A45,1299939251,407,1,-8,1,1,1,1,456789,12")->is_rewind);
  EXPECT_FALSE(ultra_place_of("V=25.0000"));
  EXPECT_FALSE(ultra_place_of("413A45\t2021-05-08 07:24:28.640\t1\t2"));
}

}  // namespace
}  // namespace hs::formats
