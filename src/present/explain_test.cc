// What a person reads on a terminal: explain, the summary, doctor, and differences.

#include "present/explain.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/fact_codec.h"
#include "model/json.h"
#include "present/changes.h"
#include "present/display_width.h"
#include "present/doctor.h"
#include "present/table.h"
#include "present/terminal.h"
#include "present/wording.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using test_support::bib;
using test_support::duration;
using test_support::ResultsBuilder;

void expect_fits(const std::string& text) {
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(text.back(), '\n');
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(display_width(line), kTerminalWidth) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << "'" << line << "'";
    begin = end + 1;
  }
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The words of a text with all runs of white space as one blank: line breaks do not matter.
std::string flowed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

struct Field {
  ResultsBuilder b;
  model::RaceId half = b.race("half");
  model::EntrantId ana = b.runner(half, "812", "Ana Ruiz", model::Sex::Female, 34);
  model::EntrantId gun_only =
      b.runner(half, "7", "\xE6\x9D\x8E\xE5\xB0\x8F\xE9\xBE\x99", model::Sex::Male, 40);
  model::EntrantId lost = b.runner(half, "66", "\xD7\x93\xD7\x95\xD7\x93", model::Sex::Male, 41);

  Field() {
    b.stream("FINISH1", "arch");
    b.finish(ana, "3.5", {"42:10", "1:31:05.2"});
    b.finish(gun_only, "", {"", "1:31:08.7"});
    b.finish(lost, "2", {"40:00", ""});
    b.results.missed.push_back({gun_only, model::PointId(1), base::NetTime(duration("41:00")),
                                base::NetTime(duration("44:10"))});
    b.read(ana, "08:15:00", model::Verdict::TooEarly, model::PointId(2)).amount = duration("14:35");
  }
};

TEST(Explain, SaysEveryTimeAndWhereItCameFrom) {
  Field field;
  const std::string text = explain(field.b.build(), field.ana, {});
  expect_fits(text);
  const std::string words = flowed(text);
  EXPECT_TRUE(has(words,
                  "Finished. Official time 1:31:09: the gun time, rounded up to the next "
                  "whole second (wa-road "))
      << text;
  EXPECT_TRUE(has(words,
                  "gun time 1:31:08.700 from the gun of the own wave at 08:00:00.000 to the "
                  "finish at 09:31:08.700"));
  EXPECT_TRUE(has(words, "net time 1:31:05.200 from the own start"));
  EXPECT_TRUE(has(words, "heard on the start mat at 08:00:03.500, 3.5 s after the own gun"));
  EXPECT_TRUE(has(words, "1st= of 2 overall, 1st of 1 women"));
  EXPECT_TRUE(has(words,
                  "too-early heard for finish 14:56 after the start; nobody covers the "
                  "21.0975 km between in less than 29:32"));
}

TEST(Explain, AnswersWhyNetEqualsGun) {
  Field field;
  const std::string words = flowed(explain(field.b.build(), field.gun_only, {}));
  EXPECT_TRUE(has(words, "Net time equals gun time, because no start of this runner was heard"));
  EXPECT_TRUE(has(words, "not heard: net between 0:41:00 and 0:44:10")) << words;
}

TEST(Explain, AnswersWhyNetIsLongerThanGun) {
  Field field;
  field.b.result(field.ana).start_source = model::StartSource::OtherWave;
  field.b.result(field.ana).start_offset = duration("-14:30");
  const std::string words = flowed(explain(field.b.build(), field.ana, {}));
  EXPECT_TRUE(has(words, "14:30 before the own gun, with another wave"));
  EXPECT_TRUE(has(words, "longer than gun time"));
}

TEST(Explain, NamesBothWavesOfARunnerWhomTheRefereeMoved) {
  Field field;
  field.b.race_at(field.half).waves.push_back({"B", ResultsBuilder::at("08:10:00")});
  EXPECT_TRUE(has(explain(field.b.build(), field.ana, {}), ", wave A\n"));
  field.b.entrant(field.ana).wave = "B";
  const model::EventResults results = field.b.build();
  EXPECT_TRUE(has(explain(results, field.ana, {}), ", wave A by ruling; entered in B\n"));
  const std::string json = explain_json(results, field.ana, {});
  EXPECT_TRUE(has(json, R"("wave":"A","entered_wave":"B")")) << json;
  EXPECT_FALSE(has(explain_json(results, field.gun_only, {}), "entered_wave"));
}

