#include <algorithm>
#include <functional>
#include <optional>

#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: told only of a closed race, by the clock, of the one who was really the
// last of everybody recorded: if that one may not be told (private, a minor, not on foot, a
// question open), nobody is, since the one before was not the last. A long way behind everybody is
// no rarity here but a doubt: in real races that was a chip that somebody carried to the line, so
// the gap earns no bits, and slower than a stroll or started before the gun is not told.

namespace hs::moments {
namespace {

/// In a handful of people the last place says nothing but its number.
constexpr std::size_t kLeastFinishers = 10;
/// Nearer than this to the one before them, two were the last.
constexpr double kLeastGap = 2.0;
/// Seconds a metre over the whole course: four kilometres an hour.
constexpr double kStroll = 0.9;
constexpr base::Duration kBeforeGun = std::chrono::seconds(-10);

bool is_closed(const FieldView& view) {
  const auto& closed = view.results->closed;
  return view.race.raw() < closed.size() && closed[view.race.raw()];
}

/// Somebody came in after the race was closed and nobody has ruled yet whether that counts.
bool is_end_open(const FieldView& view) {
  const auto& items = view.results->attention;
  return std::any_of(items.begin(), items.end(), [&](const model::Attention& item) {
    return item.kind == model::Attention::Kind::AfterClose &&
           (!item.race || *item.race == view.race);
  });
}

/// When anybody of the race last crossed the line, on whatever wheels, counted or not.
std::optional<base::RaceTime> last_crossing(const FieldView& view) {
  std::optional<base::RaceTime> last;
  for (const model::RunnerResult& runner : view.results->runners) {
    if (runner.race != view.race || runner.splits.empty()) continue;
    const auto& passing = runner.splits.back().passing;
    if (passing && (!last || passing->at > *last)) last = passing->at;
  }
  return last;
}

}  // namespace

std::vector<Found> find_last_finishers(const FieldView& view) {
  if (!is_closed(view) || is_end_open(view)) return {};
  std::vector<double> clocks;
  std::optional<std::size_t> last;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double at = view.clock_at(row, view.finish());
    if (!is_known(at)) continue;
    clocks.push_back(at);
    if (!last || at > view.clock_at(*last, view.finish())) last = row;
  }
  if (!last || clocks.size() < kLeastFinishers || view.telling[*last] != Telling::All) return {};
  const auto crossing = last_crossing(view);
  const auto& own = view.runner(*last).splits.back().passing;
  if (!crossing || !own || own->at != *crossing) return {};
  std::nth_element(clocks.begin(), clocks.begin() + 1, clocks.end(), std::greater<>());
  const double at = std::max(clocks[0], clocks[1]);
  const double before = std::min(clocks[0], clocks[1]);
  if (at - before < kLeastGap || view.pace(*last, 0, view.finish()) > kStroll) return {};
  const auto& offset = view.runner(*last).start_offset;
  if (offset && *offset < kBeforeGun) return {};
  const double valid = validity_at(view, *last, view.finish(), at - before);
  if (valid < kLeastValid) return {};
  Found found;
  found.moment =
      make_superlative(view, model::MomentKind::LastFinisher, *last, view.finish(), 0.0, valid);
  found.minutes_order = whole_seconds(at - before);
  model::Evidence clock;
  clock.what = "clock";
  clock.to = view.point_name(view.finish());
  clock.bibs = {view.bib(*last)};
  clock.seconds = whole_seconds(at);
  clock.of = static_cast<std::uint32_t>(clocks.size());
  model::Evidence gap;
  gap.what = "gap-before";
  gap.to = clock.to;
  gap.bibs = clock.bibs;
  gap.seconds = whole_seconds(at - before);
  found.moment.evidence = {clock, gap, passing_evidence(view, *last, view.finish())};
  return {found};
}

}  // namespace hs::moments
