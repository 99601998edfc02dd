#include "evaluate/moment_model.h"

#include <algorithm>
#include <cmath>

namespace hs::evaluate {
namespace {

using moments::Features;
using moments::is_known;

constexpr std::size_t kLeastField = 300;
constexpr double kLeastStretchMetres = 2000;
constexpr double kClipFaster = 0.15;
constexpr double kClipSlower = 0.45;
constexpr double kMedianOfNormal = 0.6745;
constexpr double kLeastError = 1e-4;
constexpr double kScaleWithin = 0.7;
constexpr std::size_t kLeastGroup = 30;

Features absolute(Features features) {
  features[2] = 0;
  features[4] = 0;
  for (const std::size_t i : {6u, 8u}) features[i] = std::abs(features[i - 1]);
  return features;
}

}  // namespace

struct MomentModel::Known {
  double level = 0, last = 0, earlier = 0;  ///< Log paces.
  double woman = 0, age = moments::kNoTime;
  [[nodiscard]] bool is_usable() const {
    return std::isfinite(level) && std::isfinite(last) && std::isfinite(earlier);
  }
};

MomentModel::Known MomentModel::known_at(const MomentTimes& times, std::size_t row,
                                         std::size_t column) {
  const moments::FieldView& view = times.view;
  Known known;
  known.woman = view.woman[row];
  known.age = view.age[row];
  const auto before = view.heard_before(row, column, kLeastStretchMetres);
  const std::size_t from = before.value_or(0);
  known.last = std::log(view.pace(row, from, column));
  known.level = from == 0 ? known.last : std::log(view.pace(row, 0, from));
  known.earlier = known.level;
  if (from > 0) {
    const auto earlier = view.heard_before(row, from, kLeastStretchMetres);
    if (earlier) known.earlier = std::log(view.pace(row, *earlier, from));
  }
  return known;
}

Features MomentModel::features_of(const Stretch& s, const Known& known) {
  const double level = known.level - s.middle_level;
  const double d = known.last - known.level - s.middle_change;
  const double e = known.earlier - known.level - s.middle_earlier;
  return {1.0,
          level,
          level * level,
          known.woman,
          is_known(known.age) ? (known.age - s.middle_age) / 10 : 0.0,
          d,
          d * std::abs(d),
          e,
          e * std::abs(e)};
}

double MomentModel::reference(const Stretch& s, const Known& known) {
  return std::clamp(known.last, s.middle_last - kClipFaster, s.middle_last + kClipSlower);
}

double MomentModel::scale_of(const Stretch& s, const Features& features) {
  const double log_scale = s.scale.at(absolute(features));
  return std::exp(std::clamp(log_scale, s.scale_least, s.scale_most)) / kMedianOfNormal;
}

std::size_t MomentModel::group_of(const Stretch& s, const Known& known) {
  std::size_t quarter = 0;
  for (const double limit : s.quarters) quarter += known.level > limit ? 1u : 0u;
  return quarter * 2 + (known.woman >= 1.0 ? 1u : 0u);
}

void MomentModel::fit_scale(const std::vector<Known>& known, const std::vector<Features>& features,
                            std::vector<double>& z, Stretch& s) {
  std::vector<double> sizes, levels;
  std::vector<Features> about;
  for (std::size_t i = 0; i < z.size(); ++i) {
    sizes.push_back(std::log(std::max(std::abs(z[i]), kLeastError)));
    about.push_back(absolute(features[i]));
    levels.push_back(known[i].level);
  }
  s.scale = moments::fit_robust(about, sizes);
  std::vector<double> fitted;
  for (const Features& f : about) fitted.push_back(s.scale.at(f));
  const double middle = moments::quantile(std::move(fitted), 0.5);
  s.scale_least = middle - kScaleWithin;
  s.scale_most = middle + kScaleWithin;
  s.quarters = {moments::quantile(levels, 0.25), moments::quantile(levels, 0.5),
                moments::quantile(levels, 0.75)};
  std::array<std::vector<double>, 8> by_group;
  for (std::size_t i = 0; i < z.size(); ++i) {
    z[i] /= scale_of(s, features[i]);
    by_group[group_of(s, known[i])].push_back(std::abs(z[i]));
  }
  for (std::size_t g = 0; g < by_group.size(); ++g) {
    const bool few = by_group[g].size() < kLeastGroup;
    const double spread =
        few ? 1.0 : moments::quantile(std::move(by_group[g]), 0.5) / kMedianOfNormal;
    s.spread[g] = spread > 0 ? spread : 1.0;
  }
  for (std::size_t i = 0; i < z.size(); ++i) z[i] /= s.spread[group_of(s, known[i])];
}

bool MomentModel::fit_stretch(const MomentTimes& times, std::size_t to, Stretch& s) {
  const moments::FieldView& view = times.view;
  std::vector<Known> known;
  std::vector<double> paces, level, last, change, earlier, age;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double pace = std::log(view.pace(row, to - 1, to));
    if (!std::isfinite(pace)) continue;
    const Known k = known_at(times, row, to - 1);
    if (!k.is_usable()) continue;
    known.push_back(k);
    paces.push_back(pace);
    level.push_back(k.level);
    last.push_back(k.last);
    change.push_back(k.last - k.level);
    earlier.push_back(k.earlier - k.level);
    if (is_known(k.age)) age.push_back(k.age);
  }
  if (known.size() < kLeastField) return false;
  s.middle_level = moments::quantile(std::move(level), 0.5);
  s.middle_last = moments::quantile(std::move(last), 0.5);
  s.middle_change = moments::quantile(std::move(change), 0.5);
  s.middle_earlier = moments::quantile(std::move(earlier), 0.5);
  s.middle_age = age.empty() ? 0.0 : moments::quantile(std::move(age), 0.5);
  std::vector<Features> features;
  std::vector<double> z;
  for (std::size_t i = 0; i < known.size(); ++i) {
    features.push_back(features_of(s, known[i]));
    z.push_back(paces[i] - reference(s, known[i]));
  }
  s.rule = moments::fit_robust(features, z);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] -= s.rule.at(features[i]);
  fit_scale(known, features, z, s);
  const auto slow = moments::fit_body_tail(z);
  for (double& value : z) value = -value;
  const auto fast = moments::fit_body_tail(z);
  if (!slow || !fast) return false;
  s.slow = slow->middle();
  s.fast = fast->middle();
  for (double& value : z) value = -value;
  std::sort(z.begin(), z.end());
  s.sorted = std::move(z);
  return true;
}

