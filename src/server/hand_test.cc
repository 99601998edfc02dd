#include <gtest/gtest.h>

#include <thread>

#include "server/access.h"
#include "server/posted_hand.h"
#include "server/server.h"
#include "support/http_client.h"
#include "support/live_race.h"

namespace hs::server {
namespace {

using test_support::HttpClient;
using test_support::LiveRace;
using test_support::value_at;

/// A race of which ten finished over a mat that went deaf then: 1010 and on come by hand alone.
class HandServed : public ::testing::Test {
 protected:
  HandServed() {
    race_.run(40, 10);
    Server::Options options;
    options.listen.port = 0;
    options.token_file = race_.file("x.tokens");
    options.clock = &race_.clock();
    options.officials_every = std::chrono::milliseconds(2);
    auto started = Server::start(race_.engine(), race_.story(), options);
    EXPECT_TRUE(started.has_value());
    server_ = std::move(*started);
    client_ = std::make_unique<HttpClient>(server_->port());
    client_->headers(bearer(Role::Timer));
  }
  std::string bearer(Role role) {
    auto file = TokenFile::open(race_.file("x.tokens"));
    EXPECT_TRUE(file.has_value());
    const auto made = file->add(role, std::string("The ") + name_of(role));
    EXPECT_TRUE(made.has_value());
    return "Authorization: Bearer " + *made + "\r\n";
  }
  auto post(const std::string& target, const std::string& body) {
    return client_->ask("POST", target, body);
  }
  auto send(const std::string& lines, const std::string& list = "left") {
    return post("/api/v1/hand",
                R"({"list":")" + list + R"(","mat":"goal","lines":[)" + lines + "]}");
  }
  /// The lists once `path` of them is `value`: what was written is seen at the next tick.
  std::string lists(const std::string& path, const std::string& value,
                    const std::string& query = "") {
    for (int i = 0; i < 5000; ++i) {
      const std::string body = client_->get("/api/v1/hand" + query)->body;
      if (value_at(body, path) == value) return body;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ADD_FAILURE() << path << " never was " << value;
    return {};
  }
  /// Times 1 to 4 at 10:50:01.5 and on, bibs 1010 to 1012.
  void send_three_and_four() {
    ASSERT_EQ(send(R"({"line":1,"at":"2026-05-08T10:50:01.5Z"},
                      {"line":2,"at":"2026-05-08T10:50:02.5Z"},
                      {"line":3,"at":"2026-05-08T10:50:03.5Z"},
                      {"line":4,"at":"2026-05-08T12:50:04.5+02:00"})")
                  ->status,
              201);
    ASSERT_EQ(
        send(R"({"line":1,"bib":"1010"},{"line":2,"bib":"1011"},{"line":3,"bib":"1012"})")->status,
        201);
  }
  LiveRace race_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<HttpClient> client_;
};

std::string pair_of(int line, const std::string& second, const std::string& bib) {
  return R"({"line":)" + std::to_string(line) + R"(,"at":"2026-05-08T10:50:)" + second +
         R"(Z","bib":")" + bib + R"("})";
}

TEST_F(HandServed, LinesOfBothListsAreThereInTheirOrderAndStayOpenWhereTheyDoNotCountUp) {
  send_three_and_four();
  const std::string body = lists("bibs.items", "list of 3");
  EXPECT_EQ(value_at(body, "race"), "10k");
  EXPECT_EQ(value_at(body, "mat"), "goal");
  EXPECT_EQ(value_at(body, "lists"), "list of 2");
  EXPECT_EQ(value_at(body, "lists.0.kind"), "times");
  EXPECT_EQ(value_at(body, "lists.0.from"), "sent by The timer");
  EXPECT_EQ(value_at(body, "times.items"), "list of 4");
  EXPECT_EQ(value_at(body, "times.items.3.at"), "2026-05-08T10:50:04.5Z");
  EXPECT_EQ(value_at(body, "bibs.items.1.bib"), "1011");
  EXPECT_EQ(value_at(body, "bibs.items.1.name"), "Runner Nr1011");
  EXPECT_EQ(value_at(body, "bibs.items.1.race"), "10k");
  EXPECT_EQ(value_at(body, "pairs"), "list of 0");
  EXPECT_EQ(value_at(body, "open.0.time_end"), "4");
  EXPECT_EQ(value_at(body, "open.0.bib_end"), "3");
  // Nothing of it is anybody's yet.
  EXPECT_EQ(value_at(client_->get("/api/v1/runners/10k/1010")->body, "runner.status"), "RUN");
}

