#include "scoring/clock_map.h"

#include <algorithm>

// Implementation notes: several time changes add up. A read before the second-last change was made
// on a dial that was moved twice since, so it moves by the sum of all later changes; but only while
// the dial ran through: a power loss begins a new one, often without a marker of its own. Markers
// may arrive in any order; they are kept sorted, and one told twice counts once.

namespace hs::scoring {
namespace {

/// Two readers of one box interleave, so a read may stand this much before an earlier one.
constexpr base::Duration kInterleaved = std::chrono::minutes(1);

}  // namespace

void ClockMap::configure(const model::Stream& stream) {
  shift_ = stream.offset - std::chrono::duration_cast<base::Duration>(stream.utc_offset);
  resolution_ = std::max(stream.resolution, base::Duration(1));
}

bool ClockMap::add_marker(const model::Marker& marker) {
  if (marker.kind != model::Marker::Kind::TimeChange || !marker.old_time) return false;
  const Step step{marker.before_seq, *marker.old_time, marker.time - *marker.old_time};
  const auto at = std::lower_bound(steps_.begin(), steps_.end(), step);
  if (at != steps_.end() && *at == step) return true;
  steps_.insert(at, step);
  return true;
}

base::Duration ClockMap::moved_by_markers(base::ReaderTime time, std::uint64_t position) const {
  base::Duration moved{0};
  auto step =
      std::upper_bound(steps_.begin(), steps_.end(), position,
                       [](std::uint64_t at, const Step& later) { return at < later.before_seq; });
  for (; step != steps_.end(); ++step) {
    if (time + moved > step->old_time + kInterleaved) break;
    moved += step->change;
  }
  return moved;
}

base::RaceTime ClockMap::correct(base::ReaderTime time, std::uint64_t position) const {
  const base::ReaderTime on_dial = time + moved_by_markers(time, position);
  base::Duration shift = shift_;
  for (const model::ClockCorrectionFact& correction : corrections_) {
    const bool from = !correction.from || on_dial >= *correction.from;
    const bool until = !correction.until || on_dial < *correction.until;
    if (from && until) shift += correction.offset;
  }
  const base::Duration since = on_dial.time_since_epoch() + shift;
  // Cut towards the past, also before 1970, so that differences stay exact.
  base::Duration rest = since % resolution_;
  if (rest < base::Duration::zero()) rest += resolution_;
  return base::RaceTime(since - rest);
}

}  // namespace hs::scoring
