#include "moments/mat_hearing.h"

#include <algorithm>

namespace hs::moments {
namespace {

constexpr double kAroundSeconds = 150;      ///< On either side.
constexpr std::uint32_t kLeastPassed = 20;  ///< Fewer say little about a mat; then look further.
constexpr double kMostSeconds = 3600;
/// How many passings' worth of trust a mat's whole day has beside that minute.
constexpr double kUsualWeight = 20;
/// How many mats' worth of trust a chip has before its own record speaks.
constexpr double kChipTrust = 5;

/// What lies between the runner's own time and the clock; 0 where no time of day is known.
double start_of(const FieldView& view, std::size_t row) {
  for (std::size_t column = 0; column < view.columns(); ++column) {
    const double start = view.clock_at(row, column) - view.net_at(row, column);
    if (is_known(start)) return start;
  }
  return 0;
}

}  // namespace

MatHearing::MatHearing(const FieldView& view)
    : columns_(view.columns()),
      at_(view.rows() * view.columns()),
      is_heard_(view.rows() * view.columns()),
      sorted_(view.columns()),
      heard_(view.columns()) {
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double start = start_of(view, row);
    std::size_t before = 0;
    for (std::size_t column = 0; column < columns_; ++column) {
      const std::size_t cell = row * columns_ + column;
      is_heard_[cell] = is_known(view.net_at(row, column));
      if (!is_heard_[cell]) continue;
      at_[cell] = start + view.net_at(row, column);
      const double took = view.net_at(row, column) - view.net_at(row, before);
      const double share = view.usual_share[column] - view.usual_share[before];
      for (std::size_t silent = before + 1; silent < column; ++silent) {
        const double part = (view.usual_share[silent] - view.usual_share[before]) / share;
        at_[row * columns_ + silent] = start + view.net_at(row, before) + part * took;
      }
      before = column;
    }
  }
  for (std::size_t column = 0; column < columns_; ++column) {
    std::vector<std::pair<double, bool>> passings;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      passings.emplace_back(passed_at(row, column), is_heard_[row * columns_ + column]);
    }
    std::sort(passings.begin(), passings.end());
    heard_[column].push_back(0);
    for (const auto& [at, is_heard] : passings) {
      sorted_[column].push_back(at);
      heard_[column].push_back(heard_[column].back() + (is_heard ? 1u : 0u));
    }
  }
}

MatHearing::Around MatHearing::around(std::size_t row, std::size_t column) const {
  const std::vector<double>& sorted = sorted_[column];
  const double at = passed_at(row, column);
  Around out;
  // A mat that missed nobody yet may miss the next.
  const auto passed = static_cast<double>(sorted.size());
  out.usual_rate = (passed - static_cast<double>(heard_[column].back()) + 1) / (passed + 2);
  for (double width = kAroundSeconds; width <= kMostSeconds; width *= 2) {
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), at - width) - sorted.begin();
    const auto last = std::upper_bound(sorted.begin(), sorted.end(), at + width) - sorted.begin();
    const auto& heard = heard_[column];
    out.passed = static_cast<std::uint32_t>(last - first);
    out.heard = heard[static_cast<std::size_t>(last)] - heard[static_cast<std::size_t>(first)];
    // The others alone.
    out.passed -= 1;
    out.heard -= is_heard_[row * columns_ + column] ? 1u : 0u;
    if (out.passed >= kLeastPassed) break;
  }
  return out;
}

double MatHearing::Around::miss_rate() const {
  return (static_cast<double>(passed - heard) + kUsualWeight * usual_rate) /
         (static_cast<double>(passed) + kUsualWeight);
}

std::vector<double> miss_chances(const std::vector<MatHearing::Around>& mats,
                                 std::size_t missed_elsewhere, std::size_t asked_elsewhere) {
  std::vector<double> out;
  auto missed = static_cast<double>(missed_elsewhere);
  auto asked = static_cast<double>(asked_elsewhere);
  for (const MatHearing::Around& mat : mats) {
    const double rate = mat.miss_rate();
    out.push_back(std::max(rate, (kChipTrust * rate + missed) / (kChipTrust + asked)));
    ++missed;
    ++asked;
  }
  return out;
}

}  // namespace hs::moments
