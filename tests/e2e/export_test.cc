// `export` as a person starts it: every format, beside a program that writes the race file, and
// what it refuses. What a format holds is tested in src/present; here it is the command.

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "engine/race_day.h"
#include "support/harbour_ten.h"
#include "support/program_run.h"
#include "support/shell.h"
#include "support/temp_folder.h"

namespace hs {
namespace {

using test_support::ProgramEnd;
using test_support::run_program;

// Behind `test::kHarbourTen`.
constexpr const char* kSources = R"([[race.award]]
id = "first"
[[source]]
file = "reads.csv"
format = "csv"
[[source]]
file = "lynx/*.lif"
format = "lif"
mat = "goal"
)";
constexpr const char* kReads =
    "mat,tag,time\narch,C1,2026-05-08T10:00:05\ngoal,C1,2026-05-08T10:40:00\n"
    "arch,C2,2026-05-08T10:00:06\n";
// Bib 2's chip is silent at the finish; the camera saw it.
constexpr const char* kLif = "1,1,1,10k\r\n1,2,,Two,Ben,,39:59.50,\r\n";
constexpr const char* kEntrants = R"([{"event": {"event_id": 1}, "participants": [
  {"user": {"first_name": "Ana", "last_name": "One", "gender": "F"}, "bib_num": 1,
   "chip_num": "C1"},
  {"user": {"first_name": "Ben", "last_name": "Two", "gender": "M"}, "bib_num": 2,
   "chip_num": "C2"}
]}])";

class Export : public testing::Test {
 protected:
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "the program is not built (HS_PROGRAM)";
    ASSERT_TRUE(base::make_folder(folder() + "/lynx"));
    write("event.toml", std::string(test::kHarbourTen) + kSources);
    write("entrants.json", kEntrants);
    write("reads.csv", kReads);
    write("lynx/10k.lif", kLif);
  }

  void write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(base::write_file(folder() + "/" + name, text));
  }
  [[nodiscard]] std::string folder() const { return temp_ / "harbour"; }

  [[nodiscard]] ProgramEnd run(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {"export", folder()};
    all.insert(all.end(), more.begin(), more.end());
    return run_program(all);
  }

  /// The names that `export --formats` lists, with how each comes.
  [[nodiscard]] static std::vector<std::pair<std::string, std::string>> formats() {
    std::istringstream lines(run_program({"export", "--formats"}).output);
    std::vector<std::pair<std::string, std::string>> out;
    std::string line;
    std::getline(lines, line);  // The head of the table.
    while (std::getline(lines, line)) {
      std::istringstream words(line);
      std::string name, shape;
      words >> name >> shape;
      out.emplace_back(name, shape);
    }
    return out;
  }

  test::TempFolder temp_;
};

TEST_F(Export, WritesEveryFormatBesideAProgramThatWritesTheRaceFile) {
  const auto parsed = engine::read_event_folder(folder(), engine::Strict::Yes);
  ASSERT_TRUE(parsed) << parsed.error().text();
  auto writer = engine::RaceDay::open(engine::race_file_of(folder()), scoring::Closing::Assume);
  ASSERT_TRUE(writer) << writer.error().text();
  ASSERT_TRUE(writer->take(*parsed));
  const log::Head before = writer->race_file().head();
  const auto all = formats();
  EXPECT_GE(all.size(), 16U);
  for (const auto& [name, shape] : all) {
    const std::string out = temp_ / ("out-" + name);
    const ProgramEnd end = run({"--format", name, "--out", out});
    EXPECT_EQ(end.exit, 0) << name << "\n" << end.errors;
    EXPECT_NE(end.output.find("Provisional results. As of entry"), std::string::npos) << end.output;
    EXPECT_EQ(std::filesystem::is_directory(out), shape == "folder") << name;
    const ProgramEnd again = run({"--format", name, "--out", out + "-again"});
    if (shape != "folder") {
      EXPECT_EQ(*base::read_file(out), *base::read_file(out + "-again")) << name;
    }
  }
  EXPECT_EQ(writer->race_file().head().last, before.last) << "nobody else wrote";
}

TEST_F(Export, TheCamerasTimeIsAFinish) {
  const ProgramEnd end = run({"--format", "ultrasignup"});
  EXPECT_EQ(end.output,
            "place,time,first,last,age,gender,city,state,bib,status\n"
            "1,0:40:00,Ben,Two,,M,,,2,1\n"
            "2,0:40:00,Ana,One,,F,,,1,1\n")
      << "rounded up alike, placed by the half second between them";
}

