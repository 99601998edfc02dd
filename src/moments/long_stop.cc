#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/shelf.h"

// Implementation notes: a stretch is judged between its neighbours, so a day that fades, a hill or
// a runner who walks from there on is no stop. Two measures must both call it rare: against both
// neighbours, and against the one before alone; so must the minutes themselves, among the stretches
// of all columns, or a pause within one kilometre beats an hour within five. "Stop" is the name of
// the kind and nobody's word to the reader: the mats know how long it took, not what was done
// there.

namespace hs::moments {
namespace {

constexpr double kLeastLost = 600;  ///< Seconds.
constexpr double kMostAfter = 1.2;  ///< The pace behind the stretch over the one before it.
constexpr double kUnitMetres = 5000;
constexpr double kLeastNetBits = 3;
constexpr double kMostNetBits = 20;

/// One runner's stretch from `to - 1` to `to` between its neighbours.
struct Stretch {
  std::size_t row = 0;
  std::size_t to = 0;
  double lost = 0;
  double after = 0;      ///< Pace behind over pace before.
  double two_sided = 0;  ///< Log of pace over the mean of its neighbours.
  double one_step = 0;   ///< Log of pace over the pace before.
  double usual = 0;      ///< Mean pace of its neighbours.
};

/// What was lost as a share of the runner's usual time for five kilometres; logarithmic.
double relative_loss(const Stretch& stretch) {
  return std::log1p(std::max(0.0, stretch.lost) / (stretch.usual * kUnitMetres));
}

std::optional<Stretch> stretch_of(const FieldView& view, std::size_t row, std::size_t to) {
  const std::size_t from = to - 1;
  if (!is_known(view.net_at(row, from)) || !is_known(view.net_at(row, to))) return std::nullopt;
  const auto first = view.heard_before(row, from, kLeastStretchMetres);
  const auto last = view.heard_after(row, to, kLeastStretchMetres);
  if (!first || !last) return std::nullopt;
  const double before = view.pace(row, *first, from);
  const double after = view.pace(row, to, *last);
  const double pace = view.pace(row, from, to);
  if (!(before > 0) || !(after > 0) || !(pace > 0)) return std::nullopt;
  const double usual = std::sqrt(before * after);
  Stretch found;
  found.row = row;
  found.to = to;
  found.lost = view.lost(row, from, to, usual);
  found.after = after / before;
  found.two_sided = std::log(pace / usual);
  found.one_step = std::log(pace / before);
  found.usual = usual;
  return found;
}

/// All stretches that end at one column, with what is ordinary among them.
struct Column {
  std::vector<Stretch> stretches;
  std::optional<BodyTail> two_sided, one_step;
  double two_spread = 1, one_spread = 1;
};

/// A robust standard deviation of them.
double spread_of(std::vector<double> values) {
  constexpr double kMedianOfNormal = 0.6745;
  if (values.empty()) return 1.0;
  const double middle = quantile(values, 0.5);
  for (double& value : values) value = std::abs(value - middle);
  const double spread = quantile(std::move(values), 0.5) / kMedianOfNormal;
  return spread > 0 ? spread : 1.0;
}

Column column_of(const FieldView& view, std::size_t to) {
  Column column;
  std::vector<double> two_sided, one_step;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto stretch = stretch_of(view, row, to);
    if (!stretch) continue;
    column.stretches.push_back(*stretch);
    two_sided.push_back(stretch->two_sided);
    one_step.push_back(stretch->one_step);
  }
  column.two_sided = fit_body_tail(two_sided);
  column.one_step = fit_body_tail(one_step);
  column.two_spread = spread_of(std::move(two_sided));
  column.one_spread = spread_of(std::move(one_step));
  return column;
}

struct Best {
  std::size_t row = 0;
  std::size_t to = 0;
  double lost = 0;
  double net_bits = 0;
  double capped = 0;
  double valid = 0;
  double beyond = 0;
};

Found tell(const FieldView& view, const Best& best) {
  const std::size_t row = best.row;
  const std::size_t from = best.to - 1;
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::LongStop, {row}, from, best.net_bits, best.valid);
  found.minutes_order = whole_seconds(best.lost);
  model::Evidence interval = stretch_evidence(view, row, from, best.to);
  std::uint32_t slower = 0;
  std::uint32_t timed = 0;
  const double took = view.net_at(row, best.to) - view.net_at(row, from);
  for (std::size_t other = 0; other < view.rows(); ++other) {
    const double theirs = view.net_at(other, best.to) - view.net_at(other, from);
    if (!is_known(theirs)) continue;
    ++timed;
    slower += theirs > took ? 1u : 0u;
  }
  interval.rank_in_field = slower + 1;
  interval.of = timed;
  model::Evidence lost;
  lost.what = "lost";
  lost.from = interval.from;
  lost.to = interval.to;
  lost.bibs = interval.bibs;
  lost.seconds = whole_seconds(best.lost);
  found.moment.evidence = {interval, lost, passing_evidence(view, row, from),
                           passing_evidence(view, row, view.finish())};
  return found;
}

