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
/// Shorter stretches are too noisy to be a runner's pace.
constexpr double kLeastStretchMetres = 2000;
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

std::vector<Sample> collect(const FieldView& view, std::size_t column) {
  std::vector<Sample> samples;
  samples.reserve(view.rows());
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(view.net_at(row, column))) continue;
    const auto before = view.heard_before(row, column, kLeastStretchMetres);
    if (!before) continue;
    Sample s;
    s.row = row;
    s.last = std::log(view.pace(row, *before, column));
    s.level = *before == 0 ? s.last : std::log(view.pace(row, 0, *before));
    const auto earlier = view.heard_before(row, *before, kLeastStretchMetres);
    s.earlier = earlier ? std::log(view.pace(row, *earlier, *before)) : s.level;
    s.rest = std::log(view.pace(row, column, view.finish()));
    if (std::isfinite(s.last) && std::isfinite(s.level) && std::isfinite(s.earlier) &&
        std::isfinite(s.rest)) {
      samples.push_back(s);
    }
  }
  return samples;
}

struct Centre {
  double level = 0;
  double last = 0;
  double age = 0;
  double change = 0;   ///< Of the last stretch against the level: how the day fades.
  double earlier = 0;  ///< Of the stretch before that.
};

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

/// Divides deviations by what is left of their spread within quarter of pace and sex.
void level_groups(const FieldView& view, const std::vector<Sample>& samples, std::vector<double>& z,
                  std::vector<double>& scale) {
  std::vector<double> levels;
  for (const Sample& s : samples) levels.push_back(s.level);
  const std::array quarters = {quantile(levels, 0.25), quantile(levels, 0.5),
                               quantile(levels, 0.75)};
  const auto group_of = [&](const Sample& s) {
    std::size_t quarter = 0;
    for (const double limit : quarters) quarter += s.level > limit ? 1u : 0u;
    return quarter * 2 + (view.woman[s.row] >= 1.0 ? 1u : 0u);
  };
  std::array<std::vector<double>, 8> sizes;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sizes[group_of(samples[i])].push_back(std::abs(z[i]));
  }
  std::array<double, 8> spread{};
  for (std::size_t g = 0; g < spread.size(); ++g) {
    // A handful of people do not know their own spread.
    spread[g] = sizes[g].size() < 30 ? 1.0 : quantile(sizes[g], 0.5) / kMedianOfNormal;
    if (!(spread[g] > 0)) spread[g] = 1.0;
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double by = spread[group_of(samples[i])];
    z[i] /= by;
    scale[i] *= by;
  }
}

/// The second fit: how far off the first one usually is for somebody like this. Of logarithms,
/// so that one wild runner does not make all of their kind look wild.
std::vector<double> scales(const std::vector<Features>& features,
                           const std::vector<double>& residuals) {
  std::vector<double> sizes;
  for (const double r : residuals) sizes.push_back(std::log(std::max(std::abs(r), kLeastError)));
  std::vector<Features> about;
  for (const Features& f : features) about.push_back(scale_features(f));
  const LinearRule rule = fit_robust(about, sizes);
  std::vector<double> result;
  for (const Features& f : about) result.push_back(rule.at(f));
  const double middle = quantile(result, 0.5);
  for (double& value : result) {
    value = std::clamp(value, middle - kScaleWithin, middle + kScaleWithin);
    value = std::exp(value) / kMedianOfNormal;
  }
  return result;
}

}  // namespace

double RestExpectation::least(std::size_t row) const {
  return expected[row] * std::exp(scale[row] * z_least);
}

double RestExpectation::most(std::size_t row) const {
  return expected[row] * std::exp(scale[row] * z_most);
}

RestExpectation expect_rest(const FieldView& view, std::size_t column) {
  HS_CHECK(column > 0 && column < view.finish(), "the rest begins between start and finish");
  RestExpectation result;
  result.from = column;
  for (auto* values : {&result.expected, &result.scale, &result.previous, &result.z}) {
    values->assign(view.rows(), kNoTime);
  }
  const std::vector<Sample> samples = collect(view, column);
  if (samples.size() < kLeastField) return result;
  const Centre centre = centre_of(view, samples);
  std::vector<Features> features;
  std::vector<double> values;
  for (const Sample& s : samples) {
    features.push_back(features_of(view, s, centre));
    values.push_back(s.rest - reference_of(s, centre));
  }
  const LinearRule rule = fit_robust(features, values);
  std::vector<double> z(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) z[i] = values[i] - rule.at(features[i]);
  std::vector<double> scale = scales(features, z);
  for (std::size_t i = 0; i < samples.size(); ++i) z[i] /= scale[i];
  level_groups(view, samples, z, scale);

  result.judged = samples.size();
  result.z_least = quantile(z, 0.05);
  result.z_most = quantile(z, 0.95);
  const double metres = view.metres[view.finish()] - view.metres[column];
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& s = samples[i];
    const double log_pace = reference_of(s, centre) + rule.at(features[i]);
    result.expected[s.row] = std::exp(log_pace) * metres;
    result.scale[s.row] = scale[i];
    result.previous[s.row] = std::exp(s.last);
    result.z[s.row] = z[i];
  }
  return result;
}

}  // namespace hs::moments
