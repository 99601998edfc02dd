#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "engine/race_day.h"
#include "present/colour.h"

namespace hs::app {

/// How a command wants its EVENT: an event folder or a .race file.
struct EventRequest {
  std::string path;
  bool memory = false;  ///< Write no race file.
  bool open = false;    ///< Races stay open unless a fact closes them.
  engine::Strict strict = engine::Strict::No;
};

/// An event, opened and up to date with its folder.
struct OpenEvent {
  engine::RaceDay day;
  engine::IngestReport report;
  bool from_folder = false;
};

/// Opens the event; a folder is read and what is new in it is appended.
/// Errors: NotFound if neither is there; those of reading the folder and of the log.
[[nodiscard]] base::Result<OpenEvent> open_event(const EventRequest& request);

/// The event up to date with its folder, for looking only: nothing is written, and another program
/// may be writing the race file. The numbers of facts that the file has not yet are those they
/// would get now. `open`: races stay open unless a fact closes them.
/// Errors: as `open_event`, but never Busy.
[[nodiscard]] base::Result<OpenEvent> look_at_event(const std::string& path, bool open = false);

/// Opens the event's log as it stands, without reading the folder again; makes it from the folder
/// where there is none yet.
[[nodiscard]] base::Result<engine::RaceDay> open_log(const std::string& path);

/// The race file that belongs to EVENT.
[[nodiscard]] std::string race_path_of(const std::string& event);

/// The same, of an EVENT that is there; the race file of a folder may be still to be made. For what
/// makes files beside it: a name that was mistyped must not become an event.
/// Errors: NotFound.
[[nodiscard]] base::Result<std::string> need_race_path_of(const std::string& event);

/// Colour for a terminal that wants it: not for files and pipes, not with NO_COLOR set.
[[nodiscard]] present::Colour colour_of_stdout();

}  // namespace hs::app
