#pragma once

#include <array>
#include <cstddef>

namespace hs::present {

/// How one language speaks of a person; indexed by `model::Sex` (F, M, X).
struct Agreement {
  const char* they;         ///< At the beginning of a sentence: "She", "He", "They".
  const char* them;         ///< As an object: "her", "him", "them".
  const char* they_within;  ///< Within a sentence: "she", "he", "they".
};

/// All sentences about moments in one language. A translator fills one such table; no code names
/// a word of any language. A placeholder in braces may be used in any order, or not at all.
///
/// Everywhere:  {name} {they} {them} {they_within} {from} (where it begins: "40K") {total}
/// (h:mm:ss) Collapse:    {passed} {minutes} {rest} (a distance) {took} {expected} {least} {most}
/// {of}
///              {slower} (how many took longer)
/// Split:       {first} {second} {faster} {rest} {expected} {least} {most} {negative} {of}
/// Together:    {second_name} {gap_minutes} {gap} {clock} {total} {second_total} {crowd}
///              {crowd_minutes} {within} {points} {common} {loss} {loss_minutes} {loss_from}
///              {loss_to}
/// Long stop:   {passed} {to} {took} {length} {lost} {lost_minutes} {minutes} {of} {slower}
/// Comeback:    {to} {before_pace} {dip_pace} {rest_pace} {rest} {expected} {least} {most}
///              {slowed} {back}
/// Last:        {clock} {gap} {of}
/// Places:      {won} {earlier} {at_finish} {rest} {took} {of}
/// Even pace:   {stretches} {fast} {slow} {fast_from} {fast_to} {slow_from} {slow_to} {of}
/// Oldest:      {years} {next} {of}
/// Met:         {second_name} {gap} {gap_minutes} {points} {common} {within} {to} {line} {before}
///              {apart}
/// Same times:  {second_name} {points} {within} {loss} {loss_minutes} {loss_from} {loss_to} {took}
/// Group:       {count} {of} {within} {clock} {group}
/// Photo:       {second_name} {among} {of} {spread} {second_total}
/// Lead:        {second_name} {among} {behind} {ahead} {rest} {took} {second_took}
/// Guide:       {second_name} {within} {second_total}
/// First:       {words} (the runner's own)
struct MomentTemplates {
  static constexpr std::size_t kVariants = 2;  ///< The last one short, for long names.

  std::array<Agreement, 3> agreement;
  const char* half_way;    ///< For the point "half".
  const char* start;       ///< For the first point.
  const char* finish;      ///< For the last one.
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

  std::array<const char*, kVariants> stop_headline;
  const char* stop_passed;
  const char* stop_took;
  const char* stop_none_longer;
  const char* stop_one_longer;
  const char* stop_some_longer;
  const char* stop_finished;

  std::array<const char*, kVariants> comeback_headline;
  const char* comeback_dip;
  const char* comeback_rest;
  const char* comeback_expected;
  const char* comeback_only;
  const char* comeback_few;

  std::array<const char*, kVariants> last_headline;
  const char* last_line;
  const char* last_own;

  std::array<const char*, kVariants> places_headline;
  const char* places_won;
  const char* places_rest;

  std::array<const char*, kVariants> even_headline;
  const char* even_range;
  const char* even_field;

  std::array<const char*, kVariants> oldest_headline;
  const char* oldest_finished;
  const char* oldest_next;

  std::array<const char*, kVariants> met_headline;
  const char* met_before;
  const char* met_level;
  const char* met_line;

  std::array<const char*, kVariants> same_headline;
  const char* same_points;
  const char* same_loss;
  const char* same_finished;

  std::array<const char*, kVariants> group_headline;
  std::array<const char*, kVariants> group_named_headline;
  const char* group_line;
  const char* group_all;
  const char* group_some;

  std::array<const char*, kVariants> photo_headline;
  std::array<const char*, 4> photo_among;  ///< By `model::Sex`; the last one for everybody.
  const char* photo_times;
  const char* photo_front;

  std::array<const char*, kVariants> lead_headline;
  const char* lead_behind;
  const char* lead_rest;
  const char* lead_line;

  std::array<const char*, kVariants> guide_headline;
  const char* guide_pair;
  const char* guide_line;

  std::array<const char*, kVariants> first_headline;
  const char* first_words;
  const char* first_finished;
};

extern const MomentTemplates kEnglishMoments;

}  // namespace hs::present
