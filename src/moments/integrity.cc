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

}  // namespace

double validity(const FieldView& view, std::size_t row, const RestExpectation& rest) {
  const double took = view.net_at(row, view.finish()) - view.net_at(row, rest.from);
  return validity_at(view, row, rest.from, std::abs(took - rest.expected[row]));
}

double validity_at(const FieldView& view, std::size_t row, std::size_t anchor,
                   double told_seconds) {
  double valid = valid_by_jump(view, row);
  if (missed_points(view, row) >= kManyMissed) valid *= kValidManyMissed;
  if (anchor < view.finish() && clock_displaced(view, row, anchor)) valid *= kValidDisplaced;
  if (view.clock_doubt[anchor] > kDoubtShare * told_seconds) valid *= kLeastValid;
  return valid;
}

}  // namespace hs::moments
