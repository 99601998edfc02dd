#include "moments/live_moments.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "support/moment_field.h"

namespace hs::moments {
namespace {

using model::EntrantId;
using model::RunnerStatus;
using moment_field::FieldBuilder;
using What = MomentChange::What;

/// Even pace to half way and another to the finish, with `minutes` more behind 40K.
std::vector<moment_field::Seconds> halves(double first, double second, double minutes = 0) {
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    const double behind = std::max(0.0, metres - 21097.5);
    net.push_back((metres - behind) / 1000 * first + behind / 1000 * second);
  }
  *net.back() += 60 * minutes;
  return net;
}

/// A race in which everybody is still running, and what their results will be.
struct Race {
  Race() : field(moment_field::ordinary_field(700)) {
    collapse = field.add("812", halves(270, 270, 50), 30.0);
    negative = field.add("77", halves(340, 270), 60.0);
    field.add("90", halves(228.5, 228.5), 1800.0);
    field.rank();
    for (std::size_t i = 0; i < results().runners.size(); ++i) {
      order.emplace_back(static_cast<std::uint32_t>(i));
      results().runners[i].status = RunnerStatus::Running;
    }
    results().closed[0] = false;
  }
  model::EventResults& results() { return field.results(); }
  void shuffle(std::uint64_t seed) {
    moment_field::Series series;
    for (std::uint64_t i = 0; i < seed; ++i) series.next();
    for (std::size_t i = order.size(); i > 1; --i) {
      const auto j = static_cast<std::size_t>(series.next() * static_cast<double>(i));
      std::swap(order[i - 1], order[j]);
    }
  }

  FieldBuilder field;
  EntrantId collapse, negative;
  std::vector<EntrantId> order;
};

/// What somebody holds who applies the feed, and the feed in short.
struct Client {
  std::map<std::string, model::Moment> held;
  std::vector<std::string> feed;
  void apply(const std::vector<MomentChange>& changes) {
    for (const MomentChange& change : changes) {
      feed.push_back(std::to_string(static_cast<int>(change.what)) + change.moment.id);
      EXPECT_EQ(held.count(change.moment.id), change.what == What::New ? 0u : 1u);
      EXPECT_EQ(change.because.has_value(), change.what == What::Withdrawn);
      if (change.what == What::Withdrawn) {
        held.erase(change.moment.id);
      } else {
        held[change.moment.id] = change.moment;
      }
    }
  }
};

Client play(Race& race, LiveMoments& live) {
  Client client;
  for (const EntrantId id : race.order) {
    race.results().runners[id.raw()].status = RunnerStatus::Finished;
    client.apply(live.runner_changed(race.results(), id));
    if (live.is_refit_due()) client.apply(live.refit(race.results()));
  }
  race.results().closed[0] = true;
  client.apply(live.refit(race.results()));
  return client;
}

void expect_is_all(const Client& client, const model::EventResults& results) {
  const auto all = find_moments(results);
  ASSERT_EQ(client.held.size(), all.size());
  for (const model::Moment& moment : all) {
    ASSERT_EQ(client.held.count(moment.id), 1u);
    const model::Moment& held = client.held.at(moment.id);
    EXPECT_EQ(held.net_bits, moment.net_bits);
    ASSERT_EQ(held.evidence.size(), moment.evidence.size());
    for (std::size_t i = 0; i < held.evidence.size(); ++i) {
      EXPECT_EQ(held.evidence[i].seconds, moment.evidence[i].seconds);
      EXPECT_EQ(held.evidence[i].rank_in_field, moment.evidence[i].rank_in_field);
      EXPECT_EQ(held.evidence[i].of, moment.evidence[i].of);
    }
  }
}

TEST(LiveMoments, InAnyOrderTheFeedEndsAtWhatTheWholeRaceGives) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(seed);
    Race race;
    race.shuffle(seed);
    LiveMoments live{model::RaceId(0)};
    const Client client = play(race, live);
    EXPECT_GE(client.held.size(), 2u);
    expect_is_all(client, race.results());
  }
}

