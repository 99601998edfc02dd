#include "scoring/mat_health.h"

namespace hs::scoring {
namespace {

using base::RaceTime;

constexpr std::int64_t kMinute = 60'000'000;

RaceTime minute_of(RaceTime at) {
  const std::int64_t micros = at.time_since_epoch().count();
  return RaceTime(base::Duration(micros / kMinute * kMinute));
}

}  // namespace

MatCounts::Counts& MatCounts::at(MatIndex mat, RaceTime when) {
  if (mats_.size() <= mat.raw()) mats_.resize(std::size_t{mat.raw()} + 1);
  return mats_[mat.raw()][minute_of(when)];
}

void MatCounts::take(const ScorerState& state, const EntrantState& runner) {
  const RunnerFold& fold = runner.fold;
  if (fold.passings.empty()) return;
  const Course& course = state.course_of(runner);
  const auto seen = [&](std::size_t p) -> std::optional<RaceTime> {
    const auto& passing = fold.passings[course.points[p].id.raw()];
    return passing ? std::optional(passing->at) : std::nullopt;
  };
  std::size_t last = 0;
  for (std::size_t p = 1; p <= course.finish(); ++p) {
    if (seen(p)) last = p;
  }
  if (last == 0 || !fold.gun_at) return;
  Counts& start = at(course.points[0].mat, fold.start_at.value_or(*fold.gun_at));
  ++start.passed;
  if (fold.start) ++start.heard;
  std::size_t before = 0;
  for (std::size_t p = 1; p < last; ++p) {
    std::optional<RaceTime> when = seen(p);
    const bool heard = when.has_value();
    if (!heard) {
      std::size_t after = p + 1;
      while (!seen(after)) ++after;
      const RaceTime from = before == 0 ? fold.start_at.value_or(*fold.gun_at) : *seen(before);
      when = even_pace_instant(course, before, from, p, after, *seen(after));
    } else {
      before = p;
    }
    Counts& minute = at(course.points[p].mat, *when);
    ++minute.passed;
    if (heard) ++minute.heard;
  }
}

std::vector<model::MatHealth> MatCounts::health(const ScorerState& state) const {
  std::vector<model::MatHealth> out;
  for (std::size_t m = 0; m < mats_.size(); ++m) {
    if (mats_[m].empty()) continue;
    model::MatHealth health;
    health.mat = state.mats.name(MatIndex(static_cast<std::uint16_t>(m)));
    for (const auto& [minute, counts] : mats_[m]) {
      health.heard += counts.heard;
      health.passed += counts.passed;
      health.minutes.push_back({minute, counts.heard, counts.passed});
    }
    out.push_back(std::move(health));
  }
  return out;
}

std::vector<DeafSpell> deaf_spells(const model::MatHealth& mat) {
  std::vector<DeafSpell> out;
  std::optional<DeafSpell> open;
  const auto close = [&] {
    if (open && open->passed >= 10) out.push_back(*open);
    open.reset();
  };
  for (const model::MatHealth::Minute& minute : mat.minutes) {
    if (minute.heard * 5 > minute.passed) {
      close();
      continue;
    }
    if (!open) open = DeafSpell{minute.from, minute.from, 0, 0};
    open->until = minute.from + std::chrono::minutes(1);
    open->heard += minute.heard;
    open->passed += minute.passed;
  }
  close();
  return out;
}

}  // namespace hs::scoring
