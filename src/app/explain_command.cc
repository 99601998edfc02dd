#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "present/doctor.h"
#include "present/explain.h"

namespace hs::app {
namespace {

struct ExplainArguments {
  std::string event;
  std::string bib;
  std::string race;
  bool json = false;
};

/// The entries of a bib: one, or one a race where no race is named.
std::vector<model::EntrantId> entries_of(const model::EventResults& results,
                                         const ExplainArguments& arguments) {
  std::vector<model::EntrantId> out;
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    const model::Entrant& entrant = results.entrants[e];
    const bool fits = entrant.bib.view() == arguments.bib &&
                      (arguments.race.empty() || entrant.race == arguments.race);
    if (fits) out.push_back(model::EntrantId(static_cast<std::uint32_t>(e)));
  }
  return out;
}

Exit run_explain(const ExplainArguments& arguments) {
  auto event = look_at_event(arguments.event);
  if (!event) return report(event.error());
  const model::EventResults results = event->day.results();
  const std::vector<model::Fact> decisions = event->day.scorer().decisions();
  const std::vector<model::EntrantId> entries = entries_of(results, arguments);
  if (entries.empty()) {
    const std::string where = arguments.race.empty() ? "" : " in the race '" + arguments.race + "'";
    return report({base::ErrorCode::NotFound,
                   "found the bib '" + arguments.bib + "', expected one that is entered" + where,
                   {}});
  }
  present::ExplainOptions options;
  options.colour = colour_of_stdout();
  options.decisions = decisions;
  for (const model::EntrantId id : entries) {
    const std::string text = arguments.json ? present::explain_json(results, id, options)
                                            : present::explain(results, id, options);
    std::fputs(text.c_str(), stdout);
  }
  return Exit::Done;
}

struct DoctorArguments {
  std::string event;
  bool propose = false;
};

Exit run_doctor(const DoctorArguments& arguments) {
  auto event = look_at_event(arguments.event);
  if (!event) return report(event.error());
  const model::EventResults results = event->day.results();
  if (!arguments.propose) {
    const std::string text = present::doctor_report(results, colour_of_stdout(), arguments.event);
    std::fputs(text.c_str(), stdout);
    return Exit::Done;
  }
  for (const std::string& line : present::proposals(results)) std::printf("%s\n", line.c_str());
  return Exit::Done;
}

}  // namespace

void add_explain_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command =
      program.add_subcommand("explain", "every read and time of a runner, and where it came from");
  command->footer("Example: homestretch explain harbour-half --bib 812");
  command->add_option("EVENT", arguments->event, "event folder or .race file")->required();
  command->add_option("--bib", arguments->bib, "the runner's number")->required();
  command->add_option("--race", arguments->race, "where the bib is in several races");
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] { exit = run_explain(*arguments); });
}

void add_doctor_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<DoctorArguments>();
  CLI::App* command = program.add_subcommand("doctor", "mats, clocks and the list of things to do");
  command->footer(
      "Example: homestretch doctor harbour-half --propose > proposals.jsonl\n"
      "         (read them, keep what is right, then)\n"
      "         homestretch accept harbour-half proposals.jsonl --by \"Ada Timer\"");
  command->add_option("EVENT", arguments->event, "event folder or .race file")->required();
  command->add_flag("--propose", arguments->propose,
                    "print facts ready to accept, a JSON line each");
  command->callback([arguments, &exit] { exit = run_doctor(*arguments); });
}

}  // namespace hs::app