TEST_F(HandServed, AChipThatWasHeardAnchorsTheListsAndTheRestCountsUp) {
  // 1009 was heard at 10:43:00; the first press was nobody's.
  ASSERT_EQ(send(R"({"line":1,"at":"2026-05-08T10:42:50Z"},{"line":2,"at":"2026-05-08T10:43:00.4Z"},
                    {"line":3,"at":"2026-05-08T10:50:03Z"},{"line":1,"bib":"1009"},
                    {"line":2,"bib":"?"})")
                ->status,
            201);
  const std::string body = lists("bibs.items", "list of 2");
  EXPECT_EQ(value_at(body, "pairs.0.by"), "chip");
  EXPECT_EQ(value_at(body, "pairs.0.time"), "1");
  EXPECT_EQ(value_at(body, "pairs.0.bib"), "0");
  EXPECT_EQ(value_at(body, "pairs.1.by"), "count");
  EXPECT_EQ(value_at(body, "pairs.1.time"), "2");
  EXPECT_EQ(value_at(body, "open.0.time_begin"), "0");
  EXPECT_EQ(value_at(body, "open.0.time_end"), "1");
  EXPECT_EQ(value_at(body, "bibs.items.0.heard_at"), "2026-05-08T10:43:00Z");
  EXPECT_EQ(value_at(body, "bibs.items.1.bib"), "-");
}

TEST_F(HandServed, ALineSentAgainCountsOnceAndABadOneCostsItself) {
  const std::string good = R"({"line":7,"at":"2026-05-08T10:50:01Z"})";
  ASSERT_EQ(send(good)->status, 201);
  const auto again = send(good + R"(,{"line":8,"at":"yesterday"},{"line":9},{"line":0,"bib":"1"},
      {"line":10,"bib":"a b"},{"line":11,"bib":"1","at":"2026-05-08T10:50:01Z"},7,
      {"line":12,"at":"2026-05-08T10:50:01"},{"line":13,"bib":"1013"})");
  EXPECT_EQ(again->status, 201);
  EXPECT_EQ(value_at(again->body, "lines"), "2");
  EXPECT_EQ(value_at(again->body, "bad"), "list of 7") << again->body;
  EXPECT_EQ(value_at(again->body, "bad.0.line"), "2");
  const std::string body = lists("bibs.items", "list of 1");
  EXPECT_EQ(value_at(body, "times.items"), "list of 1");
  EXPECT_EQ(send(R"({"line":0})")->status, 200);  // Nothing was stored.
}

