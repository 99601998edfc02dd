#include "moments/waits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/pairs.h"
#include "moments/shared.h"

namespace hs::moments {
namespace {

constexpr double kSlowed = 1.12;          ///< Pace over the own pace until then.
constexpr double kSteady = 1.08;          ///< No earlier stretch may be slower than this.
constexpr double kOtherPace = 1.04;       ///< How much slower the other ran until then.
constexpr double kReturned = 1.06;        ///< Afterwards at most this.
constexpr double kLeastCost = 60;         ///< Seconds.
constexpr double kApart = 20;             ///< Seconds between the two at the mat before.
constexpr std::size_t kLeastLevel = 2;    ///< Mats.
constexpr std::size_t kMostPartners = 2;  ///< More is a pack behind a pacer.
constexpr double kLeastNetBits = 3;

/// A runner who slowed as never before on the stretch that ends at a column.
struct Slowed {
  std::size_t row = 0;
  std::size_t before = 0;
};

double apart_at(const FieldView& view, std::size_t a, std::size_t b, std::size_t column) {
  return std::abs(view.clock_at(a, column) - view.clock_at(b, column));
}

/// The column where the slow part that ends at `column` begins, if all before it was steady.
std::optional<std::size_t> steady_until(const FieldView& view, std::size_t row,
                                        std::size_t column) {
  const auto before = view.heard_before(row, column, 1.0);
  if (!before || *before == 0) return std::nullopt;
  const double base = view.pace(row, 0, *before);
  if (!(view.pace(row, *before, column) >= kSlowed * base)) return std::nullopt;
  std::size_t from = 0;
  for (std::size_t i = 1; i <= *before; ++i) {
    if (!is_known(view.net_at(row, i))) continue;
    if (view.pace(row, from, i) > kSteady * base) return std::nullopt;
    from = i;
  }
  return before;
}

/// Follows two who are level at `column`: how long they stay so, and by how much chance.
std::optional<Wait> follow(const FieldView& view, const Habits& habits, const Slowed& faster,
                           std::size_t slower, std::size_t column) {
  Wait wait;
  wait.faster = faster.row;
  wait.slower = slower;
  wait.before = faster.before;
  wait.first = wait.last = column;
  wait.points = 1;
  double variance = 0;
  for (std::size_t i = column + 1; i < view.columns(); ++i) {
    variance += habits.spread[i] * habits.spread[i];
    const double apart = apart_at(view, wait.faster, slower, i);
    if (!is_known(apart)) continue;
    if (apart > kLevel) break;
    wait.net_bits += stretch_bits(variance, kLevel);
    wait.last = i;
    ++wait.points;
    variance = 0;
  }
  if (wait.points < kLeastLevel) return std::nullopt;
  const double base = view.pace(wait.faster, 0, wait.before);
  wait.cost = view.lost(wait.faster, wait.before, wait.last, base);
  if (wait.cost < kLeastCost) return std::nullopt;
  if (wait.last < view.finish()) {
    // Whoever stays slow was tired, not waiting.
    if (!(view.pace(wait.faster, wait.last, view.finish()) <= kReturned * base))
      return std::nullopt;
    wait.returned = true;
  }
  for (std::size_t i = 1; i < view.columns(); ++i) {
    wait.common += is_known(apart_at(view, wait.faster, slower, i)) ? 1u : 0u;
  }
  return wait;
}

/// True where `slower` was neither level with the other before, nor as fast.
bool met_only_now(const FieldView& view, const Slowed& faster, std::size_t slower) {
  const double apart = apart_at(view, faster.row, slower, faster.before);
  const double pace = view.pace(slower, 0, faster.before);
  // Written so that a point not heard (not a number) fails.
  return apart >= kApart && pace >= kOtherPace * view.pace(faster.row, 0, faster.before);
}

struct Search {
  std::vector<Wait> waits;
  double meetings = 0;

  /// Somebody who slowed on the way to `column`, and somebody level with them there.
  void add(const FieldView& view, const Habits& habits, const Slowed& faster, std::size_t slower,
           std::size_t column) {
    if (!met_only_now(view, faster, slower)) return;
    meetings += 1;
    if (auto wait = follow(view, habits, faster, slower, column)) waits.push_back(*wait);
  }
};

void meet_at(const FieldView& view, const Habits& habits, std::size_t column, Search& search) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (is_known(view.clock_at(row, column))) order.push_back(row);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double at_a = view.clock_at(a, column);
    const double at_b = view.clock_at(b, column);
    return at_a != at_b ? at_a < at_b : a < b;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto before = steady_until(view, order[i], column);
    if (!before) continue;
    const Slowed faster{order[i], *before};
    const auto look = [&](std::size_t other) {
      if (apart_at(view, faster.row, other, column) > kLevel) return false;
      search.add(view, habits, faster, other, column);
      return true;
    };
    for (std::size_t j = i; j-- > 0 && look(order[j]);) {
    }
    for (std::size_t j = i + 1; j < order.size() && look(order[j]); ++j) {
    }
  }
}

/// The same of one runner alone, whether the faster or the slower.
Search search_of(const FieldView& view, const Habits& habits, std::size_t row) {
  Search search;
  for (std::size_t other = 0; other < view.rows(); ++other) {
    if (other == row) continue;
    for (std::size_t column = 2; column < view.finish(); ++column) {
      if (!(apart_at(view, row, other, column) <= kLevel)) continue;
      if (const auto before = steady_until(view, row, column)) {
        search.add(view, habits, {row, *before}, other, column);
      }
      if (const auto before = steady_until(view, other, column)) {
        search.add(view, habits, {other, *before}, row, column);
      }
    }
  }
  return search;
}

/// Those rare enough of people without other partners; `partners` gives how many one waited for.
template <typename Partners>
std::vector<Wait> tellable(const FieldView& view, std::vector<Wait> waits, double meetings,
                           const Partners& partners) {
  std::vector<Wait> found;
  for (Wait& wait : waits) {
    wait.net_bits = net_bits(wait.net_bits, meetings);
    if (wait.net_bits < kLeastNetBits || partners(wait.faster) > kMostPartners) continue;
    if (view.telling[wait.faster] != Telling::All || view.telling[wait.slower] != Telling::All) {
      continue;
    }
    wait.valid = validity_at(view, wait.faster, wait.before, wait.cost);
    if (wait.valid < kLeastValid) continue;
    if (continues_another(view, wait.faster, wait.first) ||
        continues_another(view, wait.slower, wait.first)) {
      continue;
    }
    found.push_back(wait);
  }
  return found;
}

std::size_t waited_by(std::size_t row, const std::vector<Wait>& waits) {
  return static_cast<std::size_t>(std::count_if(
      waits.begin(), waits.end(), [&](const Wait& wait) { return wait.faster == row; }));
}

}  // namespace

std::vector<Wait> find_waits(const FieldView& view) {
  const Habits& habits = habits_in(view);
  Search search;
  for (std::size_t column = 2; column < view.finish(); ++column) {
    meet_at(view, habits, column, search);
  }
  view.memo.shared().waits = search.meetings;
  std::map<std::size_t, std::size_t> partners;
  for (const Wait& wait : search.waits) ++partners[wait.faster];
  return tellable(view, std::move(search.waits), search.meetings,
                  [&](std::size_t row) { return partners.at(row); });
}

std::vector<Wait> waits_of(const FieldView& view, const Habits& habits, double meetings,
                           std::size_t row) {
  return tellable(view, search_of(view, habits, row).waits, meetings, [&](std::size_t who) {
    return waited_by(who, search_of(view, habits, who).waits);
  });
}

}  // namespace hs::moments
