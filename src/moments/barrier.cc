#include "moments/barrier.h"

#include <cstdint>
#include <optional>

// Implementation notes: by net time, which the moment's own words give, and only where the official
// time is under the barrier too: nobody is told to have beaten what the results say they missed.

namespace hs::moments {
namespace {

constexpr std::int64_t kHalfHour = 1800;
constexpr std::int64_t kMostLeft = 10;
constexpr std::int64_t kLeastBarrier = 3600;

/// Whole seconds, cut as they are shown.
std::int64_t cut(base::Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

bool is_official_under(const model::RunnerResult& runner, std::int64_t barrier) {
  return !runner.official || cut(*runner.official) < barrier;
}

model::Evidence barrier_evidence(const model::BibNumber& bib, const std::string& finish,
                                 std::int64_t barrier, const char* given) {
  model::Evidence evidence;
  evidence.what = "barrier";
  evidence.to = finish;
  evidence.bibs = {bib};
  evidence.expected_seconds = barrier;
  evidence.given = given;
  return evidence;
}

}  // namespace

void add_barrier(const model::EventResults& results, model::Moment& moment) {
  if (moment.people.size() != 1) return;
  const std::size_t id = moment.people.front().raw();
  const model::RunnerResult& runner = results.runners[id];
  if (!runner.net || runner.status != model::RunnerStatus::Finished) return;
  const std::int64_t took = cut(runner.net->value());
  const model::BibNumber& bib = results.entrants[id].bib;
  const std::string& finish = results.event.races[moment.race.raw()].points.back().id;

  const auto& wanted = results.persons[id].goal_time;
  if (wanted && results.entrants[id].tell) {
    const std::int64_t goal = cut(*wanted);
    const bool is_made = took < goal && is_official_under(runner, goal);
    if (is_made && goal - took <= kMostLeft) {
      moment.evidence.push_back(barrier_evidence(bib, finish, goal, "goal"));
      moment.evidence.back().seconds = goal - took;
      return;
    }
    if (!is_made && model::is_hardship(moment.kind)) {
      moment.evidence.push_back(barrier_evidence(bib, finish, goal, "goal"));
      return;
    }
  }
  const std::int64_t barrier = (took / kHalfHour + 1) * kHalfHour;
  if (barrier < kLeastBarrier || barrier - took > kMostLeft) return;
  if (!is_official_under(runner, barrier)) return;
  moment.evidence.push_back(barrier_evidence(bib, finish, barrier, "time"));
  moment.evidence.back().seconds = barrier - took;
}

}  // namespace hs::moments
