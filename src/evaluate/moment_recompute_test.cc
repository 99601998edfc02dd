#include "evaluate/moment_recompute.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "moments/find_moments.h"
#include "support/moment_field.h"

// Each kind of evidence has a second way: right numbers hold, and a wrong one is found.

namespace hs::evaluate {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::Seconds;

/// The one moment of that kind that a detector finds in the field.
model::Moment found_in(FieldBuilder& field, MomentKind kind) {
  const auto all = moments::find_moments(field.results());
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const model::Moment& moment) { return moment.kind == kind; });
  EXPECT_NE(at, all.end()) << model::name_of(kind);
  return at == all.end() ? model::Moment{} : *at;
}

/// Every number of that evidence is worked out, and each one changed by one is a wrong one.
void expect_each_number_checked(const model::Moment& moment, const char* what,
                                const model::EventResults& results) {
  const Recomputed right = recompute(std::array{moment}, results);
  EXPECT_EQ(right.wrong, 0u) << (right.complaints.empty() ? "" : right.complaints.front());
  EXPECT_EQ(right.unknown, 0u) << model::name_of(moment.kind);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < moment.evidence.size(); ++i) {
    if (moment.evidence[i].what != what) continue;
    model::Moment wrong = moment;
    model::Evidence& e = wrong.evidence[i];
    const auto expect_found = [&] {
      const Recomputed again = recompute(std::array{wrong}, results);
      EXPECT_GE(again.wrong, 1u) << what;
      e = moment.evidence[i];
      ++changed;
    };
    if (e.seconds) ++*e.seconds, expect_found();
    if (e.rank_in_field) ++*e.rank_in_field, expect_found();
    if (e.of) ++*e.of, expect_found();
  }
  EXPECT_GT(changed, 0u) << "no number in '" << what << "'";
}

TEST(Recompute, AStopFrontAndWhereMostWereLastHeard) {
  FieldBuilder field = moment_field::ordinary_field(1000);
  const auto last = FieldBuilder::gun() + std::chrono::hours(4);
  for (model::RunnerResult& runner : field.results().runners) {
    for (model::Split& split : runner.splits) {
      if (split.passing && split.passing->at > last) split = model::Split();
    }
    runner.net = runner.splits.back().net;
    if (!runner.net) runner.status = model::RunnerStatus::Unresolved;
  }
  const model::Moment moment = found_in(field, MomentKind::StopFront);
  for (const char* what : {"stop-front", "last-heard", "clock"}) {
    expect_each_number_checked(moment, what, field.results());
  }
}

TEST(Recompute, AStormsFinishers) {
  FieldBuilder field = moment_field::ordinary_field(300);
  field.runner(model::EntrantId(7)).status = model::RunnerStatus::DidNotFinish;
  model::Note note;
  note.seq = model::FactSeq(5);
  note.note.kind = model::NoteKind::Official;
  note.note.about = model::NoteSubject::Storm;
  note.note.text = "Thunder over the course";
  note.note.author.by = "R. Referee";
  field.results().notes.push_back(note);
  expect_each_number_checked(found_in(field, MomentKind::Storm), "finished", field.results());
}

TEST(Recompute, ALateStartAndThoseWhoWerePassed) {
  FieldBuilder field = moment_field::ordinary_field(600);
  double last = 0;
  for (auto& runner : field.results().runners) {
    runner.start_source = model::StartSource::Mat;
    const auto at = *runner.start_at - FieldBuilder::gun();
    last = std::max(last, static_cast<double>(at.count()) * 1e-6);
  }
  const auto id = field.add("90001", moment_field::even_marathon(280), last + 900.5);
  field.runner(id).start_source = model::StartSource::Mat;
  const model::Moment moment = found_in(field, MomentKind::LateStarter);
  expect_each_number_checked(moment, "start-behind", field.results());
  expect_each_number_checked(moment, "passed", field.results());
}

