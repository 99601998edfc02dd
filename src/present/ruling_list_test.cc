#include "present/ruling_list.h"

#include <gtest/gtest.h>

// All rulings of an event with what became of them: 101 runs the half, 7 the ten.

namespace hs::present {
namespace {

using State = Decision::State;
using Kind = model::RulingFact::Kind;

/// A log of facts that people made, numbered from 1.
class Said {
 public:
  model::FactSeq add(model::FactBody body) {
    facts_.push_back({model::FactSeq(facts_.size() + 1), std::move(body)});
    return facts_.back().seq;
  }
  model::FactSeq rule(Kind kind, const std::string& race, const std::string& bib,
                      const std::string& to = {}) {
    model::RulingFact ruling;
    ruling.kind = kind;
    ruling.race = race;
    ruling.bib = *model::BibNumber::parse(bib);
    ruling.to = to;
    return add(ruling);
  }
  model::FactSeq undo(model::FactSeq seq) {
    return add(model::UndoFact{seq, "", {"Rita", std::nullopt}});
  }
  [[nodiscard]] std::vector<ListedRuling> list() const {
    model::Event event;
    for (const char* id : {"half", "10k"}) {
      model::Race race;
      race.id = id;
      race.points.resize(2);
      race.points[0].id = "start";
      race.points[1].id = "finish";
      event.races.push_back(race);
    }
    return all_rulings(event, facts_);
  }

 private:
  std::vector<model::Fact> facts_;
};

void expect(const ListedRuling& one, model::FactSeq seq, State state,
            std::optional<model::FactSeq> since = std::nullopt) {
  EXPECT_EQ(one.fact->seq, seq);
  EXPECT_EQ(one.state, state);
  EXPECT_EQ(one.since, since);
}

TEST(RulingList, ALaterWordAboutTheStatusMakesTheEarlierOnesMoot) {
  Said said;
  const auto dsq = said.rule(Kind::Disqualify, "half", "101");
  const auto other = said.rule(Kind::Disqualify, "half", "102");
  const auto penalty = said.rule(Kind::Penalty, "half", "101");
  const auto back = said.rule(Kind::Reinstate, "half", "101");
  const auto list = said.list();
  ASSERT_EQ(list.size(), 4U);
  expect(list[0], dsq, State::Moot, back);
  expect(list[1], other, State::Holds);
  expect(list[2], penalty, State::Holds);
  expect(list[3], back, State::Holds);
}

TEST(RulingList, WhatIsTakenBackMakesNothingMootAndAnUndoneUndoDoesNothing) {
  Said said;
  const auto dsq = said.rule(Kind::Disqualify, "half", "101");
  const auto back = said.rule(Kind::Reinstate, "half", "101");
  const auto undo = said.undo(back);
  expect(said.list()[0], dsq, State::Holds);
  expect(said.list()[1], back, State::TakenBack, undo);
  said.undo(undo);
  expect(said.list()[0], dsq, State::Moot, back);
  expect(said.list()[1], back, State::Holds);
}

TEST(RulingList, TakingBackTheFirstOfThreeLeavesTheLastWord) {
  Said said;
  const auto first = said.rule(Kind::DidNotFinish, "half", "101");
  const auto second = said.rule(Kind::Disqualify, "half", "101");
  const auto third = said.rule(Kind::OutOfCompetition, "half", "101");
  const auto undo = said.undo(first);
  expect(said.list()[0], first, State::TakenBack, undo);
  expect(said.list()[1], second, State::Moot, third);
  expect(said.list()[2], third, State::Holds);
}

TEST(RulingList, ARunnerWhoMovedIsTheSameUnderBothNames) {
  Said said;
  const auto dsq = said.rule(Kind::Disqualify, "half", "7");
  said.rule(Kind::Move, "half", "7", "10k");
  const auto back = said.rule(Kind::Reinstate, "10k", "7");
  expect(said.list()[0], dsq, State::Moot, back);
}

TEST(RulingList, OfARaceTheLastShorteningHoldsAndPartsThatDoNotCountAddUp) {
  using Of = model::RaceRulingFact::Kind;
  Said said;
  const auto of_race = [&](Of kind, const std::string& race) {
    model::RaceRulingFact ruling;
    ruling.kind = kind;
    ruling.race = race;
    return said.add(ruling);
  };
  const auto first = of_race(Of::Shorten, "half");
  const auto train = of_race(Of::Neutralise, "half");
  of_race(Of::Neutralise, "half");
  const auto elsewhere = of_race(Of::Shorten, "10k");
  const auto last = of_race(Of::Shorten, "half");
  const auto cancel = said.add(model::CancelFact{"10k", "Hail", {"Rita", std::nullopt}});
  const auto list = said.list();
  expect(list[0], first, State::Moot, last);
  expect(list[1], train, State::Holds);
  expect(list[3], elsewhere, State::Holds);
  expect(list[5], cancel, State::Holds);
}

}  // namespace
}  // namespace hs::present
