#include "engine/versions.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "model/fact_codec.h"
#include "present/version_words.h"
#include "scoring/results_hash.h"
#include "scoring/rule_set.h"
#include "scoring/scorer.h"
#include "support/race_script.h"

// Lists that went out, from a log of facts: which they are, whether they still are what they were,
// and what a person reads of the difference. The race: 101 in 1:30, 102 in 1:40, 103 in 1:45.

namespace hs::app {
namespace {

using scoring::ListState;
using test_support::RaceScript;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string kRace = R"(
  race half window 20:00
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  award first places 1 by gun
  runner 101
  runner 102
  runner 103
  08:00:10 arch 101
  08:00:20 arch 102
  08:00:30 arch 103
  09:30:00 line 101
  09:40:00 line 102
  09:45:00 line 103
)";

/// A log as the program would have written it: versions keep the hash of what they are.
class Log {
 public:
  explicit Log(const std::string& script) {
    const RaceScript written(script);
    for (const model::Fact& fact : written.facts()) add(fact.body);
  }

  model::FactSeq add(model::FactBody body) {
    if (auto* version = std::get_if<model::PublishFact>(&body); version && version->hash.empty()) {
      version->hash = base::to_hex(scoring::race_hash(scorer_.official(), model::RaceId(0)));
    }
    const model::EncodedFact encoded = model::encode(body);
    log::NewFact fact;
    fact.kind = encoded.kind;
    fact.body = encoded.body;
    fact.personal = encoded.personal;
    const auto done = file_.append(std::span(&fact, 1));
    EXPECT_TRUE(done.has_value());
    const model::FactSeq seq = done->front().seq;
    scorer_.apply({seq, std::move(body)});
    return seq;
  }

  model::FactSeq publish(bool official = false) {
    return add(model::PublishFact{"half", "", official, {}, "", {"Referee", {}}});
  }

  model::FactSeq disqualify(const char* bib) {
    model::RulingFact ruling;
    ruling.race = "half";
    ruling.bib = *model::BibNumber::parse(bib);
    ruling.clause = "TR 6.3";
    ruling.reason = "paced";
    ruling.author = {"Referee", {}};
    return add(ruling);
  }

  [[nodiscard]] std::vector<engine::PublishedVersion> versions() const {
    std::vector<engine::PublishedVersion> out;
    EXPECT_TRUE(engine::for_each_version(file_, [&](engine::PublishedVersion version) {
                  out.push_back(std::move(version));
                }).has_value());
    return out;
  }

  [[nodiscard]] std::vector<std::string> difference(std::size_t first, std::size_t second) {
    const auto all = versions();
    const std::vector<model::Fact> said = scorer_.decisions();
    return present::version_changes({all[first].results, all[second].results,
                                     all[first].version.seq, all[second].version.seq, said},
                                    "half");
  }

  [[nodiscard]] std::string state() {
    const model::EventResults now = scorer_.snapshot();
    return present::list_state_words(now.event, scoring::list_state(now, model::RaceId(0)));
  }

  [[nodiscard]] const log::RaceFile& file() const { return file_; }

