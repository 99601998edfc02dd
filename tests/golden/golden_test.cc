// Whole races, compared byte for byte. Each folder here with an event.toml is one race; the comment
// on top of it says what to check and why the results are right.
//
//     by_hand.csv         worked out from the reads by a person; a '?' was not. Never rewritten:
//     what
//                         the program says must agree before it can be blessed.
//     expected/           what the program writes; `./dev golden` rewrites it.
//     expected/explain/   BIB.txt: what `explain` says of that bib. An empty file asks for it.
//     schema-N.race       a race file as it was when N was the schema; kept for ever.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "app/output_files.h"
#include "base/file.h"
#include "base/sha256.h"
#include "engine/race_day.h"
#include "formats/csv.h"
#include "moments/find_moments.h"
#include "present/explain.h"
#include "support/temp_folder.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "tests/golden";
constexpr const char* kCompared[] = {"public/results.csv", "public/results.json",
                                     "officials/attention.csv", "officials/reads.csv"};

bool is_update() { return std::getenv("HS_UPDATE_GOLDEN") != nullptr; }

std::string read(const fs::path& path) {
  auto text = base::read_file(path.string());
  EXPECT_TRUE(text) << text.error().text();
  return text ? std::move(*text) : std::string();
}

/// "line 7:\n  expected: ...\n  found:    ..." of the first line that differs; "" if none does.
std::string first_difference(const std::string& expected, const std::string& found) {
  if (expected == found) return "";
  std::istringstream left(expected);
  std::istringstream right(found);
  for (int line = 1;; ++line) {
    std::string a;
    std::string b;
    const bool more_left = static_cast<bool>(std::getline(left, a));
    const bool more_right = static_cast<bool>(std::getline(right, b));
    if (!more_left && !more_right) return "they differ in how the last line ends";
    if (more_left && more_right && a == b) continue;
    // One line of JSON can be the whole file: shown from a little before the difference.
    const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const std::size_t same = static_cast<std::size_t>(at - a.begin());
    const std::size_t from = same > 60 && std::max(a.size(), b.size()) > 400 ? same - 60 : 0;
    return "line " + std::to_string(line) + ", column " + std::to_string(same + 1) + ":" +
           "\n  expected: " + (more_left ? a.substr(from, 400) : "(the end of the file)") +
           "\n  found:    " + (more_right ? b.substr(from, 400) : "(the end of the file)");
  }
}

/// Compares with the kept file, or rewrites it.
void compare(const fs::path& kept, const std::string& found) {
  if (is_update()) {
    fs::create_directories(kept.parent_path());
    const auto written = base::write_file(kept.string(), found);
    ASSERT_TRUE(written) << written.error().text();
    return;
  }
  const std::string difference = first_difference(read(kept), found);
  EXPECT_EQ(difference, "") << kept.string()
                            << "\nIf the new text is right: ./dev golden, and read the difference.";
}

/// Rows of a table with a header, as column name to text.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& text) {
  std::vector<std::map<std::string, std::string>> out;
  formats::CsvReader reader(text, formats::CsvDialect{}, "table");
  formats::CsvRow header;
  formats::CsvRow row;
  EXPECT_TRUE(reader.next(header).value_or(false));
  while (reader.next(row).value_or(false)) {
    std::map<std::string, std::string>& cells = out.emplace_back();
    for (std::size_t c = 0; c < header.cells.size(); ++c) {
      cells[header.cells[c].text] = row.cells.at(c).text;
    }
  }
  return out;
}

/// Each runner of the list and each cell that a person worked out.
void compare_by_hand(const fs::path& by_hand, const std::string& results_csv) {
  std::map<std::string, std::map<std::string, std::string>> found;
  for (auto& row : rows_of(results_csv)) found[row["race"] + " bib " + row["bib"]] = row;
  const auto worked = rows_of(read(by_hand));
  EXPECT_EQ(worked.size(), found.size()) << by_hand << ": somebody is missing in one of the two";
  for (const auto& row : worked) {
    const std::string who = row.at("race") + " bib " + row.at("bib");
    ASSERT_TRUE(found.contains(who)) << by_hand << ": no result for " << who;
    for (const auto& [column, text] : row) {
      if (text == "?") continue;
      EXPECT_EQ(found[who].at(column), text) << who << ", " << column;
    }
  }
}

/// The folder's text that `explain` prints for a bib, in every race it is in.
std::string explanation(engine::RaceDay& day, const std::string& bib) {
  const model::EventResults results = day.results();
  const std::vector<model::Fact> decisions = day.scorer().decisions();
  present::ExplainOptions options;
  options.decisions = decisions;
  std::string out;
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    if (results.entrants[e].bib.view() != bib) continue;
    out += present::explain(results, model::EntrantId(static_cast<std::uint32_t>(e)), options);
  }
  return out;
}

engine::RaceDay scored(const std::string& folder) {
  auto parsed = engine::read_event_folder(folder, engine::Strict::Yes);
  EXPECT_TRUE(parsed) << parsed.error().text();
  auto day = engine::RaceDay::in_memory(scoring::Closing::Assume);
  EXPECT_TRUE(day);
  const auto report = day->take(*parsed);
  EXPECT_TRUE(report) << report.error().text();
  return std::move(*day);
}

void write_outputs(engine::RaceDay& day, const std::string& folder, const std::string& race) {
  const model::EventResults results = day.results();
  const auto written =
      app::write_outputs(results, moments::find_moments(results), day.copies(), folder, race);
  ASSERT_TRUE(written) << written.error().text();
}

