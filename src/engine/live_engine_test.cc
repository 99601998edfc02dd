#include "engine/live_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "engine/event_folder.h"
#include "scoring/results_hash.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

using formats::ParsedStream;

constexpr int kRunners = 600;
constexpr std::int64_t kMidnight = 1778198400;  // 2026-05-08T00:00:00 UTC.
constexpr std::int64_t kGun = kMidnight + 10 * 3600;

std::string number(int runner) { return std::to_string(1000 + runner); }

/// A race of 600 over a start, a mat half way and a finish.
class Live {
 public:
  Live() {
    write("event.toml", kEvent);
    std::string entries = "bib,chips,name,sex,race,wave\n";
    for (int i = 0; i < kRunners; ++i) {
      entries += number(i) + ",c" + number(i) + ",Runner " + number(i) + "," +
                 (i % 2 == 0 ? "F" : "M") + ",10k,A\n";
    }
    write("entrants.csv", entries);
  }

  [[nodiscard]] RaceDay day(const std::string& name = "live.race") const {
    auto opened = RaceDay::open(temp_ / name, scoring::Closing::ByFacts);
    EXPECT_TRUE(opened) << opened.error().text();
    const auto folder = read_event_folder(temp_.path(), Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    EXPECT_TRUE(opened->take(*folder).has_value());
    return std::move(*opened);
  }
  [[nodiscard]] std::string file() const { return temp_ / "live.race"; }
  /// The event folder with other words in its event file.
  [[nodiscard]] EventFolder with_event(const std::string& text) const {
    write("event.toml", text);
    auto folder = read_event_folder(temp_.path(), Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    return std::move(*folder);
  }

  static constexpr const char* kEvent = R"([event]
name = "Harbour 10"
date = 2026-05-08
timezone = "UTC"
[[race]]
id = "10k"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "half"
distance_m = 5000
mat = "bridge"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "10:00:00"
)";

 private:
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(temp_ / name, std::ios::binary) << text;
  }
  test::TempFolder temp_;
};

/// One read of a runner at a mat, seconds after the gun.
ParsedStream read_at(const std::string& mat, int runner, int seconds) {
  ParsedStream out;
  out.stream.device = "box-" + mat;
  out.stream.epoch = "1";
  out.stream.mat = mat;
  out.stream.format = "csv";
  out.stream.clock = model::DeviceClock::Utc;
  model::Read read;
  read.tag = model::TagCode::parse("c" + number(runner)).value();
  read.time = base::ReaderTime(std::chrono::seconds(kGun + seconds));
  read.device_seq = static_cast<std::uint64_t>(runner) * 10'000 + static_cast<unsigned>(seconds);
  out.reads.push_back(read);
  return out;
}

Incoming sent(std::vector<ParsedStream> streams) {
  Incoming out;
  out.streams = std::move(streams);
  return out;
}

/// Bibs and kinds of what is told behind a number.
std::multiset<std::string> told(const ChangeFeed& feed, model::FactSeq after) {
  std::multiset<std::string> out;
  const auto missed = feed.since({after, 0});
  EXPECT_TRUE(missed.has_value());
  for (const ChangeBatch& batch : missed->batches) {
    for (const model::Change& change : *batch) {
      out.insert((change.bib ? change.bib->str() : change.race) + " " +
                 model::name_of(change.kind));
    }
  }
  return out;
}

const SnapshotRunner& runner(const Snapshot& snapshot, int which) {
  return *snapshot.runner(model::EntrantId(static_cast<std::uint32_t>(which)));
}

