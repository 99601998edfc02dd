// `homestretch serve` as a process, from the box's wire to the answers and the stream, and what
// officials do while it runs.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "e2e/small_race.h"
#include "model/json.h"
#include "server/routes.h"
#include "support/event_stream_client.h"
#include "support/http_client.h"
#include "support/live_race.h"
#include "support/program_run.h"

namespace hs::e2e {
namespace {

using test_support::EventStreamClient;
using test_support::HttpClient;
using test_support::ServeRun;
using test_support::value_at;

constexpr const char* kResults = "/api/v1/races/10k/results";

/// "0:49:04.710" of milliseconds; empty of "-".
std::string time_text(const std::string& milliseconds, int decimals = 3) {
  if (milliseconds == "-") return {};
  const long long all = std::stoll(milliseconds);
  char out[32];
  std::snprintf(out, sizeof out, "%lld:%02lld:%02lld.%03lld", all / 3'600'000, all / 60'000 % 60,
                all / 1000 % 60, all % 1000);
  const std::string text = out;
  return text.substr(0, text.size() - (decimals == 0 ? 4 : 0));
}

std::string shown(const std::string& value) { return value == "-" ? "" : value; }

/// The rows of a plain table by their bib, each by the names of its columns.
std::map<std::string, std::map<std::string, std::string>> rows_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::map<std::string, std::map<std::string, std::string>> out;
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells;
    std::stringstream rest(line + ",");
    for (std::string cell; std::getline(rest, cell, ',');) cells.push_back(cell);
    if (names.empty()) {
      names = cells;
      continue;
    }
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < cells.size() && i < names.size(); ++i) row[names[i]] = cells[i];
    out[row["bib"]] = row;
  }
  return out;
}

/// What the answers say of a runner, as columns of results.csv.
std::map<std::string, std::string> columns_of(HttpClient& client, const std::string& bib) {
  const auto answer = client.get("/api/v1/runners/10k/" + bib);
  if (!answer) return {};
  const auto at = [&](const std::string& key) { return value_at(answer->body, "runner." + key); };
  std::map<std::string, std::string> out = {{"race", "10k"},
                                            {"bib", at("bib")},
                                            {"name", at("name")},
                                            {"sex", at("sex")},
                                            {"age", shown(at("age"))},
                                            {"division", shown(at("division"))},
                                            {"status", at("status")},
                                            {"place", shown(at("place"))},
                                            {"place_sex", shown(at("place_sex"))},
                                            {"place_division", shown(at("place_division"))},
                                            {"official_time", time_text(at("official_ms"), 0)},
                                            {"gun_time", time_text(at("gun_ms"))},
                                            {"net_time", time_text(at("net_ms"))},
                                            {"clock_time", time_text(at("clock_ms"))},
                                            {"start_source", shown(at("start_source"))},
                                            {"start_offset", time_text(at("start_offset_ms"))},
                                            {"mode", at("mode")},
                                            {"5k", ""},
                                            {"finish", ""}};
  for (int i = 0; i < 2; ++i) {
    const std::string split = "splits." + std::to_string(i) + ".";
    if (at(split + "point") != "-") out[at(split + "point")] = time_text(at(split + "net_ms"));
  }
  return out;
}

