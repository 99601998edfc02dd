#include <spawn.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/output_files.h"
#include "app/score_report.h"
#include "app/simulate_live.h"
#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "present/terminal.h"
#include "sim/compare.h"
#include "sim/scene.h"
#include "sim/simulate.h"

namespace hs::app {
namespace {

struct SimulateArguments {
  std::vector<std::string> scenes;
  std::uint32_t runners = 300;
  std::uint64_t seed = 1;
  std::string out = "simulated";
  bool list = false;
  bool no_troubles = false;
  std::uint32_t live = 0;  ///< Speed; 0: files.
};

/// Makes room for a simulated event. What an earlier run made is taken away whole, its race file
/// too, which belongs to other facts; anything else may be somebody's event and is left alone.
///
/// Errors: InvalidInput for a folder with files in it that has no truth beside it.
base::Result<void> make_room(std::string folder) {
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  std::error_code ignored;
  if (!std::filesystem::exists(folder, ignored)) return {};
  if (std::filesystem::is_directory(folder, ignored) &&
      std::filesystem::is_empty(folder, ignored)) {
    return {};
  }
  if (!std::filesystem::is_regular_file(folder + "-truth.csv", ignored)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found something there that no simulation made, expected a new folder",
                      {folder, 0, 0});
  }
  std::filesystem::remove_all(folder, ignored);
  return {};
}

Exit list_scenes() {
  for (const std::string& name : sim::scene_names()) {
    const auto scene = sim::load_scene(name);
    if (!scene) return report(scene.error());
    std::printf("%-17s %s\n", name.c_str(), scene->title.c_str());
  }
  return Exit::Done;
}

Exit run_simulate(const SimulateArguments& arguments) {
  if (arguments.list) return list_scenes();
  sim::SimulationRequest request;
  request.seed = arguments.seed;
  request.runners = arguments.runners;
  request.scenes = arguments.scenes;
  if (arguments.no_troubles) request.troubles = sim::WithTroubles::No;
  if (arguments.live > 0) {
    if (const auto room = make_room(arguments.out); !room) return report(room.error());
    return simulate_live(request, arguments.live, arguments.out);
  }
  const auto event = sim::simulate(request);
  if (!event) return report(event.error());
  if (const auto room = make_room(arguments.out); !room) return report(room.error());
  if (const auto written = sim::write_event_folder(*event, arguments.out); !written) {
    return report(written.error());
  }
  for (const std::string& name : arguments.scenes) {
    const auto scene = sim::load_scene(name);
    if (!scene) continue;  // Was played a moment ago.
    std::printf("%s: %s\n", name.c_str(), scene->title.c_str());
    if (!scene->later.empty()) std::printf("  not told yet: %s\n", scene->later.c_str());
  }
  std::printf("%s: an event of %zu entries (seed %llu); the truth is in %s-truth.csv\n",
              arguments.out.c_str(), event->truth.runs.size(),
              static_cast<unsigned long long>(arguments.seed), arguments.out.c_str());
  std::printf("score it with: homestretch score %s\n", arguments.out.c_str());
  return Exit::Done;
}

struct DemoArguments {
  std::uint64_t seed = 1;
  std::string out = "homestretch-demo";
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

/// Simulate, score, compare with the truth, tell the story.
Exit run_demo(const DemoArguments& arguments) {
  const std::string folder = arguments.out + "/event";
  if (const auto room = make_room(folder); !room) return report(room.error());
  const auto simulated = sim::simulate(sim::demo_request(arguments.seed));
  if (!simulated) return report(simulated.error());
  if (const auto written = sim::write_event_folder(*simulated, folder); !written) {
    return report(written.error());
  }
  std::printf("simulated: %zu entries, seed %llu, in %s\n", simulated->truth.runs.size(),
              static_cast<unsigned long long>(arguments.seed), folder.c_str());
  auto event = open_event({folder, false, false, engine::Strict::No});
  if (!event) return report(event.error());
  const model::EventResults results = event->day.results();
  const std::vector<model::Moment> moments = moments::find_moments(results);
  present::SummaryOptions options;
  options.colour = colour_of_stdout();
  options.event_path = folder;
  std::fputs(present::score_summary(results, moments, options).c_str(), stdout);
  std::fputs(ingest_text(event->report).c_str(), stdout);
  const sim::Comparison comparison = sim::compare_with_truth(simulated->truth, results);
  std::printf("\nagainst the truth\n%s\n", comparison.words().c_str());
  const std::string out = arguments.out + "/results";
  if (const auto written = write_outputs(results, moments, event->day.copies(), out, folder);
      !written) {
    return report(written.error());
  }
  std::printf("\nthe story of the race\n");
  for (std::size_t i : moments::choose_for_story(moments, 12)) {
    const present::MomentWords words = present::words_for(moments[i], results);
    std::printf("  %s\n  %s\n\n", words.headline.c_str(), words.text.c_str());
  }
  std::printf("open %s/public/story.html\n", out.c_str());
  open_on_desktop(out + "/public/story.html");
  return comparison.perfect() ? Exit::Done : Exit::Unresolved;
}

}  // namespace

void add_simulate_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<SimulateArguments>();
  CLI::App* command =
      program.add_subcommand("simulate", "makes an event folder with people, boxes and trouble");
  command->footer(
      "Example: homestretch simulate --scene crawl-marathon --runners 300 --seed 7 "
      "--out crawl");
  command->add_option("--scene", arguments->scenes, "a scene to play; --list names them");
  command->add_option("--runners", arguments->runners, "size of the field");
  command->add_option("--seed", arguments->seed, "the same seed makes the same bytes");
  command->add_option("--out", arguments->out, "the folder to make");
  command->add_flag("--no-troubles", arguments->no_troubles, "a day on which all goes well");
  command->add_flag("--list", arguments->list, "names the scenes, a line each");
  command
      ->add_option("--live", arguments->live,
                   "devices on the wire for `homestretch serve`, at this many times real time")
      ->check(CLI::Range(1, 10000));
  command->callback([arguments, &exit] { exit = run_simulate(*arguments); });
}

void add_demo_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* command = program.add_subcommand(
      "demo", "a simulated marathon of 20,000, scored, compared with the truth, told");
  command->footer("Example: homestretch demo --seed 7");
  command->add_option("--seed", arguments->seed, "the same seed makes the same race");
  command->add_option("--out", arguments->out, "the folder to write");
  command->callback([arguments, &exit] { exit = run_demo(*arguments); });
}

}  // namespace hs::app
