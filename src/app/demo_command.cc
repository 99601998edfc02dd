#include <spawn.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <thread>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/output_files.h"
#include "app/score_report.h"
#include "app/serve_watch.h"
#include "app/simulated_folder.h"
#include "base/paced_clock.h"
#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "present/terminal.h"
#include "present/wording.h"
#include "server/race_host.h"
#include "sim/compare.h"
#include "sim/live_run.h"
#include "sim/simulate.h"

// Implementation notes: the live demo is what `serve` and `simulate --live` are in two windows, in
// one process with one clock. What it shows at the end is scored anew from the race file.

namespace hs::app {
namespace {

using base::Result;

constexpr std::uint16_t kFirstPort = 8261;
constexpr std::uint16_t kPortsTried = 50;

struct DemoArguments {
  std::uint64_t seed = 1;
  std::uint32_t speed = 300;
  std::uint32_t runners = 0;  ///< 0: the demo's own number.
  std::string out = "homestretch-demo";
  bool files = false;
  bool stay = false;
};

/// Shows a page to somebody who sits at a desktop; does nothing for a pipe or a bare console.
void open_on_desktop(const std::string& page) {
  const bool has_screen =
      std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  if (!has_screen || ::isatty(STDOUT_FILENO) == 0) return;
  std::string opener = "xdg-open";
  std::string path = page;
  char* arguments[] = {opener.data(), path.data(), nullptr};
  pid_t child = 0;
  // Where there is no opener the page's name is on the screen all the same.
  (void)::posix_spawnp(&child, opener.c_str(), nullptr, nullptr, arguments, environ);
}

sim::SimulationRequest request_of(const DemoArguments& a) {
  sim::SimulationRequest request = sim::demo_request(a.seed);
  if (a.runners > 0) request.runners = a.runners;
  return request;
}

// --- the live part -------------------------------------------------------------------------------

/// Tells on the terminal how the race goes, and each moment as it comes.
class Commentary {
 public:
  Commentary(server::RaceHost& host, const model::Event& event) : host_(host), event_(event) {}

  void tell(const sim::LiveProgress& progress) {
    using Phase = sim::LiveProgress::Phase;
    if (progress.phase != Phase::Running || !progress.at) return;
    const auto told = host_.story().told();
    for (const model::Moment& moment : told->moments) {
      // The best of each kind as it comes; all of them are in the story at the end.
      if (moment.on_shelf || !kinds_.insert(moment.kind).second) continue;
      const auto words = present::words_for(moment, told->overview->results);
      say(*progress.at, words.headline);
    }
    if (last_ && *progress.at - *last_ < std::chrono::minutes(30)) return;
    last_ = progress.at;
    const auto snapshot = host_.engine().snapshot();
    std::size_t finished = 0;
    std::size_t running = 0;
    for (std::size_t e = 0; e < snapshot->size(); ++e) {
      const auto* runner = snapshot->runner(model::EntrantId(static_cast<std::uint32_t>(e)));
      if (runner == nullptr) continue;
      finished += runner->result.status == model::RunnerStatus::Finished ? 1 : 0;
      running += runner->result.status == model::RunnerStatus::Running ? 1 : 0;
    }
    say(*progress.at, std::to_string(running) + " on the course, " + std::to_string(finished) +
                          " finished, " + std::to_string(progress.tally.sent) + " reads");
  }

