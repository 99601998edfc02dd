#include "scoring/mat_health.h"

#include <map>

namespace hs::scoring {
namespace {

using base::RaceTime;

constexpr std::int64_t kMinute = 60'000'000;

RaceTime minute_of(RaceTime at) {
  const std::int64_t micros = at.time_since_epoch().count();
  return RaceTime(base::Duration(micros / kMinute * kMinute));
}

struct Counts {
  std::uint32_t heard = 0;
  std::uint32_t passed = 0;
};

using Minutes = std::map<RaceTime, Counts>;

void count_runner(const Course& course, const RunnerFold& fold, std::vector<Minutes>& mats) {
  const auto at = [&](std::size_t p) -> std::optional<RaceTime> {
    const auto& passing = fold.passings[course.points[p].id.raw()];
    return passing ? std::optional(passing->at) : std::nullopt;
  };
  std::size_t last = 0;
  for (std::size_t p = 1; p <= course.finish(); ++p) {
    if (at(p)) last = p;
  }
  if (last == 0 || !fold.gun_at) return;
  Counts& start = mats[course.points[0].mat.raw()][minute_of(fold.start_at.value_or(*fold.gun_at))];
  ++start.passed;
  if (fold.start) ++start.heard;
  std::size_t before = 0;
  for (std::size_t p = 1; p < last; ++p) {
    std::optional<RaceTime> when = at(p);
    const bool heard = when.has_value();
    if (!heard) {
      std::size_t after = p + 1;
      while (!at(after)) ++after;
      const RaceTime from = before == 0 ? fold.start_at.value_or(*fold.gun_at) : *at(before);
      when = even_pace_instant(course, before, from, p, after, *at(after));
    } else {
      before = p;
    }
    Counts& minute = mats[course.points[p].mat.raw()][minute_of(*when)];
    ++minute.passed;
    if (heard) ++minute.heard;
  }
}

}  // namespace

std::vector<model::MatHealth> mat_health(const ScorerState& state) {
  std::vector<Minutes> mats(state.mats.size());
  for (const EntrantState& runner : state.entrants) {
    if (!runner.live || !runner.race || runner.fold.passings.empty()) continue;
    count_runner(state.course_of(runner), runner.fold, mats);
  }
  std::vector<model::MatHealth> out;
  for (std::size_t m = 0; m < mats.size(); ++m) {
    if (mats[m].empty()) continue;
    model::MatHealth health;
    health.mat = state.mats.name(MatIndex(static_cast<std::uint16_t>(m)));
    for (const auto& [minute, counts] : mats[m]) {
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