TEST_F(HandServed, AnAcceptedBlockGivesTimesSignedAndOnceHoweverOftenItIsAsked) {
  send_three_and_four();
  lists("bibs.items", "list of 3");
  const std::string times = value_at(lists("times.items", "list of 4"), "times.list");
  const std::string block = R"({"id":"b1","race":"10k","times":")" + times + R"(","pairs":[)" +
                            pair_of(1, "01.5", "1010") + "," + pair_of(3, "03.5", "1011") + "]}";
  const auto first = post("/api/v1/hand/accept", block);
  ASSERT_EQ(first->status, 201) << first->body;
  EXPECT_EQ(value_at(first->body, "seqs"), "list of 2");
  const std::string body = lists("accepted", "list of 2");
  EXPECT_EQ(value_at(body, "accepted.0.seq"), value_at(first->body, "seqs.0"));
  EXPECT_EQ(value_at(body, "accepted.0.by"), "The timer");
  EXPECT_EQ(value_at(body, "accepted.1.at"), "2026-05-08T10:50:03.5Z");
  // The press between them is nobody's; what is behind counts up.
  EXPECT_EQ(value_at(body, "pairs"), "list of 3");
  EXPECT_EQ(value_at(body, "pairs.1.by"), "accepted");
  EXPECT_EQ(value_at(body, "pairs.1.time"), "2");
  EXPECT_EQ(value_at(body, "pairs.2.by"), "count");
  EXPECT_EQ(value_at(body, "open.0.time_begin"), "1");
  const std::string runner = client_->get("/api/v1/runners/10k/1011")->body;
  EXPECT_EQ(value_at(runner, "runner.status"), "FIN");
  EXPECT_EQ(value_at(runner, "runner.gun_ms"), "3003500");
  EXPECT_EQ(value_at(client_->get("/api/v1/runners/10k/1012")->body, "runner.status"), "RUN");
  const auto again = post("/api/v1/hand/accept", block);
  EXPECT_EQ(again->status, 201);
  EXPECT_EQ(again->body, first->body);
  race_.settle();
  EXPECT_EQ(race_.engine().snapshot()->hand().accepted.size(), 2u);
}

TEST_F(HandServed, WhatWasAcceptedIsTakenBackAndCanBeAcceptedAgain) {
  send_three_and_four();
  const std::string times = value_at(lists("times.items", "list of 4"), "times.list");
  const auto block = [&](const std::string& id) {
    return post("/api/v1/hand/accept", R"({"id":")" + id + R"(","race":"10k","times":")" + times +
                                           R"(","pairs":[)" + pair_of(1, "01.5", "1010") + "]}");
  };
  const auto done = block("b1");
  ASSERT_EQ(done->status, 201) << done->body;
  lists("accepted", "list of 1");  // Else the lists before it would pass for those behind the undo.
  const std::string undo = R"({"fact":"undo","seq":)" + value_at(done->body, "seqs.0") +
                           R"(,"reason":"slipped by one"})";
  ASSERT_EQ(post("/api/v1/facts", undo)->status, 201);
  lists("accepted", "list of 0");
  EXPECT_EQ(value_at(client_->get("/api/v1/runners/10k/1010")->body, "runner.status"), "RUN");
  EXPECT_EQ(block("b2")->status, 201);
  lists("accepted", "list of 1");
}

TEST_F(HandServed, ABlockIsAcceptedWholeOrNotAtAll) {
  send_three_and_four();
  const std::string times = value_at(lists("times.items", "list of 4"), "times.list");
  race_.settle();  // What was stored may be answered before it is told.
  const model::FactSeq before = race_.engine().changes().last().seq;
  const auto status = [&](const std::string& pairs, const std::string& list) {
    return post("/api/v1/hand/accept",
                R"({"id":"b","race":"10k","times":")" + list + R"(","pairs":[)" + pairs + "]}")
        ->status;
  };
  const std::string good = pair_of(1, "01.5", "1010") + ",";
  EXPECT_EQ(status(good + pair_of(2, "02.5", "7"), times), 404);      // Nobody has that bib.
  EXPECT_EQ(status(good + pair_of(2, "02.6", "1011"), times), 409);   // Another time.
  EXPECT_EQ(status(good + pair_of(99, "02.5", "1011"), times), 409);  // No such line.
  EXPECT_EQ(status(good + pair_of(2, "02.5", "a b"), times), 422);
  EXPECT_EQ(status(good + "7", times), 422);
  EXPECT_EQ(status("", times), 422);
  EXPECT_EQ(status(pair_of(1, "01.5", "1010"), "999"), 404);
  for (const char* body : {"", "[]", "{}", R"({"id":"b","race":"10k","times":"1","pairs":{}})"}) {
    EXPECT_EQ(post("/api/v1/hand/accept", body)->status, 422) << body;
  }
  EXPECT_EQ(race_.engine().changes().last().seq, before);
}

