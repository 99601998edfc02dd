#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

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
// A time at the point itself that is too early, because a clock or somebody's estimate was, makes
// the rest look slow by as much. So whatever the runner was faster just before than until then is
// taken off first: what is told holds also if that was not the runner.

namespace hs::moments {
namespace {

constexpr std::size_t kWindows = 3;
/// "Late" begins here, as a share of the course: 30K of a marathon.
constexpr double kLateShare = 0.6;
constexpr double kLeastExtraSeconds = 360;
constexpr double kLeastRatio = 1.5;
constexpr double kLeastNetBits = 3;
constexpr double kOuter = 0.95;  ///< Share of the field that is ordinary without asking.
/// Of the minutes of a shelf, what no time at the point can explain.
constexpr double kLeastSureShare = 0.75;

/// One runner's rest of the race from one of the windows.
struct Rest {
  std::size_t row = 0;
  const RestExpectation* window = nullptr;
  double net_bits = 0;
  double capped = 0;
  double extra = 0;
  double valid = 1;
  double beyond = 0;
  bool is_sharp = false;  ///< So much slower than just before that it may be told.
  bool is_sure = false;   ///< Nothing is in doubt: without being rare it may be told for itself.
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

Found tell(const FieldView& view, const Rest& rest) {
  const std::size_t from = rest.window->from;
  const std::size_t row = rest.row;
  const double took = view.net_at(row, view.finish()) - view.net_at(row, from);
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::LateCollapse, {row}, from, rest.net_bits, rest.valid);
  found.minutes_order = whole_seconds(rest.extra);
  model::Evidence interval;
  interval.what = "interval";
  interval.from = view.point_name(from);
  interval.to = view.point_name(view.finish());
  interval.bibs = {view.bib(row)};
  interval.seconds = whole_seconds(took);
  interval.expected_seconds = whole_seconds(rest.window->expected[row]);
  interval.expected_least = whole_seconds(rest.window->least(row));
  interval.expected_most = whole_seconds(rest.window->most(row));
  interval.given = "all points to " + view.point_name(from);
  interval.reads = view.reads(row, std::array{from, view.finish()});
  rank_slowest(view, from, took, interval);
  found.moment.evidence = {interval, passing_evidence(view, row, from),
                           passing_evidence(view, row, view.finish())};
  return found;
}

/// True where the first is told rather than the second, of one runner.
bool is_better(const Rest& a, const Rest& b) {
  if (a.is_told() != b.is_told()) return a.is_told();
  return a.capped != b.capped ? a.capped > b.capped : a.extra > b.extra;
}

/// How much of a slow rest could be a time at its point that is too early.
struct TooEarly {
  double pace = 0;     ///< Log of the pace just before, if it was that of until then.
  double seconds = 0;  ///< The point came so much earlier than by that pace.
};

/// By row, against what the field did; nothing for whoever was no faster than until then, both in
/// the stretch before and on the whole: else one slow stretch earlier would count.
std::vector<TooEarly> too_early(const FieldView& view, const RestExpectation& window) {
  std::vector<double> by_last(view.rows(), kNoTime);
  std::vector<double> by_level(view.rows(), kNoTime);
  std::vector<TooEarly> found(view.rows());
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto before = view.heard_before(row, window.from, kLeastStretchMetres);
    if (!before || *before == 0 || !is_known(window.z[row])) continue;
    const auto earlier = view.heard_before(row, *before, kLeastStretchMetres);
    if (!earlier) continue;
    const double just_before = view.pace(row, *before, window.from);
    by_last[row] = std::log(view.pace(row, *earlier, *before) / just_before);
    by_level[row] = std::log(view.pace(row, 0, *before) / just_before);
    found[row].seconds = view.net_at(row, window.from) - view.net_at(row, *before);
  }
  for (auto* values : {&by_last, &by_level}) {
    std::vector<double> known;
    std::copy_if(values->begin(), values->end(), std::back_inserter(known), is_known);
    const double middle = quantile(std::move(known), 0.5);
    for (double& value : *values) value -= middle;
  }
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double faster = std::min(by_last[row], by_level[row]);
    // Written so that what cannot be known (not a number) is nothing.
    found[row].pace = faster > 0 ? faster : 0;
    found[row].seconds *= std::expm1(found[row].pace);
  }
  return found;
}

