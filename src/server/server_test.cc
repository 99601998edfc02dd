#include "server/server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "server/access.h"
#include "server/posted_reads.h"
#include "support/http_client.h"
#include "support/live_race.h"

namespace hs::server {
namespace {

using test_support::HttpClient;
using test_support::LiveRace;
using test_support::value_at;

/// A race of which 40 came to half way and 25 finished, served on two free ports.
class Served : public ::testing::Test {
 protected:
  Served() {
    race_.run(40, 25);
    Server::Options options;
    options.listen.port = 0;
    options.public_listen = ListenAddress{"127.0.0.1", 0};
    options.token_file = race_.file("x.tokens");
    options.race_file = race_.file("x.race");
    options.clock = &race_.clock();
    options.officials_every = std::chrono::milliseconds(2);
    options.public_every = std::chrono::milliseconds(2);
    auto started = Server::start(race_.engine(), race_.story(), options);
    EXPECT_TRUE(started.has_value());
    server_ = std::move(*started);
  }
  std::string token(Role role) {
    auto file = TokenFile::open(race_.file("x.tokens"));
    EXPECT_TRUE(file.has_value());
    const auto made = file->add(role, std::string("The ") + name_of(role));
    EXPECT_TRUE(made.has_value());
    return *made;
  }
  static std::string bearer(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
  }
  /// Asks until the answer holds it: what was written is seen at the next tick.
  static bool comes(HttpClient& client, const std::string& target, const std::string& path,
                    const std::string& value) {
    for (int i = 0; i < 5000; ++i) {
      const auto answer = client.get(target);
      if (!answer) return false;
      if (value_at(answer->body, path) == value) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }
  LiveRace race_;
  std::unique_ptr<Server> server_;
};

TEST_F(Served, TheSameRaceOnBothListenersAndOfficialsThingsOnOneOnly) {
  HttpClient officials(server_->port());
  HttpClient everybody(*server_->public_port());
  for (HttpClient* client : {&officials, &everybody}) {
    EXPECT_EQ(client->get("/healthz")->body, "ok");
    EXPECT_EQ(value_at(client->get("/api/v1/races/10k/results")->body, "items.0.bib"), "1000");
  }
  EXPECT_EQ(officials.get("/api/v1/console")->status, 401);
  EXPECT_EQ(everybody.get("/api/v1/console")->status, 404);
  const std::string timer = bearer(token(Role::Timer));
  EXPECT_EQ(officials.get("/api/v1/console", timer)->status, 200);
  EXPECT_EQ(everybody.get("/api/v1/console", timer)->status, 404);
  EXPECT_EQ(everybody.ask("POST", "/api/v1/facts", "{}", timer)->status, 404);
}

TEST_F(Served, ThePublicListenerTakesNoLargeBody) {
  const std::string large(64'000, 'x');
  HttpClient everybody(*server_->public_port());
  EXPECT_EQ(everybody.ask("POST", "/api/v1/facts", large)->status, 413);
  HttpClient officials(server_->port());
  EXPECT_EQ(officials.ask("POST", "/api/v1/facts", large)->status, 401);
}

TEST_F(Served, EachRoleSeesAndWritesWhatIsItsOwn) {
  HttpClient client(server_->port());
  const std::string timer = bearer(token(Role::Timer));
  const std::string referee = bearer(token(Role::Referee));
  const std::string announcer = bearer(token(Role::Announcer));
  const auto status = [&](const std::string& target, const std::string& who) {
    return client.get(target, who)->status;
  };
  EXPECT_EQ(status("/api/v1/announcer", announcer), 200);
  EXPECT_EQ(status("/api/v1/referee", announcer), 403);
  EXPECT_EQ(status("/api/v1/referee", referee), 200);
  EXPECT_EQ(status("/api/v1/console", referee), 403);
  EXPECT_EQ(status("/api/v1/explain/10k/1002", referee), 200);
  EXPECT_EQ(status("/api/v1/explain/10k/1002", announcer), 403);
  EXPECT_EQ(status("/api/v1/console", timer), 200);
  const std::string ruling =
      R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"1000","clause":"TR 17",)"
      R"("reason":"SECRET"})";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", ruling, announcer)->status, 403);
  const auto ruled = client.ask("POST", "/api/v1/facts", ruling, referee);
  EXPECT_EQ(ruled->status, 201);
  EXPECT_TRUE(comes(client, "/api/v1/races/10k/results", "items.0.bib", "1001"));
  const std::string split = R"({"fact":"ruling","ruling":"finish","race":"10k","bib":"1002",)"
                            R"("at":"2026-05-08T10:41:00Z","reason":"SECRET"})";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", split, referee)->status, 201);
  EXPECT_TRUE(comes(client, "/api/v1/runners/10k/1002", "runner.splits.1.by", "official"));
  EXPECT_EQ(client.get("/api/v1/runners/10k/1002")->body.find("SECRET"), std::string::npos);
  const auto shown = client.get("/api/v1/runners/10k/1000");
  EXPECT_EQ(value_at(shown->body, "runner.status"), "DSQ");
  EXPECT_EQ(value_at(shown->body, "runner.clause"), "TR 17");
  EXPECT_EQ(shown->body.find("SECRET"), std::string::npos);
  EXPECT_EQ(shown->body.find("The referee"), std::string::npos);
  race_.settle();
  const std::string undo = "{\"fact\":\"undo\",\"seq\":" + value_at(ruled->body, "seq") + "}";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", undo, referee)->status, 201);
  EXPECT_TRUE(comes(client, "/api/v1/races/10k/results", "items.0.bib", "1000"));
}

TEST_F(Served, TheRefereeSeesRulingsWithTheirAuthors) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Referee)));
  ASSERT_EQ(client
                .ask("POST", "/api/v1/facts",
                     R"({"fact":"ruling","ruling":"dnf","race":"10k","bib":"1030"})")
                ->status,
            201);
  EXPECT_TRUE(comes(client, "/api/v1/referee", "rulings.0.fact.bib", "1030"));
  const auto answer = client.get("/api/v1/referee");
  EXPECT_EQ(value_at(answer->body, "rulings.0.fact.by"), "The referee");
  // The likelihoods of odd times stand here; a field this small has none.
  EXPECT_NE(answer->body.find(R"("oddities":[])"), std::string::npos);
  EXPECT_EQ(answer->headers.at("cache-control"), "no-store");
}

