#include "moments/field_view.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

// Implementation notes: private runners and minors stay in the arrays, since they are part of
// what is ordinary on the day; `telling` keeps them out of what is said. Somebody in a wheelchair
// runs another race than somebody on foot, so only feet make the field.

namespace hs::moments {
namespace {

/// A hardship is told only when the runner has been in for this long, so that the people around
/// them hear it first from them. A closed race has no hold.
constexpr base::Duration kHold = std::chrono::minutes(10);

/// A mat that missed more of the finishers than this says nothing by not hearing one of them.
constexpr double kDeafShare = 0.3;

double seconds(base::Duration value) { return static_cast<double>(value.count()) * 1e-6; }

Telling telling_of(const model::EventResults& results, const model::Entrant& entrant,
                   const model::RunnerResult& runner, base::RaceTime latest) {
  if (entrant.is_private || runner.hidden_by) return Telling::Nothing;
  if (is_minor(entrant)) return Telling::NotHardship;
  const bool closed =
      runner.race.raw() < results.closed.size() && results.closed[runner.race.raw()];
  if (!closed && !runner.splits.empty() && runner.splits.back().passing &&
      latest - runner.splits.back().passing->at < kHold) {
    return Telling::NotHardship;
  }
  return Telling::All;
}

/// Questions about a runner's own reads that a person has still to answer: until then a moment
/// would tell how the reads were understood, not what the runner did.
bool is_open_question(model::Attention::Kind kind) {
  using Kind = model::Attention::Kind;
  return kind == Kind::LateStart || kind == Kind::LateStartOrWalk || kind == Kind::StartSetAside ||
         kind == Kind::OtherAssignment || kind == Kind::LapMissing || kind == Kind::SearchBounded ||
         kind == Kind::TwoChips || kind == Kind::AmbiguousChip;
}

/// Nothing is told of a runner whose reads are in question.
void hold_open_questions(FieldView& view) {
  for (const model::Attention& item : view.results->attention) {
    if (!item.entrant || !is_open_question(item.kind)) continue;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      if (view.people[row] == *item.entrant) view.telling[row] = Telling::Nothing;
    }
  }
}

/// A relay team is nobody's story: each of its legs is another runner's.
bool belongs(const FieldView& view, std::size_t entrant) {
  const model::RunnerResult& runner = view.results->runners[entrant];
  return runner.legs.empty() && runner.race == view.race &&
         runner.status == model::RunnerStatus::Finished &&
         view.results->entrants[entrant].mode == model::Mode::Foot && !runner.splits.empty() &&
         runner.splits.back().net.has_value();
}

std::uint32_t place_of(const std::optional<model::Placing>& placing) {
  return placing ? placing->place : 0;
}

/// Calls `change` with each array by row and how many cells of it a row has.
template <typename Change>
void for_each_array(FieldView& view, const Change& change) {
  change(view.people, 1);
  change(view.telling, 1);
  change(view.tells, 1);
  change(view.woman, 1);
  change(view.age, 1);
  change(view.place, 1);
  change(view.place_sex, 1);
  change(view.net, view.columns());
  change(view.clock, view.columns());
}

void insert_row(FieldView& view, std::size_t row) {
  for_each_array(view, [row](auto& values, std::size_t cells) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(row * cells);
    values.insert(at, cells, {});
  });
}

void erase_row(FieldView& view, std::size_t row) {
  for_each_array(view, [row](auto& values, std::size_t cells) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(row * cells);
    values.erase(at, at + static_cast<std::ptrdiff_t>(cells));
  });
}

