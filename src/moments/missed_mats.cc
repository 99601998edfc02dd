#include <algorithm>

#include "moments/oddity_finders.h"

namespace hs::moments {
namespace {

/// How many were not at the mats they should have passed, before anything is known of them.
constexpr double kAbsentPrior = 1e-5;
constexpr std::size_t kLeastMissed = 2;  ///< One mat misses somebody in every race.
constexpr double kDeafRate = 0.3;

}  // namespace

std::vector<Oddity> find_missed(const FieldView& view, const MatHearing& hearing) {
  std::vector<Oddity> out;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    Oddity oddity;
    std::vector<MatHearing::Around> mats;
    std::size_t heard = 0;
    for (std::size_t column = 1; column < view.finish(); ++column) {
      if (is_known(view.net_at(row, column))) {
        ++heard;
        continue;
      }
      const MatHearing::Around around = hearing.around(row, column);
      if (around.miss_rate() > kDeafRate) continue;
      mats.push_back(around);
      oddity.silent.push_back({view.points[column], around.heard, around.passed});
    }
    if (mats.size() < kLeastMissed) continue;
    double odds = kAbsentPrior;
    for (const double chance : miss_chances(mats, 0, heard)) odds /= chance;
    oddity.likelihood = odds / (1 + odds);
    if (oddity.likelihood < kLeastListed) continue;
    oddity.kind = OddityKind::Missed;
    oddity.race = view.race;
    oddity.runner = view.people[row];
    oddity.from = oddity.silent.front().point;
    oddity.to = oddity.silent.back().point;
    out.push_back(std::move(oddity));
  }
  return out;
}

}  // namespace hs::moments
