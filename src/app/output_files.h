#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "log/race_file.h"
#include "model/moment.h"
#include "model/result.h"

namespace hs::app {

/// Writes `DIR/public/` and `DIR/officials/`, each file whole or not at all.
/// Errors: DiskFull, Io.
[[nodiscard]] base::Result<void> write_outputs(const model::EventResults& results,
                                               const std::vector<model::Moment>& moments,
                                               const std::vector<log::CopyCount>& copies,
                                               const std::string& folder,
                                               const std::string& event_path);

}  // namespace hs::app
