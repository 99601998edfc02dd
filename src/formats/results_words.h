#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/published.h"

namespace hs::formats {

/// What a column of published results is about.
enum class ResultColumn : std::uint8_t {
  LeftOut,  ///< Known and not needed, empty, or not understood.
  Text,     ///< One of `model::PublishedText`.
  Sex,
  Age,
  BirthYear,
  Mode,
  Status,
  PlaceOverall,
  PlaceSex,
  PlaceDivision,
  AgeGrade,
  LapCount,
  Finish,          ///< A finishing time of the clock it names.
  StartTimeOfDay,  ///< At the start mat.
  Split,           ///< Since the start, at a point.
  SplitTimeOfDay,
  Lap,  ///< The time of one lap.
  Key,  ///< Names the row in this file and its sisters.
  // The long layout: a row a runner and point.
  PointName,
  PointTime,
  PointTimeOfDay,
};

/// A point that a header names.
struct NamedPoint {
  model::PublishedPoint point;
  bool is_time_of_day = false;  ///< "10K_tod".
};

/// What a header says by itself. The content has the last word: "gender" heads a sex or a place.
struct HeaderWord {
  ResultColumn column = ResultColumn::LeftOut;
  model::PublishedText text = model::PublishedText::Note;
  model::PublishedClock clock = model::PublishedClock::Untold;
  std::optional<NamedPoint> point;  ///< For `Split`, `SplitTimeOfDay` and `Lap`.
  std::string why_left_out;         ///< "pace" ...; empty where the header is not known at all.
};

/// Reads a header: people's columns and finishing times in English, German, French and Spanish,
/// distances in any spelling.
[[nodiscard]] HeaderWord header_word(std::string_view header);

/// The point that a header or a cell names: "10k", "05K", "split_20m", "HALF", "5 mi", "km 10",
/// "Finish", "Arrivee"; nothing for other words. Bare numbers name nothing.
/// "20m" is twenty miles and "800m" a track lap: from 100 on it means metres.
[[nodiscard]] std::optional<NamedPoint> named_point(std::string_view header);

/// An id for a point that only its header names: folded, at most 40 characters; "point" where
/// nothing is left.
[[nodiscard]] std::string point_id_of(std::string_view header);

/// 21.0975 km.
[[nodiscard]] constexpr base::Distance half_marathon() {
  return base::Distance::millimetres(21'097'500);
}

}  // namespace hs::formats
