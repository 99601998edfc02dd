#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/result.h"

namespace hs::moments {

enum class OddityKind : std::uint8_t {
  Cut,         ///< A stretch too fast for runner and field, and mats on it that did not hear them.
  Missed,      ///< Several mats that heard the others did not hear this one; the pace is ordinary.
  AsOne,       ///< Two chips that cross every mat together: on one person, it may be.
  UnlikePast,  ///< Far faster than all this person ran before.
};
[[nodiscard]] const char* name_of(OddityKind kind);  ///< "cut", "missed" ...

/// A mat that did not hear a runner, and how many it heard of those who passed at about the time.
struct SilentMat {
  model::PointId point;
  std::uint32_t heard = 0;
  std::uint32_t passed = 0;
  friend bool operator==(const SilentMat&, const SilentMat&) = default;
};

/// Something about a result that a referee may want to look at: how likely it is, and the numbers
/// behind it. Never a verdict, never public, and of no effect on an official value: a mat, a clock
/// or a chip is the first thing to suspect.
///
/// Units: paces in seconds a kilometre.
struct Oddity {
  OddityKind kind = OddityKind::Cut;
  model::RaceId race;
  model::EntrantId runner;
  std::optional<model::EntrantId> other;  ///< AsOne: the second one.
  double likelihood = 0;                  ///< From 0 to 1.

  model::PointId from;            ///< Where the stretch begins: the last mat before.
  model::PointId to;              ///< Where it ends.
  base::Duration took{0};         ///< For the stretch; UnlikePast: the finish.
  base::Duration expected{0};     ///< By their other stretches and the field; by their past.
  double pace = 0;                ///< On the stretch.
  double own_pace = 0;            ///< Everywhere else.
  double fastest_pace = 0;        ///< Of anybody else in the field on the stretch.
  double metres = 0;              ///< Cut: how much shorter the way would have been.
  std::vector<SilentMat> silent;  ///< Cut, Missed: in course order.
  std::uint32_t mats = 0;         ///< AsOne: where both were heard; UnlikePast: earlier results.
  base::Duration apart{0};        ///< AsOne: the most they were apart at a mat.
};

/// Likelier than not: what is listed.
inline constexpr double kLeastListed = 0.5;

/// All oddities about finishers on foot that are likelier than not.
///
/// Order:  the likeliest first, then by runner.
/// Errors: none; a field of fewer than 300 does not know what is ordinary, and of its paces
///         nothing is said.
/// Cost:   some hundred milliseconds for 30,000 runners at ten points.
[[nodiscard]] std::vector<Oddity> find_oddities(const model::EventResults& results);

}  // namespace hs::moments