/// Asks until the answer holds it: what was stored is seen at the next tick.
bool comes(HttpClient& client, const std::string& target, const std::string& path,
           const std::string& value) {
  for (int i = 0; i < 1000; ++i) {
    const auto answer = client.get(target);
    if (!answer) return false;
    if (value_at(answer->body, path) == value) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// A change as text, for comparing: all that it says.
std::string text_of(const model::JsonValue& change) {
  std::string out;
  for (const model::JsonMember& member : change.members) {
    out += std::string(member.key) + "=" + std::string(member.value.text) +
           std::to_string(member.value.integer);
    for (const model::JsonValue& item : member.value.items) out += " " + std::string(item.text);
    out += ";";
  }
  return out;
}

/// The changes in a JSON list, in order.
std::vector<std::string> changes_in(const std::string& json, const char* key = nullptr) {
  std::vector<std::string> out;
  const auto parsed = model::parse_json(json);
  EXPECT_TRUE(parsed) << json.substr(0, 200);
  if (!parsed) return out;
  const model::JsonValue* list = &*parsed;
  for (const model::JsonMember& member : parsed->members) {
    if (key != nullptr && member.key == key) list = &member.value;
  }
  for (const model::JsonValue& change : list->items) out.push_back(text_of(change));
  return out;
}

/// Everything the stream says until a change of this text's beginning comes, with it.
std::vector<std::string> follow(EventStreamClient& stream, const std::string& until) {
  std::vector<std::string> out;
  while (const auto event = stream.next()) {
    EXPECT_EQ(event->event, "changes") << event->data;
    for (const std::string& change : changes_in(event->data)) {
      out.push_back(change);
      if (change.find(until) != std::string::npos) return out;
    }
  }
  ADD_FAILURE() << "no change with " << until << " in the stream";
  return out;
}

class Serve : public testing::Test {
 protected:
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
    SmallRace::write(folder_.path(), SmallRace::live_source(port_));
  }

  void start(const std::vector<std::string>& more = {}) {
    serve_.emplace(folder_.path(), more);
    ASSERT_TRUE(serve_->is_up()) << serve_->run().errors();
    client_.emplace(serve_->officials());
  }
  bool send(const std::vector<std::string>& messages) { return Box(port_).send(messages); }
  /// The whole race, and everybody sees it.
  void race() {
    ASSERT_TRUE(send(SmallRace::messages()));
    ASSERT_TRUE(comes(*client_, "/api/v1/races", "items.0.counts.finished", "10"));
  }
  /// A fact as an official writes it: the status, and its number where it was taken.
  std::pair<int, std::string> add(const std::string& role, const std::string& fact) {
    const auto answer = client_->ask("POST", "/api/v1/facts", fact, serve_->bearer(role));
    if (!answer) return {0, ""};
    return {answer->status, value_at(answer->body, "seq")};
  }

  const std::uint16_t port_ = free_port();
  test::TempFolder folder_;
  std::optional<ServeRun> serve_;
  std::optional<HttpClient> client_;
};

constexpr const char* kDisqualified =
    R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"101","clause":"TR 17"})";

TEST_F(Serve, ARaceOverTheWireGivesWhatScoreMakesOfTheSameReadsInFiles) {
  ASSERT_NO_FATAL_FAILURE(start());
  // As a bad network has it: every third late, every fourth twice.
  std::vector<std::string> order;
  std::vector<std::string> late;
  const std::vector<std::string> all = SmallRace::messages();
  for (std::size_t i = 0; i < all.size(); ++i) {
    (i % 3 == 0 ? late : order).push_back(all[i]);
    if (i % 4 == 0) order.push_back(all[i]);
  }
  order.insert(order.end(), late.rbegin(), late.rend());
  ASSERT_TRUE(send(order));
  ASSERT_TRUE(comes(*client_, "/api/v1/races", "items.0.counts.finished", "10"));
  // Nobody else comes: as `score` takes it of complete files.
  ASSERT_EQ(add("timer", R"({"fact":"close","race":"10k"})").first, 201);
  ASSERT_TRUE(comes(*client_, "/api/v1/races", "items.0.closed", "true"));

  const test::TempFolder files;
  SmallRace::write(files.path(), SmallRace::file_sources());
  SmallRace::write_logs(files.path());
  const auto scored = test_support::run_program({"score", files.path(), "--out", files / "out"});
  EXPECT_EQ(scored.exit, 1) << scored.errors;  // One has no finish.
  auto rows = rows_of(files / "out/public/results.csv");
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(SmallRace::kRunners));
  HttpClient everybody(serve_->everybody());
  ASSERT_TRUE(comes(everybody, "/api/v1/races", "items.0.closed", "true"));
  for (auto& [bib, row] : rows) {
    for (HttpClient* client : {&*client_, &everybody}) {
      for (const auto& [column, value] : columns_of(*client, bib)) {
        EXPECT_EQ(value, row[column]) << column << " of bib " << bib;
      }
    }
  }
  EXPECT_EQ(rows["104"]["name"], "Bib 104");
  const std::string leaders = everybody.get("/feed/leaders.json?rows=10")->body;
  for (int i = 0; i < 10; ++i) {
    const std::string at = std::to_string(i) + ".";
    EXPECT_EQ(value_at(leaders, at + "time"), rows[value_at(leaders, at + "bib")]["official_time"]);
  }
  const std::string results = everybody.get(kResults)->body;
  EXPECT_EQ(value_at(results, "items"), "list of 12");
  EXPECT_EQ(results.find("SECRET"), std::string::npos);
}

