#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/shelf.h"
#include "moments/storm_note.h"

// Implementation notes: when the storm was an official says; who was out in all of it the clocks
// say. What it took of each is the pace of the shortest stretch around it over the own pace until
// there, and what was to be expected is how the middle of those slowed who were on the same stretch
// through it: so the fade of the late course, which the fast are on when the slow are half way, is
// on both sides. Rare is whoever slowed by less than the body of all those deviations lets expect;
// the largest of the rest is told for itself. Where the middle of them hardly slowed, the storm is
// not in the times, and it is told of nobody. Whoever ran faster in it than ever before is not told
// either: no mat can say why.

namespace hs::moments {
namespace {

constexpr double kLeastCovered = 0.25;   ///< Of the time on the stretch: the rest was another day.
constexpr double kLeastSlowing = 1.03;   ///< Of those on one stretch, in the middle.
constexpr double kLeastOwn = 0.97;       ///< Pace through the storm over the own pace before.
constexpr std::size_t kLeastOthers = 8;  ///< Who know what a stretch took.
constexpr double kLeastWon = 60;         ///< Seconds, of somebody who is told without being rare.
constexpr double kLeastNetBits = 3;

/// In seconds of the view's clock.
struct Window {
  double from = 0;
  double until = 0;
};

/// The shortest stretch of a runner that holds the storm.
struct Around {
  std::size_t row = 0;
  std::size_t from = 0;  ///< Columns.
  std::size_t to = 0;
  double slowing = 0;      ///< Log of the pace there over the pace until there.
  double usual = 0;        ///< Of those on the same stretch, the median.
  std::size_t rank = 0;    ///< Among them, who slowed least first.
  std::size_t others = 0;  ///< How many they are, this one with them.
  double net_bits = 0;
  double won = 0;  ///< Seconds less than `usual` would have made it.
  double valid = 0;
};

std::optional<Window> window_of(const FieldView& view, const model::NoteFact& note) {
  if (!note.from || !note.until) return std::nullopt;
  const auto seconds = [&](base::RaceTime at) {
    return static_cast<double>((at - view.clock_zero).count()) * 1e-6;
  };
  return Window{seconds(*note.from), seconds(*note.until)};
}

/// Started before the storm came, and in when it had passed.
bool is_out_in_all(const FieldView& view, std::size_t row, const Window& storm) {
  const auto& start = view.runner(row).start_at;
  if (!start) return false;
  const double started = static_cast<double>((*start - view.clock_zero).count()) * 1e-6;
  return started < storm.from && view.clock_at(row, view.finish()) > storm.until;
}

/// Nothing where the mats say too little of what the storm took: none before it, or so far apart
/// that most of the stretch was run without it.
std::optional<Around> around_of(const FieldView& view, std::size_t row, const Window& storm) {
  Around around;
  around.row = row;
  for (std::size_t i = 1; i < view.columns(); ++i) {
    const double at = view.clock_at(row, i);
    if (view.deaf[i] || !is_known(at) || !is_known(view.net_at(row, i))) continue;
    if (at <= storm.from) around.from = i;
    if (at < storm.until) continue;
    around.to = i;
    break;
  }
  if (around.to == 0 || view.metres[around.from] < kLeastStretchMetres) return std::nullopt;
  if (view.metres[around.to] - view.metres[around.from] < kLeastStretchMetres) return std::nullopt;
  const double on_it = view.clock_at(row, around.to) - view.clock_at(row, around.from);
  if (!(storm.until - storm.from >= kLeastCovered * on_it)) return std::nullopt;
  around.slowing =
      std::log(view.pace(row, around.from, around.to) / view.pace(row, 0, around.from));
  return std::isfinite(around.slowing) ? std::optional(around) : std::nullopt;
}

using Stretch = std::pair<std::size_t, std::size_t>;

/// Compares each with those on the same stretch; whoever has too few beside them, or was where the
/// storm took nothing, is left out.
std::vector<Around> compared(const FieldView& view, const std::vector<Around>& all) {
  std::map<Stretch, std::vector<double>> on;
  for (const Around& one : all) on[{one.from, one.to}].push_back(one.slowing);
  for (auto& [stretch, slowings] : on) std::sort(slowings.begin(), slowings.end());
  std::vector<Around> found;
  for (Around one : all) {
    const std::vector<double>& others = on[{one.from, one.to}];
    one.usual = quantile(others, 0.5);
    if (others.size() < kLeastOthers || one.usual < std::log(kLeastSlowing)) continue;
    const auto before = std::lower_bound(others.begin(), others.end(), one.slowing);
    one.rank = static_cast<std::size_t>(before - others.begin()) + 1;
    one.others = others.size();
    const double own = view.pace(one.row, 0, one.from) * std::exp(one.usual);
    one.won = -view.lost(one.row, one.from, one.to, own);
    found.push_back(one);
  }
  return found;
}

void judge(std::vector<Around>& all) {
  std::vector<double> less;
  for (const Around& one : all) less.push_back(one.usual - one.slowing);
  const auto tail = fit_body_tail(less);
  if (!tail) return;
  for (Around& one : all) {
    one.net_bits = net_bits(tail->bits(one.usual - one.slowing), static_cast<double>(all.size()));
  }
}

/// Told as rare, or at least fit for the shelf.
bool may_tell(const FieldView& view, Around& one) {
  if (view.telling[one.row] != Telling::All || one.slowing < std::log(kLeastOwn)) return false;
  if (one.net_bits < kLeastNetBits && one.won < kLeastWon) return false;
  one.valid = std::min(validity_at(view, one.row, one.from, one.won),
                       validity_at(view, one.row, one.to, one.won));
  return one.valid >= kLeastValid;
}

model::Evidence storm_evidence(const FieldView& view, const model::Note& note, const Window& storm,
                               std::size_t out) {
  model::Evidence evidence;
  evidence.what = "storm";
  evidence.to = view.point_name(view.finish());
  evidence.seconds = whole_seconds(storm.until - storm.from);
  evidence.of = static_cast<std::uint32_t>(out);
  evidence.given = model::name_of(note.note.kind);
  evidence.note = note.seq;
  return evidence;
}

Found tell(const FieldView& view, const Around& one, const model::Evidence& storm) {
  Found found;
  found.moment = make_moment(view, model::MomentKind::ThroughTheStorm, {one.row}, one.to,
                             one.net_bits, one.valid);
  found.minutes_order = whole_seconds(one.won);
  model::Evidence stretch = stretch_evidence(view, one.row, one.from, one.to);
  const double took = view.net_at(one.row, one.to) - view.net_at(one.row, one.from);
  stretch.expected_seconds = whole_seconds(took + one.won);
  stretch.given = "all points to " + stretch.from;
  model::Evidence rank;
  rank.what = "slowed-least";
  rank.from = stretch.from;
  rank.to = stretch.to;
  rank.bibs = {view.bib(one.row)};
  rank.rank_in_field = static_cast<std::uint32_t>(one.rank);
  rank.of = static_cast<std::uint32_t>(one.others);
  found.moment.evidence = {storm, stretch_evidence(view, one.row, 0, one.from), stretch, rank,
                           passing_evidence(view, one.row, view.finish())};
  return found;
}

/// The rare ones, then of the others those who lost least time as far as the shelf goes.
std::vector<Found> choose(const FieldView& view, std::vector<Around> all,
                          const model::Evidence& storm) {
  std::sort(all.begin(), all.end(), [](const Around& a, const Around& b) {
    const bool rare_a = a.net_bits >= kLeastNetBits;
    const bool rare_b = b.net_bits >= kLeastNetBits;
    if (rare_a != rare_b) return rare_a;
    return a.won != b.won ? a.won > b.won : a.row < b.row;
  });
  std::vector<Found> found;
  for (Around& one : all) {
    const bool rare = one.net_bits >= kLeastNetBits;
    if (!rare && found.size() >= shelf_size(view)) break;
    if (!may_tell(view, one) || (!rare && one.valid < 1.0)) continue;
    found.push_back(tell(view, one, storm));
    if (!rare) put_on_shelf(found.back().moment, found.size());
  }
  return found;
}

}  // namespace

std::vector<Found> find_through_storm(const FieldView& view) {
  const model::Note* note = storm_note(view);
  const auto storm = note == nullptr ? std::nullopt : window_of(view, note->note);
  if (!storm) return {};
  std::vector<Around> all;
  std::size_t out = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_out_in_all(view, row, *storm)) continue;
    ++out;
    if (const auto around = around_of(view, row, *storm)) all.push_back(*around);
  }
  all = compared(view, all);
  judge(all);
  return choose(view, std::move(all), storm_evidence(view, *note, *storm, out));
}

}  // namespace hs::moments
