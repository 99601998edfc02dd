#include "moments/integrity.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hs::moments {
namespace {

constexpr int kManyMissed = 3;
constexpr double kValidManyMissed = 0.2;
constexpr double kDisplacedSeconds = 45;
constexpr double kDisplacedShare = 0.4;  ///< Excesses that cancel to less than this of the larger.
constexpr double kValidDisplaced = 0.1;
constexpr double kJumpFlagrant = 0.13;  ///< Log ratio of paces over a stretch of 5 km.
constexpr double kJumpOdd = 0.09;
constexpr double kValidFlagrant = 0.15;
constexpr double kValidOdd = 0.5;
constexpr double kJumpMetres = 5000;
constexpr double kLeastStretchMetres = 2000;
/// A clock that may be off by more than this share of what is told puts it in doubt.
constexpr double kDoubtShare = 0.1;

int missed_points(const FieldView& view, std::size_t row) {
  int missed = 0;
  for (std::size_t column = 1; column < view.finish(); ++column) {
    missed += !view.deaf[column] && !is_known(view.net_at(row, column)) ? 1 : 0;
  }
  return missed;
}

/// The next column behind `column` that heard this runner; the finish always did.
std::size_t heard_after(const FieldView& view, std::size_t row, std::size_t column) {
  std::size_t next = column + 1;
  while (next < view.finish() && !is_known(view.net_at(row, next))) ++next;
  return next;
}

/// True where the time at the anchor itself seems wrong: what is lost right behind it was won
/// right before, against the runner's own pace until then (the expectation is no help here, it
/// has seen the displaced time).
bool clock_displaced(const FieldView& view, std::size_t row, std::size_t anchor) {
  const auto before = view.heard_before(row, anchor, kLeastStretchMetres);
  if (!before || *before == 0) return false;
  const auto earlier = view.heard_before(row, *before, kLeastStretchMetres);
  if (!earlier) return false;
  const std::size_t after = heard_after(view, row, anchor);
  const double pace = view.pace(row, *earlier, *before);
  const auto lost = [&](std::size_t from, std::size_t to) {
    return (view.pace(row, from, to) - pace) * (view.metres[to] - view.metres[from]);
  };
  const double lost_before = lost(*before, anchor);
  const double lost_after = lost(anchor, after);
  if ((lost_before < 0) == (lost_after < 0)) return false;
  const double larger = std::max(std::abs(lost_before), std::abs(lost_after));
  const double smaller = std::min(std::abs(lost_before), std::abs(lost_after));
  return smaller > kDisplacedSeconds &&
         std::abs(lost_before + lost_after) < kDisplacedShare * larger;
}

/// False where a mat heard the runner no later than one before it: one of the two is not theirs.
bool times_rise(const FieldView& view, std::size_t row) {
  double last = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double time = view.net_at(row, column);
    if (!is_known(time)) continue;
    if (time <= last) return false;
    last = time;
  }
  return true;
}

struct Stretch {
  double log_pace = 0;
  double metres = 0;
};

std::vector<Stretch> stretches(const FieldView& view, std::size_t row) {
  std::vector<Stretch> found;
  std::size_t from = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double metres = view.metres[column] - view.metres[from];
    if (!is_known(view.net_at(row, column)) || metres < kLeastStretchMetres) continue;
    found.push_back({std::log(view.pace(row, from, column)), metres});
    from = column;
  }
  return found;
}

double valid_by_jump(const FieldView& view, std::size_t row) {
  std::vector<Stretch> all = stretches(view, row);
  if (all.size() < 3) return 1.0;
  std::sort(all.begin(), all.end(),
            [](const Stretch& a, const Stretch& b) { return a.log_pace < b.log_pace; });
  const double ahead = all[1].log_pace - all[0].log_pace;
  const double allowance = std::sqrt(kJumpMetres / all[0].metres);
  if (ahead > kJumpFlagrant * allowance) return kValidFlagrant;
  return ahead > kJumpOdd * allowance ? kValidOdd : 1.0;
}

/// Where two paces of one runner are alike, and where they are not: of log pace.
constexpr double kAlike = 0.12;
constexpr double kUnlike = 0.13;
constexpr double kInStep = 0.2;  ///< Somebody who fades is still in step.
/// Of what is told, an exchange must account for at least so much.
constexpr double kExplains = 0.5;

/// When somebody crossed, where the clock is known; else since their own start, as if all started
/// together.
double crossing(const FieldView& view, std::size_t row, std::size_t column) {
  const double clock = view.clock_at(row, column);
  return is_known(clock) ? clock : view.net_at(row, column);
}

/// The pace just before a column; not a number where it cannot be known.
double pace_before(const FieldView& view, std::size_t row, std::size_t column) {
  const auto before = view.heard_before(row, column, kLeastStretchMetres);
  return before ? view.pace(row, *before, column) : kNoTime;
}

/// False where the runner was already out of step at the mat before: then that mat's time is the
/// wrong one, and what follows only looks too fast.
bool in_step_at(const FieldView& view, std::size_t row, std::size_t column) {
  const auto before = view.heard_before(row, column, kLeastStretchMetres);
  if (!before || *before == 0) return before.has_value();
  return std::abs(std::log(view.pace(row, *before, column) / view.pace(row, 0, *before))) < kInStep;
}

/// Log of the pace from `from` to `to`, had the runner crossed `to` when `other` did, over `pace`.
double change_with(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                   std::size_t other, double pace) {
  const double took = crossing(view, other, to) - crossing(view, row, from);
  // No time at all is infinitely fast; an unknown one stays unknown.
  return std::log(std::max(took, 0.0) / (view.metres[to] - view.metres[from]) / pace);
}

bool exchanged_at(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                  double told_seconds) {
  const double own_pace = pace_before(view, row, from);
  const double lost = (view.pace(row, from, to) - own_pace) * (view.metres[to] - view.metres[from]);
  // Written so that what cannot be known (not a number) fails, here and below.
  if (!(lost > kExplains * told_seconds)) return false;
  if (!(change_with(view, row, from, to, row, own_pace) > kUnlike)) return false;
  for (std::size_t other = 0; other < view.rows(); ++other) {
    if (!(std::abs(change_with(view, row, from, to, other, own_pace)) < kAlike)) continue;
    const double pace = pace_before(view, other, from);
    if (change_with(view, other, from, to, other, pace) < -kUnlike &&
        std::abs(change_with(view, other, from, to, row, pace)) < kAlike &&
        in_step_at(view, other, from)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool looks_exchanged(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                     double told_seconds) {
  std::size_t last = from;
  for (std::size_t column = from + 1; column <= to; ++column) {
    if (!is_known(view.net_at(row, column))) continue;
    if (last > 0 && exchanged_at(view, row, last, column, told_seconds)) return true;
    last = column;
  }
  return false;
}

double validity(const FieldView& view, std::size_t row, const RestExpectation& rest) {
  const double took = view.net_at(row, view.finish()) - view.net_at(row, rest.from);
  return validity_at(view, row, rest.from, std::abs(took - rest.expected[row]));
}

double validity_at(const FieldView& view, std::size_t row, std::size_t anchor,
                   double told_seconds) {
  if (!times_rise(view, row)) return 0;
  double valid = valid_by_jump(view, row);
  if (missed_points(view, row) >= kManyMissed) valid *= kValidManyMissed;
  if (anchor < view.finish() && clock_displaced(view, row, anchor)) valid *= kValidDisplaced;
  if (view.clock_doubt[anchor] > kDoubtShare * told_seconds) valid *= kLeastValid;
  return valid;
}

}  // namespace hs::moments
