#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "base/check.h"
#include "base/file.h"
#include "log/race_file.h"
#include "model/fact_codec.h"
#include "support/sample_facts.h"
#include "support/temp_folder.h"

// docs/race-file.md against the program: every example in it is read, the statements in it are the
// ones that make the tables, and the reader that was written from it alone (tools/) agrees with the
// program on a file that holds every kind of fact.

namespace hs {
namespace {

std::string source_folder() {
  const char* folder = std::getenv("HS_SOURCE_DIR");
  return folder == nullptr ? "." : folder;
}

struct Block {
  std::string title;  ///< What stands behind the three backticks.
  std::string text;
};

std::vector<Block> blocks_of_page() {
  const auto page = base::read_file(source_folder() + "/docs/race-file.md");
  HS_CHECK(page, "docs/race-file.md is not there");
  std::vector<Block> out;
  std::istringstream lines(*page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) {
      inside = !inside;
      if (inside) out.push_back({line.substr(3), {}});
    } else if (inside) {
      out.back().text += line + "\n";
    }
  }
  return out;
}

std::string without_line_end(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string without_blanks(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') out += c;
  }
  return out;
}

std::string bytes_of_hex(const std::string& hex) {
  const std::string digits = without_blanks(hex);
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return out;
}

TEST(RaceFilePage, EveryKindHasAnExampleThatIsStoredJustSo) {
  std::set<int> kinds;
  for (const Block& block : blocks_of_page()) {
    const bool json = block.title.rfind("json kind ", 0) == 0;
    const bool hex = block.title.rfind("hex kind ", 0) == 0;
    if (!json && !hex) continue;
    const int kind = std::stoi(block.title.substr(json ? 10 : 9));
    const std::string body = json ? without_line_end(block.text) : bytes_of_hex(block.text);
    const auto fact = model::decode(static_cast<model::FactKind>(kind), body, "");
    ASSERT_TRUE(fact) << block.text << fact.error().text();
    EXPECT_EQ(model::encode(*fact).body, body) << block.text;
    kinds.insert(kind);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<model::FactBody>);
}

TEST(RaceFilePage, TheExampleOfAPersonIsStoredJustSo) {
  for (const Block& block : blocks_of_page()) {
    if (block.title != "json person") continue;
    const std::string fields = without_line_end(block.text);
    const auto fact =
        model::decode(model::FactKind::Entrant, R"({"race":"half","bib":"812"})", fields);
    ASSERT_TRUE(fact) << fact.error().text();
    EXPECT_EQ(model::encode(*fact).personal, fields);
    return;
  }
  FAIL() << "no example of a person";
}

TEST(RaceFilePage, EveryLineOfTheRulingsExampleIsReadAndEveryRulingIsThere) {
  std::set<std::string> rulings;
  std::set<model::FactKind> kinds;
  for (const Block& block : blocks_of_page()) {
    if (block.title != "jsonl") continue;
    std::istringstream lines(block.text);
    for (std::string line; std::getline(lines, line);) {
      const auto fact = model::from_json_line(line);
      ASSERT_TRUE(fact) << line << "\n" << fact.error().text();
      kinds.insert(model::kind_of(*fact));
      if (const auto* ruling = std::get_if<model::RulingFact>(&*fact)) {
        rulings.insert(model::name_of(ruling->kind));
      }
    }
  }
  EXPECT_EQ(rulings.size(), static_cast<std::size_t>(model::RulingFact::Kind::Move) + 1);
  EXPECT_EQ(kinds.size(), 12U);
}

/// A race file of all samples in two commits; gives where its log stands.
log::Head write_samples(const std::string& path) {
  auto file = log::RaceFile::open(path);
  HS_CHECK(file, "a test could not open its race file");
  std::vector<model::EncodedFact> encoded;
  for (const model::FactBody& body : test::sample_facts()) encoded.push_back(model::encode(body));
  std::vector<log::NewFact> facts;
  for (const model::EncodedFact& fact : encoded) {
    log::NewFact& out = facts.emplace_back();
    out.kind = fact.kind;
    out.body = fact.body;
    out.personal = fact.personal;
    if (fact.kind != model::FactKind::Read) continue;
    out.identity = model::Identity{static_cast<std::uint8_t>(facts.size())};
    out.mark = 0xfedcba98;  // Above 31 bits, which a careless reader takes for negative.
  }
  HS_CHECK(file->append(std::span(facts).first(5)), "a test could not append");
  HS_CHECK(file->append(std::span(facts).subspan(5)), "a test could not append");
  return file->head();
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

TEST(RaceFilePage, TheStatementsOnThePageAreTheTablesOfTheFile) {
  const test::TempFolder folder;
  write_samples(folder / "a.race");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "a.race").c_str(), &database), SQLITE_OK);
  std::string tables;
  const auto collect = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += std::string(values[0]) + ";";
    return 0;
  };
  const char* sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid";
  EXPECT_EQ(sqlite3_exec(database, sql, collect, &tables, nullptr), SQLITE_OK);
  sqlite3_close(database);
  for (const Block& block : blocks_of_page()) {
    if (block.title != "sql") continue;
    EXPECT_EQ(without_blanks(block.text), without_blanks(tables));
  }
  EXPECT_FALSE(tables.empty());
}

