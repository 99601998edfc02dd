#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "support/moment_words.h"

namespace hs::present {
namespace {

using namespace words_test;

/// A moment of one runner with a note and a dedication beside it.
struct Quoted {
  OneRunner one;

  explicit Quoted(model::NoteKind kind) {
    model::NoteFact note;
    note.kind = kind;
    note.race = "race";
    note.bibs = {model::BibNumber::parse("812").value()};
    note.text = "Sat down at 41K,\ngot up again and waved.";
    note.author.by = "Marshal 7";
    one.field.results().notes = {{model::FactSeq(9), note}};
    model::Evidence evidence;
    evidence.what = "note";
    evidence.bibs = note.bibs;
    evidence.given = model::name_of(kind);
    evidence.note = model::FactSeq(9);
    one.moment.evidence.push_back(evidence);
  }
  bool says(const std::string& words, Language language = {}) {
    return words_for(one.moment, one.field.results(), language).text.find(words) !=
           std::string::npos;
  }
};

TEST(MomentQuotes, ANoteIsShownWithItsSource) {
  EXPECT_TRUE(Quoted(model::NoteKind::Official)
                  .says("finished in 4:08:51. A note by an official, signed Marshal 7: \u201cSat "
                        "down at 41K, got up again and waved\u201d."));
  EXPECT_TRUE(
      Quoted(model::NoteKind::Volunteer).says(" A note by a volunteer, signed Marshal 7: "));
  EXPECT_TRUE(Quoted(model::NoteKind::Announcer).says(" A note by the announcer, signed "));
  // What runners say is theirs, whoever wrote it down.
  EXPECT_TRUE(Quoted(model::NoteKind::Runner).says(" In a note, Ana Ruiz says: \u201cSat down"));
  EXPECT_FALSE(Quoted(model::NoteKind::Runner).says("Marshal 7"));
  EXPECT_TRUE(
      Quoted(model::NoteKind::Official)
          .says("Eine Notiz der Rennleitung, unterschrieben von Marshal 7: \u201eSat down at 41K",
                *Language::named("de")));
}

TEST(MomentQuotes, ACauseOrADedicationStandsBesideAnyMoment) {
  OneRunner one;
  one.field.person(one.id).dedication = "For Oma Hilde, who never missed one.";
  model::Evidence own;
  own.what = "own-words";
  own.bibs = {model::BibNumber::parse("812").value()};
  own.given = "dedication";
  one.moment.evidence.push_back(own);
  EXPECT_NE(one.words().text.find("Ana Ruiz dedicated the race, as the entry says: \u201cFor Oma "
                                  "Hilde, who never missed one\u201d."),
            std::string::npos);
}

TEST(MomentQuotes, OwnWordsAreAMomentOfTheirOwn) {
  OneRunner one;
  one.field.person(one.id).why = "I promised it to my sister.";
  one.moment.kind = model::MomentKind::OwnWords;
  model::Evidence own;
  own.what = "own-words";
  own.bibs = {model::BibNumber::parse("812").value()};
  own.given = "why";
  one.moment.evidence = {own, passing("finish", 14931)};
  EXPECT_EQ(one.words().headline,
            "\u201cI promised it to my sister\u201d: Ana Ruiz finished in 4:08:51");
  EXPECT_EQ(one.words().text,
            "\u201cI promised it to my sister\u201d, Ana Ruiz wrote before the race. She finished "
            "in 4:08:51.");
  one.field.person(one.id).why = std::string(120, 'a') + " and more";
  EXPECT_EQ(one.words().headline, "Ana Ruiz, in her own words, and in 4:08:51");
}

TEST(MomentQuotes, VolunteersAreToldByTheirNote) {
  Quoted quoted(model::NoteKind::Volunteer);
  quoted.one.moment.kind = model::MomentKind::Volunteers;
  quoted.one.moment.people.clear();
  quoted.one.moment.evidence = {quoted.one.moment.evidence.back()};
  EXPECT_EQ(quoted.one.words().headline, "\u201cSat down at 41K, got up again and waved\u201d");
  EXPECT_EQ(quoted.one.words().text,
            "A note by a volunteer, signed Marshal 7: \u201cSat down at 41K, got up again and "
            "waved\u201d.");
}

/// A wait as its detector gives it.
model::Moment wait_of(const OneRunner& one, model::EntrantId other, bool returned) {
  model::Moment moment = one.moment;
  moment.kind = model::MomentKind::WaitedAndReturned;
  moment.people = {one.id, other};
  const auto stretch = [](const std::string& from, const std::string& to, std::int64_t seconds) {
    model::Evidence evidence = interval(from, seconds);
    evidence.to = to;
    return evidence;
  };
  model::Evidence lost = stretch("20k", "35k", 1500);
  lost.what = "lost";
  model::Evidence level = stretch("25k", returned ? "35k" : "finish", 2);
  level.what = "agreement";
  level.rank_in_field = returned ? 3 : 5;
  level.of = 10;
  moment.evidence = {lost,
                     level,
                     stretch("start", "20k", 6000),
                     stretch("start", "20k", 7200),
                     passing("finish", 14158),
                     passing("finish", 15190)};
  if (returned) moment.evidence.push_back(stretch("35k", "finish", 2158));
  return moment;
}

TEST(MomentWords, AWaitIsToldByTheClockAndHelpOnlyByANote) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  for (const bool returned : {true, false}) {
    one.moment = wait_of(one, other, returned);
    expect_numbers_hold(one.moment, one.field.results());
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(one.moment, one.field.results(), language);
      for (const char* help : {"help", "wait", "Hilfe", "half", "warte"}) {
        EXPECT_EQ((words.headline + words.text).find(help), std::string::npos) << words.text;
      }
    }
    one.moment.kind = model::MomentKind::Helped;
    expect_numbers_hold(one.moment, one.field.results());
  }
  one.moment = wait_of(one, other, true);
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz was level with Lea Moor from 25K to 35K, 25:00 off the pace of before, then "
            "ran on");
  EXPECT_EQ(
      one.words().text,
      "Until 20K Ana Ruiz ran 5:00 a kilometre, and Lea Moor 6:00. From 25K to 35K, 3 mats in "
      "a row heard the two within 2 seconds of each other; by 35K, Ana Ruiz had lost 25:00 "
      "against the pace of before, and on no stretch until 20K anything like it. From 35K on "
      "Ana Ruiz ran 4:59 a kilometre and finished in 3:55:58; Lea Moor finished in 4:13:10.");
  one.moment.kind = model::MomentKind::Helped;
  EXPECT_EQ(one.words().headline,
            "A signed note says how Ana Ruiz helped Lea Moor; the clock says what it cost: 25:00");
}

