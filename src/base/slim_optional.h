#pragma once

#include <optional>

namespace hs::base {

/// What stands in memory where a `SlimOptional<T>` has no value: `value()` is something that no T
/// in use ever is, and `is(v)` is true of it alone. Specialised beside the type.
template <typename T>
struct Absent;

/// An optional that is as large as its value, for the few types of which there are millions.
/// Used as `std::optional` is, and turns into one; nobody sees what stands for "none".
template <typename T>
class SlimOptional {
 public:
  using value_type = T;

  constexpr SlimOptional() = default;
  // As of std::optional: an absent value and a present one are given as what they are.
  constexpr SlimOptional(std::nullopt_t) {}                  // NOLINT(google-explicit-constructor)
  constexpr SlimOptional(const T& value) : value_(value) {}  // NOLINT(google-explicit-constructor)
  constexpr SlimOptional(const std::optional<T>& value)      // NOLINT(google-explicit-constructor)
      : value_(value ? *value : Absent<T>::value()) {}
  constexpr operator std::optional<T>() const {  // NOLINT(google-explicit-constructor)
    return has_value() ? std::optional<T>(value_) : std::nullopt;
  }

  [[nodiscard]] constexpr bool has_value() const { return !Absent<T>::is(value_); }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr const T& operator*() const { return value_; }
  constexpr T& operator*() { return value_; }
  constexpr const T* operator->() const { return &value_; }
  constexpr T* operator->() { return &value_; }
  [[nodiscard]] constexpr T value_or(T other) const { return has_value() ? value_ : other; }
  constexpr void reset() { value_ = Absent<T>::value(); }

  friend constexpr bool operator==(const SlimOptional& a, const SlimOptional& b) {
    return a.has_value() == b.has_value() && (!a.has_value() || a.value_ == b.value_);
  }

 private:
  T value_ = Absent<T>::value();
};

}  // namespace hs::base
