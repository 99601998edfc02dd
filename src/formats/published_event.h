#pragma once

#include "base/result.h"
#include "model/published.h"
#include "model/result.h"

namespace hs::formats {

/// Published results as results of an event with this one race, so that whatever reads results
/// (moments, the story) reads theirs too. Only what the file says; nothing is scored or placed.
///
/// - Points: the start, then those with a distance in rising order, then the finish. A split that
///   the timer estimated, or that contradicts the runner's others, is a missed point.
/// - Times: net, on the clock the splits were measured with (where that is the gun and the file
///   has gun and net, less the way to the start). Clock times only where the file has times of
///   day; these stand in UTC, since a file names no zone, behind the local midnight of its date,
///   and the first start of the file is the gun. No read is behind any of them.
/// - Places: as published; a place that two have is shared. The order: the placed, then the rest
///   as in the file.
/// - Names: as they are said (`spoken_name`), where the file lists them by last name.
/// - Whoever the file places in another field is in a wheelchair here, if it names no mode: the
///   model has no mode "other", and all that asks is whether somebody was on foot.
/// - A bib that is none of ours (empty, too long, another runner's as well) becomes "line-N", N
///   the line in the file. Ages are public where the file has any.
///
/// Units:  microseconds, as exact as the file. `as_of` is 1, the race is closed.
/// Errors: InvalidInput where the length of the race is not known (a trail, a backyard race).
/// Cost:   O(results x points).
[[nodiscard]] base::Result<model::EventResults> event_of(const model::PublishedRace& race);

}  // namespace hs::formats