TEST(LiveEngine, WhatIsSentIsStoredToldAndShown) {
  Live live;
  LiveEngine engine(live.day(), {});
  const model::FactSeq before = engine.changes().last().seq;
  std::promise<bool> stored;
  Incoming incoming = sent({read_at("arch", 7, 5), read_at("goal", 7, 2405)});
  incoming.when_stored = [&](const base::Result<void>& done) {
    stored.set_value(done.has_value());
  };
  ASSERT_TRUE(engine.submit(std::move(incoming)));
  EXPECT_TRUE(stored.get_future().get());
  engine.settle();
  EXPECT_EQ(told(engine.changes(), before),
            (std::multiset<std::string>{"1007 split", "1007 split", "1007 result", "1007 status"}));
  const auto snapshot = engine.snapshot();
  EXPECT_EQ(snapshot->seq(), engine.changes().last().seq);
  EXPECT_EQ(runner(*snapshot, 7).result.status, model::RunnerStatus::Finished);
  EXPECT_EQ(runner(*snapshot, 7).result.net->value(), std::chrono::seconds(2400));
  EXPECT_EQ(runner(*snapshot, 8).result.status, model::RunnerStatus::Entered);
}

TEST(LiveEngine, WhoeverIsToldThatItIsStoredFindsItOnTheDisk) {
  Live live;
  LiveEngine engine(live.day(), {});
  std::promise<std::uint64_t> on_disk;
  Incoming incoming = sent({read_at("arch", 1, 5)});
  incoming.when_stored = [&](const base::Result<void>&) {
    log::OpenOptions look;
    look.mode = log::OpenMode::ReadOnly;
    const auto file = log::RaceFile::open(live.file(), look);
    on_disk.set_value(file ? file->head().last.raw() : 0);
  };
  const std::uint64_t before = engine.changes().last().seq.raw();
  ASSERT_TRUE(engine.submit(std::move(incoming)));
  // The stream and its read.
  EXPECT_EQ(on_disk.get_future().get(), before + 2);
}

TEST(LiveEngine, ManySourcesAtOnceGiveWhatOneAfterTheOtherGives) {
  Live live;
  RaceDay slow = live.day("slow.race");
  const auto all_at = [](const std::string& mat, int pace) {
    std::vector<ParsedStream> reads;
    for (int i = 0; i < kRunners; ++i) reads.push_back(read_at(mat, i, 10 + pace * (600 + i)));
    return reads;
  };
  const std::map<std::string, int> mats = {{"arch", 0}, {"bridge", 2}, {"goal", 4}};
  for (const auto& [mat, pace] : mats) ASSERT_TRUE(slow.take_live(all_at(mat, pace)).has_value());
  {
    LiveEngine engine(live.day(), {});
    std::vector<std::thread> sources;
    for (const auto& [mat, pace] : mats) {
      sources.emplace_back([&, name = mat, slowness = pace] {
        for (ParsedStream& one : all_at(name, slowness)) {
          // Everything comes twice, as devices do.
          for (int times = 0; times < 2; ++times) {
            while (!engine.submit(sent({one}))) std::this_thread::yield();
          }
        }
      });
    }
    for (std::thread& source : sources) source.join();
    engine.settle();
    EXPECT_EQ(runner(*engine.snapshot(), 0).result.status, model::RunnerStatus::Finished);
  }
  auto again = RaceDay::open(live.file(), scoring::Closing::ByFacts);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->results().hash, slow.results().hash);
}

std::string text_of(const std::optional<model::EntrantId>& id) {
  return id ? std::to_string(id->raw()) : "-";
}

