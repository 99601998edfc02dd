#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: bibs say something only where they were given by what was expected of
// people, and whether they were shows in the field itself: their order agrees with the order of
// the times. Where bibs are drawn by lot or alphabet but waves are not, the waves say it. Somebody
// is compared with those of nearly the same number, not with a formula: charity places, late
// entries and clubs have numbers of their own. A shortened course looks just like this, so every
// mat must have heard the runner and nothing may be in doubt.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastField = 300;
constexpr double kLeastAgreement = 0.6;  ///< Rank correlation of the order given with the times.
constexpr std::size_t kNeighbours = 200;
constexpr std::size_t kStep = 25;  ///< Neighbours are asked anew for every so many runners.
constexpr std::size_t kLeastWave = 50;
constexpr double kLeastNetBits = 3;
constexpr double kOneBelow = 0.1587;  ///< The share of a normal one deviation below its middle.
/// Of log time: finer than this nobody's place is predicted.
constexpr double kLeastSpread = 0.02;
/// "Far better": in the first so much of the part of the field that the neighbours' middle had
/// before it. A hundredth place instead of a two-hundredth is no story, however even the field.
constexpr double kMostOfSeed = 0.25;

/// Rows in the order they were given, in groups of one wave or of one long run of numbers.
struct Seeding {
  std::vector<std::size_t> order;
  std::vector<std::size_t> wave;  ///< Beside `order`; empty where the numbers say it.
};

std::optional<std::uint64_t> number_of(const FieldView& view, std::size_t row) {
  const std::string bib = view.bib(row).str();
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(bib.data(), bib.data() + bib.size(), number);
  if (failed != std::errc() || end != bib.data() + bib.size()) return std::nullopt;
  return number;
}

/// Ranks from 0; equal values share the mean of theirs.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t j = i; j < end; ++j) ranks[order[j]] = static_cast<double>(i + end - 1) / 2;
    i = end;
  }
  return ranks;
}

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> x = ranks_of(a);
  const std::vector<double> y = ranks_of(b);
  const double middle = static_cast<double>(x.size() - 1) / 2;
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - middle) * (y[i] - middle);
    xx += (x[i] - middle) * (x[i] - middle);
    yy += (y[i] - middle) * (y[i] - middle);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

/// Sorts the rows by `key` if the times follow it.
bool is_seeded_by(const FieldView& view, std::vector<std::size_t>& rows,
                  const std::vector<double>& key) {
  std::vector<double> keys, times;
  for (const std::size_t row : rows) {
    keys.push_back(key[row]);
    times.push_back(view.net_at(row, view.finish()));
  }
  if (rows.size() < kLeastField || rank_correlation(keys, times) < kLeastAgreement) return false;
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return key[a] != key[b] ? key[a] < key[b] : a < b;
  });
  return true;
}

std::optional<Seeding> seeding_of(const FieldView& view) {
  std::vector<double> number(view.rows(), kNoTime);
  std::vector<double> gun(view.rows(), kNoTime);
  Seeding by_bib;
  Seeding by_wave;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (const auto bib = number_of(view, row)) {
      number[row] = static_cast<double>(*bib);
      by_bib.order.push_back(row);
    }
    const auto& own = view.runner(row).gun_at;
    if (!own) continue;
    gun[row] = static_cast<double>((*own - view.clock_zero).count());
    by_wave.order.push_back(row);
  }
  if (is_seeded_by(view, by_bib.order, number)) return by_bib;
  if (!is_seeded_by(view, by_wave.order, gun)) return std::nullopt;
  for (std::size_t i = 0; i < by_wave.order.size(); ++i) {
    const bool same = i > 0 && gun[by_wave.order[i]] == gun[by_wave.order[i - 1]];
    by_wave.wave.push_back(i == 0 ? 0 : by_wave.wave.back() + (same ? 0 : 1));
  }
  return by_wave;
}

/// Who is compared with whom: from `first` to before `end` of the order.
struct Neighbours {
  std::size_t first = 0;
  std::size_t end = 0;
  double middle = 0;  ///< Of log time.
  double spread = 0;  ///< On the fast side.
};

Neighbours neighbours_from(const FieldView& view, const Seeding& seeding, std::size_t first,
                           std::size_t end) {
  std::vector<double> logs;
  for (std::size_t i = first; i < end; ++i) {
    logs.push_back(std::log(view.net_at(seeding.order[i], view.finish())));
  }
  Neighbours found{first, end, quantile(logs, 0.5), 0};
  found.spread = std::max(kLeastSpread, found.middle - quantile(std::move(logs), kOneBelow));
  return found;
}

