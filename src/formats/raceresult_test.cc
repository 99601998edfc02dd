#include "formats/raceresult.h"

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

/// A passing of a passive transponder in file 17 of box D-5012, which is called "MAT 1".
std::string passing(const std::string& number, const std::string& date, const std::string& time) {
  return number + ";33;" + date + ";" + time + ";6692;12;-68;09ca52;0;;;;;;;;MAT 1;17;3;D-5012\r\n";
}

TEST(RaceResult, APassingGivesEveryFieldOfTheRead) {
  const auto file = parse("raceresult", passing("41", "2021-05-08", "08:00:02.773"));
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  const model::Stream& stream = file->streams[0].stream;
  EXPECT_EQ(stream.device, "D-5012");
  EXPECT_EQ(stream.epoch, "file 17");
  EXPECT_EQ(stream.mat, "arch");
  EXPECT_EQ(stream.resolution, std::chrono::milliseconds(1));
  const model::Read& read = file->streams[0].reads.at(0);
  EXPECT_EQ(read.device_seq, 41u);
  EXPECT_EQ(read.tag.view(), "6692-33");
  EXPECT_EQ(dial(read.time), "2021-05-08T08:00:02.773");
  EXPECT_EQ(read.hits, 12);
  EXPECT_EQ(read.rssi_dbm, -68);
  EXPECT_EQ(read.antenna, 3);
}

TEST(RaceResult, AnActiveTransponderIsItsCodeAndItsLoopTheAntenna) {
  const auto file = parse("raceresult",
                          "7750;ZCMBG52;2021-05-08;10:50:00.477;0;72;127;;1;1;2;;16731;2,9;21;0;"
                          "MAT 1;17;;D-5012\r\n");
  ASSERT_TRUE(file) << file.error().text();
  const model::Read& read = file->streams.at(0).reads.at(0);
  EXPECT_EQ(read.tag.view(), "ZCMBG52");
  EXPECT_EQ(read.antenna, 2);
  EXPECT_EQ(read.rssi_dbm, 0);
  EXPECT_EQ(read.hits, 72);
}

TEST(RaceResult, APushedPassingIsTheSameReadAsASavedOne) {
  const std::string saved = passing("41", "2021-05-08", "08:00:02.773");
  const auto a = parse("raceresult", saved);
  const auto b = parse("raceresult", "#P;" + saved);
  ASSERT_TRUE(a);
  ASSERT_TRUE(b);
  EXPECT_EQ(model::identity_of(a->streams[0].stream, a->streams[0].reads[0]),
            model::identity_of(b->streams[0].stream, b->streams[0].reads[0]));
  EXPECT_TRUE(model::same_content(a->streams[0].reads[0], b->streams[0].reads[0]));
}

TEST(RaceResult, AnotherPassingFileIsAnotherStream) {
  const std::string first = passing("1", "2021-05-08", "08:00:02.773");
  std::string second = passing("1", "2021-05-08", "09:00:02.773");
  second.replace(second.find(";17;"), 4, ";18;");
  const auto file = parse("raceresult", first + second);
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_EQ(file->streams[1].stream.epoch, "file 18");
}

