#include "formats/llrp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"
#include "formats/llrp_message.h"

namespace hs::formats {
namespace {

using test::dial;
using test::parse;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

/// Real: EPC 3000ABCDEF00000000000003, antenna 1, -48 dBm, 1594174805140192 us.
const std::string kRealReport = bytes_of(
    "043d0000002900000001"
    "00f0001f8d3000abcdef00000000000003810001"
    "86d0820005a9e4bef862e0");
/// EPC ...270F, antenna 2, -55 dBm, first and last time, seen 7 times.
const std::string kLongReport = bytes_of(
    "043d0000003500000002"
    "00f0002b8d00000000000000000000270f81000286c98200064fe386ba46088400064fe386bf5eb8880007");
const std::string kConnected =
    bytes_of("043f000000200000000000f600160080000c00064fe15c988800010000060000");
const std::string kKeepalive = bytes_of("043e0000000a00000001");

TEST(LlrpMessage, TheHeadOfAMessage) {
  const auto head = llrp::read_head(kKeepalive);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->version, 1);
  EXPECT_EQ(head->type, llrp::message_type::kKeepalive);
  EXPECT_EQ(head->length, 10u);
  EXPECT_EQ(head->id, 1u);
  EXPECT_FALSE(llrp::read_head(kKeepalive.substr(0, 9)));
  EXPECT_FALSE(llrp::read_head(bytes_of("043e0000000900000001")));
  EXPECT_FALSE(llrp::read_head(bytes_of("243e0000000a00000001")));
  EXPECT_FALSE(llrp::read_head(bytes_of("103e0000000a00000001")));
}

TEST(LlrpMessage, AnEventSaysWhenAndWhetherTheConnectionStands) {
  const auto event = llrp::read_event(std::string_view(kConnected).substr(llrp::kHeadBytes));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->attempt, std::optional<std::uint16_t>(0));
  EXPECT_EQ(event->utc_micros, std::optional<std::uint64_t>(1'776'679'200'000'000));
  EXPECT_FALSE(event->closes);
  const auto closing = llrp::read_event(bytes_of("00f600140080000c0005ac35bd20d1da01010004"));
  ASSERT_TRUE(closing);
  EXPECT_TRUE(closing->closes);
  EXPECT_FALSE(closing->attempt);
  EXPECT_FALSE(llrp::read_event("????"));
}

TEST(LlrpMessage, AStatusHasItsWords) {
  const auto status = llrp::read_status(bytes_of("011f000c0065000474657374"));
  ASSERT_TRUE(status);
  EXPECT_EQ(status->code, 101);
  EXPECT_EQ(status->description, "test");
  EXPECT_FALSE(llrp::read_status("????"));
}

TEST(LlrpMessage, ParametersNobodyKnowsArePassedOverByTheirLength) {
  // A custom one (1023), then the antenna.
  const auto tag = llrp::read_tag_report(bytes_of("03ff000c0000651a00000001810003"));
  EXPECT_FALSE(tag.fault);
  EXPECT_EQ(tag.antenna, std::optional<std::uint16_t>(3));
}

TEST(LlrpMessage, WhatStandsBeforeAFaultIsKeptAndTheFaultSaysWhere) {
  for (const char* fault : {"ff", "94", "00", "03ff0003", "00800040", "8100", "00f1000400"}) {
    const auto tag = llrp::read_tag_report(bytes_of("810003" + std::string(fault)));
    EXPECT_EQ(tag.antenna, std::optional<std::uint16_t>(3)) << fault;
    ASSERT_TRUE(tag.fault) << fault;
    EXPECT_GE(tag.fault->place.column, 4) << fault;
  }
}

TEST(Llrp, ARealReportGivesChipAntennaStrengthAndTime) {
  const auto file = parse("llrp", kRealReport);
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(1));
  EXPECT_EQ(file->streams[0].stream.device, "reader");
  EXPECT_EQ(file->streams[0].stream.clock, model::DeviceClock::Utc);
  ASSERT_THAT(file->streams[0].reads, SizeIs(1));
  const model::Read& read = file->streams[0].reads[0];
  EXPECT_EQ(read.tag.view(), "3000ABCDEF00000000000003");
  EXPECT_EQ(read.antenna, 1);
  EXPECT_EQ(read.rssi_dbm, -48);
  EXPECT_EQ(read.time.time_since_epoch().count(), 1'594'174'805'140'192);
}

TEST(Llrp, FirstSeenIsTheTimeOfAReadAndTheCountItsHits) {
  const auto file = parse("llrp", kConnected + kKeepalive + kLongReport);
  ASSERT_TRUE(file) << file.error().text();
  const model::Read& read = file->streams.at(0).reads.at(0);
  EXPECT_EQ(dial(read.time), "2026-04-20T12:34:56.789");
  EXPECT_EQ(read.tag.view(), "00000000000000000000270F");
  EXPECT_EQ(read.antenna, 2);
  EXPECT_EQ(read.rssi_dbm, -55);
  EXPECT_EQ(read.hits, 7);
  EXPECT_EQ(read.line, 3u);
  EXPECT_EQ(file->lines, 3u);
}

TEST(Llrp, ACodeOfAnotherLengthIsReadToItsLastBit) {
  // EPCData of 36 bits, and LastSeen only.
  const auto file = parse("llrp", bytes_of("043d0000002200000001"
                                           "00f0001800f1000b0024123456789"
                                           "0840005a9e4bef862e0"));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->streams.at(0).reads.at(0).tag.view(), "1234567890");
}

TEST(Llrp, ATagWithoutCodeOrTimeCostsItself) {
  const std::string none = bytes_of(
      "043d0000001100000003"
      "00f00007810001");
  const std::string empty = bytes_of(
      "043d0000001d00000003"
      "00f0001300f100060000"
      "820005a9e4bef862e0");
  const auto file = parse("llrp", kRealReport + none + empty + kLongReport);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->streams.at(0).reads, SizeIs(2));
  ASSERT_THAT(file->bad, SizeIs(2));
  EXPECT_EQ(file->bad[0].line, 2);
  EXPECT_THAT(file->bad[0].message, HasSubstr("expected a code"));
}

