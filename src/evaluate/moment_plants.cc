#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "evaluate/moment_measures.h"
#include "evaluate/moment_times.h"
#include "moments/shelf.h"

// Implementation notes: hard days are planted ten at a time, since two hundred of them would be
// what is ordinary on the day.

namespace hs::evaluate {
namespace {

using model::EventResults;
using model::Moment;
using moments::is_known;

constexpr std::size_t kPlants = 200;
constexpr std::size_t kPlantsAtOnce = 10;
constexpr double kLeastMinutes = 5;
constexpr double kMostMinutes = 60;
constexpr double kLarge = 15;
constexpr double kLateShare = 0.6;
constexpr double kLeastStretchMetres = 2000;
constexpr double kMostAfter = 1.2;
constexpr std::size_t kTroubleRuns = 5;
constexpr std::size_t kMostExamples = 6;
constexpr std::size_t kFaults = 50;  ///< Of each kind that befalls one runner.
constexpr double kClockSeconds = 180;
constexpr double kEstimateSpread = 0.08;  ///< How wrong an estimated stretch is, as a share.
constexpr double kCutShare = 0.6;         ///< Of the two stretches that a cut shortens.

struct Plant {
  std::size_t row = 0;
  std::size_t from = 0;
  std::size_t to = 0;
  double seconds = 0;
  bool is_stop = false;
};

/// Rows that every point heard and of whom all may be told, in an order of chance.
std::vector<std::size_t> healthy_rows(const MomentTimes& times, Random& random) {
  const moments::FieldView& view = times.view;
  std::vector<std::size_t> rows;
  for (const std::size_t row : shuffled(view.rows(), random)) {
    bool all = view.telling[row] == moments::Telling::All;
    for (std::size_t column = 1; all && column < view.columns(); ++column) {
      all = view.deaf[column] || is_known(view.net_at(row, column));
    }
    if (all) rows.push_back(row);
  }
  return rows;
}

std::set<model::EntrantId> people_in(const std::vector<Moment>& found) {
  std::set<model::EntrantId> people;
  for (const Moment& moment : found) people.insert(moment.people.begin(), moment.people.end());
  return people;
}

/// Where something can be planted: the last points behind 60 % of the course for a collapse, the
/// stretches of two kilometres or more with a point before and behind for a stop.
struct Places {
  std::vector<std::size_t> late;
  std::vector<std::size_t> stretches;  ///< The column where each ends.
};

Places places_of(const moments::FieldView& view) {
  Places places;
  const std::size_t finish = view.finish();
  for (std::size_t column = finish; column-- > 1 && places.late.size() < 3;) {
    if (view.metres[column] < kLateShare * view.metres[finish]) break;
    if (!view.deaf[column]) places.late.push_back(column);
  }
  for (std::size_t to = 2; to < finish; ++to) {
    const bool deaf = view.deaf[to] || view.deaf[to - 1];
    if (!deaf && view.metres[to] - view.metres[to - 1] >= kLeastStretchMetres) {
      places.stretches.push_back(to);
    }
  }
  return places;
}

/// True where the pace behind the stretch that ends at `to` is about that before it.
bool goes_on(const moments::FieldView& view, std::size_t row, std::size_t to) {
  const auto before = view.heard_before(row, to - 1, kLeastStretchMetres);
  const auto behind = view.heard_after(row, to, kLeastStretchMetres);
  return before && behind &&
         view.pace(row, to, *behind) <= kMostAfter * view.pace(row, *before, to - 1);
}

void put(MomentTimes& times, const Plant& plant) {
  const auto& metres = times.view.metres;
  for (std::size_t column = plant.from + 1; column < times.view.columns(); ++column) {
    const double share = std::min(
        1.0, (metres[column] - metres[plant.from]) / (metres[plant.to] - metres[plant.from]));
    times.net(plant.row, column) += share * plant.seconds;
  }
}

std::vector<Plant> plants_for(const MomentTimes& times, const std::set<model::EntrantId>& known,
                              Random& random) {
  const Places places = places_of(times.view);
  std::vector<Plant> plants;
  for (const std::size_t row : healthy_rows(times, random)) {
    if (plants.size() == kPlants) break;
    if (known.count(times.view.people[row]) > 0) continue;
    const auto n = static_cast<double>(plants.size());
    Plant plant;
    plant.row = row;
    plant.is_stop = plants.size() % 2 == 1;
    plant.seconds = 60 * (kLeastMinutes +
                          (kMostMinutes - kLeastMinutes) * n / static_cast<double>(kPlants - 1));
    const auto& where = plant.is_stop ? places.stretches : places.late;
    if (where.empty()) return {};
    const std::size_t column = where[random.below(where.size())];
    // A stop is one only where the runner goes on about as before.
    if (plant.is_stop && !goes_on(times.view, row, column)) continue;
    plant.from = plant.is_stop ? column - 1 : column;
    plant.to = plant.is_stop ? column : times.view.finish();
    plants.push_back(plant);
  }
  // By chance, so that ten at once are of all sizes.
  std::vector<Plant> mixed;
  for (const std::size_t i : shuffled(plants.size(), random)) mixed.push_back(plants[i]);
  return mixed;
}

void judge_plants(std::span<const Plant> plants, const EventResults& changed, model::RaceId race,
                  Planted& out) {
  const moments::FieldView view = moments::view_field(changed, race);
  std::set<model::EntrantId> told;
  for (const Moment& moment : moments_of(changed, race)) {
    if (!moment.on_shelf) told.insert(moment.people.begin(), moment.people.end());
  }
  const auto collapses = moments::collapse_candidates(view);
  const auto stops = moments::stop_candidates(view);
  for (const Plant& plant : plants) {
    const auto& found = plant.is_stop ? stops : collapses;
    Planted::Kind& kind = plant.is_stop ? out.stop : out.collapse;
    const auto at = std::find_if(found.begin(), found.end(),
                                 [&](const auto& one) { return one.row == plant.row; });
    ++kind.all;
    if (plant.seconds >= 60 * kLarge) {
      ++kind.large;
      kind.candidates += at != found.end() ? 1u : 0u;
    }
    if (at == found.end() || at->beyond < 1) continue;
    ++kind.clear;
    kind.published += told.count(view.people[plant.row]);
  }
}

// --- faults of the timing ----------------------------------------------------------------------

using Rows = std::set<std::size_t>;

/// A column between the first and the last stretch, so that both sides of it are known.
std::size_t inner_column(const moments::FieldView& view, Random& random) {
  return 2 + random.below(view.finish() - 2);
}

/// The rows that passed `column` within one share of the field's passings.
Rows passed_within(const moments::FieldView& view, std::size_t column, double from, double to) {
  std::vector<double> at;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (is_known(view.net_at(row, column))) at.push_back(view.net_at(row, column));
  }
  const double first = moments::quantile(at, from);
  const double last = moments::quantile(at, to);
  Rows rows;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double net = view.net_at(row, column);
    if (net >= first && net < last) rows.insert(row);
  }
  return rows;
}

