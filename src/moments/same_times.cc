#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/pairs.h"

// Implementation notes: for published results, which have net times and no clock. Equal net times
// do not say that two were in one place, and the words must not either. Equal times all day are
// common in a big field (a thousand pairs); told is only a pair that lost minutes in the same
// stretch as well, and it is that loss whose rarity among all such pairs ranks them. Where there
// are clock times this is silent: `finish-together` knows more.

namespace hs::moments {
namespace {

/// Net times this near at every point are the same day. A file's steps (0.6 s, 1 s) and a second's
/// doubt of each of two times make up to three of equal ones; asking for two steps lost pairs who
/// plainly ran as one by a step at one mat of nine, and others each time the file was another.
constexpr double kMostApart = 2.95;
constexpr double kLeastWithin = 2;  ///< Seconds; nearer is no more the same.
constexpr std::size_t kLeastPoints = 5;
constexpr double kLeastNetBits = 3;

bool has_clock(const FieldView& view, std::size_t row) {
  return is_known(view.clock_at(row, view.finish()));
}

struct Same {
  std::size_t points = 0;
  double within = 0;  ///< Whole seconds that their times differ by less than, at every point.
  double bits = 0;
};

/// Nothing where some point heard both and their times differ.
std::optional<Same> same_times(const FieldView& view, const Habits& habits, std::size_t a,
                               std::size_t b) {
  Same same;
  double most = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double off = std::abs(view.net_at(a, column) - view.net_at(b, column));
    if (!is_known(off)) continue;
    if (off > kMostApart) return std::nullopt;
    ++same.points;
    most = std::max(most, off);
  }
  same.within = std::max(kLeastWithin, std::ceil(most));
  double variance = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    variance += habits.spread[column] * habits.spread[column];
    if (!is_known(view.net_at(a, column) - view.net_at(b, column))) continue;
    same.bits += stretch_bits(variance, same.within);
    variance = 0;
  }
  return same;
}

struct Alike {
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t points = 0;
  double within = 0;
  double net_bits = 0;
};

/// All pairs with the same times at every point that heard both, more often than chance brings.
/// `order`: rows by net time at the finish.
std::vector<Alike> pairs_alike(const FieldView& view, const Habits& habits,
                               const std::vector<std::size_t>& order) {
  const std::size_t finish = view.finish();
  const auto n = static_cast<double>(order.size());
  const double looks = n * (n - 1) / 2;
  std::vector<Alike> found;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const std::size_t a = std::min(order[i], order[j]);
      const std::size_t b = std::max(order[i], order[j]);
      if (std::abs(view.net_at(a, finish) - view.net_at(b, finish)) > kMostApart) break;
      const auto same = same_times(view, habits, a, b);
      if (!same || same->points < kLeastPoints) continue;
      const double net = net_bits(same->bits, looks);
      if (net >= kLeastNetBits) found.push_back({a, b, same->points, same->within, net});
    }
  }
  return found;
}

Found tell(const FieldView& view, const Alike& pair, const SharedLoss& loss, double net,
           double valid) {
  const std::size_t a = pair.a;
  const std::size_t b = pair.b;
  const std::vector<model::BibNumber> bibs = {view.bib(a), view.bib(b)};
  Found found;
  found.moment = make_moment(view, model::MomentKind::SameTimes, {a, b}, view.finish(), net, valid);
  found.minutes_order = whole_seconds(loss.seconds);
  model::Evidence points;
  points.what = "same-times";
  points.to = view.point_name(view.finish());
  points.bibs = bibs;
  points.seconds = whole_seconds(pair.within);
  points.rank_in_field = static_cast<std::uint32_t>(pair.points);
  found.moment.evidence = {
      points, shared_loss_evidence(view, loss, bibs), stretch_evidence(view, a, loss.from, loss.to),
      passing_evidence(view, a, view.finish()), passing_evidence(view, b, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_same_times(const FieldView& view) {
  const Habits habits = habits_of(view);
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!has_clock(view, row)) order.push_back(row);
  }
  const std::size_t finish = view.finish();
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double net_a = view.net_at(a, finish);
    const double net_b = view.net_at(b, finish);
    return net_a != net_b ? net_a < net_b : a < b;
  });
  const std::vector<Alike> alike = pairs_alike(view, habits, order);
  const double losses = static_cast<double>(alike.size() * finish);
  std::vector<Found> found;
  for (const Alike& pair : alike) {
    if (view.telling[pair.a] == Telling::Nothing || view.telling[pair.b] == Telling::Nothing) {
      continue;
    }
    const auto loss = shared_loss(view, habits, pair.a, pair.b);
    if (!loss) continue;
    const double net = std::min(pair.net_bits, net_bits(loss->bits, losses));
    const double valid = std::min(validity_at(view, pair.a, loss->to, loss->seconds),
                                  validity_at(view, pair.b, loss->to, loss->seconds));
    if (net < kLeastNetBits || valid < kLeastValid) continue;
    found.push_back(tell(view, pair, *loss, net, valid));
  }
  return found;
}

}  // namespace hs::moments