TEST_F(Served, RulingsOfRacesAreListedAndSayWhenTheyHoldNoMore) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Referee)));
  const auto write = [&](const std::string& fact) {
    const auto answer = client.ask("POST", "/api/v1/facts", fact);
    EXPECT_EQ(answer->status, 201) << fact << answer->body;
    return value_at(answer->body, "seq");
  };
  write(R"({"fact":"race-ruling","ruling":"shorten","race":"10k","point":"half","clause":"TR 55",)"
        R"("reason":"Flood"})");
  const std::string cancel = write(R"({"fact":"cancel","race":"10k","reason":"Hail"})");
  const std::string undo = write(R"({"fact":"undo","seq":)" + cancel + R"(,"reason":"It passed"})");
  const std::string later =
      write(R"({"fact":"race-ruling","ruling":"shorten","race":"10k","point":"finish"})");
  ASSERT_TRUE(comes(client, "/api/v1/referee", "rulings", "list of 3"));
  const std::string body = client.get("/api/v1/referee")->body;
  EXPECT_EQ(value_at(body, "rulings.0.fact.fact"), "race-ruling");
  EXPECT_EQ(value_at(body, "rulings.0.fact.clause"), "TR 55");
  EXPECT_EQ(value_at(body, "rulings.0.fact.reason"), "Flood");
  EXPECT_EQ(value_at(body, "rulings.0.fact.by"), "The referee");
  EXPECT_EQ(value_at(body, "rulings.0.state"), "moot");
  EXPECT_EQ(value_at(body, "rulings.0.since"), later);
  EXPECT_EQ(value_at(body, "rulings.1.seq"), cancel);
  EXPECT_EQ(value_at(body, "rulings.1.state"), "taken-back");
  EXPECT_EQ(value_at(body, "rulings.1.since"), undo);
  EXPECT_EQ(value_at(body, "rulings.2.state"), "holds");
  EXPECT_EQ(value_at(body, "rulings.2.since"), "-");
  HttpClient everybody(*server_->public_port());
  EXPECT_EQ(everybody.get("/api/v1/races")->body.find("Flood"), std::string::npos);
}

