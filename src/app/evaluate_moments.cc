#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/progress_bar.h"
#include "base/file.h"
#include "evaluate/moment_report.h"
#include "evaluate/past_races.h"
#include "formats/published_event.h"
#include "formats/results_file.h"

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

/// An event folder, a .race file, or else published results.
base::Result<model::EventResults> results_of(const MomentArguments& arguments) {
  const std::filesystem::path path(arguments.subject);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored) || path.extension() == ".race") {
    HS_TRY(OpenEvent event, look_at_event(arguments.subject));
    return event.day.results();
  }
  HS_TRY(const std::string bytes, base::read_file(arguments.subject));
  formats::ResultsOptions options;
  options.race_id = evaluate::subject_name(arguments.subject);
  HS_TRY(const auto file, formats::read_results(bytes, arguments.subject, options));
  return formats::event_of(file.race);
}

/// The named race, or the one with the most finishers.
base::Result<model::RaceId> race_of(const MomentArguments& arguments,
                                    const model::EventResults& results) {
  std::vector<std::size_t> finishers(results.event.races.size(), 0);
  for (const model::RunnerResult& runner : results.runners) {
    finishers[runner.race.raw()] += runner.status == model::RunnerStatus::Finished ? 1u : 0u;
  }
  std::string known;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const std::string& id = results.event.races[i].id;
    if (!arguments.race.empty() && id == arguments.race) {
      return model::RaceId(static_cast<std::uint16_t>(i));
    }
    known += " " + id;
  }
  if (!arguments.race.empty() || finishers.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found the race '" + arguments.race + "', expected one of" + known);
  }
  const auto most = std::max_element(finishers.begin(), finishers.end());
  return model::RaceId(static_cast<std::uint16_t>(most - finishers.begin()));
}

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
  HS_TRY(const model::EventResults results, results_of(arguments));
  HS_TRY(const model::RaceId race, race_of(arguments, results));
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