/// True where the first is told rather than the second, of one runner.
bool is_better(const Best& a, const Best& b) {
  if (b.to == 0) return true;
  const bool a_told = a.net_bits >= kLeastNetBits;
  if (a_told != (b.net_bits >= kLeastNetBits)) return a_told;
  return a.capped != b.capped ? a.capped > b.capped : a.lost > b.lost;
}

/// Bits of the least rare of the measures, and how much a scale of it is in bits.
struct Weighed {
  double bits = 0;
  double scale = 1;  ///< Of the tail of that measure.
  double spread = 1;
};

Weighed weigh(const Column& column, const BodyTail& minutes, double loss_spread, const Stretch& s) {
  const std::array all = {
      Weighed{column.two_sided->bits(s.two_sided), column.two_sided->middle().scale,
              column.two_spread},
      Weighed{column.one_step->bits(s.one_step), column.one_step->middle().scale,
              column.one_spread},
      Weighed{minutes.bits(relative_loss(s)), minutes.middle().scale, loss_spread}};
  return *std::min_element(all.begin(), all.end(),
                           [](const Weighed& a, const Weighed& b) { return a.bits < b.bits; });
}

/// The best of everybody who may be told, rare or not; by row, `to` 0 where there is none.
std::vector<Best> best_of(const FieldView& view) {
  std::vector<Best> best(view.rows());
  std::vector<Column> columns;
  for (std::size_t to = 2; to < view.finish(); ++to) columns.push_back(column_of(view, to));
  std::vector<double> losses;
  for (const Column& column : columns) {
    for (const Stretch& s : column.stretches) losses.push_back(relative_loss(s));
  }
  const auto minutes = fit_body_tail(losses);
  if (!minutes) return best;
  const double loss_spread = spread_of(losses);
  for (const Column& column : columns) {
    if (!column.two_sided || !column.one_step) continue;
    for (const Stretch& s : column.stretches) {
      if (s.lost < kLeastLost || s.after > kMostAfter) continue;
      if (view.telling[s.row] != Telling::All) continue;
      const Weighed weighed = weigh(column, *minutes, loss_spread, s);
      Best one;
      one.row = s.row;
      one.to = s.to;
      one.lost = s.lost;
      one.net_bits = net_bits(weighed.bits, static_cast<double>(losses.size()));
      one.valid = std::min(validity_at(view, s.row, s.to - 1, s.lost),
                           validity_at(view, s.row, s.to, s.lost));
      one.capped = std::min(one.net_bits, kMostNetBits) * one.valid;
      one.beyond = (one.net_bits - kLeastNetBits) * weighed.scale * std::log(2.0) / weighed.spread;
      if (one.valid < kLeastValid || !is_better(one, best[s.row])) continue;
      if (looks_exchanged(view, s.row, s.to - 1, s.to, s.lost)) continue;
      best[s.row] = one;
    }
  }
  return best;
}

Candidate candidate_of(const Best& one) {
  return {one.row, one.to - 1, one.to, one.lost, one.net_bits, one.beyond, one.valid};
}

/// Those of `best` who lost the most, most first; without being rare, only where nothing is in
/// doubt.
std::vector<Best> shelf_of(std::vector<Best> best) {
  std::erase_if(best, [](const Best& one) {
    return one.to == 0 || (one.valid < 1.0 && one.net_bits < kLeastNetBits);
  });
  std::sort(best.begin(), best.end(), [](const Best& a, const Best& b) {
    return a.lost != b.lost ? a.lost > b.lost : a.row < b.row;
  });
  return best;
}

}  // namespace

std::vector<Found> find_long_stops(const FieldView& view) {
  const std::vector<Best> best = best_of(view);
  std::vector<Found> found;
  for (const Best& one : best) {
    if (one.to > 0 && one.net_bits >= kLeastNetBits) found.push_back(tell(view, one));
  }
  const std::vector<Best> shelf = shelf_of(best);
  for (std::size_t i = 0; i < std::min(shelf.size(), shelf_size(view)); ++i) {
    if (shelf[i].net_bits >= kLeastNetBits) continue;
    found.push_back(tell(view, shelf[i]));
    put_on_shelf(found.back().moment, i + 1);
  }
  return found;
}

std::vector<Candidate> stop_candidates(const FieldView& view) {
  std::vector<Candidate> found;
  for (const Best& one : best_of(view)) {
    if (one.to > 0) found.push_back(candidate_of(one));
  }
  return found;
}

std::vector<Candidate> stop_shelf(const FieldView& view) {
  std::vector<Candidate> found;
  for (const Best& one : shelf_of(best_of(view))) found.push_back(candidate_of(one));
  return found;
}

}  // namespace hs::moments
