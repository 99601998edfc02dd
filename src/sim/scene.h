#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/result.h"
#include "sim/plan.h"

namespace hs::sim {

/// Stands still so far before the line, for so long.
struct SceneStop {
  std::int64_t before_finish_m = 0;
  base::Duration lasts{0};
};

/// Somebody in a scene: who, and where when.
struct SceneRunner {
  std::string bib;
  std::string name;
  model::Sex sex = model::Sex::X;
  int age = 0;
  model::Mode mode = model::Mode::Foot;
  model::EntryStatus entry_status = model::EntryStatus::Entered;
  std::string wave;
  /// As the entry list has them: club, goal_time, group and the runner's own words.
  model::Person person;
  std::string goal;   ///< "3:30:00".
  bool tell = false;  ///< The runner's own words, guide and para may be told.
  int chips = 1;
  base::Duration starts_after{0};  ///< Crosses the start so long after the gun of the wave.
  /// Point, or metres on the course ("2400m"), and time since the own start, in order of time.
  /// Empty: does not start; without the finish: stops at the last place and goes home.
  std::vector<std::pair<std::string, base::Duration>> times;
  /// The finish by local time of day instead of since the start.
  std::optional<base::Duration> finishes_at;
  std::vector<SceneStop> stops;
};

struct SceneDivision {
  std::string id;
  model::Mode mode = model::Mode::Foot;
};

/// A wave of the scene's own.
struct SceneWave {
  std::string id;
  base::Duration gun{0};  ///< Local time of day.
};

/// How near a result must be to a scene's times where the scene asks for no other.
inline constexpr base::Duration kExpectedWithin = std::chrono::seconds(2);

/// What the results must say of somebody. Absent fields are not asked.
struct ExpectedResult {
  std::string bib;
  model::RunnerStatus status = model::RunnerStatus::Finished;
  std::optional<base::Duration> net;
  base::Duration within = kExpectedWithin;  ///< Of `net`: a scene does not know the reads.
  std::optional<base::Duration> official;   ///< To the digit: where a ruling gives the time.
  std::optional<int> place;
  std::optional<int> place_sex;
  std::string clause;  ///< Of the disqualification.
  std::optional<int> place_division;
  std::string division;
  std::string name;
  std::string last_point;  ///< The last point with a time.
};

/// A moment that must be told of these people.
struct ExpectedMoment {
  std::string kind;  ///< "late-collapse" ...
  std::vector<std::string> bibs;
  bool by_note = false;  ///< Only because somebody signed a note: without it nothing is told.
  std::string standard;  ///< Which standard its "barrier" tells of; empty: not asked.
  std::string later;     ///< What it waits for. Empty: it must be told today.
};

/// What an official decided, as a fact.
struct SceneRuling {
  model::RulingFact fact;              ///< Race and `at` left empty.
  std::optional<base::Duration> time;  ///< Of a finish: since the own gun.
};

/// A real moment, told again with invented people.
struct Scene {
  std::string name;
  std::string title;
  std::string later;   ///< What of it the program cannot do yet; empty: nothing is missing.
  std::string course;  ///< "marathon" or "cross-country"; empty: `own_course`.
  std::optional<CourseOutline> own_course;
  std::vector<std::string> publish;  ///< Columns of the entry list that may be shown: "age".
  std::vector<SceneWave> waves;
  std::vector<SceneDivision> divisions;
  std::vector<PlanStandard> standards;  ///< What the race's times are compared with.
  std::vector<SceneRunner> runners;
  std::optional<base::Duration> stopped_at;  ///< Local time of day.
  std::optional<model::CancelFact> cancel;   ///< Race left empty.
  std::vector<SceneRuling> rulings;
  std::vector<model::NoteFact> notes;  ///< Race left empty.

  std::vector<ExpectedResult> results;
  std::vector<ExpectedMoment> moments;
  std::vector<std::string> line_order;       ///< Over the line one behind the other.
  std::vector<std::string> within_a_second;  ///< All finish within one second.
  std::vector<std::string> untold;           ///< No moment names them.

  /// True where the whole race is the scene, so that it cannot be placed into another one.
  [[nodiscard]] bool takes_the_race() const { return stopped_at || cancel || own_course; }
};

/// Names of all scenes, in order.
[[nodiscard]] std::vector<std::string> scene_names();

/// A scene by name. Errors: NotFound, naming those there are.
[[nodiscard]] base::Result<Scene> load_scene(std::string_view name);

/// Reads a scene file. Errors: InvalidInput with file, line and column: not TOML, an unknown key, a
/// missing or ill-shaped value.
[[nodiscard]] base::Result<Scene> parse_scene(std::string_view toml, const std::string& name);

}  // namespace hs::sim
