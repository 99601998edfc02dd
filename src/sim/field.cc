// Implementation notes
//
// A runner's net time is drawn from the fitted quantiles of sex and age band; the ability class
// that time falls into gives the usual shape of pace and the spread of second half over first. The
// shape is bent to the drawn ratio and scaled to the drawn time, so both fits hold exactly.
// Everything is integers: seconds become microseconds once, and the times at kilometres are running
// sums of weights scaled by multiplication before division.
#include "sim/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "sim/field_table.h"
#include "sim/names.h"

namespace hs::sim {

namespace {

using base::Distance;
using base::Duration;

constexpr std::int64_t kMicros = 1000000;
constexpr ChipNumber kFirstChip = 1001;
constexpr std::uint32_t kMinorsAge = 18;

// Streams of the seed: one a runner and purpose. Chosen far apart so that they never meet.
constexpr std::uint64_t kEntryStream = 1ULL << 32U;
constexpr std::uint64_t kWayStream = 2ULL << 32U;

const FieldGroup& draw_group(Random& random) {
  std::uint32_t total = 0;
  for (const FieldGroup& group : kFieldGroups) total += static_cast<std::uint32_t>(group.per_mille);
  auto drawn = static_cast<std::int32_t>(random.below(total));
  for (const FieldGroup& group : kFieldGroups) {
    if (drawn < group.per_mille) return group;
    drawn -= group.per_mille;
  }
  return kFieldGroups.back();
}

/// A goal as people name one: on the quarter hour above what they hope for.
std::string draw_goal(std::int64_t net_seconds, Random& random) {
  constexpr std::int64_t kQuarter = 900;
  const std::int64_t hoped = net_seconds * random.between(930, 1010) / 1000;
  const std::int64_t goal = (hoped + kQuarter - 1) / kQuarter * kQuarter;
  return fmt::format("{}:{:02}:{:02}", goal / 3600, goal / 60 % 60, goal % 60);
}

struct Drawn {
  Runner runner;
  std::int64_t seeded_us = 0;  ///< What the entry list believes.
};

Drawn draw_runner(const Plan& plan, Random& random) {
  constexpr std::uint32_t kX = 3000, kPrivate = 8000, kMinor = 2000, kGoal = 300000, kClub = 250000;
  constexpr std::int64_t kSeedErrorPerMille = 45;
  Drawn drawn;
  Runner& runner = drawn.runner;
  const FieldGroup& group = draw_group(random);
  const std::int64_t seconds = quantile_at(group.net_seconds, random.between(0, 999999));
  const std::int64_t marathon_us = seconds * kMicros + random.between(0, kMicros - 1);
  runner.net_goal_us = marathon_us / kMicros * plan.per_million_of_marathon +
                       marathon_us % kMicros * plan.per_million_of_marathon / kMicros;
  drawn.seeded_us =
      runner.net_goal_us + random.bell(runner.net_goal_us / 1000 * kSeedErrorPerMille);
  runner.entrant.sex = group.female ? model::Sex::Female : model::Sex::Male;
  if (random.chance(kX)) runner.entrant.sex = model::Sex::X;
  runner.entrant.age = static_cast<int>(random.between(group.age_least, group.age_most));
  if (random.chance(kMinor)) runner.entrant.age = static_cast<int>(kMinorsAge) - 1;
  runner.entrant.is_minor = *runner.entrant.age < static_cast<int>(kMinorsAge);
  runner.entrant.is_private = random.chance(kPrivate);
  const PersonName name = draw_name(group.female, random);
  runner.person.first_name = name.first;
  runner.person.last_name = name.last;
  runner.person.city = draw_city(random);
  if (random.chance(kClub)) runner.person.club = draw_club(random);
  if (random.chance(kGoal)) runner.goal_time = draw_goal(runner.net_goal_us / kMicros, random);
  return drawn;
}

/// The mean pace of the kilometre around `along`, per million of the race's mean.
std::int64_t pace_at(const AbilityShape& shape, std::int64_t bend_per_mille, Distance along,
                     Distance length) {
  const std::int64_t on_marathon =
      along.in_millimetres() / 1000 * kShapeEnds.back() / (length.in_millimetres() / 1000);
  std::size_t i = 0;
  while (i + 1 < kShapePoints && kShapeEnds[i] < on_marathon) ++i;
  // -1000 at the start, +1000 at the finish: bending moves time from one half to the other.
  const std::int64_t lever = 2000 * on_marathon / kShapeEnds.back() - 1000;
  return std::int64_t{shape.pace[i]} * (1000 + bend_per_mille * lever / 1000);
}

const AbilityShape& shape_for(std::int64_t marathon_seconds) {
  for (const AbilityShape& shape : kAbilityShapes) {
    if (marathon_seconds <= shape.net_seconds_most) return shape;
  }
  return kAbilityShapes.back();
}

/// Times at each kilometre for a runner of the field.
std::vector<KilometreTime> draw_times(const Plan& plan, const Runner& runner,
                                      std::uint32_t heat_per_mille, Random& random) {
  constexpr std::int64_t kKilometreNoisePerMille = 12;
  constexpr std::int64_t kKilometre = 1000000;
  const Distance length = plan.points.back().distance;
  const std::int64_t marathon_s = runner.net_goal_us / plan.per_million_of_marathon;
  const AbilityShape& shape = shape_for(marathon_s);
  const std::int64_t usual = quantile_at(shape.halves, 500000);
  const std::int64_t bend =
      1000 * (quantile_at(shape.halves, random.between(0, 999999)) - usual) / usual;
  std::vector<KilometreTime> times;
  std::vector<std::int64_t> weights;
  for (std::int64_t end = 0; end < length.in_millimetres();) {
    const std::int64_t from = end;
    end = std::min(end + kKilometre, length.in_millimetres());
    const std::int64_t pace = pace_at(shape, bend, Distance::millimetres((from + end) / 2), length);
    const std::int64_t noisy = pace + random.bell(pace / 1000 * kKilometreNoisePerMille);
    // Heat costs little at first and most at the end.
    const std::int64_t heat =
        1000 + heat_per_mille * (end / 1000) / (length.in_millimetres() / 1000);
    weights.push_back(noisy * ((end - from) / 1000) / 1000 * heat);
    times.push_back({Distance::millimetres(end), Duration(0)});
  }
  const std::int64_t total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  HS_CHECK(total > 0, "a course shorter than a metre");
  const std::int64_t net = runner.net_goal_us / 1000 * (1000 + std::int64_t{heat_per_mille} / 2);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    sum += weights[i];
    // Microseconds times parts per billion would overflow; parts per million are a tenth of a
    // second in a day and the running sum keeps the end exact.
    const std::int64_t millionths = sum * kMicros / total;
    times[i].since_start =
        Duration(net / kMicros * millionths + net % kMicros * millionths / kMicros);
  }
  return times;
}

}  // namespace