double MomentModel::draw(const Stretch& s, Random& random) {
  const double u = random.unit();
  // 1 - unit() lies in (0, 1]: its logarithm is finite.
  const double beyond = -std::log(1 - random.unit());
  if (u >= 1 - s.slow.share) return s.slow.from + s.slow.scale * beyond;
  if (u < s.fast.share) return -(s.fast.from + s.fast.scale * beyond);
  return s.sorted[static_cast<std::size_t>(u * static_cast<double>(s.sorted.size()))];
}

std::optional<MomentModel> MomentModel::fit(const MomentTimes& times) {
  MomentModel model;
  for (std::size_t to = 2; to < times.view.columns(); ++to) {
    if (!fit_stretch(times, to, model.stretches_.emplace_back())) return std::nullopt;
  }
  if (model.stretches_.empty()) return std::nullopt;
  return model;
}

void MomentModel::regenerate(MomentTimes& times, Random& random) const {
  const moments::FieldView& view = times.view;
  const std::vector<double> real = view.net;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double* was = &real[row * view.columns()];
    std::size_t first = 1;
    while (!is_known(was[first])) ++first;
    times.net(row, 1) = was[first] * view.metres[1] / view.metres[first];
    for (std::size_t to = 2; to < view.columns(); ++to) {
      const Stretch& s = stretches_[to - 2];
      const Known known = known_at(times, row, to - 1);
      const Features features = features_of(s, known);
      const double deviation =
          draw(s, random) * scale_of(s, features) * s.spread[group_of(s, known)];
      const double pace = std::exp(reference(s, known) + s.rule.at(features) + deviation);
      times.net(row, to) =
          view.net_at(row, to - 1) + pace * (view.metres[to] - view.metres[to - 1]);
    }
    for (std::size_t column = 1; column < view.finish(); ++column) {
      if (!is_known(was[column])) times.net(row, column) = moments::kNoTime;
    }
  }
}

}  // namespace hs::evaluate
