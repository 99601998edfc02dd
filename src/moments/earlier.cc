#include "moments/earlier.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "moments/integrity.h"

namespace hs::moments {
namespace {

constexpr std::size_t kShelf = 10;
/// Further apart than this, two editions of a yearly race have one between them that is not here.
constexpr std::int64_t kMostDaysApart = 550;

}  // namespace

Earlier::Earlier(const FieldView& view) : view_(view), past_(view.results->past.get()) {
  if (past_ == nullptr) return;
  std::int64_t next = base::days_from_epoch(view.results->event.date);
  for (std::size_t i = past_->races.size(); i-- > 0;) {
    const model::PastRace& race = past_->races[i];
    if (race.continued_by != view.race) continue;
    const std::int64_t day = base::days_from_epoch(race.date);
    if (next - day > kMostDaysApart) break;
    next = day;
    editions_.push_back(static_cast<std::uint32_t>(i));
  }
  std::reverse(editions_.begin(), editions_.end());
}

const model::PastRace& Earlier::race(std::uint32_t index) const { return past_->races[index]; }

std::span<const model::PastResult> Earlier::of(std::size_t row) const {
  const std::size_t entrant = view_.people[row].raw();
  if (past_ == nullptr || entrant >= past_->runners.size()) return {};
  return past_->runners[entrant];
}

const model::PastResult* Earlier::in(std::size_t row, std::uint32_t race) const {
  for (const model::PastResult& result : of(row)) {
    if (result.race == race) return &result;
  }
  return nullptr;
}

bool Earlier::is_alike(const model::PastRace& race) const {
  return model::is_as_long(race, view_.race_config().points.back().distance);
}

std::vector<const model::PastResult*> Earlier::alike(std::size_t row) const {
  std::vector<const model::PastResult*> out;
  for (const model::PastResult& result : of(row)) {
    const bool finished = result.status == model::RunnerStatus::Finished && result.time;
    if (finished && is_alike(race(result.race))) out.push_back(&result);
  }
  return out;
}

bool Earlier::has_unknown_times(std::size_t row) const {
  const auto results = of(row);
  return std::any_of(results.begin(), results.end(), [&](const model::PastResult& result) {
    const bool finished = result.status == model::RunnerStatus::Finished;
    return finished && !result.time && is_alike(race(result.race));
  });
}

int Earlier::years_since(std::uint32_t index) const {
  return base::age_on(race(index).date, view_.results->event.date);
}

model::Evidence Earlier::evidence(const char* what, std::uint32_t of_race,
                                  std::optional<base::Duration> time) const {
  const model::PastRace& there = race(of_race);
  model::Evidence out;
  out.what = what;
  out.to = view_.point_name(view_.finish());
  out.race = there.name.empty() ? there.id : there.name;
  out.on = there.date;
  if (time) out.seconds = std::chrono::duration_cast<std::chrono::seconds>(*time).count();
  return out;
}

model::Evidence Earlier::evidence_of(const char* what, std::size_t row,
                                     const model::PastResult& result) const {
  model::Evidence out = evidence(what, result.race, result.time);
  out.bibs = {view_.bib(row)};
  return out;
}

std::vector<Found> tell_many(const FieldView& view, model::MomentKind kind,
                             const std::vector<Ranked>& ranked) {
  double most = 0;
  for (const Ranked& one : ranked) most = std::max(most, one.value);
  std::uint32_t level = 0;
  const Ranked* any = nullptr;
  for (const Ranked& one : ranked) {
    if (one.value != most || one.sure < kLeastSure) continue;
    ++level;
    any = &one;
  }
  if (level <= kShelf) return {};
  Found out;
  out.moment = make_moment_of(view, kind, {}, view.finish(), 0.0, 1.0);
  put_on_shelf(out.moment);
  out.minutes_order = level;
  model::Evidence each = any->evidence.front();
  each.bibs.clear();
  each.seconds.reset();
  model::Evidence many;
  many.what = "together-in-it";
  many.to = view.point_name(view.finish());
  many.rank_in_field = level;
  many.of = static_cast<std::uint32_t>(view.rows());
  out.moment.evidence = {each, many};
  return {out};
}

std::vector<Found> tell_ranked(const FieldView& view, model::MomentKind kind,
                               std::vector<Ranked> ranked) {
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return a.value != b.value ? a.value > b.value : a.row < b.row;
  });
  std::vector<double> values;
  for (const Ranked& one : ranked) values.push_back(one.value);
  std::vector<Found> found;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const Ranked& one = ranked[i];
    // Level ones share the first rank of theirs; more of them than a shelf holds are none of few.
    const auto [level, behind] =
        std::equal_range(values.begin(), values.end(), one.value, std::greater<>());
    if (static_cast<std::size_t>(behind - values.begin()) > kShelf) break;
    const auto rank = static_cast<std::size_t>(level - values.begin());
    const double valid = one.sure * validity_at(view, one.row, view.finish(), 0.0);
    if (view.telling[one.row] == Telling::Nothing || one.sure < kLeastSure || valid < kLeastValid) {
      continue;
    }
    Found out;
    const bool alone = i == 0 && (values.size() == 1 || values[1] < values[0]);
    const double gap = alone && values.size() > 1 ? gap_bits(values) : 0.0;
    out.moment = make_superlative(view, kind, one.row, view.finish(), gap, valid);
    if (!alone) put_on_shelf(out.moment, rank + 1);
    out.minutes_order = whole_seconds(one.value);
    out.moment.evidence = one.evidence;
    out.moment.evidence.push_back(passing_evidence(view, one.row, view.finish()));
    found.push_back(std::move(out));
  }
  return found;
}

}  // namespace hs::moments
