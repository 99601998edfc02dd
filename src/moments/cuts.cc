#include "moments/cuts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "moments/body_tail.h"
#include "moments/robust_fit.h"

// Implementation notes: times are compared as logarithms of seconds over the field's usual share of
// the whole time, which takes hills and the day out of them. A runner is fitted from what they did
// elsewhere, never from the stretch that is judged, and mats within it are passed over for
// everybody: so who was not heard there is compared with people who are looked at the same way.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastField = 300;
/// How many leave out a part of the course, before anything is known of them.
constexpr double kCutPrior = 1.0 / 1000;
constexpr double kStep = 50;                ///< Metres, where a cut may begin.
constexpr double kShortCourseShare = 0.2;   ///< A stretch on a short course is this much of it.
constexpr double kMedianOfNormal = 0.6745;  ///< Median of |x| for a standard normal x.
constexpr double kLeastError = 1e-4;        ///< Of log pace.
constexpr double kScaleWithin = 0.7;        ///< Of its log: how far from the middle a scale goes.

/// A runner's way outside one stretch.
struct Sample {
  std::size_t row = 0;
  double level = 0;   ///< Everything else.
  double early = 0;   ///< Up to the stretch, against the level.
  double before = 0;  ///< The stretch before, against the level.
  double behind = 0;  ///< The stretch behind.
  double best = 0;    ///< The fastest of the other stretches.
  double here = 0;    ///< The stretch itself.
};

class Stretch {
 public:
  Stretch(const FieldView& view, std::size_t from, std::size_t to, double least_metres)
      : view_(view), from_(from), to_(to), least_(least_metres) {
    fit();
  }

  struct Judged {
    double log_ratio = 0;  ///< Of the time taken to the one expected.
    double bits = 0;       ///< How rare that is, if nothing was left out.
    double density = 0;    ///< Of such a ratio, if nothing was left out.
    double expected = 0;   ///< Seconds.
  };
  /// Nothing for whoever is not much too fast.
  [[nodiscard]] std::optional<Judged> judge(std::size_t row) const;

  /// The least pace of anybody else.
  [[nodiscard]] double fastest_but(std::size_t row) const {
    return fastest_row_ == row ? second_ : fastest_;
  }

 private:
  [[nodiscard]] double share(std::size_t from, std::size_t to) const {
    return view_.usual_share[to] - view_.usual_share[from];
  }
  /// Log of seconds over the field's usual share of the whole; not finite where one was missed.
  [[nodiscard]] double log_time(std::size_t row, std::size_t from, std::size_t to) const {
    return std::log((view_.net_at(row, to) - view_.net_at(row, from)) / share(from, to));
  }
  /// The middle one of the runner's other stretches, against the level: a stop is not in it.
  [[nodiscard]] double usual(const Sample& s) const;
  [[nodiscard]] double best_elsewhere(std::size_t row) const;
  /// Calls `take` with the log time of each of a runner's stretches between two columns.
  template <typename Take>
  void each_within(std::size_t row, std::size_t from, std::size_t to, const Take& take) const;
  [[nodiscard]] std::optional<Sample> sample_of(std::size_t row) const;
  [[nodiscard]] Features features_of(const Sample& s) const;
  [[nodiscard]] static Features scale_features(Features features);
  [[nodiscard]] double scale_at(const Features& features) const;
  void fit();
  void fit_scale(const std::vector<Features>& features, const std::vector<double>& off);

  const FieldView& view_;
  std::size_t from_;
  std::size_t to_;
  double least_;
  double middle_level_ = 0;
  LinearRule rule_;
  LinearRule scale_rule_;
  double scale_middle_ = 0;
  std::optional<BodyTail> tail_;  ///< Of who is too fast; nothing for a small field.
  double fastest_ = kNoTime;      ///< Seconds a metre.
  double second_ = kNoTime;
  std::size_t fastest_row_ = 0;
};