/// Two referees, each on a line of their own, who rule on one bib again and again at the same
/// moment. Nothing of either is lost, both read the same, and the higher number holds.
TEST_F(Served, OfTwoRefereesAtOnceTheLaterNumberHoldsAndNothingIsLost) {
  const auto as = [&](const std::string& name) {
    auto file = TokenFile::open(race_.file("x.tokens"));
    return bearer(*file->add(Role::Referee, name));
  };
  const std::string rita = as("Rita");
  const std::string bea = as("Bea");
  constexpr int kTimes = 8;
  const auto rules = [&](const std::string& who, const std::string& ruling) {
    return std::async(std::launch::async, [this, who, ruling] {
      HttpClient client(server_->port());
      std::vector<std::uint64_t> written;
      for (int i = 0; i < kTimes; ++i) {
        const auto answer = client.ask("POST", "/api/v1/facts",
                                       R"({"fact":"ruling","race":"10k","bib":"1000","ruling":")" +
                                           ruling + R"(","clause":"TR 17","reason":"R"})",
                                       who);
        EXPECT_EQ(answer->status, 201) << answer->body;
        written.push_back(std::stoull(value_at(answer->body, "seq")));
      }
      return written;
    });
  };
  auto out = rules(rita, "dsq");
  auto in = rules(bea, "reinstate");
  const std::vector<std::uint64_t> dsqs = out.get();
  const std::vector<std::uint64_t> reinstates = in.get();
  const bool is_out = dsqs.back() > reinstates.back();
  const std::string last = std::to_string(std::max(dsqs.back(), reinstates.back()));
  HttpClient one(server_->port());
  one.headers(rita);
  HttpClient other(server_->port());
  other.headers(bea);
  ASSERT_TRUE(comes(one, "/api/v1/referee", "rulings", "list of 16"));
  ASSERT_TRUE(comes(other, "/api/v1/referee", "rulings", "list of 16"));
  const auto rulings_of = [](const std::string& body) {
    return body.substr(body.find("\"rulings\""),
                       body.find("\"integrity\"") - body.find("\"rulings\""));
  };
  const std::string body = one.get("/api/v1/referee")->body;
  EXPECT_EQ(rulings_of(body), rulings_of(other.get("/api/v1/referee")->body));
  std::vector<std::uint64_t> all = dsqs;
  all.insert(all.end(), reinstates.begin(), reinstates.end());
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string at = "rulings." + std::to_string(i);
    EXPECT_EQ(value_at(body, at + ".seq"), std::to_string(all[i]));
    EXPECT_EQ(value_at(body, at + ".state"), i + 1 == all.size() ? "holds" : "moot");
    EXPECT_EQ(value_at(body, at + ".since"), i + 1 == all.size() ? "-" : last);
  }
  EXPECT_TRUE(comes(one, "/api/v1/runners/10k/1000", "runner.status", is_out ? "DSQ" : "FIN"));

  // One takes back what the other wrote: what was moot by it speaks again.
  const std::string undo = R"({"fact":"undo","seq":)" + last + R"(,"reason":"Not so"})";
  HttpClient& the_other = is_out ? other : one;
  ASSERT_EQ(the_other.ask("POST", "/api/v1/facts", undo)->status, 201);
  ASSERT_TRUE(comes(one, "/api/v1/referee", "rulings.15.state", "taken-back"));
  const std::string then = one.get("/api/v1/referee")->body;
  EXPECT_EQ(value_at(then, "rulings.14.state"), "holds");
  const bool dsq_before = std::find(dsqs.begin(), dsqs.end(), all[14]) != dsqs.end();
  EXPECT_TRUE(
      comes(other, "/api/v1/runners/10k/1000", "runner.status", dsq_before ? "DSQ" : "FIN"));
}

