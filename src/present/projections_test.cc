#include "present/projections.h"

#include <gmock/gmock.h>

#include "present/story_fan.h"
#include "support/moment_field.h"

namespace hs::present {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A projection whose share i is `middle` + `step` * (i - 8) seconds.
model::Projection spread(int middle, int step) {
  model::Projection out;
  for (std::size_t i = 0; i < out.at_shares.size(); ++i) {
    out.at_shares[i] = std::chrono::seconds(
        middle + step * (static_cast<int>(i) - static_cast<int>(model::kMedianShare)));
  }
  out.since_time = std::chrono::seconds(9000);
  return out;
}

ProjectedRunner runner(const std::string& bib, int middle, int step) {
  ProjectedRunner out;
  out.bib = bib;
  out.name = "Runner " + bib;
  out.at = "30K";
  out.projection = spread(middle, step);
  return out;
}

TEST(Barriers, AreTheHalfHoursInTheBalanceTheGoalAndTheCutOff) {
  ProjectedRunner one = runner("7", 4 * 3600, 300);  // 3:20 to 4:40.
  one.goal = std::chrono::minutes(225);
  one.cut_off = std::chrono::hours(6);
  std::vector<std::string> names;
  for (const Barrier& barrier : barriers_of(one)) names.push_back(barrier.name);
  EXPECT_THAT(names, ElementsAre("3:30", "goal 3:45", "4:00", "4:30", "cut-off 6:00"));
  EXPECT_NEAR(barriers_of(one)[2].probability, 0.5, 1e-9);
  EXPECT_EQ(barriers_of(one)[4].probability, 1);
}

TEST(Barriers, AreNoneWhereNothingIsOpen) {
  EXPECT_TRUE(barriers_of(runner("7", 4 * 3600 + 900, 1)).empty());
}

TEST(ChanceText, NeverSaysThatAProjectionIsSure) {
  EXPECT_EQ(chance_text(0), "under 1 %");
  EXPECT_EQ(chance_text(0.634), "63 %");
  EXPECT_EQ(chance_text(1), "over 99 %");
}

TEST(ProjectionsText, SaysWhatHangsOnThoseWhoComeInNext) {
  ProjectedField field;
  field.race = "Harbour";
  field.runners = {runner("2", 15000, 100), runner("1", 14400, 100)};
  EXPECT_THAT(projections_text(field, 2, Colour::No), Not(HasSubstr("expected next")));
  EXPECT_THAT(projections_json({field}), Not(HasSubstr("suspense")));
  field.suspense = moments::Suspense{std::chrono::hours(3), 40, 12, 6.8, 2.5};
  EXPECT_THAT(projections_text(field, 2, Colour::No),
              HasSubstr("12 of the 40 expected next have 3:00 in their hands; about 7 of the 40 "
                        "will be within it."));
  field.suspense->in_hands = 1;
  EXPECT_THAT(projections_text(field, 2, Colour::No), HasSubstr("expected next has 3:00 in"));
  EXPECT_THAT(projections_json({field}),
              HasSubstr("\"suspense\":{\"barrier_ms\":10800000,\"next\":40,\"in_hands\":1,"
                        "\"expected\":6.800}"));
}

TEST(ProjectionsText, ListsTheSoonestFirstAndSaysHowManyAreLeft) {
  ProjectedField field;
  field.race = "Harbour";
  field.at = "30K";
  field.runners = {runner("2", 15000, 100), runner("1", 14400, 100), runner("3", 16000, 100)};
  const std::string text = projections_text(field, 2, Colour::No);
  EXPECT_LT(text.find("Runner 1"), text.find("Runner 2"));
  EXPECT_THAT(text, Not(HasSubstr("Runner 3")));
  EXPECT_THAT(text, HasSubstr("and 1 other (--top N shows more)"));
  EXPECT_THAT(text, HasSubstr("projected, never known"));
  EXPECT_THAT(text, HasSubstr("4:00  3:53-4:07  3:50-4:10"));
}

TEST(ProjectionsText, TellsOneRunnerInSentences) {
  ProjectedField field;
  field.race = "Harbour";
  field.at = "30K";
  field.runners = {runner("7", 4 * 3600, 300)};
  field.runners[0].wall = projection::Wall{false, 0.31};
  field.runners[0].projection.is_overdue = true;
  const std::string text = projections_text(field, 20, Colour::No);
  EXPECT_THAT(text, HasSubstr("Past 30K in 2:30:00: projected 4:00"));
  EXPECT_THAT(text, HasSubstr("4:00: 50 %. Under 4:30: 98 %."));
  EXPECT_THAT(text, HasSubstr("31 %."));
  EXPECT_THAT(text, HasSubstr("the interval has widened"));
}

TEST(ProjectionsJson, HasTimesInMillisecondsAndLeavesOutWhatIsAbsent) {
  ProjectedField field;
  field.race = "Harbour";
  field.runners = {runner("7", 14400, 100)};
  const std::string json = projections_json({field});
  EXPECT_THAT(json, HasSubstr("\"projected_ms\":14400000,\"low_80_ms\":14000000"));
  EXPECT_THAT(json, HasSubstr("\"source\":\"generic\""));
  EXPECT_THAT(json, Not(HasSubstr("finish_ms")));
  EXPECT_THAT(json, Not(HasSubstr("wall")));
  EXPECT_THAT(json, Not(HasSubstr("overdue")));
}

TEST(FanFigure, NeedsTwoPointsAndReadsThemOut) {
  moment_field::FieldBuilder builder({{"10k", 10000}, {"20k", 20000}, {"finish", 30000}});
  const auto id = builder.add("7", {3000, 6200, 9500}, 0);
  const model::EventResults results = builder.results();
  model::ProjectionFan fan;
  fan.entrant = id;
  fan.steps.push_back({model::PointId(1), spread(9200, 60)});
  EXPECT_TRUE(fan_figure(results, fan, 200).empty());
  fan.steps.push_back({model::PointId(2), spread(9400, 30)});
  const std::string figure = fan_figure(results, fan, 200);
  EXPECT_THAT(figure, HasSubstr("at 10K 2:33:20 (2:29:20 to 2:37:20)"));
  EXPECT_THAT(figure, HasSubstr("finished in 2:38:20"));
  EXPECT_THAT(figure, HasSubstr("Projected finish"));
}

}  // namespace
}  // namespace hs::present
