#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "support/moment_field.h"
#include "support/told_moments.h"

// Two of different pace, level at mat after mat, where the faster lost time as never before: what
// the clock shows, and what only a signed note may add.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::Seconds;

/// One of 300 s a kilometre, level with one of 360 s from 25K to `until`, then on at `after`.
struct TwoPaces {
  FieldBuilder field = moment_field::ordinary_field(900);
  model::EntrantId faster, slower;

  explicit TwoPaces(const std::string& until = "35k", double after = 300, double other = 360) {
    std::vector<Seconds> first, second;
    double at = 0;
    double metres = 0;
    bool level = false;
    for (const auto& [id, where] : moment_field::marathon_points()) {
      second.push_back(where / 1000 * other);
      level = level || id == "25k";
      const double pace = metres > 25000 ? after : 300;
      at = level ? *second.back() - 100 + 0.7 : at + (where - metres) / 1000 * pace;
      first.push_back(at);
      level = level && id != until;
      metres = where;
    }
    faster = field.add("90001", first, 100.0);
    slower = field.add("90002", second, 0.0);
  }

  void note(const std::string& text, model::NoteKind kind = model::NoteKind::Official) {
    model::NoteFact fact;
    fact.kind = kind;
    fact.race = "race";
    fact.bibs = {field.entrant(faster).bib, field.entrant(slower).bib};
    fact.text = text;
    fact.author.by = "Marshal 7";
    field.results().notes.push_back({model::FactSeq(7), fact});
  }

  void rule(model::EntrantId id, const std::string& clause) {
    model::RulingFact ruling;
    ruling.kind = model::RulingFact::Kind::Reinstate;
    ruling.race = "race";
    ruling.bib = field.entrant(id).bib;
    ruling.clause = clause;
    field.results().rulings.push_back({model::FactSeq(8), ruling});
  }

  void rules(model::RuleSet rules) { field.results().event.races[0].rules = rules; }

  std::vector<model::Moment> of(MomentKind kind) {
    std::vector<model::Moment> found = find_moments(field.results());
    std::erase_if(found, [kind](const model::Moment& moment) { return moment.kind != kind; });
    return found;
  }
  std::vector<model::Moment> waited() { return of(MomentKind::WaitedAndReturned); }
  std::vector<model::Moment> helped() { return of(MomentKind::Helped); }
};

const model::Evidence* evidence_of(const model::Moment& moment, const std::string& what) {
  for (const model::Evidence& evidence : moment.evidence) {
    if (evidence.what == what) return &evidence;
  }
  return nullptr;
}

TEST(WaitedAndReturned, LevelForThreeMatsAndThenOnAsBeforeIsFound) {
  TwoPaces two;
  const auto found = two.waited();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{two.faster, two.slower}));
  const model::Evidence& lost = found[0].evidence[0];
  EXPECT_EQ(lost.from, "half");
  EXPECT_EQ(lost.to, "35k");
  // 35 km at 360 s less the 100 s of the later start, against 35 km at 300 s.
  EXPECT_EQ(lost.seconds, 35 * 60 - 100);
  const model::Evidence& level = found[0].evidence[1];
  EXPECT_EQ(level.from, "25k");
  EXPECT_EQ(level.to, "35k");
  EXPECT_EQ(level.rank_in_field, 3u);
  EXPECT_EQ(level.of, 10u);
  EXPECT_EQ(found[0].evidence.back().from, "35k");
  EXPECT_EQ(found[0].evidence.back().seconds, 2158);
  EXPECT_TRUE(two.helped().empty());
}

TEST(WaitedAndReturned, IsToldWhenTheSecondOfThemComesIn) {
  TwoPaces two;
  for (const auto last : {two.faster, two.slower}) {
    const auto fresh = moment_field::told_at_once(two.field, last, MomentKind::WaitedAndReturned);
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_EQ(fresh[0].people, (std::vector{two.faster, two.slower}));
    EXPECT_EQ(fresh[0].evidence[0].seconds, two.waited()[0].evidence[0].seconds);
  }
}