void set_row(FieldView& view, std::size_t row, std::size_t entrant) {
  const model::RunnerResult& runner = view.results->runners[entrant];
  const model::Entrant& entry = view.results->entrants[entrant];
  HS_CHECK(runner.splits.size() == view.race_config().points.size(), "one split a point");
  view.people[row] = runner.entrant;
  view.telling[row] = telling_of(*view.results, entry, runner, view.latest);
  view.tells[row] = entry.tell;
  const auto sex = entry.sex.value_or(model::Sex::X);
  view.woman[row] = sex == model::Sex::Female ? 1.0 : sex == model::Sex::Male ? 0.0 : 0.5;
  view.age[row] = entry.age ? static_cast<double>(*entry.age) : kNoTime;
  view.place[row] = place_of(runner.places.overall);
  view.place_sex[row] = place_of(runner.places.sex);
  for (std::size_t column = 0; column < view.columns(); ++column) {
    const model::Split& split = runner.splits[view.points[column].raw()];
    const double net = column == 0 ? 0.0 : split.net ? seconds(split.net->value()) : kNoTime;
    const std::size_t cell = row * view.columns() + column;
    view.net[cell] = net;
    view.clock[cell] = split.passing ? seconds(split.passing->at - view.clock_zero) : kNoTime;
  }
}

void judge_mats(FieldView& view) {
  view.deaf.assign(view.columns(), false);
  view.clock_doubt.assign(view.columns(), 0.0);
  for (std::size_t column = 0; column < view.columns(); ++column) {
    std::size_t missed = 0;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      missed += is_known(view.net_at(row, column)) ? 0u : 1u;
    }
    view.deaf[column] = static_cast<double>(missed) > kDeafShare * static_cast<double>(view.rows());
    const std::string& mat = view.race_config().points[view.points[column].raw()].mat;
    for (const model::Attention& item : view.results->attention) {
      if (item.kind != model::Attention::Kind::ClockSuspected || item.mat != mat) continue;
      const double off = item.amount ? std::abs(seconds(*item.amount)) : 0.0;
      view.clock_doubt[column] = std::max(view.clock_doubt[column], off);
    }
  }
}

/// The coarsest of 1 s, .1 s, .01 s that all finish clock times are whole steps of.
double resolution_of(const FieldView& view) {
  for (const std::int64_t step : {1'000'000, 100'000, 10'000}) {
    bool fits = true;
    for (std::size_t row = 0; fits && row < view.rows(); ++row) {
      const auto& passing = view.runner(row).splits.back().passing;
      fits = !passing || passing->at.time_since_epoch().count() % step == 0;
    }
    if (fits) return static_cast<double>(step) * 1e-6;
  }
  return 0.001;
}

}  // namespace

