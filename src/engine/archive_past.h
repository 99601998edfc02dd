#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "engine/archive_linking.h"
#include "model/age_grade_table.h"
#include "model/past.h"
#include "model/result.h"

namespace hs::engine {

/// What an archive knows of the runners of `results` from races before their day.
///
/// `links`:  by EntrantId, whose each entry is.
/// `series`: by race of the event, the series it belongs to (`history::series_of`); empty for a
///           race that continues none.
/// `grades`: tables of standards; the newest edition grades this race's finishes. May be empty.
///
/// Errors: those of the archive.
/// Cost:   every link and all results of the earlier editions are looked at once; of other races
///         only the runners' own results.
[[nodiscard]] base::Result<std::shared_ptr<const model::Past>> past_of(
    const archive::Archive& archive, const model::EventResults& results,
    std::span<const EntryLink> links, std::span<const std::string> series,
    std::span<const model::AgeGradeTable> grades);

/// The same for a race that is in the archive itself.
/// Shape:  `results` is `formats::event_of` that race: its entrants are the race's results in their
///         order.
/// Errors: NotFound where the archive has no such race; those of the archive.
[[nodiscard]] base::Result<std::shared_ptr<const model::Past>> past_of_archived(
    const archive::Archive& archive, const std::string& race_id, const model::EventResults& results,
    std::span<const model::AgeGradeTable> grades);

/// The same for an event, whose entries are linked as `link_entries` says.
///
/// `name`: what the event is called besides its own name, such as its folder: a race of the event
///         continues the series that its own id names, or that name with the race's id behind it,
///         or that name alone.
[[nodiscard]] base::Result<std::shared_ptr<const model::Past>> past_of_event(
    const archive::Archive& archive, const std::string& name, const model::EventResults& results,
    std::span<const model::AgeGradeTable> grades);

}  // namespace hs::engine
