#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/front.h"
#include "moments/integrity.h"

// Implementation notes: who wins was usually near the front all day, so it says little that
// somebody came from behind somewhere; here it is from among the last of their class at the first
// mat. The chance is that of being so far back by lot, which is kind to the kind: winners are
// further forward than by lot. Places are by the time that ranks, so that a late wave is not
// "behind".

namespace hs::moments {
namespace {

constexpr std::size_t kLeastClass = 10;
/// Among the last: so much of the class, at the first mat behind this share of the course.
constexpr double kLastShare = 0.1;
constexpr double kLatestFirstMat = 0.5;
constexpr double kRareBits = 3;

/// Seconds at a column by which the race ranks; not a number where it cannot be known.
double ranking_at(const FieldView& view, std::size_t row, std::size_t column) {
  const model::RankBy by = view.race_config().rank_by;
  const double clock = view.clock_at(row, column);
  if (by == model::RankBy::Net || !is_known(clock)) return view.net_at(row, column);
  if (by == model::RankBy::Clock) return clock;
  const auto& gun = view.runner(row).gun_at;
  return gun ? clock - static_cast<double>((*gun - view.clock_zero).count()) * 1e-6 : kNoTime;
}

std::optional<std::size_t> first_mat(const FieldView& view) {
  for (std::size_t column = 1; column < view.finish(); ++column) {
    if (view.metres[column] > kLatestFirstMat * view.metres[view.finish()]) break;
    if (!view.deaf[column]) return column;
  }
  return std::nullopt;
}

std::optional<Found> judge(const FieldView& view, std::size_t column,
                           std::optional<model::Sex> sex) {
  const std::vector<FrontRunner> front = front_of(view, sex);
  if (front.empty() || front.front().place != 1) return std::nullopt;
  const std::size_t winner = front.front().row;
  const double own = ranking_at(view, winner, column);
  if (!is_known(own) || view.telling[winner] == Telling::Nothing) return std::nullopt;
  std::size_t timed = 0;
  std::size_t behind = 0;  // At the first mat.
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (sex && view.results->entrants[view.people[row].raw()].sex != sex) continue;
    const double time = ranking_at(view, row, column);
    if (!is_known(time)) continue;
    ++timed;
    behind += time > own ? 1u : 0u;
  }
  const auto n = static_cast<double>(timed);
  if (timed < kLeastClass || static_cast<double>(behind) >= kLastShare * n) return std::nullopt;
  const double valid = validity_at(view, winner, column, 0.0);
  if (valid < 1.0) return std::nullopt;
  const double net = net_bits(std::log2(n / static_cast<double>(behind + 1)),
                              static_cast<double>(kFrontClasses.size()));
  Found found;
  found.moment = make_moment(view, model::MomentKind::LastToFirst, {winner}, column, net, valid);
  if (net < kRareBits) put_on_shelf(found.moment);
  found.minutes_order = static_cast<std::int64_t>(timed - behind);
  model::Evidence place;
  place.what = "place-early";
  place.to = view.point_name(column);
  place.bibs = {view.bib(winner)};
  place.rank_in_field = static_cast<std::uint32_t>(timed - behind);
  place.of = static_cast<std::uint32_t>(timed);
  model::Evidence win;
  win.what = "win";
  win.to = view.point_name(view.finish());
  win.bibs = place.bibs;
  if (sex) win.given = model::name_of(*sex);
  found.moment.evidence = {place, win, passing_evidence(view, winner, column),
                           passing_evidence(view, winner, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_lasts_to_first(const FieldView& view) {
  const auto column = first_mat(view);
  if (!column) return {};
  std::vector<Found> found;
  // Everybody first: who came from last of all need not be told of their sex as well.
  for (auto sex = kFrontClasses.rbegin(); sex != kFrontClasses.rend(); ++sex) {
    auto one = judge(view, *column, *sex);
    if (one) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace hs::moments
