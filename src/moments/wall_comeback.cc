#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/expectation.h"
#include "moments/integrity.h"
#include "moments/shared.h"
#include "moments/shelf.h"

// Implementation notes: slowing down is common, and so is running on slowly; rare is to come back.
// So the bits are of the rest of the race being faster than this field's day lets expect from
// somebody who had just slowed like that. Those of the rest who regained most are told for
// themselves. Somebody who comes back much faster than they had ever
// been is not told: no mat can say why.

namespace hs::moments {
namespace {

constexpr double kDipFrom = 0.45;       ///< Share of the course behind which a dip counts.
constexpr double kLeastDip = 1.25;      ///< Pace of the dip over the pace until there.
constexpr double kMostRest = 1.10;      ///< Pace of the rest over the pace until the dip.
constexpr double kLeastRest = 0.9;      ///< Faster than this has another cause than running.
constexpr double kLeastRestShare = .1;  ///< Of the course: a sprint home is no comeback.
constexpr double kLeastNetBits = 3;
/// Seconds regained that somebody must have to be told without being rare.
constexpr double kLeastWon = 600;

struct Dip {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// The stretch that ends at `to`, where it was so slow.
std::optional<Dip> slowing_of(const FieldView& view, std::size_t row, std::size_t to) {
  const auto from = view.heard_before(row, to, kLeastStretchMetres);
  if (!from || view.metres[*from] < kDipFrom * view.metres[view.finish()]) return std::nullopt;
  const double base = view.pace(row, 0, *from);
  if (!(view.pace(row, *from, to) > kLeastDip * base)) return std::nullopt;
  return Dip{*from, to};
}

/// The dip that ends at `to`, where there is one and the rest is as before.
std::optional<Dip> dip_of(const FieldView& view, std::size_t row, std::size_t to) {
  const auto dip = slowing_of(view, row, to);
  if (!dip) return std::nullopt;
  const double base = view.pace(row, 0, dip->from);
  const double rest = view.pace(row, to, view.finish());
  if (!(rest <= kMostRest * base && rest >= kLeastRest * base)) return std::nullopt;
  return dip;
}

struct Best {
  Dip dip;
  const RestExpectation* rest = nullptr;
  double net_bits = 0;
  double won = 0;  ///< Seconds faster than expected.
  double valid = 0;
};

/// How many slowed like that after half way, and how many of them came back.
struct Count {
  std::uint32_t slowed = 0;
  std::uint32_t back = 0;
};

bool is_exchanged(const FieldView& view, std::size_t row, const Dip& dip) {
  const double lost = view.lost(row, dip.from, dip.to, view.pace(row, 0, dip.from));
  return looks_exchanged(view, row, dip.from, dip.to, lost);
}

Found tell(const FieldView& view, std::size_t row, const Best& best, const Count& count) {
  Found found;
  found.moment = make_moment(view, model::MomentKind::WallComeback, {row}, best.dip.to,
                             best.net_bits, best.valid);
  found.minutes_order = whole_seconds(best.won);
  model::Evidence rest = stretch_evidence(view, row, best.dip.to, view.finish());
  rest.expected_seconds = whole_seconds(best.rest->expected[row]);
  rest.expected_least = whole_seconds(best.rest->least(row));
  rest.expected_most = whole_seconds(best.rest->most(row));
  rest.given = "all points to " + rest.from;
  model::Evidence others;
  others.what = "comebacks";
  others.to = view.point_name(view.finish());
  others.rank_in_field = count.back;
  others.of = count.slowed;
  found.moment.evidence = {stretch_evidence(view, row, 0, best.dip.from),
                           stretch_evidence(view, row, best.dip.from, best.dip.to), rest,
                           passing_evidence(view, row, view.finish()), others};
  return found;
}

std::vector<const RestExpectation*> windows_of(const FieldView& view) {
  const double course = view.metres[view.finish()];
  std::vector<const RestExpectation*> windows;
  for (std::size_t column = 2; column < view.finish(); ++column) {
    if (view.metres[column] <= kDipFrom * course || view.deaf[column]) continue;
    if (course - view.metres[column] < kLeastRestShare * course) break;
    windows.push_back(&rest_from(view, column));
  }
  return windows;
}

Count count_of(const FieldView& view, const std::vector<const RestExpectation*>& windows) {
  Count count;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    bool slowed = false;
    bool back = false;
    for (const RestExpectation* rest : windows) {
      slowed = slowed || slowing_of(view, row, rest->from).has_value();
      back = back || dip_of(view, row, rest->from).has_value();
    }
    count.slowed += slowed ? 1u : 0u;
    count.back += back ? 1u : 0u;
  }
  return count;
}

/// The best comeback of everybody who may be told, rare or not.
std::vector<Best> best_of(const FieldView& view,
                          const std::vector<const RestExpectation*>& windows) {
  std::vector<Best> best(view.rows());
  for (const RestExpectation* one : windows) {
    const RestExpectation& rest = *one;
    std::vector<double> faster;
    for (const double z : rest.z) {
      if (is_known(z)) faster.push_back(-z);
    }
    const auto tail = fit_body_tail(faster);
    if (!tail) continue;
    const auto looks = static_cast<double>(rest.judged * windows.size());
    for (std::size_t row = 0; row < view.rows(); ++row) {
      if (!is_known(rest.z[row]) || view.telling[row] != Telling::All) continue;
      const auto dip = dip_of(view, row, rest.from);
      if (!dip) continue;
      const double net = net_bits(tail->bits(-rest.z[row]), looks);
      const double took = view.net_at(row, view.finish()) - view.net_at(row, rest.from);
      const double won = rest.expected[row] - took;
      if (best[row].rest != nullptr && won <= best[row].won) continue;
      const double valid =
          std::min(validity(view, row, rest), validity_at(view, row, dip->from, won));
      if (valid >= kLeastValid) best[row] = {*dip, &rest, net, won, valid};
    }
  }
  return best;
}

}  // namespace

std::vector<Found> find_wall_comebacks(const FieldView& view) {
  const std::vector<const RestExpectation*> windows = windows_of(view);
  const std::vector<Best> best = best_of(view, windows);
  const Count count = count_of(view, windows);
  std::vector<Found> found;
  std::vector<std::size_t> shelf;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (best[row].rest == nullptr) continue;
    if (best[row].net_bits >= kLeastNetBits && !is_exchanged(view, row, best[row].dip)) {
      found.push_back(tell(view, row, best[row], count));
    } else if (best[row].valid >= 1.0 && best[row].won >= kLeastWon) {
      shelf.push_back(row);
    }
  }
  std::sort(shelf.begin(), shelf.end(), [&](std::size_t a, std::size_t b) {
    return best[a].won != best[b].won ? best[a].won > best[b].won : a < b;
  });
  for (const std::size_t row : shelf) {
    if (found.size() >= shelf_size(view)) break;
    if (is_exchanged(view, row, best[row].dip)) continue;
    found.push_back(tell(view, row, best[row], count));
    put_on_shelf(found.back().moment, found.size());
  }
  return found;
}

}  // namespace hs::moments
