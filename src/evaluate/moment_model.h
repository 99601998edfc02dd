#pragma once

#include <array>
#include <optional>
#include <vector>

#include "evaluate/figures.h"
#include "evaluate/moment_times.h"
#include "moments/body_tail.h"
#include "moments/robust_fit.h"

namespace hs::evaluate {

/// How a field ran from point to point, fitted to it, so that a field can be made in which nothing
/// but ordinary running happened.
///
/// Each stretch: the log of the pace by a robust linear rule of what the runner had done until
/// then, its scale by a second one, and what is left drawn from the field's own body with an
/// exponential beyond it on both sides, fitted to the body (moments/body_tail.h). What was
/// extraordinary on the day is thereby made ordinary, and whatever a detector finds is false.
class MomentModel {
 public:
  /// Errors: nothing where under 300 runners were heard at both ends of a stretch.
  /// Cost:   O(rows x columns log rows).
  [[nodiscard]] static std::optional<MomentModel> fit(const MomentTimes& times);

  /// Runs the field again, each from their own first stretch on; who was missed at a point is
  /// missed there again. Same random numbers, same field.
  void regenerate(MomentTimes& times, Random& random) const;

 private:
  struct Stretch {
    double middle_level = 0, middle_last = 0, middle_change = 0, middle_earlier = 0;
    double middle_age = 0;
    moments::LinearRule rule, scale;
    double scale_least = 0, scale_most = 0;  ///< Logarithms.
    std::array<double, 3> quarters{};        ///< Of the level.
    std::array<double, 8> spread{};          ///< By quarter of level and sex.
    std::vector<double> sorted;              ///< Deviations, rising.
    moments::Exponential slow, fast;
  };
  struct Known;

  static Known known_at(const MomentTimes& times, std::size_t row, std::size_t column);
  static moments::Features features_of(const Stretch& stretch, const Known& known);
  static double reference(const Stretch& stretch, const Known& known);
  static double scale_of(const Stretch& stretch, const moments::Features& features);
  static std::size_t group_of(const Stretch& stretch, const Known& known);
  static bool fit_stretch(const MomentTimes& times, std::size_t to, Stretch& stretch);
  static void fit_scale(const std::vector<Known>& known,
                        const std::vector<moments::Features>& features, std::vector<double>& z,
                        Stretch& stretch);
  static double draw(const Stretch& stretch, Random& random);

  std::vector<Stretch> stretches_;  ///< The one that ends at column i + 2.
};

}  // namespace hs::evaluate