/// Help by a note of a volunteer at 30K, of so many.
struct NotedHelp {
  FieldBuilder field{moment_field::marathon_points()};
  model::Moment moment;

  explicit NotedHelp(int people, bool quoted) {
    model::NoteFact note;
    note.kind = model::NoteKind::Volunteer;
    note.text = "They shared the last gloves.";
    note.author.by = "a marshal";
    model::Evidence witness;
    witness.what = "witness";
    witness.to = "30k";
    witness.given = model::name_of(note.kind);
    witness.note = model::FactSeq(9);
    moment.kind = model::MomentKind::Helped;
    moment.evidence = {witness};
    for (int i = 0; i < people; ++i) {
      const std::string bib = std::to_string(811 + i);
      const auto id = field.add(bib, std::vector<moment_field::Seconds>(10, 1.0));
      field.person(id).name = std::string("Runner ") + static_cast<char>('A' + i);
      moment.people.push_back(id);
      moment.evidence.push_back(passing("finish", 14158 + 60 * i));
      moment.evidence.back().bibs = {field.entrant(id).bib};
      note.bibs.push_back(field.entrant(id).bib);
    }
    field.results().notes = {{model::FactSeq(9), note}};
    if (!quoted) return;
    moment.evidence.push_back(witness);
    moment.evidence.back().what = "note";
  }
  MomentWords words(const Language& language = {}) {
    return words_for(moment, field.results(), language);
  }
};

