#include <algorithm>
#include <cmath>

#include "moments/body_tail.h"
#include "moments/earlier.h"
#include "moments/integrity.h"

// Implementation notes: everybody is faster on a cool day, so a best is measured against how the
// others of the field did against their own bests that day. How far ahead of it ordinary running
// takes somebody is the field's tail, as for every other kind. Somebody who is suddenly faster by a
// sixth is more likely somebody else of that name: worth half.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastRaces = 3;  ///< Before a best says something.
constexpr std::size_t kLeastTries = 4;  ///< Before a first is one that was long in coming.
constexpr std::size_t kShelf = 10;
constexpr double kRareBits = 3;
constexpr double kTooGood = 0.16;

const model::PastResult& best_of(const std::vector<const model::PastResult*>& results) {
  return **std::min_element(results.begin(), results.end(),
                            [](const auto* a, const auto* b) { return *a->time < *b->time; });
}

double least_sure(const std::vector<const model::PastResult*>& results) {
  double sure = 1;
  for (const model::PastResult* one : results) sure = std::min(sure, one->sure);
  return sure;
}

double seconds_of(const model::PastResult& result) {
  return static_cast<double>(result.time->count()) * 1e-6;
}

/// By how much a finish was faster than the runner's best, as the log of the ratio.
struct Gain {
  std::size_t row = 0;
  double gain = 0;
  double sure = 1;
  std::uint32_t races = 0;
  const model::PastResult* best = nullptr;
};

std::vector<Gain> gains_of(const FieldView& view, const Earlier& earlier) {
  std::vector<Gain> out;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto alike = earlier.alike(row);
    if (alike.size() < kLeastRaces || earlier.has_unknown_times(row)) continue;
    const model::PastResult& best = best_of(alike);
    out.push_back({row, std::log(seconds_of(best) / view.net_at(row, view.finish())),
                   least_sure(alike), static_cast<std::uint32_t>(alike.size()), &best});
  }
  return out;
}

Found tell_best(const FieldView& view, const Earlier& earlier, const Gain& one, double net,
                double valid, double day) {
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::PersonalBest, {one.row}, view.finish(), net, valid);
  const double faster = seconds_of(*one.best) - view.net_at(one.row, view.finish());
  found.minutes_order = whole_seconds(faster);
  model::Evidence best = earlier.evidence_of("best-before", one.row, *one.best);
  best.of = one.races;
  model::Evidence field;
  field.what = "field-against-best";
  field.to = view.point_name(view.finish());
  // What the middle of the field would have made of that best on this day.
  field.seconds = whole_seconds(std::abs(std::exp(-day) - 1) * seconds_of(*one.best));
  field.given = day < 0 ? "slower" : "faster";
  found.moment.evidence = {passing_evidence(view, one.row, view.finish()), best, field};
  return found;
}

/// The steps in which people count: half hours of a marathon, minutes of a mile.
double barrier_step(double seconds) {
  constexpr double kMinute = 60;
  if (seconds > 90 * kMinute) return 30 * kMinute;
  if (seconds > 40 * kMinute) return 10 * kMinute;
  if (seconds > 15 * kMinute) return 5 * kMinute;
  return kMinute;
}

}  // namespace

std::vector<Found> find_personal_bests(const FieldView& view) {
  const Earlier earlier(view);
  std::vector<Gain> gains = gains_of(view, earlier);
  std::vector<double> values;
  for (const Gain& one : gains) values.push_back(one.gain);
  const auto tail = fit_body_tail(values);
  if (!tail) return {};
  const double day = quantile(values, 0.5);
  std::sort(gains.begin(), gains.end(), [](const Gain& a, const Gain& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.row < b.row;
  });
  std::vector<Found> found;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    const Gain& one = gains[i];
    if (one.gain <= 0) break;
    const double net = net_bits(tail->bits(one.gain), static_cast<double>(gains.size()));
    if (net < kRareBits && i >= kShelf) break;
    const double likely = one.gain > kTooGood ? 0.5 : 1.0;
    const double valid = one.sure * likely * validity_at(view, one.row, view.finish(), 0.0);
    if (view.telling[one.row] == Telling::Nothing || one.sure < kLeastSure || valid < kLeastValid) {
      continue;
    }
    Found out = tell_best(view, earlier, one, std::max(net, 0.0), valid, day);
    if (net < kRareBits) put_on_shelf(out.moment, i + 1);
    found.push_back(std::move(out));
  }
  return found;
}

std::vector<Found> find_firsts_under(const FieldView& view) {
  const Earlier earlier(view);
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto alike = earlier.alike(row);
    if (alike.size() < kLeastTries || earlier.has_unknown_times(row)) continue;
    const double time = view.net_at(row, view.finish());
    const double step = barrier_step(time);
    const double barrier = std::ceil(time / step) * step;
    const model::PastResult& best = best_of(alike);
    if (!(time < barrier) || seconds_of(best) < barrier) continue;
    Ranked one{row, static_cast<double>(alike.size()), least_sure(alike), {}};
    model::Evidence under = earlier.evidence_of("best-before", row, best);
    under.of = static_cast<std::uint32_t>(alike.size());
    model::Evidence line;
    line.what = "first-under";
    line.to = view.point_name(view.finish());
    line.bibs = {view.bib(row)};
    line.expected_seconds = whole_seconds(barrier);
    line.seconds = whole_seconds(barrier - time);
    one.evidence = {line, under};
    ranked.push_back(std::move(one));
  }
  return tell_ranked(view, model::MomentKind::FirstUnder, std::move(ranked));
}

}  // namespace hs::moments