TEST_F(Served, VersionsAreListedAndTheirDifferenceIsToldWithTheFactsBehind) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Referee)));
  const auto write = [&](const std::string& fact) {
    const auto answer = client.ask("POST", "/api/v1/facts", fact);
    EXPECT_EQ(answer->status, 201) << fact << answer->body;
    return value_at(answer->body, "seq");
  };
  EXPECT_EQ(value_at(client.get("/api/v1/races/10k/versions")->body, "items"), "list of 0");
  write(R"({"fact":"publish","race":"10k","reason":"First list",)"
        R"("protest_until":"2026-05-08T13:00:00Z"})");
  ASSERT_TRUE(comes(client, "/api/v1/races", "items.0.list", "published"));
  EXPECT_EQ(value_at(client.get("/api/v1/races")->body, "as_of.status"), "published");
  const std::string dsq =
      write(R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"1000","clause":"TR 17",)"
            R"("reason":"Left the course"})");
  ASSERT_TRUE(comes(client, "/api/v1/races", "items.0.list", "provisional"));
  EXPECT_EQ(value_at(client.get("/api/v1/races")->body, "as_of.status"), "provisional");
  const std::string now = client.get("/api/v1/races/10k/versions/1/now")->body;
  EXPECT_EQ(value_at(now, "items"), "list of 1") << now;
  EXPECT_EQ(value_at(now, "items.0.bib"), "1000");
  EXPECT_EQ(value_at(now, "items.0.before"), "FIN, 1st in 0:40:00");
  EXPECT_EQ(value_at(now, "items.0.after"), "DSQ (TR 17)");
  EXPECT_EQ(value_at(now, "items.0.facts.0.seq"), dsq);
  EXPECT_NE(value_at(now, "items.0.facts.0.words").find("Left the course"), std::string::npos);
  EXPECT_NE(value_at(now, "moved").find("24 others moved because of these: bib 1001 2nd -> 1st"),
            std::string::npos)
      << now;
  write(R"({"fact":"publish","race":"10k","reason":"No protest is open","official":true})");
  ASSERT_TRUE(comes(client, "/api/v1/races/10k/versions", "list", "official"));
  const std::string list = client.get("/api/v1/races/10k/versions")->body;
  EXPECT_EQ(value_at(list, "items.0.version"), "2");
  EXPECT_EQ(value_at(list, "items.0.status"), "official");
  EXPECT_EQ(value_at(list, "items.0.by"), "The referee");
  EXPECT_EQ(value_at(list, "items.1.reason"), "First list");
  EXPECT_EQ(value_at(list, "items.1.protest_until_at"), "2026-05-08T13:00:00Z");
  EXPECT_EQ(value_at(client.get("/api/v1/races/10k/versions/1/2")->body, "items.0.bib"), "1000");
  EXPECT_EQ(value_at(client.get("/api/v1/races/10k/versions/2/now")->body, "items"), "list of 0");
  for (const char* other : {"/0/1", "/1/3", "/1/x", "/-1/2", "/1/2x"}) {
    EXPECT_EQ(client.get(std::string("/api/v1/races/10k/versions") + other)->status, 404) << other;
  }
  HttpClient everybody(*server_->public_port());
  EXPECT_EQ(everybody.get("/api/v1/races/10k/versions")->status, 404);
  EXPECT_EQ(value_at(everybody.get("/api/v1/races")->body, "items.0.list_words"),
            value_at(list, "list_words"));
}