/// By position in the order; nothing where a wave is too small to say anything.
std::vector<std::optional<Neighbours>> neighbours_of(const FieldView& view,
                                                     const Seeding& seeding) {
  const std::size_t n = seeding.order.size();
  std::vector<std::optional<Neighbours>> found(n);
  std::size_t i = 0;
  while (i < n) {
    std::size_t end = std::min(n, i + kStep);
    std::size_t from = i > kNeighbours / 2 ? i - kNeighbours / 2 : 0;
    std::size_t to = std::min(n, end + kNeighbours / 2);
    if (!seeding.wave.empty()) {
      from = i;
      end = i;
      while (end < n && seeding.wave[end] == seeding.wave[i]) ++end;
      to = end;
    }
    if (to - from >= kLeastWave) {
      const Neighbours around = neighbours_from(view, seeding, from, to);
      for (std::size_t j = i; j < end; ++j) found[j] = around;
    }
    i = end;
  }
  return found;
}

bool heard_everywhere(const FieldView& view, std::size_t row) {
  for (std::size_t column = 1; column < view.columns(); ++column) {
    if (!view.deaf[column] && !is_known(view.net_at(row, column))) return false;
  }
  return true;
}

/// Place by net time among the view's finishers.
std::uint32_t net_place(const std::vector<double>& sorted, double time) {
  const auto before = std::lower_bound(sorted.begin(), sorted.end(), time) - sorted.begin();
  return static_cast<std::uint32_t>(before) + 1;
}

model::Evidence place_evidence(const FieldView& view, std::string what, std::uint32_t place,
                               std::size_t of) {
  model::Evidence evidence;
  evidence.what = std::move(what);
  evidence.to = view.point_name(view.finish());
  evidence.rank_in_field = place;
  evidence.of = static_cast<std::uint32_t>(of);
  return evidence;
}

std::optional<Found> tell(const FieldView& view, const Seeding& seeding, std::size_t position,
                          const Neighbours& around, const std::vector<double>& sorted, double net) {
  const std::size_t row = seeding.order[position];
  const double time = view.net_at(row, view.finish());
  std::vector<double> others;
  for (std::size_t i = around.first; i < around.end; ++i) {
    if (i != position) others.push_back(view.net_at(seeding.order[i], view.finish()));
  }
  const double best = *std::min_element(others.begin(), others.end());
  const double middle_time = quantile(others, 0.5);
  const std::uint32_t place = net_place(sorted, time);
  const std::uint32_t seed = net_place(sorted, middle_time);
  if (place > kMostOfSeed * seed || time >= best) return std::nullopt;
  const double valid = validity_at(view, row, view.finish(), middle_time - time);
  if (valid < 1.0 || !heard_everywhere(view, row)) return std::nullopt;
  Found found;
  found.moment = make_moment(view, model::MomentKind::Unseeded, {row}, view.finish(), net, valid);
  found.minutes_order = static_cast<std::int64_t>(seed) - place;
  model::Evidence own = place_evidence(view, "place", place, sorted.size());
  own.bibs = {view.bib(row)};
  model::Evidence middle = place_evidence(view, "seed", seed, others.size());
  middle.given = seeding.wave.empty() ? "bib" : "wave";
  found.moment.evidence = {
      own, middle, place_evidence(view, "seed-best", net_place(sorted, best), others.size()),
      passing_evidence(view, row, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_unseeded(const FieldView& view) {
  if (view.rows() < kLeastField) return {};
  const auto seeding = seeding_of(view);
  if (!seeding) return {};
  const auto neighbours = neighbours_of(view, *seeding);
  std::vector<double> ahead(seeding->order.size(), kNoTime);
  std::vector<double> known;
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (!neighbours[i]) continue;
    const double time = view.net_at(seeding->order[i], view.finish());
    ahead[i] = (neighbours[i]->middle - std::log(time)) / neighbours[i]->spread;
    known.push_back(ahead[i]);
  }
  const auto tail = fit_body_tail(known);
  if (!tail) return {};
  std::vector<double> sorted;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    sorted.push_back(view.net_at(row, view.finish()));
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<Found> found;
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (!is_known(ahead[i]) || view.telling[seeding->order[i]] == Telling::Nothing) continue;
    const double net = net_bits(tail->bits(ahead[i]), static_cast<double>(known.size()));
    if (net < kLeastNetBits) continue;
    auto told = tell(view, *seeding, i, *neighbours[i], sorted, net);
    if (told) found.push_back(std::move(*told));
  }
  return found;
}

}  // namespace hs::moments