TEST_F(Serve, TheStreamTellsEachChangeOnceAndInOrder) {
  ASSERT_NO_FATAL_FAILURE(start());
  EventStreamClient officials(serve_->officials());
  EventStreamClient everybody(serve_->everybody());
  ASSERT_TRUE(officials.is_open() && everybody.is_open());
  const std::string before = value_at(client_->get(kResults)->body, "as_of.seq");
  ASSERT_NO_FATAL_FAILURE(race());
  ASSERT_EQ(add("referee", kDisqualified).first, 201);
  ASSERT_EQ(add("referee", R"({"fact":"publish","race":"10k"})").first, 201);
  const std::string last = "kind=version";
  const std::vector<std::string> told = follow(officials, last);
  EXPECT_EQ(follow(everybody, last), told);
  const auto asked = client_->get("/api/v1/changes?after=" + before);
  std::vector<std::string> listed = changes_in(asked->body, "items");
  ASSERT_GE(listed.size(), told.size());
  listed.resize(told.size());
  EXPECT_EQ(told, listed);
  EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(), told.size());
  for (int i = 0; i < SmallRace::kRunners; ++i) {
    const auto of = [&](const std::string& what) {
      const std::string wanted = "bib=" + SmallRace::bib(i) + "0;kind=" + what;
      return std::any_of(told.begin(), told.end(), [&](const std::string& change) {
        return change.find(wanted) != std::string::npos;
      });
    };
    EXPECT_EQ(of("split"), i != 11) << i;
    EXPECT_EQ(of("result"), i != 9 && i != 11) << i;
  }
}

TEST_F(Serve, ACorrectionIsSeenInStreamAndResultsAndCanBeTakenBack) {
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_NO_FATAL_FAILURE(race());
  const std::string leader = value_at(client_->get(kResults)->body, "items.0.bib");
  ASSERT_EQ(leader, "101");
  EventStreamClient stream(serve_->everybody());
  const auto [status, seq] = add("referee", kDisqualified);
  ASSERT_EQ(status, 201);
  (void)follow(stream, "bib=1010;kind=status");
  HttpClient everybody(serve_->everybody());
  EXPECT_NE(value_at(everybody.get(kResults)->body, "items.0.bib"), "101");
  EXPECT_EQ(value_at(everybody.get("/api/v1/runners/10k/101")->body, "runner.status"), "DSQ");
  EXPECT_EQ(value_at(everybody.get("/api/v1/runners/10k/101")->body, "runner.place"), "-");

  ASSERT_EQ(add("referee", R"({"fact":"undo","seq":)" + seq + "}").first, 201);
  (void)follow(stream, "bib=1010;kind=status");
  const std::string after = everybody.get(kResults)->body;
  EXPECT_EQ(value_at(after, "items.0.bib"), "101");
  EXPECT_EQ(value_at(after, "items.0.status"), "FIN");
}

TEST_F(Serve, PublishingRaisesTheVersionAndTheStreamSaysSo) {
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_NO_FATAL_FAILURE(race());
  EventStreamClient stream(serve_->everybody());
  HttpClient everybody(serve_->everybody());
  EXPECT_EQ(value_at(everybody.get(kResults)->body, "as_of.version"), "-");
  for (const char* version : {"1", "2"}) {
    ASSERT_EQ(add("referee", R"({"fact":"publish","race":"10k","reason":"as they stand"})").first,
              201);
    (void)follow(stream, "kind=version");
    EXPECT_EQ(value_at(everybody.get(kResults)->body, "as_of.version"), version);
  }
}

