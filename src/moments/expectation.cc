#include "moments/expectation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "moments/robust_fit.h"

// Implementation notes: the quantity fitted is log(pace of the rest) - reference, where the
// reference is the log of the runner's last pace, clipped to what the field does. Unclipped, the
// kilometres after somebody's long stop look like a miracle. A second fit gives the scale: people
// in trouble are less predictable, and being unpredictable is not a story. Both were chosen on
// Boston 2011, 2013, 2014 and 2015.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastField = 300;
constexpr double kClipFaster = 0.15;  ///< Of log pace, below the field's median.
constexpr double kClipSlower = 0.45;
constexpr double kAgeUnit = 10;             ///< Years; keeps the features of one size.
constexpr double kMedianOfNormal = 0.6745;  ///< Median of |x| for a standard normal x.
constexpr double kLeastError = 1e-4;        ///< Of log pace; finer than any clock here.
/// Log of how much more or less predictable than the middle anybody may be called.
constexpr double kScaleWithin = 0.7;

/// Places in `Features`; a signed square stands behind what is squared.
constexpr std::size_t kLevelSquare = 2;
constexpr std::size_t kAge = 4;
constexpr std::size_t kChangeSquare = 6;
constexpr std::size_t kEarlierSquare = 8;

struct Sample {
  std::size_t row = 0;
  double level = 0;    ///< Log pace from the start to the point before.
  double last = 0;     ///< Log pace of the last stretch before the point.
  double earlier = 0;  ///< Log pace of the stretch before that; = level where not known.
  double rest = 0;     ///< Log pace of the rest.
};

using Centre = RestRule::Centre;

std::optional<Sample> sample_of(const FieldView& view, std::size_t row, std::size_t column) {
  if (!is_known(view.net_at(row, column))) return std::nullopt;
  const auto before = view.heard_before(row, column, kLeastStretchMetres);
  if (!before) return std::nullopt;
  Sample s;
  s.row = row;
  s.last = std::log(view.pace(row, *before, column));
  s.level = *before == 0 ? s.last : std::log(view.pace(row, 0, *before));
  const auto earlier = view.heard_before(row, *before, kLeastStretchMetres);
  s.earlier = earlier ? std::log(view.pace(row, *earlier, *before)) : s.level;
  s.rest = std::log(view.pace(row, column, view.finish()));
  const bool usable = std::isfinite(s.last) && std::isfinite(s.level) && std::isfinite(s.earlier) &&
                      std::isfinite(s.rest);
  return usable ? std::optional(s) : std::nullopt;
}

std::vector<Sample> collect(const FieldView& view, std::size_t column) {
  std::vector<Sample> samples;
  samples.reserve(view.rows());
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (const auto sample = sample_of(view, row, column)) samples.push_back(*sample);
  }
  return samples;
}

Centre centre_of(const FieldView& view, const std::vector<Sample>& samples) {
  std::vector<double> level, last, age, change, earlier;
  for (const Sample& s : samples) {
    level.push_back(s.level);
    last.push_back(s.last);
    change.push_back(s.last - s.level);
    earlier.push_back(s.earlier - s.level);
    if (is_known(view.age[s.row])) age.push_back(view.age[s.row]);
  }
  Centre centre;
  centre.level = quantile(std::move(level), 0.5);
  centre.last = quantile(std::move(last), 0.5);
  centre.change = quantile(std::move(change), 0.5);
  centre.earlier = quantile(std::move(earlier), 0.5);
  centre.age = age.empty() ? 0.0 : quantile(std::move(age), 0.5);
  return centre;
}

Features features_of(const FieldView& view, const Sample& s, const Centre& centre) {
  const double level = s.level - centre.level;
  const double age = view.age[s.row];
  const double d = s.last - s.level - centre.change;
  const double e = s.earlier - s.level - centre.earlier;
  return {1.0,
          level,
          level * level,
          view.woman[s.row],
          is_known(age) ? (age - centre.age) / kAgeUnit : 0.0,
          d,
          d * std::abs(d),
          e,
          e * std::abs(e)};
}

/// The same for the scale, where being out of step counts in either direction. Without the square
/// of the level and without age: both bend the scale where few run, and the fastest of Boston 2014
/// came out twice as unpredictable as they are.
Features scale_features(Features features) {
  features[kLevelSquare] = 0;
  features[kAge] = 0;
  features[kChangeSquare] = std::abs(features[kChangeSquare - 1]);
  features[kEarlierSquare] = std::abs(features[kEarlierSquare - 1]);
  return features;
}

double reference_of(const Sample& s, const Centre& centre) {
  return std::clamp(s.last, centre.last - kClipFaster, centre.last + kClipSlower);
}

std::size_t group_of(const FieldView& view, const RestRule& rule, const Sample& s) {
  std::size_t quarter = 0;
  for (const double limit : rule.quarters) quarter += s.level > limit ? 1u : 0u;
  return quarter * 2 + (view.woman[s.row] >= 1.0 ? 1u : 0u);
}