std::vector<Runner> draw_field(const Plan& plan, std::uint32_t runners, std::uint64_t seed) {
  std::vector<Drawn> drawn;
  drawn.reserve(runners);
  for (std::uint32_t i = 0; i < runners; ++i) {
    Random random(seed, kEntryStream + i);
    drawn.push_back(draw_runner(plan, random));
  }
  std::stable_sort(drawn.begin(), drawn.end(),
                   [](const Drawn& a, const Drawn& b) { return a.seeded_us < b.seeded_us; });
  std::vector<Runner> field;
  field.reserve(runners);
  for (std::uint32_t i = 0; i < runners; ++i) {
    Runner runner = std::move(drawn[i].runner);
    const auto bib = model::BibNumber::parse(std::to_string(i + 1));
    HS_CHECK(bib.has_value(), "a number is a bib");
    runner.entrant.race = plan.race_id;
    runner.entrant.bib = *bib;
    runner.wave = std::size_t{i} * plan.waves.size() / runners;
    runner.started_wave = runner.wave;
    runner.entrant.wave = plan.waves[runner.wave].id;
    runner.chips = {kFirstChip + i};
    runner.carries = runner.chips;
    field.push_back(std::move(runner));
  }
  return field;
}

void lay_ways(const Plan& plan, std::vector<Runner>& field, std::uint64_t seed,
              std::uint32_t heat_per_mille) {
  // Nine runners a second get over the start line, in the order of the pen.
  constexpr std::int64_t kStartSpacingUs = 111000;
  constexpr std::int64_t kStartShuffleUs = 15 * kMicros;
  std::vector<std::int64_t> in_wave(plan.waves.size(), 0);
  for (std::size_t i = 0; i < field.size(); ++i) {
    Runner& runner = field[i];
    Random random(seed, kWayStream + i);
    if (!runner.starts || !runner.way.empty()) continue;
    const std::int64_t rank = in_wave[runner.started_wave]++;
    std::int64_t delay = kStartSpacingUs * rank + random.between(kMicros, kStartShuffleUs);
    if (has_trouble(runner.troubles, Trouble::LateStart)) {
      delay = std::chrono::microseconds(std::chrono::seconds(random.between(900, 1500))).count();
    }
    // Comes back over the mat minutes after the first crossing; see `lay_way`.
    if (has_trouble(runner.troubles, Trouble::GelReturn)) {
      delay += std::chrono::microseconds(std::chrono::seconds(random.between(260, 480))).count();
    }
    std::vector<KilometreTime> times = draw_times(plan, runner, heat_per_mille, random);
    if (has_trouble(runner.troubles, Trouble::DidNotFinish)) {
      // Somewhere in the race, half a kilometre from the nearest mat.
      const auto last = static_cast<std::int64_t>(times.size()) - 2;
      times.resize(static_cast<std::size_t>(random.between(std::min<std::int64_t>(3, last), last)));
      const Distance rest = Distance::metres(500);
      times.push_back(
          {times.back().along + rest, times.back().since_start + std::chrono::minutes(4)});
    }
    lay_way(plan, runner, plan.waves[runner.started_wave].gun + Duration(delay), times, random);
  }
}

}  // namespace hs::sim
