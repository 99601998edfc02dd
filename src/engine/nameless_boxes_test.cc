// Files without a column for the device do not say whose they are; the event file does.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/race_day.h"
#include "support/harbour_ten.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

const std::string kEvent = std::string(test::kHarbourTen) + R"([[source]]
mat = "goal"
file = "reads/goal.csv"
format = "csv"
[[source]]
mat = "goal"
file = "reads/backup.csv"
format = "csv"
)";

class NamelessBoxes : public ::testing::Test {
 protected:
  NamelessBoxes() {
    write("entrants.csv", "bib,chips\n1,101\n2,102\n");
    write("reads/goal.csv", "mat,tag,time\ngoal,101,2026-05-08T10:40:00.6\n");
    write("reads/backup.csv",
          "mat,tag,time\ngoal,101,2026-05-08T10:39:59.4\ngoal,102,2026-05-08T10:40:59.5\n");
  }
  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  /// What the folder comes to: gun times of bibs 1 and 2, and how many facts the log has.
  void take() {
    const auto parsed = read_event_folder(folder_.path(), Strict::No);
    ASSERT_TRUE(parsed) << parsed.error().text();
    auto day = RaceDay::open(folder_ / "a.race", scoring::Closing::Assume);
    ASSERT_TRUE(day) << day.error().text();
    ASSERT_TRUE(day->take(*parsed));
    const model::EventResults results = day->results();
    first_ = results.runners[0].gun->value();
    second_ = results.runners[1].gun->value();
    facts_ = results.as_of.raw();
    is_asked_ = std::any_of(results.attention.begin(), results.attention.end(),
                            [](const model::Attention& item) {
                              return item.kind == model::Attention::Kind::EntryQuestion;
                            });
  }

  test::TempFolder folder_;
  base::Duration first_{};
  base::Duration second_{};
  std::uint64_t facts_ = 0;
  bool is_asked_ = false;
};

// The backup mat, a second behind, hears 1 at 10:40:00.4 and 2 at 10:41:00.5; the main mat hears 1
// at 10:40:00.6, which is the time.
TEST_F(NamelessBoxes, OfTwoRolesAndOffsetsAreTwo) {
  write("event.toml", kEvent + "role = \"backup\"\noffset = \"1s\"\n");
  take();
  EXPECT_EQ(first_, std::chrono::milliseconds(2'400'600));
  EXPECT_EQ(second_, std::chrono::milliseconds(2'460'500));
  EXPECT_FALSE(is_asked_);
  const std::uint64_t facts = facts_;
  take();
  EXPECT_EQ(facts_, facts);
  EXPECT_EQ(first_, std::chrono::milliseconds(2'400'600));
}

// Two files of one box with nothing said apart: the first read is the time.
TEST_F(NamelessBoxes, OfTheSameSettingsAreOne) {
  write("event.toml", kEvent);
  take();
  EXPECT_EQ(first_, std::chrono::milliseconds(2'399'400));
  EXPECT_FALSE(is_asked_);
}

}  // namespace
}  // namespace hs::engine
