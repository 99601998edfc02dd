#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/distance.h"
#include "base/result.h"
#include "evaluate/field.h"
#include "model/published.h"
#include "projection/course_model.h"

namespace hs::evaluate {

/// Which races of an archive a subject may learn from.
struct PastQuery {
  std::string archive;
  std::vector<std::string> ids;          ///< Empty: those that begin alike, else all that fit.
  std::string subject;                   ///< Its own id or name; never learned from.
  std::optional<base::Distance> length;  ///< To 1 %; absent: races without distances (trails).
};

struct PastRaces {
  std::vector<Field> fields;
  [[nodiscard]] std::vector<std::string> names() const;
};

/// Reads them from the archive. Errors: those of the archive; NotFound for an id it has not.
[[nodiscard]] base::Result<PastRaces> past_races(const PastQuery& query);

/// The model of their course, the wall alarm with it; nothing where too few finished.
[[nodiscard]] std::optional<projection::CourseModel> learn(const PastRaces& past);

/// One race of the archive. Errors: NotFound naming the races there are.
[[nodiscard]] base::Result<model::PublishedRace> archived_race(const std::string& archive,
                                                               const std::string& id);

/// What an event's path says of its name: "harbour-2026" of "events/harbour-2026/".
[[nodiscard]] std::string subject_name(const std::string& path);

}  // namespace hs::evaluate