TEST(MomentWords, NotedHelpSaysNowhereWhoHelpedWhomButWhoSignedForIt) {
  NotedHelp two(2, true);
  EXPECT_EQ(two.words().headline, "A signed note tells of help between Runner A and Runner B");
  EXPECT_EQ(two.words().text,
            "At 30K there was help between Runner A and Runner B. They finished in 3:55:58 and "
            "3:56:58 by their own starts. A note by a volunteer, signed a marshal: \u201cThey "
            "shared the last gloves\u201d.");
  EXPECT_EQ(two.words(*Language::named("de")).headline,
            "Hilfe zwischen Runner A und Runner B, laut unterschriebener Notiz");
  expect_numbers_hold(two.moment, two.field.results());
  two.moment.evidence.erase(two.moment.evidence.begin() + 1);
  two.moment.evidence.front().to.clear();
  EXPECT_EQ(two.words().text.find("There was help between Runner A and Runner B. Runner B "
                                  "finished in 3:56:58."),
            0u)
      << two.words().text;
}

TEST(MomentWords, NotedHelpOfOneOrOfManyNamesTheSignerWhereNothingIsQuoted) {
  EXPECT_EQ(NotedHelp(1, false).words().text,
            "At 30K there was help between Runner A and somebody without a bib. A volunteer noted "
            "it, signed a marshal. Runner A finished in 3:55:58.");
  NotedHelp many(4, false);
  EXPECT_EQ(many.words().headline,
            "A signed note tells of help among Runner A, Runner B and 2 more");
  EXPECT_EQ(many.words().text,
            "At 30K there was help among Runner A, Runner B and 2 more. A volunteer noted it, "
            "signed a marshal.");
  EXPECT_EQ(many.words(*Language::named("de")).text,
            "Unter Runner A, Runner B und 2 weiteren gab es bei Kilometer 30 Hilfe. Das Helferteam "
            "vermerkte es, unterschrieben von a marshal.");
}

// Never: a guess at health, a cause, an accusation; in no sentence of any language.
TEST(Never, NoSentenceGivesACauseOrAccuses) {
  for (const EmbeddedWords& words : embedded_words()) {
    std::string text;
    for (std::size_t at = 0; at < words.toml.size();) {
      const std::size_t end = std::min(words.toml.find('\n', at), words.toml.size());
      const std::string line(words.toml.substr(at, end - at));
      if (!line.empty() && line[0] != '#') text += line.substr(0, line.find(" #")) + "\n";
      at = end + 1;
    }
    for (const char* word : {"cramp",    "injur",  "hurt",    "sick",          "exhaust",
                             "pain",     "suffer", "struggl", "cheat",         "cut the",
                             "suspicio", "Krampf", "verletz", "krank",         "ersch\u00f6pf",
                             "Schmerz",  "litt ",  "betrog",  "verd\u00e4cht", "abgek\u00fcrzt"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << words.code << ": " << word;
    }
  }
}

// Never: para, mode and guide without `tell`, an age or a city that the race does not publish.
TEST(Never, NoTextNamesWhatTheRaceDoesNotPublish) {
  FieldBuilder field = eventful_field();
  field.results().event.publish_columns = {};
  for (std::size_t i = 0; i < field.results().persons.size(); ++i) {
    model::Person& person = field.results().persons[i];
    person.para = "T64 amputee";
    person.city = "Quellstadt";
    person.group = "Blue Caps";
    person.club = "Harriers";
    person.guide_of = field.results().entrants[(i + 1) % 7].bib.str();
    person.why = person.cause = person.dedication = "This is nobody's business.";
    person.note = "has a heart condition";
    field.results().entrants[i].age = 107;
  }
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(moment, field.results(), language);
      for (const char* word : {"T64", "Quellstadt", "Blue Caps", "Harriers", "guide", "Guide",
                               "business", "heart", " 107 ", ", 107"}) {
        EXPECT_EQ((words.headline + " " + words.text).find(word), std::string::npos) << words.text;
      }
    }
  }
}

}  // namespace
}  // namespace hs::present