TEST(WaitedAndReturned, LevelToTheLineIsToldAsThat) {
  TwoPaces two("finish");
  const auto found = two.waited();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].evidence[1].to, "finish");
  EXPECT_EQ(found[0].evidence.back().what, "passing");
}

TEST(WaitedAndReturned, WhoeverStaysSlowWasNotWaiting) {
  TwoPaces two("35k", 420);
  EXPECT_TRUE(two.waited().empty());
}

TEST(WaitedAndReturned, TwoOfOnePaceAreNone) {
  TwoPaces two("35k", 300, 303);
  EXPECT_TRUE(two.waited().empty());
}

TEST(WaitedAndReturned, OneMatIsAMeeting) {
  TwoPaces two("25k");
  EXPECT_TRUE(two.waited().empty());
}

TEST(WaitedAndReturned, WhoeverHadLostAsMuchBeforeIsNotTold) {
  TwoPaces two;
  auto& splits = two.field.runner(two.faster).splits;
  // Five minutes more from 5K to 10K, made good again by 15K.
  splits[2].net = base::NetTime(splits[2].net->value() + moment_field::micros(300));
  EXPECT_TRUE(two.waited().empty());
}

TEST(WaitedAndReturned, NeitherMayBePrivateOrAMinor) {
  for (const bool second : {false, true}) {
    TwoPaces hidden;
    hidden.field.entrant(second ? hidden.slower : hidden.faster).is_private = true;
    EXPECT_TRUE(hidden.waited().empty());
    TwoPaces minor;
    minor.field.entrant(second ? minor.slower : minor.faster).age = 16;
    EXPECT_TRUE(minor.waited().empty());
  }
}

TEST(WaitedAndReturned, WithoutClockTimesItIsSilent) {
  TwoPaces two;
  for (auto& runner : two.field.results().runners) {
    for (auto& split : runner.splits) split.passing.reset();
  }
  EXPECT_TRUE(two.waited().empty());
}

TEST(Helped, ANoteThatSpeaksOfHelpMakesItThat) {
  TwoPaces two;
  two.note("90001 walked with 90002 and helped her back into a run.");
  const auto found = two.helped();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{two.faster, two.slower}));
  ASSERT_NE(evidence_of(found[0], "note"), nullptr);
  EXPECT_EQ(evidence_of(found[0], "note")->note, model::FactSeq(7));
  EXPECT_TRUE(two.waited().empty());
}

TEST(Helped, ANoteAboutSomethingElseIsOnlyQuoted) {
  TwoPaces two;
  two.note("Both were singing at every water table.");
  EXPECT_TRUE(two.helped().empty());
  const auto found = two.waited();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(evidence_of(found[0], "note"), nullptr);
}

TEST(Helped, ANoteThatBearsWitnessAndTheClockAreOneMomentWithTheCost) {
  TwoPaces two;
  two.note("They came in arm in arm.");
  EXPECT_TRUE(two.helped().empty()) << "a remark";
  model::NoteFact& note = two.field.results().notes[0].note;
  note.about = model::NoteSubject::Help;
  const model::EntrantId third(5);
  note.bibs.push_back(two.field.entrant(third).bib);
  const auto found = two.helped();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{two.faster, two.slower, third}));
  EXPECT_EQ(found[0].evidence[0].what, "lost");
  EXPECT_EQ(found[0].evidence[0].seconds, 35 * 60 - 100);
  EXPECT_GE(found[0].net_bits, 3.0);
  EXPECT_FALSE(found[0].on_shelf);
  ASSERT_NE(evidence_of(found[0], "witness"), nullptr);
  EXPECT_EQ(evidence_of(found[0], "witness")->note, model::FactSeq(7));
  EXPECT_TRUE(two.waited().empty());
}

