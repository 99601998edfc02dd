#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "formats/day_time.h"
#include "model/event.h"
#include "model/read.h"

/// The passings of a RACE RESULT decoder, on the wire or saved.
namespace hs::formats::raceresult {

/// One passing, from one line.
struct Passing {
  model::Read read;  ///< Without `device_seq`: whether the number names it the caller knows.
  std::uint64_t number = 0;  ///< In its passing file, from 1.
  bool is_marker = false;    ///< A button or trigger instead of a transponder.
  std::string box;           ///< Its id, else its name; empty where the line says neither.
  std::string box_name;      ///< Empty where the line does not say.
  std::string loop;          ///< Of an active passing; empty where the line does not say.
  std::string file;          ///< Number of the passing file; empty where the line does not say.
};

/// How the days that a line says are to be understood.
struct Days {
  explicit Days(const base::Date& event_day) : first(event_day), undated(event_day) {}
  base::Date first;         ///< Day 0 of a box that only counts days.
  DayGiver undated;         ///< For lines with no day at all.
  std::size_t counted = 0;  ///< Lines that counted days.
};

/// True for a line that begins like a passing: `#P;` or a number and `;`.
[[nodiscard]] bool is_passing(std::string_view line);

/// Reads `number;transponder;date;time;event;hits;...`, `#P;` in front or not, of any protocol
/// version: 6 to 32 fields, of which the first four must be there.
///
/// The tag of a passive transponder with an event id is both, `6692-33`: bibs come again in other
/// sets. A date 0000-00-NN counts days from `days.first` on.
///
/// Units:  milliseconds on the box's dial.
/// Errors: InvalidInput; columns count from the front of `line`.
/// Source: docs/read-formats.md, "raceresult".
[[nodiscard]] base::Result<Passing> read_passing(std::string_view line, Days& days);

/// The instant of a date and time as the box writes both, "0000-00-01" and "00:02:12.942"; nothing
/// where they are none. A date that is empty is none here.
[[nodiscard]] std::optional<base::ReaderTime> read_instant(std::string_view date,
                                                           std::string_view time,
                                                           const base::Date& first_day);

}  // namespace hs::formats::raceresult
