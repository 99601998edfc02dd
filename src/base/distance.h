#pragma once

#include <compare>
#include <cstdint>

namespace hs::base {

/// A length along the course. Units: whole millimetres, signed.
class Distance {
 public:
  constexpr Distance() = default;
  [[nodiscard]] static constexpr Distance millimetres(std::int64_t value) {
    return Distance(value);
  }
  [[nodiscard]] static constexpr Distance metres(std::int64_t value) {
    return Distance(value * 1000);
  }

  /// The bare number of millimetres, for exact arithmetic and for writing out.
  [[nodiscard]] constexpr std::int64_t in_millimetres() const { return millimetres_; }

  friend constexpr auto operator<=>(const Distance&, const Distance&) = default;
  friend constexpr Distance operator+(Distance a, Distance b) {
    return Distance(a.millimetres_ + b.millimetres_);
  }
  friend constexpr Distance operator-(Distance a, Distance b) {
    return Distance(a.millimetres_ - b.millimetres_);
  }

 private:
  constexpr explicit Distance(std::int64_t value) : millimetres_(value) {}
  std::int64_t millimetres_ = 0;
};

}  // namespace hs::base
