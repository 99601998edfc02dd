#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/evaluated_race.h"
#include "app/progress_bar.h"
#include "evaluate/integrity.h"

namespace hs::app {
namespace {

struct IntegrityArguments {
  std::string subject;
  std::string race;
  std::size_t plants = 500;
  std::uint64_t seed = 1;
  bool json = false;
};

base::Result<void> run(const IntegrityArguments& arguments) {
  HS_TRY(const model::EventResults results, results_to_evaluate(arguments.subject));
  HS_TRY(const model::RaceId race, race_to_evaluate(arguments.race, results));
  evaluate::IntegrityOptions options;
  options.plants = arguments.plants;
  options.seed = arguments.seed;
  options.progress = progress_bar("measuring");
  const auto figures = evaluate::measure_integrity(results, race, options);
  const std::string text = arguments.json ? evaluate::json_of(figures) : evaluate::text_of(figures);
  std::fputs(text.c_str(), stdout);
  return {};
}

}  // namespace

void add_evaluate_integrity(CLI::App& evaluate, Exit& exit) {
  auto arguments = std::make_shared<IntegrityArguments>();
  CLI::App* command = evaluate.add_subcommand(
      "integrity", "planted cuts: how many the referee is shown, and how many of the others");
  command->footer(
      "docs/integrity.md says what is planted and what each figure asks.\n"
      "Example: homestretch evaluate integrity results.csv --seed 1");
  command
      ->add_option("RACE", arguments->subject,
                   "published results of any layout, an event folder or a .race file")
      ->required();
  command->add_option("--race", arguments->race, "of an event; the largest where left out");
  command->add_option("--plants", arguments->plants, "cuts of each length")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "same seed, same figures")->capture_default_str();
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] {
    const auto done = run(*arguments);
    exit = done ? Exit::Done : report(done.error());
  });
}

}  // namespace hs::app