TEST_F(HandServed, TwoHelpersHaveTwoListsAndTheLongerIsLaidOutUntilTheOtherIsAskedFor) {
  ASSERT_EQ(send(R"({"line":1,"at":"2026-05-08T10:50:01Z"})", "right")->status, 201);
  ASSERT_EQ(send(R"({"line":1,"at":"2026-05-08T10:50:01.2Z"},
                    {"line":2,"at":"2026-05-08T10:50:04Z"})",
                 "left")
                ->status,
            201);
  const std::string body = lists("lists", "list of 2");
  EXPECT_EQ(value_at(body, "times.items"), "list of 2");
  const std::string other = value_at(body, "lists.0.id");
  const std::string asked = client_->get("/api/v1/hand?mat=goal&times=" + other)->body;
  EXPECT_EQ(value_at(asked, "times.list"), other);
  EXPECT_EQ(value_at(asked, "times.items"), "list of 1");
  EXPECT_EQ(client_->get("/api/v1/hand?times=77")->status, 404);
  EXPECT_EQ(client_->get("/api/v1/hand?bibs=" + other)->status, 404);
  EXPECT_EQ(client_->get("/api/v1/hand?mat=moon")->status, 404);
  EXPECT_EQ(client_->get("/api/v1/hand?race=marathon")->status, 404);
  EXPECT_EQ(value_at(client_->get("/api/v1/hand?mat=bridge")->body, "lists"), "list of 0");
}

TEST_F(HandServed, WhoIsPrivateHasNoNameHereEither) {
  ASSERT_EQ(send(R"({"line":1,"bib":"1003"})")->status, 201);
  EXPECT_EQ(value_at(lists("bibs.items", "list of 1"), "bibs.items.0.name"), "Bib 1003");
}

TEST_F(HandServed, ItIsForTheTimerAlone) {
  HttpClient other(server_->port());
  EXPECT_EQ(other.get("/api/v1/hand")->status, 401);
  other.headers(bearer(Role::Referee));
  EXPECT_EQ(other.get("/api/v1/hand")->status, 403);
  EXPECT_EQ(other.ask("POST", "/api/v1/hand", "{}")->status, 403);
  EXPECT_EQ(other.ask("POST", "/api/v1/hand/accept", "{}")->status, 403);
}

TEST_F(HandServed, WhatIsNoListIsSaidAndNothingIsStored) {
  const model::FactSeq before = race_.engine().changes().last().seq;
  std::string many = R"({"line":1,"bib":"1"})";
  for (std::size_t i = 0; i < kMostHandLines; ++i) many += R"(,{"line":1,"bib":"1"})";
  for (const std::string& body :
       {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"list":"a"})"),
        std::string(R"({"list":"a","mat":"moon","lines":[{"line":1,"bib":"1"}]})"),
        std::string(R"({"list":"","mat":"goal","lines":[{"line":1,"bib":"1"}]})"),
        std::string(R"({"list":"a\nb","mat":"goal","lines":[{"line":1,"bib":"1"}]})"),
        std::string(R"({"list":7,"mat":"goal","lines":[{"line":1,"bib":"1"}]})"),
        std::string(R"({"list":"a","mat":"goal","lines":[]})"),
        R"({"list":"a","mat":"goal","lines":[)" + many + "]}"}) {
    EXPECT_EQ(post("/api/v1/hand", body)->status, 422) << body.substr(0, 80);
  }
  EXPECT_EQ(race_.engine().changes().last().seq, before);
}

TEST_F(HandServed, ListsOutliveTheProcess) {
  send_three_and_four();
  lists("bibs.items", "list of 3");
  auto copy = engine::RaceDay::copy_in_memory(race_.file("x.race"), scoring::Closing::ByFacts);
  ASSERT_TRUE(copy.has_value());
  const scoring::HandTiming hand = copy->scorer().hand_timing();
  ASSERT_EQ(hand.lists.size(), 2u);
  EXPECT_EQ(hand.lists[0].lines.size(), 4u);
  EXPECT_EQ(hand.lists[1].lines.size(), 3u);
}

}  // namespace
}  // namespace hs::server
