#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/read.h"
#include "scoring/course.h"

namespace hs::scoring {

/// One read of one runner in race time: what the steps after the clock map work on.
struct Sighting {
  base::RaceTime time;
  model::FactSeq fact;
  std::uint64_t position = 0;  ///< In its stream: the device's number, else the line.
  model::StreamId stream;
  MatIndex mat;
  model::ReadRole role = model::ReadRole::Main;
  LegSet legs = 0;  ///< In a relay: which legs the wearer of the chip runs; 0: of the whole team.
};

/// Orders sightings by time; equal times by mat, role, then the device's own order. Never by
/// arrival: fact numbers decide only between reads that are alike in all else.
void sort_sightings(std::vector<Sighting>& sightings);

/// One visit of one runner to one mat: a dwell.
struct Visit {
  base::RaceTime at;  ///< The time of the passing.
  MatIndex mat;
  std::uint32_t counted = 0;  ///< Index of the sighting whose time that is.
  /// Its sightings are those of its mat with `first` <= index < `end`: between two reads of one
  /// visit, whatever else the same mat heard belongs to it. Empty where a ruling named an instant.
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  /// Set where a ruling pins this visit to a point of the course (index into `Course::points`).
  std::optional<std::size_t> forced_to;
  LegSet legs = 0;  ///< Of its sightings.
};

/// True for a sighting between the first and the last of a visit that is one of the visit.
[[nodiscard]] inline bool belongs(const Sighting& sighting, const Visit& visit) {
  return sighting.mat == visit.mat && sighting.legs == visit.legs;
}

/// True where a visit may be one of a point: on its mat and, in a relay, by who runs that leg.
[[nodiscard]] inline bool fits(const Visit& visit, const CoursePoint& point) {
  return visit.mat == point.mat && (visit.legs == 0 || (visit.legs & point.leg) != 0);
}

/// Gathers sightings into visits, mat by mat.
///
/// Reads on one mat closer together than `gap` are one visit. Its time is the first main read
/// within `pair_window` of the first read, else the first backup read, else the first manual one.
/// A read of a better role that comes later than that begins another visit and replaces nothing:
/// a runner heard by the backup who walks past the main mat half a minute later did not finish
/// then. In a relay the runners who hand over are two visits, however close they come.
///
/// Order:  `sightings` as `sort_sightings` leaves them; visits by (time, mat). What `visits` held
///         before is forgotten, its memory used again.
/// Cost:   O(s * v) at worst; s for somebody who visits one mat after another.
/// Source: scoring.md step 4; PikaTimer issue 49.
void make_visits(std::span<const Sighting> sightings, base::Duration gap,
                 base::Duration pair_window, std::vector<Visit>& visits);

/// Orders visits by (time, mat), equal ones as they stood.
void sort_visits(std::vector<Visit>& visits);

/// The sighting of a visit that is its time as a start: the last main read with
/// `from` <= time <= `until`, else the last backup, else the last manual one.
[[nodiscard]] std::optional<std::uint32_t> start_sighting(const Visit& visit,
                                                          std::span<const Sighting> sightings,
                                                          base::RaceTime from,
                                                          base::RaceTime until);

}  // namespace hs::scoring
