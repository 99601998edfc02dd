#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: one a race, the one furthest behind the last of their wave, by the start
// mat itself: a start that a rule or a ruling gave says nothing. What makes it a moment is what
// came after: how many of those who had started before them came in behind them. It is told for
// itself and never as rare: how late somebody is has no tail that running explains.

namespace hs::moments {
namespace {

constexpr double kLeastBehind = 180;  ///< Seconds behind the last of the wave before them.
constexpr std::size_t kLeastWave = 10;
/// Passed, of those of the race who had started before: at least so many and such a share.
constexpr std::uint32_t kLeastPassed = 10;
constexpr double kLeastPassedShare = 0.05;

struct Starter {
  std::size_t row = 0;
  double at = 0;  ///< Seconds since the first gun.
};

/// The last to start of a wave and how far behind the one before.
struct Late {
  Starter last;
  double behind = 0;
};

std::optional<Late> last_of(std::vector<Starter>& wave) {
  if (wave.size() < kLeastWave) return std::nullopt;
  std::sort(wave.begin(), wave.end(), [](const Starter& a, const Starter& b) {
    return a.at != b.at ? a.at < b.at : a.row < b.row;
  });
  return Late{wave.back(), wave.back().at - wave[wave.size() - 2].at};
}

model::Evidence count_evidence(const FieldView& view, std::size_t row, std::uint32_t passed,
                               std::uint32_t before) {
  model::Evidence evidence;
  evidence.what = "passed";
  evidence.to = view.point_name(view.finish());
  evidence.bibs = {view.bib(row)};
  evidence.rank_in_field = passed;
  evidence.of = before;
  return evidence;
}

Found tell(const FieldView& view, const Late& late, std::uint32_t passed, std::uint32_t before,
           double valid) {
  const std::size_t row = late.last.row;
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::LateStarter, {row}, std::size_t{0}, 0.0, valid);
  put_on_shelf(found.moment);
  found.minutes_order = whole_seconds(late.behind);
  model::Evidence start;
  start.what = "start-behind";
  start.to = view.point_name(0);
  start.bibs = {view.bib(row)};
  start.seconds = whole_seconds(late.behind);
  start.reads = view.reads(row, std::array{std::size_t{0}});
  found.moment.evidence = {start, count_evidence(view, row, passed, before),
                           passing_evidence(view, row, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_late_starters(const FieldView& view) {
  std::map<std::uint32_t, std::vector<Starter>> waves;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const model::RunnerResult& runner = view.runner(row);
    if (runner.start_source != model::StartSource::Mat || !runner.start_at) continue;
    const double at = static_cast<double>((*runner.start_at - view.clock_zero).count()) * 1e-6;
    waves[runner.wave ? runner.wave->raw() : 0].push_back({row, at});
  }
  std::optional<Late> latest;
  for (auto& [id, wave] : waves) {
    const auto late = last_of(wave);
    if (late && (!latest || late->behind > latest->behind)) latest = late;
  }
  if (!latest || latest->behind < kLeastBehind) return {};
  const std::size_t row = latest->last.row;
  if (view.telling[row] == Telling::Nothing) return {};
  std::uint32_t before = 0;
  std::uint32_t passed = 0;
  for (const auto& [id, wave] : waves) {
    for (const Starter& other : wave) {
      if (other.at >= latest->last.at) continue;
      ++before;
      const double ahead =
          view.clock_at(other.row, view.finish()) - view.clock_at(row, view.finish());
      passed += ahead > 0 ? 1u : 0u;
    }
  }
  const double valid = validity_at(view, row, view.finish(), latest->behind);
  if (passed < kLeastPassed || passed < kLeastPassedShare * before || valid < kLeastValid)
    return {};
  return {tell(view, *latest, passed, before, valid)};
}

}  // namespace hs::moments