 private:
  void say(base::RaceTime at, const std::string& what) const {
    std::printf("%s  %s\n", present::local_time(event_, at).c_str(), what.c_str());
    std::fflush(stdout);
  }
  server::RaceHost& host_;
  const model::Event& event_;
  std::set<model::MomentKind> kinds_;
  std::optional<base::RaceTime> last_;
};

/// A host on the first port that is free.
Result<std::unique_ptr<server::RaceHost>> start_host(const std::string& folder,
                                                     const base::Clock& clock,
                                                     std::uint32_t speed) {
  for (std::uint16_t i = 0;; ++i) {
    HS_TRY(OpenEvent event, open_event({folder, false, true, engine::Strict::No}));
    server::RaceHost::Options options;
    options.listen = {"127.0.0.1", static_cast<std::uint16_t>(kFirstPort + i)};
    options.race_file = race_path_of(folder);
    options.clock = &clock;
    options.speed = speed;
    auto host = server::RaceHost::start(std::move(event.day), options);
    if (host || i == kPortsTried || host.error().code != base::ErrorCode::Busy) return host;
  }
}

/// Plays the race into a live server; everything that came is in the race file afterwards.
Result<sim::LiveReport> race_live(const DemoArguments& a, sim::LiveRun& run,
                                  const std::string& folder) {
  base::PacedClock clock(run.begins(), a.speed);
  HS_TRY(const auto host, start_host(folder, clock, a.speed));
  std::printf("the page: %s (%zu devices, %u times as fast as life)\n\n", host->url().c_str(),
              run.sources().size(), a.speed);
  std::fflush(stdout);
  open_on_desktop(host->url());
  const model::Event event = host->engine().overview()->results.event;
  Commentary commentary(*host, event);
  bool is_running = false;
  HS_TRY(sim::LiveReport report, run.play([&](const sim::LiveProgress& progress) {
    if (progress.at && !is_running) clock.set(*progress.at);
    is_running = is_running || progress.at.has_value();
    commentary.tell(progress);
  }));
  host->engine().settle();
  for (const model::Race& race : event.races) {
    HS_TRY(const auto closed, host->engine().add(model::CloseFact{race.id, {"Demo", clock.now()}}));
    (void)closed;
  }
  host->story().settle();
  const bool stays = a.stay || ::isatty(STDIN_FILENO) != 0;
  if (stays) {
    std::printf("\nThe race is over; the page stays at %s until Ctrl-C.\n", host->url().c_str());
    std::fflush(stdout);
    wait_for_end();
  }
  return report;
}

// --- what is shown at the end --------------------------------------------------------------------

Exit show(const DemoArguments& a, const std::string& folder, OpenEvent event,
          const sim::Truth& truth) {
  const model::EventResults results = event.day.results();
  const std::vector<model::Moment> moments = moments::find_moments(results);
  present::SummaryOptions options;
  options.colour = colour_of_stdout();
  options.event_path = folder;
  std::fputs(present::score_summary(results, moments, options).c_str(), stdout);
  if (a.files) std::fputs(ingest_text(event.report).c_str(), stdout);
  const sim::Comparison comparison = sim::compare_with_truth(truth, results);
  std::printf("\nagainst the truth\n%s\n", comparison.words().c_str());
  const std::string out = a.out + "/results";
  if (const auto written = write_outputs(results, moments, event.day.copies(), out, folder);
      !written) {
    return report(written.error());
  }
  std::printf("\nthe story of the race\n");
  for (const std::size_t i : moments::choose_for_story(moments, 12)) {
    const present::MomentWords words = present::words_for(moments[i], results);
    std::printf("  %s\n  %s\n\n", words.headline.c_str(), words.text.c_str());
  }
  std::printf("open %s/public/story.html\n", out.c_str());
  if (a.files) open_on_desktop(out + "/public/story.html");
  return comparison.perfect() ? Exit::Done : Exit::Unresolved;
}

void say_simulated(std::size_t entries, const DemoArguments& a, const std::string& folder) {
  std::printf("simulated: %zu entries, seed %llu, in %s\n", entries,
              static_cast<unsigned long long>(a.seed), folder.c_str());
}

Exit run_files(const DemoArguments& a, const std::string& folder) {
  const auto simulated = sim::simulate(request_of(a));
  if (!simulated) return report(simulated.error());
  if (const auto written = sim::write_event_folder(*simulated, folder); !written) {
    return report(written.error());
  }
  say_simulated(simulated->truth.runs.size(), a, folder);
  auto event = open_event({folder, false, false, engine::Strict::No});
  if (!event) return report(event.error());
  return show(a, folder, std::move(*event), simulated->truth);
}

Exit run_live(const DemoArguments& a, const std::string& folder) {
  block_end_signals();
  sim::LiveOptions options;
  options.speed = a.speed;
  const auto run = sim::LiveRun::prepare(request_of(a), options);
  if (!run) return report(run.error());
  if (const auto written = sim::write_event_folder((*run)->event(), folder); !written) {
    return report(written.error());
  }
  say_simulated((*run)->event().truth.runs.size(), a, folder);
  const auto live = race_live(a, **run, folder);
  if (!live) return report(live.error());
  std::printf("\n%s\n", live->words().c_str());
  // From the log alone, as after a restart.
  auto event = open_event({folder, false, false, engine::Strict::No});
  if (!event) return report(event.error());
  const Exit shown = show(a, folder, std::move(*event), (*run)->event().truth);
  return live->delivered ? shown : Exit::Unresolved;
}

Exit run_demo(const DemoArguments& a) {
  const std::string folder = a.out + "/event";
  if (const auto room = make_room(folder); !room) return report(room.error());
  return a.files ? run_files(a, folder) : run_live(a, folder);
}

}  // namespace

void add_demo_command(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<DemoArguments>();
  CLI::App* command = program.add_subcommand(
      "demo", "a simulated marathon of 20,000, live over the wire, checked against the truth");
  command->footer("Example: homestretch demo --seed 7");
  command->add_option("--seed", a->seed, "the same seed makes the same race");
  command->add_option("--out", a->out, "the folder to write");
  command->add_option("--speed", a->speed, "seconds of the race in a second")
      ->check(CLI::Range(1, 10'000));
  command->add_option("--runners", a->runners, "size of the field");
  command->add_flag("--files", a->files, "from files, without devices and server");
  command->add_flag("--stay", a->stay, "the page stays when the race is over; so on a terminal");
  command->callback([a, &exit] { exit = run_demo(*a); });
}

}  // namespace hs::app
