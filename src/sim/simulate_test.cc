#include "sim/simulate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/sha256.h"
#include "formats/event_file.h"
#include "sim/event_files.h"

namespace hs::sim {
namespace {

SimulatedEvent play(const SimulationRequest& request) {
  auto event = simulate(request);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().text());
  return event ? std::move(event).value() : SimulatedEvent();
}

std::string digest(const SimulatedEvent& event) {
  base::Sha256 sha;
  for (const SimulatedFile& file : event.files) {
    sha.add(file.path);
    sha.add(file.bytes);
  }
  sha.add(truth_csv(event.truth));
  return base::to_hex(sha.finish());
}

TEST(Simulate, SameSeedSameBytesAndAnotherSeedOthers) {
  SimulationRequest request;
  request.runners = 120;
  request.seed = 7;
  const std::string once = digest(play(request));
  EXPECT_EQ(once, digest(play(request)));
  request.seed = 8;
  EXPECT_NE(once, digest(play(request)));
}

// The value stands for all builds: g++ and clang, -O0 and -O2. It changes when the simulator is
// changed on purpose; then the new one is put here and must again be the same everywhere.
TEST(Simulate, BytesAreThoseOfEveryOtherBuild) {
  SimulationRequest request;
  request.runners = 80;
  request.seed = 2026;
  request.scenes = {"hand-in-hand", "stroller"};
  EXPECT_EQ(digest(play(request)),
            "d9bde41cd7f98aa1450eef4c8b1b151550ca422149d1d941279f20ea4502b2d6");
}

TEST(EventToml, AStandardIsWrittenAsTheEventFileReadsIt) {
  Plan plan = marathon_plan();
  plan.standards.push_back({"City 2027",
                            "gun",
                            "0:05:00",
                            {{model::Sex::Female, {{"18-34", "3:25:00"}, {"35+", "3:30:00"}}},
                             {model::Sex::X, {{"18+", "3:40:00"}}}}});
  std::vector<model::Attention> notes;
  const auto event = formats::read_event(event_toml(plan, {}), "event.toml", &notes);
  ASSERT_TRUE(event.has_value()) << event.error().text();
  ASSERT_EQ(event->races[0].standards.size(), 1U);
  const model::Standard& standard = event->races[0].standards[0];
  EXPECT_EQ(standard.name, "City 2027");
  EXPECT_EQ(standard.by, model::StandardBy::Gun);
  EXPECT_EQ(standard.course_index, std::chrono::minutes(5));
  ASSERT_EQ(standard.times.size(), 3U);
  EXPECT_EQ(standard.times[1].time, std::chrono::minutes(210));
  EXPECT_EQ(standard.times[2].sex, model::Sex::X);
}

TEST(Simulate, WithoutTroublesEverybodyWhoIsHeardFinishes) {
  SimulationRequest request;
  request.runners = 200;
  request.troubles = WithTroubles::No;
  const SimulatedEvent event = play(request);
  ASSERT_EQ(event.truth.runs.size(), 200U);
  for (const TrueRun& run : event.truth.runs) {
    EXPECT_TRUE(run.points.back().crossed.has_value()) << run.bib;
    EXPECT_EQ(run.status == model::RunnerStatus::Finished, run.points.back().heard.has_value());
  }
}

TEST(Simulate, WhatWasHeardIsWithinReachOfTheLine) {
  for (const CourseKind course :
       {CourseKind::Marathon, CourseKind::Loop, CourseKind::CrossCountry}) {
    SimulationRequest request;
    request.runners = 300;
    request.course = course;
    const SimulatedEvent event = play(request);
    for (const TrueRun& run : event.truth.runs) {
      for (std::size_t i = 0; i < run.points.size(); ++i) {
        const TruePassing& point = run.points[i];
        if (!point.heard || !point.crossed) continue;
        // Standing on the start mat, the last read may be long before the crossing.
        if (i == 0) continue;
        const base::Duration off = *point.heard - *point.crossed;
        EXPECT_LE(off, event.truth.reach_tolerance) << run.bib << event.truth.point_ids[i];
        EXPECT_GE(off, -event.truth.reach_tolerance) << run.bib << event.truth.point_ids[i];
      }
    }
  }
}

TEST(Simulate, TimesRiseAlongTheCourse) {
  SimulationRequest request;
  request.runners = 300;
  const SimulatedEvent event = play(request);
  for (const TrueRun& run : event.truth.runs) {
    std::optional<base::RaceTime> before;
    for (const TruePassing& point : run.points) {
      if (!point.crossed) continue;
      EXPECT_TRUE(!before || *before < *point.crossed) << run.bib;
      before = point.crossed;
    }
  }
}

TEST(Simulate, EveryTroubleOfPeopleIsPlantedInAFieldOfThreeThousand) {
  SimulationRequest request;
  request.runners = 3000;
  const SimulatedEvent event = play(request);
  std::map<Trouble, std::uint64_t> counts;
  for (const TroubleCount& count : event.truth.troubles) counts[count.trouble] = count.count;
  for (const Trouble trouble :
       {Trouble::PenOnMat,     Trouble::GelReturn,   Trouble::LateStart,    Trouble::OtherWave,
        Trouble::FinishWait,   Trouble::WalkHome,    Trouble::MissedMain,   Trouble::MissedMat,
        Trouble::DeadMat,      Trouble::Overheard,   Trouble::SecondChip,   Trouble::CarriedChip,
        Trouble::SwappedChips, Trouble::SharedChip,  Trouble::DidNotFinish, Trouble::DidNotStart,
        Trouble::Clock1980,    Trouble::ClockReset,  Trouble::ClockOffset,  Trouble::ClockHour,
        Trouble::ClockDrift,   Trouble::PowerLoss,   Trouble::Resend,       Trouble::PrefixFile,
        Trouble::ForeignFile,  Trouble::CutLine,     Trouble::CorruptLine,  Trouble::NoSex,
        Trouble::StrangeName,  Trouble::DeadAntenna, Trouble::UnknownChip}) {
    EXPECT_GT(counts[trouble], 0U) << name_of(trouble);
  }
}

TEST(Simulate, MedianNetTimeIsThatOfTheFittedField) {
  SimulationRequest request;
  request.runners = 2000;
  request.troubles = WithTroubles::No;
  const SimulatedEvent event = play(request);
  std::vector<base::Duration> nets;
  for (const TrueRun& run : event.truth.runs) {
    nets.push_back(*run.points.back().crossed - *run.points.front().crossed);
  }
  std::sort(nets.begin(), nets.end());
  // The sample's median is 4:11:06.
  const auto median = std::chrono::duration_cast<std::chrono::seconds>(nets[nets.size() / 2]);
  EXPECT_NEAR(static_cast<double>(median.count()), 15066, 200);
}

TEST(Simulate, NoFieldAndTooLargeFieldsAreRefused) {
  SimulationRequest request;
  request.runners = 0;
  EXPECT_FALSE(simulate(request).has_value());
  request.runners = 1000000;
  EXPECT_FALSE(simulate(request).has_value());
}

TEST(Simulate, TruthIsNotAmongTheFilesOfTheEvent) {
  SimulationRequest request;
  request.runners = 50;
  std::set<std::string> paths;
  for (const SimulatedFile& file : play(request).files) {
    EXPECT_EQ(file.path.find("truth"), std::string::npos);
    EXPECT_TRUE(paths.insert(file.path).second) << file.path;
  }
  EXPECT_TRUE(paths.count("event.toml") == 1 && paths.count("entrants.csv") == 1);
}

}  // namespace
}  // namespace hs::sim