TEST(Explain, NamesTheWaveOfAnotherRaceWhoseGunCountsByRuling) {
  Field field;
  const model::RaceId early = field.b.race("10k");
  field.b.race_at(early).waves = {{"dawn", ResultsBuilder::at("07:30:00")}};
  field.b.result(field.ana).gun_at = ResultsBuilder::at("07:30:00");
  EXPECT_TRUE(
      has(explain(field.b.build(), field.ana, {}), ", wave dawn of 10k by ruling; entered in A\n"));
}

TEST(Explain, SaysHowAFinisherStandsToEachStandard) {
  Field f;
  model::EventResults results = f.b.results;
  EXPECT_FALSE(has(explain(results, f.ana, {}), "Standards"));
  model::RunnerResult& ana = results.runners[f.ana.raw()];
  const base::Duration net = std::chrono::duration_cast<std::chrono::seconds>(ana.net->value());
  model::Standard standard;
  standard.name = "City 2027";
  standard.times = {{model::Sex::Female, 18, 34, net + std::chrono::seconds(9)}};
  auto& standards = results.event.races[f.half.raw()].standards;
  standards = {standard, standard, standard, standard};
  standards[1].name = "Hill";
  standards[1].course_index = std::chrono::seconds(13);
  standards[2].name = "Lake";
  standards[2].age_on = base::Date{2027, 4, 19};
  standards[3].name = "Past";
  standards[3].until = base::Date{1999, 12, 31};
  const std::string text = explain(results, f.ana, {});
  expect_fits(text);
  const std::string time = h_mm_ss(standard.times[0].time);
  EXPECT_TRUE(has(text, "0:00:09 under City 2027 (F 18-34, " + time + ")\n")) << text;
  EXPECT_TRUE(has(text, "0:00:04 over Hill (F 18-34, " + time + ", 0:00:13 added")) << text;
  EXPECT_TRUE(has(text, "Lake: not compared: without a birth date the age on 2027-04-19")) << text;
  EXPECT_TRUE(has(text, "Past: not compared: a race on")) << text;
  const std::string json = explain_json(results, f.ana, {});
  ASSERT_TRUE(model::parse_json(json)) << json;
  EXPECT_TRUE(has(json, "\"name\":\"Hill\"")) << json;
  EXPECT_TRUE(has(json, "\"left_seconds\":-4")) << json;
  EXPECT_FALSE(has(json, "Lake")) << json;
  ana.status = model::RunnerStatus::DidNotFinish;
  EXPECT_FALSE(has(explain(results, f.ana, {}), "Standards"));
}

TEST(Explain, SaysWhoTheOthersOfADeadHeatAre) {
  Field field;
  model::RulingFact heat;
  heat.kind = model::RulingFact::Kind::DeadHeat;
  heat.race = "half";
  heat.bib = bib("812");
  heat.with = {bib("7")};
  heat.author.by = "J. Doe";
  const std::vector<model::Fact> all = {{model::FactSeq(900), heat}};
  ExplainOptions options;
  options.decisions = all;
  EXPECT_TRUE(has(explain(field.b.build(), field.ana, options), "dead heat with bib 7 (J. Doe)"));
  EXPECT_TRUE(
      has(explain(field.b.build(), field.gun_only, options), "dead heat with bib 812 (J. Doe)"));
}

TEST(Explain, FitsWhateverTheStatusAndTheName) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(model::RunnerStatus::Stopped); ++i) {
    Field field;
    field.b.person(field.lost).name = std::string(200, 'W') + "\xF0\x9F\x8F\x83\n";
    field.b.result(field.lost).status = static_cast<model::RunnerStatus>(i);
    expect_fits(explain(field.b.build(), field.lost, {}));
    EXPECT_FALSE(status_words(static_cast<model::RunnerStatus>(i)).empty());
  }
}

TEST(Explain, ColourOnlyWhereAsked) {
  Field field;
  ExplainOptions options;
  EXPECT_FALSE(has(explain(field.b.build(), field.ana, options), "\x1b"));
  options.colour = Colour::Yes;
  EXPECT_TRUE(has(explain(field.b.build(), field.ana, options), "\x1b["));
}