TEST_F(Export, CsvAndJsonAreTheBytesOfScore) {
  ASSERT_EQ(run_program({"score", folder(), "--memory", "--out", temp_ / "scored"}).exit, 0);
  for (const char* name : {"csv", "json"}) {
    EXPECT_EQ(run({"--format", name}).output,
              *base::read_file(temp_ / (std::string("scored/public/results.") + name)));
  }
  EXPECT_FALSE(std::filesystem::exists(engine::race_file_of(folder()))) << "it only looks";
}

TEST_F(Export, WhileRacingGoesOnNobodyIsGivenUp) {
  ASSERT_TRUE(std::filesystem::remove(folder() + "/lynx/10k.lif"));
  const std::string sources = kSources;
  write("event.toml", test::kHarbourTen + sources.substr(0, sources.rfind("[[source]]")));
  EXPECT_NE(run({"--format", "gru"}).output.find("2,Ben,Two,M,,,,,,,UNR,"), std::string::npos);
  const ProgramEnd open = run({"--format", "gru", "--open", "--out", temp_ / "gru.csv"});
  EXPECT_NE(open.output.find("Provisional"), std::string::npos) << open.output;
  const std::string csv = *base::read_file(temp_ / "gru.csv");
  EXPECT_NE(csv.find("2,Ben,Two,M,,,,,,,RUN,"), std::string::npos) << csv;
  const ProgramEnd lynx = run({"--format", "lynx", "--open", "--out", temp_ / "lynx-out"});
  EXPECT_EQ(lynx.exit, 0) << lynx.errors;
  const std::string lif = *base::read_file(temp_ / "lynx-out/10k.lif");
  EXPECT_EQ(lif.find("Ben"), std::string::npos) << lif;
}

TEST_F(Export, RefusesWhatItCannotDoInWords) {
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& words) {
    const ProgramEnd end = run(arguments);
    EXPECT_EQ(end.exit, 2);
    EXPECT_NE(end.errors.find(words), std::string::npos) << end.errors;
  };
  refused({}, "found no --format, expected one of: csv json xlsx");
  refused({"--format", "exel"}, "found the format 'exel', expected one of: csv");
  refused({"--format", "pdf"}, "found no --out, expected the file to write");
  refused({"--format", "site"}, "found no --out, expected the folder to write");
  refused({"--format", "csv", "--race", "10k"}, "which holds every race");
  refused({"--format", "gru", "--list", "sex"}, "found --list with the format 'gru'");
  refused({"--format", "pdf", "--out", "x", "--list", "club"}, "expected overall, sex, division");
  refused({"--format", "iof-results", "--list", "start"}, "expected the format 'iof-starts'");
  refused({"--format", "gru", "--race", "half"}, "found the race 'half', expected one of: 10k");
  refused({"--format", "gru", "--language", "xx"}, "no words in the language 'xx'");
  write("entrants.csv", "bib,name\n1,A\n");
  refused({"--format", "csv"}, "found entrants.csv and entrants.json, expected one of them");
}

TEST_F(Export, AFormatForOneRaceWantsToKnowWhich) {
  std::string event = std::string(test::kHarbourTen) + kSources;
  const std::string race =
      event.substr(event.find("[[race]]"), event.find("[[race.award]]") - event.find("[[race]]"));
  std::string other = race;
  other.replace(other.find("10k"), 3, "1");
  write("event.toml",
        event.substr(0, event.find("[[source]]")) + other + event.substr(event.find("[[source]]")));
  const ProgramEnd end = run({"--format", "gru"});
  EXPECT_EQ(end.exit, 2);
  EXPECT_NE(end.errors.find("expected --race with one of: 10k, 1"), std::string::npos)
      << end.errors;
  EXPECT_EQ(run({"--format", "gru", "--race", "1"}).exit, 0);
}

TEST_F(Export, TheSiteWorksInABrowserFromTheDisk) {
  const std::string missing = test_support::missing_for_browser();
  if (!missing.empty()) GTEST_SKIP() << missing;
  const std::string event = temp_ / "hand";
  ASSERT_EQ(run_program({"simulate", "--scene", "hand-in-hand", "--runners", "80", "--seed", "7",
                         "--out", event})
                .exit,
            0);
  const std::string site = temp_ / "site";
  ASSERT_EQ(run_program({"export", event, "--format", "site", "--out", site}).exit, 0);
  const auto check = test_support::run_shell("cd '" + test_support::browser_tools() +
                                             "' && timeout 120 node site_check.mjs '" + site +
                                             "' marathon 90301 2>&1");
  EXPECT_EQ(check.status, 0) << check.output;
}

}  // namespace
}  // namespace hs