/// What is advised, a line a thing, so that two of them can be compared by eye.
std::string advice(const model::EventResults& results) {
  std::string out;
  for (const model::Attention& item : results.attention) {
    out += std::string(model::name_of(item.severity)) + " " + model::name_of(item.kind) + " " +
           text_of(item.entrant) + " " + text_of(item.other_entrant) + " " + item.mat + " " +
           std::to_string(item.count) + " of " + std::to_string(item.of) + " " + item.text + " " +
           (item.amount ? std::to_string(item.amount->count()) : "") + "\n";
  }
  for (const model::MatHealth& mat : results.mats) {
    out += mat.mat + " heard " + std::to_string(mat.heard) + " of " + std::to_string(mat.passed) +
           " in " + std::to_string(mat.minutes.size()) + " minutes\n";
  }
  for (const model::StreamHealth& stream : results.streams) {
    out += stream.stream.device + " " + std::to_string(stream.reads) + " reads, missing " +
           std::to_string(stream.missing_sequence) + ", unknown " +
           std::to_string(stream.unknown_chips) + "\n";
  }
  for (const model::MissedInterval& missed : results.missed) {
    out += std::to_string(missed.entrant.raw()) + " missed " + std::to_string(missed.point.raw()) +
           " " + std::to_string(missed.earliest.value().count()) + "-" +
           std::to_string(missed.latest.value().count()) + "\n";
  }
  for (const model::ClockCompare& clock : results.clocks) {
    out += std::to_string(clock.stream.raw()) + " against " + std::to_string(clock.against.raw()) +
           " " + std::to_string(clock.pairs) + " " + std::to_string(clock.at_finish.count()) + "\n";
  }
  return out;
}

/// What is official about everybody, but for places on the way.
std::string outcome(const model::EventResults& results) {
  std::string out;
  for (std::size_t e = 0; e < results.runners.size(); ++e) {
    const model::RunnerResult& one = results.runners[e];
    out += results.entrants[e].bib.str() + " " + results.persons[e].name + " " +
           model::name_of(one.status) + " " +
           (one.official ? std::to_string(one.official->count()) : "") + " " +
           (one.places.overall ? std::to_string(one.places.overall->place) : "") + " " +
           (one.places.sex ? std::to_string(one.places.sex->place) : "") + " " +
           (one.hidden_by ? "hidden" : "");
    for (const model::Split& split : one.splits) {
      out += split.net ? " " + std::to_string(split.net->value().count()) : " -";
    }
    out += "\n";
  }
  return out;
}

