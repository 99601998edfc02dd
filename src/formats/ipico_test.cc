#include "formats/ipico.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::dial;
using test::parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPlain = "aa0005800012860800012603062027472353";

TEST(Ipico, APlainLineGivesChipAndTimeWithHexadecimalHundredths) {
  const auto file = parse("ipico", std::string(kPlain) + "\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_EQ(file->streams[0].stream.device, "00");
  ASSERT_THAT(file->streams[0].reads, SizeIs(1));
  const model::Read& read = file->streams[0].reads[0];
  EXPECT_EQ(read.tag.view(), "58000128608");  // All digits, so without its leading zero.
  EXPECT_EQ(dial(read.time), "2026-03-06T20:27:47.35");
  EXPECT_FALSE(read.device_seq);
}

TEST(Ipico, TheVendorsExampleLineFits) {
  const auto file = parse("ipico", "aa400000000123450a2a01123018455927a7\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->streams[0].stream.device, "40");
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2001-12-30T18:45:59.39");
}

TEST(Ipico, HundredthsAreNeverReadAsDecimal) {
  // 1a hexadecimal is 26; a decimal reader would fail on it, and take 20 for 0.20 s.
  const auto file = parse("ipico", "aa00058000120e3800012603081222591a0d0000ff\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2026-03-08T12:22:59.26");
}

TEST(Ipico, ALineWhoseChecksumDoesNotFitIsBadAndSaysBothSums) {
  const auto file =
      parse("ipico",
            std::string(kPlain) + "\r\naa0005800012860800012603062027482353\r\n" + kPlain + "\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_EQ(file->bad[0].line, 2);
  EXPECT_EQ(file->bad[0].column, 35);
  EXPECT_EQ(file->bad[0].message, "found '53', expected the checksum 54");
}

TEST(Ipico, EveryChangedCharacterOfALineIsNoticed) {
  const std::string good = std::string(kPlain) + "\n";
  for (std::size_t at = 0; at < good.size() - 1; ++at) {
    std::string line = good;
    line[at] = line[at] == '1' ? '2' : '1';
    const auto file = parse("ipico", good + line);
    ASSERT_TRUE(file);
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << line;
    EXPECT_THAT(file->bad, SizeIs(1)) << line;
  }
}

TEST(Ipico, FirstAndLastSeenLinesAreReadsOfTheirOwn) {
  const auto file = parse("ipico", std::string(kPlain) + "FS\r\n" + kPlain + "LS\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_THAT(file->bad, IsEmpty());
}

TEST(Ipico, AReadThatCameAgainWithOtherCountersIsTheSameRead) {
  // One visit as a real reader with TTO bytes sends it: first seen, last seen, once more.
  const auto file = parse("ipico",
                          "aa00058000123b3200012603081222022f060080cd\r\n"
                          "aa00058000123b3200042603081222022f060060ce\r\n"
                          "aa00058000123b3200042603081222022f060080d0\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams[0].reads, SizeIs(3));
  std::set<model::Identity> identities;
  for (const model::Read& read : file->streams[0].reads) {
    identities.insert(model::identity_of(file->streams[0].stream, read));
  }
  EXPECT_THAT(identities, SizeIs(1));
}

TEST(Ipico, TridentLinesGiveTheirStrengthAndNeedNoChecksum) {
  const auto file = parse("ipico",
                          "aa11058000128608000126030620274723"
                          "00RRc5\r\n"
                          "aa11058000128608000126030620274723"
                          "00FS\r\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams[0].reads, SizeIs(2));
  EXPECT_EQ(file->streams[0].stream.device, "11");
  EXPECT_EQ(file->streams[0].reads[0].rssi_dbm, -59);
  EXPECT_EQ(dial(file->streams[0].reads[0].time), "2026-03-06T20:27:47.35");
}

TEST(Ipico, TheTriggerButtonIsAGunAndOtherControlLinesAreLeftOut) {
  const auto file =
      parse("ipico", std::string(kPlain) + "\r\nab00000222\r\nab000a2c260306052004151b2782ae\r\n" +
                         kPlain + "\r\n");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  ASSERT_THAT(file->streams[0].markers, SizeIs(1));
  const model::Marker& gun = file->streams[0].markers[0];
  EXPECT_EQ(gun.kind, model::Marker::Kind::Gun);
  EXPECT_EQ(dial(gun.time), "2026-03-06T20:04:15.27");
  EXPECT_EQ(gun.before_seq, 0u);  // So that the same button over the wire is the same marker.
  EXPECT_THAT(file->remarks, ElementsAre(HasSubstr("1 lines that are the reader's control")));
}

TEST(Ipico, EveryWrongFieldIsFoundAtItsColumn) {
  struct Case {
    const char* line;
    int column;
  };
  for (const Case& wrong : {Case{"bb0005800012860800012603062027472353", 1},
                            Case{"aa0g05800012860800012603062027472353", 3},
                            Case{"aa00058000128g0800012603062027472353", 5},
                            Case{"aa000580001286080z012603062027472353", 17},
                            Case{"aa0005800012860800012613062027472353", 21},
                            Case{"aa0005800012860800012603062527472353", 21},
                            Case{"aa0005800012860800012603062027476453", 33},
                            Case{"aa00058000128608000126030620274723", 35},
                            Case{"aa0005800012860800012603062027472353XX", 37},
                            Case{"aa0005800012860800012603062027472300XX11", 35},
                            Case{"aa0005800012860800012603062027472300RRzz", 39},
                            Case{"ab000a2c261306052004151b2782af", 9}, Case{"ab00", 5}}) {
    const auto file = parse("ipico", std::string(kPlain) + "\n" + wrong.line + "\n");
    ASSERT_TRUE(file) << wrong.line;
    ASSERT_THAT(file->bad, SizeIs(1)) << wrong.line;
    EXPECT_EQ(file->bad[0].column, wrong.column) << wrong.line << ": " << file->bad[0].message;
  }
}

TEST(Ipico, ALastLineThatIsCutIsNoError) {
  const std::string text = std::string(kPlain) + "\r\n" + kPlain;
  for (std::size_t size = 38; size < text.size(); ++size) {
    const auto file = parse("ipico", std::string_view(text).substr(0, size));
    ASSERT_TRUE(file) << size;
    EXPECT_THAT(file->streams[0].reads, SizeIs(1)) << size;
    EXPECT_EQ(file->last_line_cut, size > 38) << size;
    EXPECT_THAT(file->bad, IsEmpty()) << size;
  }
  const auto whole = parse("ipico", text);
  ASSERT_TRUE(whole);
  EXPECT_THAT(whole->streams[0].reads, SizeIs(2));
  EXPECT_FALSE(whole->last_line_cut);
}

TEST(IpicoCapture, EveryStoredReadOfARealReaderFits) {
  const auto bytes = test::shared_file("protocols/ipico/testreads_head500.txt");
  if (!bytes) GTEST_SKIP() << "the shared data is not here";
  const auto file = parse("ipico", *bytes);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_THAT(file->streams[0].reads, SizeIs(500));
}

/// What the reader sent in a capture listing: lines of `time R->C b'text'`.
std::string reader_side(const std::string& listing) {
  std::string out;
  LineSplitter lines(listing);
  Line line;
  while (lines.next(line)) {
    const std::size_t begin = line.text.find("R->C b'");
    if (begin == std::string_view::npos) continue;
    std::string_view text = line.text.substr(begin + 7);
    text.remove_suffix(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\') {
        out += text[i];
      } else if (++i < text.size()) {
        out += text[i] == 'r' ? '\r' : '\n';
      }
    }
  }
  return out;
}

TEST(IpicoCapture, LiveSessionsOfARealReaderFitToTheLastLine) {
  struct Session {
    const char* path;
    std::size_t reads;
    std::size_t guns;
  };
  for (const Session& session :
       {Session{"read4tags", 41, 0}, Session{"fsls-event-tto", 30, 0},
        Session{"fsls_multiple_reads", 3, 0}, Session{"fsls_single_read", 1, 0},
        Session{"event-read", 2, 0}, Session{"guntime", 0, 1}}) {
    const auto listing = test::shared_file("protocols/ipico/" + std::string(session.path) + ".txt");
    if (!listing) GTEST_SKIP() << "the shared data is not here";
    const auto file = parse("ipico", reader_side(*listing));
    ASSERT_TRUE(file) << session.path << file.error().text();
    std::size_t reads = 0;
    std::size_t guns = 0;
    for (const ParsedStream& parsed : file->streams) {
      reads += parsed.reads.size();
      guns += parsed.markers.size();
    }
    EXPECT_EQ(reads, session.reads) << session.path;
    EXPECT_EQ(guns, session.guns) << session.path;
    EXPECT_THAT(file->bad, IsEmpty()) << session.path;
  }
}

}  // namespace
}  // namespace hs::formats
