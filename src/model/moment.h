#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace hs::model {

enum class Theme : std::uint8_t {
  Together,
  Perseverance,
  Return,
  Devotion,
  Underdog,
  Line,
  Mastery,
  Beginning,
  Shared,
};

enum class MomentKind : std::uint8_t {
  LateCollapse,
  NegativeSplit,
  FinishTogether,
  LongStop,
  WallComeback,
  LastFinisher,
  Overtaking,
  EvenPace,
  Oldest,
  RanTogether,
  SameTimes,
  Group,
  PhotoFinish,
  LeadChangeLate,
  GuidePair,
  FirstFinish,
  Unseeded,
  LastToFirst,
  BeatTheCutoff,
  Youngest,
  LateStarter,
  WinnerOfKind,
  StopFront,
  Heat,
  Storm,
  LostMat,
  OwnWords,
  Volunteers,
  WaitedAndReturned,
  Helped,
  ThroughTheStorm,
  Streak,
  NthTime,
  BackAfterYears,
  AfterDnf,
  AfterInterruption,
  PersonalBest,
  FirstUnder,
  Record,
  AllTimeList,
  AgeGrade,
};

/// Kinds that tell of somebody's hard day: never of a minor, and of others only some time after
/// their finish.
[[nodiscard]] constexpr bool is_hardship(MomentKind kind) {
  return kind == MomentKind::LateCollapse || kind == MomentKind::LongStop ||
         kind == MomentKind::WallComeback || kind == MomentKind::LastFinisher ||
         kind == MomentKind::ThroughTheStorm;
}

/// A fact a moment stands on, with every number its words use.
struct Evidence {
  std::string what;                     ///< "interval", "passing", "halves", "pair".
  std::string from;                     ///< Point id.
  std::string to;                       ///< Point id.
  std::vector<BibNumber> bibs;          ///< Whose, where the moment has several people.
  std::optional<std::int64_t> seconds;  ///< Measured, cut to whole seconds.
  std::optional<std::int64_t> expected_seconds;
  std::optional<std::int64_t> expected_least;  ///< Nine in ten lie between these two.
  std::optional<std::int64_t> expected_most;
  std::string given;  ///< What the expectation knew.
  std::string name;   ///< Of the standard that is told of, as its director wrote it.
  std::optional<std::uint32_t> rank_in_field;
  std::optional<std::uint32_t> of;
  std::optional<int> years;                ///< An age, where the race publishes ages.
  std::optional<int> next_years;           ///< That of the next oldest.
  std::optional<std::uint32_t> age_grade;  ///< Hundredths of a percent.
  std::string race;                        ///< What an earlier race is called.
  std::optional<base::Date> on;            ///< Its day.
  std::vector<FactSeq> reads;              ///< The reads behind it: officials only.
  std::optional<FactSeq> note;             ///< The note that is quoted.
};

/// Something worth telling, shown by facts, rare by a number. Words are made in `present/`.
struct Moment {
  std::string id;  ///< Stable hash of race, kind, bibs and anchor.
  MomentKind kind = MomentKind::LateCollapse;
  Theme theme = Theme::Perseverance;
  RaceId race;
  std::vector<EntrantId> people;  ///< The one it is about first; empty: the field's story.
  PointId anchor;                 ///< The point it hangs on.
  double score = 0;               ///< For ranking.
  double net_bits = 0;            ///< Surprise after counting looks, rounded to a tenth.
  bool on_shelf = false;          ///< Every race has such a one: told for itself, never as rare.
  std::vector<Evidence> evidence;
  FactSeq as_of;
};

[[nodiscard]] const char* name_of(Theme theme);  ///< "perseverance" ...
/// The theme with this name; nothing for other words.
[[nodiscard]] std::optional<Theme> parse_theme(std::string_view text);
/// The names of all themes, in the order of `Theme`.
[[nodiscard]] std::span<const char* const> theme_names();
[[nodiscard]] const char* name_of(MomentKind kind);  ///< "late-collapse" ...
/// The kind with this name; nothing for other words.
[[nodiscard]] std::optional<MomentKind> parse_moment_kind(std::string_view text);
/// The names of all kinds, in the order of `MomentKind`.
[[nodiscard]] std::span<const char* const> moment_kind_names();

}  // namespace hs::model