TEST(Recompute, ACutoffThatWasBeaten) {
  FieldBuilder field = moment_field::ordinary_field(600);
  auto net = moment_field::even_marathon(512);
  *net.back() = *net[net.size() - 2] + 1093;
  field.add("90001", net, 20.0);
  field.results().event.races[0].closes = FieldBuilder::gun() + std::chrono::hours(6);
  expect_each_number_checked(found_in(field, MomentKind::BeatTheCutoff), "cutoff", field.results());
}

TEST(Recompute, AWinInADivisionAndAmongAll) {
  FieldBuilder field = moment_field::ordinary_field(300);
  model::Division strollers;
  strollers.id = "stroller";
  strollers.mode = model::Mode::Stroller;
  field.results().event.races[0].divisions = {strollers};
  for (std::uint32_t i = 0; i < 2; ++i) {
    const auto id = field.add(std::to_string(90001 + i), moment_field::even_marathon(180 + i), 5.0);
    field.entrant(id).mode = model::Mode::Stroller;
    field.runner(id).division = model::DivisionId(0);
    field.runner(id).places.division = model::Placing{i + 1, false};
    field.runner(id).places.overall = model::Placing{i + 1, false};
  }
  const model::Moment moment = found_in(field, MomentKind::WinnerOfKind);
  expect_each_number_checked(moment, "division-win", field.results());
  expect_each_number_checked(moment, "place", field.results());
}

TEST(Recompute, AnEarlyPlaceByTheTimeThatRanks) {
  for (const auto by : {model::RankBy::Gun, model::RankBy::Clock, model::RankBy::Net}) {
    FieldBuilder field({{"1k", 1000}, {"3k", 3000}, {"finish", 5000}});
    field.results().event.races[0].rank_by = by;
    for (int i = 0; i < 12; ++i) {
      std::vector<Seconds> net = {200 + 3.0 * i, 620 + 9.0 * i, 1040 + 15.0 * i};
      if (i == 0) net = {234, 615, 1030};
      const auto id = field.add(std::to_string(i + 1), net, 1.0);
      field.runner(id).ranking = field.runner(id).net->value();
      field.runner(id).gun_at = FieldBuilder::gun();
    }
    field.rank();
    expect_each_number_checked(found_in(field, MomentKind::LastToFirst), "place-early",
                               field.results());
  }
}

TEST(Recompute, AStandardByItsOwnTableAndCount) {
  FieldBuilder field = moment_field::ordinary_field(900);
  auto net = moment_field::even_marathon(270);
  *net.back() = 4 * 3600 + 600 - 9;
  const auto id = field.add("90001", net, 30.0);
  field.entrant(id).sex = model::Sex::Female;
  field.entrant(id).age = 47;
  field.results().event.publish_columns = {"age"};
  model::Standard standard;
  standard.name = "City 2027";
  standard.times = {{model::Sex::Female, 18, 44, std::chrono::minutes(240)},
                    {model::Sex::Female, 45, std::nullopt, std::chrono::minutes(250)}};
  auto& standards = field.results().event.races[0].standards;
  standards = {standard};
  model::Moment moment = found_in(field, MomentKind::LateCollapse);
  expect_each_number_checked(moment, "barrier", field.results());
  // Another time of the table than that of her age is wrong, and so is another course.
  const auto told = std::find_if(moment.evidence.begin(), moment.evidence.end(),
                                 [](const auto& e) { return e.what == "barrier"; });
  ASSERT_NE(told, moment.evidence.end());
  ASSERT_EQ(told->given, "standard");
  standards[0].course_index = std::chrono::seconds(1);
  EXPECT_EQ(recompute(std::array{moment}, field.results()).wrong, 1u);
  standards[0].course_index = std::chrono::seconds(0);
  told->expected_seconds = 240 * 60;
  EXPECT_EQ(recompute(std::array{moment}, field.results()).wrong, 1u);
}

}  // namespace
}  // namespace hs::evaluate
