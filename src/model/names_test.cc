#include <gtest/gtest.h>

#include <set>
#include <string>

#include "model/cup.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/result.h"

namespace hs::model {
namespace {

/// Every name once, and each read back as the value it was written for.
template <typename Enum, typename Parse>
void check_names(Enum last, Parse parse) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Enum>(i);
    names.insert(name_of(value));
    EXPECT_EQ(parse(name_of(value)), std::optional<Enum>(value)) << name_of(value);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
  EXPECT_EQ(parse("no such word"), std::nullopt);
  EXPECT_EQ(parse(""), std::nullopt);
}

TEST(Names, EveryWordThatIsReadIsTheWordThatIsWritten) {
  check_names(Mode::Stroller, parse_mode);
  check_names(Sex::X, parse_sex);
  check_names(RankBy::Net, parse_rank_by);
  check_names(RuleSet::Open, parse_rule_set);
  check_names(ReadRole::Manual, parse_read_role);
  check_names(CupScore::Median, parse_cup_score);
  check_names(CupTie::Latest, parse_cup_tie);
  check_names(OnePrize::Older, parse_one_prize);
  check_names(TeamOf::Club, parse_team_of);
  check_names(TeamScore::Time, parse_team_score);
  check_names(TeamTie::Share, parse_team_tie);
  check_names(RulingFact::Kind::DeadHeat, parse_ruling_kind);
  check_names(NoteKind::Volunteer, parse_note_kind);
  check_names(NoteSubject::Storm, parse_note_subject);
}

TEST(Names, OfStatusesAndVerdictsAreTheContractsOfTheOutputs) {
  EXPECT_STREQ(name_of(RunnerStatus::Finished), "FIN");
  EXPECT_STREQ(name_of(RunnerStatus::Deferred), "DEF");
  EXPECT_STREQ(name_of(Verdict::LateRepeat), "late-repeat");
  EXPECT_STREQ(name_of(StartSource::OtherWave), "other-wave");
  EXPECT_STREQ(name_of(FactKind::ClockCorrection), "clock-correction");
  EXPECT_STREQ(name_of(EntryStatus::DidNotStart), "DNS");
}

TEST(FactKinds, KeepTheirNumbersForEver) {
  EXPECT_EQ(static_cast<int>(kind_of(EventFact{})), 1);
  EXPECT_EQ(static_cast<int>(kind_of(EntrantFact{})), 2);
  EXPECT_EQ(static_cast<int>(kind_of(StreamFact{})), 4);
  EXPECT_EQ(static_cast<int>(kind_of(ReadFact{})), 5);
  EXPECT_EQ(static_cast<int>(kind_of(ReadConflictFact{})), 6);
  EXPECT_EQ(static_cast<int>(kind_of(MarkerFact{})), 7);
  EXPECT_EQ(static_cast<int>(kind_of(RulingFact{})), 11);
  EXPECT_EQ(static_cast<int>(kind_of(ClockCorrectionFact{})), 12);
  EXPECT_EQ(static_cast<int>(kind_of(NoteFact{})), 15);
  EXPECT_EQ(static_cast<int>(kind_of(UndoFact{})), 16);
}

TEST(PublicName, OfAPrivateOrNamelessRunnerIsTheBib) {
  Entrant entrant;
  entrant.bib = *BibNumber::parse("123");
  Person person;
  EXPECT_EQ(public_name(entrant, person), "Bib 123");
  person.name = "Ana";
  EXPECT_EQ(public_name(entrant, person), "Ana");
  entrant.is_private = true;
  EXPECT_EQ(public_name(entrant, person), "Bib 123");
}

TEST(UtcOffset, FollowsTheSummerTimeSwitch) {
  Event event;
  const base::RaceTime change(std::chrono::hours(1000));
  event.offsets = {{base::RaceTime(), std::chrono::hours(1)}, {change, std::chrono::hours(2)}};
  EXPECT_EQ(utc_offset_at(event, change - base::Duration(1)), std::chrono::hours(1));
  EXPECT_EQ(utc_offset_at(event, change), std::chrono::hours(2));
  EXPECT_EQ(utc_offset_at(event, base::RaceTime(std::chrono::hours(-9))), std::chrono::hours(1));
  EXPECT_EQ(utc_offset_at(Event{}, change), std::chrono::hours(0));
}

}  // namespace
}  // namespace hs::model
