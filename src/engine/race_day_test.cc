#include "engine/race_day.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "scoring/results_hash.h"
#include "support/temp_folder.h"

// Implementation notes: each test lays an event folder of two runners into a temporary folder and
// takes it in once or twice, as `score` does. The start mat is a ChronoTrack box, which has a
// number for each read; the finish is a generic csv.

namespace hs::engine {
namespace {

using model::Attention;

constexpr std::int64_t kMidnight = 1778198400;  // 2026-05-08T00:00:00 on a local dial.
constexpr std::int64_t kStart = 10 * 3600;      // The gun.

constexpr const char* kEvent = R"([event]
name = "Harbour 10"
date = 2026-05-08
timezone = "Europe/Berlin"
[[race]]
id = "10k"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "10:00:00"
)";
constexpr const char* kSources = R"([[source]]
mat = "arch"
file = "reads/arch*.csv"
format = "chronotrack"
[[source]]
mat = "goal"
file = "reads/goal.csv"
format = "csv"
)";
constexpr const char* kEntrants =
    "bib,chips,name,sex,race,wave\n"
    "1,101,Ana One,F,10k,A\n"
    "2,102,Ben Two,M,10k,A\n";
constexpr const char* kGoal =
    "mat,tag,time,device,seq\n"
    "goal,101,2026-05-08T10:40:00.1,box,1\n"
    "goal,102,2026-05-08T10:41:00.2,box,2\n";

/// A line of a ChronoTrack box.
std::string box_line(int number, const std::string& chip, std::int64_t second_of_day) {
  return "TO~" + std::to_string(number) + "~" + chip + "~160~18~" +
         std::to_string(kMidnight + second_of_day) + ".50~12000C~8~-63~1~P~192\n";
}

/// What one pass brought: the report, the results and where the log stands.
struct Pass {
  IngestReport report;
  model::EventResults results;
  log::Head head;
};

class RaceDayTest : public ::testing::Test {
 protected:
  RaceDayTest() {
    write("event.toml", std::string(kEvent) + kSources);
    write("entrants.csv", kEntrants);
    write("reads/arch.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 6));
    write("reads/goal.csv", kGoal);
  }

  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  void remove(const std::string& name) { std::filesystem::remove(folder() + "/" + name); }

  /// The event file with one text in it replaced.
  void write_event(const std::string& from, const std::string& to) {
    std::string text = std::string(kEvent) + kSources;
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    write("event.toml", text.replace(at, from.size(), to));
  }

  [[nodiscard]] std::string folder() const { return temp_ / "harbour"; }
  [[nodiscard]] std::string race_file() const { return folder() + "/harbour.race"; }

  [[nodiscard]] RaceDay open() const {
    auto day = RaceDay::open(race_file(), scoring::Closing::Assume);
    EXPECT_TRUE(day) << day.error().text();
    return std::move(*day);
  }

  /// Scores the folder as the program does: parse, open, take.
  Pass take(Strict strict = Strict::No) {
    auto parsed = read_event_folder(folder(), strict);
    EXPECT_TRUE(parsed) << parsed.error().text();
    RaceDay day = open();
    auto report = day.take(*parsed);
    EXPECT_TRUE(report) << report.error().text();
    return {std::move(*report), day.results(), day.race_file().head()};
  }

  /// The error of a folder that is refused.
  std::string refusal(Strict strict = Strict::No) {
    auto parsed = read_event_folder(folder(), strict);
    EXPECT_FALSE(parsed);
    return parsed ? "" : parsed.error().text().substr(folder().size() + 1);
  }

  test::TempFolder temp_;
};

const model::RunnerResult& runner(const Pass& pass, const std::string& bib) {
  for (std::size_t e = 0; e < pass.results.entrants.size(); ++e) {
    if (pass.results.entrants[e].bib.str() == bib) return pass.results.runners[e];
  }
  static const model::RunnerResult kNone;
  ADD_FAILURE() << "no bib " << bib;
  return kNone;
}

/// The texts of one kind of attention.
std::vector<std::string> listed(const Pass& pass, Attention::Kind kind) {
  std::vector<std::string> out;
  for (const Attention& item : pass.results.attention) {
    if (item.kind == kind) out.push_back(item.text);
  }
  return out;
}

bool is_same_log(const Pass& a, const Pass& b) {
  return a.head.last == b.head.last && a.head.chain == b.head.chain;
}

model::FactBody note_about(const std::string& bib) {
  model::NoteFact note;
  note.race = "10k";
  note.bibs.push_back(*model::BibNumber::parse(bib));
  note.text = "helped at the water";
  note.author.by = "Marshal 7";
  return note;
}

std::string ruling_line(const std::string& bib, const std::string& more = "") {
  return R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":")" + bib +
         R"(","clause":"TR 6.3","by":"Referee")" + more + "}\n";
}