TEST(RaceResult, AnOldPassingWithoutBoxAndFileIsKnownByTransponderAndTime) {
  const auto file = parse("raceresult",
                          "1;33;0000-00-00;00:00:02.773;6692;12;-68;09ca52\r\n"
                          "#P;1;CHIP1;0000-00-00;09:00:00.000;1;1;-70.0;0;0;;;;;;;;BOX\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_FALSE(file->streams[0].reads.at(0).device_seq);
  EXPECT_EQ(file->streams[0].stream.device, "raceresult");
  EXPECT_FALSE(file->streams[1].reads.at(0).device_seq);
  EXPECT_EQ(file->streams[1].stream.device, "BOX");
  EXPECT_EQ(file->streams[1].reads[0].rssi_dbm, -70);
}

TEST(RaceResult, DaysThatAreOnlyCountedBeginAtTheEventAndAreSaid) {
  const auto file = parse("raceresult", passing("1", "0000-00-00", "23:59:59.900") +
                                            passing("2", "0000-00-01", "00:00:00.100"));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2021-05-08T23:59:59.9");
  EXPECT_EQ(dial(file->streams[0].reads[1].time), "2021-05-09T00:00:00.1");
  EXPECT_THAT(file->remarks, Contains(HasSubstr("day 0 is taken as 2021-05-08")));
}

TEST(RaceResult, TimesWithoutAnyDateGoOverMidnight) {
  const auto file =
      parse("raceresult", passing("1", "", "23:59:59.900") + passing("2", "", "00:00:00.100"));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(dial(file->streams[0].reads[1].time), "2021-05-09T00:00:00.1");
  EXPECT_THAT(file->remarks, Contains(HasSubstr("2 times have no date")));
}

TEST(RaceResult, TheMarkerIsAGunAndNoRead) {
  const auto file =
      parse("raceresult", "3;99999;2021-05-08;08:00:00.000;0;1;0;;0;;;;;;;;MAT 1;17;;D-5012\r\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->streams.at(0).reads, IsEmpty());
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  EXPECT_EQ(file->streams[0].markers[0].kind, Marker::Kind::Gun);
  EXPECT_EQ(file->streams[0].markers[0].before_seq, 4u);
}

TEST(RaceResult, WithoutAMatTheBoxNamesItAndALoopWhereTheSourceKnowsIt) {
  const std::string active =
      "7;ZCMBG52;2021-05-08;10:50:00.477;0;72;127;;1;1;2;;16731;2,9;21;0;MAT 1;17;;D-5012\r\n";
  model::SourceConfig source = test::source_of("raceresult", "");
  auto file = parse(source, active);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams.at(0).stream.mat, "MAT 1");
  source.locations = {{.name = "MAT 1/2", .mat = "pier"}};
  file = parse(source, active);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams.at(0).stream.mat, "MAT 1/2");
}

TEST(RaceResult, HeadersAndAnswersOfTheBoxAreLeftOutAndCounted) {
  const auto file = parse("raceresult", "PassingNo;Bib;Date;Time\r\nPASSINGS;1;17\r\n\r\n" +
                                            passing("1", "2021-05-08", "08:00:00.000"));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  EXPECT_THAT(file->remarks, Contains(HasSubstr("2 lines that are no passings")));
}

TEST(RaceResult, EveryWrongFieldIsFoundAtItsColumn) {
  const std::string good = passing("1", "2021-05-08", "08:00:00.000");
  struct Case {
    const char* line;
    int column;
  };
  for (const Case& wrong :
       {Case{"x;33;2021-05-08;08:00:02.773;0;1", 1}, Case{"#P;x;33;2021-05-08;08:00:02.773;0;1", 4},
        Case{"1;;2021-05-08;08:00:02.773;0;1", 3}, Case{"1;3 3;2021-05-08;08:00:02.773;0;1", 3},
        Case{"1;33;2021-02-30;08:00:02.773;0;1", 6}, Case{"1;33;0000-01-00;08:00:02.773;0;1", 6},
        Case{"1;33;2021-05-08;8:00:02.773;0;1", 17}, Case{"1;33;2021-05-08;08:00:02.773;0", 31},
        Case{"-1;33;2021-05-08;08:00:02.773;0;1", 1}}) {
    const auto file = parse("raceresult", good + wrong.line + "\n");
    ASSERT_TRUE(file) << wrong.line;
    ASSERT_THAT(file->bad, SizeIs(1)) << wrong.line;
    EXPECT_EQ(file->bad[0].column, wrong.column) << wrong.line;
    EXPECT_THAT(file->bad[0].message, HasSubstr("expected")) << wrong.line;
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << wrong.line;
  }
}

TEST(RaceResult, AFieldBehindTheTimeThatCannotBeReadCostsNoRead) {
  const auto file =
      parse("raceresult", "1;33;2021-05-08;08:00:02.773;;1f;strong;;yes;;;;;;;;MAT 1;x;left;\n");
  ASSERT_TRUE(file) << file.error().text();
  const model::Read& read = file->streams.at(0).reads.at(0);
  EXPECT_EQ(read.tag.view(), "33");
  EXPECT_EQ(read.hits, 0);
  EXPECT_EQ(read.antenna, 0);
  EXPECT_FALSE(read.device_seq);
}

TEST(RaceResult, ALineWithoutItsEndDoesNotCount) {
  std::string bytes = passing("1", "2021-05-08", "08:00:00.000");
  bytes += bytes.substr(0, bytes.size() - 2);
  const auto file = parse("raceresult", bytes);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  EXPECT_TRUE(file->last_line_cut);
}

}  // namespace
}  // namespace hs::formats
