// The scenes in which somebody is helped, under each rule set and edition: one ruling of the
// referee, and what becomes of whom. The table is what a referee would look up.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scoring/rule_set.h"
#include "sim/score_in_memory.h"
#include "sim/simulate.h"

namespace hs::sim_test {
namespace {

/// What the referee of a scene says.
struct Case {
  const char* scene;
  const char* helped;
  const char* helper;   ///< Empty: somebody who is not in the race.
  const char* finding;  ///< As in rulings.jsonl; empty: none.
  const char* first;    ///< Who is in front where help puts both out.
};

constexpr Case kCarriedHome = {"carried-home", "91202", "91201", "", "91203"};
constexpr Case kFather = {"father", "91301", "", "", "91302"};
constexpr Case kBrothers = {"brothers", "91101", "91102", ",\"medical_at_hand\":true", "91103"};
constexpr Case kDivisionLeader = {"division-leader", "92101", "92102", "", "92103"};

/// One row of the table: status of who was helped, then of who helped.
struct Row {
  const char* rules;
  const char* carried_home[2];
  const char* father;
  const char* brothers[2];
  const char* division_leader[2];
};

constexpr Row kRows[] = {
    {"wa-road@2024", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"usatf-road@2024", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"wa-track@2024", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"nfhs-track@2016", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"nfhs-track@2017", {"DSQ", "FIN"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "FIN"}},
    {"nfhs-track@2020", {"DSQ", "FIN"}, "DSQ", {"DSQ", "FIN"}, {"DSQ", "FIN"}},
    {"nfhs-track@2024", {"DSQ", "FIN"}, "DSQ", {"DSQ", "FIN"}, {"DSQ", "FIN"}},
    {"nfhs-xc@2016", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"nfhs-xc@2017", {"DSQ", "FIN"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "FIN"}},
    {"nfhs-xc@2020", {"DSQ", "FIN"}, "DSQ", {"DSQ", "FIN"}, {"DSQ", "FIN"}},
    {"nfhs-xc@2024", {"DSQ", "FIN"}, "DSQ", {"DSQ", "FIN"}, {"DSQ", "FIN"}},
    {"ncaa-xc@2024", {"FIN", "FIN"}, "FIN", {"FIN", "FIN"}, {"FIN", "FIN"}},
    {"wa-xc@2024", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"world-triathlon@2016", {"FIN", "FIN"}, "FIN", {"FIN", "FIN"}, {"FIN", "FIN"}},
    {"world-triathlon@2017", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"world-triathlon@2024", {"DSQ", "DSQ"}, "DSQ", {"DSQ", "DSQ"}, {"DSQ", "DSQ"}},
    {"open@1", {"FIN", "FIN"}, "FIN", {"FIN", "FIN"}, {"FIN", "FIN"}},
};

/// The text behind `key` up to the next quotation mark.
std::string quoted_behind(const std::string& text, const std::string& key) {
  const std::size_t begin = text.find(key) + key.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

/// The scene under other rules, with the one ruling that there was help instead of its own.
sim::SimulatedEvent under(sim::SimulatedEvent event, const Case& scene, const std::string& rules) {
  for (sim::SimulatedFile& file : event.files) {
    if (file.path == "event.toml") {
      const std::size_t line = file.bytes.find("\nrules");
      const std::size_t begin = file.bytes.find('"', line) + 1;
      file.bytes.replace(begin, file.bytes.find('"', begin) - begin, rules);
    }
    if (file.path != "rulings.jsonl") continue;
    const std::string race = quoted_behind(file.bytes, "\"race\":\"");
    std::string kept;
    for (std::size_t begin = 0; begin < file.bytes.size();) {
      const std::size_t end = file.bytes.find('\n', begin) + 1;
      const std::string line = file.bytes.substr(begin, end - begin);
      if (line.find("\"fact\":\"ruling\"") == std::string::npos) kept += line;
      begin = end;
    }
    const std::string with =
        *scene.helper == '\0' ? "" : ",\"with\":[\"" + std::string(scene.helper) + "\"]";
    file.bytes = kept + R"({"fact":"ruling","ruling":"assisted","race":")" + race + R"(","bib":")" +
                 scene.helped + "\"" + with + scene.finding + R"(,"by":"Referee"})" + "\n";
  }
  return event;
}

const model::RunnerResult* runner(const model::EventResults& results, const std::string& bib) {
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    if (results.entrants[e].bib.view() == bib) return &results.runners[e];
  }
  return nullptr;
}

std::string status_of(const model::EventResults& results, const std::string& bib) {
  const model::RunnerResult* found = runner(results, bib);
  return found == nullptr ? "nobody" : model::name_of(found->status);
}

void expect_scene(const sim::SimulatedEvent& event, const Case& scene, const Row& row,
                  const char* helped, const char* helper) {
  SCOPED_TRACE(std::string(scene.scene) + " under " + row.rules);
  const Scored scored = score_in_memory(under(event, scene, row.rules));
  for (const std::string& problem : scored.problems) ADD_FAILURE() << problem;
  EXPECT_EQ(status_of(scored.results, scene.helped), helped);
  if (helper != nullptr) {
    EXPECT_EQ(status_of(scored.results, scene.helper), helper);
  }
  const model::RunnerResult* person = runner(scored.results, scene.helped);
  ASSERT_NE(person, nullptr);
  EXPECT_TRUE(person->assisted) << "the flag stays whatever follows";
  EXPECT_EQ(person->clause.empty(), std::string(helped) != "DSQ");
  EXPECT_EQ(person->places.overall.has_value(), std::string(helped) == "FIN");
  EXPECT_EQ(status_of(scored.results, scene.first), "FIN");
}

sim::SimulatedEvent play(const Case& scene) {
  sim::SimulationRequest request;
  request.scenes = {scene.scene};
  auto event = sim::simulate(request);
  EXPECT_TRUE(event.has_value());
  return std::move(*event);
}

TEST(RuleScenes, EachEndsAsItsRuleSetAndEditionSay) {
  const sim::SimulatedEvent carried_home = play(kCarriedHome);
  const sim::SimulatedEvent father = play(kFather);
  const sim::SimulatedEvent brothers = play(kBrothers);
  const sim::SimulatedEvent division_leader = play(kDivisionLeader);
  for (const Row& row : kRows) {
    expect_scene(carried_home, kCarriedHome, row, row.carried_home[0], row.carried_home[1]);
    expect_scene(father, kFather, row, row.father, nullptr);
    expect_scene(brothers, kBrothers, row, row.brothers[0], row.brothers[1]);
    expect_scene(division_leader, kDivisionLeader, row, row.division_leader[0],
                 row.division_leader[1]);
  }
}

TEST(RuleScenes, TheTableHasEveryRuleSetAndEdition) {
  std::vector<std::string> known;
  for (const scoring::RuleSetEntry& entry : scoring::all_rule_sets()) {
    known.push_back(std::string(model::name_of(entry.rules)) + "@" + entry.edition);
  }
  std::vector<std::string> told;
  for (const Row& row : kRows) told.emplace_back(row.rules);
  EXPECT_EQ(told, known);
}

}  // namespace
}  // namespace hs::sim_test
