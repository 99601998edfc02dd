// Reasons and attention in words: every verdict and every kind, their numbers, and their tone.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "present/attention_words.h"
#include "present/command_text.h"
#include "present/reason.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using model::Attention;
using model::Verdict;
using test_support::duration;
using test_support::ResultsBuilder;

/// Words that accuse somebody. None may stand in any text about a runner.
constexpr std::array kAccusing = {"cheat",   "cut the course", "fraud",   "suspicious", "dishonest",
                                  "illegal", "fake",           "invalid", "guilty",     " lied",
                                  "skipped", "shortcut",       "violat",  "offen"};

void expect_calm(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const char* word : kAccusing) {
    EXPECT_EQ(text.find(word), std::string::npos) << word << " in: " << text;
  }
}

struct Field {
  ResultsBuilder b;
  model::RaceId half = b.race("half");
  model::EntrantId ana = b.runner(half, "812", "Ana Ruiz", model::Sex::Female, 34);
  model::EntrantId bo = b.runner(half, "7", "Bo");

  Field() {
    b.stream("FINISH1", "arch");
    b.finish(ana, "3.5", {"42:10", "1:31:05.2"});
  }

  std::string reason(const model::ReadView& read) {
    const model::EventResults results = b.build();
    return reason_for(read, results, ReadIndex(results));
  }
  model::ReadView view(std::string_view time, Verdict verdict,
                       std::optional<std::size_t> point = std::nullopt) {
    model::ReadView out = b.read(ana, time, verdict);
    b.results.reads.pop_back();
    if (point.has_value()) out.point = model::PointId(static_cast<std::uint16_t>(*point));
    return out;
  }
};

TEST(Reason, EveryVerdictHasWordsWithAndWithoutNumbers) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Verdict::Duplicate); ++i) {
    Field field;
    model::ReadView read = field.view("08:15:00", static_cast<Verdict>(i), 2);
    read.amount = duration("12:03");
    read.other = model::FactSeq(102);
    EXPECT_FALSE(field.reason(read).empty()) << i;
    expect_calm(field.reason(read));
    model::ReadView bare = field.view("08:15:00", static_cast<Verdict>(i));
    bare.entrant.reset();
    EXPECT_FALSE(field.reason(bare).empty()) << i;
    EXPECT_NE(field.reason(bare).back(), '.') << i;
  }
}

TEST(Reason, BeforeTheGunSaysByHowMuch) {
  Field field;
  model::ReadView read = field.view("07:59:58.8", Verdict::BeforeGun, 0);
  EXPECT_EQ(field.reason(read), "1.2 s before the gun of wave A");
  read.amount = duration("1.2");
  EXPECT_EQ(field.reason(read), "1.2 s before the gun of wave A");
}

TEST(Reason, TooEarlySaysWhatNobodyCanRun) {
  Field field;
  const model::ReadView read = field.view("08:15:03.5", Verdict::TooEarly, 2);
  EXPECT_EQ(field.reason(read),
            "heard for finish 15:00 after the start; nobody covers the 21.0975 km between in less "
            "than 29:32");
}

TEST(Reason, TooEarlyCountsFromThePointBefore) {
  Field field;
  const model::ReadView read = field.view("08:50:13.5", Verdict::TooEarly, 2);
  EXPECT_EQ(field.reason(read),
            "heard for finish 8:00 after 10k; nobody covers the 11.0975 km between in less than "
            "15:32");
}

TEST(Reason, TheWindowTheVisitAndTheFinishAreNamed) {
  Field field;
  model::ReadView late = field.view("08:42:03", Verdict::OutsideWindow, 0);
  late.amount = duration("12:03");
  EXPECT_EQ(field.reason(late), "12:03 after the start window of 30:00 had closed");
  model::ReadView dwell = field.view("08:42:16.7", Verdict::Dwell, 1);
  EXPECT_EQ(field.reason(dwell), "the same visit, 3.2 s after the read that counts");
  EXPECT_EQ(field.reason(field.view("09:41:00", Verdict::LateRepeat)),
            "another visit, 9:51 after the finish had counted");
  EXPECT_EQ(field.reason(field.view("08:42:13.5", Verdict::Counted, 1)),
            "counts for 10k: net time 0:42:10.000");
  model::ReadView forced = field.view("08:42:13.5", Verdict::ForcedByRuling, 1);
  forced.other = model::FactSeq(900);
  EXPECT_EQ(field.reason(forced), "counts for 10k by ruling #900");
}

TEST(Reason, ABackupThatCountsSaysSo) {
  Field field;
  field.b.result(field.ana).splits[1].passing->role = model::ReadRole::Backup;
  EXPECT_EQ(field.reason(field.view("08:42:13.5", Verdict::Counted, 1)),
            "backup, as the main mat did not hear the visit; counts for 10k: net time "
            "0:42:10.000");
}

Attention item_of(Attention::Kind kind, const Field& field) {
  Attention item;
  item.kind = kind;
  item.race = field.half;
  item.entrant = field.ana;
  item.other_entrant = field.bo;
  item.point = model::PointId(1);
  item.mat = "pier";
  item.tag = test_support::tag("C812");
  item.fact = model::FactSeq(77);
  item.amount = duration("12:03");
  item.spread = duration("0.2");
  item.from = ResultsBuilder::at("09:10:00");
  item.until = ResultsBuilder::at("09:25:00");
  item.count = 3;
  item.of = 120;
  item.text = "reads/pier.csv:12:3";
  return item;
}

