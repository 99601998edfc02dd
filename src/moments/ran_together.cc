#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/pairs.h"
#include "moments/shared.h"

// Implementation notes: two who start together and run alike all day are common and belong on
// their own pages. Told here are two who started minutes apart, so that one had to catch the
// other, and whose clocks agree from there. Every meeting of two such runners at a mat is a look;
// a race of 20,000 has hundreds of thousands. Whoever meets several others like that runs in a
// pack behind a pacer and is no pair.

namespace hs::moments {
namespace {

constexpr double kStartsApart = 300;     ///< Seconds.
constexpr double kAgree = 2.0;           ///< Clocks this near at a mat agree.
constexpr std::size_t kLeastAgreed = 4;  ///< Mats in a row.
constexpr double kSameSecond = 1.0;      ///< Nearer at the line is `finish-together`.
constexpr std::size_t kMostPartners = 2;
constexpr double kLeastNetBits = 3;

struct Meeting {
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t points = 0;
  double gap = 0;  ///< Seconds between the starts.
  double bits = 0;
};

double start_of(const FieldView& view, std::size_t row) {
  const auto& start = view.runner(row).start_at;
  return start ? static_cast<double>((*start - view.clock_zero).count()) * 1e-6 : kNoTime;
}

/// The clock between two at a column; not a number where either was missed.
double apart_at(const FieldView& view, std::size_t a, std::size_t b, std::size_t column) {
  return std::abs(view.clock_at(a, column) - view.clock_at(b, column));
}

/// The last column before `column` that heard both, where it is behind the start.
std::optional<std::size_t> common_before(const FieldView& view, std::size_t a, std::size_t b,
                                         std::size_t column) {
  for (std::size_t i = column; i-- > 1;) {
    if (is_known(apart_at(view, a, b, i))) return i;
  }
  return std::nullopt;
}

/// How long two who met at `column` stayed level.
Meeting follow(const FieldView& view, const Habits& habits, std::size_t a, std::size_t b,
               std::size_t column) {
  Meeting met;
  met.a = a;
  met.b = b;
  met.first = met.last = column;
  met.points = 1;
  double variance = 0;
  for (std::size_t i = column + 1; i < view.columns(); ++i) {
    variance += habits.spread[i] * habits.spread[i];
    const double apart = apart_at(view, a, b, i);
    if (!is_known(apart)) continue;
    if (apart > kAgree) break;
    met.bits += stretch_bits(variance, kAgree);
    met.last = i;
    ++met.points;
    variance = 0;
  }
  return met;
}

/// Seconds between the starts of two who met at `column`: level there and not at the mat before,
/// having started minutes apart. Nothing of two who did not.
std::optional<double> gap_of_met(const FieldView& view, std::size_t a, std::size_t b,
                                 std::size_t column) {
  const double gap = std::abs(start_of(view, a) - start_of(view, b));
  // Written so that a start not heard (not a number) fails.
  if (!(gap >= kStartsApart)) return std::nullopt;
  const auto before = common_before(view, a, b, column);
  if (before && apart_at(view, a, b, *before) <= kAgree) return std::nullopt;
  return gap;
}

struct Meetings {
  std::vector<Meeting> long_ones;
  double looks = 0;

  /// Two who are level at a column; the lesser row first.
  void add(const FieldView& view, const Habits& habits, std::size_t a, std::size_t b,
           std::size_t column) {
    const auto gap = gap_of_met(view, a, b, column);
    if (!gap) return;
    looks += 1;
    Meeting met = follow(view, habits, a, b, column);
    if (met.points < kLeastAgreed) return;
    met.gap = *gap;
    long_ones.push_back(met);
  }
};

void meet_at(const FieldView& view, const Habits& habits, std::size_t column, Meetings& meetings) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (is_known(view.clock_at(row, column))) order.push_back(row);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double at_a = view.clock_at(a, column);
    const double at_b = view.clock_at(b, column);
    return at_a != at_b ? at_a < at_b : a < b;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const std::size_t a = std::min(order[i], order[j]);
      const std::size_t b = std::max(order[i], order[j]);
      if (apart_at(view, a, b, column) > kAgree) break;
      meetings.add(view, habits, a, b, column);
    }
  }
}

