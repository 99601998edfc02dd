#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/device_files.h"
#include "sim/scene.h"
#include "sim/truth.h"

namespace hs::sim {

/// The course a field runs on when no scene says otherwise.
enum class CourseKind : std::uint8_t {
  Marathon,      ///< Eleven points, four waves, backup lines at start and finish.
  Loop,          ///< 10 km; one arch is start and finish.
  CrossCountry,  ///< 10 km over a field, one wave.
};

enum class WithTroubles : std::uint8_t { No, Yes };

/// What to simulate. The seed is enough: same request, same bytes, on every machine and build.
struct SimulationRequest {
  std::uint64_t seed = 1;
  /// Of the field, without those of scenes. At most 90,000, and what a scene's own course holds.
  std::uint32_t runners = 300;
  CourseKind course = CourseKind::Marathon;
  WithTroubles troubles = WithTroubles::Yes;
  /// How much the day's heat slows the end of the race, per mille of the pace.
  std::uint32_t heat_per_mille = 0;
  std::vector<Trouble> leave_out;  ///< Troubles of boxes not to plant.
  /// Scenes to play, by name (`scene_names()`). A scene that brings its own course decides it.
  std::vector<std::string> scenes;
  /// A scene that is not among those with a name, instead of them; it has the race for itself.
  std::optional<Scene> own_scene;
};

/// An event as it would lie on the timer's disk, and what truly happened.
struct SimulatedEvent {
  std::vector<SimulatedFile> files;  ///< event.toml, entrants.csv, reads/..., rulings.jsonl.
  Truth truth;
};

/// Plays a race.
///
/// Errors: NotFound for a scene nobody wrote; InvalidInput for scenes that need different courses
///         and for more runners than the course holds.
/// Cost:   20,000 marathon runners in under 10 s and 300 MB in a release build.
[[nodiscard]] base::Result<SimulatedEvent> simulate(const SimulationRequest& request);

/// The request of `homestretch demo`: 20,000 marathon runners with every scene that fits into a
/// marathon, and every trouble.
[[nodiscard]] SimulationRequest demo_request(std::uint64_t seed);

/// Writes the event folder, and the truth beside it as FOLDER-truth.csv, where no program that
/// reads the folder can find it. The folder is made; files in it of the same names are replaced.
/// Errors: Io, DiskFull.
[[nodiscard]] base::Result<void> write_event_folder(const SimulatedEvent& event,
                                                    const std::string& folder);

}  // namespace hs::sim
