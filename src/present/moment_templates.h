#pragma once

#include <array>
#include <cstddef>

namespace hs::present {

/// How one language speaks of a person; indexed by `model::Sex` (F, M, X).
struct Agreement {
  const char* they;  ///< At the beginning of a sentence: "She", "He", "They".
  const char* them;  ///< As an object: "her", "him", "them".
};

/// All sentences about moments in one language. A translator fills one such table; no code names
/// a word of any language. A placeholder in braces may be used in any order, or not at all.
///
/// Everywhere:  {name} {they} {them} {from} (where it begins: "40K") {total} (h:mm:ss)
/// Collapse:    {passed} {minutes} {rest} (a distance) {took} {expected} {least} {most} {of}
///              {slower} (how many took longer)
/// Split:       {first} {second} {faster} {rest} {expected} {least} {most} {negative} {of}
/// Together:    {second_name} {gap_minutes} {gap} {clock} {total} {second_total} {crowd}
///              {crowd_minutes} {within} {points} {common} {loss} {loss_minutes} {loss_from}
///              {loss_to}
struct MomentTemplates {
  static constexpr std::size_t kVariants = 2;  ///< The last one short, for long names.

  std::array<Agreement, 3> agreement;
  const char* half_way;    ///< For the point "half".
  const char* bib;         ///< Before a number.
  const char* kilometres;  ///< Behind a number, blank included.
  const char* metres;
  char thousands;
  char decimal;

  std::array<const char*, kVariants> collapse_headline;
  const char* collapse_passed;
  const char* collapse_expected;
  const char* collapse_none_longer;
  const char* collapse_one_longer;
  const char* collapse_some_longer;
  const char* collapse_finished;

  std::array<const char*, kVariants> split_headline;        ///< The point is half way exactly.
  std::array<const char*, kVariants> split_other_headline;  ///< It is near half way.
  const char* split_halves;
  const char* split_other_parts;
  const char* split_expected;
  const char* split_only_one;
  const char* split_few;
  const char* split_finished;

  std::array<const char*, kVariants> gap_headline;
  std::array<const char*, kVariants> loss_headline;
  const char* gap_line;
  const char* loss_line;
  const char* own_times;
  const char* crowd_none;
  const char* crowd_one;
  const char* crowd_some;
  const char* agreed_once;
  const char* agreed_some;
  const char* agreed_always;
  const char* shared_loss;
};

extern const MomentTemplates kEnglishMoments;

}  // namespace hs::present
