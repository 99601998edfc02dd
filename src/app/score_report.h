#pragma once

#include <string>

#include "app/outcome.h"
#include "engine/race_day.h"
#include "model/result.h"

namespace hs::app {

/// What changed since the last time: the event file and the entries, in words; "" if nothing.
[[nodiscard]] std::string changes_text(const engine::IngestReport& report);

/// What the files brought, in one line.
[[nodiscard]] std::string ingest_text(const engine::IngestReport& report);

/// `Unresolved` if a finisher's result hangs on an open question; with `strict` if anything at all
/// is on the list.
[[nodiscard]] Exit exit_of_results(const model::EventResults& results, bool strict);

}  // namespace hs::app
