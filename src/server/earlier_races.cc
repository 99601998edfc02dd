#include "server/earlier_races.h"

#include <algorithm>
#include <optional>

#include "model/past.h"
#include "moments/earlier.h"
#include "moments/field_view.h"

namespace hs::server {
namespace {

using model::PastRace;
using model::PastResult;

struct Before {
  std::int64_t races = 0;
  std::int64_t here = 0;
  const PastResult* best = nullptr;  ///< Null: no time over this length is known.
  int last_year = 0;
};

Before sum_up(const model::Past& past, const std::vector<PastResult>& results, model::RaceId race,
              base::Distance length) {
  Before out;
  for (const PastResult& one : results) {
    if (one.sure < moments::kLeastSure || one.status != model::RunnerStatus::Finished) continue;
    const PastRace& there = past.races[one.race];
    ++out.races;
    if (there.continued_by == race) ++out.here;
    out.last_year = std::max(out.last_year, there.date.year);
    if (!one.time || !model::is_as_long(there, length)) continue;
    if (out.best == nullptr || *one.time < *out.best->time) out.best = &one;
  }
  return out;
}

}  // namespace

void write_before(present::JsonOut& out, const RaceView& view, model::EntrantId id) {
  const engine::SnapshotRunner& runner = view.runner(id);
  const auto& past = view.told().overview->results.past;
  const auto number = view.told_number(id);
  if (!past || !number || number->raw() >= past->runners.size()) return;
  if (runner.entrant->is_private || moments::is_minor(*runner.entrant) || view.is_hidden(id))
    return;
  const model::Race& race = view.race(runner.result.race);
  const Before before =
      sum_up(*past, past->runners[number->raw()], runner.result.race, race.points.back().distance);
  if (before.races == 0) return;
  out.key("before");
  out.begin_object();
  out.integer_of("races", before.races);
  out.integer_of("here", before.here);
  out.integer_of("last_year", before.last_year);
  if (before.best != nullptr) {
    const PastRace& there = past->races[before.best->race];
    out.milliseconds_of("best_ms", *before.best->time);
    out.text_of("best_race", there.name.empty() ? there.id : there.name);
    out.integer_of("best_year", there.date.year);
  }
  out.end_object();
}

}  // namespace hs::server
