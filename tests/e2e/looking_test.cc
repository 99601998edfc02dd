// `explain` and `doctor` only look: they work beside a program that writes the race file, and leave
// no trace. The program itself is started, as a person would.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "engine/race_day.h"
#include "support/temp_folder.h"

namespace hs {
namespace {

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
[[source]]
file = "reads.csv"
format = "csv"
)";
constexpr const char* kReads =
    "mat,tag,time\narch,101,2026-05-08T10:00:05\ngoal,101,2026-05-08T10:40:00\n";

class Looking : public testing::Test {
 protected:
  void SetUp() override {
    const char* program = std::getenv("HS_PROGRAM");
    if (program == nullptr || !std::filesystem::exists(program)) {
      GTEST_SKIP() << "the program is not built (HS_PROGRAM)";
    }
    program_ = program;
    ASSERT_TRUE(base::make_folder(folder()));
    write("event.toml", kEvent);
    write("entrants.csv", "bib,chips,name\n1,101,Ana One\n2,102,Ben Two\n");
    write("reads.csv", kReads);
  }

  void write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(base::write_file(folder() + "/" + name, text));
  }
  [[nodiscard]] std::string folder() const { return temp_ / "harbour"; }
  [[nodiscard]] std::string race_file() const { return folder() + "/harbour.race"; }

  /// What the program says, both streams; a failure where it does not end well.
  [[nodiscard]] std::string say(const std::string& arguments) const {
    const std::string command = "'" + program_ + "' " + arguments + " 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return "";
    std::string out;
    char part[4096];
    for (std::size_t got = 0; (got = std::fread(part, 1, sizeof(part), pipe)) > 0;) {
      out.append(part, got);
    }
    EXPECT_EQ(::pclose(pipe), 0) << command << "\n" << out;
    return out;
  }
  [[nodiscard]] std::string explained() const { return say("explain " + folder() + " --bib 1"); }

  test::TempFolder temp_;
  std::string program_;
};

TEST_F(Looking, WorksWhileAnotherProgramWritesTheRaceFile) {
  const auto parsed = engine::read_event_folder(folder(), engine::Strict::No);
  ASSERT_TRUE(parsed) << parsed.error().text();
  auto writer = engine::RaceDay::open(race_file(), scoring::Closing::Assume);
  ASSERT_TRUE(writer) << writer.error().text();
  ASSERT_TRUE(writer->take(*parsed));
  const log::Head before = writer->race_file().head();
  // What has come into the folder since is looked at too.
  write("reads.csv", std::string(kReads) + "goal,101,2026-05-08T10:55:00\n");
  const std::string text = explained();
  EXPECT_NE(text.find("0:40:00.000"), std::string::npos) << text;
  EXPECT_NE(text.find("late-repeat"), std::string::npos) << text;
  EXPECT_NE(say("doctor " + folder()).find("arch"), std::string::npos);
  EXPECT_EQ(writer->race_file().head().last, before.last);
  ASSERT_TRUE(writer->race_file().verify());
  const auto after = engine::read_event_folder(folder(), engine::Strict::No);
  ASSERT_TRUE(after);
  EXPECT_EQ(writer->take(*after)->reads_new, 1U) << "nobody else had taken it in";
}

TEST_F(Looking, LeavesNoRaceFileWhereThereWasNone) {
  EXPECT_NE(explained().find("0:40:00.000"), std::string::npos);
  EXPECT_EQ(say("doctor " + folder() + " --propose"), "");
  EXPECT_FALSE(std::filesystem::exists(race_file()));
}

}  // namespace
}  // namespace hs
