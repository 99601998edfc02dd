#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/pairs.h"
#include "moments/shared.h"

// Implementation notes: in a crowd somebody is always beside somebody, so what is counted is how
// many pairs at least as surprising chance alone brings to this finish: for each finisher, how
// thickly those who started elsewhere came in just then, times the seconds between the two. That
// sum over everybody who came in as lonely or lonelier is the number of looks and the chance in
// one. By it two who only share an instant are never rare in a big race: some pair always does.
// At the front, where people look, the looks are those who came in just then (five minutes), not
// the whole field; 8 of 100 made-up races had such a pair by chance.
// Points before the finish at which the clocks agree too add what each stretch alone makes
// unlikely. Being together all day is common (a thousand pairs a race) and belongs on runners' own
// pages; here it needs a start minutes apart or a stretch in which both lost minutes.

namespace hs::moments {
namespace {

constexpr double kSameSecond = 1.0;  ///< Less than this apart at the line.
/// Which part of a body the mat hears first is worth this many seconds; closer is no closer.
constexpr double kLeastWindow = 0.1;
constexpr double kStartsApart = 300;     ///< Seconds between starts that make them different.
constexpr double kCrowdHalfWidth = 150;  ///< Seconds before and after: the crowd of five minutes.
constexpr double kAgree = 2.0;           ///< Clocks this near at a mat agree.
constexpr std::uint32_t kFrontPlaces = 20;
constexpr std::size_t kPack = 60;        ///< Leaders in a pack are racing, not together.
constexpr std::size_t kLeastAgreed = 4;  ///< Points on the way, for those who started together.
constexpr double kLeastNetBits = 3;
/// A crowd thicker than this is never lonely; stop counting.
constexpr std::size_t kMostCrowd = 400;

struct Finisher {
  std::size_t row = 0;
  double at = 0;     ///< Clock at the finish.
  double start = 0;  ///< Clock at the start.
  bool front = false;
  double all = 0;    ///< Others a second, just then.
  double apart = 0;  ///< Of these, who started elsewhere.
  std::uint32_t crowd = 0;
};

/// Those who came in between two instants of the clock, by it.
std::vector<Finisher> finishers(const FieldView& view, double from, double to) {
  std::vector<Finisher> found;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double at = view.clock_at(row, view.finish());
    // Written so that who was not heard (not a number) fails.
    if (!(at >= from && at <= to)) continue;
    const auto start = view.runner(row).start_at;
    if (!start) continue;
    const auto in_front = [](std::uint32_t place) { return place > 0 && place <= kFrontPlaces; };
    Finisher f;
    f.row = row;
    f.at = at;
    f.start = static_cast<double>((*start - view.clock_zero).count()) * 1e-6;
    f.front = in_front(view.place[row]) || in_front(view.place_sex[row]);
    found.push_back(f);
  }
  std::sort(found.begin(), found.end(), [](const Finisher& a, const Finisher& b) {
    return a.at != b.at ? a.at < b.at : a.row < b.row;
  });
  return found;
}

/// Of those who finished from `from` to `to`; the crowd around them is everybody.
void count_crowds(std::vector<Finisher>& field, double from, double to) {
  std::size_t first = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i].at < from || field[i].at > to) continue;
    while (field[i].at - field[first].at > kCrowdHalfWidth) ++first;
    while (end < field.size() && field[end].at - field[i].at <= kCrowdHalfWidth) ++end;
    std::size_t apart = 0;
    for (std::size_t j = first; j < end && apart < kMostCrowd; ++j) {
      apart += std::abs(field[j].start - field[i].start) >= kStartsApart ? 1u : 0u;
    }
    field[i].crowd = static_cast<std::uint32_t>(end - first - 1);
    field[i].all = field[i].crowd / (2 * kCrowdHalfWidth);
    field[i].apart = static_cast<double>(apart) / (2 * kCrowdHalfWidth);
  }
}

LineChances chances_of(const std::vector<Finisher>& field) {
  std::vector<double> all, apart;
  for (const Finisher& f : field) {
    all.push_back(f.all);
    apart.push_back(f.apart);
  }
  return {Loneliness(std::move(all)), Loneliness(std::move(apart))};
}