std::vector<model::Fact> some_decisions() {
  model::RulingFact penalty;
  penalty.kind = model::RulingFact::Kind::Penalty;
  penalty.race = "half";
  penalty.bib = bib("812");
  penalty.amount = duration("30");
  penalty.reason = "left the pen early";
  penalty.author.by = "J. Doe";
  model::RulingFact other = penalty;
  other.bib = bib("7");
  model::UndoFact undo;
  undo.undone = model::FactSeq(900);
  undo.author.by = "J. Doe";
  model::UndoFact undo_of_undo = undo;
  undo_of_undo.undone = model::FactSeq(902);
  return {{model::FactSeq(900), penalty},
          {model::FactSeq(901), other},
          {model::FactSeq(902), undo},
          {model::FactSeq(903), undo_of_undo}};
}

TEST(Explain, ShowsDecisionsAboutTheRunnerAndWhetherTheyHold) {
  Field field;
  const std::vector<model::Fact> all = some_decisions();
  ExplainOptions options;
  options.decisions = all;
  const std::string whole = explain(field.b.build(), field.ana, options);
  EXPECT_TRUE(has(whole, "#900  penalty +0:00:30.000: left the pen early (J. Doe)\n")) << whole;
  EXPECT_TRUE(has(whole, "#902  takes back #900 (J. Doe), taken back since"));
  EXPECT_FALSE(has(whole, "#901"));
  options.decisions = std::span<const model::Fact>(all).first(3);
  const std::string undone = explain(field.b.build(), field.ana, options);
  EXPECT_TRUE(has(undone, "#900  penalty +0:00:30.000: left the pen early (J. Doe), taken back"));
}

TEST(Explain, ShowsNotesAboutTheRunner) {
  Field field;
  model::Note note;
  note.seq = model::FactSeq(500);
  note.note.bibs = {bib("812")};
  note.note.text = "Stopped to help at 15 km";
  note.note.author.by = "M. Shal";
  field.b.results.notes.push_back(note);
  EXPECT_TRUE(has(explain(field.b.build(), field.ana, {}),
                  "\"Stopped to help at 15 km\" (official, M. Shal, #500)"));
  EXPECT_FALSE(has(explain(field.b.build(), field.lost, {}), "Stopped to help"));
}

TEST(Explain, JsonCarriesTheSame) {
  Field field;
  const std::vector<model::Fact> all = some_decisions();
  ExplainOptions options;
  options.decisions = all;
  const std::string text = explain_json(field.b.build(), field.ana, options);
  const auto json = model::parse_json(text);
  ASSERT_TRUE(json.has_value()) << text;
  EXPECT_TRUE(has(text, "\"net_ms\":5465200"));
  EXPECT_TRUE(has(text, "\"verdict\":\"too-early\",\"reason\":\"heard for finish"));
  EXPECT_TRUE(has(text, "{\"fact\":902,\"kind\":\"undo\",\"holds\":false,"));
}

TEST(Summary, ShowsTheFirstAndTheWinnersOfEachSex) {
  Field field;
  SummaryOptions options;
  options.top = 1;
  model::Attention item;
  item.kind = model::Attention::Kind::Unresolved;
  item.severity = model::Severity::Act;
  item.race = field.half;
  item.entrant = field.lost;
  field.b.results.attention = {item, item};
  const std::string text = score_summary(field.b.build(), {}, options);
  expect_fits(text);
  const std::string words = flowed(text);
  EXPECT_TRUE(has(words, "1= 812 Ana Ruiz F 1:31:09 1:31:05.200")) << text;
  EXPECT_TRUE(has(words, "3 entries, 1 UNR, 2 FIN"));
  EXPECT_TRUE(has(words, "act 2 unresolved e.g. Bib 66 was heard on the course"));
}

TEST(Summary, AnEmptyRaceAndAPrivateRunnerAreFine) {
  ResultsBuilder b;
  const auto half = b.race("half");
  expect_fits(score_summary(b.build(), {}, {}));
  const auto hidden = b.runner(half, "9", "Not To Be Seen");
  b.entrant(hidden).is_private = true;
  b.finish(hidden, "1", {"50:00", "1:50:00"});
  const std::string text = score_summary(b.build(), {}, {});
  EXPECT_TRUE(has(text, "Bib 9"));
  EXPECT_FALSE(has(text, "Not To Be Seen"));
}

struct Clocks {
  Field field;
  model::ClockCompare clock;

