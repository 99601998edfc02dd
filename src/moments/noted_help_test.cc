#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "support/moment_field.h"

// Help by the note alone: whom it may name, and what it takes to be told. With what the clock shows
// of it: waits_test.cc.

namespace hs::moments {
namespace {

using model::MomentKind;
using model::RunnerStatus;
using moment_field::FieldBuilder;

/// Three of an ordinary field, of whom a note says that there was help.
struct Noted {
  FieldBuilder field = moment_field::ordinary_field(60);
  model::EntrantId one{11}, two{12}, three{13};

  Noted() { note({one, two}); }

  void note(const std::vector<model::EntrantId>& people,
            model::NoteKind kind = model::NoteKind::Official) {
    model::NoteFact fact;
    fact.kind = kind;
    fact.race = "race";
    for (const auto id : people) fact.bibs.push_back(field.entrant(id).bib);
    fact.point = "finish";
    fact.text = "One led the other over the line.";
    fact.about = model::NoteSubject::Help;
    fact.author.by = "Finish judge";
    field.results().notes = {{model::FactSeq(7), fact}};
  }
  model::NoteFact& fact() { return field.results().notes.front().note; }

  void rule(model::EntrantId id, const std::string& clause) {
    model::RulingFact ruling;
    ruling.race = "race";
    ruling.bib = field.entrant(id).bib;
    ruling.clause = clause;
    field.results().rulings.push_back({model::FactSeq(8), ruling});
  }

  std::vector<model::Moment> helped() {
    std::vector<model::Moment> found = find_moments(field.results());
    std::erase_if(found, [](const auto& moment) { return moment.kind != MomentKind::Helped; });
    return found;
  }
};

bool has(const model::Moment& moment, const std::string& what) {
  return std::any_of(moment.evidence.begin(), moment.evidence.end(),
                     [&](const model::Evidence& e) { return e.what == what; });
}

TEST(NotedHelp, IsAMomentByItselfWithItsSource) {
  Noted noted;
  const auto found = noted.helped();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (std::vector{noted.one, noted.two}));
  EXPECT_EQ(found[0].theme, model::Theme::Together);
  EXPECT_TRUE(found[0].on_shelf) << "how rare help is nobody can count";
  EXPECT_EQ(found[0].net_bits, 0.0);
  ASSERT_EQ(found[0].evidence.size(), 4u);
  EXPECT_EQ(found[0].evidence[0].what, "witness");
  EXPECT_EQ(found[0].evidence[0].note, model::FactSeq(7));
  EXPECT_EQ(found[0].evidence[0].given, "official");
  EXPECT_EQ(found[0].evidence[1].what, "passing");
  EXPECT_EQ(found[0].evidence[3].what, "note") << "quoted besides";
}

TEST(NotedHelp, OfSeveralOrOfOneAndByAnAnnouncerOrAVolunteer) {
  Noted noted;
  noted.note({noted.three, noted.one, noted.two}, model::NoteKind::Announcer);
  ASSERT_EQ(noted.helped().size(), 1u);
  EXPECT_EQ(noted.helped()[0].people, (std::vector{noted.three, noted.one, noted.two}));
  noted.note({noted.one}, model::NoteKind::Volunteer);
  ASSERT_EQ(noted.helped().size(), 1u);
  EXPECT_EQ(noted.helped()[0].people, std::vector{noted.one});
}

TEST(NotedHelp, TwoNotesAboutTheSamePeopleAreToldOnce) {
  Noted noted;
  auto again = noted.field.results().notes.front();
  again.seq = model::FactSeq(9);
  again.note.kind = model::NoteKind::Volunteer;
  noted.field.results().notes.push_back(again);
  EXPECT_EQ(noted.helped().size(), 1u);
}

TEST(NotedHelp, OfWhoeverIsOutNoTimeIsTakenAndNothingIsQuoted) {
  for (const RunnerStatus status : {RunnerStatus::DidNotFinish, RunnerStatus::Disqualified}) {
    Noted noted;
    noted.field.runner(noted.two).status = status;
    const auto found = noted.helped();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].people, (std::vector{noted.one, noted.two}));
    EXPECT_FALSE(has(found[0], "note"));
    const auto bib = noted.field.entrant(noted.two).bib;
    for (const model::Evidence& e : found[0].evidence) {
      if (std::find(e.bibs.begin(), e.bibs.end(), bib) == e.bibs.end()) continue;
      EXPECT_FALSE(e.seconds || e.rank_in_field || !e.reads.empty()) << e.what;
    }
  }
}

