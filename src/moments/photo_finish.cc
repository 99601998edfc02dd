#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/front.h"

// Implementation notes: only the win, only where the order over the line decides it, and only
// under a second; the gaps of the first ten say how close this front was anyway. A shared place
// or an instant the referee still looks at is not told: the picture decides, not this.

namespace hs::moments {
namespace {

constexpr double kSameSecond = 1.0;
constexpr std::size_t kLeastFront = 5;
constexpr double kLeastGap = 0.05;  ///< What a mat can tell of two bodies.
constexpr double kLeastNetBits = 3;

std::optional<Found> judge(const FieldView& view, std::optional<model::Sex> sex) {
  const std::vector<FrontRunner> front = front_of(view, sex);
  if (front.size() < kLeastFront || front[0].place != 1 || front[1].place != 2) return {};
  const std::array rows = {front[0].row, front[1].row};
  if (view.runner(rows[0]).gun_at != view.runner(rows[1]).gun_at) return {};
  const double gap = front[1].ranking - front[0].ranking;
  const double all = front.back().ranking - front.front().ranking;
  if (!(gap > 0 && gap < kSameSecond)) return {};
  for (const std::size_t row : rows) {
    if (view.telling[row] == Telling::Nothing || is_referees_case(view, row)) return {};
  }
  const double usual = all / static_cast<double>(front.size() - 1);
  const double chance = 1 - std::exp(-std::max(gap, kLeastGap) / usual);
  const double net = net_bits(-std::log2(chance), static_cast<double>(kFrontClasses.size()));
  if (net < kLeastNetBits) return {};
  Found found;
  found.moment = make_moment(view, model::MomentKind::PhotoFinish, {rows[0], rows[1]},
                             view.finish(), net, 1.0);
  model::Evidence line;
  line.what = "win";
  line.to = view.point_name(view.finish());
  line.given = sex ? model::name_of(*sex) : "all";
  line.bibs = {view.bib(rows[0]), view.bib(rows[1])};
  line.seconds = whole_seconds(gap);
  for (const std::size_t row : rows) {
    const auto reads = view.reads(row, std::array{view.finish()});
    line.reads.insert(line.reads.end(), reads.begin(), reads.end());
  }
  model::Evidence spread;
  spread.what = "front";
  spread.to = line.to;
  spread.seconds = whole_seconds(all);
  spread.of = static_cast<std::uint32_t>(front.size());
  found.moment.evidence = {line, spread, passing_evidence(view, rows[0], view.finish()),
                           passing_evidence(view, rows[1], view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_photo_finishes(const FieldView& view) {
  if (view.race_config().rank_by == model::RankBy::Net) return {};
  std::vector<Found> found;
  for (const auto& sex : kFrontClasses) {
    if (auto one = judge(view, sex)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace hs::moments
