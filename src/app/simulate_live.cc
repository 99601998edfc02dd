#include "app/simulate_live.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/progress_bar.h"
#include "sim/live_run.h"

namespace hs::app {

namespace {

// Somebody types the other command in another window.
constexpr base::Duration kConnectWithin = std::chrono::minutes(10);

}  // namespace

Exit simulate_live(const sim::SimulationRequest& request, std::uint32_t speed,
                   const std::string& folder) {
  sim::LiveOptions options;
  options.speed = speed;
  options.connect_within = kConnectWithin;
  const auto run = sim::LiveRun::prepare(request, options);
  if (!run) return report(run.error());
  if (const auto written = sim::write_event_folder((*run)->event(), folder); !written) {
    return report(written.error());
  }
  std::printf("%s: an event of %zu entries with %zu devices; the truth is in %s-truth.csv\n",
              folder.c_str(), (*run)->event().truth.runs.size(), (*run)->sources().size(),
              folder.c_str());
  std::printf("now, in another window: homestretch serve %s\n", folder.c_str());
  std::fflush(stdout);
  const auto bar = progress_bar("racing");
  const auto live = (*run)->play([&bar](const sim::LiveProgress& progress) {
    const bool done = progress.phase == sim::LiveProgress::Phase::Done;
    const auto reads = static_cast<double>(std::max<std::uint64_t>(1, progress.reads));
    if (bar) bar(done ? 1.0 : static_cast<double>(progress.tally.sent) / reads);
  });
  if (!live) return report(live.error());
  std::fputs(live->words().c_str(), stdout);
  return live->delivered ? Exit::Done : Exit::Unresolved;
}

}  // namespace hs::app
