#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"

namespace hs::model {

using FactSeq = base::SequenceId<struct FactSeqTag>;  ///< A fact's number in the log, from 1.

/// Index into `EventResults::runners` and its siblings, in order of first entry.
using EntrantId = base::Id<struct EntrantIdTag>;
using RaceId = base::Id<struct RaceIdTag, std::uint16_t>;          ///< Index into `Event::races`.
using PointId = base::Id<struct PointIdTag, std::uint16_t>;        ///< Index into `Race::points`.
using WaveId = base::Id<struct WaveIdTag, std::uint16_t>;          ///< Index into `Race::waves`.
using DivisionId = base::Id<struct DivisionIdTag, std::uint16_t>;  ///< Into `Race::divisions`.

/// Names one stream of one device (`read.h`); given out by the log's writer, from 1, never reused.
using StreamId = base::Id<struct StreamIdTag>;

/// A short text of fixed room, kept in place. Compared byte by byte, shorter first where one is
/// the beginning of the other.
template <std::size_t Room>
class ShortText {
 public:
  constexpr ShortText() = default;
  [[nodiscard]] constexpr std::string_view view() const { return {text_.data(), size_}; }
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  friend constexpr bool operator==(const ShortText& a, const ShortText& b) {
    return a.view() == b.view();
  }
  friend constexpr auto operator<=>(const ShortText& a, const ShortText& b) {
    return a.view() <=> b.view();
  }

 protected:
  constexpr explicit ShortText(std::string_view text)
      : size_(static_cast<std::uint8_t>(text.size())) {
    for (std::size_t i = 0; i < text.size(); ++i) text_[i] = text[i];
  }

 private:
  std::array<char, Room> text_{};
  std::uint8_t size_ = 0;
};

/// A runner's number as printed: 1 to 12 printable ASCII characters without comma or space.
/// 007 is not 7. Equality is as written; order is natural (F2 before F10), ties as written.
class BibNumber : public ShortText<12> {
 public:
  constexpr BibNumber() = default;
  /// Errors: InvalidInput for an empty, too long or otherwise unfit text.
  [[nodiscard]] static base::Result<BibNumber> parse(std::string_view text);

  friend bool operator==(const BibNumber& a, const BibNumber& b) { return a.view() == b.view(); }
  friend std::strong_ordering operator<=>(const BibNumber& a, const BibNumber& b);

 private:
  using ShortText<12>::ShortText;
};

/// A chip's code as the device wrote it: 1 to 47 printable ASCII characters without blanks.
/// Leading zeros are cut from codes that are all digits, since devices pad them differently
/// (ChronoTrack writes 009573 and 9573 for one chip).
class TagCode : public ShortText<47> {
 public:
  constexpr TagCode() = default;
  /// Errors: InvalidInput for an empty, too long or unprintable code.
  [[nodiscard]] static base::Result<TagCode> parse(std::string_view text);
  /// A bib in the place of a chip code (`ReadBy::Bib`), as written: its leading zeros stay.
  [[nodiscard]] static TagCode of_bib(const BibNumber& bib) { return TagCode(bib.view()); }

 private:
  using ShortText<47>::ShortText;
};

static_assert(sizeof(BibNumber) <= 16);
static_assert(sizeof(TagCode) <= 48);

/// Natural order of two texts: runs of digits by value, the rest byte by byte.
[[nodiscard]] std::strong_ordering natural_order(std::string_view a, std::string_view b);

}  // namespace hs::model

template <>
struct std::hash<hs::model::BibNumber> {
  std::size_t operator()(const hs::model::BibNumber& bib) const noexcept {
    return std::hash<std::string_view>{}(bib.view());
  }
};
template <>
struct std::hash<hs::model::TagCode> {
  std::size_t operator()(const hs::model::TagCode& tag) const noexcept {
    return std::hash<std::string_view>{}(tag.view());
  }
};