TEST_F(Served, AVersionThatWasTakenBackKeepsItsNumber) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Timer)));
  const auto first = client.ask("POST", "/api/v1/facts",
                                R"({"fact":"publish","race":"10k","reason":"Too early"})");
  ASSERT_EQ(first->status, 201);
  const std::string undo =
      R"({"fact":"undo","reason":"Not yet","seq":)" + value_at(first->body, "seq") + "}";
  ASSERT_EQ(client.ask("POST", "/api/v1/facts", undo)->status, 201);
  ASSERT_EQ(client.ask("POST", "/api/v1/facts", R"({"fact":"publish","race":"10k"})")->status, 201);
  ASSERT_TRUE(comes(client, "/api/v1/races/10k/versions", "items", "list of 2"));
  const std::string list = client.get("/api/v1/races/10k/versions")->body;
  EXPECT_EQ(value_at(list, "items.0.version"), "2");
  EXPECT_EQ(value_at(list, "items.0.taken_back"), "-");
  EXPECT_EQ(value_at(list, "items.1.version"), "1");
  EXPECT_EQ(value_at(list, "items.1.taken_back"), "true");
}

TEST_F(Served, NotesAreListedWithWhyTheyAreHeldAndNothingIsSaidOfTheHidden) {
  HttpClient announcer(server_->port());
  announcer.headers(bearer(token(Role::Announcer)));
  const auto note = [&](const std::string& kind, const std::string& bib, const std::string& text) {
    return announcer.ask("POST", "/api/v1/facts",
                         R"({"fact":"note","race":"10k","point":"finish","kind":")" + kind +
                             R"(","bibs":[")" + bib + R"("],"text":")" + text + R"("})");
  };
  EXPECT_EQ(note("official", "1002", "Well run")->status, 403);
  const auto first = note("announcer", "1003", "Waited for a friend");
  ASSERT_EQ(first->status, 201) << first->body;
  ASSERT_EQ(note("volunteer", "1002", "Gave her bottle away")->status, 201);
  ASSERT_TRUE(comes(announcer, "/api/v1/notes?race=10k", "items", "list of 2"));
  const std::string both = announcer.get("/api/v1/notes")->body;
  EXPECT_EQ(value_at(both, "items.0.text"), "Gave her bottle away");
  EXPECT_EQ(value_at(both, "items.0.kind"), "volunteer");
  EXPECT_EQ(value_at(both, "items.0.point"), "finish");
  EXPECT_EQ(value_at(both, "items.0.by"), "The announcer");
  // The race goes on: the story waits until more are in.
  EXPECT_EQ(value_at(both, "items.0.held"), "only-just-in");
  EXPECT_EQ(value_at(both, "items.1.bibs.0"), "1003");
  EXPECT_EQ(value_at(both, "items.1.held"), "private");
  // Whoever is hidden is said nothing of; the note can still be taken back, by whoever wrote it.
  ASSERT_EQ(
      announcer.ask("POST", "/api/v1/hide", R"({"race":"10k","bib":"1002","hidden":true})")->status,
      201);
  EXPECT_TRUE(comes(announcer, "/api/v1/notes", "items.0.held", "hidden"));
  EXPECT_EQ(value_at(announcer.get("/api/v1/notes")->body, "items.0.text"), "-");
  const std::string undo = R"({"fact":"undo","reason":"Wrong bib","seq":)";
  const std::string seq = value_at(first->body, "seq");
  EXPECT_EQ(announcer.ask("POST", "/api/v1/facts", undo + seq + "}")->status, 201);
  EXPECT_TRUE(comes(announcer, "/api/v1/notes", "items", "list of 1"));
  HttpClient referee(server_->port());
  referee.headers(bearer(token(Role::Referee)));
  const auto theirs = referee.ask("POST", "/api/v1/facts",
                                  R"({"fact":"note","kind":"official","text":"A storm comes"})");
  ASSERT_EQ(theirs->status, 201);
  ASSERT_TRUE(comes(announcer, "/api/v1/notes", "items", "list of 2"));
  EXPECT_EQ(
      announcer.ask("POST", "/api/v1/facts", undo + value_at(theirs->body, "seq") + "}")->status,
      403);
  EXPECT_EQ(announcer.get("/api/v1/notes?race=20k")->status, 404);
}

