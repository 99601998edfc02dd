#include "engine/what_changed.h"

#include <gtest/gtest.h>

#include "support/moment_field.h"

namespace hs::engine {
namespace {

using model::ChangeKind;
using moment_field::FieldBuilder;

struct Runner {
  FieldBuilder field{{{"5k", 5000}, {"10k", 10000}, {"finish", 15000}}};
  model::EntrantId id = field.add("7", {1000.0, 2100.0, 3200.0}, 5.0);
  model::RunnerResult before = field.runner(id);
  model::RunnerResult after = before;

  std::vector<model::Change> changes() {
    return what_changed(field.results().event.races[0], field.entrant(id), before, after);
  }
};

TEST(WhatChanged, NothingOfTheSame) {
  Runner runner;
  EXPECT_TRUE(runner.changes().empty());
}

TEST(WhatChanged, ThatOthersCameInBetweenIsNoChangeOfTheirs) {
  Runner runner;
  runner.after.places.overall = model::Placing{12, false};
  runner.after.splits[1].places.overall = model::Placing{4, true};
  EXPECT_TRUE(runner.changes().empty());
}

TEST(WhatChanged, ANewSplitNamesTheOrdersAtItsPoint) {
  Runner runner;
  runner.field.entrant(runner.id).sex = model::Sex::Female;
  model::Division division;
  division.id = "F45";
  runner.field.results().event.races[0].divisions = {division};
  runner.before.division = runner.after.division = model::DivisionId(0);
  runner.before.splits[2] = model::Split();
  const auto changes = runner.changes();
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].kind, ChangeKind::Split);
  EXPECT_EQ(changes[0].race, "race");
  EXPECT_EQ(changes[0].bib->str(), "7");
  EXPECT_EQ(changes[0].orders,
            (std::vector<std::string>{"race/10k", "race/10k/F", "race/10k/F45"}));
}

TEST(WhatChanged, ADivisionThatIsCalledAsASexIsNamedOnce) {
  Runner runner;
  runner.field.entrant(runner.id).sex = model::Sex::Female;
  model::Division division;
  division.id = "F";
  runner.field.results().event.races[0].divisions = {division};
  runner.before.division = runner.after.division = model::DivisionId(0);
  runner.before.splits[2] = model::Split();
  EXPECT_EQ(runner.changes().at(0).orders, (std::vector<std::string>{"race/10k", "race/10k/F"}));
}

TEST(WhatChanged, ACorrectedClockMovesEachSplitOnce) {
  Runner runner;
  for (model::Split& split : runner.after.splits) {
    if (split.passing) split.passing->at += std::chrono::seconds(1);
  }
  EXPECT_EQ(runner.changes().size(), 3u);
}

TEST(WhatChanged, AFinishIsASplitAResultAndAStatus) {
  Runner runner;
  runner.before.splits[3] = model::Split();
  runner.before.status = model::RunnerStatus::Running;
  runner.after.ranking = std::chrono::seconds(3200);
  const auto changes = runner.changes();
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].kind, ChangeKind::Split);
  EXPECT_EQ(changes[1].kind, ChangeKind::Result);
  EXPECT_EQ(changes[2].kind, ChangeKind::Status);
  EXPECT_EQ(changes[2].orders, (std::vector<std::string>{"race/finish"}));
}

TEST(WhatChanged, WhoeverChangesDivisionMovesInBoth) {
  Runner runner;
  model::Division one, two;
  one.id = "M40";
  two.id = "M45";
  runner.field.results().event.races[0].divisions = {one, two};
  runner.before.division = model::DivisionId(0);
  runner.after.division = model::DivisionId(1);
  const auto changes = runner.changes();
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].orders,
            (std::vector<std::string>{"race/finish", "race/finish/M45", "race/finish/M40"}));
}

TEST(WhatChanged, ADisqualificationIsAStatusAndItsClauseToo) {
  Runner runner;
  runner.after.status = model::RunnerStatus::Disqualified;
  EXPECT_EQ(runner.changes().size(), 1u);
  runner.before = runner.after;
  runner.after.clause = "TR 6.3";
  EXPECT_EQ(runner.changes().size(), 1u);
}

}  // namespace
}  // namespace hs::engine
