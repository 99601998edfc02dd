#include "moments/integrity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
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
  const double lost_before = view.lost(row, *before, anchor, pace);
  const double lost_after = view.lost(row, anchor, after, pace);
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
  double beside_field = 0;  ///< Log of the pace over what this stretch usually takes.
  double metres = 0;
};

std::vector<Stretch> stretches(const FieldView& view, std::size_t row) {
  std::vector<Stretch> found;
  std::size_t from = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double metres = view.metres[column] - view.metres[from];
    if (!is_known(view.net_at(row, column)) || metres < kLeastStretchMetres) continue;
    const double pace = view.pace(row, from, column);
    const double usual = (view.usual_share[column] - view.usual_share[from]) / metres;
    found.push_back({std::log(pace), std::log(pace / usual), metres});
    from = column;
  }
  return found;
}

/// Both the pace itself must stand out and the pace beside what the field does there: the first
/// stretch of a day that fades is everybody's fastest.
double valid_by_jump(const FieldView& view, std::size_t row) {
  const std::vector<Stretch> all = stretches(view, row);
  if (all.size() < 3) return 1.0;
  const auto fastest =
      std::min_element(all.begin(), all.end(),
                       [](const Stretch& a, const Stretch& b) { return a.log_pace < b.log_pace; });
  double ahead = std::numeric_limits<double>::infinity();
  for (auto other = all.begin(); other != all.end(); ++other) {
    if (other == fastest) continue;
    ahead = std::min(
        {ahead, other->log_pace - fastest->log_pace, other->beside_field - fastest->beside_field});
  }
  const double allowance = std::sqrt(kJumpMetres / fastest->metres);
  // Written so that a field that cannot be compared with (not a number) changes nothing.
  if (ahead > kJumpFlagrant * allowance) return kValidFlagrant;
  return ahead > kJumpOdd * allowance ? kValidOdd : 1.0;
}

/// Where two paces of one runner are alike, and where they are not: of log pace.
constexpr double kAlike = 0.12;
constexpr double kUnlike = 0.13;
constexpr double kInStep = 0.2;  ///< Somebody who fades is still in step.
/// So much faster than before and behind (a third less time for a whole stretch) nobody runs: of
/// log pace. Once somebody did, the two need not have run as before to have been exchanged: the one
/// who lost may have had a bad stretch of their own, the one who won may have faded.
constexpr double kImpossible = 0.4;
constexpr double kAlikeLoser = 0.6;
constexpr double kAlikeWinner = 0.25;
/// Losing less than this share of what was won behind it explains nothing of it.
constexpr double kOutOfStepShare = 0.5;
/// Of what is told, an exchange must account for at least so much.
constexpr double kExplains = 0.5;
/// An exchange gives one what it takes from the other, but for how both really ran: the lesser of
/// the two is at least this share of the larger.
constexpr double kAsMuch = 0.6;
constexpr double kAsMuchLoosely = 0.4;  ///< Where what was won is impossible.

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

/// False where the runner was already out of step at the mat before, and had lost there a good part
/// of what was `won` (seconds) behind it: then that mat's time is the wrong one, and what follows
/// only looks too fast.
bool in_step_at(const FieldView& view, std::size_t row, std::size_t column, double won) {
  const auto before = view.heard_before(row, column, kLeastStretchMetres);
  if (!before || *before == 0) return before.has_value();
  const double level = view.pace(row, 0, *before);
  return std::abs(std::log(view.pace(row, *before, column) / level)) < kInStep ||
         std::abs(view.lost(row, *before, column, level)) < kOutOfStepShare * won;
}

/// Log of the pace from `from` to `to`, had the runner crossed `to` when `other` did, over `pace`.
double change_with(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                   std::size_t other, double pace) {
  const double took = crossing(view, other, to) - crossing(view, row, from);
  // No time at all is infinitely fast; an unknown one stays unknown.
  return std::log(std::max(took, 0.0) / (view.metres[to] - view.metres[from]) / pace);
}

/// When somebody who goes on from `from` at about `pace` crosses `to`.
struct InStep {
  double earliest = 0;
  double latest = 0;     ///< As before.
  double at_latest = 0;  ///< With a bad stretch.
  InStep(const FieldView& view, std::size_t row, std::size_t from, std::size_t to, double pace) {
    const double took = pace * (view.metres[to] - view.metres[from]);
    const double at = crossing(view, row, from);
    earliest = at + took * std::exp(-kAlike);
    latest = at + took * std::exp(kAlike);
    at_latest = at + took * std::exp(kAlikeLoser);
  }
};

