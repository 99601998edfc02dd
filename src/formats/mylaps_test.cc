#include "formats/mylaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::dial;
using test::parse;
using test::source_of;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A V1 record made by us, with its checksum worked out from the rule in docs/read-formats.md.
std::string v1(const std::string& chip, const std::string& time,
               const std::string& sequence = "0001", const std::string& date = "210508") {
  std::string record = chip + time + " 5 0F  1" + sequence + date;
  EXPECT_EQ(record.size(), 37u);
  unsigned sum = 0;
  for (const char c : record) sum += static_cast<unsigned char>(c);
  constexpr std::string_view kHex = "0123456789ABCDEF";
  record += kHex[(sum >> 4) & 0xf];
  record += kHex[sum & 0xf];
  return record;
}

std::set<model::Identity> identities(const ChipFile& file) {
  std::set<model::Identity> out;
  for (const ParsedStream& parsed : file.streams) {
    for (const model::Read& read : parsed.reads) {
      out.insert(model::identity_of(parsed.stream, read));
    }
  }
  return out;
}

TEST(MylapsV1, AStoreMessageGivesItsRecords) {
  const auto file = parse("mylaps", "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@" +
                                        v1("AB12346", "08:37:41.000") + "@7@$\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  const ParsedStream& parsed = file->streams[0];
  EXPECT_EQ(parsed.stream.device, "Finish/5");
  EXPECT_EQ(parsed.stream.mat, "arch");
  EXPECT_EQ(parsed.stream.resolution, std::chrono::milliseconds(1));
  ASSERT_THAT(parsed.reads, SizeIs(2));
  EXPECT_EQ(parsed.reads[0].tag.view(), "AB12345");
  EXPECT_EQ(dial(parsed.reads[0].time), "2021-05-08T08:37:40.704");
  EXPECT_EQ(parsed.reads[0].antenna, 15);
}

TEST(MylapsV1, ARecordAsARealDecoderSentItFits) {
  const auto file = parse("mylaps", "LZ6302115:37:40.704 5 0F  1000125030862\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->streams[0].stream.device, "5");
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2025-03-08T15:37:40.704");
}

TEST(MylapsV1, ATimeWithFewerDecimalsIsPaddedInFront) {
  const auto file =
      parse("mylaps", v1("AB12345", "    08:37:40") + "\n" + v1("AB12345", "  08:37:41.5") + "\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2021-05-08T08:37:40");
  EXPECT_EQ(dial(file->streams[0].reads[1].time), "2021-05-08T08:37:41.5");
}

TEST(MylapsV1, ABadRecordCostsItselfAndNotItsMessage) {
  std::string broken = v1("AB12346", "08:37:41.000");
  broken[3] = '9';
  const auto file = parse("mylaps", "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@" + broken +
                                        "@" + v1("AB12347", "08:37:42.000") + "@7@$\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_EQ(file->bad[0].line, 1);
  EXPECT_EQ(file->bad[0].column, 14 + 40 + 37);
  EXPECT_THAT(file->bad[0].message, HasSubstr("expected the checksum"));
}

TEST(MylapsV1, AColumnCountsFromTheFrontOfTheLineNotOfTheMessage) {
  const std::string good = "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@7@$";
  const auto file = parse("mylaps", std::string(2, '\0') + good + " Finish@St0re@x@$\n");
  ASSERT_TRUE(file);
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_EQ(file->bad[0].column, static_cast<int>(2 + good.size() + 1 + 7 + 1));
}

TEST(MylapsV1, AMessageSentAgainGivesTheSameReads) {
  const std::string message = "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@7@$\n";
  const auto file = parse("mylaps", message + message + message);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(3));
  EXPECT_THAT(identities(*file), SizeIs(1));
}

TEST(MylapsV1, ANumberThatCameRoundAgainIsAnotherRead) {
  const auto file = parse("mylaps", v1("AB12345", "08:37:40.704", "0001") + "\n" +
                                        v1("AB99999", "09:37:40.704", "0001") + "\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(identities(*file), SizeIs(2));
}

TEST(MylapsV1, SeveralMessagesMayShareALine) {
  const auto file =
      parse("mylaps", "Finish@Pong@$Finish@Store@" + v1("AB12345", "08:37:40.704") +
                          "@1@$Finish@Store@" + v1("AB12346", "08:37:40.704") + "@2@$\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_THAT(file->remarks, Contains(HasSubstr("1 messages that carry no reads")));
}

TEST(MylapsV1, AMessageCutInItsLastRecordKeepsTheWholeOnes) {
  const std::string text = "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@" +
                           v1("AB12346", "08:37:41.000") + "@7@$";
  const std::size_t first_end = 13 + 39;
  for (std::size_t size = first_end; size < text.size(); ++size) {
    const auto file = parse("mylaps", std::string_view(text).substr(0, size));
    ASSERT_TRUE(file) << size;
    ASSERT_THAT(file->streams, SizeIs(1)) << size;
    const bool second_is_whole = size >= first_end + 1 + 39;
    EXPECT_THAT(file->streams[0].reads, SizeIs(second_is_whole ? 2 : 1)) << size;
    EXPECT_THAT(file->bad, IsEmpty()) << size;
  }
}

TEST(MylapsV2, APassingGivesItsKeys) {
  const auto file =
      parse("mylaps",
            "10KM@Passing@t=13:11:30.904|c=0000041|ct=UH|d=210508|l=13|dv=4|re=0|an=00001111|g=0|"
            "b=41|n=41@t=13:12:21.830|c=0000039|d=210508|dv=4|ans=2|h=17@ 1016@$\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_EQ(file->streams[0].stream.device, "10KM/4");
  ASSERT_THAT(file->streams[0].reads, SizeIs(2));
  const model::Read& read = file->streams[0].reads[0];
  EXPECT_EQ(read.tag.view(), "41");
  EXPECT_EQ(dial(read.time), "2021-05-08T13:11:30.904");
  EXPECT_EQ(read.antenna, 15);
  EXPECT_EQ(file->streams[0].reads[1].antenna, 2);
  EXPECT_EQ(file->streams[0].reads[1].hits, 17);
}

TEST(MylapsV2, UtcWinsOverEveryOtherTimeAndOverTheSourcesClock) {
  const auto file = parse("mylaps",
                          "Finish@Passing@c=AB1|t=13:11:30.904|d=210508|ut=1620477090904|"
                          "utc=1620469890904|dv=4@c=AB2|ut=1620477090905|dv=4@1@$\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_EQ(file->streams[0].stream.clock, model::DeviceClock::Utc);
  EXPECT_EQ(file->streams[0].stream.utc_offset, std::chrono::hours(0));
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2021-05-08T10:31:30.904");
  EXPECT_EQ(file->streams[1].stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(file->streams[1].stream.utc_offset, std::chrono::hours(2));
  EXPECT_EQ(dial(file->streams[1].reads[0].time), "2021-05-08T12:31:30.905");
}

TEST(MylapsV2, ARecordWithoutChipOrInstantIsBad) {
  const auto file = parse("mylaps",
                          "Finish@Passing@t=13:11:30.904|d=210508@c=AB1|t=13:11:30.904@"
                          "c=AB1|d=210508|t=25:11:30@c=AB1|utc=-5@c=AB1|utc=1|an=3000000x@"
                          "c=AB1|nonsense@c=AB2|ut=1620477090905@1@$\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->bad, SizeIs(6));
  EXPECT_EQ(file->bad[0].message, "found no chip, expected c=");
  EXPECT_EQ(file->bad[1].message, "found no instant, expected utc=, ut=, or d= and t=");
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
}

TEST(MylapsV2, ARecordWithoutItsEndIsNotTrusted) {
  // Cut inside the milliseconds this would still read as a time.
  const auto file = parse("mylaps",
                          "Finish@Passing@c=AB2|ut=1620477090905@1@$\n"
                          "Finish@Passing@c=AB2|ut=1620477090905@c=AB3|ut=162047709");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_TRUE(file->last_line_cut);
}

TEST(MylapsMarkers, BothVersionsAreGunsAndARepeatedOneCountsOnce) {
  std::string text;
  for (int i = 0; i < 3; ++i) {
    text += "Start - Finish@Marker@2021-05-08 07:57:56.027|ext-gun|Extern gunshot@1@$\n";
  }
  text += "Finish@Store@" + v1("AB12345", "08:37:40.704") + "@7@$\n";
  text += "Finish@Marker@t=11:03:40.347|mt=Gunshot|n=Gunshot 1@4@$\n";
  const auto file = parse("mylaps", text);
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(3));
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  EXPECT_EQ(file->streams[0].stream.device, "Start - Finish");
  EXPECT_EQ(file->streams[0].markers[0].kind, model::Marker::Kind::Gun);
  EXPECT_EQ(dial(file->streams[0].markers[0].time), "2021-05-08T07:57:56.027");
  EXPECT_EQ(file->streams[0].markers[0].text, "ext-gun: Extern gunshot");
  // The second names no day: it is of the day of the read before it.
  EXPECT_EQ(dial(file->streams[2].markers[0].time), "2021-05-08T11:03:40.347");
  EXPECT_THAT(file->remarks, Contains(HasSubstr("2 markers came again")));
}

TEST(Mylaps, TheSourcesMatHoldsForEveryLocationAndIsSaid) {
  const std::string text = "Start@Store@" + v1("AB12345", "08:37:40.704") + "@7@$\nFinish@Store@" +
                           v1("AB12345", "09:37:40.704") + "@8@$\n";
  auto file = parse("mylaps", text);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.mat, "arch");
  EXPECT_EQ(file->streams[1].stream.mat, "arch");
  EXPECT_THAT(file->remarks, Contains(HasSubstr("several locations, 'Finish', 'Start'")));

  file = parse(source_of("mylaps", ""), text);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.mat, "Start");
  EXPECT_EQ(file->streams[1].stream.mat, "Finish");
}

TEST(Mylaps, ALocationWithControlBytesIsShownEscaped) {
  const auto file =
      parse("mylaps", "Fin\x1bish\xff@Store@" + v1("AB12345", "08:37:40.704") + "@7@$\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.device, "Fin\\x1bish\\xff/5");
}

/// The lines of a log without what the logging program put before each message.
std::string without_log_prefix(const std::string& log, std::string_view prefix) {
  std::string out;
  LineSplitter lines(log);
  Line line;
  while (lines.next(line)) {
    const std::size_t at = line.text.find(prefix);
    out += at == std::string_view::npos ? line.text : line.text.substr(at + prefix.size());
    if (line.ended) out += '\n';
  }
  return out;
}

TEST(MylapsSession, EveryRecordOfARealSessionFitsItsChecksum) {
  const auto bytes = test::shared_file("protocols/mylaps/v1_store_records_checksum_ok.txt");
  if (!bytes) GTEST_SKIP() << "the shared data is not here";
  const auto file = parse("mylaps", *bytes);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  EXPECT_THAT(file->streams, SizeIs(3));  // Decoders 11, 5 and 3.
  EXPECT_THAT(identities(*file), SizeIs(2'494));
}

TEST(MylapsSession, ALogOfTheConnectionGivesItsReadsOnce) {
  const auto log = test::shared_file("protocols/mylaps/racemap_sporttijden_log_head60k.txt");
  if (!log) GTEST_SKIP() << "the shared data is not here";
  const auto file = parse("mylaps", without_log_prefix(*log, "message: "));
  ASSERT_TRUE(file) << file.error().text();
  // The copy was cut inside a record, so its last message has no end.
  EXPECT_TRUE(file->last_line_cut);
  EXPECT_THAT(file->bad, IsEmpty());
  std::size_t reads = 0;
  for (const ParsedStream& parsed : file->streams) reads += parsed.reads.size();
  // Nobody answered, so the same 60 records came again every 20 seconds.
  EXPECT_EQ(reads, 975u);
  EXPECT_EQ(identities(*file).size(), 60u);
}

TEST(MylapsSession, AGunThatCameTwelveTimesIsOne) {
  const auto log = test::shared_file("protocols/mylaps/marker_lines.txt");
  if (!log) GTEST_SKIP() << "the shared data is not here";
  const auto file = parse("mylaps", without_log_prefix(*log, "from client: "));
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  EXPECT_EQ(dial(file->streams[0].markers[0].time), "2025-04-13T05:57:56.027");
}

}  // namespace
}  // namespace hs::formats