TEST(AttentionWords, EveryKindSaysWhatAndWhatToDo) {
  constexpr auto kLast = static_cast<std::size_t>(Attention::Kind::Assistance);
  for (std::size_t i = 0; i <= kLast; ++i) {
    const auto kind = static_cast<Attention::Kind>(i);
    Field field;
    Attention bare;
    bare.kind = kind;
    for (const Attention& item : {item_of(kind, field), bare}) {
      const AttentionWords words = words_for(item, field.b.build(), "race");
      for (const std::string& text : {words.what, words.act}) {
        ASSERT_FALSE(text.empty()) << model::name_of(kind);
        EXPECT_EQ(text.back(), '.') << text;
        EXPECT_EQ(text.find(".."), std::string::npos) << text;
        EXPECT_EQ(text.find("  "), std::string::npos) << text;
        expect_calm(text);
      }
    }
  }
}

TEST(AttentionWords, NumbersAndCommandsAreExact) {
  using Kind = Attention::Kind;
  Field field;
  model::EventResults results = field.b.build();
  const auto words = [&](Kind kind) { return words_for(item_of(kind, field), results, "race"); };
  EXPECT_EQ(words(Kind::DeadMat).what, "No reads came from mat pier, which 120 runners passed.");
  model::StreamHealth pier;
  pier.stream.mat = "pier";
  results.streams.push_back(pier);
  EXPECT_EQ(
      words(Kind::DeadMat).what,
      "Of 120 runners who passed mat pier between 09:10:00 and 09:25:00, it heard 3 (2.5 %).");
  EXPECT_NE(words(Kind::LateStart)
                .act.find("homestretch rule race --bib 812 --accept-start --reason TEXT --by NAME"),
            std::string::npos);
  EXPECT_NE(words(Kind::OtherWaveStart).act.find("--accept-wave"), std::string::npos);
  EXPECT_EQ(words(Kind::SharedInstant).what.find("Bib 812 and bib 7"), 0U);
  EXPECT_NE(words(Kind::ClockSuspected).what.find("12:03 \xC2\xB1 0.2 s"), std::string::npos);
  EXPECT_NE(words(Kind::RulingWithoutRunner).act.find("homestretch undo race 77 --by NAME"),
            std::string::npos);
  Attention gun;
  gun.kind = Kind::NoGun;
  gun.race = field.half;
  gun.text = "B";
  EXPECT_NE(words_for(gun, results, "race")
                .act.find("homestretch gun race --race half --wave B --at T --by NAME"),
            std::string::npos);
}

TEST(Commands, BecomeTheFormsOfAPageAndTheWordsBetweenThemStay) {
  using Kind = Attention::Kind;
  Field field;
  const model::EventResults results = field.b.build();
  const auto steps = [&](Kind kind) {
    const AttentionWords words = words_for(item_of(kind, field), results, "race");
    return steps_of(words.act, words.commands);
  };
  const auto unresolved = steps(Kind::Unresolved);
  ASSERT_EQ(unresolved.size(), 5U);
  EXPECT_EQ(unresolved[0].text, "First make sure that the runner is safe. If they stopped: ");
  EXPECT_EQ(unresolved[1].form.kind, "dnf");
  EXPECT_EQ(unresolved[1].form.bib, "812");
  EXPECT_EQ(unresolved[1].form.race, "half");
  EXPECT_EQ(unresolved[2].text, "; if they finished: ");
  EXPECT_EQ(unresolved[3].form.kind, "finish");
  EXPECT_EQ(unresolved[4].text, ".");
  const auto assistance = steps(Kind::Assistance);
  EXPECT_EQ(assistance.at(1).form.kind, "assisted");
  EXPECT_EQ(assistance.at(3).form.kind, "reinstate");
  EXPECT_EQ(assistance.at(3).form.clause, "assistance");
  const auto undo = steps(Kind::RulingWithoutEffect);
  EXPECT_EQ(undo.at(1).form.kind, "undo");
  EXPECT_EQ(undo.at(1).form.fact, model::FactSeq(77));
  EXPECT_EQ(steps(Kind::OtherAssignment).at(1).form.kind, "explain");
  // What only the terminal does stays a command in the words.
  const auto clock = steps(Kind::ClockSuspected);
  ASSERT_EQ(clock.size(), 1U);
  EXPECT_NE(clock[0].text.find("homestretch doctor race --propose > FILE"), std::string::npos);
}

TEST(Commands, NoFormOfAThingToDoIsACommand) {
  constexpr auto kLast = static_cast<std::size_t>(Attention::Kind::Assistance);
  for (std::size_t i = 0; i <= kLast; ++i) {
    const auto kind = static_cast<Attention::Kind>(i);
    Field field;
    const AttentionWords words = words_for(item_of(kind, field), field.b.build(), "race");
    for (const CommandStep& step : steps_of(words.act, words.commands)) {
      EXPECT_EQ(step.text.find("homestretch rule"), std::string::npos) << step.text;
      EXPECT_EQ(step.text.empty(), !step.form.kind.empty());
    }
  }
}

TEST(Commands, NameTheRaceOnlyWhereThereAreSeveralAndQuoteForTheShell) {
  Field field;
  const model::EventResults one = field.b.build();
  EXPECT_EQ(Commands(one, "my race").explain(field.ana), "homestretch explain 'my race' --bib 812");
  field.b.race("five");
  const model::EventResults two = field.b.build();
  EXPECT_EQ(Commands(two, "e").explain(field.ana), "homestretch explain e --bib 812 --race half");
  EXPECT_EQ(shell_word("a'b;c"), "'a'\\''b;c'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("reads/F-1.csv"), "reads/F-1.csv");
}

}  // namespace
}  // namespace hs::present
