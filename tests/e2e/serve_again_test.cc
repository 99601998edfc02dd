// `homestretch serve` ended and started again, only recording, beside the box's own files, and
// refused.

#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <set>
#include <thread>

#include "e2e/small_race.h"
#include "support/event_stream_client.h"
#include "support/http_client.h"
#include "support/live_race.h"
#include "support/program_run.h"

namespace hs::e2e {
namespace {

using test_support::EventStreamClient;
using test_support::HttpClient;
using test_support::run_program;
using test_support::ServeRun;
using test_support::value_at;

constexpr const char* kResults = "/api/v1/races/10k/results";

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Asks until the answer holds it.
bool comes(std::uint16_t port, const std::string& target, const std::string& path,
           const std::string& value) {
  HttpClient client(port);
  for (int i = 0; i < 1000; ++i) {
    const auto answer = client.get(target);
    if (!answer) return false;
    if (value_at(answer->body, path) == value) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

class ServeAgain : public testing::Test {
 protected:
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
    SmallRace::write(folder_.path(), SmallRace::live_source(port_));
  }
  [[nodiscard]] std::string event() const { return folder_.path(); }

  /// Results as `score` gives them of the log, and how many reads it has.
  struct Scored {
    std::string said;
    std::string results;
    std::size_t reads = 0;
  };
  Scored score(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"score", event(), "--out", out_.path()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto run = run_program(arguments);
    EXPECT_EQ(run.exit, 1) << run.errors;  // One runner has no finish.
    Scored out;
    out.said = run.output;
    out.results = content_of(out_ / "public/results.csv");
    out.reads = lines_of(content_of(out_ / "officials/reads.csv")) - 1;
    return out;
  }
  /// What the same reads give that never were on a wire.
  static std::string results_of_files() {
    const test::TempFolder files;
    SmallRace::write(files.path(), SmallRace::file_sources());
    SmallRace::write_logs(files.path());
    (void)run_program({"score", files.path(), "--out", files / "out"});
    return content_of(files / "out/public/results.csv");
  }

  const std::uint16_t port_ = free_port();
  test::TempFolder folder_;
  test::TempFolder out_;
};

TEST_F(ServeAgain, AClientGoesOnWhereItWasAndIsToldNothingTwice) {
  const std::vector<std::string> all = SmallRace::messages();
  const std::vector<std::string> first(all.begin(), all.begin() + 20);
  std::string seen;
  std::string resync_from;
  {
    ServeRun serve(event());
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    resync_from = value_at(HttpClient(serve.officials()).get(kResults)->body, "as_of.seq");
    ASSERT_TRUE(Box(port_).send(first));
    ASSERT_TRUE(comes(serve.officials(), "/api/v1/races", "items.0.counts.started", "11"));
    ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
    EXPECT_NE(serve.run().output().find("what came is stored"), std::string::npos);
  }
  ServeRun serve(event());
  ASSERT_TRUE(serve.is_up()) << serve.run().errors();
  // The tokens were shown once.
  EXPECT_EQ(serve.bearer("timer"), "");
  HttpClient client(serve.officials());
  seen = value_at(client.get(kResults)->body, "as_of.seq");
  // Who is behind the end of the last process cannot be told what it missed.
  EventStreamClient behind(serve.everybody(), resync_from);
  const auto resync = behind.next();
  ASSERT_TRUE(resync.has_value());
  EXPECT_EQ(resync->event, "resync");
  EXPECT_EQ(value_at(resync->data, "after"), seen);
  EXPECT_EQ(client.get("/api/v1/changes?after=" + resync_from)->status, 410);
  // Who had everything goes on. The box sends all of it again, as boxes do.
  EventStreamClient stream(serve.everybody(), seen);
  ASSERT_TRUE(Box(port_).send(all));
  std::set<std::string> splits;
  while (splits.size() < 11) {  // One of half way, ten of the finish: the rest had come before.
    const auto event = stream.next();
    ASSERT_TRUE(event.has_value());
    ASSERT_EQ(event->event, "changes") << event->data;
    for (int i = 0; value_at(event->data, std::to_string(i)) == "object"; ++i) {
      const std::string at = std::to_string(i) + ".";
      if (value_at(event->data, at + "kind") != "split") continue;
      const std::string what =
          value_at(event->data, at + "bib") + " " + value_at(event->data, at + "orders.0");
      EXPECT_TRUE(splits.insert(what).second) << what << " again";
      EXPECT_EQ(what.find("/start"), std::string::npos) << what;
    }
  }
  EXPECT_TRUE(comes(serve.officials(), "/api/v1/races", "items.0.counts.finished", "10"));
}

TEST_F(ServeAgain, TheBoxesFilesAfterTheLiveRaceGiveEachReadOnce) {
  {
    ServeRun serve(event());
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    ASSERT_TRUE(Box(port_).send(SmallRace::messages()));
    ASSERT_EQ(serve.run().end(SIGTERM), 0);
  }
  const Scored live = score();
  EXPECT_EQ(live.reads, SmallRace::messages().size());
  EXPECT_EQ(live.results, results_of_files());
  SmallRace::write(event(), SmallRace::live_source(port_) + SmallRace::file_sources());
  SmallRace::write_logs(event());
  const Scored both = score();
  EXPECT_NE(both.said.find("lines, 0 new reads"), std::string::npos) << both.said;
  EXPECT_EQ(both.reads, live.reads);
  EXPECT_EQ(both.results, live.results);
}

TEST_F(ServeAgain, RowsOfAProgramAreKnownInItsFileByTheirNumber) {
  const std::string rows =
      "mat,tag,time,device,seq,epoch\n"
      "arch,AB10001,2026-05-08T10:00:03.000Z,box 7,1,race\n"
      "pier,AB10001,2026-05-08T10:21:00.000Z,box 7,2,race\n"
      "goal,AB10001,2026-05-08T10:43:00.000Z,box 7,3,race\n";
  {
    ServeRun serve(event());
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    HttpClient client(serve.officials());
    const std::string csv = serve.bearer("timer") + "Content-Type: text/csv\r\n";
    const auto answer = client.ask("POST", "/api/v1/reads", rows, csv);
    ASSERT_EQ(answer->status, 200) << answer->body;
    EXPECT_EQ(value_at(answer->body, "reads"), "3");
    // Sent again, as after a lost answer, with a line that costs itself.
    const auto again = client.ask("POST", "/api/v1/reads", rows + "arch,AB10002,noon,,,\n", csv);
    EXPECT_EQ(value_at(again->body, "bad.0.line"), "5");
    ASSERT_TRUE(comes(serve.officials(), "/api/v1/runners/10k/101", "runner.status", "FIN"));
    ASSERT_EQ(serve.run().end(SIGTERM), 0);
  }
  SmallRace::write(event(), SmallRace::live_source(port_) +
                                "[[source]]\nfile = \"rows.csv\"\nformat = \"csv\"\n");
  std::ofstream(folder_ / "rows.csv", std::ios::binary) << rows;
  const auto run = run_program({"score", event(), "--out", out_.path()});
  EXPECT_EQ(run.exit, 0) << run.errors;
  EXPECT_NE(run.output.find("3 lines, 0 new reads"), std::string::npos) << run.output;
  EXPECT_EQ(lines_of(content_of(out_ / "officials/reads.csv")), 4U);
}

TEST_F(ServeAgain, OnlyRecordingStoresReadsThatAreScoredAfterwards) {
  {
    // Of a race file that is not there yet, too: the devices are those of the event file.
    ServeRun serve(event(), {"--record-only"});
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    EXPECT_NE(serve.run().output().find("ONLY RECORDING"), std::string::npos);
    const std::vector<std::string> all = SmallRace::messages();
    ASSERT_TRUE(Box(port_).send(all));
    HttpClient client(serve.officials());
    EXPECT_EQ(
        value_at(client.get("/api/v1/console", serve.bearer("timer"))->body, "recording_only"),
        "true");
    EXPECT_EQ(client.get("/healthz")->status, 200);
    ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
  }
  const Scored scored = score();
  EXPECT_EQ(scored.reads, SmallRace::messages().size());
  EXPECT_EQ(scored.results, results_of_files());
}

TEST_F(ServeAgain, OnlyRecordingKeepsWhatIsPostedAndTyped) {
  {
    ServeRun serve(event(), {"--record-only"});
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    HttpClient client(serve.officials());
    // The page knows the event, its points and mats; of its runners it knows nobody.
    EXPECT_EQ(value_at(client.get("/api/v1/races")->body, "items.0.points.2.id"), "finish");
    for (const char* target : {kResults, "/api/v1/moments", "/api/v1/story",
                               "/api/v1/races/10k/replay", "/feed/leaders.json", "/events"}) {
      EXPECT_EQ(client.ask("HEAD", target, "")->status, 200) << target;
    }
    client.headers(serve.bearer("timer"));
    EXPECT_EQ(client.get("/api/v1/hand")->status, 200);
    EXPECT_EQ(client.get("/api/v1/announcer")->status, 200);
    const auto reads = client.ask("POST", "/api/v1/reads",
                                  "mat,tag,time\n"
                                  "arch," +
                                      SmallRace::chip(0) +
                                      ",2026-05-08T10:00:02Z\n"
                                      "goal," +
                                      SmallRace::chip(0) +
                                      ",2026-05-08T10:50:00Z\n"
                                      "moon," +
                                      SmallRace::chip(1) + ",2026-05-08T10:50:00Z\n");
    EXPECT_EQ(reads->status, 200) << reads->body;
    EXPECT_EQ(value_at(reads->body, "reads"), "2");
    EXPECT_EQ(value_at(reads->body, "bad.0.line"), "4");
    const auto typed = client.ask("POST", "/api/v1/facts",
                                  R"({"fact":"hand-read","race":"10k","mat":"goal","bib":")" +
                                      SmallRace::bib(1) + R"(","at":"2026-05-08T10:51:00Z"})");
    EXPECT_EQ(typed->status, 201) << typed->body;
    const auto lines = client.ask("POST", "/api/v1/hand",
                                  R"({"list":"left","mat":"goal","lines":[)"
                                  R"({"line":1,"at":"2026-05-08T10:52:00Z"}]})");
    EXPECT_EQ(lines->status, 201) << lines->body;
    // What needs scoring says so; nothing of it is taken.
    EXPECT_EQ(client
                  .ask("POST", "/api/v1/hand/accept",
                       R"({"id":"a","race":"10k","times":"1","reason":"","pairs":[{"line":1,)"
                       R"("at":"2026-05-08T10:52:00Z","bib":"103"}]})")
                  ->status,
              409);
    EXPECT_EQ(client.ask("POST", "/api/v1/facts", R"({"fact":"close","race":"10k"})")->status, 501);
    ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
  }
  ServeRun serve(event());
  ASSERT_TRUE(serve.is_up()) << serve.run().errors();
  HttpClient client(serve.officials());
  const std::string results = client.get(kResults)->body;
  EXPECT_EQ(value_at(results, "items.0.bib"), SmallRace::bib(0));
  EXPECT_EQ(value_at(results, "items.0.net_ms"), "2998000");
  EXPECT_EQ(value_at(results, "items.1.bib"), SmallRace::bib(1));
  EXPECT_EQ(value_at(results, "items.1.gun_ms"), "3060000");
}

TEST_F(ServeAgain, OnlyRecordingGoesOnInTheRaceFileOfBefore) {
  const std::vector<std::string> all = SmallRace::messages();
  {
    ServeRun serve(event());
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    ASSERT_TRUE(Box(port_).send({all.begin(), all.begin() + 15}));
    ASSERT_EQ(serve.run().end(SIGTERM), 0);
  }
  {
    ServeRun serve(event(), {"--record-only"});
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    ASSERT_TRUE(Box(port_).send(all));
    ASSERT_EQ(serve.run().end(SIGTERM), 0);
  }
  const Scored scored = score();
  EXPECT_EQ(scored.reads, all.size());
  EXPECT_EQ(scored.results, results_of_files());
}

TEST_F(ServeAgain, KilledUnderItsWatchItComesBackAndNothingIsMissing) {
  const std::vector<std::string> all = SmallRace::messages();
  {
    ServeRun serve(event());
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    for (int life = 1; life <= 3; ++life) {
      const auto until = static_cast<std::ptrdiff_t>(all.size()) * life / 3;
      ASSERT_TRUE(Box(port_).send({all.begin(), all.begin() + until}));
      serve.kill_worker();
      ASSERT_TRUE(serve.comes_up(life + 1)) << serve.run().errors();
    }
    // It was ready each time, so it scores.
    EXPECT_TRUE(comes(serve.everybody(), "/api/v1/races", "items.0.counts.finished", "10"));
    EXPECT_EQ(serve.run().output().find("ONLY RECORDING"), std::string::npos);
    EXPECT_NE(serve.run().errors().find("is started again"), std::string::npos);
    ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
  }
  const Scored scored = score();
  EXPECT_EQ(scored.reads, all.size());
  EXPECT_EQ(scored.results, results_of_files());
}

TEST_F(ServeAgain, ASimulatedRaceIsDeliveredAndScored) {
  const test::TempFolder place;
  const std::string simulated = place / "city";
  test_support::ProgramRun devices({"simulate", "--live", "10000", "--runners", "60", "--seed", "3",
                                    "--no-troubles", "--out", simulated});
  ASSERT_TRUE(devices.says("now, in another window")) << devices.errors();
  {
    ServeRun serve(simulated, {"--rehearse", "07:15:00", "--speed", "10000"});
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    EXPECT_EQ(devices.wait(), 0) << devices.output() << devices.errors();
    ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
  }
  const auto scored = run_program({"score", simulated, "--out", out_.path()});
  EXPECT_EQ(scored.exit, 0) << scored.output << scored.errors;
  const auto finished = [](const std::string& table) {
    std::size_t out = 0;
    for (std::size_t at = table.find(",FIN,"); at != std::string::npos;
         at = table.find(",FIN,", at + 1)) {
      ++out;
    }
    return out;
  };
  EXPECT_GE(finished(content_of(place / "city-truth.csv")), 50U);
  EXPECT_EQ(finished(content_of(out_ / "public/results.csv")),
            finished(content_of(place / "city-truth.csv")));
}

TEST_F(ServeAgain, TheMirrorIsARaceFileWithTheSameReads) {
  const test::TempFolder disk;
  {
    ServeRun serve(event(), {"--mirror", disk / "copy.race"});
    ASSERT_TRUE(serve.is_up()) << serve.run().errors();
    ASSERT_TRUE(Box(port_).send(SmallRace::messages()));
    ASSERT_EQ(serve.run().end(SIGTERM), 0);
  }
  const Scored scored = score();
  (void)run_program({"score", disk / "copy.race", "--out", disk / "out"});
  EXPECT_EQ(content_of(disk / "out/public/results.csv"), scored.results);
}

TEST_F(ServeAgain, WhatCannotBeServedIsRefusedWithItsReason) {
  ServeRun serve(event());
  ASSERT_TRUE(serve.is_up()) << serve.run().errors();
  const std::string port = std::to_string(serve.officials());

  const test::TempFolder other;
  SmallRace::write(other.path(), SmallRace::live_source(free_port()));
  const auto taken = run_program({"serve", other.path(), "--listen", "127.0.0.1:" + port});
  EXPECT_EQ(taken.exit, 3) << taken.errors;
  EXPECT_NE(taken.errors.find("port " + port + " of 127.0.0.1 is taken"), std::string::npos)
      << taken.errors;

  const auto twice = run_program({"serve", event(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(twice.exit, 3) << twice.errors;
  EXPECT_NE(twice.errors, "");

  SmallRace::write(other.path(),
                   "[[source]]\ndevice = \"mylaps\"\nclock = \"utc\"\n"
                   "listen = \"127.0.0.1:" +
                       port + "\"\nlocations = { \"Start\" = \"arch\" }\n");
  const auto device = run_program({"serve", other.path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(device.exit, 3) << device.errors;
  EXPECT_NE(device.errors.find(port), std::string::npos) << device.errors;

  const auto nowhere = run_program({"serve", other / "nothing", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(nowhere.exit, 2) << nowhere.errors;
  const auto token = run_program({"token", other / "nothing", "add", "--role", "timer"});
  EXPECT_EQ(token.exit, 2) << token.errors;
  for (const char* made : {"nothing", "nothing-tokens"}) {
    EXPECT_FALSE(std::filesystem::exists(other / made)) << made;
  }
  const auto address = run_program({"serve", other.path(), "--listen", "somewhere"});
  EXPECT_EQ(address.exit, 2) << address.errors;
}

TEST_F(ServeAgain, AMirrorOfAnotherRaceIsRefused) {
  const test::TempFolder other;
  SmallRace::write(other.path(), SmallRace::file_sources());
  SmallRace::write_logs(other.path());
  (void)run_program({"score", other.path()});
  const auto refused = run_program({"serve", event(), "--listen", "127.0.0.1:0", "--mirror",
                                    SmallRace::race_file(other.path())});
  EXPECT_EQ(refused.exit, 2) << refused.errors;
  EXPECT_NE(refused.errors.find("found the log of another race"), std::string::npos)
      << refused.errors;
  const auto itself = run_program(
      {"serve", event(), "--listen", "127.0.0.1:0", "--mirror", SmallRace::race_file(event())});
  EXPECT_EQ(itself.exit, 2) << itself.errors;
}

TEST_F(ServeAgain, EntriesThatChangeAreTakenWhileItServesAndAMistakeChangesNothing) {
  ServeRun serve(event());
  ASSERT_TRUE(serve.is_up()) << serve.run().errors();
  ASSERT_TRUE(Box(port_).send(SmallRace::messages()));
  const std::string timer = serve.bearer("timer");
  HttpClient client(serve.officials());
  ASSERT_TRUE(comes(serve.officials(), "/api/v1/races", "items.0.counts.finished", "10"));
  const auto reload = [&](const std::string& who) {
    return client.ask("POST", "/api/v1/reload", "{}", who);
  };
  EXPECT_EQ(reload({})->status, 401);
  EXPECT_EQ(reload(serve.bearer("referee"))->status, 403);
  const std::string before = content_of(event() + "/entrants.csv");
  EXPECT_EQ(reload(timer)->body, R"({"event":[],"entries":0,"rulings":0,"reads":0})");
  const std::string nothing = value_at(client.get(kResults)->body, "as_of.seq");

  // A mistake in the last line: nothing of the list is taken.
  const auto write = [&](const std::string& text) {
    std::ofstream(event() + "/entrants.csv", std::ios::binary) << text;
  };
  std::string spoilt = before + "150,AB10050,Late Entry,F,30,marathon,A,,\n";
  write(spoilt);
  const auto refused = reload(timer);
  EXPECT_EQ(refused->status, 422);
  EXPECT_NE(refused->body.find("entrants.csv:14:"), std::string::npos) << refused->body;
  EXPECT_EQ(value_at(client.get(kResults)->body, "as_of.seq"), nothing);

  // Somebody else ran with bib 103's chip, a late entry came, and bib 112, who never started, is
  // out.
  std::string changed = before;
  changed.replace(changed.find("Runner Nr2,"), 11, "Ana Ruiz,");
  changed.erase(changed.find("112,"));
  write(changed + "150,AB10050,Late Entry,F,30,10k,A,,\n");
  EventStreamClient page(serve.everybody());
  EXPECT_EQ(reload(timer)->body, R"({"event":[],"entries":3,"rulings":0,"reads":0})");
  EXPECT_TRUE(comes(serve.officials(), "/api/v1/runners/10k/103", "runner.name", "Ana Ruiz"));
  EXPECT_TRUE(comes(serve.officials(), "/api/v1/races", "items.0.counts.entered", "12"));
  EXPECT_EQ(client.get("/api/v1/runners/10k/112")->status, 404);
  // The late entry runs, over the connection that was there before or any other.
  ASSERT_TRUE(Box(port_).send({SmallRace::message("Start", 49, 5'000, 900),
                               SmallRace::message("Finish", 49, 3'000'000, 901)}));
  EXPECT_TRUE(comes(serve.officials(), "/api/v1/runners/10k/150", "runner.status", "FIN"));
  EXPECT_TRUE(page.next().has_value());

  // Devices are those it began with.
  SmallRace::write(event(), SmallRace::live_source(free_port()));
  const auto other = reload(timer);
  EXPECT_EQ(other->status, 409);
  EXPECT_NE(other->body.find("start it again"), std::string::npos) << other->body;
  EXPECT_EQ(client.get("/api/v1/runners/10k/150")->status, 200);
  ASSERT_EQ(serve.run().end(SIGTERM), 0) << serve.run().errors();
}

TEST_F(ServeAgain, ASpoiltEventFileIsRefusedWithItsPlace) {
  SmallRace::write(event(), SmallRace::live_source(port_) + "lissten = 1\n");
  const auto refused = run_program({"serve", event(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(refused.exit, 2) << refused.errors;
  EXPECT_NE(refused.errors.find("event.toml:35:1"), std::string::npos) << refused.errors;
  EXPECT_NE(refused.errors.find("lissten"), std::string::npos) << refused.errors;
}

}  // namespace
}  // namespace hs::e2e
