#include "moments/ages.h"

#include <algorithm>

namespace hs::moments {

bool publishes_ages(const model::EventResults& results) {
  const auto& columns = results.event.publish_columns;
  return std::find(columns.begin(), columns.end(), "age") != columns.end();
}

bool is_anybody_running_aged(const FieldView& view, double least, double most) {
  const auto& runners = view.results->runners;
  return std::any_of(runners.begin(), runners.end(), [&](const model::RunnerResult& runner) {
    if (runner.race != view.race || runner.status != model::RunnerStatus::Running) return false;
    const model::Entrant& entrant = view.results->entrants[runner.entrant.raw()];
    return entrant.mode == model::Mode::Foot && entrant.age && *entrant.age >= least &&
           *entrant.age <= most;
  });
}

}  // namespace hs::moments