template <typename Take>
void Stretch::each_within(std::size_t row, std::size_t from, std::size_t to,
                          const Take& take) const {
  std::size_t begin = from;
  for (std::size_t column = from + 1; column <= to; ++column) {
    if (!is_known(view_.net_at(row, column))) continue;
    if (view_.metres[column] - view_.metres[begin] < least_) continue;
    take(log_time(row, begin, column));
    begin = column;
  }
}

double Stretch::best_elsewhere(std::size_t row) const {
  double best = std::numeric_limits<double>::infinity();
  const auto take = [&](double log) { best = std::min(best, log); };
  each_within(row, 0, from_, take);
  each_within(row, to_, view_.finish(), take);
  return best;
}

double Stretch::usual(const Sample& s) const {
  std::vector<double> logs;
  const auto take = [&](double log) { logs.push_back(log); };
  each_within(s.row, 0, from_, take);
  each_within(s.row, to_, view_.finish(), take);
  return logs.empty() ? 0.0 : quantile(std::move(logs), 0.5) - s.level;
}

std::optional<Sample> Stretch::sample_of(std::size_t row) const {
  const std::size_t finish = view_.finish();
  if (!is_known(view_.net_at(row, from_)) || !is_known(view_.net_at(row, to_))) return std::nullopt;
  Sample s;
  s.row = row;
  const double elsewhere =
      view_.net_at(row, finish) - (view_.net_at(row, to_) - view_.net_at(row, from_));
  s.level = std::log(elsewhere / (1 - share(from_, to_)));
  s.here = log_time(row, from_, to_) - s.level;
  if (from_ > 0) {
    const std::size_t before = view_.heard_before(row, from_, least_).value_or(0);
    s.early = log_time(row, 0, from_) - s.level;
    s.before = log_time(row, before, from_) - s.level;
  }
  if (to_ < finish) {
    const std::size_t behind = view_.heard_after(row, to_, least_).value_or(finish);
    s.behind = log_time(row, to_, behind) - s.level;
  }
  s.best = best_elsewhere(row) - s.level;
  if (s.best > 0) s.best = 0;  // No other stretch is long enough.
  const bool usable = std::isfinite(s.level) && std::isfinite(s.here) && std::isfinite(s.early) &&
                      std::isfinite(s.before) && std::isfinite(s.behind) && std::isfinite(s.best);
  return usable ? std::optional(s) : std::nullopt;
}

Features Stretch::features_of(const Sample& s) const {
  const double level = s.level - middle_level_;
  return {1.0,
          level,
          level * level,
          s.early,
          s.before,
          s.behind,
          std::min(s.before, s.behind),
          s.best,
          view_.woman[s.row]};
}

Features Stretch::scale_features(Features features) {
  constexpr std::size_t kFirstSigned = 3;
  constexpr std::size_t kLastSigned = 7;
  for (std::size_t i = kFirstSigned; i <= kLastSigned; ++i) features[i] = std::abs(features[i]);
  return features;
}

double Stretch::scale_at(const Features& features) const {
  const double value = scale_rule_.at(scale_features(features));
  return std::exp(std::clamp(value, scale_middle_ - kScaleWithin, scale_middle_ + kScaleWithin)) /
         kMedianOfNormal;
}

void Stretch::fit_scale(const std::vector<Features>& features, const std::vector<double>& off) {
  std::vector<Features> about;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < off.size(); ++i) {
    about.push_back(scale_features(features[i]));
    sizes.push_back(std::log(std::max(std::abs(off[i]), kLeastError)));
  }
  scale_rule_ = fit_robust(about, sizes);
  std::vector<double> fitted;
  for (const Features& f : about) fitted.push_back(scale_rule_.at(f));
  scale_middle_ = quantile(std::move(fitted), 0.5);
}

