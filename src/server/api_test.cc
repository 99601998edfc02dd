#include "server/api.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <set>

#include "base/file.h"
#include "support/live_race.h"

namespace hs::server {
namespace {

using test_support::LiveRace;
using test_support::value_at;

/// The answers of a race in which 40 came to half way and 25 finished.
class Answers : public ::testing::Test {
 protected:
  Answers() {
    race_.run(40, 25);
    Api::Options options;
    options.clock = &race_.clock();
    options.token_file = race_.file("x.tokens");
    api_ = std::make_unique<Api>(race_.engine(), race_.story(), options);
  }
  Response ask(const std::string& target, Audience audience = Audience::Public) {
    Request request;
    request.target = target;
    return api_->answer(request, audience);
  }
  std::string body(const std::string& target) {
    const Response response = ask(target);
    EXPECT_EQ(response.status, 200) << target << " " << text(response);
    return text(response);
  }
  static std::string text(const Response& response) {
    return response.body ? *response.body : std::string();
  }
  static std::string header(const Response& response, const std::string& name) {
    const std::size_t at = response.head->find(name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 2;
    return response.head->substr(begin, response.head->find("\r\n", begin) - begin);
  }
  LiveRace race_;
  std::unique_ptr<Api> api_;
};

TEST_F(Answers, RacesSayWhatTheEventIs) {
  const std::string json = body("/api/v1/races");
  EXPECT_EQ(value_at(json, "event.name"), "Harbour 10");
  EXPECT_EQ(value_at(json, "event.utc_offset_s"), "7200");
  EXPECT_EQ(value_at(json, "event.language"), "en");
  EXPECT_EQ(value_at(json, "items.0.id"), "10k");
  EXPECT_EQ(value_at(json, "items.0.first_gun_at"), "2026-05-08T10:00:00Z");
  EXPECT_EQ(value_at(json, "items.0.points"), "list of 4");
  EXPECT_EQ(value_at(json, "items.0.points.2.spotter"), "true");
  EXPECT_EQ(value_at(json, "items.0.points.1.spotter"), "-");
  EXPECT_EQ(value_at(json, "items.0.counts.entered"), "60");
  EXPECT_EQ(value_at(json, "items.0.counts.started"), "60");
  EXPECT_EQ(value_at(json, "items.0.counts.running"), "35");
  EXPECT_EQ(value_at(json, "items.0.counts.finished"), "25");
  EXPECT_EQ(value_at(json, "as_of.status"), "provisional");
}

TEST_F(Answers, PrizesSayWhetherAnybodyOnTheCourseCanStillChangeThem) {
  EXPECT_EQ(value_at(body("/api/v1/races"), "items.0.awards"), "-");
  EXPECT_EQ(value_at(body("/api/v1/races/10k/awards"), "items"), "list of 0");
  race_.change_event("[[race.division]]",
                     "[[race.award]]\nid = \"women\"\nsex = \"F\"\nplaces = 2\nby = \"gun\"\n"
                     "[[race.award]]\nid = \"everybody\"\nplaces = 40\nby = \"gun\"\n"
                     "[[race.division]]");
  race_.settle();
  (void)api_->refresh(Audience::Public);
  EXPECT_EQ(value_at(body("/api/v1/races"), "items.0.awards"), "2");
  const std::string json = body("/api/v1/races/10k/awards");
  EXPECT_EQ(value_at(json, "items"), "list of 2");
  // Two women came in after 40:00 and 40:40; nobody who comes now can have been faster.
  EXPECT_EQ(value_at(json, "items.0.id"), "women");
  EXPECT_EQ(value_at(json, "items.0.places"), "2");
  EXPECT_EQ(value_at(json, "items.0.winners"), "list of 2");
  EXPECT_EQ(value_at(json, "items.0.winners.1.bib"), "1002");
  EXPECT_EQ(value_at(json, "items.0.winners.1.official_ms"), "2440000");
  EXPECT_EQ(value_at(json, "items.0.locked"), "true");
  EXPECT_EQ(value_at(json, "items.0.could_change_it"), "-");
  // Of forty prizes fifteen are left, for whoever of the 35 on the course comes in.
  EXPECT_EQ(value_at(json, "items.1.winners"), "list of 25");
  EXPECT_EQ(value_at(json, "items.1.winners.3.name"), "Bib 1003");
  EXPECT_EQ(value_at(json, "items.1.locked"), "false");
  EXPECT_EQ(value_at(json, "items.1.could_change_it"), "35");
  EXPECT_EQ(value_at(json, "items.1.open_until_at"), "-");
  EXPECT_EQ(ask("/api/v1/races/20k/awards").status, 404);
}

TEST_F(Answers, AClosedRaceThatNobodyPublishedIsProvisional) {
  ASSERT_TRUE(race_.engine().add(model::CloseFact{"10k", {"Timer", std::nullopt}}).has_value());
  race_.settle();
  (void)api_->refresh(Audience::Public);
  const std::string json = body("/api/v1/races");
  EXPECT_EQ(value_at(json, "items.0.closed"), "true");
  EXPECT_EQ(value_at(json, "items.0.list"), "provisional");
  EXPECT_EQ(value_at(json, "as_of.status"), "provisional");
}

TEST_F(Answers, ResultsAreFinishersThenThoseOnTheCourseByWhereTheyAre) {
  const std::string json = body("/api/v1/races/10k/results");
  EXPECT_EQ(value_at(json, "total"), "60");
  EXPECT_EQ(value_at(json, "items.0.bib"), "1000");
  EXPECT_EQ(value_at(json, "items.0.place"), "1");
  EXPECT_EQ(value_at(json, "items.0.gun_ms"), "2400000");
  EXPECT_EQ(value_at(json, "items.0.point_ms"), "2400000");
  EXPECT_EQ(value_at(json, "items.0.place_sex"), "1");
  EXPECT_EQ(value_at(json, "items.1.place_sex"), "1");
  EXPECT_EQ(value_at(json, "items.2.place_sex"), "2");
  EXPECT_EQ(value_at(json, "items.0.division"), "W30");
  EXPECT_EQ(value_at(json, "items.24.place"), "25");
  EXPECT_EQ(value_at(json, "items.25.bib"), "1025");
  EXPECT_EQ(value_at(json, "items.25.place"), "-");
  EXPECT_EQ(value_at(json, "items.25.status"), "RUN");
  EXPECT_EQ(value_at(json, "items.25.last.point"), "half");
  EXPECT_EQ(value_at(json, "items.40.bib"), "1040");
  EXPECT_EQ(value_at(json, "items.40.last.point"), "start");
}

TEST_F(Answers, ARowSaysWhichPlaceItHadAtThePointBefore) {
  race_.read("goal", 30, 2405);  // 31st at half way, behind the first alone at the finish.
  race_.read("goal", 50, 2415);  // Not heard at half way.
  race_.settle();
  (void)api_->refresh(Audience::Public);
  const std::string json = body("/api/v1/races/10k/results?limit=40");
  EXPECT_EQ(value_at(json, "items.1.bib"), "1030");
  EXPECT_EQ(value_at(json, "items.1.place"), "2");
  EXPECT_EQ(value_at(json, "items.1.place_before"), "31");
  EXPECT_EQ(value_at(json, "items.1.place_sex"), "2");
  EXPECT_EQ(value_at(json, "items.1.place_sex_before"), "16");
  EXPECT_EQ(value_at(json, "items.2.bib"), "1050");
  EXPECT_EQ(value_at(json, "items.2.place_before"), "-");
  EXPECT_EQ(value_at(json, "items.3.place"), "4");
  EXPECT_EQ(value_at(json, "items.3.place_before"), "2");
  // Whoever has no place yet has gained and lost nothing; nobody had one before the first point.
  EXPECT_EQ(value_at(json, "items.28.status"), "RUN");
  EXPECT_EQ(value_at(json, "items.28.place_before"), "-");
  const std::string half = body("/api/v1/races/10k/results?point=half");
  EXPECT_EQ(value_at(half, "items.0.place"), "1");
  EXPECT_EQ(value_at(half, "items.0.place_before"), "-");
  EXPECT_EQ(value_at(body("/api/v1/runners/10k/1030"), "runner.place_before"), "31");
}

TEST_F(Answers, APointHasOnlyThoseWhoHaveATimeThere) {
  const std::string json = body("/api/v1/races/10k/results?point=half&sex=M");
  EXPECT_EQ(value_at(json, "total"), "20");
  EXPECT_EQ(value_at(json, "items.0.bib"), "1001");
  EXPECT_EQ(value_at(json, "items.0.place"), "2");
  EXPECT_EQ(value_at(json, "items.0.place_sex"), "1");
  EXPECT_EQ(value_at(json, "items.0.point_ms"), "1210000");
}

TEST_F(Answers, PagesByCursorHoldEverybodyOnceAlsoWhenOthersComeIn) {
  std::set<std::string> seen;
  std::string next;
  for (int page = 0; page < 100; ++page) {
    const std::string json =
        body("/api/v1/races/10k/results?limit=7" + (next.empty() ? "" : "&after=" + next));
    for (int i = 0; value_at(json, "items." + std::to_string(i) + ".bib") != "-"; ++i) {
      const std::string bib = value_at(json, "items." + std::to_string(i) + ".bib");
      EXPECT_TRUE(seen.insert(bib).second) << bib;
    }
    next = value_at(json, "next");
    if (next == "-") break;
  }
  EXPECT_EQ(seen.size(), 60u);
  // The one at the end of the page has gone back by one place since.
  const std::string page = body("/api/v1/races/10k/results?limit=1&after=2-1005");
  EXPECT_EQ(value_at(page, "items.0.bib"), "1006");
  EXPECT_EQ(value_at(body("/api/v1/races/10k/results?limit=1&after=2-gone"), "items.0.bib"),
            "1002");
  EXPECT_EQ(value_at(body("/api/v1/races/10k/results?limit=1&from=59"), "next"), "-");
  EXPECT_EQ(value_at(body("/api/v1/races/10k/results?from=600"), "items"), "list of 0");
}

TEST_F(Answers, ASearchIsABibOrWordsWithoutCaseAndAccents) {
  const auto found = [&](const std::string& what) {
    const std::string json = body("/api/v1/races/10k/results?search=" + what);
    return value_at(json, "total") + " " + value_at(json, "items.0.bib");
  };
  EXPECT_EQ(found("1017"), "1 1017");
  EXPECT_EQ(found("FRANCOIS+zoe"), "1 1004");
  EXPECT_EQ(found("zo%C3%AB"), "1 1004");
  EXPECT_EQ(found("runner"), "58 1000");
  // Who is private is found by bib alone.
  EXPECT_EQ(found("nr1003"), "0 -");
  EXPECT_EQ(found("1003"), "1 1003");
}

TEST_F(Answers, WhoIsPrivateHasNoNameAgeOrClubAnywhere) {
  const std::string json = body("/api/v1/races/10k/results?search=1003");
  EXPECT_EQ(value_at(json, "items.0.name"), "Bib 1003");
  EXPECT_EQ(value_at(json, "items.0.age"), "-");
  EXPECT_EQ(value_at(json, "items.0.club"), "-");
  EXPECT_EQ(value_at(json, "items.0.place"), "4");
  for (const char* target :
       {"/api/v1/races/10k/results", "/api/v1/runners/10k/1003", "/api/v1/races/10k/replay",
        "/api/v1/moments", "/api/v1/story", "/feed/leaders.json?race=10k",
        "/feed/leaders.csv?race=10k", "/feed/leaders.xml?race=10k", "/api/v1/changes?after=0"}) {
    const std::string all = text(ask(target));
    EXPECT_EQ(all.find("Nr1003"), std::string::npos) << target;
    EXPECT_EQ(all.find("SECRET"), std::string::npos) << target;
  }
}

TEST_F(Answers, ARunnerHasSplitsAndIfOnTheCourseWhatIsExpected) {
  const std::string in = body("/api/v1/runners/10k/1002");
  EXPECT_EQ(value_at(in, "runner.splits"), "list of 2");
  EXPECT_EQ(value_at(in, "runner.splits.0.point"), "half");
  EXPECT_EQ(value_at(in, "runner.splits.0.place"), "3");
  EXPECT_EQ(value_at(in, "runner.splits.0.at"), "2026-05-08T10:20:20Z");
  EXPECT_EQ(value_at(in, "runner.projected"), "-");
  EXPECT_EQ(value_at(in, "runner.next"), "-");
  EXPECT_EQ(value_at(in, "runner.splits.1.by"), "chip");
  const std::string out = body("/api/v1/runners/10k/1030");
  EXPECT_EQ(value_at(out, "runner.projected.overdue"), "false");
  EXPECT_EQ(value_at(out, "runner.next.point"), "tower");
  EXPECT_NE(value_at(out, "runner.next.at"), "-");
  EXPECT_EQ(value_at(out, "runner.fan.0.point"), "half");
  EXPECT_EQ(value_at(out, "runner.fan.0.shares_ms"), "list of 7");
}

TEST(EarlierRaces, AreToldOfWhoeverMayBeNamedAndOnlyWhatIsSure) {
  auto past = std::make_shared<model::Past>();
  const auto ten = base::Distance::metres(10'000);
  past->races = {
      {"h-2019", "Harbour 2019", {2019, 5, 8}, ten, false, model::RaceId(0)},
      {"m-2022", "Far Marathon", {2022, 4, 3}, base::Distance::metres(42'195), false, {}},
      {"h-2023", "Harbour 2023", {2023, 5, 8}, ten, false, model::RaceId(0)}};
  const auto finish = [](std::uint32_t race, int seconds, double sure) {
    return model::PastResult{race, model::RunnerStatus::Finished, std::chrono::seconds(seconds), 1,
                             sure};
  };
  past->runners.resize(LiveRace::kRunners);
  past->runners[2] = {finish(0, 2400, 1), finish(1, 12'000, 0.97), finish(2, 2300, 0.5)};
  past->runners[3] = {finish(0, 2400, 1)};  // Private.
  LiveRace race(past);
  race.run(40, 25);
  Api::Options options;
  options.clock = &race.clock();
  Api api(race.engine(), race.story(), options);
  const auto runner = [&](const std::string& bib) {
    Request request;
    request.target = "/api/v1/runners/10k/" + bib;
    return *api.answer(request, Audience::Public).body;
  };
  const std::string known = runner("1002");
  EXPECT_EQ(value_at(known, "runner.before.races"), "2") << "what is doubtful is not told";
  EXPECT_EQ(value_at(known, "runner.before.here"), "1");
  EXPECT_EQ(value_at(known, "runner.before.last_year"), "2022");
  EXPECT_EQ(value_at(known, "runner.before.best_ms"), "2400000");
  EXPECT_EQ(value_at(known, "runner.before.best_race"), "Harbour 2019");
  EXPECT_EQ(value_at(runner("1003"), "runner.before"), "-") << "private";
  EXPECT_EQ(value_at(runner("1004"), "runner.before"), "-") << "nothing is known";
}

TEST_F(Answers, TheCookieOfASessionIsSecureWhereTlsWasSpoken) {
  auto tokens = TokenFile::open(race_.file("x.tokens"));
  ASSERT_TRUE(tokens.has_value());
  Request login;
  login.method = Method::Post;
  login.target = "/api/v1/login";
  login.content_type = "application/json";
  login.body = "{\"token\":\"" + *tokens->add(Role::Timer, "Sam") + "\"}";
  const auto cookie = [&] {
    return header(api_->answer(login, Audience::Officials), "Set-Cookie");
  };
  const std::string plain = cookie();
  EXPECT_NE(plain.find("HttpOnly; SameSite=Strict"), std::string::npos) << plain;
  EXPECT_EQ(plain.find("Secure"), std::string::npos) << plain;
  login.is_over_tls = true;
  EXPECT_NE(cookie().find("; Secure"), std::string::npos) << cookie();
}

TEST_F(Answers, TheStoryHasTheRiverOfFinishers) {
  // The first of 25 came in at 10:40:00, the others 20 seconds apart: three a minute.
  const std::string json = body("/api/v1/story?race=10k");
  EXPECT_EQ(value_at(json, "river.from_at"), "2026-05-08T10:39:00Z");
  EXPECT_EQ(value_at(json, "river.minutes"), "1");
  EXPECT_EQ(value_at(json, "river.finishers.0"), "0");
  EXPECT_EQ(value_at(json, "river.finishers.1"), "3");
  EXPECT_EQ(value_at(json, "river.finishers.8"), "3");
  EXPECT_EQ(value_at(json, "river.finishers.9"), "1");
}

TEST_F(Answers, WhatIsNotThereIsAProblemThatSaysWhatIs) {
  const Response race = ask("/api/v1/races/marathon/results");
  EXPECT_EQ(race.status, 404);
  EXPECT_EQ(header(race, "Content-Type"), "application/problem+json");
  EXPECT_EQ(value_at(text(race), "detail"), "found the race 'marathon', expected one of: 10k");
  EXPECT_EQ(ask("/api/v1/runners/10k/9").status, 404);
  EXPECT_EQ(ask("/api/v1/races/10k/results?point=40k").status, 404);
  EXPECT_EQ(ask("/api/v1/races/10k/results?division=W99").status, 404);
  EXPECT_EQ(ask("/api/v1/races/10k/results?sex=Q").status, 400);
  EXPECT_EQ(ask("/api/v1/races/10k/results?limit=0").status, 400);
  EXPECT_EQ(ask("/api/v1/races/10k/results?limit=1001").status, 400);
  EXPECT_EQ(ask("/api/v1/races/10k/results?search=%C3").status, 400);
  EXPECT_EQ(ask("/api/v1/races/%zz/results").status, 400);
  EXPECT_EQ(ask("/api/v1/moments?kind=boredom").status, 400);
  EXPECT_EQ(ask("/api/v1/nothing").status, 404);
  EXPECT_EQ(ask("/api/v1/races/10k/results/more").status, 404);
  Request post;
  post.method = Method::Post;
  post.target = "/api/v1/races";
  const Response refused = api_->answer(post, Audience::Public);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header(refused, "Allow"), "GET, HEAD");
}

TEST_F(Answers, WhoHasItAlreadyGets304) {
  const std::string target = "/api/v1/races/10k/results";
  const std::string etag = header(ask(target), "ETag");
  ASSERT_EQ(etag.substr(0, 1), "\"");
  Request request;
  request.target = target;
  for (const std::string& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
    request.if_none_match = known;
    const Response response = api_->answer(request, Audience::Public);
    EXPECT_EQ(response.status, 304) << known;
    EXPECT_EQ(response.body, nullptr);
    EXPECT_EQ(header(response, "ETag"), etag);
  }
  request.if_none_match = "\"other\"";
  EXPECT_EQ(api_->answer(request, Audience::Public).status, 200);
  request.if_none_match.clear();
  request.accept_encoding = "gzip";
  const Response compressed = api_->answer(request, Audience::Public);
  EXPECT_EQ(header(compressed, "Content-Encoding"), "gzip");
  request.if_none_match = header(compressed, "ETag");
  EXPECT_NE(request.if_none_match, etag);
  const Response again = api_->answer(request, Audience::Public);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(header(again, "ETag"), request.if_none_match);
  race_.read("goal", 25, 3000);
  race_.settle();
  (void)api_->refresh(Audience::Public);
  request.if_none_match = etag;
  EXPECT_EQ(api_->answer(request, Audience::Public).status, 200);
}

TEST_F(Answers, NoAnswerIsOfTwoEvents) {
  EXPECT_EQ(value_at(body("/api/v1/races"), "items.0.points"), "list of 4");
  race_.change_event("[[race.point]]\nid = \"half\"",
                     "[[race.point]]\nid = \"bend\"\ndistance_m = 3000\nmat = \"bend\"\n"
                     "[[race.point]]\nid = \"half\"");
  // What is told follows the snapshot: until then the last whole state goes on.
  for (int i = 0; i < 20; ++i) {
    (void)api_->refresh(Audience::Public);
    const bool is_new = value_at(body("/api/v1/races"), "items.0.points") == "list of 5";
    EXPECT_EQ(ask("/api/v1/races/10k/results?point=bend").status, is_new ? 200 : 404);
    (void)body("/api/v1/moments");
  }
  race_.settle();
  (void)api_->refresh(Audience::Public);
  EXPECT_EQ(value_at(body("/api/v1/races"), "items.0.points"), "list of 5");
  EXPECT_EQ(value_at(body("/api/v1/races/10k/results?point=half"), "items.0.bib"), "1000");
}

TEST_F(Answers, AStateIsSeenUntilTheNextIsTakenAndItsAnswersAreShared) {
  const std::string target = "/api/v1/races/10k/results?limit=5";
  Request request;
  request.target = target;
  EXPECT_FALSE(api_->ready(request, Audience::Public).has_value());
  const Response first = ask(target);
  race_.read("goal", 25, 3000);
  race_.settle();
  const auto ready = api_->ready(request, Audience::Public);
  ASSERT_TRUE(ready.has_value());
  EXPECT_EQ(ready->body, first.body);
  (void)api_->refresh(Audience::Public);
  EXPECT_FALSE(api_->ready(request, Audience::Public).has_value());
  // Nothing new: what was made stays.
  (void)ask(target);
  (void)api_->refresh(Audience::Public);
  EXPECT_TRUE(api_->ready(request, Audience::Public).has_value());
}

TEST_F(Answers, LargeBodiesAreCompressedForWhoeverTakesThat) {
  Request request;
  request.target = "/api/v1/races/10k/results";
  const Response plain = api_->answer(request, Audience::Public);
  request.accept_encoding = "br, gzip;q=0.8";
  const Response packed = api_->answer(request, Audience::Public);
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_NE(header(packed, "ETag"), header(plain, "ETag"));
  ASSERT_LT(packed.body->size(), plain.body->size());
  std::string out(plain.body->size(), '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 31), Z_OK);
  std::string in = *packed.body;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  EXPECT_EQ(out, *plain.body);
  request.accept_encoding = "gzip;q=0";
  EXPECT_EQ(header(api_->answer(request, Audience::Public), "Content-Encoding"), "");
}

TEST_F(Answers, LeadersAreAsManyRowsAsWasAskedWithEveryColumn) {
  const std::string json = body("/feed/leaders.json?race=10k&rows=3&sex=F");
  EXPECT_EQ(value_at(json, "0.time"), "0:40:00");
  EXPECT_EQ(value_at(json, "1.bib"), "1002");
  EXPECT_EQ(value_at(json, "1.gap"), "+0:00:40");
  EXPECT_EQ(value_at(json, "3"), "-");
  const std::string few = body("/feed/leaders.json?rows=30&point=finish");
  EXPECT_EQ(value_at(few, "24.bib"), "1024");
  EXPECT_EQ(value_at(few, "29.bib"), "");
  EXPECT_EQ(value_at(few, "29.row"), "30");
  const std::string csv = body("/feed/leaders.csv?race=10k&rows=2");
  EXPECT_EQ(csv.substr(0, 14), "row,place,bib,");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
  const std::string xml = body("/feed/leaders.xml?race=10k&rows=2");
  EXPECT_NE(xml.find("<runner><row>2</row><place>2</place><bib>1001</bib>"), std::string::npos)
      << xml;
}

TEST_F(Answers, AReplayHasEveryTimeInSecondsSinceItsFirst) {
  const std::string json = body("/api/v1/races/10k/replay");
  EXPECT_EQ(value_at(json, "first_at"), "2026-05-08T10:00:00Z");
  EXPECT_EQ(value_at(json, "points"), "list of 3");
  EXPECT_EQ(value_at(json, "runners"), "list of 60");
  EXPECT_EQ(value_at(json, "runners.0.at_s.2"), "2400");
  EXPECT_EQ(value_at(json, "runners.30.at_s.2"), "null");
}

TEST_F(Answers, MomentsAndStoryAreWhatIsToldWithoutTheirReads) {
  // While a race runs, what somebody said waits until they have been in for a while.
  model::CloseFact close;
  close.race = "10k";
  close.author.by = "Timer";
  ASSERT_TRUE(race_.engine().add(close).has_value());
  race_.settle();
  (void)api_->refresh(Audience::Public);
  const std::string json = body("/api/v1/moments");
  const std::string story = body("/api/v1/story?race=10k&top=3");
  EXPECT_EQ(value_at(story, "races.0.race"), "10k");
  EXPECT_NE(value_at(story, "races.0.headline"), "-");
  EXPECT_EQ(json.find("\"reads\""), std::string::npos);
  ASSERT_NE(value_at(json, "items.0.headline"), "-") << json;
  EXPECT_EQ(value_at(body("/api/v1/moments?race=10k"), "items.0.id"), value_at(json, "items.0.id"));
  const std::string kind = value_at(json, "items.0.kind");
  EXPECT_EQ(value_at(body("/api/v1/moments?kind=" + kind), "items.0.kind"), kind);
  const std::string of_runner = body("/api/v1/moments?bib=1005");
  const std::string id = value_at(of_runner, "items.0.id");
  ASSERT_NE(id, "-") << json;
  EXPECT_EQ(value_at(of_runner, "items.0.at"), "2026-05-08T10:41:40Z");
  const std::string runner = body("/api/v1/runners/10k/1005");
  EXPECT_EQ(value_at(runner, "moments.0.id"), id);
  EXPECT_EQ(value_at(runner, "runner.moments.0"), id);
}

TEST_F(Answers, ChangesAreToldOnceWhoeverAsksFindsThem) {
  const std::string now = value_at(body("/api/v1/races"), "as_of.seq");
  race_.read("goal", 25, 3000);
  race_.settle();
  // The answers of this moment do not know it yet.
  const std::string early = body("/api/v1/changes?after=" + now);
  EXPECT_EQ(value_at(early, "items"), "list of 0");
  EXPECT_EQ(value_at(body("/api/v1/runners/10k/1025"), "runner.status"), "RUN");
  api_->refresh(Audience::Public);
  const std::string late = body("/api/v1/changes?after=" + value_at(early, "next"));
  EXPECT_EQ(value_at(late, "items.0.bib"), "1025");
  EXPECT_EQ(value_at(body("/api/v1/runners/10k/1025"), "runner.status"), "FIN");
  // Who has seen more elsewhere is told nothing twice.
  const std::string next = value_at(late, "next");
  race_.read("goal", 26, 3010);
  race_.settle();
  api_->refresh(Audience::Officials);
  Request request;
  request.target = "/api/v1/changes?after=" + next;
  const std::string ahead = value_at(text(api_->answer(request, Audience::Officials)), "next");
  EXPECT_NE(ahead, next);
  EXPECT_EQ(value_at(body("/api/v1/changes?after=" + ahead), "next"), ahead);
}

TEST_F(Answers, ChangesFollowASequenceOrAreGone) {
  const std::string now = value_at(body("/api/v1/races"), "as_of.seq");
  race_.read("goal", 25, 3000);
  race_.settle();
  api_->refresh(Audience::Public);
  const std::string json = body("/api/v1/changes?after=" + now);
  EXPECT_EQ(value_at(json, "items.0.bib"), "1025");
  const std::string next = value_at(json, "next");
  EXPECT_EQ(value_at(body("/api/v1/changes?after=" + next), "items"), "list of 0");
  EXPECT_EQ(ask("/api/v1/changes?after=0").status, 410);
  EXPECT_EQ(ask("/api/v1/changes?after=99999999").status, 410);
  EXPECT_EQ(ask("/api/v1/changes?after=x").status, 400);
  EXPECT_EQ(ask("/api/v1/changes").status, 400);
}

TEST_F(Answers, ThePublicListenerHasNothingToWriteAndNothingPrivate) {
  for (const Route& route : routes()) {
    Request request;
    request.method = route.method;
    request.target = std::string(route.pattern);
    const Response there = api_->answer(request, Audience::Public);
    if (route.needs != Needs::Everybody) {
      EXPECT_EQ(there.status, 404) << route.pattern;
      // Officials are asked who they are, and are never let in without.
      request.content_type = "application/json";
      const int status = api_->answer(request, Audience::Officials).status;
      EXPECT_TRUE(status == 401 || status == 400) << route.pattern << " " << status;
    } else {
      EXPECT_EQ(route.method, Method::Get) << route.pattern;
    }
  }
}

TEST_F(Answers, ATokenIsCheckedSlowlyOnceAndHoldsUntilItIsRemoved) {
  auto tokens = TokenFile::open(race_.file("x.tokens"));
  ASSERT_TRUE(tokens.has_value());
  const std::string token = tokens->add(Role::Timer, "Sam").value();
  Request request;
  request.target = "/api/v1/console";
  request.address = "192.0.2.7";
  request.authorization = "Bearer " + token;
  const auto where = [&] { return api_->where(request, Audience::Officials); };
  EXPECT_EQ(where(), Api::Where::Tokens);
  EXPECT_EQ(api_->answer(request, Audience::Officials).status, 200);
  EXPECT_EQ(where(), Api::Where::Views);
  api_->check_sessions();
  EXPECT_EQ(where(), Api::Where::Views) << "the file still has it";
  ASSERT_TRUE(tokens->remove(token.substr(0, token.find('.'))));
  api_->check_sessions();
  EXPECT_EQ(where(), Api::Where::Tokens);
  EXPECT_EQ(api_->answer(request, Audience::Officials).status, 401);
  // Who has guessed wrong just now is not looked at again, and whoever else asks is.
  EXPECT_EQ(where(), Api::Where::Nowhere);
  request.address = "192.0.2.8";
  EXPECT_EQ(where(), Api::Where::Tokens);
  // What needs no token is answered all the same.
  request.address = "192.0.2.7";
  request.target = "/api/v1/races";
  EXPECT_EQ(where(), Api::Where::Views);
}

TEST_F(Answers, TheOpenApiDocumentHasEveryRouteOfItsListenerAndNoOther) {
  const std::string everything = text(ask("/api/v1/openapi.json", Audience::Officials));
  const std::string few = text(ask("/api/v1/openapi.json", Audience::Public));
  ASSERT_TRUE(model::parse_json(everything).has_value());
  for (const Route& route : routes()) {
    const std::string path = "\"" + std::string(route.pattern) + "\":";
    EXPECT_NE(everything.find(path), std::string::npos) << path;
    EXPECT_EQ(few.find(path) != std::string::npos, route.needs == Needs::Everybody) << path;
  }
}

TEST_F(Answers, TheDescriptionHasEveryRoute) {
  const char* root = std::getenv("HS_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  const auto page = base::read_file(std::string(root) + "/docs/http-api.md");
  ASSERT_TRUE(page.has_value());
  for (const Route& route : routes()) {
    std::string pattern(route.pattern);
    if (pattern.find("/feed/leaders") == 0) pattern = "/feed/leaders.{json,csv,xml}";
    EXPECT_NE(page->find(pattern), std::string::npos) << pattern;
  }
}

TEST_F(Answers, ThePageIsThereForItsOwnPlacesAndNothingElse) {
  const Response index = ask("/");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(header(index, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(header(index, "Content-Security-Policy").find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(text(ask("/board")), text(index));
  EXPECT_EQ(ask("/../etc/passwd.txt").status, 404);
  EXPECT_EQ(ask("/assets/none.js").status, 404);
}

TEST_F(Answers, ThePageBeginsWithWhatItsAddressAsksFor) {
  const RaceView view(race_.engine().snapshot(), race_.engine().overview(), race_.story().told());
  const auto first = [&](const std::string& text) {
    const auto query = Query::parse(text);
    const auto html = first_html({view, *query, {}, race_.clock().now()});
    return html.value_or("refused");
  };
  EXPECT_NE(first("").find("<h1>"), std::string::npos);
  const std::string board = first("view=board&race=10k&sex=M");
  EXPECT_EQ(board.find("Runner Nr1000"), std::string::npos);
  EXPECT_NE(board.find("Runner Nr1001</td><td class=\"num\">40:20</td>"), std::string::npos)
      << board;
  EXPECT_NE(first("view=runner&race=10k&bib=1002").find("<p class=\"lede\">40:40</p>"),
            std::string::npos);
  // Whoever is private is a number here, too.
  EXPECT_EQ(board.find("Nr1003"), std::string::npos);
  EXPECT_NE(first("view=runner&bib=1003").find("<h1>Bib 1003</h1>"), std::string::npos);
  // What the page draws without help, and what it has to refuse itself.
  EXPECT_EQ(first("view=replay"), "");
  EXPECT_EQ(first("view=console"), "");
  EXPECT_EQ(first("view=runner&bib=9"), "refused");
}

TEST(PageFiles, TheStyleInThePageIsAllowedByItsHashAndFirstContentHasItsRoom) {
  const std::vector<EmbeddedFile> files = {
      {"index.html", "<style>p{}</style><body><!--first--><b></b>"}, {"assets/a-1.js", "1"}};
  const PageFiles page(files);
  EXPECT_TRUE(page.is_place("/"));
  EXPECT_TRUE(page.is_place("/index.html"));
  EXPECT_FALSE(page.is_place("/assets/a-1.js"));
  Request request;
  request.target = "/";
  const Response made = page.index_with("<i>1</i>").answer(request);
  EXPECT_EQ(*made.body, "<style>p{}</style><body><i>1</i><b></b>");
  // printf 'p{}' | openssl dgst -sha256 -binary | base64
  const std::string allowed =
      "style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='";
  EXPECT_NE(made.head->find(allowed), std::string::npos) << *made.head;
  EXPECT_NE(page.answer(request).head->find(allowed), std::string::npos);
}

TEST(PageFiles, NamesWithAHashAreKeptForEverAndOthersAskedAgain) {
  const std::array files = {EmbeddedFile{"index.html", "<p>"},
                            EmbeddedFile{"assets/a-1234.js", "x"}};
  const PageFiles page(files);
  Request request;
  request.target = "/assets/a-1234.js?x";
  EXPECT_NE(page.answer(request).head->find("immutable"), std::string::npos);
  EXPECT_NE(page.answer(request).head->find("text/javascript"), std::string::npos);
  request.target = "/";
  EXPECT_EQ(page.answer(request).head->find("immutable"), std::string::npos);
  EXPECT_EQ(*page.answer(request).body, "<p>");
}

TEST(ResponseCache, NobodyFillsItForGood) {
  ResponseCache cache;
  const auto body = std::make_shared<const CachedBody>("text/plain", "x", "");
  for (std::size_t i = 0; i < ResponseCache::kMostEntries + 10; ++i) {
    cache.keep("/" + std::to_string(i), body);
  }
  EXPECT_EQ(cache.find("/0"), nullptr);
  EXPECT_NE(cache.find("/" + std::to_string(ResponseCache::kMostEntries + 5)), nullptr);
  const std::string large(ResponseCache::kMostBytes / 2, 'x');
  for (const char* target : {"/a", "/b", "/b", "/b"}) {
    cache.keep(target, std::make_shared<const CachedBody>("text/plain", large, ""));
  }
  EXPECT_NE(cache.find("/b"), nullptr);
  EXPECT_EQ(cache.find("/a"), nullptr);
}

TEST(ResponseCache, ABodyLargerThanAllOfItIsNotKept) {
  ResponseCache cache;
  cache.keep("/small", std::make_shared<const CachedBody>("text/plain", "x", ""));
  cache.keep("/large", std::make_shared<const CachedBody>(
                           "text/plain", std::string(ResponseCache::kMostBytes, 'x'), ""));
  EXPECT_NE(cache.find("/small"), nullptr);
  EXPECT_EQ(cache.find("/large"), nullptr);
}

}  // namespace
}  // namespace hs::server