TEST(Helped, AWitnessGoesBeforeARemarkAboutTheSameTwo) {
  TwoPaces two;
  two.note("Both were singing.");
  auto witness = two.field.results().notes[0];
  witness.seq = model::FactSeq(9);
  witness.note.kind = model::NoteKind::Volunteer;
  witness.note.about = model::NoteSubject::Help;
  two.field.results().notes.push_back(witness);
  const auto found = two.helped();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(evidence_of(found[0], "witness")->note, model::FactSeq(9));
}

TEST(Helped, WithoutAWitnessHelpThatTheClockDoesNotShowIsNone) {
  TwoPaces two("25k");
  two.note("90001 helped 90002.");
  EXPECT_TRUE(two.helped().empty());
}

// Never: help while the rules penalise it and the referee has not closed the case.
TEST(Never, HelpIsHeldUntilTheRefereeHasClosedTheCaseOfBoth) {
  TwoPaces two;
  two.rules(model::RuleSet::WaRoad);
  two.note("90001 helped 90002.");
  EXPECT_TRUE(two.helped().empty());
  EXPECT_TRUE(two.waited().empty()) << "the clock alone would point at the two";
  two.rule(two.slower, "TR 6.3");
  EXPECT_TRUE(two.helped().empty()) << "one of the two is still open";
  two.rule(two.faster, "TR 17.2");
  EXPECT_TRUE(two.helped().empty()) << "a ruling about something else";
  two.rule(two.faster, "TR 6.3");
  EXPECT_EQ(two.helped().size(), 1u);
}

TEST(Never, HelpNobodySaw) {
  TwoPaces two;
  EXPECT_TRUE(two.helped().empty());
  // Words without a name behind them are no note of an official.
  two.field.person(two.faster).note = "helped 90002";
  EXPECT_TRUE(two.helped().empty());
}

TEST(Never, ANoteThatNamesSomebodyWhoMayNotBeToldOfIsNotQuoted) {
  const auto quoted = [](TwoPaces& two) {
    const auto found = find_moments(two.field.results());
    return std::any_of(found.begin(), found.end(), [](const model::Moment& moment) {
      return evidence_of(moment, "note") != nullptr;
    });
  };
  TwoPaces open;
  open.note("Both were singing.");
  EXPECT_TRUE(quoted(open));
  TwoPaces hidden;
  hidden.note("Both were singing.");
  hidden.field.entrant(hidden.slower).is_private = true;
  EXPECT_FALSE(quoted(hidden));
  TwoPaces minor;
  minor.note("Both were singing.");
  minor.field.entrant(minor.slower).is_minor = true;
  EXPECT_FALSE(quoted(minor));
  TwoPaces unfinished;
  unfinished.note("Both were singing.");
  unfinished.field.runner(unfinished.slower).status = model::RunnerStatus::DidNotFinish;
  EXPECT_FALSE(quoted(unfinished));
  TwoPaces silent;
  silent.note("We were singing.", model::NoteKind::Runner);
  EXPECT_FALSE(quoted(silent)) << "a runner's own words need their word";
  for (const auto id : {silent.faster, silent.slower}) silent.field.entrant(id).tell = true;
  EXPECT_TRUE(quoted(silent));
}

TEST(Never, NothingIsQuotedForTenMinutesWhileTheRaceIsOpen) {
  TwoPaces two;
  two.note("Both were singing.");
  two.field.results().closed = {false};
  // The slower one is the last event that the results know of.
  for (auto& runner : two.field.results().runners) {
    const bool theirs = runner.entrant == two.slower || runner.entrant == two.faster;
    if (!theirs &&
        runner.splits.back().passing->at > two.field.runner(two.slower).splits.back().passing->at) {
      runner.status = model::RunnerStatus::DidNotFinish;
      for (auto& split : runner.splits) split.passing.reset();
    }
  }
  EXPECT_TRUE(two.waited().empty());
  two.field.results().closed = {true};
  EXPECT_EQ(two.waited().size(), 1u);
}

struct OneOfMany {
  FieldBuilder field = moment_field::ordinary_field(400);
  model::EntrantId id{3};