// --- the same again -----------------------------------------------------------------------------

TEST_F(RaceDayTest, FirstScoreMakesTheRaceFileAndFinishesBoth) {
  EXPECT_FALSE(std::filesystem::exists(race_file()));
  const Pass pass = take();
  EXPECT_TRUE(std::filesystem::exists(race_file()));
  EXPECT_EQ(pass.report.reads_new, 4U);
  EXPECT_TRUE(pass.report.entries.empty());
  EXPECT_EQ(runner(pass, "1").status, model::RunnerStatus::Finished);
  EXPECT_EQ(runner(pass, "2").status, model::RunnerStatus::Finished);
}

TEST_F(RaceDayTest, SecondScoreOfTheSameFolderAppendsNothing) {
  const Pass first = take();
  const Pass second = take();
  EXPECT_TRUE(is_same_log(first, second));
  EXPECT_EQ(first.results.hash, second.results.hash);
  EXPECT_EQ(second.report.reads_new, 0U);
  EXPECT_EQ(second.report.reads_known, 4U);
  EXPECT_EQ(second.report.copies, 0U);
  EXPECT_FALSE(second.report.event_changed);
  EXPECT_TRUE(second.report.entries.empty());
}

TEST_F(RaceDayTest, RaceFileAloneGivesTheSameResults) {
  write("rulings.jsonl", ruling_line("2"));
  const Pass pass = take();
  RaceDay day = open();
  EXPECT_EQ(day.results().hash, pass.results.hash);
  EXPECT_EQ(day.results().as_of, pass.results.as_of);
}

TEST_F(RaceDayTest, InMemoryGivesTheSameResultsAndLeavesNoFile) {
  const auto parsed = read_event_folder(folder(), Strict::No);
  ASSERT_TRUE(parsed);
  auto day = RaceDay::in_memory(scoring::Closing::Assume);
  ASSERT_TRUE(day);
  ASSERT_TRUE(day->take(*parsed));
  EXPECT_FALSE(std::filesystem::exists(race_file()));
  EXPECT_EQ(day->results().hash, take().results.hash);
}

TEST_F(RaceDayTest, SecondWriterIsRefusedAsBusy) {
  const RaceDay day = open();
  const auto second = RaceDay::open(race_file(), scoring::Closing::Assume);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
}

// --- event and entries change -------------------------------------------------------------------

TEST_F(RaceDayTest, ChangedEntryIsOneFactAndOneDifference) {
  const Pass first = take();
  write("entrants.csv",
        "bib,chips,name,sex,race,wave\n1,101,Ana Won,F,10k,A\n2,102,Ben Two,M,10k,A\n");
  const Pass second = take();
  EXPECT_EQ(second.head.last.raw(), first.head.last.raw() + 1);
  ASSERT_EQ(second.report.entries.size(), 1U);
  EXPECT_EQ(second.report.entries[0].before->person.name, "Ana One");
  EXPECT_EQ(second.report.entries[0].after->person.name, "Ana Won");
}

TEST_F(RaceDayTest, ChangedUnknownColumnIsAChangeToo) {
  const std::string head = "bib,chips,race,shirt\n";
  write("entrants.csv", head + "1,101,10k,M\n2,102,10k,S\n");
  take();
  write("entrants.csv", head + "1,101,10k,L\n2,102,10k,S\n");
  EXPECT_EQ(take().report.entries.size(), 1U);
}

TEST_F(RaceDayTest, EntryTakenOutIsGoneAndComesBackWhenListedAgain) {
  const Pass first = take();
  write("entrants.csv", "bib,chips,name,sex,race,wave\n1,101,Ana One,F,10k,A\n");
  const Pass without = take();
  EXPECT_EQ(without.results.entrants.size(), 1U);
  ASSERT_EQ(without.report.entries.size(), 1U);
  EXPECT_FALSE(without.report.entries[0].after);
  EXPECT_EQ(listed(without, Attention::Kind::UnknownChip).size(), 1U);

  write("entrants.csv", kEntrants);
  const Pass again = take();
  EXPECT_EQ(again.results.hash, first.results.hash);
  ASSERT_EQ(again.report.entries.size(), 1U);
  EXPECT_FALSE(again.report.entries[0].before);
}