  Clocks() {
    const auto third = field.b.stream("FINISH3", "arch");
    clock.stream = third;
    clock.against = model::StreamId(1);
    clock.pairs = 120;
    clock.offset = duration("-1.5");
    clock.offset_error = duration("0.2");
    clock.spacing = base::Distance::millimetres(2130);
  }
  model::EventResults results() {
    field.b.results.clocks = {clock};
    return field.b.build();
  }
};

TEST(Doctor, KeepsAClocksOffsetApartFromLineSpacing) {
  Clocks clocks;
  EXPECT_EQ(clock_sentence(clocks.clock, clocks.results()),
            "FINISH3 (reads/FINISH3.csv at arch) behind FINISH1 (reads/FINISH1.csv at arch) by 1.5 "
            "s \xC2\xB1 0.2 s; spacing of the lines 2.1 m");
  clocks.clock.offset = duration("1.5");
  EXPECT_TRUE(has(clock_sentence(clocks.clock, clocks.results()),
                  "FINISH3 (reads/FINISH3.csv at arch) ahead of FINISH1 ("));
  clocks.clock.offset.reset();
  EXPECT_TRUE(has(clock_sentence(clocks.clock, clocks.results()),
                  "cannot tell a clock's offset from line spacing"));
}

TEST(Doctor, ProposesTheCorrectionForWhoeverAcceptsIt) {
  Clocks clocks;
  const auto lines = proposals(clocks.results());
  ASSERT_EQ(lines.size(), 1U);
  const auto fact = model::from_json_line(lines[0], "A. Timer");
  ASSERT_TRUE(fact.has_value()) << lines[0];
  const auto& correction = std::get<model::ClockCorrectionFact>(*fact);
  EXPECT_EQ(correction.device, "FINISH3");
  EXPECT_EQ(correction.offset, duration("1.5"));
  EXPECT_EQ(correction.author.by, "A. Timer");
}

TEST(Doctor, ProposesNothingThatItsOwnErrorSwallows) {
  Clocks clocks;
  clocks.clock.offset_error = duration("2");
  EXPECT_TRUE(proposals(clocks.results()).empty());
  clocks.clock.offset.reset();
  EXPECT_TRUE(proposals(clocks.results()).empty());
}

TEST(Doctor, ProposesAWholeZoneForADeviceAloneAtItsMat) {
  Field field;
  model::CourseClock clock;
  clock.stream = model::StreamId(1);
  clock.runners = 40;
  clock.apart = duration("59:58");
  clock.spread = duration("20");
  field.b.results.course_clocks = {clock};
  EXPECT_TRUE(proposals(field.b.build()).empty());
  EXPECT_TRUE(has(flowed(doctor_report(field.b.build(), Colour::No)),
                  "FINISH1 (reads/FINISH1.csv at arch) ahead of an even pace between the points "
                  "around it by 59:58"));
  field.b.results.course_clocks[0].correction = duration("-1:00:00");
  const auto lines = proposals(field.b.build());
  ASSERT_EQ(lines.size(), 1U);
  const auto fact = model::from_json_line(lines[0], "A. Timer");
  ASSERT_TRUE(fact.has_value()) << lines[0];
  EXPECT_EQ(std::get<model::ClockCorrectionFact>(*fact).offset, duration("-1:00:00"));
}

TEST(Doctor, ProposesAHandReadThatFoundItsRunner) {
  Field field;
  model::Attention item;
  item.kind = model::Attention::Kind::HandTiming;
  item.entrant = field.lost;
  item.mat = "arch";
  item.from = ResultsBuilder::at("09:45:00.5");
  field.b.results.attention = {item};
  const auto lines = proposals(field.b.build());
  ASSERT_EQ(lines.size(), 1U);
  const auto fact = model::from_json_line(lines[0], "A. Timer");
  ASSERT_TRUE(fact.has_value()) << lines[0];
  EXPECT_EQ(std::get<model::HandReadFact>(*fact).at, ResultsBuilder::at("09:45:00.5"));
}

TEST(Doctor, PrintsEachCommandUnbrokenOnALineOfItsOwn) {
  Field field;
  model::Attention item;
  item.severity = model::Severity::Act;
  item.kind = model::Attention::Kind::Unresolved;
  item.race = field.half;
  item.entrant = field.lost;
  field.b.results.attention = {item};
  // A path that could be taken for the end of a sentence, and longer than a line.
  const std::string path = "/events/St. John's; " + std::string(90, 'x');
  const std::string text = doctor_report(field.b.build(), Colour::No, path);
  const std::string event = "'/events/St. John'\\''s; " + std::string(90, 'x') + "'";
  EXPECT_TRUE(has(text, "\n          homestretch rule " + event +
                            " --bib 66 --dnf --reason TEXT --by NAME\n        If they finished:\n"))
      << text;
  EXPECT_TRUE(has(text, "\n          homestretch rule " + event +
                            " --bib 66 --finish T --reason TEXT --by NAME\n"))
      << text;
}