struct Agreement {
  std::size_t points = 0;  ///< On the way at which the clocks agree, backwards from the finish.
  std::size_t common = 0;  ///< Points on the way that heard both.
  std::size_t first = 0;   ///< The first column of those that agree.
  double bits = 0;
};

Agreement agreement_of(const FieldView& view, const Habits& habits, std::size_t a, std::size_t b) {
  Agreement found;
  found.first = view.finish();
  bool holds = true;
  double sigma2 = 0;
  for (std::size_t column = view.finish(); column-- > 1;) {
    sigma2 += habits.spread[column + 1] * habits.spread[column + 1];
    const double off = std::abs(view.clock_at(a, column) - view.clock_at(b, column));
    if (!is_known(off)) continue;
    ++found.common;
    holds = holds && off <= kAgree;
    if (!holds) continue;
    ++found.points;
    found.first = column;
    found.bits += stretch_bits(sigma2, kAgree);
    sigma2 = 0;
  }
  // Where the agreement begins was chosen after the fact: each length is a look.
  if (found.points > 0) found.bits -= std::log2(static_cast<double>(found.common) + 1);
  return found;
}

struct Pair {
  const Finisher* first = nullptr;
  const Finisher* second = nullptr;
  Agreement agreement;
  std::optional<SharedLoss> loss;
  double gap = 0;  ///< Seconds between the starts.
  double net_bits = 0;
};

/// How many pairs at least as surprising chance brings: pairs as lonely or lonelier, as close or
/// closer, trading one for the other (hence the logarithm: the surprising region is bounded by a
/// hyperbola, not by a corner).
double expected_pairs(const Loneliness& field, double density, double window) {
  const double here = field.sum_up_to(density) * window;
  if (!(here > 0)) return 1.0;  // Nobody to compare with says nothing.
  return here * (1 + std::log(std::max(1.0, field.total() * kSameSecond / here)));
}

double net_bits_of(const Pair& pair, const LineChances& chances, double resolution) {
  const double window = std::max(pair.second->at - pair.first->at, kLeastWindow) + resolution / 2;
  if (pair.gap < kStartsApart) {
    const double density = std::max(pair.first->all, pair.second->all);
    return pair.agreement.bits - std::log2(expected_pairs(chances.all, density, window));
  }
  const double density = std::max(pair.first->apart, pair.second->apart);
  double expected = expected_pairs(chances.apart, density, window);
  if (pair.first->front || pair.second->front) {
    const double just_then = std::max(pair.first->crowd, pair.second->crowd) + 1;
    expected = std::min(expected, just_then * density * window);
  }
  return pair.agreement.bits - std::log2(expected);
}

void tell_pair(const FieldView& view, const Pair& pair, model::Moment& moment) {
  const std::size_t finish = view.finish();
  const std::array rows = {pair.first->row, pair.second->row};
  const std::vector<model::BibNumber> bibs = {view.bib(rows[0]), view.bib(rows[1])};
  model::Evidence line;
  line.what = "pair";
  line.to = view.point_name(finish);
  line.bibs = bibs;
  line.seconds = whole_seconds(pair.second->at - pair.first->at);
  line.given = "the clock at " + line.to;
  for (const std::size_t row : rows) {
    const auto reads = view.reads(row, std::array{finish});
    line.reads.insert(line.reads.end(), reads.begin(), reads.end());
  }
  model::Evidence clock;
  clock.what = "clock";
  clock.to = line.to;
  clock.bibs = {bibs[0]};
  clock.seconds = whole_seconds(pair.first->at);
  model::Evidence gap;
  gap.what = "start-gap";
  gap.from = view.point_name(0);
  gap.bibs = bibs;
  gap.seconds = whole_seconds(pair.gap);
  model::Evidence crowd;
  crowd.what = "crowd";
  crowd.to = line.to;
  crowd.seconds = whole_seconds(2 * kCrowdHalfWidth);
  crowd.of = pair.first->crowd - 1;  // The other of the two is in it.
  moment.evidence = {line,
                     clock,
                     gap,
                     crowd,
                     passing_evidence(view, rows[0], finish),
                     passing_evidence(view, rows[1], finish)};
  if (pair.agreement.points > 0) {
    model::Evidence agreed;
    agreed.what = "agreement";
    agreed.from = view.point_name(pair.agreement.first);
    agreed.to = line.to;
    agreed.bibs = bibs;
    agreed.seconds = whole_seconds(kAgree);
    agreed.rank_in_field = static_cast<std::uint32_t>(pair.agreement.points);
    agreed.of = static_cast<std::uint32_t>(pair.agreement.common);
    moment.evidence.push_back(agreed);
  }
  if (pair.loss) moment.evidence.push_back(shared_loss_evidence(view, *pair.loss, bibs));
}

