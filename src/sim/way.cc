// Implementation notes
//
// A way is laid from the pen through the kilometres to the walk away. What people do around the
// lines is where timing goes wrong, so that part has knots of its own: standing on the mat, coming
// back for a gel, waiting beyond the finish, walking home under the arch.
#include <algorithm>

#include "base/check.h"
#include "sim/field.h"

namespace hs::sim {

namespace {

using base::Distance;
using base::Duration;
using base::RaceTime;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kPenWalkMmPerS = 1400;
constexpr std::int64_t kHomeWalkMmPerS = 1250;
constexpr Distance kAway = Distance::metres(60);  // Behind the finish: water, medals, out of reach.
// Where friends are waited for: beyond the line, in reach of a backup line 5 m behind it.
constexpr Distance kWaitingPlace = Distance::millimetres(5500);
constexpr Distance kHomeward =
    Distance::metres(90);  // Before the finish: the way home leaves here.

Duration walking(Distance length, std::int64_t mm_per_s) {
  const std::int64_t mm = std::max(length.in_millimetres(), -length.in_millimetres());
  return Duration(mm * 1000000 / mm_per_s);
}

void stand(Way& way, Duration time) {
  way.push_back({way.back().at + time, way.back().along, way.back().beside});
}

void walk_to(Way& way, Distance along, std::int64_t mm_per_s) {
  const Duration time = walking(along - way.back().along, mm_per_s);
  way.push_back({way.back().at + time, along, way.back().beside});
}

/// In the pen until it is time to go over the line at `crosses`.
void lay_start(Way& way, const Runner& runner, RaceTime gun, RaceTime crosses, Random& random) {
  const bool on_mat = has_trouble(runner.troubles, Trouble::PenOnMat);
  const Distance pen = on_mat ? Distance::millimetres(-random.between(300, 1200))
                              : Distance::millimetres(-random.between(15000, 90000));
  RaceTime first = crosses;
  const bool returns = has_trouble(runner.troubles, Trouble::GelReturn);
  if (returns) first = std::max(gun + seconds(1), crosses - seconds(random.between(200, 250)));
  const RaceTime leaves = first - walking(pen, kPenWalkMmPerS);
  way.push_back({std::min(gun, leaves) - minutes(random.between(8, 20)), pen, Distance()});
  way.push_back({leaves, pen, Distance()});
  way.push_back({first, Distance(), Distance()});
  if (!returns) return;
  walk_to(way, Distance::metres(60), 2500);
  walk_to(way, Distance::metres(-40), 2000);
  way.push_back({crosses - walking(Distance::metres(40), 2500), Distance::metres(-40), Distance()});
  way.push_back({crosses, Distance(), Distance()});
}

void lay_finish(Way& way, const Runner& runner, Distance finish, Random& random) {
  // Nobody stops on the line; most are down to a walk three metres behind it.
  walk_to(way, finish + Distance::metres(3), 2200);
  if (has_trouble(runner.troubles, Trouble::FinishWait)) {
    walk_to(way, finish + kWaitingPlace, kHomeWalkMmPerS);
    stand(way, seconds(random.between(120, 480)));
  }
  walk_to(way, finish + kAway, kHomeWalkMmPerS);
  if (has_trouble(runner.troubles, Trouble::WalkHome)) {
    stand(way, seconds(random.between(120, 1200)));
    walk_to(way, finish - kHomeward, kHomeWalkMmPerS);
  }
}

}  // namespace

void lay_way(const Plan& plan, Runner& runner, RaceTime crosses,
             const std::vector<KilometreTime>& times, Random& random) {
  HS_CHECK(!times.empty(), "a way needs an end");
  const Distance finish = plan.points.back().distance;
  runner.way.clear();
  lay_start(runner.way, runner, plan.waves[runner.started_wave].gun, crosses, random);
  for (const KilometreTime& time : times) {
    runner.way.push_back({crosses + time.since_start, time.along, Distance()});
  }
  if (times.back().along >= finish) {
    lay_finish(runner.way, runner, finish, random);
  } else {
    stand(runner.way, minutes(5));
  }
}

void stop_race(const Plan& plan, std::vector<Runner>& field, RaceTime at) {
  const Distance finish = plan.points.back().distance;
  for (Runner& runner : field) {
    const auto finished = first_crossing(runner.way, finish);
    if (runner.way.empty() || (finished && *finished <= at) || runner.way.back().at <= at) continue;
    Way& way = runner.way;
    std::size_t i = 0;
    while (i < way.size() && way[i].at <= at) ++i;
    if (i == 0) {
      // Has not even come to the pen.
      way.clear();
      runner.starts = false;
    } else {
      const Knot& a = way[i - 1];
      const Knot& b = way[i];
      const Distance moved = Distance::millimetres(
          (b.along - a.along).in_millimetres() * ((at - a.at).count() / 1000) /
          std::max<std::int64_t>(1, (b.at - a.at).count() / 1000));
      const Knot here{at, a.along + moved, a.beside};
      way.resize(i);
      if (way.back().at < at) way.push_back(here);
    }
    add_trouble(runner.troubles, Trouble::Stopped);
  }
}

}  // namespace hs::sim