TEST(LiveMoments, TheSameFactsInTheSameOrderGiveTheSameFeed) {
  std::vector<std::string> feeds[2];
  for (auto& feed : feeds) {
    Race race;
    race.shuffle(4);
    LiveMoments live{model::RaceId(0)};
    feed = play(race, live).feed;
  }
  EXPECT_FALSE(feeds[0].empty());
  EXPECT_EQ(feeds[0], feeds[1]);
}

TEST(LiveMoments, WhatARunnersOwnTimesDecideIsToldAtOnce) {
  Race race;
  LiveMoments live{model::RaceId(0)};
  for (const EntrantId id : race.order) {
    if (id == race.negative || id == race.collapse) continue;
    race.results().runners[id.raw()].status = RunnerStatus::Finished;
  }
  (void)live.refit(race.results());
  race.results().runners[race.negative.raw()].status = RunnerStatus::Finished;
  const auto changes = live.runner_changed(race.results(), race.negative);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].what, What::New);
  EXPECT_EQ(changes[0].moment.kind, model::MomentKind::NegativeSplit);
  EXPECT_FALSE(live.is_refit_due());
}

TEST(LiveMoments, HowManyThereAreByNowIsNoNews) {
  Race race;
  race.results().event.publish_columns = {"age"};
  race.results().entrants[race.negative.raw()].age = 84;
  race.results().entrants[race.collapse.raw()].age = 40;
  for (const EntrantId id : race.order) {
    race.results().runners[id.raw()].status = RunnerStatus::Finished;
  }
  auto& last = race.results().runners[race.collapse.raw()];
  last.status = RunnerStatus::Running;
  LiveMoments live{model::RaceId(0)};
  const auto told = live.refit(race.results());
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](const MomentChange& change) {
    return change.moment.kind == model::MomentKind::Oldest;
  }));
  last.status = RunnerStatus::Finished;
  // "The oldest of 701" is of 702 now.
  EXPECT_TRUE(live.runner_changed(race.results(), race.collapse).empty());
  const auto changes = live.refit(race.results());
  EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [](const MomentChange& change) {
    return change.what == What::Changed && change.moment.kind == model::MomentKind::Oldest;
  }));
}

TEST(LiveMoments, ARefitIsDueWithinTenMinutesWhileSomebodyComesIn) {
  Race race;
  LiveMoments live{model::RaceId(0)};
  const auto come_in = [&](std::size_t i, std::chrono::minutes at) {
    auto& runner = race.results().runners[i];
    runner.status = RunnerStatus::Finished;
    runner.splits.back().passing->at = FieldBuilder::gun() + at;
    (void)live.runner_changed(race.results(), runner.entrant);
  };
  come_in(0, std::chrono::hours(6));
  (void)live.refit(race.results());
  EXPECT_FALSE(live.is_refit_due());
  come_in(1, std::chrono::minutes(369));
  EXPECT_FALSE(live.is_refit_due());
  come_in(2, std::chrono::minutes(371));
  EXPECT_TRUE(live.is_refit_due());
}

TEST(LiveMoments, AHardshipIsHeldWhileTheRaceIsOpen) {
  Race race;
  LiveMoments live{model::RaceId(0)};
  for (auto& runner : race.results().runners) runner.status = RunnerStatus::Finished;
  auto& own = race.results().runners[race.collapse.raw()];
  // Nobody was in later than this one.
  for (auto& runner : race.results().runners) {
    if (runner.entrant == own.entrant) continue;
    for (model::Split& split : runner.splits) {
      if (split.passing) {
        split.passing->at = std::min(split.passing->at, own.splits.back().passing->at);
      }
    }
  }
  const auto of_collapse = [&](const std::vector<MomentChange>& changes) {
    return std::count_if(changes.begin(), changes.end(), [&](const MomentChange& change) {
      return change.moment.kind == model::MomentKind::LateCollapse;
    });
  };
  EXPECT_EQ(of_collapse(live.refit(race.results())), 0);
  EXPECT_EQ(of_collapse(live.runner_changed(race.results(), race.collapse)), 0);
  race.results().closed[0] = true;
  EXPECT_EQ(of_collapse(live.refit(race.results())), 1);
}

