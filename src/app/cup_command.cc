#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/race_option.h"
#include "base/file.h"
#include "formats/cup_file.h"
#include "history/cup_table.h"
#include "present/cup_text.h"

namespace hs::app {
namespace {

struct CupArguments {
  std::string file;
  std::string out;
  bool json = false;
};

/// The race of `event` that the cup means; the only one where it names none.
base::Result<model::RaceId> race_in(const model::EventResults& event, const model::CupRace& wanted,
                                    const std::string& file) {
  auto race = race_of(event, wanted.race);
  if (!race) {
    race.error().place.file = file;
    return tl::make_unexpected(race.error());
  }
  if (*race) return **race;
  if (event.event.races.size() == 1) return model::RaceId(0);
  return base::fail(base::ErrorCode::NotFound,
                    "found no 'race' for the event '" + wanted.event +
                        "', expected one of: " + race_ids(event.event),
                    {file, 0, 0});
}

/// The events of the cup that were run, scored.
base::Result<std::vector<model::EventResults>> results_of(const model::Cup& cup,
                                                          const std::string& file) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::vector<model::EventResults> out;
  for (const model::CupRace& race : cup.races) {
    if (race.event.empty()) break;  // From here on they are still to come.
    HS_TRY(auto event, look_at_event((folder / race.event).string()));
    out.push_back(event.day.results());
  }
  return out;
}

base::Result<history::CupTable> table_of(const std::string& file) {
  HS_TRY(const std::string bytes, base::read_file(file));
  HS_TRY(const model::Cup cup, formats::read_cup(bytes, file));
  HS_TRY(const auto events, results_of(cup, file));
  std::vector<history::CupRaceResults> races;
  for (std::size_t r = 0; r < events.size(); ++r) {
    HS_TRY(const model::RaceId race, race_in(events[r], cup.races[r], file));
    races.push_back({&events[r], race});
  }
  return history::cup_table(cup, races);
}

Exit run_cup(const CupArguments& arguments) {
  const auto table = table_of(arguments.file);
  if (!table) return report(table.error());
  const std::string text =
      arguments.json ? present::cup_json(*table) : present::cup_text(*table, colour_of_stdout());
  std::fputs(text.c_str(), stdout);
  if (arguments.out.empty()) return Exit::Done;
  std::error_code failed;
  std::filesystem::create_directories(arguments.out, failed);
  const std::filesystem::path folder = arguments.out;
  for (const auto& [name, bytes] : {std::pair("cup.csv", present::cup_csv(*table)),
                                    std::pair("cup.json", present::cup_json(*table))}) {
    if (const auto written = base::write_file((folder / name).string(), bytes); !written) {
      return report(written.error());
    }
  }
  return Exit::Done;
}

}  // namespace

void add_cup_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<CupArguments>();
  CLI::App* command = program.add_subcommand("cup", "one table over several races");
  command->footer("Example: homestretch cup summer-cup.toml --out tables");
  command->add_option("FILE", arguments->file, "the cup's own file (docs/cup.md)")->required();
  command->add_option("--out", arguments->out, "writes cup.csv and cup.json there");
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] { exit = run_cup(*arguments); });
}

}  // namespace hs::app
