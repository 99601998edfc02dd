#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/simulate_live.h"
#include "app/simulated_folder.h"
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

}  // namespace hs::app