TEST_F(Serve, HidingTakesAMomentOffAtOnceAndShowsItAgain) {
  const test::TempFolder place;
  const std::string event = place / "hand";
  ASSERT_EQ(test_support::run_program({"simulate", "--scene", "hand-in-hand", "--runners", "60",
                                       "--seed", "7", "--out", event})
                .exit,
            0);
  serve_.emplace(event);
  ASSERT_TRUE(serve_->is_up()) << serve_->run().errors();
  client_.emplace(serve_->officials());
  HttpClient everybody(serve_->everybody());
  ASSERT_TRUE(comes(everybody, "/api/v1/moments?kind=finish-together", "items", "list of 1"));
  const std::string told = everybody.get("/api/v1/moments?kind=finish-together")->body;
  const std::string bib = value_at(told, "items.0.bibs.0");
  const std::string race = value_at(told, "items.0.race");
  EventStreamClient stream(serve_->everybody());
  const auto hide = [&](const char* hidden) {
    return client_
        ->ask("POST", "/api/v1/hide",
              "{\"race\":\"" + race + "\",\"bib\":\"" + bib + "\",\"hidden\":" + hidden + "}",
              serve_->bearer("announcer"))
        ->status;
  };
  ASSERT_EQ(hide("true"), 201);
  (void)follow(stream, "kind=withdrawn");
  for (const char* target : {"/api/v1/moments", "/api/v1/story"}) {
    EXPECT_EQ(everybody.get(target)->body.find(value_at(told, "items.0.id")), std::string::npos);
  }
  EXPECT_EQ(hide("true"), 200);
  ASSERT_EQ(hide("false"), 201);
  EXPECT_TRUE(comes(everybody, "/api/v1/moments?kind=finish-together", "items.0.id",
                    value_at(told, "items.0.id")));
}

TEST_F(Serve, ThePublicListenerHasNothingForOfficialsAndWrongTokensOpenNothing) {
  ASSERT_NO_FATAL_FAILURE(start());
  HttpClient everybody(serve_->everybody());
  const std::string timer = serve_->bearer("timer");
  ASSERT_FALSE(timer.empty());
  for (const server::Route& route : server::routes()) {
    if (route.needs == server::Needs::Everybody) continue;
    std::string target(route.pattern);
    for (const auto& [part, value] : {std::pair{"{race}", "10k"}, std::pair{"{bib}", "101"}}) {
      const std::size_t at = target.find(part);
      if (at != std::string::npos) target.replace(at, std::string(part).size(), value);
    }
    const char* method = route.method == server::Method::Post ? "POST" : "GET";
    EXPECT_EQ(
        everybody.ask(method, target, route.method == server::Method::Post ? "{}" : "", timer)
            ->status,
        404)
        << target;
    if (route.needs == server::Needs::OfficialsListener) continue;
    EXPECT_EQ(
        client_->ask(method, target, route.method == server::Method::Post ? "{}" : "")->status, 401)
        << target;
  }
  EXPECT_EQ(client_->get("/api/v1/console", timer)->status, 200);
  std::string wrong = timer;
  char& last = wrong[wrong.size() - 3];
  last = last == '0' ? '1' : '0';
  EXPECT_EQ(client_->get("/api/v1/console", wrong)->status, 401);
}

TEST_F(Serve, AnAnnouncerWritesNoRuling) {
  ASSERT_NO_FATAL_FAILURE(start());
  EXPECT_EQ(add("announcer", kDisqualified).first, 403);
  EXPECT_EQ(
      add("announcer", R"({"fact":"note","kind":"announcer","race":"10k","text":"Here"})").first,
      201);
  EXPECT_EQ(add("referee", R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"999"})").first,
            404);
}

}  // namespace
}  // namespace hs::e2e