TEST(NotedHelp, HoldsWhereNobodyFinished) {
  Noted noted;
  for (auto& runner : noted.field.results().runners) runner.status = RunnerStatus::DidNotFinish;
  EXPECT_EQ(noted.helped().size(), 1u);
}

TEST(NotedHelp, WithoutANoteThatBearsWitnessThereIsNone) {
  Noted remark;
  remark.fact().about.reset();
  remark.fact().text = "One helped the other over the line.";
  EXPECT_TRUE(remark.helped().empty());
  Noted undone;
  undone.field.results().notes.clear();
  EXPECT_TRUE(undone.helped().empty());
  Noted elsewhere;
  elsewhere.fact().race = "other";
  EXPECT_TRUE(elsewhere.helped().empty());
}

// Never: help nobody saw.
TEST(Never, HelpIsNotToldByTheWordOfOneWhoWasHelped) {
  Noted noted;
  noted.fact().kind = model::NoteKind::Runner;
  EXPECT_TRUE(noted.helped().empty());
}

// Never: held help.
TEST(Never, NotedHelpIsHeldUntilTheRefereeHasClosedTheCaseOfAll) {
  Noted noted;
  noted.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  EXPECT_TRUE(noted.helped().empty());
  noted.rule(noted.one, "TR 6.3");
  EXPECT_TRUE(noted.helped().empty());
  noted.rule(noted.two, "TR 17.2");
  EXPECT_TRUE(noted.helped().empty()) << "a ruling about something else";
  noted.rule(noted.two, "TR 6.3");
  noted.field.runner(noted.two).status = RunnerStatus::Disqualified;
  EXPECT_EQ(noted.helped().size(), 1u);
}

TEST(Never, NotedHelpNamesNobodyPrivateInQuestionOrStillOnTheCourse) {
  Noted hidden;
  hidden.field.entrant(hidden.two).is_private = true;
  EXPECT_TRUE(hidden.helped().empty());
  Noted asked;
  model::Attention question;
  question.kind = model::Attention::Kind::TwoChips;
  question.entrant = asked.one;
  asked.field.results().attention.push_back(question);
  EXPECT_TRUE(asked.helped().empty());
  for (const RunnerStatus status :
       {RunnerStatus::Unresolved, RunnerStatus::DidNotStart, RunnerStatus::Deferred}) {
    Noted out;
    out.field.runner(out.two).status = status;
    EXPECT_TRUE(out.helped().empty());
  }
}

TEST(Never, NotedHelpIsHeldForTenMinutesWhileTheRaceIsOpen) {
  Noted noted;
  noted.field.results().closed = {false};
  const auto& finish = noted.field.runner(noted.two).splits.back().passing;
  model::ReadView read;
  read.time = finish->at + std::chrono::minutes(9);
  for (auto& runner : noted.field.results().runners) {
    if (runner.splits.back().passing->at <= finish->at) continue;
    runner.status = RunnerStatus::Unresolved;
    for (auto& split : runner.splits) split.passing.reset();
  }
  noted.field.results().reads = {read};
  EXPECT_TRUE(noted.helped().empty());
  noted.field.results().reads[0].time += std::chrono::minutes(1);
  EXPECT_EQ(noted.helped().size(), 1u);
}

// A minor may be told of in help, which is no hardship; the words of the note may be of one.
TEST(Never, TheWordsOfANoteAboutAMinorAreNotQuoted) {
  Noted noted;
  noted.field.entrant(noted.two).age = 15;
  const auto found = noted.helped();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(has(found[0], "note"));
}

TEST(NotedHelp, ANoteWithoutARaceIsToldWhereItsBibsAreEnteredOnce) {
  Noted noted;
  noted.fact().race.clear();
  EXPECT_EQ(noted.helped().size(), 1u);
  const auto twin = noted.field.add(noted.field.entrant(noted.two).bib.str(),
                                    moment_field::even_marathon(400), 0.0);
  noted.field.runner(twin).race = model::RaceId(1);
  noted.field.results().event.races.push_back(noted.field.results().event.races[0]);
  noted.field.results().event.races[1].id = "other";
  noted.field.results().closed = {true, true};
  noted.field.results().cancelled = {false, false};
  EXPECT_TRUE(noted.helped().empty()) << "which of the two is meant nobody knows";
}

}  // namespace
}  // namespace hs::moments