TEST_F(RaceDayTest, ChangedEventIsAFactWithBothSides) {
  take();
  write_event("gun = \"10:00:00\"", "gun = \"10:00:01\"");
  const Pass pass = take();
  ASSERT_TRUE(pass.report.event_changed);
  EXPECT_NE(pass.report.event_before->races[0].waves[0].gun,
            pass.report.event_after->races[0].waves[0].gun);
  EXPECT_EQ(runner(pass, "1").gun->value(), std::chrono::microseconds(2399100000));
}

TEST_F(RaceDayTest, OffsetOfASourceMovesTheTimesAndBack) {
  const Pass first = take();
  write_event("file = \"reads/goal.csv\"", "offset = \"-1.5s\"\nfile = \"reads/goal.csv\"");
  const Pass moved = take();
  EXPECT_EQ(moved.report.reads_new, 0U);
  EXPECT_EQ(runner(first, "1").gun->value() - runner(moved, "1").gun->value(),
            std::chrono::milliseconds(1500));
  write("event.toml", std::string(kEvent) + kSources);
  EXPECT_EQ(take().results.hash, first.results.hash);
}

// --- read files ---------------------------------------------------------------------------------

TEST_F(RaceDayTest, BoxDownloadedAgainLaterBringsOnlyItsNewLines) {
  const std::string early = box_line(1, "101", kStart + 5);
  write("reads/arch.csv", early);
  take();
  write("reads/arch.csv", early + box_line(2, "102", kStart + 6));
  const Pass pass = take();
  EXPECT_EQ(pass.report.reads_new, 1U);
  EXPECT_EQ(pass.report.reads_known, 3U);
  EXPECT_TRUE(runner(pass, "2").start_at);
}

TEST_F(RaceDayTest, PrefixUnderAnotherNameIsCountedAsCopies) {
  write("reads/arch-early.csv", box_line(1, "101", kStart + 5));
  for (int score = 1; score <= 2; ++score) {
    const Pass pass = take();
    EXPECT_EQ(pass.report.copies, 1U) << "score " << score;
    // "arch-early" is read before "arch": the second file brings one new read, so none is repeated.
    EXPECT_EQ(pass.results.reads.size(), 4U);
    const RaceDay day = open();
    ASSERT_EQ(day.copies().size(), 1U);
    EXPECT_EQ(day.copies()[0].count, 1U);
  }
}