/// The same of one runner alone.
Meetings meetings_of(const FieldView& view, const Habits& habits, std::size_t row) {
  Meetings meetings;
  for (std::size_t other = 0; other < view.rows(); ++other) {
    if (other == row) continue;
    for (std::size_t column = 1; column + kLeastAgreed <= view.columns(); ++column) {
      if (!(apart_at(view, row, other, column) <= kAgree)) continue;
      meetings.add(view, habits, std::min(row, other), std::max(row, other), column);
    }
  }
  return meetings;
}

model::Evidence apart_evidence(const FieldView& view, const Meeting& met, std::size_t column) {
  model::Evidence apart;
  apart.what = "apart";
  apart.to = view.point_name(column);
  apart.bibs = {view.bib(met.a), view.bib(met.b)};
  apart.seconds = whole_seconds(apart_at(view, met.a, met.b, column));
  for (const std::size_t row : {met.a, met.b}) {
    const auto reads = view.reads(row, std::array{column});
    apart.reads.insert(apart.reads.end(), reads.begin(), reads.end());
  }
  return apart;
}

Found tell(const FieldView& view, const Meeting& met, double net) {
  Found found;
  found.moment =
      make_moment(view, model::MomentKind::RanTogether, {met.a, met.b}, met.first, net, 1.0);
  found.minutes_order = whole_seconds(met.gap);
  model::Evidence gap;
  gap.what = "start-gap";
  gap.from = view.point_name(0);
  gap.bibs = {view.bib(met.a), view.bib(met.b)};
  gap.seconds = whole_seconds(met.gap);
  model::Evidence agreed;
  agreed.what = "agreement";
  agreed.from = view.point_name(met.first);
  agreed.to = view.point_name(met.last);
  agreed.bibs = gap.bibs;
  agreed.seconds = whole_seconds(kAgree);
  agreed.rank_in_field = static_cast<std::uint32_t>(met.points);
  std::uint32_t common = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    common += is_known(apart_at(view, met.a, met.b, column)) ? 1u : 0u;
  }
  agreed.of = common;
  found.moment.evidence = {gap, agreed, apart_evidence(view, met, view.finish()),
                           passing_evidence(view, met.a, view.finish()),
                           passing_evidence(view, met.b, view.finish())};
  if (const auto before = common_before(view, met.a, met.b, met.first)) {
    found.moment.evidence.push_back(apart_evidence(view, met, *before));
  }
  return found;
}

/// Tells of those who had no other partners; `partners` gives how many each had.
template <typename Partners>
std::vector<Found> tell_all(const FieldView& view, const Meetings& meetings, double looks,
                            const Partners& partners) {
  std::vector<Found> found;
  for (const Meeting& met : meetings.long_ones) {
    const double net = net_bits(met.bits, looks);
    if (net < kLeastNetBits) continue;
    if (partners(met.a) > kMostPartners || partners(met.b) > kMostPartners) continue;
    if (view.telling[met.a] == Telling::Nothing || view.telling[met.b] == Telling::Nothing) {
      continue;
    }
    const double line = apart_at(view, met.a, met.b, view.finish());
    if (!(line >= kSameSecond)) continue;
    if (continues_another(view, met.a, met.first) || continues_another(view, met.b, met.first)) {
      continue;
    }
    found.push_back(tell(view, met, net));
  }
  return found;
}

}  // namespace

std::vector<Found> find_runs_together(const FieldView& view) {
  if (view.columns() < kLeastAgreed) return {};
  const Habits& habits = habits_in(view);
  Meetings meetings;
  for (std::size_t column = 1; column + kLeastAgreed <= view.columns(); ++column) {
    meet_at(view, habits, column, meetings);
  }
  view.memo.shared().meetings = meetings.looks;
  std::map<std::size_t, std::size_t> partners;
  for (const Meeting& met : meetings.long_ones) {
    ++partners[met.a];
    ++partners[met.b];
  }
  return tell_all(view, meetings, meetings.looks,
                  [&](std::size_t row) { return partners.at(row); });
}

std::vector<Found> judge_ran_together(const FieldView& view, const Shared& day, std::size_t row) {
  if (!day.meetings || !day.habits) return {};
  return tell_all(view, meetings_of(view, *day.habits, row), *day.meetings, [&](std::size_t who) {
    return meetings_of(view, *day.habits, who).long_ones.size();
  });
}

}  // namespace hs::moments