double scale_at(const RestRule& rule, const Features& about) {
  const double value = std::clamp(rule.scale_rule.at(about), rule.scale_middle - kScaleWithin,
                                  rule.scale_middle + kScaleWithin);
  return std::exp(value) / kMedianOfNormal;
}

/// The second fit: how far off the first one usually is for somebody like this. Of logarithms,
/// so that one wild runner does not make all of their kind look wild. Divides `z` by it.
void fit_scale(const std::vector<Features>& features, std::vector<double>& z, RestRule& rule) {
  std::vector<double> sizes;
  for (const double r : z) sizes.push_back(std::log(std::max(std::abs(r), kLeastError)));
  std::vector<Features> about;
  for (const Features& f : features) about.push_back(scale_features(f));
  rule.scale_rule = fit_robust(about, sizes);
  std::vector<double> fitted;
  for (const Features& f : about) fitted.push_back(rule.scale_rule.at(f));
  rule.scale_middle = quantile(std::move(fitted), 0.5);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] /= scale_at(rule, about[i]);
}

/// What is left of the spread of deviations within quarter of pace and sex. Divides `z` by it.
void fit_groups(const FieldView& view, const std::vector<Sample>& samples, std::vector<double>& z,
                RestRule& rule) {
  std::vector<double> levels;
  for (const Sample& s : samples) levels.push_back(s.level);
  rule.quarters = {quantile(levels, 0.25), quantile(levels, 0.5), quantile(levels, 0.75)};
  std::array<std::vector<double>, 8> sizes;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sizes[group_of(view, rule, samples[i])].push_back(std::abs(z[i]));
  }
  for (std::size_t g = 0; g < sizes.size(); ++g) {
    // A handful of people do not know their own spread.
    const bool few = sizes[g].size() < 30;
    const double spread = few ? 1.0 : quantile(std::move(sizes[g]), 0.5) / kMedianOfNormal;
    rule.spread[g] = spread > 0 ? spread : 1.0;
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    z[i] /= rule.spread[group_of(view, rule, samples[i])];
  }
}

}  // namespace

double RestExpectation::least(std::size_t row) const {
  return expected[row] * std::exp(scale[row] * z_least);
}

double RestExpectation::most(std::size_t row) const {
  return expected[row] * std::exp(scale[row] * z_most);
}

std::optional<RestRule> fit_rest(const FieldView& view, std::size_t column) {
  HS_CHECK(column > 0 && column < view.finish(), "the rest begins between start and finish");
  const std::vector<Sample> samples = collect(view, column);
  if (samples.size() < kLeastField) return std::nullopt;
  RestRule rule;
  rule.from = column;
  rule.judged = samples.size();
  rule.centre = centre_of(view, samples);
  std::vector<Features> features;
  std::vector<double> values;
  for (const Sample& s : samples) {
    features.push_back(features_of(view, s, rule.centre));
    values.push_back(s.rest - reference_of(s, rule.centre));
  }
  rule.rule = fit_robust(features, values);
  std::vector<double> z(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) z[i] = values[i] - rule.rule.at(features[i]);
  fit_scale(features, z, rule);
  fit_groups(view, samples, z, rule);
  rule.z_least = quantile(z, 0.05);
  rule.z_most = quantile(std::move(z), 0.95);
  return rule;
}

std::optional<RestRule::Judged> RestRule::judge(const FieldView& view, std::size_t row) const {
  const auto s = sample_of(view, row, from);
  if (!s) return std::nullopt;
  const Features features = features_of(view, *s, centre);
  const double reference = reference_of(*s, centre);
  const double by = spread[group_of(view, *this, *s)];
  const double scale = scale_at(*this, scale_features(features));
  Judged one;
  one.scale = scale * by;
  one.previous = std::exp(s->last);
  one.z = (s->rest - reference - rule.at(features)) / scale / by;
  one.expected =
      std::exp(reference + rule.at(features)) * (view.metres[view.finish()] - view.metres[from]);
  return one;
}

RestExpectation expect_rest(const FieldView& view, std::size_t column) {
  RestExpectation result;
  result.from = column;
  for (auto* values : {&result.expected, &result.scale, &result.previous, &result.z}) {
    values->assign(view.rows(), kNoTime);
  }
  const auto rule = fit_rest(view, column);
  if (!rule) return result;
  result.judged = rule->judged;
  result.z_least = rule->z_least;
  result.z_most = rule->z_most;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto judged = rule->judge(view, row);
    if (!judged) continue;
    result.expected[row] = judged->expected;
    result.scale[row] = judged->scale;
    result.previous[row] = judged->previous;
    result.z[row] = judged->z;
  }
  return result;
}

}  // namespace hs::moments
