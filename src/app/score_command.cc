#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/language_option.h"
#include "app/output_files.h"
#include "app/score_report.h"
#include "engine/versions.h"
#include "moments/find_moments.h"
#include "present/language.h"
#include "present/results_json.h"
#include "present/terminal.h"
#include "present/version_words.h"
#include "scoring/rule_set.h"

namespace hs::app {
namespace {

struct ScoreArguments {
  EventRequest event;
  std::string out;
  std::string rules;
  std::string compare;
  std::string language;
  bool strict = false;
  bool json = false;
  std::size_t top = 5;
};

/// The event's results, all of its races held under `choice`; under their own where it is empty.
base::Result<model::EventResults> results_under(engine::RaceDay& day, const std::string& choice) {
  if (choice.empty()) return day.results();
  HS_TRY(const scoring::RuleChoice rules, scoring::parse_rule_choice(choice));
  return engine::results_under(day.race_file(), [&](model::Race& race) {
    race.rules = rules.rules;
    race.rules_edition = rules.edition;
  });
}

std::string rules_of(const model::EventResults& results, std::size_t race) {
  return scoring::rules_words(scoring::rule_set_of(results.event.races[race]));
}

/// Who would stand otherwise under other rules, and why. Nothing is written.
Exit run_compare(const ScoreArguments& arguments) {
  auto event = look_at_event(arguments.event.path);
  if (!event) return report(event.error());
  const auto first = results_under(event->day, arguments.rules);
  if (!first) return report(first.error());
  const auto second = results_under(event->day, arguments.compare);
  if (!second) return report(second.error());
  for (std::size_t r = 0; r < second->event.races.size(); ++r) {
    const std::string& race = second->event.races[r].id;
    std::printf("%s: %s, compared with %s\n", race.c_str(), rules_of(*first, r).c_str(),
                rules_of(*second, r).c_str());
    const std::vector<std::string> lines = present::rules_comparison(*first, *second, race);
    if (lines.empty()) std::printf("  nobody stands otherwise\n");
    for (const std::string& line : lines) std::printf("  %s\n", line.c_str());
  }
  return Exit::Done;
}

Exit run_score(const ScoreArguments& arguments) {
  if (!arguments.compare.empty()) return run_compare(arguments);
  if (!arguments.rules.empty()) {
    return report({base::ErrorCode::InvalidInput,
                   "found --rules alone, expected --compare beside it; what a race is held under "
                   "is set in event.toml",
                   {}});
  }
  if (const auto known = check_language(arguments.language); !known) return report(known.error());
  EventRequest request = arguments.event;
  request.strict = arguments.strict ? engine::Strict::Yes : engine::Strict::No;
  auto event = open_event(request);
  if (!event) return report(event.error());
  model::EventResults results = event->day.results();
  choose_language(results, arguments.language);
  const std::vector<model::Moment> moments = moments::find_moments(results);
  if (arguments.json) {
    std::fputs(present::results_json(results).c_str(), stdout);
  } else {
    std::fputs(changes_text(event->report).c_str(), stdout);
    present::SummaryOptions options;
    options.colour = colour_of_stdout();
    options.top = arguments.top;
    options.event_path = arguments.event.path;
    std::fputs(present::score_summary(results, moments, options).c_str(), stdout);
    if (event->from_folder) std::fputs(ingest_text(event->report).c_str(), stdout);
  }
  if (!arguments.out.empty()) {
    const auto written =
        write_outputs(results, moments, event->day.copies(), arguments.out, arguments.event.path);
    if (!written) return report(written.error());
    if (!arguments.json) {
      std::printf("written: %s/public and %s/officials; the story is %s/public/story.html\n",
                  arguments.out.c_str(), arguments.out.c_str(), arguments.out.c_str());
    }
  }
  return exit_of_results(results, arguments.strict);
}

}  // namespace

void add_score_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<ScoreArguments>();
  CLI::App* command = program.add_subcommand("score", "results, moments and the story of an event");
  command->footer("Example: homestretch score harbour-half --out results");
  command->add_option("EVENT", arguments->event.path, "event folder or .race file")->required();
  command->add_option("--out", arguments->out, "folder for public/ and officials/ files");
  command->add_flag("--open", arguments->event.open, "races go on; do not close them");
  command->add_flag("--memory", arguments->event.memory, "write no .race file");
  command->add_flag("--strict", arguments->strict,
                    "refuse sources that cannot be read; exit 1 if anything is on the list");
  command->add_flag("--json", arguments->json, "print results.json instead of tables");
  command->add_option("--language", arguments->language,
                      "in which the story is told: " + present::language_codes());
  command->add_option("--top", arguments->top, "rows of each race's table")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100000}));
  command->add_option("--rules", arguments->rules,
                      "with --compare: the rule set of the first list, as nfhs-xc@2017");
  command->add_option("--compare", arguments->compare, "who would stand otherwise under this one");
  command->callback([arguments, &exit] { exit = run_score(*arguments); });
}

}  // namespace hs::app