Rows dead_mat(MomentTimes& times, Random& random) {
  const std::size_t column = inner_column(times.view, random);
  Rows rows = passed_within(times.view, column, 0.4, 0.65);
  for (const std::size_t row : rows) times.net(row, column) = moments::kNoTime;
  return rows;
}

Rows shifted_clock(MomentTimes& times, Random& random) {
  const std::size_t column = inner_column(times.view, random);
  Rows rows = passed_within(times.view, column, 0.3, 0.6);
  for (const std::size_t row : rows) times.net(row, column) += kClockSeconds;
  return rows;
}

bool rises(const MomentTimes& times, std::size_t row) {
  double last = 0;
  for (std::size_t column = 1; column < times.view.columns(); ++column) {
    const double net = times.view.net_at(row, column);
    if (!is_known(net)) continue;
    if (net <= last) return false;
    last = net;
  }
  return true;
}

/// Changes rows of chance by `change` until enough of them still rise from point to point.
template <typename Change>
Rows each_of_some(MomentTimes& times, Random& random, const Change& change) {
  Rows rows;
  for (const std::size_t row : healthy_rows(times, random)) {
    if (rows.size() >= kFaults) break;
    if (rows.count(row) > 0) continue;
    MomentTimes before = times;
    const std::vector<std::size_t> touched = change(row);
    const bool fits = !touched.empty() && std::all_of(touched.begin(), touched.end(), [&](auto r) {
      return rows.count(r) == 0 && rises(times, r);
    });
    if (fits) {
      rows.insert(touched.begin(), touched.end());
    } else {
      times.view.net = before.view.net;
    }
  }
  return rows;
}

