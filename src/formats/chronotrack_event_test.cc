// The controllers' own files of a whole event of 2021 (shared data; skipped where absent).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using model::Marker;
using testing::IsEmpty;
using testing::SizeIs;

struct Known {
  const char* path;
  std::size_t lines;
  std::size_t inversions;  ///< Times that go back from one line to the next.
};

// 64,990 lines in all. Counted from the files by another program.
constexpr std::array kFiles = {
    Known{"FINISH1/5071909", 13'716, 4'880},
    Known{"FINISH2/01010000", 10'898, 3'902},
    Known{"FINISH3/05080711", 14'367, 4'817},
    Known{"mini-12250FINISH4/05080741", 7'721, 1'907},
    Known{"9K/5071949", 849, 109},
    Known{"19K/5072019", 918, 82},
    Known{"27k/5072049", 882, 70},
    Known{"39k/5072123", 3'485, 661},
    Known{"START1/5071909", 6'669, 2'843},
    Known{"START2/01010000", 4'808, 2'147},
    Known{"START1/5012018", 677, 36},
};

std::optional<ChipFile> read_event_file(const std::string& path) {
  const std::string folder = "reads/chronotrack-2021-05-08/";
  const auto bytes = test::shared_file(folder + path + ".csv");
  const auto markers = test::shared_file(folder + path + ".mrk");
  if (!bytes || !markers) return std::nullopt;
  auto file = test::parse(test::source_of("chronotrack"), *bytes, std::string_view(*markers));
  EXPECT_TRUE(file) << path << file.error().text();
  return file ? std::optional(std::move(*file)) : std::nullopt;
}

#define HS_READ_OR_SKIP(variable, path)        \
  const auto variable = read_event_file(path); \
  if (!(variable)) GTEST_SKIP() << "the shared data is not here"

std::set<model::Identity> identities(const ChipFile& file) {
  std::set<model::Identity> out;
  for (const ParsedStream& parsed : file.streams) {
    for (const model::Read& read : parsed.reads) {
      out.insert(model::identity_of(parsed.stream, read));
    }
  }
  return out;
}

TEST(ChronoTrackEvent, EveryLineOfEveryFileIsARead) {
  std::size_t total = 0;
  for (const Known& known : kFiles) {
    HS_READ_OR_SKIP(file, known.path);
    EXPECT_THAT(file->bad, IsEmpty()) << known.path;
    EXPECT_FALSE(file->last_line_cut) << known.path;
    ASSERT_THAT(file->streams, SizeIs(1)) << known.path;
    EXPECT_EQ(file->streams[0].reads.size(), known.lines) << known.path;
    EXPECT_EQ(file->lines, known.lines) << known.path;
    total += file->lines;
  }
  EXPECT_EQ(total, 64'990u);
}

TEST(ChronoTrackEvent, TimesThatGoBackAreKeptInTheOrderOfTheFile) {
  for (const Known& known : kFiles) {
    HS_READ_OR_SKIP(file, known.path);
    const std::vector<model::Read>& reads = file->streams[0].reads;
    std::size_t inversions = 0;
    for (std::size_t i = 1; i < reads.size(); ++i) {
      if (reads[i].time < reads[i - 1].time) ++inversions;
    }
    EXPECT_EQ(inversions, known.inversions) << known.path;
  }
}

TEST(ChronoTrackEvent, TheEventHas52836DistinctReadsAndTheForeignFile677More) {
  std::set<model::Identity> all;
  for (const Known& known : kFiles) {
    HS_READ_OR_SKIP(file, known.path);
    all.merge(identities(*file));
    if (std::string_view(known.path) == "START2/01010000") {
      EXPECT_EQ(all.size(), 52'836u);
    }
  }
  EXPECT_EQ(all.size(), 53'513u);
}

TEST(ChronoTrackEvent, AnEarlierDownloadUnderAnotherNameBringsNothingNew) {
  for (const auto& [prefix, whole] : std::map<std::string, std::string>{
           {"START1/5071909", "FINISH1/5071909"}, {"START2/01010000", "FINISH2/01010000"}}) {
    HS_READ_OR_SKIP(early, prefix);
    HS_READ_OR_SKIP(late, whole);
    std::set<model::Identity> both = identities(*late);
    const std::size_t before = both.size();
    both.merge(identities(*early));
    EXPECT_EQ(both.size(), before) << prefix;
  }
}

TEST(ChronoTrackEvent, CopiesOfABoxShareTheirMarkersToo) {
  HS_READ_OR_SKIP(early, "START1/5071909");
  HS_READ_OR_SKIP(late, "FINISH1/5071909");
  std::set<model::Identity> known;
  for (const Marker& marker : late->streams[0].markers) {
    known.insert(model::identity_of(late->streams[0].stream, marker));
  }
  for (const Marker& marker : early->streams[0].markers) {
    EXPECT_TRUE(known.contains(model::identity_of(early->streams[0].stream, marker)))
        << marker.text;
  }
}

TEST(ChronoTrackEvent, YesterdaysLogOfTheSameBoxIsAnotherEpoch) {
  HS_READ_OR_SKIP(yesterday, "START1/5012018");
  HS_READ_OR_SKIP(today, "START1/5071909");
  EXPECT_EQ(yesterday->streams[0].stream.device, today->streams[0].stream.device);
  EXPECT_NE(yesterday->streams[0].stream.epoch, today->streams[0].stream.epoch);
}

TEST(ChronoTrackEvent, TheBoxThatSwappedNumbersMissesNone) {
  // 21 steps of its numbering are not +1; each of the seven places is two lines swapped or late.
  HS_READ_OR_SKIP(file, "FINISH3/05080711");
  const std::vector<model::Read>& reads = file->streams[0].reads;
  std::size_t steps = 0;
  std::set<std::uint64_t> numbers{*reads.front().device_seq};
  for (std::size_t i = 1; i < reads.size(); ++i) {
    numbers.insert(*reads[i].device_seq);
    if (*reads[i].device_seq != *reads[i - 1].device_seq + 1) ++steps;
  }
  EXPECT_EQ(steps, 21u);
  EXPECT_EQ(numbers.size(), reads.size());
  EXPECT_EQ(*numbers.rbegin() - *numbers.begin() + 1, reads.size());
}

TEST(ChronoTrackEvent, TheSixGunsStandWhereTheReadsSayTheyDo) {
  HS_READ_OR_SKIP(file, "FINISH1/5071909");
  std::vector<std::string> guns;
  for (const Marker& marker : file->streams[0].markers) {
    if (marker.kind != Marker::Kind::Gun) continue;
    guns.push_back(std::to_string(marker.before_seq) + " " + test::dial(marker.time));
  }
  EXPECT_THAT(guns,
              testing::ElementsAre("252 2021-05-08T08:00:55.16", "1413 2021-05-08T08:05:55.52",
                                   "1738 2021-05-08T08:15:55.42", "3088 2021-05-08T08:20:55.42",
                                   "4717 2021-05-08T08:35:55.54", "8127 2021-05-08T09:00:55.32",
                                   "8471 2021-05-08T09:03:49.61", "13717 2021-05-08T16:56:19.41"));
  // The read that follows the first gun, on the same dial.
  EXPECT_EQ(test::dial(file->streams[0].reads[251].time), "2021-05-08T08:00:55.81");
}

TEST(ChronoTrackEvent, TheClockThatWasSetFrom1980SaysSo) {
  HS_READ_OR_SKIP(file, "FINISH2/01010000");
  const std::vector<Marker>& markers = file->streams[0].markers;
  ASSERT_THAT(markers, SizeIs(8));
  EXPECT_EQ(markers[3].kind, Marker::Kind::TimeChange);
  EXPECT_EQ(markers[3].before_seq, 1u);
  EXPECT_EQ(test::dial(markers[3].time), "2021-05-08T07:13:40");
  ASSERT_TRUE(markers[3].old_time);
  EXPECT_EQ(test::dial(*markers[3].old_time), "1980-01-01T00:01:28.24");
}

}  // namespace
}  // namespace hs::formats
