#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"

// Implementation notes: only the win, only where the order over the line decides it, and only
// under a second; the gaps of the first ten say how close this front was anyway. A shared place
// or an instant the referee still looks at is not told: the picture decides, not this.

namespace hs::moments {
namespace {

constexpr double kSameSecond = 1.0;
constexpr std::uint32_t kFront = 10;
constexpr std::size_t kLeastFront = 5;
constexpr double kLeastGap = 0.05;  ///< What a mat can tell of two bodies.
constexpr double kLeastNetBits = 3;
constexpr double kClasses = 3;  ///< Women, men, all: the looks.

struct Runner {
  std::size_t row = 0;
  std::uint32_t place = 0;
  double ranking = 0;
};

bool is_referees_case(const FieldView& view, std::size_t row) {
  const auto& items = view.results->attention;
  return std::any_of(items.begin(), items.end(), [&](const model::Attention& item) {
    return item.kind == model::Attention::Kind::SharedInstant &&
           (item.entrant == view.people[row] || item.other_entrant == view.people[row]);
  });
}

/// The first ten of one class by place; empty where two share one.
std::vector<Runner> front_of(const FieldView& view, std::optional<model::Sex> sex) {
  std::vector<Runner> front;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const model::RunnerResult& runner = view.runner(row);
    const auto& placing = sex ? runner.places.sex : runner.places.overall;
    if (!placing || !runner.ranking || placing->place > kFront) continue;
    if (sex && view.results->entrants[view.people[row].raw()].sex != sex) continue;
    if (placing->shared) return {};
    front.push_back({row, placing->place, static_cast<double>(runner.ranking->count()) * 1e-6});
  }
  std::sort(front.begin(), front.end(),
            [](const Runner& a, const Runner& b) { return a.place < b.place; });
  return front;
}

std::optional<Found> judge(const FieldView& view, std::optional<model::Sex> sex) {
  const std::vector<Runner> front = front_of(view, sex);
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
  const double net = net_bits(-std::log2(chance), kClasses);
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
  for (const std::optional<model::Sex> sex :
       {std::optional(model::Sex::Female), std::optional(model::Sex::Male),
        std::optional<model::Sex>()}) {
    if (auto one = judge(view, sex)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace hs::moments
