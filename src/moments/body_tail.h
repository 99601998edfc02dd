#pragma once

#include <array>
#include <optional>
#include <span>

namespace hs::moments {

/// An exponential beyond a point.
struct Exponential {
  double from = 0;       ///< u: where it begins.
  double scale = 1;      ///< s of the exponential.
  double share = 0.025;  ///< Of the field beyond u.
  [[nodiscard]] double bits(double z) const;
};

/// How rare a deviation is if ordinary running goes on: an exponential fitted to the body of the
/// tail (between the 97.5th and the 99.5th of a hundred), never to the extremes themselves. A
/// tail fitted to its own extremes would call nothing extreme.
///
/// Where the body begins and ends is a choice, and whoever is rare by one choice only is one of
/// the many near the edge. So the tail is fitted three times, a little further in and a little
/// further out, and the least surprise holds.
struct BodyTail {
  std::array<Exponential, 3> fits = {};  ///< Further in, the middle, further out.

  [[nodiscard]] const Exponential& middle() const { return fits[1]; }

  /// Bits of surprise of a deviation; 0 below the point of any of the fits. Never more than 60.
  [[nodiscard]] double bits(double z) const;
};

/// Fits the upper tail of the field's deviations (negate them for the lower one).
///
/// Errors: nothing where the field is too small or too equal to know its tail (under 300).
/// Cost:   O(n), a copy.
[[nodiscard]] std::optional<BodyTail> fit_body_tail(std::span<const double> z);

/// Bits left after as many looks as were taken.
[[nodiscard]] double net_bits(double bits, double looks);

}  // namespace hs::moments