struct Ran {
  int status = 0;
  std::string output;  ///< Standard output and error.
};

Ran run_second_reader(const std::string& file, const std::string& option = {}) {
  const std::string command = "python3 -B '" + source_folder() + "/tools/read_race_file.py' '" +
                              file + "' " + option + " 2>&1";
  Ran out;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  HS_CHECK(pipe != nullptr, "a test could not start python3");
  char piece[4096];
  for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof piece, pipe)) > 0;) {
    out.output.append(piece, got);
  }
  out.status = WEXITSTATUS(::pclose(pipe));
  return out;
}

TEST(SecondReader, AgreesWithTheProgramOnEveryFactAndOnTheChain) {
  const test::TempFolder folder;
  const std::string path = folder / "odd name? 100%.race";
  const log::Head head = write_samples(path);
  const Ran ran = run_second_reader(path);
  EXPECT_EQ(ran.status, 0) << ran.output;
  std::istringstream lines(ran.output);
  std::string line;
  std::uint64_t seq = 0;
  for (const model::FactBody& body : test::sample_facts()) {
    ASSERT_TRUE(std::getline(lines, line)) << ran.output;
    const model::EncodedFact encoded = model::encode(body);
    std::string expected = "{\"seq\":" + std::to_string(++seq) + ",\"kind\":\"" +
                           model::name_of(encoded.kind) + "\",\"body\":";
    const bool packed =
        encoded.kind == model::FactKind::Read || encoded.kind == model::FactKind::ReadConflict;
    if (!packed) expected += encoded.body;
    if (!encoded.personal.empty()) expected += ",\"person\":" + encoded.personal;
    EXPECT_EQ(line.substr(0, expected.size()), expected);
  }
  std::getline(lines, line);
  EXPECT_EQ(line, std::to_string(head.last.raw()) + " facts, chain " + base::to_hex(head.chain));
}

TEST(SecondReader, ReadsThePackedBytesOfReads) {
  const test::TempFolder folder;
  write_samples(folder / "a.race");
  const std::string output = run_second_reader(folder / "a.race").output;
  for (const char* body :
       {R"({"stream":1,"line":77,"time_us":1778220055160001,"device_seq":72623859790382856,)"
        R"("antenna":3,"rssi_dbm":-61,"hits":512,"tag":"E2801160600002"})",
        R"({"stream":1,"line":1,"time_us":-1,"bib":"812"})", R"({"first":6,"stream":1,)"}) {
    EXPECT_NE(output.find(body), std::string::npos) << body << "\n" << output;
  }
}

TEST(SecondReader, NamesTheFactThatWasChangedAsTheProgramDoes) {
  const std::pair<const char*, const char*> cases[] = {
      {"UPDATE facts SET body=zeroblob(30) WHERE seq=7", "fact 7 was changed"},
      {"DELETE FROM facts WHERE seq=9", "fact 9 is missing"},
      {"UPDATE commits SET recorded_at=5 WHERE first=6", "facts 6 to"},
      {"UPDATE people SET fields='{}' WHERE seq=2", "fact 2"},
  };
  for (const auto& [sql, names] : cases) {
    const test::TempFolder folder;
    const std::string path = folder / "a.race";
    write_samples(path);
    run_sql(path, sql);
    const Ran ran = run_second_reader(path, "--verify");
    EXPECT_EQ(ran.status, 1) << sql;
    EXPECT_NE(ran.output.find(names), std::string::npos) << ran.output;
    log::OpenOptions options;
    options.mode = log::OpenMode::ReadOnly;
    const auto file = log::RaceFile::open(path, options);
    const auto verified = file ? file->verify() : tl::make_unexpected(file.error());
    ASSERT_FALSE(verified) << sql;
    EXPECT_NE(verified.error().message.find(names), std::string::npos);
  }
}

TEST(SecondReader, RefusesWhatIsNoRaceFileOrNewer) {
  const test::TempFolder folder;
  const std::string path = folder / "a.race";
  write_samples(path);
  run_sql(path, "PRAGMA user_version=99");
  EXPECT_EQ(run_second_reader(path).status, 2);
  ASSERT_TRUE(base::write_file(folder / "text", "no database at all, but some text"));
  EXPECT_EQ(run_second_reader(folder / "text").status, 2);
}

}  // namespace
}  // namespace hs