TEST_F(Served, WhoeverIsHiddenAndShownAgainInOneBreathIsShown) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Announcer)));
  const auto hide = [&](const char* hidden) {
    return client
        .ask("POST", "/api/v1/hide",
             std::string(R"({"race":"10k","bib":"1002","hidden":)") + hidden + "}")
        ->status;
  };
  // The overview follows a little later; the last word holds all the same.
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(hide("true"), 201);
    EXPECT_EQ(hide("true"), 200);
    EXPECT_EQ(hide("false"), 201);
    EXPECT_EQ(hide("false"), 200);
  }
  race_.settle();
  for (const model::RunnerResult& runner : race_.engine().overview()->results.runners) {
    EXPECT_FALSE(runner.hidden_by.has_value());
  }
}

TEST_F(Served, APageSignsInOnceAndWritesWithItsOwnHeader) {
  const std::string timer = token(Role::Timer);
  HttpClient client(server_->port());
  EXPECT_EQ(client.get("/api/v1/session")->status, 401);
  const auto login =
      client.ask("POST", "/api/v1/login", "{\"token\":\"" + timer + "\",\"name\":\"Sam\"}",
                 "Content-Type: application/json\r\n");
  ASSERT_EQ(login->status, 200);
  EXPECT_EQ(value_at(login->body, "role"), "timer");
  const std::string cookie = login->headers.at("set-cookie");
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  client.headers("Cookie: a=b; " + cookie.substr(0, cookie.find(';')) + "\r\n");
  EXPECT_EQ(value_at(client.get("/api/v1/session")->body, "name"), "Sam");
  const std::string note =
      R"({"fact":"note","kind":"official","bibs":["1002"],"text":"Well run."})";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", note)->status, 403);
  const std::string csrf = "X-CSRF-Token: " + value_at(login->body, "csrf") + "\r\n";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", note, csrf)->status, 201);
  const std::string forged = R"({"fact":"close","race":"10k","by":"Somebody else"})";
  EXPECT_EQ(client.ask("POST", "/api/v1/facts", forged, csrf)->status, 422);
  EXPECT_EQ(client.ask("POST", "/api/v1/logout", {}, csrf)->status, 200);
  EXPECT_EQ(client.get("/api/v1/session")->status, 401);
}

TEST_F(Served, AWrongTokenIsRefusedAndTheNextOneNotEvenLookedAt) {
  HttpClient client(server_->port());
  const auto guess = [&] {
    return client.ask("POST", "/api/v1/login", R"({"token":"a.b"})",
                      "Content-Type: application/json\r\n");
  };
  // Whoever guesses on two connections at once is told to wait.
  HttpClient other(server_->port());
  ASSERT_TRUE(
      other.send("GET /api/v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                 "a.b\r\n\r\n"));
  EXPECT_EQ(other.receive()->status, 401);
  EXPECT_EQ(guess()->status, 401);
  EXPECT_EQ(client.ask("POST", "/api/v1/login", R"({"token":"a.b"})")->status, 400);
}

TEST_F(Served, AMistakeInAFactIsSaidAndNothingIsStored) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Timer)));
  const model::FactSeq before = race_.engine().changes().last().seq;
  for (const char* body : {"", "{", "[]", "{}", R"({"fact":"ruling"})",
                           R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"1000"}
{"fact":"ruling","ruling":"dsq","race":"10k","bib":"1001"})"}) {
    const auto answer = client.ask("POST", "/api/v1/facts", body);
    EXPECT_EQ(answer->status, 422) << body << answer->body;
  }
  const auto unknown = client.ask("POST", "/api/v1/facts",
                                  R"({"fact":"ruling","ruling":"dsq","race":"10k","bib":"7"})");
  EXPECT_EQ(unknown->status, 404);
  EXPECT_EQ(race_.engine().changes().last().seq, before);
}

