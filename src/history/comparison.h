#pragma once

#include <array>
#include <cstdint>

#include "history/roll.h"

namespace hs::history {

/// What is compared of two results. Each has levels of agreement of its own, below.
enum class Field : std::uint8_t { Last, First, Middle, Suffix, Sex, Birth, Place, Club };
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::Club) + 1;

/// Levels of agreement, the closest first. `Missing` says nothing either way.
namespace level {
enum Last : std::uint8_t { LastSame, LastClose, LastPart, LastDiffers, LastMissing };
enum First : std::uint8_t {
  FirstSame,
  FirstNickname,
  FirstInitial,  ///< One is only a letter, with which the other begins.
  FirstClose,
  FirstCrossed,  ///< The first name of the one is the middle or the last name of the other.
  FirstDiffers,
  FirstMissing,
};
enum Middle : std::uint8_t { MiddleSame, MiddleOneOnly, MiddleConflict, MiddleNeither };
enum Suffix : std::uint8_t { SuffixSame, SuffixOneOnly, SuffixConflict, SuffixNeither };
enum Sex : std::uint8_t { SexSame, SexDiffers, SexMissing };
enum Birth : std::uint8_t {
  BirthFits,    ///< The middles of the days of birth are at most half a year apart.
  BirthOneOff,  ///< At most a year and a half.
  BirthTwoOff,  ///< At most two and a half.
  BirthWrong,
  BirthMissing,
};
enum Place : std::uint8_t { PlaceCity, PlaceState, PlaceCountry, PlaceDiffers, PlaceMissing };
enum Club : std::uint8_t { ClubSame, ClubDiffers, ClubMissing };
}  // namespace level

/// The most levels that a field has.
inline constexpr std::size_t kMostLevels = level::FirstMissing + 1;

/// How two results compare: a level for each field.
class Pattern {
 public:
  [[nodiscard]] std::uint8_t operator[](Field field) const {
    return levels_[static_cast<std::size_t>(field)];
  }
  void set(Field field, std::uint8_t level) { levels_[static_cast<std::size_t>(field)] = level; }
  friend bool operator==(const Pattern&, const Pattern&) = default;

 private:
  std::array<std::uint8_t, kFields> levels_{};
};

/// Compares two results of a roll. Symmetric.
[[nodiscard]] Pattern compare(const Roll& roll, const Record& a, const Record& b);

/// How far apart the middles of their days of birth are. Units: days, 0 or more.
[[nodiscard]] std::int32_t birth_distance(const Record& a, const Record& b);

/// The days of birth that both can have. Units: days; 0 or less where there is none.
[[nodiscard]] std::int32_t birth_overlap(const BirthDays& a, const BirthDays& b);

}  // namespace hs::history
