#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>

#include "base/slim_optional.h"

namespace hs::base {

/// A number that names one thing of one kind. It compares with its own kind and does nothing
/// else: no arithmetic, no implicit way in or out. There is no "no id" value; use
/// `std::optional`.
template <typename Tag, typename Rep = std::uint32_t>
class Id {
 public:
  using rep = Rep;
  constexpr explicit Id(Rep raw) : raw_(raw) {}
  constexpr Id() = default;

  /// The bare number, for indexing and for writing out.
  [[nodiscard]] constexpr Rep raw() const { return raw_; }

  friend constexpr auto operator<=>(const Id&, const Id&) = default;

 private:
  Rep raw_ = 0;
};

/// An `Id` that counts: facts are numbered 1, 2, 3 ...
template <typename Tag>
class SequenceId : public Id<Tag, std::uint64_t> {
 public:
  using Id<Tag, std::uint64_t>::Id;
  [[nodiscard]] constexpr SequenceId next() const { return SequenceId(this->raw() + 1); }
};

/// Counted from 1.
template <typename Tag>
struct Absent<SequenceId<Tag>> {
  static constexpr SequenceId<Tag> value() { return SequenceId<Tag>(0); }
  static constexpr bool is(SequenceId<Tag> id) { return id.raw() == 0; }
};

}  // namespace hs::base

template <typename Tag, typename Rep>
struct std::hash<hs::base::Id<Tag, Rep>> {
  std::size_t operator()(hs::base::Id<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.raw());
  }
};