TEST_F(Served, ReadsSentAreStoredWhenTheAnswerComesAndABadLineCostsItself) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Timer)));
  const auto csv = client.ask("POST", "/api/v1/reads",
                              "mat,tag,time\n"
                              "goal,c1025,2026-05-08T10:50:00Z\n"
                              "goal,c1026,yesterday\n"
                              "moon,c1027,2026-05-08T10:51:00Z\n");
  EXPECT_EQ(csv->status, 200);
  EXPECT_EQ(value_at(csv->body, "reads"), "1");
  EXPECT_EQ(value_at(csv->body, "bad"), "list of 2") << csv->body;
  EXPECT_EQ(value_at(csv->body, "bad.0.line"), "3");
  const auto json = client.ask("POST", "/api/v1/reads",
                               "{\"mat\":\"goal\",\"tag\":\"c1026\","
                               "\"time\":\"2026-05-08T10:52:00Z\"}\n\nnonsense\n"
                               "{\"mat\":\"goal\",\"colour\":\"red\"}\n");
  EXPECT_EQ(value_at(json->body, "reads"), "1");
  EXPECT_EQ(value_at(json->body, "bad.0.line"), "3");
  EXPECT_EQ(value_at(json->body, "bad.1.line"), "4");
  EXPECT_TRUE(comes(client, "/api/v1/runners/10k/1026", "runner.status", "FIN"));
  EXPECT_EQ(value_at(client.get("/api/v1/runners/10k/1025")->body, "runner.status"), "FIN");
  EXPECT_EQ(client.ask("POST", "/api/v1/reads", "rubbish")->status, 422);
}

TEST_F(Served, WhoeverIsToldOfAChangeFindsItInTheResults) {
  HttpClient events(*server_->public_port());
  HttpClient client(*server_->public_port());
  const std::string seq = value_at(client.get("/api/v1/races")->body, "as_of.seq");
  ASSERT_TRUE(events.send("GET /events?after=" + seq + " HTTP/1.1\r\nHost: x\r\n\r\n"));
  const auto head = events.read_until("\r\n\r\n");
  ASSERT_TRUE(head.has_value());
  EXPECT_NE(head->find("Content-Type: text/event-stream"), std::string::npos);
  for (int i = 25; i < 30; ++i) {
    race_.read("goal", i, 3000 + i);
    const auto event =
        events.read_until("\"bib\":\"" + LiveRace::bib(i) + "\",\"kind\":\"status\"");
    ASSERT_TRUE(event.has_value());
    const auto answer = client.get("/api/v1/runners/10k/" + LiveRace::bib(i));
    EXPECT_EQ(value_at(answer->body, "runner.status"), "FIN");
  }
}

TEST_F(Served, TheAnnouncerSeesWhoComesAndWhoIsJustIn) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Announcer)));
  const auto answer = client.get("/api/v1/announcer?race=10k&limit=5");
  ASSERT_EQ(answer->status, 200);
  EXPECT_EQ(value_at(answer->body, "spotter"), "tower");
  EXPECT_EQ(value_at(answer->body, "next"), "list of 5");
  EXPECT_NE(value_at(answer->body, "next.0.expected_at"), "-");
  EXPECT_EQ(value_at(answer->body, "just_in.0.bib"), "1024");
  const auto half = client.get("/api/v1/announcer?point=half&limit=100");
  EXPECT_EQ(half->body.find("Nr1003"), std::string::npos);
  EXPECT_NE(half->body.find("\"name\":\"Bib 1003\""), std::string::npos);
}

/// Tells of no devices until it is let go.
class SlowConsole final : public ConsoleSource {
 public:
  [[nodiscard]] ConsoleState console() const override {
    go_on_.wait();
    return {};
  }
  [[nodiscard]] std::vector<model::Fact> decisions() const override { return {}; }
  void let_go() { gate_.set_value(); }