/// All who lost so much from one window on that they may be told, rare or not.
std::vector<Rest> judge_window(const FieldView& view, const RestExpectation& window,
                               std::size_t windows) {
  std::vector<Rest> judged;
  const std::optional<BodyTail> tail = tail_of(view, window);
  if (!tail) return judged;
  const double looks = static_cast<double>(window.judged * windows);
  const double metres = view.metres[view.finish()] - view.metres[window.from];
  const std::vector<TooEarly> early = too_early(view, window);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(window.z[row]) || view.telling[row] != Telling::All) continue;
    const double took = view.net_at(row, view.finish()) - view.net_at(row, window.from);
    Rest one;
    one.row = row;
    one.window = &window;
    one.extra = took - window.expected[row];
    if (one.extra < kLeastExtraSeconds) continue;
    // What is left of it had the time been later: less to explain, and a slower pace to go on at.
    const double sooner = std::max(1.0, took - early[row].seconds);
    const double left = std::log(sooner / took);
    const double z = window.z[row] + (left - early[row].pace) / window.scale[row];
    one.net_bits = net_bits(tail->bits(z), looks);
    one.valid = validity(view, row, window);
    const double surely = sooner - window.expected[row] * std::exp(early[row].pace);
    one.is_sure = one.valid >= 1.0 && surely >= kLeastSureShare * one.extra;
    one.is_sharp = took >= kLeastRatio * window.previous[row] * metres;
    one.capped = std::min(one.net_bits, 20.0) * one.valid;
    one.beyond = (one.net_bits - kLeastNetBits) * tail->middle().scale * std::log(2.0);
    if (!one.is_sharp) one.beyond = std::min(one.beyond, 0.0);
    if (one.valid >= kLeastValid) judged.push_back(one);
  }
  return judged;
}

std::vector<std::vector<Rest>> judge_all(const FieldView& view) {
  const std::vector<const RestExpectation*> all = windows(view);
  std::vector<std::vector<Rest>> judged;
  for (const RestExpectation* window : all) {
    judged.push_back(judge_window(view, *window, all.size()));
  }
  return judged;
}

bool is_exchanged(const FieldView& view, const Rest& rest) {
  return looks_exchanged(view, rest.row, rest.window->from, view.finish(), rest.extra);
}

/// The best window of everybody of whom `holds`; by row.
template <typename Holds>
std::map<std::size_t, Rest> best_of(const FieldView& view,
                                    const std::vector<std::vector<Rest>>& judged,
                                    const Holds& holds) {
  std::map<std::size_t, Rest> best;
  for (const std::vector<Rest>& window : judged) {
    for (const Rest& one : window) {
      const auto at = best.find(one.row);
      if (!holds(one) || (at != best.end() && !is_better(one, at->second))) continue;
      if (!is_exchanged(view, one)) best.insert_or_assign(one.row, one);
    }
  }
  return best;
}

/// The most minutes from one window on, most first.
std::vector<Rest> shelf_of(const FieldView& view, std::vector<Rest> window, std::size_t top) {
  std::erase_if(window,
                [](const Rest& one) { return !(one.is_sharp && (one.is_sure || one.is_told())); });
  std::sort(window.begin(), window.end(), [](const Rest& a, const Rest& b) {
    return a.extra != b.extra ? a.extra > b.extra : a.row < b.row;
  });
  std::vector<Rest> shelf;
  for (const Rest& one : window) {
    if (shelf.size() == top) break;
    if (!is_exchanged(view, one)) shelf.push_back(one);
  }
  return shelf;
}

Candidate candidate_of(const FieldView& view, const Rest& one) {
  return {one.row, one.window->from, view.finish(), one.extra, one.net_bits, one.beyond, one.valid};
}

}  // namespace

std::vector<Found> find_late_collapses(const FieldView& view) {
  const std::vector<std::vector<Rest>> judged = judge_all(view);
  const auto told = best_of(view, judged, [](const Rest& one) { return one.is_told(); });
  std::vector<Found> found;
  std::set<std::size_t> taken;
  for (const auto& [row, one] : told) {
    found.push_back(tell(view, one));
    taken.insert(row);
  }
  for (const std::vector<Rest>& window : judged) {
    const std::vector<Rest> shelf = shelf_of(view, window, shelf_size(view));
    for (std::size_t i = 0; i < shelf.size(); ++i) {
      if (!taken.insert(shelf[i].row).second) continue;
      found.push_back(tell(view, shelf[i]));
      put_on_shelf(found.back().moment, i + 1);
    }
  }
  return found;
}

std::vector<Candidate> collapse_candidates(const FieldView& view) {
  std::vector<Candidate> found;
  for (const auto& [row, one] :
       best_of(view, judge_all(view), [](const Rest& /*any*/) { return true; })) {
    found.push_back(candidate_of(view, one));
  }
  return found;
}

std::vector<std::vector<Candidate>> collapse_shelves(const FieldView& view) {
  std::vector<std::vector<Candidate>> shelves;
  for (std::vector<Rest>& window : judge_all(view)) {
    shelves.emplace_back();
    for (const Rest& one : shelf_of(view, std::move(window), view.rows())) {
      shelves.back().push_back(candidate_of(view, one));
    }
  }
  return shelves;
}

}  // namespace hs::moments
