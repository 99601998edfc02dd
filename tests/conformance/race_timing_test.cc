#include "conformance/race_timing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "conformance/fact_race.h"
#include "conformance/relay_timing.h"

// Whole events of a club's hand-timing program. Every folder that has an expected answer is either
// scored and compared line by line, or named below with the reason why it is not.

namespace hs::conformance {
namespace {

namespace fs = std::filesystem;

struct LaterRule {
  const char* folder;  ///< The folder, or the beginning of its path with a "/" at the end.
  const char* reason;
};

constexpr const char* kConfigMessages =
    "expects that program's message about a mistake in its own files";

constexpr const char* kJuniorCup =
    "a cup of age groups with starts and tables of their own: the adapter does not read them yet";
constexpr const char* kManyClubs =
    "takes a name with several clubs, in any spelling, for several people: the adapter does not "
    "yet";
constexpr const char* kGrandPrix =
    "a cup for members of two clubs with so many races of each kind: a cup has no such rule yet";
constexpr const char* kGuessedTimes =
    "a relay whose missing times that program fills in between their neighbours, and legs it is "
    "told "
    "on paper: a time is never made up here";

/// Reasons by folder. Where two fit, the longer path counts.
const std::vector<LaterRule>& later_rules() {
  static const std::vector<LaterRule> kLater = {
      {"synthetic/relay_race/annotated_results_", kGuessedTimes},
      {"synthetic/relay_race/duplicate_team_name", kConfigMessages},
      {"synthetic/relay_race/invalid_", kConfigMessages},
      {"synthetic/relay_race/results_out_of_order_", kConfigMessages},
      {"synthetic/relay_race/unused_input_file_checked", kConfigMessages},
      {"real/series_race/midweek/2023/completed_2", kManyClubs},
      {"real/series_race/midweek/2023/completed_5", kManyClubs},
      {"synthetic/series_race/midweek/duplicate_runner_name", kManyClubs},
      {"synthetic/series_race/midweek/prize_category_groups", kManyClubs},
      {"real/series_race/midweek/2025", "names races of that program's own resources by path"},
      {"synthetic/series_race/midweek/invalid_config_inconsistent_keys", kConfigMessages},
      {"synthetic/series_race/midweek/unused_input_file_individual_race_checked", kConfigMessages},
      {"real/series_race/minitour/", kJuniorCup},
      {"synthetic/series_race/minitour/", kJuniorCup},
      {"real/series_race/grand_prix/", kGrandPrix},
      {"synthetic/series_race/grand_prix/", kGrandPrix},
      {"synthetic/individual_race/no_results",
       "expects that program's dummy times and start list before a race"},
      {"synthetic/individual_race/duplicate_bib_number_entered", kConfigMessages},
      {"synthetic/individual_race/results_out_of_order", kConfigMessages},
      {"synthetic/individual_race/invalid_", kConfigMessages},
  };
  return kLater;
}

/// Why a folder is not run; nothing where it is.
const LaterRule* reason_for(const std::string& folder) {
  const LaterRule* best = nullptr;
  for (const LaterRule& rule : later_rules()) {
    const std::string path = rule.folder;
    const bool beginning = path.back() == '/' || path.back() == '_';
    const bool fits = beginning ? folder.rfind(path, 0) == 0 : folder == path;
    if (fits && (best == nullptr || path.size() > std::string(best->folder).size())) best = &rule;
  }
  return best;
}

/// The expected file with `part` in its name; empty where the event has none.
std::string expected_file(const fs::path& folder, const char* part, const char* extension) {
  for (const auto& file : fs::directory_iterator(folder / "expected")) {
    const std::string name = file.path().filename().string();
    if (name.find(part) != std::string::npos && file.path().extension() == extension) {
      return file.path().string();
    }
  }
  return {};
}

std::string overall_csv(const fs::path& folder) {
  return expected_file(folder, "_overall_", ".csv");
}

std::string prizes_txt(const fs::path& folder) { return expected_file(folder, "_prizes_", ".txt"); }

/// Every folder with an expected answer, as a path below the collection, sorted.
std::vector<std::string> all_folders(const fs::path& root) {
  std::vector<std::string> folders;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_directory() && entry.path().filename() == "expected") {
      folders.push_back(fs::relative(entry.path().parent_path(), root).generic_string());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

class RaceTiming : public ::testing::Test {
 protected:
  void SetUp() override {
    if (shared_cases().empty()) {
      GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
    }
    root_ = fs::path(shared_cases()) / "race-timing";
  }
  fs::path root_;
};

void compare(const fs::path& folder) {
  const auto expected = expected_list(overall_csv(folder));
  ASSERT_TRUE(expected.has_value()) << expected.error().text();
  const auto scored = score_folder((folder / "input").string());
  ASSERT_TRUE(scored.has_value()) << scored.error().text();
  EXPECT_GT(expected->size(), 0u);
  EXPECT_EQ(scored->size(), expected->size());
  for (std::size_t i = 0; i < std::min(scored->size(), expected->size()); ++i) {
    ASSERT_EQ(text_of((*scored)[i]), text_of((*expected)[i])) << "line " << i + 1;
  }
}

void compare_prizes(const fs::path& folder) {
  const auto expected = expected_prizes(prizes_txt(folder));
  ASSERT_TRUE(expected.has_value()) << expected.error().text();
  const auto scored = score_prizes((folder / "input").string());
  ASSERT_TRUE(scored.has_value()) << scored.error().text();
  EXPECT_GT(expected->size(), 0u);
  for (std::size_t i = 0; i < std::max(scored->size(), expected->size()); ++i) {
    const PrizeLine ours = i < scored->size() ? (*scored)[i] : PrizeLine();
    const PrizeLine theirs = i < expected->size() ? (*expected)[i] : PrizeLine();
    ASSERT_EQ(text_of(ours), text_of(theirs));
  }
}

void compare_cup(const fs::path& folder) {
  const auto expected = expected_cup(overall_csv(folder));
  ASSERT_TRUE(expected.has_value()) << expected.error().text();
  auto scored = score_cup((folder / "input").string());
  ASSERT_TRUE(scored.has_value()) << scored.error().text();
  ASSERT_GT(expected->size(), 0u);
  // It leaves out races to come, and as long as there are any, who ran enough.
  for (CupLine& line : *scored) {
    line.scores.resize(expected->front().scores.size());
    if (expected->front().complete.empty()) line.complete.clear();
  }
  std::sort(scored->begin(), scored->end());
  for (std::size_t i = 0; i < std::max(scored->size(), expected->size()); ++i) {
    const CupLine ours = i < scored->size() ? (*scored)[i] : CupLine();
    const CupLine theirs = i < expected->size() ? (*expected)[i] : CupLine();
    ASSERT_EQ(text_of(ours), text_of(theirs));
  }
}

std::string leg_csv(const fs::path& folder, std::size_t leg) {
  return expected_file(folder, ("_leg_" + std::to_string(leg) + "_").c_str(), ".csv");
}

/// The team's places and times, leg by leg, and the list of each leg. Its prizes are not compared:
/// which categories there are stands in that program's own resources.
void compare_relay(const fs::path& folder) {
  const auto scored = score_relay((folder / "input").string());
  ASSERT_TRUE(scored.has_value()) << scored.error().text();
  const std::string detailed = expected_file(folder, "_detailed_", ".csv");
  if (!detailed.empty()) {
    const auto expected = expected_teams(detailed);
    ASSERT_TRUE(expected.has_value()) << expected.error().text();
    EXPECT_GT(expected->size(), 0u);
    EXPECT_EQ(scored->teams.size(), expected->size());
    for (std::size_t i = 0; i < std::min(scored->teams.size(), expected->size()); ++i) {
      ASSERT_EQ(text_of(scored->teams[i]), text_of((*expected)[i])) << "line " << i + 1;
    }
  }
  for (std::size_t leg = 1; leg <= scored->legs.size(); ++leg) {
    const std::string path = leg_csv(folder, leg);
    if (path.empty()) {
      ASSERT_FALSE(detailed.empty()) << "nothing to compare with, and no reason named";
      continue;
    }
    const auto expected = expected_leg(path);
    ASSERT_TRUE(expected.has_value()) << expected.error().text();
    EXPECT_EQ(scored->legs[leg - 1], *expected) << "leg " << leg;
  }
}

TEST_F(RaceTiming, EveryEventIsScoredAsExpectedOrNamedWithItsReason) {
  std::size_t run = 0;
  std::size_t with_prizes = 0;
  std::size_t relays = 0;
  std::map<std::string, std::vector<std::string>> later;
  std::map<const LaterRule*, std::size_t> used;
  const std::vector<std::string> folders = all_folders(root_);
  for (const std::string& folder : folders) {
    SCOPED_TRACE(folder);
    if (const LaterRule* rule = reason_for(folder)) {
      later[rule->reason].push_back(folder);
      ++used[rule];
      continue;
    }
    if (folder.find("series_race") != std::string::npos) {
      compare_cup(root_ / folder);
      ++run;
      continue;
    }
    if (folder.find("relay_race") != std::string::npos) {
      compare_relay(root_ / folder);
      ++relays;
      ++run;
      continue;
    }
    const bool has_list = !overall_csv(root_ / folder).empty();
    const bool has_prizes = !prizes_txt(root_ / folder).empty();
    ASSERT_TRUE(has_list || has_prizes) << "nothing to compare with, and no reason named";
    if (has_list) compare(root_ / folder);
    if (has_prizes) compare_prizes(root_ / folder);
    if (has_prizes) ++with_prizes;
    ++run;
  }
  std::size_t listed = 0;
  for (const auto& [reason, names] : later) {
    std::cout << "not run, " << names.size() << ": " << reason << '\n';
    for (const std::string& name : names) std::cout << "    " << name << '\n';
    listed += names.size();
  }
  std::cout << "race-timing: " << folders.size() << " events, " << run << " scored and compared, "
            << with_prizes << " of them with prizes, " << relays << " relays, " << listed
            << " of later rules\n";
  EXPECT_EQ(run + listed, folders.size());
  for (const LaterRule& rule : later_rules()) {
    EXPECT_GT(used[&rule], 0u) << "a reason for nothing: " << rule.folder;
  }
}

TEST_F(RaceTiming, AWrongExpectationIsNoticed) {
  const fs::path folder = root_ / "synthetic/individual_race/dead_heat_5";
  auto expected = expected_list(overall_csv(folder)).value();
  const auto scored = score_folder((folder / "input").string()).value();
  EXPECT_EQ(scored, expected);
  expected[0].place = "1";
  EXPECT_NE(scored, expected);
}

TEST_F(RaceTiming, AWrongExpectationOfARelayIsNoticed) {
  const fs::path folder = root_ / "synthetic/relay_race/mass_start_3_4/dnf_leg_4";
  const auto expected = expected_teams(expected_file(folder, "_detailed_", ".csv")).value();
  auto scored = score_relay((folder / "input").string()).value();
  EXPECT_EQ(scored.teams, expected);
  EXPECT_EQ(scored.teams[1].legs[2], "M3 01:05:59 02:49:47");
  scored.teams[1].legs[2] = "01:05:59 02:49:47";
  EXPECT_NE(scored.teams, expected);
}

}  // namespace
}  // namespace hs::conformance
