#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/expectation.h"
#include "moments/integrity.h"
#include "moments/shared.h"
#include "moments/shelf.h"

// Implementation notes: bits decide whether it is told, minutes order among the tellable; minutes
// alone are not calibrated (three to nine false ones a race). Each of the last points is a window
// and a look. Nothing asks whether the runner was well until then: half of the great ones had
// slowed already.

namespace hs::moments {
namespace {

constexpr std::size_t kWindows = 3;
/// "Late" begins here, as a share of the course: 30K of a marathon.
constexpr double kLateShare = 0.6;
constexpr double kLeastExtraSeconds = 360;
constexpr double kLeastRatio = 1.5;
constexpr double kLeastNetBits = 3;
constexpr double kOuter = 0.95;  ///< Share of the field that is ordinary without asking.

struct Best {
  const RestExpectation* rest = nullptr;
  double net_bits = 0;
  double capped = 0;
  double extra = 0;
  double valid = 1;
  double beyond = 0;
  bool is_sharp = false;  ///< So much slower than just before that it may be told.
  [[nodiscard]] bool is_told() const { return is_sharp && net_bits >= kLeastNetBits; }
};

std::vector<const RestExpectation*> windows(const FieldView& view) {
  std::vector<const RestExpectation*> found;
  for (std::size_t column = view.finish(); column-- > 1 && found.size() < kWindows;) {
    if (view.metres[column] < kLateShare * view.metres[view.finish()]) break;
    if (!view.deaf[column]) found.push_back(&rest_from(view, column));
  }
  return found;
}

/// The tail of the day's ordinary running. Whoever was timed by a displaced clock did not run so;
/// left in, a mat that was minutes off for an hour makes every collapse look ordinary.
std::optional<BodyTail> tail_of(const FieldView& view, const RestExpectation& rest) {
  std::vector<double> known;
  std::copy_if(rest.z.begin(), rest.z.end(), std::back_inserter(known), is_known);
  const double outer = quantile(known, kOuter);
  known.clear();
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double z = rest.z[row];
    // Only the outermost are asked: the body does not need it, and asking costs.
    if (z <= outer || (z > outer && validity(view, row, rest) >= kLeastValid)) known.push_back(z);
  }
  return fit_body_tail(known);
}

Found tell(const FieldView& view, std::size_t row, const Best& best) {
  const std::size_t from = best.rest->from;
  const double took = view.net_at(row, view.finish()) - view.net_at(row, from);
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::LateCollapse, {row}, from, best.net_bits, best.valid);
  found.minutes_order = whole_seconds(best.extra);
  model::Evidence interval;
  interval.what = "interval";
  interval.from = view.point_name(from);
  interval.to = view.point_name(view.finish());
  interval.bibs = {view.bib(row)};
  interval.seconds = whole_seconds(took);
  interval.expected_seconds = whole_seconds(best.rest->expected[row]);
  interval.expected_least = whole_seconds(best.rest->least(row));
  interval.expected_most = whole_seconds(best.rest->most(row));
  interval.given = "all points to " + view.point_name(from);
  interval.reads = view.reads(row, std::array{from, view.finish()});
  rank_slowest(view, from, took, interval);
  found.moment.evidence = {interval, passing_evidence(view, row, from),
                           passing_evidence(view, row, view.finish())};
  return found;
}

/// True where the first is told rather than the second, of one runner.
bool is_better(const Best& a, const Best& b) {
  if (b.rest == nullptr) return true;
  if (a.is_told() != b.is_told()) return a.is_told();
  return a.capped != b.capped ? a.capped > b.capped : a.extra > b.extra;
}

/// The best of everybody who may be told, rare or not; by row.
std::vector<Best> best_of(const FieldView& view, const std::vector<const RestExpectation*>& all) {
  std::vector<Best> best(view.rows());
  for (const RestExpectation* window : all) {
    const RestExpectation& rest = *window;
    const std::optional<BodyTail> tail = tail_of(view, rest);
    if (!tail) continue;
    const double looks = static_cast<double>(rest.judged * all.size());
    const double metres = view.metres[view.finish()] - view.metres[rest.from];
    for (std::size_t row = 0; row < view.rows(); ++row) {
      if (!is_known(rest.z[row]) || view.telling[row] != Telling::All) continue;
      const double took = view.net_at(row, view.finish()) - view.net_at(row, rest.from);
      const double extra = took - rest.expected[row];
      if (extra < kLeastExtraSeconds) continue;
      Best one;
      one.rest = &rest;
      one.net_bits = net_bits(tail->bits(rest.z[row]), looks);
      one.extra = extra;
      one.valid = validity(view, row, rest);
      one.is_sharp = took >= kLeastRatio * rest.previous[row] * metres;
      one.capped = std::min(one.net_bits, 20.0) * one.valid;
      one.beyond = (one.net_bits - kLeastNetBits) * tail->scale * std::log(2.0);
      if (!one.is_sharp) one.beyond = std::min(one.beyond, 0.0);
      if (one.valid < kLeastValid || !is_better(one, best[row])) continue;
      if (looks_exchanged(view, row, rest.from, view.finish(), extra)) continue;
      best[row] = one;
    }
  }
  return best;
}

}  // namespace

std::vector<Found> find_late_collapses(const FieldView& view) {
  const std::vector<const RestExpectation*> all = windows(view);
  const std::vector<Best> best = best_of(view, all);
  std::vector<Found> found;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (best[row].rest != nullptr && best[row].is_told()) {
      found.push_back(tell(view, row, best[row]));
    }
  }
  return found;
}

std::vector<Candidate> collapse_candidates(const FieldView& view) {
  const std::vector<const RestExpectation*> all = windows(view);
  const std::vector<Best> best = best_of(view, all);
  std::vector<Candidate> found;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const Best& one = best[row];
    if (one.rest == nullptr) continue;
    found.push_back(
        {row, one.rest->from, view.finish(), one.extra, one.net_bits, one.beyond, one.valid});
  }
  return found;
}

}  // namespace hs::moments
