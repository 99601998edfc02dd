#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/front.h"
#include "moments/integrity.h"

// Implementation notes: who led is known at mats only, so "late" is the last mat before the line,
// where all of the front were heard. How surprising the turn is hangs on how much the front's
// paces usually differ over that rest; a rest of a few hundred metres makes five seconds much.

namespace hs::moments {
namespace {

constexpr double kLateShare = 0.8;  ///< Of the course.
constexpr double kLeastBehind = 5;  ///< Seconds; less is a group that ran together.
constexpr std::size_t kFieldFront = 50;
constexpr double kLeastNetBits = 3;
/// Paces of a front are not normal; beyond this the tail says nothing.
constexpr double kMostBits = 10;
constexpr double kMedianOfNormal = 0.6745;

std::optional<std::size_t> last_mat(const FieldView& view) {
  for (std::size_t column = view.finish(); column-- > 1;) {
    if (view.metres[column] < kLateShare * view.metres[view.finish()]) break;
    if (!view.deaf[column] && view.clock_doubt[column] <= 0) return column;
  }
  return std::nullopt;
}

/// How much the log of the rest's pace over the pace before varies among the first of all.
double spread_of_rest(const FieldView& view, std::size_t from) {
  std::vector<double> logs;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (view.place[row] == 0 || view.place[row] > kFieldFront) continue;
    const double log = std::log(view.pace(row, from, view.finish()) / view.pace(row, 0, from));
    if (is_known(log)) logs.push_back(log);
  }
  if (logs.empty()) return 0;
  const double middle = quantile(logs, 0.5);
  for (double& value : logs) value = std::abs(value - middle);
  return quantile(logs, 0.5) / kMedianOfNormal;
}

model::Evidence behind_evidence(const FieldView& view, std::size_t column, double seconds,
                                const std::array<std::size_t, 2>& rows) {
  model::Evidence behind;
  behind.what = "behind";
  behind.to = view.point_name(column);
  behind.bibs = {view.bib(rows[0]), view.bib(rows[1])};
  behind.seconds = whole_seconds(seconds);
  for (const std::size_t row : rows) {
    const auto reads = view.reads(row, std::array{column});
    behind.reads.insert(behind.reads.end(), reads.begin(), reads.end());
  }
  return behind;
}

std::optional<Found> judge(const FieldView& view, std::size_t from, double spread,
                           const std::optional<model::Sex>& sex) {
  const std::vector<FrontRunner> front = front_of(view, sex);
  if (front.size() < 3 || front[0].place != 1) return {};
  const std::size_t winner = front[0].row;
  std::size_t leader = winner;
  for (const FrontRunner& runner : front) {
    const double at = view.clock_at(runner.row, from);
    if (!is_known(at) || view.runner(runner.row).gun_at != view.runner(winner).gun_at) return {};
    if (at < view.clock_at(leader, from)) leader = runner.row;
  }
  const double behind = view.clock_at(winner, from) - view.clock_at(leader, from);
  const double ahead = view.clock_at(leader, view.finish()) - view.clock_at(winner, view.finish());
  if (behind < kLeastBehind || !(ahead > 0)) return {};
  if (view.telling[winner] == Telling::Nothing || view.telling[leader] != Telling::All) return {};
  if (is_referees_case(view, winner) || is_referees_case(view, leader)) return {};
  const double rest = view.clock_at(winner, view.finish()) - view.clock_at(winner, from);
  const double z = (behind + ahead) / (std::sqrt(2.0) * spread * rest);
  const double bits = std::min(kMostBits, -std::log2(std::erfc(z / std::sqrt(2.0)) / 2));
  const double net = net_bits(bits, static_cast<double>(kFrontClasses.size()));
  const double valid = std::min(validity_at(view, winner, from, behind + ahead),
                                validity_at(view, leader, from, behind + ahead));
  if (net < kLeastNetBits || valid < kLeastValid) return {};
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::LeadChangeLate, {winner, leader}, from, net, valid);
  found.minutes_order = whole_seconds(behind + ahead);
  model::Evidence win;
  win.what = "win";
  win.to = view.point_name(view.finish());
  win.given = sex ? model::name_of(*sex) : "all";
  win.bibs = {view.bib(winner)};
  found.moment.evidence = {win,
                           behind_evidence(view, from, behind, {winner, leader}),
                           behind_evidence(view, view.finish(), ahead, {leader, winner}),
                           stretch_evidence(view, winner, from, view.finish()),
                           stretch_evidence(view, leader, from, view.finish()),
                           passing_evidence(view, winner, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_late_lead_changes(const FieldView& view) {
  if (view.race_config().rank_by == model::RankBy::Net) return {};
  const auto from = last_mat(view);
  if (!from) return {};
  const double spread = spread_of_rest(view, *from);
  if (!(spread > 0)) return {};
  std::vector<Found> found;
  for (const auto& sex : kFrontClasses) {
    if (auto one = judge(view, *from, spread, sex)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace hs::moments
