#include <optional>

#include "moments/detector.h"

// Implementation notes: the view holds those on foot; these are the others, so this looks at the
// results themselves. What somebody moves with is told only where the race made a division of it:
// then it stands in the results already. A win over nobody is told only of somebody who was first
// of everybody, wheels and feet.

namespace hs::moments {
namespace {

struct Winner {
  model::EntrantId id;
  std::uint32_t finishers = 0;
};

bool is_first(const std::optional<model::Placing>& placing) {
  return placing && placing->place == 1 && !placing->shared;
}

std::optional<Winner> winner_of(const FieldView& view, model::DivisionId division) {
  std::optional<Winner> winner;
  std::uint32_t finishers = 0;
  for (const model::RunnerResult& runner : view.results->runners) {
    if (runner.race != view.race || runner.division != division) continue;
    if (runner.status != model::RunnerStatus::Finished || !runner.net) continue;
    ++finishers;
    if (is_first(runner.places.division)) winner = Winner{runner.entrant};
  }
  if (winner) winner->finishers = finishers;
  return winner;
}

/// How many have a place in the whole race.
std::uint32_t placed_of(const FieldView& view) {
  std::uint32_t placed = 0;
  for (const model::RunnerResult& runner : view.results->runners) {
    placed += runner.race == view.race && runner.places.overall ? 1u : 0u;
  }
  return placed;
}

model::Evidence finish_evidence(const FieldView& view, const model::RunnerResult& runner) {
  model::Evidence evidence;
  evidence.what = "passing";
  evidence.from = view.point_name(0);
  evidence.to = view.point_name(view.finish());
  evidence.bibs = {view.results->entrants[runner.entrant.raw()].bib};
  evidence.seconds = std::chrono::duration_cast<std::chrono::seconds>(runner.net->value()).count();
  const auto& passing = runner.splits.back().passing;
  if (passing && passing->read) evidence.reads = {*passing->read};
  return evidence;
}

}  // namespace

std::vector<Found> find_winners_of_kinds(const FieldView& view) {
  std::vector<Found> found;
  const auto& divisions = view.race_config().divisions;
  for (std::size_t i = 0; i < divisions.size(); ++i) {
    if (!divisions[i].mode || *divisions[i].mode == model::Mode::Foot) continue;
    const auto winner = winner_of(view, model::DivisionId(static_cast<std::uint16_t>(i)));
    if (!winner || view.results->entrants[winner->id.raw()].is_private) continue;
    if (view.results->runners[winner->id.raw()].hidden_by) continue;
    if (has_open_question(*view.results, winner->id)) continue;
    const model::RunnerResult& runner = view.results->runners[winner->id.raw()];
    const bool first_of_all = is_first(runner.places.overall);
    if (winner->finishers < 2 && !first_of_all) continue;
    Found one;
    one.moment = make_moment_of(view, model::MomentKind::WinnerOfKind, {winner->id}, view.finish(),
                                0.0, 1.0);
    put_on_shelf(one.moment);
    one.minutes_order = winner->finishers;
    model::Evidence win;
    win.what = "division-win";
    win.to = view.point_name(view.finish());
    win.bibs = {view.results->entrants[winner->id.raw()].bib};
    win.given = divisions[i].id;
    win.rank_in_field = 1;
    win.of = winner->finishers;
    one.moment.evidence = {win, finish_evidence(view, runner)};
    if (first_of_all) {
      model::Evidence overall;
      overall.what = "place";
      overall.to = win.to;
      overall.bibs = win.bibs;
      overall.rank_in_field = 1;
      overall.of = placed_of(view);
      one.moment.evidence.push_back(overall);
    }
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace hs::moments
