#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/expectation.h"
#include "moments/integrity.h"

// Implementation notes: slowing down is common, and so is running on slowly; rare is to come back.
// So the bits are of the rest of the race being faster than this field's day lets expect from
// somebody who had just slowed like that. Somebody who comes back much faster than they had ever
// been is not told: no mat can say why.

namespace hs::moments {
namespace {

constexpr double kDipFrom = 0.45;       ///< Share of the course behind which a dip counts.
constexpr double kLeastDip = 1.25;      ///< Pace of the dip over the pace until there.
constexpr double kMostRest = 1.10;      ///< Pace of the rest over the pace until the dip.
constexpr double kLeastRest = 0.9;      ///< Faster than this has another cause than running.
constexpr double kLeastRestShare = .1;  ///< Of the course: a sprint home is no comeback.
constexpr double kLeastStretchMetres = 2000;
constexpr double kLeastNetBits = 3;

struct Dip {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// The dip that ends at `to`, where there is one and the rest is as before.
std::optional<Dip> dip_of(const FieldView& view, std::size_t row, std::size_t to) {
  const auto from = view.heard_before(row, to, kLeastStretchMetres);
  if (!from || view.metres[*from] < kDipFrom * view.metres[view.finish()]) return std::nullopt;
  const double base = view.pace(row, 0, *from);
  const double rest = view.pace(row, to, view.finish());
  if (!(view.pace(row, *from, to) > kLeastDip * base)) return std::nullopt;
  if (!(rest <= kMostRest * base && rest >= kLeastRest * base)) return std::nullopt;
  return Dip{*from, to};
}

struct Best {
  Dip dip;
  double net_bits = 0;
  double won = 0;  ///< Seconds faster than expected.
  double valid = 0;
  double expected = 0;
  double least = 0;
  double most = 0;
};

Found tell(const FieldView& view, std::size_t row, const Best& best) {
  Found found;
  found.moment = make_moment(view, model::MomentKind::WallComeback, {row}, best.dip.to,
                             best.net_bits, best.valid);
  found.minutes_order = whole_seconds(best.won);
  model::Evidence rest = stretch_evidence(view, row, best.dip.to, view.finish());
  rest.expected_seconds = whole_seconds(best.expected);
  rest.expected_least = whole_seconds(best.least);
  rest.expected_most = whole_seconds(best.most);
  rest.given = "all points to " + rest.from;
  found.moment.evidence = {stretch_evidence(view, row, 0, best.dip.from),
                           stretch_evidence(view, row, best.dip.from, best.dip.to), rest,
                           passing_evidence(view, row, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_wall_comebacks(const FieldView& view) {
  const double course = view.metres[view.finish()];
  std::vector<RestExpectation> windows;
  for (std::size_t column = 2; column < view.finish(); ++column) {
    if (view.metres[column] <= kDipFrom * course || view.deaf[column]) continue;
    if (course - view.metres[column] < kLeastRestShare * course) break;
    windows.push_back(expect_rest(view, column));
  }
  std::vector<Best> best(view.rows());
  for (const RestExpectation& rest : windows) {
    std::vector<double> faster;
    for (const double z : rest.z) {
      if (is_known(z)) faster.push_back(-z);
    }
    const auto tail = fit_body_tail(faster);
    if (!tail) continue;
    const auto looks = static_cast<double>(rest.judged * windows.size());
    for (std::size_t row = 0; row < view.rows(); ++row) {
      if (!is_known(rest.z[row]) || view.telling[row] != Telling::All) continue;
      const double net = net_bits(tail->bits(-rest.z[row]), looks);
      if (net < kLeastNetBits || net <= best[row].net_bits) continue;
      const auto dip = dip_of(view, row, rest.from);
      if (!dip) continue;
      const double took = view.net_at(row, view.finish()) - view.net_at(row, rest.from);
      const double won = rest.expected[row] - took;
      const double valid =
          std::min(validity(view, row, rest), validity_at(view, row, dip->from, won));
      if (valid < kLeastValid) continue;
      best[row] = {*dip, net, won, valid, rest.expected[row], rest.least(row), rest.most(row)};
    }
  }
  std::vector<Found> found;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (best[row].dip.to > 0) found.push_back(tell(view, row, best[row]));
  }
  return found;
}

}  // namespace hs::moments