/// A race as it may come: some are not heard somewhere, some chips are nobody's, a mat has a second
/// device whose clock is late, and things come in any order.
std::vector<ParsedStream> any_race(std::mt19937& random) {
  const auto chance = [&](int of) { return random() % static_cast<unsigned>(of) == 0; };
  std::vector<ParsedStream> out;
  for (int i = 0; i < kRunners; ++i) {
    if (chance(20)) continue;
    const int start = static_cast<int>(random() % 300);
    const int pace = 150 + static_cast<int>(random() % 200);
    if (!chance(15)) out.push_back(read_at("arch", i, start));
    if (!chance(8)) out.push_back(read_at("bridge", i, start + 5 * pace));
    if (chance(12)) continue;
    out.push_back(read_at("goal", i, start + 10 * pace));
    ParsedStream second = read_at("goal", i, start + 10 * pace + 2);
    second.stream.device = "box-beside";
    if (!chance(3)) out.push_back(second);
    if (chance(30)) out.push_back(read_at("goal", i + 5 * kRunners, start));
    if (chance(30)) out.push_back(read_at("bridge", i, start + 2));
  }
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

class AnyRace : public testing::TestWithParam<unsigned> {};  // A seed.

TEST_P(AnyRace, AnOverviewSaysWhatResultsFromNothingSayWhateverCameBetweenItsPieces) {
  const unsigned seed = GetParam();
  std::mt19937 random(seed);
  Live live;
  LiveEngine::Options options;
  // All the time, and in the smallest pieces.
  options.overview_every = options.overview_piece = base::Duration(1);
  options.overview_share = 0;
  std::shared_ptr<const Overview> last;
  {
    LiveEngine engine(live.day(), options);
    for (ParsedStream& one : any_race(random)) {
      ASSERT_TRUE(engine.submit(sent({std::move(one)})));
      if (random() % 100 != 0) continue;
      model::HideFact hide{"10k",
                           *model::BibNumber::parse(number(static_cast<int>(random() % 600))),
                           {"Referee", base::RaceTime()}};
      ASSERT_TRUE(engine.add(hide).has_value());
      if (random() % 2 == 0) engine.settle();
    }
    engine.settle();
    last = engine.overview();
  }
  auto day = RaceDay::open(live.file(), scoring::Closing::ByFacts);
  ASSERT_TRUE(day.has_value());
  const model::EventResults anew = day->results();
  EXPECT_EQ(outcome(last->results), outcome(anew));
  EXPECT_EQ(advice(last->results), advice(anew));
  EXPECT_THAT(advice(anew), testing::HasSubstr("box-beside"));
  EXPECT_EQ(last->results.as_of, anew.as_of);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyRace, testing::Range(1u, 6u));

TEST(LiveEngine, TwoOverviewsShareWhoeverDidNotChange) {
  Live live;
  LiveEngine engine(live.day(), {});
  ASSERT_TRUE(engine.submit(sent({read_at("arch", 3, 5), read_at("arch", 4, 6)})));
  engine.settle();
  const auto before = engine.overview();
  ASSERT_TRUE(engine.submit(sent({read_at("goal", 3, 2405)})));
  engine.settle();
  const auto after = engine.overview();
  ASSERT_NE(before, after);
  for (std::size_t e = 0; e < kRunners; ++e) {
    const bool is_same = e != 3;
    EXPECT_EQ(before->results.runners[e].splits.is_shared_with(after->results.runners[e].splits),
              is_same);
    EXPECT_EQ(&before->results.entrants[e], &after->results.entrants[e]);
    EXPECT_EQ(&before->results.persons[e], &after->results.persons[e]);
  }
  // And with what everybody reads.
  const model::EntrantId four(4);
  EXPECT_EQ(engine.snapshot()->runner(four)->entrant.get(), &after->results.entrants[4]);
}

TEST(LiveEngine, TheReadsOfARunnerAreAskedOfTheWriter) {
  Live live;
  LiveEngine engine(live.day(), {});
  ASSERT_TRUE(engine.submit(
      sent({read_at("arch", 3, 5), read_at("arch", 3, 8), read_at("goal", 3, 2405)})));
  const auto reads = engine.reads_of(model::EntrantId(3));
  ASSERT_TRUE(reads.has_value());
  std::string verdicts;
  for (const model::ReadView& read : *reads) {
    verdicts += std::string(model::name_of(read.verdict)) + " ";
  }
  EXPECT_EQ(verdicts, "dwell counted counted ");
  EXPECT_FALSE(engine.reads_of(model::EntrantId(kRunners)).has_value());
}

TEST(LiveEngine, WhoeverFollowsTheChangesMissesNobody) {
  Live live;
  LiveEngine engine(live.day(), {});
  auto before = engine.snapshot();
  for (int round = 0; round < 50; ++round) {
    for (int i = round; i < kRunners; i += 50) {
      const char* mat = round % 3 == 0 ? "arch" : round % 3 == 1 ? "bridge" : "goal";
      ASSERT_TRUE(engine.submit(sent({read_at(mat, i, 10 + 60 * round)})));
    }
    engine.settle();
    const auto after = engine.snapshot();
    const std::multiset<std::string> changes = told(engine.changes(), before->seq());
    for (int i = 0; i < kRunners; ++i) {
      const auto status = [&](const auto& snapshot) { return runner(*snapshot, i).result.status; };
      const bool is_told = changes.count(number(i) + " status") > 0;
      EXPECT_EQ(is_told, status(before) != status(after)) << round << " " << i;
    }
    before = after;
  }
}

/// Everything a snapshot says of places, as text.
std::string places_of(const Snapshot& snapshot) {
  std::string out;
  for (std::size_t r = 0; r < snapshot.races().size(); ++r) {
    for (std::size_t p = 0; p < snapshot.races()[r].orders.size(); ++p) {
      const PointOrder& order = snapshot.order(model::RaceId(static_cast<std::uint8_t>(r)), p);
      for (const model::EntrantId id : order.entrants()) {
        const std::optional<model::Places> places = order.places_of(id);
        out += std::to_string(p) + ":" + std::to_string(id.raw()) + "=" +
               std::to_string(places->overall->place) + "," + std::to_string(places->sex->place) +
               (places->overall->shared ? "=" : "") + " ";
      }
    }
  }
  return out;
}

TEST(LiveEngine, PlacesOfASnapshotAreThoseOfTheWholeRace) {
  Live live;
  LiveEngine engine(live.day(), {});
  const auto whole = [&] {
    engine.settle();
    auto again = RaceDay::copy_in_memory(live.file(), scoring::Closing::ByFacts);
    LiveEngine other(std::move(*again), {});
    return places_of(*other.snapshot());
  };
  // Every third arrives together with another.
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(engine.submit(sent({read_at("arch", i, 5)})));
    ASSERT_TRUE(engine.submit(sent({read_at("goal", i, 2400 + (59 - i) / 3 * 7)})));
    if (i % 20 != 19) continue;
    const std::string places = whole();
    EXPECT_NE(places.find("= "), std::string::npos) << "nobody shares a place";
    EXPECT_EQ(places, places_of(*engine.snapshot())) << i;
  }
  const auto before = engine.snapshot();
  ASSERT_TRUE(engine.submit(sent({read_at("bridge", 3, 1200)})));
  engine.settle();
  const auto after = engine.snapshot();
  const model::RaceId race(0);
  EXPECT_TRUE(before->order(race, 2).entrants() == after->order(race, 2).entrants());
  EXPECT_EQ(after->order(race, 1).entrants(), std::vector{model::EntrantId(3)});
  // Who is out has no place, and those behind move up.
  model::RulingFact ruling;
  ruling.kind = model::RulingFact::Kind::Disqualify;
  ruling.race = "10k";
  ruling.bib = model::BibNumber::parse("1059").value();
  ruling.reason = "left the course";
  ruling.author.by = "Referee";
  ASSERT_TRUE(engine.add(ruling).has_value());
  const std::string places = whole();
  EXPECT_EQ(places, places_of(*engine.snapshot()));
  EXPECT_FALSE(engine.snapshot()->order(race, 2).has(model::EntrantId(59)));
}

