#include "sim/compare.h"

#include <gtest/gtest.h>

namespace hs::sim {
namespace {

constexpr base::RaceTime kGun{std::chrono::hours(8)};

base::RaceTime after(int seconds) { return kGun + std::chrono::seconds(seconds); }

/// Two runners who start at the gun and finish after 100 and 110 s, and results that say so.
struct Pair {
  Truth truth;
  model::EventResults results;

  Pair() {
    truth.point_ids = {"start", "finish"};
    model::Race race;
    race.id = "r";
    race.rank_by = model::RankBy::Gun;
    results.event.races.push_back(race);
    results.order.emplace_back();
    add("1", 100, 1);
    add("2", 110, 2);
  }

  void add(const char* bib, int seconds, std::uint32_t place) {
    TrueRun run;
    run.race = "r";
    run.bib = bib;
    run.gun = kGun;
    run.started_gun = kGun;
    run.points.resize(2);
    run.points[0].crossed = run.points[0].heard = after(1);
    run.points[1].crossed = run.points[1].heard = after(seconds);
    truth.runs.push_back(run);
    model::Entrant entrant;
    entrant.race = "r";
    entrant.bib = *model::BibNumber::parse(bib);
    results.entrants.push_back(entrant);
    model::RunnerResult result;
    result.entrant = model::EntrantId(place - 1);
    result.status = model::RunnerStatus::Finished;
    result.start_source = model::StartSource::Mat;
    result.start_at = after(1);
    result.splits.resize(2);
    result.splits[1].passing = model::Passing{after(seconds), std::nullopt, {}, false};
    result.places.overall = model::Placing{place, false};
    results.runners.push_back(result);
    results.order[0].push_back(result.entrant);
  }

  [[nodiscard]] Difference::Kind only() const {
    const Comparison comparison = compare_with_truth(truth, results);
    EXPECT_EQ(comparison.differences, 1U) << comparison.words();
    EXPECT_EQ(comparison.wrong, 1U);
    return comparison.first.empty() ? Difference::Kind::Missing : comparison.first[0].kind;
  }
};

TEST(Compare, EqualResultsArePerfect) {
  const Pair pair;
  const Comparison comparison = compare_with_truth(pair.truth, pair.results);
  EXPECT_TRUE(comparison.perfect()) << comparison.words();
  EXPECT_EQ(comparison.right, 2U);
}

TEST(Compare, AMicrosecondOffIsAnotherFinish) {
  Pair pair;
  pair.results.runners[1].splits[1].passing->at += base::Duration(1);
  EXPECT_EQ(pair.only(), Difference::Kind::Finish);
}

TEST(Compare, AFinishNobodyHeardIsAGhost) {
  Pair pair;
  pair.truth.runs[1].points[1].heard.reset();
  EXPECT_EQ(pair.only(), Difference::Kind::Ghost);
}

TEST(Compare, AnotherStatusStartOrSourceIsSeen) {
  Pair status;
  status.results.runners[0].status = model::RunnerStatus::Unresolved;
  EXPECT_EQ(status.only(), Difference::Kind::Status);
  Pair start;
  start.results.runners[0].start_at = after(0);
  EXPECT_EQ(start.only(), Difference::Kind::Start);
  Pair source;
  source.results.runners[0].start_source = model::StartSource::Gun;
  EXPECT_EQ(source.only(), Difference::Kind::StartSource);
}

TEST(Compare, ALostPassingAndAMissingEntryAreSeen) {
  Pair lost;
  lost.results.runners[0].splits[1].passing.reset();
  EXPECT_EQ(lost.only(), Difference::Kind::Lost);
  Pair missing;
  missing.truth.runs[0].bib = "3";
  EXPECT_EQ(missing.only(), Difference::Kind::Missing);
}

TEST(Compare, TheSlowerPlacedAheadIsAnInversion) {
  Pair pair;
  std::swap(pair.results.order[0][0], pair.results.order[0][1]);
  EXPECT_EQ(pair.only(), Difference::Kind::Order);
}

TEST(Compare, WhatCannotBeKnownIsNotAsked) {
  Pair pair;
  pair.truth.runs[0].points[1].knowable = false;
  pair.truth.runs[0].status_knowable = false;
  pair.results.runners[0].status = model::RunnerStatus::Unresolved;
  pair.results.runners[0].splits[1].passing.reset();
  const Comparison comparison = compare_with_truth(pair.truth, pair.results);
  EXPECT_TRUE(comparison.perfect()) << comparison.words();
  EXPECT_EQ(comparison.not_asked, 1U);
}

}  // namespace
}  // namespace hs::sim
