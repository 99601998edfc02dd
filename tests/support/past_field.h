#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "model/past.h"
#include "support/moment_field.h"

// Earlier races for a field made by hand. Only tests include this.

namespace hs::moment_field {

/// Adds yearly editions to a field of November 2023 and says who ran them.
class PastBuilder {
 public:
  /// Editions on 14 November from `first_year` to last year, a marathon each.
  PastBuilder(FieldBuilder& field, int first_year) : field_(field) {
    field.results().event.date = {2023, 11, 14};
    for (int year = first_year; year < 2023; ++year) {
      model::PastRace race;
      race.id = "harbour-" + std::to_string(year);
      race.name = "Harbour " + std::to_string(year);
      race.date = {year, 11, 14};
      race.distance = base::Distance::metres(42195);
      race.continued_by = model::RaceId(0);
      past_.races.push_back(race);
    }
  }

  model::PastRace& edition(int year) { return past_.races[index_of(year)]; }
  void drop(int year) {
    past_.races.erase(past_.races.begin() + static_cast<std::ptrdiff_t>(index_of(year)));
  }

  /// A finish in that year in so many seconds; without a time, only that it was one.
  model::PastResult& ran(model::EntrantId id, int year, std::optional<double> seconds) {
    if (past_.runners.size() <= id.raw()) past_.runners.resize(id.raw() + 1);
    model::PastResult result;
    result.race = static_cast<std::uint32_t>(index_of(year));
    if (seconds) result.time = micros(*seconds);
    return past_.runners[id.raw()].emplace_back(result);
  }
  void ran_all(model::EntrantId id, int from, int to, double seconds) {
    for (int year = from; year <= to; ++year) ran(id, year, seconds);
  }

  model::Past& past() { return past_; }
  /// Gives the field what was said so far.
  void give() {
    past_.runners.resize(field_.results().entrants.size());
    field_.results().past = std::make_shared<const model::Past>(past_);
  }

 private:
  [[nodiscard]] std::size_t index_of(int year) const {
    for (std::size_t i = 0; i < past_.races.size(); ++i) {
      if (past_.races[i].date.year == year) return i;
    }
    std::abort();
  }

  FieldBuilder& field_;
  model::Past past_;
};

}  // namespace hs::moment_field
