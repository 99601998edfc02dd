#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/projection.h"
#include "moments/suspense.h"
#include "present/colour.h"
#include "projection/wall.h"

namespace hs::present {

/// One runner's projected finish, ready to be shown.
struct ProjectedRunner {
  std::string bib;
  std::string name;  ///< As public lists have it.
  std::string at;    ///< The point that was seen last, as people write it: "30K".
  model::Projection projection;
  std::optional<projection::Wall> wall;
  std::optional<base::Duration> goal;
  std::optional<base::Duration> cut_off;  ///< Of the finish, since the own start.
  std::optional<base::Duration> finish;   ///< Where the race came out, if it did.
};

/// The projected finishes of a race.
struct ProjectedField {
  std::string race;
  std::string at;  ///< The point asked about; empty: each where they were seen last.
  model::ProjectionSource source = model::ProjectionSource::Generic;
  std::vector<std::string> learned_from;  ///< Past races; empty for the generic table.
  bool knows_the_day = false;
  std::string as_of;  ///< Time of day on the course that the projections hold for; may be empty.
  std::vector<ProjectedRunner> runners;
  std::optional<moments::Suspense> suspense;  ///< What hangs on those who come in next.
};

/// A time that people ask about, and how likely the finish is not later.
struct Barrier {
  std::string name;  ///< "4:00", "goal 3:45", "cut-off 6:00".
  base::Duration time;
  double probability = 0;
};

/// Whole and half hours that are neither sure nor out of reach (0.5 to 99.5 %), the runner's goal
/// and the cut-off; by time.
[[nodiscard]] std::vector<Barrier> barriers_of(const ProjectedRunner& runner);

/// "63 %"; "under 1 %" and "over 99 %" at the ends, because nothing is sure.
[[nodiscard]] std::string chance_text(double probability);

/// The field as a table, the soonest finish first, at most `rows` of it; one runner alone is told
/// in sentences. For a terminal: 100 columns.
[[nodiscard]] std::string projections_text(const ProjectedField& field, std::size_t rows,
                                           Colour colour);

/// The same as JSON: `races`, each with `race`, `at`, `source`, `learned_from`, `items` and, where
/// there is any, `suspense`; times in `*_ms`.
[[nodiscard]] std::string projections_json(const std::vector<ProjectedField>& fields);

}  // namespace hs::present
