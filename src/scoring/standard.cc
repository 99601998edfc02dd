#include "scoring/standard.h"

#include <chrono>

// Implementation notes: only comparing. Whether anybody may hear of it is decided where it is told.

namespace hs::scoring {

bool is_open_on(const model::Standard& standard, const base::Date& day) {
  return (!standard.from || *standard.from <= day) && (!standard.until || day <= *standard.until);
}

std::optional<int> age_for(const model::Standard& standard, const model::Entrant& entrant,
                           const model::Person& person) {
  if (!standard.age_on) return entrant.age;
  if (!person.birth_date) return std::nullopt;
  return base::age_on(*person.birth_date, *standard.age_on);
}

const model::StandardTime* band_of(const model::Standard& standard, model::Sex sex, int age) {
  for (const model::StandardTime& band : standard.times) {
    if (band.sex == sex && band.age_min <= age && (!band.age_max || age <= *band.age_max)) {
      return &band;
    }
  }
  return nullptr;
}

std::int64_t AgainstStandard::left_seconds() const {
  using std::chrono::duration_cast;
  using std::chrono::seconds;
  return (duration_cast<seconds>(band->time) - duration_cast<seconds>(took)).count();
}

std::optional<AgainstStandard> against_standard(const model::Standard& standard,
                                                const model::EventResults& results,
                                                model::EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  const model::Entrant& entrant = results.entrants[id.raw()];
  if (runner.status != model::RunnerStatus::Finished || entrant.mode != model::Mode::Foot ||
      !entrant.sex || !is_open_on(standard, results.event.date)) {
    return std::nullopt;
  }
  const auto age = age_for(standard, entrant, results.persons[id.raw()]);
  if (!age) return std::nullopt;
  AgainstStandard out;
  out.band = band_of(standard, *entrant.sex, *age);
  if (out.band == nullptr) return std::nullopt;
  if (standard.by == model::StandardBy::Gun) {
    if (!runner.gun) return std::nullopt;
    out.took = runner.gun->value() + standard.course_index;
  } else {
    if (!runner.net) return std::nullopt;
    out.took = runner.net->value() + standard.course_index;
  }
  return out;
}

}  // namespace hs::scoring
