#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/detect.h"
#include "sim/device_files.h"
#include "sim/plan.h"

namespace hs::sim {

/// What was done to the files after the boxes wrote them.
struct FolderTroubles {
  std::vector<std::pair<std::size_t, std::string>> extra_sources;  ///< Box index and path.
  std::vector<Trouble> planted;
};

/// Each box's file, and its markers, as written.
[[nodiscard]] std::vector<SimulatedFile> write_clean_files(
    const Plan& plan, const std::vector<std::vector<Detection>>& by_box);

/// The same with what happens to files in the field: the first box's earlier download and last
/// week's log beside its own file, lines sent again, a damaged line, a last line cut off. None of
/// it takes a good line away, so the truth stays as it is.
[[nodiscard]] std::vector<SimulatedFile> write_troubled_files(
    const Plan& plan, const std::vector<std::vector<Detection>>& by_box, FolderTroubles& troubles);

}  // namespace hs::sim