  OneOfMany() {
    field.entrant(id).tell = true;
    field.person(id).why = "I promised it to my sister.";
  }
  std::vector<model::Moment> of(MomentKind kind) {
    std::vector<model::Moment> found = find_moments(field.results());
    std::erase_if(found, [kind](const model::Moment& moment) { return moment.kind != kind; });
    return found;
  }
};

TEST(OwnWords, AreToldOfWhoeverIsInAndWantsIt) {
  OneOfMany one;
  const auto found = one.of(MomentKind::OwnWords);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{one.id});
  EXPECT_EQ(found[0].theme, model::Theme::Beginning);
  EXPECT_TRUE(found[0].on_shelf);
  EXPECT_EQ(found[0].evidence[0].given, "why");
}

TEST(OwnWords, ACauseOrADedicationIsWordsToo) {
  OneOfMany one;
  one.field.person(one.id).why = "fun";
  EXPECT_TRUE(one.of(MomentKind::OwnWords).empty()) << "three letters say nothing";
  one.field.person(one.id).cause = "For the hospice at the harbour.";
  ASSERT_EQ(one.of(MomentKind::OwnWords).size(), 1u);
  EXPECT_EQ(one.of(MomentKind::OwnWords)[0].evidence[0].given, "cause");
}

TEST(OwnWords, AFirstFinishToldInThemIsNotToldAgain) {
  OneOfMany one;
  one.field.person(one.id).first_time = "yes";
  EXPECT_TRUE(one.of(MomentKind::OwnWords).empty());
  EXPECT_EQ(one.of(MomentKind::FirstFinish).size(), 1u);
}

TEST(Never, OwnWordsWithoutTellOfAMinorOrOfWhoeverIsPrivateOrNotIn) {
  OneOfMany silent;
  silent.field.entrant(silent.id).tell = false;
  EXPECT_TRUE(silent.of(MomentKind::OwnWords).empty());
  OneOfMany minor;
  minor.field.entrant(minor.id).age = 15;
  EXPECT_TRUE(minor.of(MomentKind::OwnWords).empty());
  OneOfMany hidden;
  hidden.field.entrant(hidden.id).is_private = true;
  EXPECT_TRUE(hidden.of(MomentKind::OwnWords).empty());
  OneOfMany out;
  out.field.runner(out.id).status = model::RunnerStatus::DidNotFinish;
  EXPECT_TRUE(out.of(MomentKind::OwnWords).empty());
}

TEST(Volunteers, ANoteThatNamesNobodyIsTold) {
  OneOfMany one;
  model::NoteFact note;
  note.kind = model::NoteKind::Volunteer;
  note.text = "Forty of us carried blankets to the shelters.";
  note.author.by = "Start area";
  one.field.results().notes = {{model::FactSeq(4), note}};
  const auto found = one.of(MomentKind::Volunteers);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(found[0].evidence[0].note, model::FactSeq(4));
}

TEST(Volunteers, WhatAnOfficialNotesOfMatsIsNotToldNorWhatNamesSomebody) {
  OneOfMany one;
  model::NoteFact note;
  note.kind = model::NoteKind::Official;
  note.text = "Box at 30K replaced at ten.";
  note.author.by = "Timer";
  one.field.results().notes = {{model::FactSeq(4), note}};
  EXPECT_TRUE(one.of(MomentKind::Volunteers).empty());
  one.field.results().notes[0].note.text = "The volunteers at 30K stayed until the last was by.";
  EXPECT_EQ(one.of(MomentKind::Volunteers).size(), 1u);
  one.field.results().notes[0].note.about = model::NoteSubject::Storm;
  EXPECT_TRUE(one.of(MomentKind::Volunteers).empty()) << "told as the storm it is about";
  one.field.results().notes[0].note.about.reset();
  one.field.results().notes[0].note.bibs = {one.field.entrant(one.id).bib};
  EXPECT_TRUE(one.of(MomentKind::Volunteers).empty());
}

}  // namespace
}  // namespace hs::moments
