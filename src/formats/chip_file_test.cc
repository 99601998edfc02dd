#include "formats/chip_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"
#include "formats/format_guess.h"

namespace hs::formats {
namespace {

using base::ErrorCode;
using test::parse;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::array kRead = {"chronotrack", "mylaps", "ipico", "raceresult", "ultra",
                              "csv",         "lif",    "times", "bibs",       "bibtimes"};

TEST(ChipFile, EveryFormatOfTheDesignIsKnownAndNoOther) {
  for (const char* name : kRead) EXPECT_TRUE(is_known_read_format(name)) << name;
  EXPECT_TRUE(is_known_read_format("llrp"));
  EXPECT_FALSE(is_known_read_format("Chronotrack"));
  EXPECT_FALSE(is_known_read_format(""));
}

TEST(ChipFile, AnUnknownFormatIsRefusedWithTheNames) {
  const auto file = parse("chronotracks", "x\n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::InvalidInput);
  EXPECT_THAT(file.error().text(), HasSubstr("expected one of chronotrack, mylaps, ipico"));
}

TEST(ChipFile, AnEmptyFileHasNoStreamsInAnyFormat) {
  for (const char* name : kRead) {
    for (const char* bytes : {"", "\n", "\r\n \r\n", "\xEF\xBB\xBF"}) {
      const auto file = parse(name, bytes);
      ASSERT_TRUE(file) << name << file.error().text();
      EXPECT_THAT(file->streams, IsEmpty()) << name;
      EXPECT_THAT(file->bad, IsEmpty()) << name;
    }
  }
}

struct Sample {
  const char* format;
  const char* bytes;
};

constexpr std::array kSamples = {
    Sample{"chronotrack", "TO~1~9511~160~18~1620458668.64~12000C~8~-63~1~P~192\n"},
    Sample{"ipico", "aa0005800012860800012603062027472353\n"},
    Sample{"mylaps", "LZ6302115:37:40.704 5 0F  1000125030862\n"},
    Sample{"ultra", "0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12\n"},
    Sample{"raceresult", "1;33;2021-05-08;08:00:02.773;6692;12;-68;09ca52\n"},
    Sample{"csv", "mat,tag,time\narch,1,2021-05-08T08:00:00\n"},
};

TEST(ChipFile, AFileOfOneDeviceGivenAsAnothersSaysWhatItLooksLike) {
  for (const Sample& sample : kSamples) {
    for (const char* format : {"chronotrack", "ipico", "mylaps", "raceresult", "ultra", "csv"}) {
      const auto file = parse(format, sample.bytes);
      if (std::string_view(format) == sample.format) {
        EXPECT_TRUE(file) << format;
        continue;
      }
      ASSERT_FALSE(file) << sample.format << " as " << format;
      EXPECT_EQ(file.error().code, ErrorCode::InvalidInput);
      EXPECT_THAT(file.error().text(),
                  HasSubstr("lines of the format '" + std::string(sample.format) + "'"));
    }
  }
}

TEST(ChipFile, FilesThatAreNoReadsAtAllAreNamed) {
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"PK\x03\x04zipzip", "a zip archive or spreadsheet"},
      {"%PDF-1.7\n", "a PDF"},
      {"SQLite format 3\0rest"s, "a race file or another SQLite database"},
      {"{\"a\":1}", "JSON"},
      {"<html>", "XML or HTML"},
      {"#P;1;CHIP1;0000-00-00;09:00:00.000\r\n", "lines of the format 'raceresult'"},
      {"I11A9D,32,Gun,252,21050808005516,Button Press\r\n", "a ChronoTrack marker file"},
      {"\x01\x02\x03", "a file that begins with '\\x01\\x02\\x03'"}};
  for (const auto& [bytes, words] : cases) {
    const auto file = parse("chronotrack", bytes);
    ASSERT_FALSE(file) << words;
    EXPECT_THAT(file.error().text(), HasSubstr(words));
  }
}

TEST(ChipFile, AFileOfTheRightFormatWithoutOneGoodLineSaysTheFirstFault) {
  const auto file = parse("ipico",
                          "aa0005800012860800012603062027472354\n"
                          "aa0005800012860800012603062027472355\n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().text(),
            "reads.txt:1:35: not one line can be read; the first: found '54', expected the "
            "checksum 53");
}

TEST(ChipFile, ABoxThatHasOnlyBegunToWriteIsNoWrongFile) {
  for (const char* begun : {"T", "TO", "TO~", "TO~1~95"}) {
    const auto file = parse("chronotrack", begun);
    ASSERT_TRUE(file) << begun << file.error().text();
    EXPECT_TRUE(file->last_line_cut);
    EXPECT_THAT(file->streams, IsEmpty());
  }
  EXPECT_FALSE(parse("chronotrack", "aa0005800012"));
}

TEST(ChipFile, WhatTheSourceSaysGoesIntoEveryStream) {
  for (const Sample& sample : kSamples) {
    model::SourceConfig source = test::source_of(sample.format);
    source.role = model::ReadRole::Backup;
    source.offset = std::chrono::milliseconds(-1520);
    source.clock = model::DeviceClock::Free;
    const auto file = test::parse(source, sample.bytes);
    ASSERT_TRUE(file) << sample.format;
    const model::Stream& stream = file->streams.at(0).stream;
    EXPECT_EQ(stream.role, model::ReadRole::Backup);
    EXPECT_EQ(stream.offset, std::chrono::milliseconds(-1520));
    EXPECT_EQ(stream.clock, model::DeviceClock::Free);
    EXPECT_EQ(stream.mat, "arch");
    EXPECT_EQ(stream.file, "reads.txt");
    EXPECT_EQ(stream.format, sample.format);
  }
}

TEST(FormatGuess, BlanksAreCalledBlanks) {
  EXPECT_EQ(guess_format("  \r\n\r\n").words, "nothing but blanks");
  EXPECT_EQ(guess_format("").words, "nothing but blanks");
}

}  // namespace
}  // namespace hs::formats
