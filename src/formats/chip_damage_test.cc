// What must hold of every format when a file is cut or damaged, tried at every byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using testing::IsEmpty;

struct Sample {
  const char* format;
  std::string bytes;
  bool has_free_times = false;  ///< A time may have fewer digits and still be one.
};

/// Files of several devices' lines, the last of them with its end.
std::vector<Sample> samples() {
  return {
      {"chronotrack",
       "TO~1~501~160~18~1620458668.64~12AB0C~8~-63~1~P~192\r\n"
       "TO~2~502~160~18~1620458667.60~12AB44~2~-73~1~P~13\r\n"
       "TO~000003~000503~160~018~1620458669.01~12AB44~2~-73~00002~P\r\n"},
      {"ipico",
       "aa0005800012860800012603062027472353\r\n"
       "aa00058000123b3200012603081222022f060080cd\r\n"
       "aa0005800012860800012603062027472656FS\r\n"},
      {"mylaps",
       "Start@Store@LZ6302115:37:40.704 5 0F  1000125030862@NV4654515:37:40.708 5 0F  "
       "100002503086F@1@$\r\n"
       "Finish@Passing@c=AB2|ut=1620477090905@c=AB3|d=210508|t=13:11:30.904@2@$\r\n"},
      {"ultra",
       "0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12\n"
       "1,413A46,812,\"2021-05-08 07:24:28.640\",1,2\n"
       "413A47\t2021-05-08 07:24:28.640\t1\t2\n"},
      {"chronotrack",
       "ack~getconnectionid~b617\r\n"
       "CT01_33~1~Finish~501~2021-05-08T08:00:00.10~0~117F37~8\r\n"
       "CT01_33~2~Finish~502~2021-05-08T08:00:01.10~0~117F37~8\r\n"
       "CT01_33~3~Finish~503~2021-05-08T08:00:02.10~0~117F37~1\r\n"},
      {"raceresult",
       "1;33;2021-05-08;08:00:02.773;6692;12;-68;09ca52;0;;;;;;;MAT 1;17;3;D-5012\r\n"
       "2;ZCMBG52;2021-05-08;10:50:00.477;0;72;127;;1;1;1;;16731;2;;;MAT 1;17;;D-5012\r\n"
       "#P;3;34;2021-05-08;10:50:01.477;6692;12;-68;09ca52;0;;;;;;;MAT 1;17;3;D-5012\r\n"},
      {"csv",
       "seq,device,mat,tag,time\n1,A,arch,11,2021-05-08T08:00:00.10\n"
       "2,A,arch,12,2021-05-08T08:00:01.20\n3,B,arch,13,2021-05-08T08:00:01.25\n",
       true},
      {"bibtimes", "11\t25:13.4\n12\t25:14.5\n13\t1:02:15.0\n", true},
  };
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

std::size_t count_reads(const ChipFile& file) {
  std::size_t out = 0;
  for (const ParsedStream& parsed : file.streams) out += parsed.reads.size();
  return out;
}

/// The largest number of reads that one line of the whole file gives.
std::size_t most_reads_of_a_line(const ChipFile& file) {
  std::map<std::uint32_t, std::size_t> by_line;
  std::size_t most = 0;
  for (const ParsedStream& parsed : file.streams) {
    for (const model::Read& read : parsed.reads) most = std::max(most, ++by_line[read.line]);
  }
  return most;
}

TEST(DamagedFile, CutAtAnyByteGivesNoReadThatTheWholeFileDoesNot) {
  for (const Sample& sample : samples()) {
    const auto whole = test::parse(sample.format, sample.bytes);
    ASSERT_TRUE(whole) << sample.format << whole.error().text();
    ASSERT_THAT(whole->bad, IsEmpty()) << sample.format << whole->bad[0].message;
    const std::set<model::Identity> known = identities(*whole);
    ASSERT_GE(known.size(), 3u) << sample.format;
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
      const auto file = test::parse(sample.format, std::string_view(sample.bytes).substr(0, size));
      // A header that is cut is no header; everything else is a file that is still being written.
      if (!file) {
        EXPECT_LT(size, sample.bytes.find('\n')) << sample.format << file.error().text();
        continue;
      }
      EXPECT_THAT(file->bad, IsEmpty()) << sample.format << " cut at " << size;
      // The first time of a table or hand list has none before it to be compared with, so a digit
      // that it lacks cannot be noticed (docs/read-formats.md).
      const bool says_nothing = sample.has_free_times && count_reads(*file) == 1;
      if (says_nothing) continue;
      for (const model::Identity& identity : identities(*file)) {
        EXPECT_TRUE(known.contains(identity)) << sample.format << " cut at " << size;
      }
    }
  }
}

TEST(DamagedFile, AByteThatChangedCostsTheLinesItStandsBetweenAtMost) {
  for (const Sample& sample : samples()) {
    const auto whole = test::parse(sample.format, sample.bytes);
    ASSERT_TRUE(whole);
    const std::size_t reads = count_reads(*whole);
    const std::size_t a_line = most_reads_of_a_line(*whole);
    const std::size_t header_end =
        std::string_view(sample.format) == "csv" ? sample.bytes.find('\n') + 1 : 0;
    for (std::size_t at = header_end; at < sample.bytes.size(); ++at) {
      for (const char other : {'\0', '\x7f', '\xff', '0', '"', '@', '\n'}) {
        std::string damaged = sample.bytes;
        damaged[at] = other;
        const auto file = test::parse(sample.format, damaged);
        ASSERT_TRUE(file) << sample.format << " at " << at << ": " << file.error().text();
        // A line end that went joins two lines.
        const bool joins = sample.bytes[at] == '\n' || sample.bytes[at] == '\r';
        EXPECT_GE(count_reads(*file) + a_line * (joins ? 2 : 1), reads)
            << sample.format << " at " << at << " byte " << int{other};
      }
    }
  }
}

TEST(DamagedFile, TheSameBytesGiveTheSameFile) {
  for (const Sample& sample : samples()) {
    const auto one = test::parse(sample.format, sample.bytes);
    const auto two = test::parse(sample.format, sample.bytes);
    ASSERT_TRUE(one && two);
    EXPECT_EQ(identities(*one), identities(*two)) << sample.format;
    EXPECT_EQ(one->remarks, two->remarks) << sample.format;
  }
}

TEST(DamagedFile, AFileOfNothingButOneByteNeverStops) {
  for (const Sample& sample : samples()) {
    for (int byte = 0; byte < 256; ++byte) {
      const std::string bytes(5'000, static_cast<char>(byte));
      const auto file = test::parse(sample.format, bytes);
      const bool is_empty = file && file->streams.empty();
      EXPECT_TRUE(!file || is_empty) << sample.format << " byte " << byte;
    }
  }
}

}  // namespace
}  // namespace hs::formats
