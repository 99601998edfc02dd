#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/detect.h"
#include "sim/plan.h"

namespace hs::sim {

/// A file of the event folder, or beside it.
struct SimulatedFile {
  std::string path;  ///< Relative to the event folder, "/" between parts.
  std::string bytes;
};

/// The file a box writes, byte for byte as such devices do. `detections` must be in the order of
/// `written`. A last line may lack its end, as in files taken off a running box.
[[nodiscard]] std::string read_file_of(const Box& box, std::span<const Detection> detections);

/// The marker file of a ChronoTrack box; markers are keyed by the number of the next read.
[[nodiscard]] std::string marker_file_of(const Box& box, std::span<const Detection> detections);

/// The path of a box's file in the event folder, "reads/FINISH1/20260920.csv".
[[nodiscard]] std::string read_path_of(const Box& box);
[[nodiscard]] std::string marker_path_of(const Box& box);

/// The name of the format in the event file.
[[nodiscard]] const char* name_of(FileFormat format);

}  // namespace hs::sim