void Stretch::fit() {
  if (!(share(from_, to_) > 0 && share(from_, to_) < 1)) return;
  std::vector<Sample> samples;
  for (std::size_t row = 0; row < view_.rows(); ++row) {
    const auto sample = sample_of(row);
    if (!sample) continue;
    samples.push_back(*sample);
    const double pace = view_.pace(row, from_, to_);
    if (!(pace >= fastest_)) {
      second_ = std::exchange(fastest_, pace);
      fastest_row_ = row;
    } else if (!(pace >= second_)) {
      second_ = pace;
    }
  }
  if (samples.size() < kLeastField) return;
  std::vector<double> levels;
  for (const Sample& s : samples) levels.push_back(s.level);
  middle_level_ = quantile(std::move(levels), 0.5);
  std::vector<Features> features;
  std::vector<double> values;
  for (const Sample& s : samples) {
    features.push_back(features_of(s));
    values.push_back(s.here);
  }
  rule_ = fit_robust(features, values);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= rule_.at(features[i]);
  fit_scale(features, values);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] /= -scale_at(features[i]);
  tail_ = fit_body_tail(values);
}

std::optional<Stretch::Judged> Stretch::judge(std::size_t row) const {
  if (!tail_) return std::nullopt;
  const auto sample = sample_of(row);
  if (!sample) return std::nullopt;
  const Features features = features_of(*sample);
  const double scale = scale_at(features);
  Judged out;
  out.log_ratio = sample->here - rule_.at(features);
  if (!(tail_->bits(-out.log_ratio / scale) > 0)) return std::nullopt;
  // Behind a long stop the rule expects another; the runner's own pace is never a cut.
  out.log_ratio = std::max(out.log_ratio, sample->here - usual(*sample));
  out.bits = tail_->bits(-out.log_ratio / scale);
  if (!(out.bits > 0)) return std::nullopt;
  out.density = std::exp2(-out.bits) / (tail_->middle().scale * scale);
  out.expected = (view_.net_at(row, to_) - view_.net_at(row, from_)) / std::exp(out.log_ratio);
  return out;
}

/// The mats strictly between two columns that heard a runner, and those that did not.
struct Between {
  std::vector<std::size_t> silent;
  std::vector<double> heard_metres;
};

/// Judges everybody, stretch by stretch; each stretch is fitted once, when first asked for.
class CutFinder {
 public:
  CutFinder(const FieldView& view, const MatHearing& hearing)
      : view_(view),
        hearing_(hearing),
        course_(view.metres[view.finish()]),
        least_(std::min(kLeastStretchMetres, kShortCourseShare * course_)) {}

  [[nodiscard]] std::optional<Oddity> judge(std::size_t row) {
    double odds = 0;
    double most = 0;
    std::optional<Oddity> best;
    for (std::size_t from = 0; from < view_.finish(); ++from) {
      if (!is_known(view_.net_at(row, from))) continue;
      const auto to = view_.heard_after(row, from, least_);
      if (!to || (from == 0 && *to == view_.finish())) continue;
      const Stretch& stretch = stretch_of(from, *to);
      const auto judged = stretch.judge(row);
      if (!judged) continue;
      const double weighed = odds_of(row, from, *to, *judged);
      odds += weighed;
      if (!(weighed > most)) continue;
      most = weighed;
      best = describe(row, from, *to, *judged, stretch);
    }
    if (best) best->likelihood = odds / (1 + odds);
    return best;
  }

 private:
  const Stretch& stretch_of(std::size_t from, std::size_t to) {
    const std::pair key(from, to);
    const auto found = stretches_.find(key);
    if (found != stretches_.end()) return found->second;
    return stretches_.emplace(key, Stretch(view_, from, to, least_)).first->second;
  }