TEST_F(RaceDayTest, WholeCopyIsListedAsRepeated) {
  write("reads/arch-usb.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 6));
  for (int score = 1; score <= 2; ++score) {
    const Pass pass = take();
    EXPECT_EQ(pass.report.copies, 2U);
    EXPECT_EQ(listed(pass, Attention::Kind::StreamRepeated),
              std::vector<std::string>{"reads/arch.csv"});
  }
}

TEST_F(RaceDayTest, CopiesAreForgottenWhenTheCopyIsTakenAway) {
  write("reads/arch-usb.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 6));
  take();
  remove("reads/arch-usb.csv");
  take();
  EXPECT_TRUE(open().copies().empty());
}

TEST_F(RaceDayTest, SameNumberWithAnotherTimeIsKeptListedAndToldOnce) {
  const Pass first = take();
  write("reads/arch-b.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 9));
  write("reads/arch.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 6));
  const Pass second = take();
  EXPECT_EQ(second.head.last.raw(), first.head.last.raw() + 1);  // The conflict alone.
  EXPECT_EQ(listed(second, Attention::Kind::ReadConflict).size(), 1U);
  EXPECT_EQ(second.results.hash, first.results.hash);
  const Pass third = take();
  EXPECT_TRUE(is_same_log(second, third));
  EXPECT_EQ(listed(third, Attention::Kind::ReadConflict).size(), 1U);
}

TEST_F(RaceDayTest, ForeignFileIsListedAndChangesNothing) {
  const Pass first = take();
  write("reads/arch-other.csv", box_line(1, "101", kStart - 9 * 86400));
  const Pass second = take();
  EXPECT_EQ(listed(second, Attention::Kind::ForeignFile).size(), 1U);
  EXPECT_EQ(second.results.hash, first.results.hash);
}

TEST_F(RaceDayTest, FileThatHasGoneIsListedOnceAndItsReadsStay) {
  const Pass first = take();
  remove("reads/goal.csv");
  const Pass second = take();
  EXPECT_EQ(second.results.hash, first.results.hash);
  EXPECT_EQ(
      listed(second, Attention::Kind::FileMissing),
      std::vector<std::string>{"reads/goal.csv: was read before and is gone; its reads stay"});
}

TEST_F(RaceDayTest, SourceWithoutFileIsListedAndStrictRefusesIt) {
  remove("reads/goal.csv");
  EXPECT_EQ(refusal(Strict::Yes), "event.toml:22: found no file 'reads/goal.csv'");
  const Pass pass = take();
  EXPECT_EQ(listed(pass, Attention::Kind::FileMissing),
            std::vector<std::string>{"reads/goal.csv: no such file"});
}

TEST_F(RaceDayTest, UnreadableSourceIsListedAndStrictRefusesIt) {
  write("reads/goal.csv", std::string("\x89PNG\r\n\x1a\n\0\0\0", 11));
  const auto refused = read_event_folder(folder(), Strict::Yes);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text().rfind("reads/goal.csv:1:1: found ", 0), 0U)
      << refused.error().text();
  const Pass pass = take();
  ASSERT_EQ(listed(pass, Attention::Kind::FileUnreadable).size(), 1U);
  EXPECT_EQ(pass.report.reads_new, 2U);
}

TEST_F(RaceDayTest, MarkerFileThatCannotBeReadIsListedAndTheReadsCount) {
  std::filesystem::create_directories(folder() + "/reads/arch.mrk");
  const Pass pass = take();
  ASSERT_EQ(listed(pass, Attention::Kind::FileUnreadable).size(), 1U);
  EXPECT_NE(listed(pass, Attention::Kind::FileUnreadable)[0].find("arch.mrk"), std::string::npos);
  EXPECT_EQ(pass.report.reads_new, 4U);
}

TEST_F(RaceDayTest, BadLineAndCutLastLineCostOnlyThemselves) {
  const std::string last = box_line(4, "102", kStart + 7);
  write("reads/arch.csv", box_line(1, "101", kStart + 5) + "TO~2~garb\x01" + "age\n" +
                              box_line(3, "102", kStart + 6) + last.substr(0, 20));
  const Pass pass = take();
  const std::vector<std::string> bad = listed(pass, Attention::Kind::BadLine);
  ASSERT_EQ(bad.size(), 2U);
  EXPECT_EQ(bad[0].rfind("reads/arch.csv:2:", 0), 0U) << bad[0];
  EXPECT_NE(bad[1].find("last line is cut off"), std::string::npos);
  EXPECT_EQ(pass.report.reads_new, 4U);
  write("reads/arch.csv",
        box_line(1, "101", kStart + 5) + "junk\n" + box_line(3, "102", kStart + 6) + last);
  EXPECT_EQ(take().report.reads_new, 1U);
}

TEST_F(RaceDayTest, OneStreamUnderTwoSettingsKeepsTheFirstAndSaysSo) {
  write("reads/usb.csv", box_line(1, "101", kStart + 5) + box_line(2, "102", kStart + 6));
  write("event.toml", std::string(kEvent) + kSources +
                          "[[source]]\nmat = \"arch\"\nfile = \"reads/usb.csv\"\n"
                          "format = \"chronotrack\"\noffset = \"10s\"\n");
  const Pass first = take();
  ASSERT_EQ(listed(first, Attention::Kind::EntryQuestion).size(), 1U);
  EXPECT_EQ(runner(first, "1").start_offset, std::chrono::milliseconds(5500));
  const Pass second = take();
  EXPECT_TRUE(is_same_log(first, second));
  EXPECT_EQ(listed(second, Attention::Kind::EntryQuestion).size(), 1U);
}

TEST_F(RaceDayTest, TwoPatternsThatMatchOneFileMustAgreeAboutIt) {
  const std::string again =
      "[[source]]\nmat = \"arch\"\nfile = \"reads/*rch.csv\"\n"
      "format = \"chronotrack\"\n";
  const std::string event = std::string(kEvent) + kSources;
  write("event.toml", event + again);
  EXPECT_EQ(take().report.copies, 0U);
  write("event.toml", event + again + "role = \"backup\"\n");
  EXPECT_EQ(refusal(),
            "event.toml:26:1: found 'reads/arch.csv' with another role than by the source in line "
            "18, expected one source for a file");
}

// --- hand timing --------------------------------------------------------------------------------

class HandTimingTest : public RaceDayTest {
 protected:
  HandTimingTest() {
    write("event.toml", std::string(kEvent) + kSources +
                            "[[source]]\nmat = \"goal\"\nfile = \"hand.txt\"\n"
                            "format = \"times\"\nrole = \"manual\"\n");
  }
  /// How many lines of hand timing the log holds.
  [[nodiscard]] std::size_t lines_in_log() const {
    RaceDay day = open();
    std::size_t count = 0;
    const auto done = day.race_file().replay([&](const log::StoredFact& fact) {
      count += fact.kind == model::FactKind::HandLine ? 1U : 0U;
      return base::Result<void>();
    });
    EXPECT_TRUE(done);
    return count;
  }
};

TEST_F(HandTimingTest, LinesAddedInTheMiddleLoseNothing) {
  write("hand.txt", "40:00\n41:00\n");
  take();
  EXPECT_EQ(lines_in_log(), 2U);
  write("hand.txt", "40:00\n40:30\n41:00\n");
  take();
  EXPECT_GE(lines_in_log(), 3U);
  const std::size_t before = lines_in_log();
  take();
  EXPECT_EQ(lines_in_log(), before);
}

TEST_F(HandTimingTest, CorrectedLineIsKeptBesideTheOldOne) {
  write("hand.txt", "40:00\n41:00\n");
  take();
  write("hand.txt", "40:00\n41:10\n");
  take();
  EXPECT_EQ(lines_in_log(), 3U);
}

TEST_F(HandTimingTest, EqualTimesOfTwoRunnersAreTwoLines) {
  write("hand.txt", "40:00\n40:00\n");
  take();
  EXPECT_EQ(lines_in_log(), 2U);
}

// --- rulings ------------------------------------------------------------------------------------

TEST_F(RaceDayTest, RulingAddedLaterIsOneFact) {
  write("rulings.jsonl", ruling_line("2"));
  const Pass first = take();
  EXPECT_EQ(first.report.rulings_new, 1U);
  EXPECT_EQ(runner(first, "2").status, model::RunnerStatus::Disqualified);
  write("rulings.jsonl", ruling_line("2") + ruling_line("1"));
  const Pass second = take();
  EXPECT_EQ(second.report.rulings_new, 1U);
  EXPECT_EQ(second.head.last.raw(), first.head.last.raw() + 1);
}

TEST_F(RaceDayTest, RulingTakenOutOfTheFileStays) {
  write("rulings.jsonl", ruling_line("2"));
  const Pass first = take();
  remove("rulings.jsonl");
  EXPECT_TRUE(is_same_log(first, take()));
}

TEST_F(RaceDayTest, EqualRulingLinesCountEach) {
  const std::string penalty =
      R"({"fact":"ruling","ruling":"penalty","race":"10k","bib":"2","amount":"0:30","by":"R"})"
      "\n";
  write("rulings.jsonl", penalty + penalty);
  const Pass pass = take();
  EXPECT_EQ(pass.report.rulings_new, 2U);
  EXPECT_EQ(runner(pass, "2").penalty, std::chrono::seconds(60));
  EXPECT_TRUE(is_same_log(pass, take()));
}

TEST_F(RaceDayTest, MistakesOfPeopleAreRefusedWithTheirPlaceBeforeAnythingIsWritten) {
  const std::pair<std::string, std::string> wrong[] = {
      {ruling_line("2") + "{not json}\n", "rulings.jsonl:2:"},
      {ruling_line("2") + "\n" +
           R"({"fact":"gun","race":"10k","wave":"B","at":"2026-05-08T10:00:00+02:00","by":"S"})",
       "rulings.jsonl:3:1: found the wave 'B', expected one of: A"},
      {R"({"fact":"close","race":"5k","by":"S"})",
       "rulings.jsonl:1:1: found the race '5k', expected one of: 10k"},
      {R"({"fact":"note","kind":"official","point":"7k","text":"x","by":"S"})",
       "rulings.jsonl:1:1: found the point '7k'"},
      {R"({"fact":"hand-read","race":"10k","bib":"2","mat":"gaol",)"
       R"("at":"2026-05-08T10:41:00Z","by":"J"})",
       "rulings.jsonl:1:1: found the mat 'gaol', expected one of: arch, goal"},
      {R"({"fact":"close","race":"10k","by":""})", "rulings.jsonl:1:"},
      {ruling_line("2", R"(,"colour":"red")"), "rulings.jsonl:1:"}};
  for (const auto& [text, expected] : wrong) {
    write("rulings.jsonl", text);
    EXPECT_EQ(refusal().substr(0, expected.size()), expected);
  }
}

TEST_F(RaceDayTest, MistakesInEventAndEntrantsNameTheirPlace) {
  write_event("gun = \"10:00:00\"", "gnu = \"10:00:00\"");
  EXPECT_EQ(refusal().rfind("event.toml:17:", 0), 0U);
  write("event.toml", std::string(kEvent) + kSources);
  write("entrants.csv", "bib,chips,race\n1,101,10k\n1,102,10k\n");
  EXPECT_EQ(refusal().rfind("entrants.csv:3:", 0), 0U);
}

TEST_F(RaceDayTest, RulingForABibNobodyHasIsListedNotRefused) {
  write("rulings.jsonl", ruling_line("77"));
  EXPECT_EQ(listed(take(), Attention::Kind::RulingWithoutRunner).size(), 1U);
}

// --- what people add ----------------------------------------------------------------------------

TEST_F(RaceDayTest, ManyFactsAreAddedAllOrNone) {
  const Pass pass = take();
  RaceDay day = open();
  const model::FactBody bodies[] = {note_about("1"), note_about("99")};
  const auto done = day.add_all(bodies);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text(), "found the bib '99', expected one entered in the race '10k'");
  EXPECT_EQ(day.race_file().head().last, pass.head.last);
  const model::FactBody good[] = {note_about("1"), note_about("2")};
  EXPECT_EQ(day.add_all(good)->size(), 2U);
}

TEST_F(RaceDayTest, RulingsThatCannotBeMeantAreRefusedAndChangeNothing) {
  const Pass pass = take();
  RaceDay day = open();
  const auto bib = [](const char* text) { return *model::BibNumber::parse(text); };
  const auto ruling = [&](model::RulingFact::Kind kind, const char* with, const char* to) {
    model::RulingFact out;
    out.kind = kind;
    out.race = "10k";
    out.bib = bib("1");
    if (*with != '\0') out.with = {bib(with)};
    out.to = to;
    out.author = {"Referee", {}};
    return model::FactBody(out);
  };
  const auto race_ruling = [](model::RaceRulingFact::Kind kind, const char* point,
                              const char* to_point) {
    model::RaceRulingFact out;
    out.kind = kind;
    out.race = "10k";
    out.point = point;
    out.to_point = to_point;
    out.author = {"Race director", {}};
    return model::FactBody(out);
  };
  using Kind = model::RulingFact::Kind;
  using About = model::RaceRulingFact::Kind;
  const std::pair<model::FactBody, const char*> wrong[] = {
      {ruling(Kind::Merge, "99", ""), "found the bib '99', expected one entered in the race '10k'"},
      {ruling(Kind::Merge, "1", ""), "found bib 1 twice, expected two entries"},
      {ruling(Kind::SwapChips, "99", ""),
       "found the bib '99', expected one entered in the race '10k'"},
      {ruling(Kind::Move, "", "half"), "found the race 'half', expected one of: 10k"},
      {ruling(Kind::Move, "", "10k"), "found the race '10k', expected another one to move to"},
      {race_ruling(About::Shorten, "7k", ""),
       "found the point '7k', expected one of: start, finish"},
      {race_ruling(About::Shorten, "start", ""),
       "found the start 'start', expected a point behind it"},
      {race_ruling(About::Neutralise, "finish", "start"),
       "found 'finish' to 'start', expected points in course order"},
      {race_ruling(About::Stop, "finish", ""), "'at': is missing, and the ruling 'stop' needs it"}};
  for (const auto& [body, expected] : wrong) {
    const auto done = day.add(body);
    ASSERT_FALSE(done) << expected;
    EXPECT_EQ(done.error().text(), expected);
  }
  EXPECT_EQ(day.race_file().head().last, pass.head.last);
}

// The list is compared with the list, not with what rulings made of it.
TEST_F(RaceDayTest, AListThatStaysBringsNothingWhateverRulingsMadeOfItsEntries) {
  take();
  {
    RaceDay day = open();
    model::RulingFact merge;
    merge.kind = model::RulingFact::Kind::Merge;
    merge.race = "10k";
    merge.bib = *model::BibNumber::parse("1");
    merge.with = {*model::BibNumber::parse("2")};
    merge.author = {"Timer", {}};
    ASSERT_TRUE(day.add(merge));
  }
  const Pass pass = take();
  EXPECT_TRUE(pass.report.entries.empty());
  EXPECT_EQ(pass.results.runners.size(), 1U);
}

TEST_F(RaceDayTest, AVersionKeepsTheHashOfItsResults) {
  take();
  RaceDay day = open();
  ASSERT_TRUE(day.add(model::PublishFact{"10k", "first list", false, {}, "", {"Referee", {}}}));
  const model::EventResults results = day.results();
  ASSERT_EQ(results.versions.size(), 1U);
  EXPECT_EQ(results.versions[0].fact.hash,
            base::to_hex(scoring::race_hash(results, model::RaceId(0))));
}

TEST_F(RaceDayTest, WhatIsAskedForAgainUnderOneNameIsAddedOnce) {
  take();
  RaceDay day = open();
  const model::FactBody bodies[] = {note_about("1"), note_about("1")};
  const auto first = day.add_all(bodies, "block 1");
  ASSERT_TRUE(first.has_value());
  EXPECT_NE(first->at(0), first->at(1));  // Equal, but two.
  EXPECT_EQ(*day.add_all(bodies, "block 1"), *first);
  EXPECT_EQ(day.race_file().head().last, first->at(1));
  EXPECT_NE(*day.add_all(bodies, "block 2"), *first);
  EXPECT_NE(*day.add_all(bodies), *first);
}

TEST_F(RaceDayTest, WordsOfNobodyAndEmptyWordsAreRefused) {
  take();
  RaceDay day = open();
  model::FactBody unsigned_note = note_about("1");
  std::get<model::NoteFact>(unsigned_note).author.by = " ";
  EXPECT_EQ(day.add(unsigned_note).error().code, base::ErrorCode::InvalidInput);
  model::FactBody empty_note = note_about("1");
  std::get<model::NoteFact>(empty_note).text.clear();
  EXPECT_EQ(day.add(empty_note).error().code, base::ErrorCode::InvalidInput);
}

TEST_F(RaceDayTest, ANoteThatDoesNotFitWhatItIsAboutIsRefusedAndChangesNothing) {
  take();
  RaceDay day = open();
  model::FactBody help = note_about("1");
  auto& note = std::get<model::NoteFact>(help);
  note.about = model::NoteSubject::Help;
  note.from = base::RaceTime(std::chrono::seconds(1));
  const auto before = day.race_file().head().last;
  const auto refused = day.add(help);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::InvalidInput);
  EXPECT_NE(refused.error().message.find("'from'"), std::string::npos) << refused.error().message;
  EXPECT_EQ(day.race_file().head().last, before);
  note.from.reset();
  EXPECT_TRUE(day.add(help));
}

TEST_F(RaceDayTest, NoteWithoutRaceStillNamesAPointAndBibThatExist) {
  take();
  RaceDay day = open();
  model::NoteFact note;
  note.point = "7k";
  note.text = "dark";
  note.author.by = "M";
  EXPECT_EQ(day.add(note).error().code, base::ErrorCode::NotFound);
  note.point = "finish";
  EXPECT_TRUE(day.add(note));
  note.bibs.push_back(*model::BibNumber::parse("99"));
  EXPECT_EQ(day.add(note).error().code, base::ErrorCode::NotFound);
}

TEST_F(RaceDayTest, UndoTakesBackWhatPeopleSaidAndNothingElse) {
  const Pass pass = take();
  RaceDay day = open();
  const auto seq = day.add(note_about("1"));
  ASSERT_TRUE(seq);
  EXPECT_TRUE(day.add(model::UndoFact{*seq, "", {"M", {}}}));
  const model::FactSeq read = pass.results.reads[0].fact;
  EXPECT_EQ(day.add(model::UndoFact{read, "", {"M", {}}}).error().code,
            base::ErrorCode::InvalidInput);
  EXPECT_EQ(day.add(model::UndoFact{model::FactSeq(1), "", {"M", {}}}).error().code,
            base::ErrorCode::NotFound);
  EXPECT_EQ(day.add(model::UndoFact{model::FactSeq(9999), "", {"M", {}}}).error().code,
            base::ErrorCode::NotFound);
}

TEST_F(RaceDayTest, WhatIsTakenBackCannotBeTakenBackAgain) {
  take();
  RaceDay day = open();
  const auto note = day.add(note_about("1"));
  ASSERT_TRUE(note);
  const auto undo = day.add(model::UndoFact{*note, "", {"M", {}}});
  ASSERT_TRUE(undo);
  EXPECT_EQ(day.add(model::UndoFact{*note, "", {"M", {}}}).error().code,
            base::ErrorCode::InvalidInput);
  // The undo itself may be undone; then the note holds and may be taken back again.
  EXPECT_TRUE(day.add(model::UndoFact{*undo, "", {"M", {}}}));
  EXPECT_TRUE(day.add(model::UndoFact{*note, "", {"M", {}}}));
}

TEST_F(RaceDayTest, ReadsOfAnotherRunnerAreNeitherForcedNorIgnored) {
  const Pass pass = take();
  RaceDay day = open();
  const auto read = std::find_if(pass.results.reads.begin(), pass.results.reads.end(),
                                 [](const model::ReadView& view) { return view.entrant; });
  ASSERT_NE(read, pass.results.reads.end());
  const model::BibNumber owner = pass.results.entrants[read->entrant->raw()].bib;
  for (const auto kind :
       {model::RulingFact::Kind::ForceRead, model::RulingFact::Kind::IgnoreRead}) {
    for (const model::Entrant& entrant : pass.results.entrants) {
      model::RulingFact ruling;
      ruling.kind = kind;
      ruling.race = entrant.race;
      ruling.bib = entrant.bib;
      ruling.reads = {read->fact};
      if (kind == model::RulingFact::Kind::ForceRead) ruling.point = "finish";
      ruling.author.by = "M";
      EXPECT_EQ(day.add(ruling).has_value(), entrant.bib == owner) << entrant.bib.view();
    }
  }
}

model::ClockCorrectionFact correction_of(const std::string& device, const std::string& epoch) {
  model::ClockCorrectionFact fact;
  fact.device = device;
  fact.epoch = epoch;
  fact.offset = std::chrono::seconds(1);
  fact.author.by = "T";
  return fact;
}

TEST_F(RaceDayTest, ClockCorrectionNamesADeviceThatWasRead) {
  take();
  RaceDay day = open();
  const auto unknown = day.add(correction_of("bok", ""));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(unknown.error().text(), "found the device 'bok', expected one of: 12000C, box");
  const auto epoch = day.add(correction_of("box", "no such epoch"));
  ASSERT_FALSE(epoch);
  EXPECT_NE(epoch.error().text().find("found the epoch 'no such epoch' of the device 'box'"),
            std::string::npos);
  EXPECT_TRUE(day.add(correction_of("box", "")));
}

TEST_F(RaceDayTest, ClockCorrectionInTheFileForADeviceNobodyReadIsListed) {
  const std::string line = R"({"fact":"clock-correction","device":"box","offset":"+1","by":"T"})"
                           "\n";
  write("rulings.jsonl", line);
  EXPECT_TRUE(listed(take(), Attention::Kind::EntryQuestion).empty());
  std::string wrong = line;
  write("rulings.jsonl", line + wrong.replace(wrong.find("box"), 3, "bok"));
  EXPECT_EQ(listed(take(), Attention::Kind::EntryQuestion),
            std::vector<std::string>{"rulings.jsonl:2: the clock correction changes nothing: found "
                                     "the device 'bok', expected one of: 12000C, box"});
}

TEST_F(RaceDayTest, BibInTwoRacesNeedsARace) {
  std::string event = std::string(kEvent) + kSources;
  std::string second = event.substr(event.find("[[race]]"));
  second = second.substr(0, second.find("[[source]]"));
  second.replace(second.find("\"10k\""), 5, "\"mile\"");
  event.insert(event.find("[[source]]"), second);
  write("event.toml", event);
  write("entrants.csv", "bib,chips,race\n1,101,10k\n1,101,mile\n2,102,mile\n");
  take();
  const RaceDay day = open();
  const auto both = day.race_of(*model::BibNumber::parse("1"));
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().text(), "bib 1 is in several races (10k, mile), expected --race");
  EXPECT_EQ(*day.race_of(*model::BibNumber::parse("2")), "mile");
  EXPECT_EQ(day.race_of(*model::BibNumber::parse("3")).error().code, base::ErrorCode::NotFound);
}

TEST_F(RaceDayTest, AHandReadThatIsSentAgainIsThereOnce) {
  take();
  RaceDay day = open();
  model::HandReadFact hand;
  hand.race = "10k";
  hand.bib = *model::BibNumber::parse("1");
  hand.mat = day.event()->races[0].points.back().mat;
  hand.at = day.event()->begins + std::chrono::hours(9);
  hand.author = {"Timer", hand.at + std::chrono::seconds(3)};
  const auto first = day.add(hand);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(*day.add(hand), *first);
  hand.author.at = hand.at + std::chrono::seconds(4);
  EXPECT_NE(*day.add(hand), *first);
}

TEST(RaceFileOf, IsNamedAfterTheFolder) {
  EXPECT_EQ(race_file_of("/a/harbour-half"), "/a/harbour-half/harbour-half.race");
  EXPECT_EQ(race_file_of("/a/harbour-half/"), "/a/harbour-half/harbour-half.race");
}

}  // namespace
}  // namespace hs::engine
