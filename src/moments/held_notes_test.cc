#include "moments/held_notes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/moment_field.h"

namespace hs::moments {
namespace {

using moment_field::FieldBuilder;

/// A field with two who have nothing to hide, and a note about them.
struct Noted {
  FieldBuilder field = moment_field::ordinary_field(60);
  model::EntrantId one = add("90001", 9000);
  model::EntrantId other = add("90002", 9600);

  Noted() { note(model::NoteKind::Official, {"90001", "90002"}); }

  model::EntrantId add(const std::string& bib, double total) {
    std::vector<moment_field::Seconds> net;
    for (const auto& [id, metres] : moment_field::marathon_points()) {
      net.push_back(metres / 42195 * total);
    }
    return field.add(bib, net, 0.0);
  }

  void note(model::NoteKind kind, const std::vector<std::string>& bibs) {
    model::NoteFact fact;
    fact.kind = kind;
    fact.race = "race";
    for (const std::string& bib : bibs) fact.bibs.push_back(*model::BibNumber::parse(bib));
    fact.text = "They sang at every water table.";
    fact.author.by = "Marshal 7";
    field.results().notes = {{model::FactSeq(7), fact}};
  }

  /// The only held note; "told" where none is.
  std::string why() {
    const std::vector<HeldNote> held = held_notes(field.results());
    if (held.empty()) return "told";
    EXPECT_EQ(held.size(), 1U);
    EXPECT_EQ(held.front().note, &field.results().notes.front());
    const auto& bib = held.front().held.bib;
    return std::string(name_of(held.front().held.why)) + (bib ? " " + bib->str() : "");
  }
};

TEST(HeldNotes, ANoteThatMayBeToldIsNotAmongThem) { EXPECT_EQ(Noted().why(), "told"); }

TEST(HeldNotes, SayWhoseSakeItIsFor) {
  Noted hidden;
  hidden.field.entrant(hidden.other).is_private = true;
  EXPECT_EQ(hidden.why(), "private 90002");
  Noted young;
  young.field.entrant(young.one).is_minor = true;
  EXPECT_EQ(young.why(), "minor 90001");
  Noted by_age;
  by_age.field.entrant(by_age.one).age = 17;
  EXPECT_EQ(by_age.why(), "minor 90001");
  Noted out;
  out.field.runner(out.other).status = model::RunnerStatus::DidNotFinish;
  EXPECT_EQ(out.why(), "not-in 90002");
  out.field.entrant(out.other).is_private = true;
  EXPECT_EQ(out.why(), "private 90002");
}

TEST(HeldNotes, SayWhatMustHappenFirst) {
  Noted asked;
  model::Attention question;
  question.kind = model::Attention::Kind::LateStart;
  question.entrant = asked.one;
  asked.field.results().attention.push_back(question);
  EXPECT_EQ(asked.why(), "open-question 90001");
  Noted help;
  help.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  EXPECT_EQ(help.why(), "help-not-ruled");
}

TEST(HeldNotes, ARunnersOwnNoteWaitsForTheirWish) {
  Noted own;
  own.note(model::NoteKind::Runner, {"90001"});
  EXPECT_EQ(own.why(), "without-tell 90001");
  own.field.entrant(own.one).tell = true;
  EXPECT_EQ(own.why(), "told");
}

TEST(HeldNotes, ANoteAboutNobodyEnteredIsHeldAndOneAboutAllIsNot) {
  Noted nobody;
  nobody.note(model::NoteKind::Volunteer, {"77777"});
  EXPECT_EQ(nobody.why(), "not-in 77777");
  nobody.note(model::NoteKind::Volunteer, {});
  EXPECT_EQ(nobody.why(), "told");
}

TEST(HeldNotes, ANoteWithoutRaceIsJudgedWhereItsRunnersAre) {
  Noted two;
  auto& results = two.field.results();
  model::Race other = results.event.races[0];
  other.id = "other";
  results.event.races.insert(results.event.races.begin() + 1, other);
  results.closed.push_back(true);
  results.cancelled.push_back(false);
  results.order.emplace_back();
  results.notes[0].note.race.clear();
  EXPECT_EQ(two.why(), "told");
}

}  // namespace
}  // namespace hs::moments