/// `text` with the first `from` replaced.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(LiveEngine, AChangedEventIsTakenWhileItRunsAsIfItHadBegunWithIt) {
  Live live;
  LiveEngine engine(live.day(), {});
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(engine.submit(sent({read_at("arch", i, 5 + i), read_at("gate", i, 900 + i)})));
    ASSERT_TRUE(engine.submit(sent({read_at("bridge", i, 1200), read_at("goal", i, 2405 + i)})));
  }
  engine.settle();
  const model::FactSeq before = engine.changes().last().seq;
  EXPECT_EQ(engine.snapshot()->edition(), 0u);
  // The gun was five seconds later, a mat more stood on the way, and there are divisions now.
  const std::string changed =
      with(with(Live::kEvent, "10:00:00", "10:00:05"), "[[race.point]]\nid = \"half\"",
           "[[race.point]]\nid = \"bend\"\ndistance_m = 3000\n"
           "mat = \"gate\"\n[[race.point]]\nid = \"half\"") +
      "[[race.division]]\nid = \"women\"\nsex = \"F\"\nprimary = true\n";
  const auto taken = engine.take(live.with_event(changed));
  ASSERT_TRUE(taken.has_value()) << taken.error().text();
  EXPECT_TRUE(taken->event_changed);
  engine.settle();
  const auto after = engine.snapshot();
  EXPECT_EQ(after->edition(), 1u);
  EXPECT_EQ(engine.overview()->edition, 1u);
  EXPECT_EQ(runner(*after, 3).result.gun->value(), std::chrono::seconds(2403));
  EXPECT_EQ(runner(*after, 3).result.splits.size(), 4u);
  EXPECT_EQ(after->order(model::RaceId(0), 1).entrants().size(), 20u);
  EXPECT_TRUE(runner(*after, 2).result.division.has_value());
  EXPECT_FALSE(runner(*after, 3).result.division.has_value());
  EXPECT_FALSE(engine.changes().since({before, 0}).has_value()) << "nobody was told to read anew";
  auto again = RaceDay::copy_in_memory(live.file(), scoring::Closing::ByFacts);
  LiveEngine other(std::move(*again), {});
  EXPECT_EQ(places_of(*other.snapshot()), places_of(*after));

  // A division goes, another one gets its number.
  const std::string men = with(changed, "id = \"women\"\nsex = \"F\"", "id = \"men\"\nsex = \"M\"");
  ASSERT_TRUE(engine.take(live.with_event(men)).has_value());
  engine.settle();
  EXPECT_FALSE(runner(*engine.snapshot(), 2).result.division.has_value());
  EXPECT_TRUE(runner(*engine.snapshot(), 3).result.division.has_value());
}