TEST(Doctor, NamesTheFileAndMatBesideADevice) {
  Clocks clocks;
  const std::string text = doctor_report(clocks.results(), Colour::No);
  EXPECT_TRUE(has(flowed(text), "reads/FINISH3.csv")) << text;
}

TEST(Doctor, ReportsMatsAndPoorMinutes) {
  Clocks clocks;
  model::MatHealth mat;
  mat.mat = "pier";
  mat.heard = 999;
  mat.passed = 1000;
  mat.minutes = {{ResultsBuilder::at("09:10:00"), 3, 10},
                 {ResultsBuilder::at("09:11:00"), 0, 10},
                 {ResultsBuilder::at("09:12:00"), 10, 10}};
  clocks.field.b.results.mats = {mat};
  const std::string text = doctor_report(clocks.results(), Colour::No);
  expect_fits(text);
  EXPECT_TRUE(has(flowed(text), "pier 999 1,000 99.9 % 09:10-09:11")) << text;
}

TEST(Changes, SayWhatDiffersAndNothingElse) {
  Field field;
  model::Event before = field.b.build().event;
  model::Event after = before;
  EXPECT_TRUE(describe_changes(before, after).empty());
  after.ends = ResultsBuilder::at("08:00:00") + std::chrono::hours(24);
  EXPECT_EQ(describe_changes(before, after).at(0).substr(0, 12), "event: ends ");
  EXPECT_NE(describe_changes(before, after).at(0).find("-> 2026-05-09 08:00:00"),
            std::string::npos);
  after.ends = before.ends;
  after.races[0].waves[0].gun = ResultsBuilder::at("08:00:10.250");
  after.races[0].points[1].mat = "bridge";
  after.races[0].waves.push_back({"B", std::nullopt});
  EXPECT_EQ(describe_changes(before, after),
            (std::vector<std::string>{"half point 10k: mat pier -> bridge",
                                      "half wave A: gun 08:00:00 -> 08:00:10.250",
                                      "half: wave B is new"}));
}

TEST(Changes, OfAnEntryNameTheirValues) {
  Field field;
  const model::Entrant before = field.b.entrant(field.ana);
  model::Entrant after = before;
  model::Person person = field.b.person(field.ana);
  model::Person moved = person;
  EXPECT_TRUE(describe_changes(before, person, after, moved).empty());
  after.wave = "B";
  after.chips.push_back(test_support::tag("1234"));
  moved.club = "Harriers";
  EXPECT_EQ(describe_changes(before, person, after, moved),
            (std::vector<std::string>{"half 812: chips none -> 1234", "half 812: wave none -> B",
                                      "half 812: club none -> Harriers"}));
}

TEST(Wording, TimesPlacesAndCounts) {
  EXPECT_EQ(short_time(duration("1.25")), "1.2 s");
  EXPECT_EQ(short_time(duration("-42")), "42 s");
  EXPECT_EQ(short_time(duration("0.034")), "0.034 s");
  EXPECT_EQ(short_time(duration("0")), "0 s");
  EXPECT_EQ(short_time(duration("15:00.9")), "15:00");
  EXPECT_EQ(short_time(duration("1:36:28")), "1:36:28");
  EXPECT_EQ(distance_text(base::Distance::metres(42'195)), "42.195 km");
  EXPECT_EQ(distance_text(base::Distance::metres(800)), "800 m");
  EXPECT_EQ(ordinal({1, false}), "1st");
  EXPECT_EQ(ordinal({12, false}), "12th");
  EXPECT_EQ(ordinal({22, true}), "22nd=");
  EXPECT_EQ(ordinal({113, false}), "113th");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(counted(1, "entry", "entries"), "1 entry");
  EXPECT_EQ(percent(9'999, 10'000), "99.9 %");
  EXPECT_EQ(percent(1, 1), "100 %");
  EXPECT_EQ(percent(0, 0), "-");
}

}  // namespace
}  // namespace hs::present
