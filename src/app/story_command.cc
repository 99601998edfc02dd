#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/language_option.h"
#include "app/output_files.h"
#include "moments/find_moments.h"
#include "present/language.h"
#include "present/moments_json.h"
#include "present/story_text.h"

namespace hs::app {
namespace {

constexpr std::size_t kToldMost = 1000;

/// What both commands take.
struct MomentArguments {
  std::string event;
  std::string race;
  std::string archive;
  std::string out;
  std::string theme;
  std::string kind;
  std::string language;
  std::optional<std::size_t> top;
  bool json = false;
};

base::Result<void> refuse_history(const MomentArguments& arguments) {
  const std::string option = !arguments.archive.empty() ? "--archive"
                             : !arguments.theme.empty() ? "--theme"
                                                        : "";
  if (option.empty()) return {};
  return base::fail(base::ErrorCode::Unsupported,
                    option +
                        " is not in this version: moments over several races need the "
                        "history of runners, which is not built yet");
}

/// The race of that id; nothing where none was asked for.
base::Result<std::optional<model::RaceId>> race_of(const model::EventResults& results,
                                                   const std::string& id) {
  if (id.empty()) return std::nullopt;
  std::string known;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const std::string& one = results.event.races[i].id;
    if (one == id) return model::RaceId(static_cast<std::uint16_t>(i));
    known += (known.empty() ? "" : ", ") + one;
  }
  return base::fail(base::ErrorCode::NotFound,
                    "found the race '" + id + "', expected one of: " + known);
}

base::Result<std::optional<model::MomentKind>> kind_of(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto kind = model::parse_moment_kind(name)) return kind;
  std::string known;
  for (const char* one : model::moment_kind_names()) {
    known += (known.empty() ? "" : ", ") + std::string(one);
  }
  return base::fail(base::ErrorCode::InvalidInput,
                    "found the kind '" + name + "', expected one of: " + known);
}

Exit run_story(const MomentArguments& arguments) {
  if (const auto refused = refuse_history(arguments); !refused) return report(refused.error());
  if (const auto known = check_language(arguments.language); !known) return report(known.error());
  auto event = look_at_event(arguments.event);
  if (!event) return report(event.error());
  model::EventResults results = event->day.results();
  choose_language(results, arguments.language);
  const auto race = race_of(results, arguments.race);
  if (!race) return report(race.error());
  present::StoryOptions options;
  options.race = *race;
  if (arguments.top) options.told_max = *arguments.top;
  const std::vector<model::Moment> found = moments::find_moments(results);
  const present::StoryMoments story = present::choose_moments(results, found, options);
  std::fputs(present::story_text(results, story, options, colour_of_stdout()).c_str(), stdout);
  if (arguments.out.empty()) return Exit::Done;
  const auto cards = write_story(results, found, options, arguments.out);
  if (!cards) return report(cards.error());
  std::printf("\nwritten: %s/public/story.html and %zu card%s in %s/public/cards\n",
              arguments.out.c_str(), *cards, *cards == 1 ? "" : "s", arguments.out.c_str());
  return Exit::Done;
}

Exit run_moments(const MomentArguments& arguments) {
  if (const auto refused = refuse_history(arguments); !refused) return report(refused.error());
  const auto kind = kind_of(arguments.kind);
  if (!kind) return report(kind.error());
  if (const auto known = check_language(arguments.language); !known) return report(known.error());
  auto event = look_at_event(arguments.event);
  if (!event) return report(event.error());
  model::EventResults results = event->day.results();
  choose_language(results, arguments.language);
  const auto race = race_of(results, arguments.race);
  if (!race) return report(race.error());
  std::vector<model::Moment> found = moments::find_moments(results);
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const model::Moment& moment) {
                               return (*kind && moment.kind != **kind) ||
                                      (*race && moment.race != **race);
                             }),
              found.end());
  if (arguments.top && found.size() > *arguments.top) found.resize(*arguments.top);
  if (arguments.json) {
    std::fputs(present::moments_json(results, found).c_str(), stdout);
  } else if (found.empty()) {
    std::printf("No moment%s passed the bar for telling one.\n",
                arguments.kind.empty() ? "" : " of that kind");
  } else {
    std::fputs(present::moments_text(results, found, colour_of_stdout()).c_str(), stdout);
  }
  return Exit::Done;
}

void add_common(CLI::App& command, MomentArguments& arguments, const char* top) {
  command.add_option("EVENT", arguments.event, "event folder or .race file")->required();
  command.add_option("--top", arguments.top, top)->check(CLI::Range(std::size_t{1}, kToldMost));
  command.add_option("--language", arguments.language,
                     "in which the story is told: " + present::language_codes());
  command.add_option("--race", arguments.race, "one race of an event that has several");
  command.add_option("--archive", arguments.archive, "over many races (not in this version)");
}

}  // namespace

void add_story_commands(CLI::App& program, Exit& exit) {
  auto story = std::make_shared<MomentArguments>();
  CLI::App* command = program.add_subcommand("story", "the race in twelve moments, to read");
  command->footer("Example: homestretch story harbour-half --out results");
  add_common(*command, *story, "moments told; 12 if not given");
  command->add_option("--out", story->out,
                      "folder for public/story.html and a card to share per moment (PNG)");
  command->add_option("--theme", story->theme, "a collection over races (not in this version)");
  command->callback([story, &exit] { exit = run_story(*story); });

  auto moments = std::make_shared<MomentArguments>();
  command = program.add_subcommand("moments", "every moment of an event, best first");
  command->footer("Example: homestretch moments harbour-half --top 20 --kind late-collapse");
  add_common(*command, *moments, "moments shown; all if not given");
  command->add_option("--kind", moments->kind, "one kind only");
  command->add_flag("--json", moments->json, "for programs, as in moments.json");
  command->callback([moments, &exit] { exit = run_moments(*moments); });
}

}  // namespace hs::app
