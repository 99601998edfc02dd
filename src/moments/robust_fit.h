#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace hs::moments {

/// Most features a fit takes.
inline constexpr std::size_t kFeatures = 9;
using Features = std::array<double, kFeatures>;

/// A linear rule: value = sum of weight times feature.
struct LinearRule {
  Features weights{};
  [[nodiscard]] double at(const Features& features) const;
};

/// The linear rule of least absolute errors: half of the field lies on each side of it, and a
/// few extraordinary runners do not bend it.
///
/// Shape:  as many features as values; a feature that is zero everywhere gets weight zero.
/// Order:  rows are taken by a fixed stride, so the same input gives the same rule.
/// Errors: none; too few rows give a rule of little worth (the caller asks for enough).
/// Cost:   O(min(n, 6000) x 6 x 81).
[[nodiscard]] LinearRule fit_robust(std::span<const Features> features,
                                    std::span<const double> values);

}  // namespace hs::moments