 private:
  log::RaceFile file_ = std::move(*log::RaceFile::in_memory());
  scoring::Scorer scorer_{scoring::Closing::Assume};
};

TEST(Versions, AListIsProvisionalUntilItIsPublishedAndAgainWhenItChanged) {
  Log log(kRace);
  EXPECT_EQ(log.state(), "provisional");
  log.publish();
  EXPECT_EQ(log.state(), "published, version 1");
  const model::FactSeq dsq = log.disqualify("101");
  EXPECT_EQ(log.state(), "provisional, changed since version 1");
  log.publish(true);
  EXPECT_EQ(log.state(), "official, version 2");
  log.add(model::UndoFact{dsq, "", {"Jury", {}}});
  EXPECT_EQ(log.state(), "provisional, changed since version 2");
}

TEST(Versions, AReadThatChangesNothingLeavesThemPublished) {
  Log log(kRace);
  log.publish();
  log.add(
      model::NoteFact{model::NoteKind::Official, "half", {}, "", "Windy", {}, {}, {}, {"R", {}}});
  EXPECT_EQ(log.state(), "published, version 1");
}

TEST(Versions, TheDifferenceNamesTheFactBehindIt) {
  Log log(kRace);
  log.publish();
  const model::FactSeq dsq = log.disqualify("101");
  log.publish();
  EXPECT_THAT(
      log.difference(0, 1),
      ElementsAre("bib 101: DSQ (TR 6.3); before: FIN, 1st in 1:30:00",
                  "  #" + std::to_string(dsq.raw()) + " disqualified (TR 6.3): paced (Referee)",
                  "2 others moved because of these: bib 102 2nd -> 1st, bib 103 3rd -> 2nd",
                  "award first: 1: bib 101 -> 1: bib 102"));
  EXPECT_THAT(log.difference(0, 0), IsEmpty());
}

TEST(Versions, WhoeverIsMovedOutOfTheListIsSaid) {
  Log log("race 10k\npoints start@arch 0, finish@line 10000\nwave A 08:00:00\n" + kRace);
  EXPECT_THAT(log.versions(), IsEmpty());
  log.publish();
  model::RulingFact move;
  move.kind = model::RulingFact::Kind::Move;
  move.race = "half";
  move.bib = *model::BibNumber::parse("103");
  move.to = "10k";
  move.author = {"Timer", {}};
  log.add(move);
  log.publish();
  EXPECT_THAT(log.difference(0, 1), testing::Contains(StartsWith("bib 103: not in the list")));
}

// Undone in between: two versions of one content, and a number that nobody else gets.
TEST(Versions, ANumberThatWasTakenBackIsNotUsedAgain) {
  Log log(kRace);
  const model::FactSeq first = log.publish();
  log.add(model::UndoFact{first, "too early", {"Referee", {}}});
  EXPECT_EQ(log.state(), "provisional");
  log.publish();
  EXPECT_EQ(log.state(), "published, version 2");
  ASSERT_EQ(log.versions().size(), 2U);
  EXPECT_EQ(log.versions()[1].version.number, 2U);
}

TEST(Versions, OneThatIsNotWhatWentOutIsFound) {
  Log log(kRace);
  log.publish();
  model::PublishFact forged{"half", "", false, {}, std::string(64, '0'), {"Somebody", {}}};
  log.add(forged);
  const auto versions = log.versions();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_TRUE(versions[0].is_as_published);
  EXPECT_FALSE(versions[1].is_as_published);
}

TEST(Versions, APublishedListStaysWhatItWasWhateverComesLater) {
  Log log(kRace);
  log.publish();
  const base::Digest before = log.versions()[0].results.hash;
  log.disqualify("102");
  log.publish();
  EXPECT_EQ(log.versions()[0].results.hash, before);
  EXPECT_TRUE(log.versions()[0].is_as_published);
}

// Complaint 10: what is missing of somebody keeps nobody else out.
TEST(Versions, RunnersWithoutASexOrAnAgeAreNamedAndStopNobody) {
  const auto results = RaceScript(kRace + "runner 104 sex F age 30").results();
  EXPECT_THAT(present::gaps_of(results, model::RaceId(0)),
              ElementsAre("3 runners without a sex, in no list by it: bib 101, 102, 103",
                          "3 runners without an age, in no list by it: bib 101, 102, 103"));
}

TEST(RulesCompared, SaysWhoWouldStandOtherwiseAndByWhichClause) {
  Log log(kRace);
  model::RulingFact helped;
  helped.kind = model::RulingFact::Kind::Assisted;
  helped.race = "half";
  helped.bib = *model::BibNumber::parse("101");
  helped.with = {*model::BibNumber::parse("102")};
  helped.author = {"Referee", {}};
  log.add(helped);
  const auto under = [&](const char* rules) {
    const auto choice = scoring::parse_rule_choice(rules);
    return std::move(*engine::results_under(log.file(), [&](model::Race& race) {
      race.rules = choice->rules;
      race.rules_edition = choice->edition;
    }));
  };
  const auto lines =
      present::rules_comparison(under("nfhs-xc@2016"), under("nfhs-xc@2020"), "half");
  EXPECT_THAT(lines, ElementsAre("bib 102: FIN, 1st in 1:40:00.0 instead of DSQ (assistance)",
                                 HasSubstr("bib 103: FIN, 2nd in 1:45:00.0"),
                                 "bib 101: DSQ (Rule 8 note) instead of DSQ (assistance)",
                                 "award first: 1: bib 103 -> 1: bib 102"));
}

TEST(RulesCompared, RefusesABookOrEditionThatThereIsNot) {
  EXPECT_THAT(scoring::parse_rule_choice("chess").error().message, HasSubstr("wa-road"));
  EXPECT_THAT(scoring::parse_rule_choice("nfhs-xc@1999").error().message,
              HasSubstr("2016, 2017, 2020, 2024"));
  EXPECT_EQ(scoring::parse_rule_choice("nfhs-xc@2018")->edition, "2018");
}

}  // namespace
}  // namespace hs::app