TEST(LiveEngine, WhatAChangedEventCannotChangeIsRefusedWithItsLine) {
  Live live;
  LiveEngine engine(live.day(), {});
  const model::FactSeq before = engine.changes().last().seq;
  const std::string event = Live::kEvent;
  const auto refusal = [&](const std::string& text) {
    const auto taken = engine.take(live.with_event(text));
    EXPECT_FALSE(taken.has_value());
    if (taken) return std::string("taken");
    EXPECT_EQ(taken.error().code, base::ErrorCode::Unsupported);
    const std::string said = taken.error().text();
    return said.substr(said.find("event.toml"));
  };
  const std::string device =
      "[[source]]\ndevice = \"mylaps\"\nlisten = \"127.0.0.1:3097\"\nmat = \"goal\"\n";
  EXPECT_EQ(refusal(event + device).rfind("event.toml:22: [[source]]: the device 'mylaps'", 0), 0u)
      << refusal(event + device);
  EXPECT_EQ(refusal(with(event, "\"UTC\"", "\"Europe/Berlin\"")).rfind("event.toml:4:", 0), 0u);
  EXPECT_EQ(refusal(with(event, "2026-05-08", "2026-05-09")).rfind("event.toml:3:", 0), 0u);
  engine.settle();
  EXPECT_EQ(engine.changes().last().seq, before);
  EXPECT_EQ(engine.snapshot()->edition(), 0u);
}