  [[nodiscard]] Between between(std::size_t row, std::size_t from, std::size_t to) const {
    Between out;
    for (std::size_t column = from + 1; column < to; ++column) {
      if (is_known(view_.net_at(row, column))) {
        out.heard_metres.push_back(view_.metres[column]);
      } else {
        out.silent.push_back(column);
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<double> chances(std::size_t row, std::size_t from, std::size_t to,
                                            const std::vector<std::size_t>& silent) const {
    std::vector<MatHearing::Around> mats;
    for (const std::size_t column : silent) mats.push_back(hearing_.around(row, column));
    std::size_t asked = 0;
    std::size_t missed = 0;
    for (std::size_t column = 1; column < view_.finish(); ++column) {
      if (column > from && column < to) continue;
      // A mat that was deaf at the time says nothing about a chip.
      if (hearing_.around(row, column).miss_rate() > kDeafRate) continue;
      ++asked;
      missed += is_known(view_.net_at(row, column)) ? 0u : 1u;
    }
    return miss_chances(mats, missed, asked);
  }

  /// The mean, over all places where a cut of this length may begin, of the chance that just the
  /// silent mats were not heard.
  [[nodiscard]] double chance_if_cut(std::size_t from, std::size_t to, double cut,
                                     const Between& mats, const std::vector<double>& missed) const {
    double sum = 0;
    for (double begin = view_.metres[from]; begin + cut <= view_.metres[to]; begin += kStep) {
      const auto is_skipped = [&](double at) { return at >= begin && at <= begin + cut; };
      double chance = 1;
      for (std::size_t i = 0; i < mats.silent.size(); ++i) {
        if (!is_skipped(view_.metres[mats.silent[i]])) chance *= missed[i];
      }
      if (std::any_of(mats.heard_metres.begin(), mats.heard_metres.end(), is_skipped)) chance = 0;
      sum += chance * kStep;
    }
    return sum / course_;
  }

  [[nodiscard]] double odds_of(std::size_t row, std::size_t from, std::size_t to,
                               const Stretch::Judged& judged) const {
    const double metres = view_.metres[to] - view_.metres[from];
    const double left = std::exp(judged.log_ratio);
    const double cut = (1 - left) * metres;
    const Between mats = between(row, from, to);
    const std::vector<double> missed = chances(row, from, to, mats.silent);
    double by_chance = 1;
    for (const double one : missed) by_chance *= one;
    // One length is as likely as another, up to the course; here as a density of the log ratio.
    const double density = left * metres / course_;
    const double if_cut = density * chance_if_cut(from, to, cut, mats, missed);
    return kCutPrior * if_cut / (judged.density * by_chance);
  }

  [[nodiscard]] Oddity describe(std::size_t row, std::size_t from, std::size_t to,
                                const Stretch::Judged& judged, const Stretch& stretch) const {
    constexpr double kKilometre = 1000;
    const double metres = view_.metres[to] - view_.metres[from];
    const double took = view_.net_at(row, to) - view_.net_at(row, from);
    Oddity out;
    out.kind = OddityKind::Cut;
    out.race = view_.race;
    out.runner = view_.people[row];
    out.from = view_.points[from];
    out.to = view_.points[to];
    out.took = micros(took);
    out.expected = micros(judged.expected);
    out.pace = took / metres * kKilometre;
    out.own_pace = (view_.net_at(row, view_.finish()) - took) / (course_ - metres) * kKilometre;
    out.fastest_pace = stretch.fastest_but(row) * kKilometre;
    out.metres = (1 - took / judged.expected) * metres;
    for (const std::size_t column : between(row, from, to).silent) {
      const MatHearing::Around around = hearing_.around(row, column);
      out.silent.push_back({view_.points[column], around.heard, around.passed});
    }
    return out;
  }

  static base::Duration micros(double seconds) {
    return base::Duration(std::llround(seconds * 1e6));
  }

  static constexpr double kDeafRate = 0.3;

  const FieldView& view_;
  const MatHearing& hearing_;
  double course_;
  double least_;
  std::map<std::pair<std::size_t, std::size_t>, Stretch> stretches_;
};

}  // namespace

std::vector<Oddity> find_cuts(const FieldView& view, const MatHearing& hearing, double least) {
  std::vector<Oddity> out;
  if (view.columns() < 3 || view.rows() < kLeastField) return out;
  CutFinder finder(view, hearing);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    auto oddity = finder.judge(row);
    if (oddity && oddity->likelihood >= least) out.push_back(std::move(*oddity));
  }
  return out;
}

}  // namespace hs::moments