class Golden : public testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] static fs::path folder() { return fs::path(kFolder) / GetParam(); }
};

TEST_P(Golden, FilesAreAsKeptAndAgreeWithWhatWasWorkedOutByHand) {
  engine::RaceDay day = scored(folder().string());
  const test::TempFolder out;
  write_outputs(day, out.path(), GetParam());
  compare_by_hand(folder() / "by_hand.csv", read(out / "public/results.csv"));
  if (HasFailure()) return;  // What is wrong is not kept.
  for (const char* file : kCompared) compare(folder() / "expected" / file, read(out / file));
  const char* const legs = "public/legs.csv";  // Only of relays.
  if (fs::exists(out / legs)) compare(folder() / "expected" / legs, read(out / legs));
  const fs::path explained = folder() / "expected/explain";
  if (!fs::exists(explained)) return;
  for (const auto& entry : fs::directory_iterator(explained)) {
    compare(entry.path(), explanation(day, entry.path().stem().string()));
  }
}

/// Opens a kept race file as the program does and compares it with what its folder gives today.
void check_race_file(const fs::path& kept, const std::string& race) {
  // A copy: opening may migrate it, and leaves journals beside it.
  const test::TempFolder temp;
  const std::string copy = temp / "kept.race";
  fs::copy_file(kept, copy);
  fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write);
  auto day = engine::RaceDay::open(copy, scoring::Closing::Assume);
  ASSERT_TRUE(day) << day.error().text();
  const auto verified = day->race_file().verify();
  ASSERT_TRUE(verified) << verified.error().text();
  write_outputs(*day, temp.path(), race);
  for (const char* file : {"public/results.csv", "public/results.json", "officials/reads.csv"}) {
    const std::string expected = read(kept.parent_path() / "expected" / file);
    EXPECT_EQ(first_difference(expected, read(temp / file)), "") << file;
  }
  // Identities and codecs are for ever too: the folder brings nothing that the file has not.
  auto parsed = engine::read_event_folder(kept.parent_path().string(), engine::Strict::Yes);
  ASSERT_TRUE(parsed);
  ASSERT_TRUE(day->take(*parsed));
  EXPECT_EQ(day->race_file().head().last, verified->head.last);
}

std::vector<std::string> races() {
  std::vector<std::string> out;
  const char* root = std::getenv("HS_SOURCE_DIR");
  const fs::path folder = fs::path(root == nullptr ? "." : root) / kFolder;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "event.toml")) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string out = info.param;
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Races, Golden, testing::ValuesIn(races()), test_name);

TEST(GoldenRaceFile, KeptOnesOpenVerifyAndGiveTheSameResults) {
  int kept = 0;
  for (const std::string& race : races()) {
    for (const auto& entry : fs::directory_iterator(fs::path(kFolder) / race)) {
      if (entry.path().extension() != ".race") continue;
      SCOPED_TRACE(entry.path().string());
      ++kept;
      check_race_file(entry.path(), race);
    }
  }
  EXPECT_GT(kept, 0);
}

// --- the real event -----------------------------------------------------------------------------

/// "F 12 ..." counts by name, in order of the names.
std::string counted(const std::string& what, const std::map<std::string, std::size_t>& counts) {
  std::string out;
  for (const auto& [name, count] : counts) {
    out += what + " " + name + " " + std::to_string(count) + "\n";
  }
  return out;
}

/// The official values of a race in a form of this test's own: SHA-256 over a line a runner.
std::string race_hash(const model::EventResults& results, std::size_t race) {
  std::string lines;
  for (const model::EntrantId id : results.order[race]) {
    const model::RunnerResult& r = results.runners[id.raw()];
    const auto micros = [](const auto& time) {
      return time ? std::to_string(time->value().count()) : std::string("-");
    };
    lines += results.entrants[id.raw()].bib.str() + " " + model::name_of(r.status) + " " +
             (r.places.overall ? std::to_string(r.places.overall->place) : "-") + " " +
             micros(r.gun) + " " + micros(r.net) + "\n";
  }
  return base::to_hex(base::sha256(lines));
}

std::string summary_of(const model::EventResults& results) {
  std::string out;
  for (std::size_t race = 0; race < results.event.races.size(); ++race) {
    std::map<std::string, std::size_t> statuses;
    for (const model::EntrantId id : results.order[race]) {
      ++statuses[model::name_of(results.runners[id.raw()].status)];
    }
    const std::string name = "race " + results.event.races[race].id;
    out += counted(name, statuses) + name + " hash " + race_hash(results, race) + "\n";
  }
  std::map<std::string, std::size_t> verdicts;
  for (const model::ReadView& read : results.reads) ++verdicts[model::name_of(read.verdict)];
  out += counted("verdict", verdicts);
  std::map<std::string, std::size_t> listed;
  for (const model::Attention& item : results.attention) ++listed[model::name_of(item.kind)];
  return out + counted("listed", listed);
}

TEST(GoldenRealEvent, SummaryIsAsKept) {
  const char* shared = std::getenv("HS_SHARED");
  const std::string folder =
      std::string(shared == nullptr ? "../shared" : shared) + "/data/reads/chronotrack-2021-05-08";
  if (!fs::exists(folder + "/event.toml")) {
    GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  }
  engine::RaceDay day = scored(folder);
  compare(fs::path(kFolder) / "chronotrack-2021-05-08.txt", summary_of(day.results()));
}

}  // namespace
}  // namespace hs