TEST(LiveEngine, AnOverviewIsTheWholeRaceAndKnowsTheNumbersOfTheSnapshot) {
  Live live;
  LiveEngine engine(live.day(), {});
  EXPECT_EQ(engine.overview()->results.runners.size(), static_cast<std::size_t>(kRunners));
  ASSERT_TRUE(engine.submit(sent({read_at("arch", 7, 5), read_at("goal", 7, 2405)})));
  engine.settle();
  const auto overview = engine.overview();
  const auto number_of_seven = overview->numbers[7];
  ASSERT_TRUE(number_of_seven.has_value());
  EXPECT_EQ(overview->results.runners[number_of_seven->raw()].status,
            model::RunnerStatus::Finished);
  EXPECT_EQ(overview->results.as_of, engine.snapshot()->seq());
  EXPECT_EQ(engine.last_stored("box-goal", "1"), 7u * 10'000 + 2405);
  EXPECT_FALSE(engine.last_stored("box-goal", "2").has_value());
}

TEST(LiveEngine, ASnapshotStaysAsItWasAndSharesWhatDidNotChange) {
  Live live;
  LiveEngine engine(live.day(), {});
  // A stream that is new is a fact about everybody.
  ASSERT_TRUE(engine.submit(sent({read_at("arch", 0, 5)})));
  engine.settle();
  const auto before = engine.snapshot();
  ASSERT_TRUE(engine.submit(sent({read_at("arch", 300, 5)})));
  engine.settle();
  const auto after = engine.snapshot();
  EXPECT_EQ(runner(*before, 300).result.status, model::RunnerStatus::Entered);
  EXPECT_EQ(runner(*after, 300).result.status, model::RunnerStatus::Running);
  EXPECT_TRUE(before->blocks()[0] == after->blocks()[0]);
  EXPECT_FALSE(before->blocks()[1] == after->blocks()[1]);
}

TEST(LiveEngine, WhereTooMuchWaitsItRefusesAndTakesNothing) {
  Live live;
  LiveEngine::Options options;
  options.most_waiting = 2;
  LiveEngine engine(live.day(), options);
  std::promise<void> is_busy, go_on;
  auto gate = go_on.get_future().share();
  Incoming slow = sent({read_at("arch", 0, 5)});
  slow.when_stored = [&](const base::Result<void>&) {
    is_busy.set_value();
    gate.wait();
  };
  ASSERT_TRUE(engine.submit(std::move(slow)));
  is_busy.get_future().wait();
  EXPECT_TRUE(engine.submit(sent({read_at("arch", 1, 5)})));
  EXPECT_TRUE(engine.submit(sent({read_at("arch", 2, 5)})));
  EXPECT_FALSE(engine.submit(sent({read_at("arch", 3, 5)})));
  go_on.set_value();
  engine.settle();
  EXPECT_EQ(runner(*engine.snapshot(), 2).result.status, model::RunnerStatus::Running);
  EXPECT_EQ(runner(*engine.snapshot(), 3).result.status, model::RunnerStatus::Entered);
}

TEST(LiveEngine, ARulingIsAFactLikeAnyOtherAndAMistakeChangesNothing) {
  Live live;
  LiveEngine engine(live.day(), {});
  model::RulingFact ruling;
  ruling.kind = model::RulingFact::Kind::Disqualify;
  ruling.race = "10k";
  ruling.bib = model::BibNumber::parse("1004").value();
  ruling.reason = "left the course";
  ruling.author.by = "Referee";
  const model::FactSeq before = engine.changes().last().seq;
  const auto done = engine.add(ruling);
  ASSERT_TRUE(done.has_value());
  engine.settle();
  EXPECT_EQ(told(engine.changes(), before), (std::multiset<std::string>{"1004 status"}));
  ruling.bib = model::BibNumber::parse("9999").value();
  const auto refused = engine.add(ruling);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(engine.changes().last().seq, *done);
}

TEST(RaceDay, TwoLiveSourcesThatDifferAboutOneBoxAreSaidOnce) {
  Live live;
  RaceDay day = live.day();
  ParsedStream other = read_at("arch", 1, 6);
  other.stream.role = model::ReadRole::Backup;
  for (int times = 0; times < 5; ++times) {
    const std::vector<ParsedStream> sent = {read_at("arch", 1, 5), other};
    ASSERT_TRUE(day.take_live(sent).has_value());
  }
  const model::EventResults results = day.results();
  const auto& items = results.attention;
  EXPECT_EQ(std::count_if(items.begin(), items.end(),
                          [](const model::Attention& item) {
                            return item.text.find("is the same recording as") != std::string::npos;
                          }),
            1);
}

TEST(LiveEngine, AGunAndAVersionAreToldOfTheRace) {
  Live live;
  LiveEngine engine(live.day(), {});
  model::FactSeq before = engine.changes().last().seq;
  ASSERT_TRUE(
      engine.add(model::PublishFact{"10k", "first version", false, {}, "", {"Referee", {}}}));
  engine.settle();
  EXPECT_EQ(told(engine.changes(), before), (std::multiset<std::string>{"10k version"}));
  EXPECT_EQ(engine.overview()->results.version, 1u);
  before = engine.changes().last().seq;
  const base::RaceTime gun(std::chrono::seconds(kGun + 60));
  ASSERT_TRUE(engine.add(model::GunFact{"10k", "A", gun, {"Starter", {}}}));
  engine.settle();
  EXPECT_EQ(told(engine.changes(), before), (std::multiset<std::string>{"10k gun"}));
}

TEST(RaceDay, WhatCameOverAWireIsNoFileThatIsMissingAfterwards) {
  const Live live;
  {
    RaceDay day = live.day();
    std::vector<ParsedStream> sent = {read_at("arch", 1, 5)};
    sent[0].stream.file = "sent by mylaps-0_0_0_0_3097-0";
    ASSERT_TRUE(day.take_live(sent).has_value());
  }
  RaceDay again = live.day();
  const model::EventResults results = again.results();
  EXPECT_TRUE(std::none_of(
      results.attention.begin(), results.attention.end(),
      [](const auto& item) { return item.kind == model::Attention::Kind::FileMissing; }));
}

TEST(LiveEngine, WhileOnlyRecordingReadsAreStoredOnceAndNothingIsScored) {
  Live live;
  { LiveEngine engine(live.day(), {}); }
  {
    auto day = RaceDay::record_only(live.file());
    ASSERT_TRUE(day.has_value()) << day.error().text();
    ASSERT_NE(day->event(), nullptr);
    EXPECT_EQ(day->event()->name, "Harbour 10");
    LiveEngine engine(std::move(*day), {});
    EXPECT_TRUE(engine.is_recording_only());
    for (int times = 0; times < 2; ++times) {
      ASSERT_TRUE(engine.submit(sent({read_at("arch", 7, 5), read_at("goal", 7, 2405)})));
    }
    engine.settle();
    EXPECT_EQ(engine.snapshot()->size(), 0u);
    EXPECT_EQ(engine.last_stored("box-goal", "1"), 7u * 10'000 + 2405);
    const auto refused = engine.add(model::CloseFact{"10k", {"Timer", {}}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, base::ErrorCode::Unsupported);
    // A read by hand is a read: whose it is cannot be looked up, where it was can.
    const auto by_hand = [&](const std::string& bib, const std::string& mat) {
      const base::RaceTime when(std::chrono::seconds(kGun + 2500));
      return engine.add(model::HandReadFact{
          "10k", model::BibNumber::parse(bib).value(), mat, when, "", {"Timer", {}}});
    };
    EXPECT_TRUE(by_hand(number(9), "goal").has_value());
    EXPECT_TRUE(by_hand("nobody", "goal").has_value());
    EXPECT_FALSE(by_hand(number(9), "nowhere").has_value());
  }
  {
    // Again, with streams that are known.
    LiveEngine engine(std::move(*RaceDay::record_only(live.file())), {});
    ASSERT_TRUE(engine.submit(sent({read_at("goal", 7, 2405), read_at("arch", 8, 6)})));
  }
  auto again = RaceDay::open(live.file(), scoring::Closing::ByFacts);
  ASSERT_TRUE(again.has_value());
  const auto results = again->scorer().results();
  EXPECT_EQ(results[7].status, model::RunnerStatus::Finished);
  EXPECT_EQ(results[8].status, model::RunnerStatus::Running);
  EXPECT_EQ(results[9].status, model::RunnerStatus::Finished);
  EXPECT_EQ(again->results().reads.size(), 3u);
}

TEST(LiveEngine, WhatWaitsAtTheEndIsStored) {
  Live live;
  {
    LiveEngine engine(live.day(), {});
    for (int i = 0; i < kRunners; ++i) ASSERT_TRUE(engine.submit(sent({read_at("arch", i, i)})));
  }
  auto again = RaceDay::open(live.file(), scoring::Closing::ByFacts);
  ASSERT_TRUE(again.has_value());
  std::size_t running = 0;
  for (const auto& result : again->scorer().results()) {
    running += result.status == model::RunnerStatus::Running ? 1u : 0u;
  }
  EXPECT_EQ(running, static_cast<std::size_t>(kRunners));
}

}  // namespace
}  // namespace hs::engine
