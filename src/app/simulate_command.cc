#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/output_files.h"
#include "app/score_report.h"
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
  std::string live;
};

Exit list_scenes() {
  for (const std::string& name : sim::scene_names()) std::printf("%s\n", name.c_str());
  return Exit::Done;
}

Exit run_simulate(const SimulateArguments& arguments) {
  if (arguments.list) return list_scenes();
  if (!arguments.live.empty()) {
    return report({base::ErrorCode::Unsupported, "--live is not in this version", {}});
  }
  sim::SimulationRequest request;
  request.seed = arguments.seed;
  request.runners = arguments.runners;
  request.scenes = arguments.scenes;
  if (arguments.no_troubles) request.troubles = sim::WithTroubles::No;
  const auto event = sim::simulate(request);
  if (!event) return report(event.error());
  if (const auto written = sim::write_event_folder(*event, arguments.out); !written) {
    return report(written.error());
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

/// Simulate, score, compare with the truth, tell the story.
Exit run_demo(const DemoArguments& arguments) {
  const std::string folder = arguments.out + "/event";
  std::error_code ignored;
  // The demo's own race file of an earlier run belongs to other facts.
  std::filesystem::remove_all(folder, ignored);
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
  command->add_flag("--list", arguments->list, "names the scenes");
  command->add_option("--live", arguments->live, "play at a speed (not in this version)");
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