bool in_pack(const FieldView& view, std::size_t row) {
  return view.place[row] > 0 && view.place[row] <= kPack;
}

/// Judges two finishers of one second; nothing where they are no story.
std::optional<Pair> judge(const FieldView& view, const Habits& habits, const LineChances& chances,
                          const Finisher& a, const Finisher& b) {
  Pair pair;
  pair.first = &a;
  pair.second = &b;
  pair.gap = std::abs(a.start - b.start);
  pair.agreement = agreement_of(view, habits, a.row, b.row);
  if (pair.gap < kStartsApart) {
    const bool all_day =
        pair.agreement.points >= kLeastAgreed && pair.agreement.points == pair.agreement.common;
    if (!all_day || in_pack(view, a.row) || in_pack(view, b.row)) return std::nullopt;
    pair.loss = shared_loss(view, habits, a.row, b.row);
    if (!pair.loss) return std::nullopt;
  }
  pair.net_bits = net_bits_of(pair, chances, view.clock_resolution);
  if (pair.net_bits < kLeastNetBits) return std::nullopt;
  const std::size_t met = pair.agreement.first;
  if (continues_another(view, a.row, met) || continues_another(view, b.row, met)) {
    return std::nullopt;
  }
  return pair;
}

/// The moment of two finishers of one second, the first of them first; nothing where they are no
/// story.
std::optional<Found> find_pair(const FieldView& view, const Habits& habits,
                               const LineChances& chances, const Finisher& a, const Finisher& b) {
  if (view.telling[a.row] == Telling::Nothing || view.telling[b.row] == Telling::Nothing) {
    return std::nullopt;
  }
  const auto pair = judge(view, habits, chances, a, b);
  if (!pair) return std::nullopt;
  Found one;
  one.moment = make_moment(view, model::MomentKind::FinishTogether, {a.row, b.row}, view.finish(),
                           pair->net_bits, 1.0);
  one.minutes_order = whole_seconds(pair->gap);
  tell_pair(view, *pair, one.moment);
  return one;
}

}  // namespace

std::vector<Found> find_finishes_together(const FieldView& view) {
  constexpr double kEver = std::numeric_limits<double>::infinity();
  std::vector<Finisher> field = finishers(view, -kEver, kEver);
  count_crowds(field, -kEver, kEver);
  const LineChances& chances = view.memo.shared().line.emplace(chances_of(field));
  const Habits& habits = habits_in(view);
  std::vector<Found> found;
  for (std::size_t i = 0; i < field.size(); ++i) {
    for (std::size_t j = i + 1; j < field.size(); ++j) {
      if (field[j].at - field[i].at >= kSameSecond) break;
      auto one = find_pair(view, habits, chances, field[i], field[j]);
      if (one) found.push_back(std::move(*one));
    }
  }
  return found;
}

std::vector<Found> judge_finish_together(const FieldView& view, const Shared& day,
                                         std::size_t row) {
  if (!day.line || !day.habits) return {};
  // All who are in the crowd of somebody of the same second.
  constexpr double kAround = kCrowdHalfWidth + kSameSecond;
  const double at = view.clock_at(row, view.finish());
  std::vector<Finisher> field = finishers(view, at - kAround, at + kAround);
  // A pair with this runner lies within a second; whoever is further off is only their crowd.
  count_crowds(field, at - kSameSecond, at + kSameSecond);
  std::vector<Found> found;
  for (std::size_t i = 0; i < field.size(); ++i) {
    for (std::size_t j = i + 1; j < field.size(); ++j) {
      if (field[j].at - field[i].at >= kSameSecond) break;
      if (field[i].row != row && field[j].row != row) continue;
      auto one = find_pair(view, *day.habits, *day.line, field[i], field[j]);
      if (one) found.push_back(std::move(*one));
    }
  }
  return found;
}

}  // namespace hs::moments