/// By how much of log pace somebody was faster between two columns than at `pace`, in their own
/// times. No time at all is infinitely fast; not a number where it cannot be known.
double won_over(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                double pace) {
  return -change_with(view, row, from, to, row, pace);
}

/// True where one lost what the other won, but for a share. Not a number is nothing.
bool balance(double a, double b, double share) {
  return a * b < 0 &&
         std::min(std::abs(a), std::abs(b)) >= share * std::max(std::abs(a), std::abs(b));
}

/// What is asked of two who may have been exchanged.
struct Asked {
  double share = kAsMuch;
  double alike = kAlike;
  bool impossible = false;
  /// Of one who won so much of log pace from a column to another.
  Asked(const FieldView& view, std::size_t row, std::size_t from, std::size_t to, double won) {
    if (!(won > kImpossible)) return;
    const bool is_end = to == view.finish();
    // Whoever walked first and then ran won as much and is not.
    const double rest = is_end ? kNoTime : view.pace(row, to, view.finish());
    impossible = is_end || won_over(view, row, from, to, rest) > kImpossible;
    if (!impossible) return;
    share = kAsMuchLoosely;
    alike = kAlikeWinner;
  }
};

/// True where somebody's rest from `column` on is in step with a pace.
bool rest_in_step(const FieldView& view, std::size_t row, std::size_t column, double pace) {
  if (column == view.finish()) return true;
  return std::abs(std::log(view.pace(row, column, view.finish()) / pace)) < kInStep;
}

bool exchanged_at(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                  double told_seconds) {
  const double own_pace = pace_before(view, row, from);
  const double lost = view.lost(row, from, to, own_pace);
  // Written so that what cannot be known (not a number) fails, here and below.
  if (!(lost > kExplains * told_seconds)) return false;
  if (!(change_with(view, row, from, to, row, own_pace) > kUnlike)) return false;
  const InStep with(view, row, from, to, own_pace);
  for (std::size_t other = 0; other < view.rows(); ++other) {
    const double at = crossing(view, other, to);
    if (!(at > with.earliest && at < with.at_latest)) continue;
    const double pace = pace_before(view, other, from);
    // Whoever only comes back from a slow stretch is not too fast.
    const double best = std::min(pace, view.pace(other, 0, from));
    const double theirs = view.lost(other, from, to, best);
    if (!balance(lost, theirs, kAsMuchLoosely)) continue;  // Before any logarithm.
    const double won = won_over(view, other, from, to, best);
    const Asked asked(view, other, from, to, won);
    if (!(won > kUnlike) || !balance(lost, theirs, asked.share)) continue;
    if (!asked.impossible && !(at < with.latest)) continue;
    const double goes_on = change_with(view, other, from, to, row, pace);
    if (goes_on > -kAlike && goes_on < asked.alike && in_step_at(view, other, from, -theirs)) {
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

bool continues_another(const FieldView& view, std::size_t row, std::size_t joined) {
  const auto from = view.heard_before(row, joined, kLeastStretchMetres);
  if (!from || *from == 0) return false;
  const double pace = view.pace(row, 0, *from);
  const double change = change_with(view, row, *from, joined, row, pace);
  if (!(std::abs(change) > kUnlike)) return false;
  const double lost = view.lost(row, *from, joined, pace);
  const InStep with(view, row, *from, joined, pace);
  for (std::size_t other = 0; other < view.rows(); ++other) {
    const double at = crossing(view, other, joined);
    if (!(at > with.earliest && at < with.at_latest)) continue;
    const double theirs = view.pace(other, 0, *from);
    const double they_lost = view.lost(other, *from, joined, theirs);
    if (!balance(lost, they_lost, kAsMuchLoosely)) continue;
    const double won = won_over(view, other, *from, joined, theirs);
    const Asked asked(view, other, *from, joined, won);
    if (!(std::abs(won) > kUnlike) || !balance(lost, they_lost, asked.share)) continue;
    if (!asked.impossible && !(at < with.latest)) continue;
    const double goes_on = change_with(view, other, *from, joined, row, theirs);
    if (goes_on > -kAlike && goes_on < asked.alike && rest_in_step(view, other, joined, pace) &&
        rest_in_step(view, row, joined, theirs)) {
      return true;
    }
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