TEST(LiveMoments, AWithdrawnMomentSaysOneOfTwoReasons) {
  for (const bool by_official : {true, false}) {
    Race race;
    LiveMoments live{model::RaceId(0)};
    play(race, live);
    model::RunnerResult& runner = race.results().runners[race.collapse.raw()];
    if (by_official) {
      runner.status = RunnerStatus::Disqualified;
    } else {
      runner.splits.back().net =
          base::NetTime(runner.splits.back().net->value() - std::chrono::minutes(45));
    }
    const auto changes = live.runner_changed(race.results(), race.collapse);
    ASSERT_FALSE(changes.empty());
    for (const MomentChange& change : changes) {
      EXPECT_EQ(change.what, What::Withdrawn);
      EXPECT_STREQ(name_of(*change.because),
                   by_official ? "withdrawn by an official" : "result changed");
    }
  }
}

TEST(LiveMoments, NotedHelpOfWhoeverIsOutIsToldAtOnceWithoutTheirTime) {
  Race race;
  const EntrantId out(3);
  model::NoteFact note;
  note.race = "race";
  note.bibs = {race.field.entrant(out).bib, race.field.entrant(EntrantId(4)).bib};
  note.about = model::NoteSubject::Help;
  note.text = "Hand in hand.";
  note.author.by = "Judge";
  race.results().notes = {{model::FactSeq(2), note}};
  LiveMoments live{model::RaceId(0)};
  Client client = play(race, live);
  const auto helped = [&] {
    return std::count_if(client.held.begin(), client.held.end(), [](const auto& one) {
      return one.second.kind == model::MomentKind::Helped;
    });
  };
  const auto times = [&] {
    std::ptrdiff_t count = 0;
    for (const auto& [id, moment] : client.held) {
      if (moment.kind != model::MomentKind::Helped) continue;
      count += std::count_if(moment.evidence.begin(), moment.evidence.end(),
                             [](const auto& e) { return e.what == "passing"; });
    }
    return count;
  };
  EXPECT_EQ(helped(), 1);
  EXPECT_EQ(times(), 2);
  race.results().runners[out.raw()].status = RunnerStatus::Disqualified;
  client.apply(live.runner_changed(race.results(), out));
  EXPECT_EQ(helped(), 1);
  EXPECT_EQ(times(), 1);
  client.apply(live.refit(race.results()));
  EXPECT_EQ(helped(), 1);
  EXPECT_EQ(times(), 1);
  race.results().entrants[out.raw()].is_private = true;
  client.apply(live.runner_changed(race.results(), out));
  EXPECT_EQ(helped(), 0);
}

TEST(LiveMoments, ACancelledRaceTellsNothingMore) {
  Race race;
  LiveMoments live{model::RaceId(0)};
  const Client client = play(race, live);
  ASSERT_FALSE(client.held.empty());
  race.results().cancelled[0] = true;
  const auto changes = live.runner_changed(race.results(), race.negative);
  EXPECT_EQ(changes.size(), client.held.size());
  EXPECT_TRUE(live.told().empty());
  EXPECT_TRUE(live.runner_changed(race.results(), race.collapse).empty());
}

TEST(LiveMoments, ARunnerOfAnotherRaceChangesNothing) {
  Race race;
  LiveMoments live{model::RaceId(1)};
  EXPECT_TRUE(live.runner_changed(race.results(), race.collapse).empty());
  EXPECT_TRUE(live.told().empty());
}

}  // namespace
}  // namespace hs::moments