std::optional<std::size_t> FieldView::heard_before(std::size_t row, std::size_t column,
                                                   double least_metres) const {
  for (std::size_t i = column; i-- > 0;) {
    if (is_known(net_at(row, i)) && metres[column] - metres[i] >= least_metres) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> FieldView::heard_after(std::size_t row, std::size_t column,
                                                  double least_metres) const {
  for (std::size_t i = column + 1; i < columns(); ++i) {
    if (is_known(net_at(row, i)) && metres[i] - metres[column] >= least_metres) return i;
  }
  return std::nullopt;
}

std::vector<model::FactSeq> FieldView::reads(std::size_t row,
                                             std::span<const std::size_t> which) const {
  std::vector<model::FactSeq> found;
  for (const std::size_t column : which) {
    const auto& passing = runner(row).splits[points[column].raw()].passing;
    if (passing && passing->read) found.push_back(*passing->read);
  }
  return found;
}

bool is_minor(const model::Entrant& entrant) {
  constexpr int kGrownUp = 18;
  return entrant.is_minor || (entrant.age && *entrant.age < kGrownUp);
}

base::RaceTime latest_instant(const model::EventResults& results) {
  base::RaceTime latest = results.event.begins;
  for (const model::RunnerResult& runner : results.runners) {
    for (const model::Split& split : runner.splits) {
      if (split.passing) latest = std::max(latest, split.passing->at);
    }
  }
  if (!results.reads.empty()) latest = std::max(latest, results.reads.back().time);
  return latest;
}

bool is_in_hold(const model::EventResults& results, const model::RunnerResult& runner,
                base::RaceTime latest) {
  if (runner.race.raw() < results.closed.size() && results.closed[runner.race.raw()]) return false;
  return std::any_of(runner.splits.begin(), runner.splits.end(), [&](const model::Split& split) {
    return split.passing && latest - split.passing->at < kHold;
  });
}

/// How the field spreads its time over the course. Where nobody was heard, as the distance.
void measure_shares(FieldView& view) {
  for (std::size_t column = 0; column < view.columns(); ++column) {
    std::vector<double> shares;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      const double share = view.net_at(row, column) / view.net_at(row, view.finish());
      if (is_known(share)) shares.push_back(share);
    }
    const double of_course = view.metres[column] / view.metres[view.finish()];
    view.usual_share.push_back(shares.empty() ? of_course : quantile(std::move(shares), 0.5));
  }
}

FieldView view_field(const model::EventResults& results, model::RaceId race) {
  FieldView view;
  view.results = &results;
  view.race = race;
  const model::Race& config = results.event.races[race.raw()];
  for (std::size_t i = 0; i < config.points.size(); ++i) {
    if (config.points[i].role != model::PointRole::Timed) continue;
    view.points.emplace_back(static_cast<std::uint16_t>(i));
    view.metres.push_back(static_cast<double>(config.points[i].distance.in_millimetres()) * 1e-3);
  }
  std::optional<base::RaceTime> first_gun;
  for (const model::Wave& wave : config.waves) {
    if (wave.gun && (!first_gun || *wave.gun < *first_gun)) first_gun = wave.gun;
  }
  view.clock_zero = first_gun.value_or(results.event.begins);
  view.latest = latest_instant(results);
  std::vector<std::size_t> finishers;
  for (std::size_t entrant = 0; entrant < results.runners.size(); ++entrant) {
    if (belongs(view, entrant)) finishers.push_back(entrant);
  }
  for_each_array(view,
                 [&](auto& values, std::size_t cells) { values.resize(finishers.size() * cells); });
  for (std::size_t row = 0; row < finishers.size(); ++row) {
    set_row(view, row, finishers[row]);
  }
  hold_open_questions(view);
  judge_mats(view);
  view.clock_resolution = resolution_of(view);
  measure_shares(view);
  return view;
}

bool has_open_question(const model::EventResults& results, model::EntrantId entrant) {
  const auto& items = results.attention;
  return std::any_of(items.begin(), items.end(), [&](const model::Attention& item) {
    return item.entrant == entrant && is_open_question(item.kind);
  });
}

std::optional<std::size_t> row_of(const FieldView& view, model::EntrantId runner) {
  const auto at = std::lower_bound(view.people.begin(), view.people.end(), runner);
  if (at == view.people.end() || *at != runner) return std::nullopt;
  return static_cast<std::size_t>(at - view.people.begin());
}

void refresh_row(FieldView& view, const model::EventResults& results, model::EntrantId runner,
                 base::RaceTime latest) {
  view.results = &results;
  view.latest = latest;
  view.memo = {};
  auto row = row_of(view, runner);
  if (!belongs(view, runner.raw())) {
    if (row) erase_row(view, *row);
  } else {
    if (!row) {
      const auto at = std::lower_bound(view.people.begin(), view.people.end(), runner);
      row = static_cast<std::size_t>(at - view.people.begin());
      insert_row(view, *row);
    }
    set_row(view, *row, runner.raw());
    if (has_open_question(results, runner)) view.telling[*row] = Telling::Nothing;
  }
  // One who comes in moves everybody behind.
  for (std::size_t other = 0; other < view.rows(); ++other) {
    const model::Places& places = view.runner(other).places;
    view.place[other] = place_of(places.overall);
    view.place_sex[other] = place_of(places.sex);
  }
}

std::optional<std::size_t> half_of(const FieldView& view) {
  constexpr double kHalfWithin = 0.05;
  const double course = view.metres[view.finish()];
  std::optional<std::size_t> best;
  for (std::size_t column = 1; column < view.finish(); ++column) {
    const double off = std::abs(view.metres[column] - course / 2);
    if (off > kHalfWithin * course || view.deaf[column]) continue;
    if (!best || off < std::abs(view.metres[*best] - course / 2)) best = column;
  }
  return best;
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return kNoTime;
  const auto last = static_cast<double>(values.size() - 1);
  const auto at = static_cast<std::ptrdiff_t>(std::lround(std::clamp(q, 0.0, 1.0) * last));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace hs::moments
