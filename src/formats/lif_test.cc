#include "formats/lif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using test::parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kResults =
    "1,1,1,Half,,,,,,21097,08:00:00.000\r\n"
    "1,812,,\"Ruiz, Jr.\",Ana,Club,1:31:08.70,,\r\n"
    "2,7,4,Okoro,Ben,,1:31:09.1,,0.40,,,\r\n"
    "3,,,,,,1:32:00,,\r\n"
    "DNS,5,,Sent,Ab,,,,\r\n"
    "DQ,6,,Queue,Dee,,,,\r\n";

ChipFileInput input_of(std::string_view bytes) {
  return {.file = "a.lif", .bytes = bytes, .markers = std::nullopt, .marker_file = ""};
}

TEST(Lif, TimesAreReadsByBibFromTheGunOfTheRace) {
  const auto file = parse("lif", kResults);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->bad, IsEmpty());
  ASSERT_THAT(file->streams, SizeIs(1));
  const ParsedStream& parsed = file->streams[0];
  ASSERT_THAT(parsed.reads, SizeIs(2));
  EXPECT_EQ(parsed.reads[0].tag.str(), "812");
  EXPECT_EQ(parsed.reads[0].by, model::ReadBy::Bib);
  EXPECT_EQ(base::format_h_mm_ss_mmm(parsed.reads[0].time.time_since_epoch()), "1:31:08.700");
  EXPECT_EQ(parsed.reads[1].tag.str(), "7");
  // The gun of 08:00:55.160 at UTC+2, not the start time of the camera.
  EXPECT_EQ(parsed.stream.offset, std::chrono::seconds(test::kSpringMidnight + 8 * 3600) +
                                      std::chrono::milliseconds(55'160));
  EXPECT_EQ(parsed.stream.resolution, std::chrono::milliseconds(10));
}

TEST(Lif, ATimeWithoutAnIdWaitsForAPerson) {
  const auto file = parse("lif", kResults);
  ASSERT_TRUE(file);
  ASSERT_THAT(file->streams[0].hand_lines, SizeIs(1));
  EXPECT_EQ(file->streams[0].hand_lines[0].line, 4U);
  EXPECT_FALSE(file->streams[0].hand_lines[0].bib);
}

TEST(Lif, WhoHasNoTimeIsCountedForTheReferee) {
  const auto file = parse("lif", kResults);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->remarks, ElementsAre(HasSubstr("2 without a time")));
}

TEST(Lif, ALastLineThatIsStillBeingWrittenDoesNotCount) {
  const auto file = parse("lif", "1,1,1,Half\r\n1,812,,R,A,,1:31:08.70\r\n2,7,,O,B,,1:31:0");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_TRUE(file->last_line_cut);
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
  EXPECT_THAT(file->bad, IsEmpty());
}

TEST(Lif, ALineThatDoesNotFitCostsItselfOnly) {
  const auto file =
      parse("lif", "1,1,1,Half\n1,812,,R,A,,fast\n2,8 8,,O,B,,9:00.1\n3,9,,P,C,,9:01\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->bad, SizeIs(2));
  EXPECT_EQ(file->bad[0].line, 2);
  EXPECT_THAT(file->bad[0].message, HasSubstr("expected a time"));
  EXPECT_THAT(file->bad[1].message, HasSubstr("expected a bib"));
  EXPECT_THAT(file->streams[0].reads, SizeIs(1));
}

TEST(Lif, AnEventOfSeveralRacesIsChosenByName) {
  model::Event event = test::spring_event();
  event.races.push_back(event.races.front());
  event.races.back().id = "10k";
  event.races.back().name = "Ten Kilometres";
  const auto read = [&](const std::string& bytes) {
    const model::SourceConfig source = test::source_of("lif");
    return parse_chip_file(source, event, input_of(bytes));
  };
  const auto file = read("2,1,1,TEN kilometres\n1,8,,,,,31:00.0\n1,1,1,half\n1,9,,,,,1:10:00.0\n");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->streams, SizeIs(2));
  EXPECT_EQ(file->streams[0].stream.epoch, "10k");
  EXPECT_EQ(file->streams[1].stream.epoch, "half");
  const auto other = read("2,1,1,Marathon\n1,8,,,,,31:00.0\n");
  ASSERT_TRUE(other) << other.error().text();
  ASSERT_THAT(other->bad, SizeIs(2)) << "and what follows it belongs to no race";
  EXPECT_THAT(other->bad[0].message, HasSubstr("expected the name or id of one of the races"));
}

TEST(Lif, UntilThereIsAGunTheClockIsFree) {
  const model::Event event = test::spring_event(test::Gun::Waiting);
  const model::SourceConfig source = test::source_of("lif");
  const auto file = parse_chip_file(source, event, input_of("1,1,1,Half\n1,8,,,,,31:00.0\n"));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->streams[0].stream.clock, model::DeviceClock::Free);
}

}  // namespace
}  // namespace hs::formats
