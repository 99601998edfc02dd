#include "history/comparison.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "history/nicknames.h"

namespace hs::history {
namespace {

/// Half of one, two and three years. Units: days.
constexpr std::int32_t kHalfYear = 183;
constexpr std::int32_t kOneAndAHalf = 548;
constexpr std::int32_t kTwoAndAHalf = 913;

bool is_none(TextId id) { return id == TextId(); }

bool share_a_part(const Roll& roll, const RollName& whole, const RollName& other) {
  for (std::uint32_t i = 0; i < whole.part_count; ++i) {
    const TextId part = roll.part(whole.first_part + i);
    if (part == other.last) return true;
    for (std::uint32_t j = 0; j < other.part_count; ++j) {
      if (part == roll.part(other.first_part + j)) return true;
    }
  }
  return false;
}

bool are_swapped(const RollName& a, const RollName& b) {
  return a.last == b.first && a.first == b.last;
}

std::uint8_t compare_last(const Roll& roll, const RollName& a, const RollName& b) {
  if (is_none(a.last) || is_none(b.last)) return level::LastMissing;
  if (a.last == b.last || are_swapped(a, b)) return level::LastSame;
  if (share_a_part(roll, a, b) || share_a_part(roll, b, a)) return level::LastPart;
  return are_close(roll.text(a.last), roll.text(b.last)) ? level::LastClose : level::LastDiffers;
}

/// A letter agrees with every name that begins with it.
bool agree_by_initial(std::string_view a, std::string_view b) {
  return (a.size() == 1 || b.size() == 1) && a.front() == b.front();
}

std::uint8_t compare_first(const Roll& roll, const RollName& a, const RollName& b) {
  if (is_none(a.first) || is_none(b.first)) return level::FirstMissing;
  if (a.first == b.first) return level::FirstSame;
  if (are_swapped(a, b)) return level::FirstCrossed;
  const std::string_view first_a = roll.text(a.first);
  const std::string_view first_b = roll.text(b.first);
  if (a.formal == b.formal || are_nicknames(first_a, first_b)) return level::FirstNickname;
  if (agree_by_initial(first_a, first_b)) return level::FirstInitial;
  const bool crossed = (roll.text(a.middle).size() > 1 && a.middle == b.first) ||
                       (roll.text(b.middle).size() > 1 && b.middle == a.first);
  if (crossed) return level::FirstCrossed;
  return are_close(first_a, first_b) ? level::FirstClose : level::FirstDiffers;
}

std::uint8_t compare_middle(const Roll& roll, const RollName& a, const RollName& b) {
  if (is_none(a.middle) && is_none(b.middle)) return level::MiddleNeither;
  if (is_none(a.middle) || is_none(b.middle)) return level::MiddleOneOnly;
  if (a.middle == b.middle) return level::MiddleSame;
  const bool agree = agree_by_initial(roll.text(a.middle), roll.text(b.middle));
  return agree ? level::MiddleSame : level::MiddleConflict;
}

std::uint8_t compare_suffix(Suffix a, Suffix b) {
  if (a == Suffix::None && b == Suffix::None) return level::SuffixNeither;
  if (a == Suffix::None || b == Suffix::None) return level::SuffixOneOnly;
  return a == b ? level::SuffixSame : level::SuffixConflict;
}

std::uint8_t compare_sex(const Record& a, const Record& b) {
  if (!a.sex || !b.sex || *a.sex == model::Sex::X || *b.sex == model::Sex::X) {
    return level::SexMissing;
  }
  return *a.sex == *b.sex ? level::SexSame : level::SexDiffers;
}

std::uint8_t compare_birth(const Record& a, const Record& b) {
  if (!a.has_birth || !b.has_birth) return level::BirthMissing;
  const std::int32_t distance = birth_distance(a, b);
  if (distance <= kHalfYear) return level::BirthFits;
  if (distance <= kOneAndAHalf) return level::BirthOneOff;
  return distance <= kTwoAndAHalf ? level::BirthTwoOff : level::BirthWrong;
}

/// What one of them leaves out does not tell them apart.
bool may_agree(TextId a, TextId b) { return is_none(a) || is_none(b) || a == b; }

std::uint8_t compare_place(const RollPlace& a, const RollPlace& b) {
  const bool same_above = may_agree(a.state, b.state) && may_agree(a.country, b.country);
  if (!is_none(a.city) && a.city == b.city && same_above) return level::PlaceCity;
  if (!is_none(a.state) && !is_none(b.state)) {
    return a.state == b.state ? level::PlaceState : level::PlaceDiffers;
  }
  if (!is_none(a.country) && !is_none(b.country)) {
    return a.country == b.country ? level::PlaceCountry : level::PlaceDiffers;
  }
  const bool untold = is_none(a.city) || is_none(b.city) || !same_above;
  return untold && same_above ? level::PlaceMissing : level::PlaceDiffers;
}

std::uint8_t compare_club(TextId a, TextId b) {
  if (is_none(a) || is_none(b)) return level::ClubMissing;
  return a == b ? level::ClubSame : level::ClubDiffers;
}

}  // namespace

std::int32_t birth_distance(const Record& a, const Record& b) {
  return std::abs(a.born.middle() - b.born.middle());
}

std::int32_t birth_overlap(const BirthDays& a, const BirthDays& b) {
  return std::min(a.last, b.last) - std::max(a.first, b.first) + 1;
}

Pattern compare(const Roll& roll, const Record& a, const Record& b) {
  Pattern out;
  const RollName& name_a = roll.name_of(a);
  const RollName& name_b = roll.name_of(b);
  out.set(Field::Last, compare_last(roll, name_a, name_b));
  out.set(Field::First, compare_first(roll, name_a, name_b));
  out.set(Field::Middle, compare_middle(roll, name_a, name_b));
  out.set(Field::Suffix, compare_suffix(name_a.suffix, name_b.suffix));
  out.set(Field::Sex, compare_sex(a, b));
  out.set(Field::Birth, compare_birth(a, b));
  out.set(Field::Place, a.place == b.place && !is_none(roll.place_of(a).city)
                            ? std::uint8_t{level::PlaceCity}
                            : compare_place(roll.place_of(a), roll.place_of(b)));
  out.set(Field::Club, compare_club(a.club, b.club));
  return out;
}

}  // namespace hs::history
