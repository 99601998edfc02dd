#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/evaluated_race.h"
#include "app/progress_bar.h"
#include "base/file.h"
#include "evaluate/moment_report.h"

namespace hs::app {
namespace {

struct MomentArguments {
  std::string subject;
  std::string race;
  std::string expect;
  std::size_t top = 20;
  std::size_t seeds = 20;
  std::uint64_t seed = 1;
  bool json = false;
};

base::Result<Exit> run(const MomentArguments& arguments) {
  evaluate::MomentOptions options;
  options.top = arguments.top;
  options.seeds = arguments.seeds;
  options.seed = arguments.seed;
  options.progress = progress_bar("measuring");
  if (!arguments.expect.empty()) {
    HS_TRY(const std::string bytes, base::read_file(arguments.expect));
    HS_TRY(options.expected, evaluate::read_expected(bytes, arguments.expect));
  }
  HS_TRY(const model::EventResults results, results_to_evaluate(arguments.subject));
  HS_TRY(const model::RaceId race, race_to_evaluate(arguments.race, results));
  const evaluate::MomentReport report = evaluate::measure_moments(results, race, options);
  const std::string text =
      arguments.json ? evaluate::json_of(report, results) : evaluate::text_of(report, results);
  std::fputs(text.c_str(), stdout);
  const bool all_met = std::all_of(report.known.begin(), report.known.end(),
                                   [](const auto& known) { return known.is_met(); });
  return all_met ? Exit::Done : Exit::Unresolved;
}

}  // namespace

void add_evaluate_moments(CLI::App& evaluate, Exit& exit) {
  auto arguments = std::make_shared<MomentArguments>();
  CLI::App* command =
      evaluate.add_subcommand("moments", "how far the moments of a race can be believed");
  command->footer(
      "Exit 1 where a moment of --expect is not where it should be; a measure that misses what it\n"
      "should be is marked in the table. docs/moments-measured.md says what each one asks.\n"
      "Example: homestretch evaluate moments results.csv --expect known.csv");
  command
      ->add_option("RACE", arguments->subject,
                   "published results of any layout, an event folder or a .race file")
      ->required();
  command->add_option("--race", arguments->race, "of an event; the largest where left out");
  command->add_option("--expect", arguments->expect,
                      "known moments: a table with the columns bibs, kind, within");
  command->add_option("--top", arguments->top, "how many moments to tell")->capture_default_str();
  command->add_option("--seeds", arguments->seeds, "fields that are made for each count")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "the first of them; same seed, same figures")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] {
    const auto done = run(*arguments);
    exit = done ? *done : report(done.error());
  });
}

}  // namespace hs::app
