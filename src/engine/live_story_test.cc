#include "engine/live_story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/check.h"
#include "engine/event_folder.h"
#include "moments/find_moments.h"
#include "scoring/results_hash.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

constexpr int kRunners = 400;
constexpr std::int64_t kGun = 1778234400;  // 2026-05-08T10:00:00 UTC.

std::string number(int runner) { return std::to_string(1000 + runner); }

/// A marathon of 400 over four mats.
class Marathon {
 public:
  explicit Marathon(const std::string& entry_columns = "") {
    std::ofstream(temp_ / "event.toml", std::ios::binary) << R"([event]
name = "Harbour Marathon"
date = 2026-05-08
timezone = "UTC"
[[race]]
id = "full"
[[race.point]]
id = "start"
distance_m = 0
mat = "a"
[[race.point]]
id = "half"
distance_m = 21097.5
mat = "b"
[[race.point]]
id = "35k"
distance_m = 35000
mat = "c"
[[race.point]]
id = "finish"
distance_m = 42195
mat = "d"
[[race.wave]]
id = "A"
gun = "10:00:00"
)";
    std::ofstream entrants(temp_ / "entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,sex,race,wave" << entry_columns << "\n";
    for (int i = 0; i < kRunners; ++i) {
      entrants << number(i) << ",c" << number(i) << ",Runner " << number(i) << ","
               << (i % 2 == 0 ? "F" : "M") << ",full,A\n";
    }
  }
  [[nodiscard]] RaceDay day() const {
    auto opened = RaceDay::open(temp_ / "x.race", scoring::Closing::ByFacts);
    const auto folder = read_event_folder(temp_.path(), Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    EXPECT_TRUE(opened->take(*folder).has_value());
    return std::move(*opened);
  }

 private:
  test::TempFolder temp_;
};

void send(LiveEngine& engine, const std::string& mat, int runner, int seconds) {
  formats::ParsedStream stream;
  stream.stream.device = "box-" + mat;
  stream.stream.mat = mat;
  stream.stream.format = "csv";
  stream.stream.clock = model::DeviceClock::Utc;
  model::Read read;
  read.tag = model::TagCode::parse("c" + number(runner)).value();
  read.time = base::ReaderTime(std::chrono::seconds(kGun + seconds));
  stream.reads.push_back(read);
  Incoming incoming;
  incoming.streams.push_back(std::move(stream));
  ASSERT_TRUE(engine.submit(std::move(incoming)));
}

/// Seconds of a runner to a share of the way: spread over the field, nearly even.
int pace(int runner, double share) {
  const int whole = 10'800 + 13 * runner + 29 * (runner % 7);
  return static_cast<int>(whole * share) + (runner * 37) % 23;
}

void run(LiveEngine& engine, const std::string& mat, double share) {
  for (int i = 0; i < kRunners; ++i) send(engine, mat, i, share == 0 ? i / 40 : pace(i, share));
}

/// The whole race, to its close.
void run_whole(LiveEngine& engine, LiveStory& story) {
  for (const auto& [mat, share] :
       {std::pair{"a", 0.0}, std::pair{"b", 0.5}, std::pair{"c", 0.83}, std::pair{"d", 1.0}}) {
    run(engine, mat, share);
  }
  ASSERT_TRUE(engine.add(model::CloseFact{"full", {"Timer", {}}}).has_value());
  story.settle();
}

/// A moment that is about somebody.
const model::Moment& about_somebody(const std::vector<model::Moment>& moments) {
  const auto found = std::find_if(moments.begin(), moments.end(), [](const model::Moment& moment) {
    return !moment.people.empty();
  });
  HS_CHECK(found != moments.end(), "the race of this test tells of nobody");
  return *found;
}

std::set<std::string> ids(const std::vector<model::Moment>& moments) {
  std::set<std::string> out;
  for (const model::Moment& moment : moments) out.insert(moment.id);
  return out;
}

/// What somebody who follows the feed holds by now.
std::set<std::string> followed(const LiveEngine& engine, const FeedMark& from) {
  std::set<std::string> out;
  const auto missed = engine.changes().since(from);
  EXPECT_TRUE(missed.has_value());
  for (const ChangeBatch& batch : missed->batches) {
    for (const model::Change& change : *batch) {
      if (change.kind == model::ChangeKind::Moment) out.insert(change.moment);
      if (change.kind == model::ChangeKind::Withdrawn) out.erase(change.moment);
    }
  }
  return out;
}

LiveEngine::Options quick() {
  LiveEngine::Options options;
  options.overview_every = std::chrono::milliseconds(20);
  return options;
}

TEST(LiveStory, WhoeverFollowsHoldsTheMomentsThatAreToldAndTheyAreThoseOfTheWholeRace) {
  const Marathon marathon;
  LiveEngine engine(marathon.day(), quick());
  const FeedMark from = engine.changes().last();
  LiveStory::Options options;
  options.look_every = std::chrono::milliseconds(5);
  LiveStory story(engine, options);
  run(engine, "a", 0);
  run(engine, "b", 0.5);
  run(engine, "c", 0.83);
  story.settle();
  EXPECT_EQ(ids(story.told()->moments), followed(engine, from));
  // Half of them come in one by one, the last of these after a bad hour.
  for (int i = 0; i < kRunners / 2; ++i) {
    send(engine, "d", i, pace(i, 1) + (i == 150 ? 5000 : 0));
    if (i % 20 == 0) story.settle();
  }
  story.settle();
  EXPECT_EQ(ids(story.told()->moments), followed(engine, from));
  for (int i = kRunners / 2; i < kRunners; ++i) send(engine, "d", i, pace(i, 1));
  ASSERT_TRUE(engine.add(model::CloseFact{"full", {"Timer", {}}}).has_value());
  story.settle();
  const auto told = story.told();
  EXPECT_EQ(ids(told->moments), followed(engine, from));
  EXPECT_EQ(ids(told->moments), ids(moments::find_moments(told->overview->results)));
  EXPECT_FALSE(told->moments.empty());
}

TEST(LiveStory, WhoRunsIsProjectedUntilTheFinish) {
  const Marathon marathon;
  LiveEngine engine(marathon.day(), quick());
  base::ManualClock clock(base::RaceTime(std::chrono::seconds(kGun + 6000)));
  LiveStory::Options options;
  options.look_every = std::chrono::milliseconds(5);
  options.clock = &clock;
  LiveStory story(engine, options);
  EXPECT_FALSE(story.told()->projections[0].has_value());
  run(engine, "a", 0);
  run(engine, "b", 0.5);
  story.settle();
  const auto told = story.told();
  ASSERT_TRUE(told->projections[0].has_value());
  const auto interval = told->projections[0]->interval_80();
  EXPECT_LE(interval.low, told->projections[0]->median());
  EXPECT_GT(interval.low, std::chrono::seconds(9000));
  EXPECT_LT(interval.high, std::chrono::seconds(14'000));
  const auto fan = (*told->projectors)[0].fan(model::EntrantId(0));
  ASSERT_EQ(fan.steps.size(), 1u);
  send(engine, "d", 0, pace(0, 1));
  story.settle();
  EXPECT_FALSE(story.told()->projections[0].has_value());
  EXPECT_TRUE(story.told()->projections[1].has_value());
}

TEST(LiveStory, WhoeverIsPutOutTakesTheirMomentsAlong) {
  const Marathon marathon;
  LiveEngine engine(marathon.day(), quick());
  const FeedMark from = engine.changes().last();
  LiveStory::Options options;
  options.look_every = std::chrono::milliseconds(5);
  LiveStory story(engine, options);
  run_whole(engine, story);
  const auto before = story.told();
  const model::Moment& with_people = about_somebody(before->moments);
  model::RulingFact ruling;
  ruling.kind = model::RulingFact::Kind::Disqualify;
  ruling.race = "full";
  ruling.bib = before->overview->results.entrants[with_people.people[0].raw()].bib;
  ruling.reason = "left the course";
  ruling.author.by = "Referee";
  ASSERT_TRUE(engine.add(ruling).has_value());
  story.settle();
  EXPECT_EQ(ids(story.told()->moments).count(with_people.id), 0u);
  EXPECT_EQ(followed(engine, from).count(with_people.id), 0u);
}

TEST(LiveStory, WhoeverIsHiddenHasNoMomentUntilThatIsTakenBack) {
  const Marathon marathon;
  LiveEngine engine(marathon.day(), quick());
  const FeedMark from = engine.changes().last();
  LiveStory::Options options;
  options.look_every = std::chrono::milliseconds(5);
  LiveStory story(engine, options);
  run_whole(engine, story);
  const auto before = story.told();
  ASSERT_FALSE(before->moments.empty());
  const auto about = [&](const std::vector<model::Moment>& moments, model::EntrantId id) {
    return std::count_if(moments.begin(), moments.end(), [&](const model::Moment& moment) {
      return std::find(moment.people.begin(), moment.people.end(), id) != moment.people.end();
    });
  };
  const model::Moment& told_of = about_somebody(before->moments);
  const model::EntrantId id = told_of.people[0];
  const model::BibNumber bib = before->overview->results.entrants[id.raw()].bib;
  const auto hidden = engine.add(model::HideFact{"full", bib, {"Announcer", {}}});
  ASSERT_TRUE(hidden.has_value());
  story.settle();
  EXPECT_EQ(about(story.told()->moments, id), 0);
  EXPECT_EQ(ids(story.told()->moments), followed(engine, from));
  EXPECT_EQ(scoring::results_hash(story.told()->overview->results),
            scoring::results_hash(before->overview->results));
  ASSERT_TRUE(engine.add(model::UndoFact{*hidden, "", {"Announcer", {}}}).has_value());
  story.settle();
  EXPECT_EQ(ids(story.told()->moments), ids(before->moments));
  EXPECT_EQ(ids(story.told()->moments), followed(engine, from));
}

}  // namespace
}  // namespace hs::engine