 private:
  std::promise<void> gate_;
  std::shared_future<void> go_on_ = gate_.get_future().share();
};

TEST_F(Served, OneAudienceDoesNotWaitForTheAnswersOfTheOther) {
  SlowConsole console;
  Server::Options options;
  options.listen.port = 0;
  options.public_listen = ListenAddress{"127.0.0.1", 0};
  options.token_file = race_.file("x.tokens");
  options.clock = &race_.clock();
  options.console = &console;
  const auto server = Server::start(race_.engine(), race_.story(), options);
  ASSERT_TRUE(server.has_value());
  const std::string timer = bearer(token(Role::Timer));
  std::promise<int> shown;
  std::thread official([&] {
    HttpClient client((*server)->port());
    shown.set_value(client.get("/api/v1/console", timer)->status);
  });
  std::future<int> status = shown.get_future();
  // Long enough for the token to be checked: the answer is under way then.
  EXPECT_EQ(status.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
  std::promise<int> asked;
  std::future<int> answered = asked.get_future();
  std::thread everybody([&] {
    HttpClient client(*(*server)->public_port());
    asked.set_value(client.get("/api/v1/races/10k/results")->status);
  });
  EXPECT_EQ(answered.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  console.let_go();
  official.join();
  everybody.join();
  EXPECT_EQ(status.get(), 200);
}

TEST_F(Served, OfAHiddenRunnerNothingIsThereToBeSaidAloud) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Announcer)));
  const std::string target = "/api/v1/announcer?limit=100";
  const auto before = client.get(target);
  ASSERT_EQ(before->status, 200);
  const std::string bib = LiveRace::bib(5);
  EXPECT_NE(before->body.find("worth"), std::string::npos) << before->body;
  const auto hidden = client.ask("POST", "/api/v1/hide",
                                 "{\"race\":\"10k\",\"bib\":\"" + bib + "\",\"hidden\":true}");
  ASSERT_EQ(hidden->status, 201);
  race_.settle();
  std::string after;
  for (int i = 0; i < 1000; ++i) {
    after = client.get(target)->body;
    if (after.find("taught me to run") == std::string::npos) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_NE(after.find("\"bib\":\"" + bib + "\""), std::string::npos);
  EXPECT_EQ(after.find("taught me to run"), std::string::npos);
  EXPECT_EQ(after.find("brother"), std::string::npos);
}

TEST_F(Served, TheConsoleHasMatsAndThingsToDoInWords) {
  HttpClient client(server_->port());
  client.headers(bearer(token(Role::Timer)));
  race_.read("goal", 777, 3000);
  race_.settle();
  EXPECT_TRUE(comes(client, "/api/v1/console", "attention.0.kind", "unknown-chip"));
  const auto answer = client.get("/api/v1/console");
  EXPECT_NE(value_at(answer->body, "attention.0.do"), "-");
  EXPECT_NE(value_at(answer->body, "mats.0.heard"), "-");
  EXPECT_EQ(value_at(answer->body, "recording_only"), "false");
}

TEST_F(Served, ItsEndEndsStreamsToo) {
  HttpClient events(server_->port());
  ASSERT_TRUE(events.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
  ASSERT_TRUE(events.read_until("retry: 2000\n\n").has_value());
  server_.reset();
  EXPECT_TRUE(events.is_ended());
}

TEST(ServerStart, ATakenPortIsSaidAndLeavesNothingRunning) {
  LiveRace race;
  Server::Options options;
  options.listen.port = 0;
  auto first = Server::start(race.engine(), race.story(), options);
  ASSERT_TRUE(first.has_value());
  options.public_listen = ListenAddress{"127.0.0.1", (*first)->port()};
  const auto second = Server::start(race.engine(), race.story(), options);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
}

}  // namespace
}  // namespace hs::server
