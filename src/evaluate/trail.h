#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/field.h"
#include "evaluate/protocol_b.h"
#include "projection/nearest.h"

namespace hs::evaluate {

/// A race whose points have names but no distances, and the past races that share them.
///
/// Points are matched by name, and in the same order; past races count that share most of the
/// points and the finish, those that share the most of all and up to a twentieth less: a course
/// that was cut short or led another way teaches something else. Where a name was shortened
/// ("delev", "delevre") the one that begins the other is the same.
class Trail {
 public:
  Trail(std::span<const Field> train, const Field& test);

  [[nodiscard]] const std::vector<std::string>& trained_on() const { return trained_on_; }
  [[nodiscard]] std::size_t past_finishers() const { return finishers_; }

  [[nodiscard]] std::optional<model::Projection> project(std::size_t runner,
                                                         std::size_t point) const;

  /// Constant pace, which without distances is the field ratio: the time here times the past's
  /// median of finish over time here; and the mean finish of the 100 past runners nearest in time
  /// here, of those within 30 %.
  [[nodiscard]] std::vector<MethodFigures> baselines(const std::vector<std::size_t>& runners,
                                                     std::size_t point, std::uint64_t seed) const;

 private:
  const Field& test_;
  std::vector<std::string> trained_on_;
  std::vector<projection::Runner> past_;
  std::size_t finishers_ = 0;
  std::optional<projection::NearestRunners> nearest_;
};

}  // namespace hs::evaluate