/// Two who exchange chips on the way: from there each has the other's times.
Rows swapped_chips(MomentTimes& times, Random& random) {
  return each_of_some(times, random, [&](std::size_t a) -> std::vector<std::size_t> {
    const std::size_t b = random.below(times.view.rows());
    if (a == b) return {};
    const std::size_t from = inner_column(times.view, random);
    const double later = is_known(times.start[a]) ? times.start[b] - times.start[a] : 0.0;
    for (std::size_t column = from; column < times.view.columns(); ++column) {
      const double of_a = times.net(a, column);
      times.net(a, column) = times.net(b, column) + later;
      times.net(b, column) = of_a - later;
    }
    const bool finished =
        is_known(times.net(a, times.view.finish())) && is_known(times.net(b, times.view.finish()));
    return finished ? std::vector{a, b} : std::vector<std::size_t>{};
  });
}

/// A part of the course left out, and the mat in it with it.
Rows cut_courses(MomentTimes& times, Random& random) {
  return each_of_some(times, random, [&](std::size_t row) {
    const std::size_t missed = inner_column(times.view, random);
    const double won = kCutShare * (times.net(row, missed + 1) - times.net(row, missed - 1));
    times.net(row, missed) = moments::kNoTime;
    for (std::size_t column = missed + 1; column < times.view.columns(); ++column) {
      times.net(row, column) -= won;
    }
    return std::vector{row};
  });
}

/// A time that the timer worked out from the pace before, and did not mark.
Rows estimated_splits(MomentTimes& times, Random& random) {
  return each_of_some(times, random, [&](std::size_t row) {
    const std::size_t column = inner_column(times.view, random);
    const double pace = times.view.pace(row, 0, column - 1);
    const double metres = times.view.metres[column] - times.view.metres[column - 1];
    const double wrong = 1 + kEstimateSpread * (2 * random.unit() - 1);
    times.net(row, column) = times.net(row, column - 1) + pace * metres * wrong;
    return std::vector{row};
  });
}

/// Counts the moments of a race with a fault, and those that the fault made.
void count_touching(const EventResults& changed, model::RaceId race,
                    const std::set<model::EntrantId>& touched, const std::set<MomentKey>& before,
                    Trouble& out) {
  for (const Moment& moment : moments_of(changed, race)) {
    ++out.published;
    const bool theirs = std::any_of(moment.people.begin(), moment.people.end(),
                                    [&](auto id) { return touched.count(id) > 0; });
    if (!theirs || before.count(key_of(moment)) > 0) continue;
    ++out.touching;
    if (out.examples.size() >= kMostExamples) continue;
    const model::Race& config = changed.event.races[race.raw()];
    std::string example = std::string(model::name_of(moment.kind)) + " at " +
                          config.points[moment.anchor.raw()].id + ", bib";
    for (const model::EntrantId id : moment.people) {
      example += " " + changed.entrants[id.raw()].bib.str();
    }
    out.examples.push_back(example);
  }
}

}  // namespace

Planted planted(const EventResults& results, model::RaceId race, std::uint64_t seed) {
  Random random(seed);
  const MomentTimes times = times_of(results, race);
  const auto plants = plants_for(times, people_in(moments_of(results, race)), random);
  Planted out;
  for (std::size_t from = 0; from < plants.size(); from += kPlantsAtOnce) {
    const auto some =
        std::span(plants).subspan(from, std::min(kPlantsAtOnce, plants.size() - from));
    MomentTimes changed = times;
    for (const Plant& plant : some) put(changed, plant);
    judge_plants(some, with_times(results, changed), race, out);
  }
  return out;
}

std::vector<Trouble> troubles(const EventResults& results, model::RaceId race, std::uint64_t seed) {
  struct Fault {
    const char* name;
    Rows (*make)(MomentTimes&, Random&);
  };
  const std::array faults = {Fault{"dead mat", &dead_mat}, Fault{"shifted clock", &shifted_clock},
                             Fault{"swapped chips", &swapped_chips},
                             Fault{"course cut", &cut_courses},
                             Fault{"estimated split", &estimated_splits}};
  const MomentTimes times = times_of(results, race);
  std::vector<Trouble> out;
  if (times.view.columns() < 4 || times.view.rows() == 0) return out;
  std::set<MomentKey> before;
  for (const Moment& moment : moments_of(results, race)) before.insert(key_of(moment));
  for (const Fault& fault : faults) {
    Trouble trouble;
    trouble.name = fault.name;
    for (std::size_t run = 0; run < kTroubleRuns; ++run) {
      Random random(seed + run);
      MomentTimes changed = times;
      std::set<model::EntrantId> touched;
      for (const std::size_t row : fault.make(changed, random)) {
        touched.insert(times.view.people[row]);
      }
      trouble.touched += touched.size();
      count_touching(with_times(results, changed), race, touched, before, trouble);
    }
    out.push_back(std::move(trouble));
  }
  return out;
}

}  // namespace hs::evaluate