TEST(Llrp, BytesThatAreNoMessageCostWhatStandsUpToTheNextOne) {
  const auto file = parse("llrp", kRealReport + "hello, reader" + kKeepalive + kLongReport);
  ASSERT_TRUE(file) << file.error().text();
  std::size_t reads = 0;
  for (const ParsedStream& stream : file->streams) reads += stream.reads.size();
  EXPECT_EQ(reads, 2u);
  ASSERT_THAT(file->bad, SizeIs(1));
  EXPECT_EQ(file->bad[0].line, 2);
  EXPECT_EQ(file->bad[0].message,
            "found 13 bytes that are no message, the first 'hello, reader', expected an LLRP "
            "message");
}

TEST(Llrp, AFileCutAtAnyByteKeepsTheWholeMessagesAndSaysSo) {
  const std::string bytes = kConnected + kRealReport + kKeepalive + kLongReport;
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    const auto file = parse("llrp", std::string_view(bytes).substr(0, size));
    if (!file) {
      EXPECT_LT(size, llrp::kHeadBytes) << size;  // Too little to be known as anything.
      continue;
    }
    std::size_t reads = 0;
    for (const ParsedStream& stream : file->streams) reads += stream.reads.size();
    EXPECT_EQ(reads, size >= kConnected.size() + kRealReport.size() ? 1u : 0u) << size;
    EXPECT_THAT(file->bad, IsEmpty()) << size;
  }
}

TEST(Llrp, AChangedByteCostsItsMessageAndOneOfTheLengthTheNextAtMost) {
  for (std::size_t at = 0; at < kRealReport.size(); ++at) {
    for (const char other : {'\0', '\xff', '\x04', '\x7f', '0'}) {
      std::string damaged = kRealReport;
      damaged[at] = other;
      const auto file = parse("llrp", kLongReport + damaged + kLongReport + kKeepalive);
      ASSERT_TRUE(file) << at;
      std::size_t whole = 0;
      for (const ParsedStream& stream : file->streams) {
        for (const model::Read& read : stream.reads) whole += read.hits == 7 ? 1u : 0u;
      }
      const bool is_length = at >= 2 && at < 6;
      EXPECT_GE(whole, is_length ? 1u : 2u) << at << " " << int{other};
    }
  }
}

TEST(Llrp, AFileOfAnotherKindIsNamedAndOneOfThisKindGivenAsAnother) {
  const auto other = parse("llrp", "aa0005800012860800012603062027472353\n");
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().text(), HasSubstr("lines of the format 'ipico'"));
  const auto this_kind = parse("ipico", kRealReport);
  ASSERT_FALSE(this_kind);
  EXPECT_THAT(this_kind.error().text(), HasSubstr("messages of the format 'llrp'"));
}

TEST(Llrp, EveryReportOfARealReaderIsRead) {
  std::string bytes;
  for (int i = 1; i <= 9; ++i) {
    const auto body =
        test::shared_file("protocols/llrp/ROAccessReport-00" + std::to_string(i) + ".bytes");
    if (!body) GTEST_SKIP() << "no captures of readers here";
    bytes += bytes_of("043d0000002900000001") + *body;
  }
  const auto file = parse("llrp", bytes);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->streams.at(0).reads, SizeIs(9));
  EXPECT_THAT(file->bad, IsEmpty());
}

}  // namespace
}  // namespace hs::formats
