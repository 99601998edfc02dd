#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/language_option.h"
#include "app/output_files.h"
#include "app/progress_bar.h"
#include "app/race_option.h"
#include "app/story_source.h"
#include "archive/archive.h"
#include "base/file.h"
#include "moments/find_moments.h"
#include "present/collection.h"
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
  std::string tables;
  std::string out;
  std::string theme;
  std::string kind;
  std::string language;
  std::optional<std::size_t> top;
  bool json = false;
};

/// A word that is none of those there are.
tl::unexpected<base::Error> unknown(const std::string& what, const std::string& found,
                                    std::span<const char* const> expected) {
  std::string known;
  for (const char* one : expected) known += (known.empty() ? "" : ", ") + std::string(one);
  return base::fail(base::ErrorCode::InvalidInput,
                    "found the " + what + " '" + found + "', expected one of: " + known);
}

base::Result<std::optional<model::MomentKind>> kind_of(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto kind = model::parse_moment_kind(name)) return kind;
  return unknown("kind", name, model::moment_kind_names());
}

base::Result<std::optional<model::Theme>> theme_of(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto theme = model::parse_theme(name)) return theme;
  return unknown("theme", name, model::theme_names());
}

/// Every race of the archive, one at a time. A race whose length nobody knows has no moments: it
/// is named and left out.
base::Result<present::Collection> collect(const MomentArguments& arguments) {
  present::Collection out;
  HS_TRY(out.options.theme, theme_of(arguments.theme));
  if (arguments.top) out.options.told_max = *arguments.top;
  if (const auto language = present::Language::named(arguments.language)) {
    out.options.language = *language;
  }
  HS_TRY(const auto grades, grade_tables(arguments.tables));
  HS_TRY(const auto archive, archive::Archive::open(arguments.archive, archive::Access::Read));
  HS_TRY(const auto races, archive.races());
  const auto bar = progress_bar("looking");
  for (std::size_t i = 0; i < races.size(); ++i) {
    if (bar) bar(static_cast<double>(i) / static_cast<double>(races.size()));
    auto results = archived_results(archive, races[i].id, grades);
    if (!results && results.error().code != base::ErrorCode::InvalidInput) {
      return tl::make_unexpected(results.error());
    }
    if (!results) {
      std::fprintf(stderr, "%s is left out: %s\n", races[i].id.c_str(),
                   results.error().message.c_str());
      continue;
    }
    choose_language(*results, arguments.language);
    present::collect_from(*results, moments::find_moments(*results), out);
  }
  if (bar) bar(1.0);
  present::choose_collected(out);
  return out;
}

Exit run_collection(const MomentArguments& arguments) {
  const auto collection = collect(arguments);
  if (!collection) return report(collection.error());
  std::fputs(present::collection_text(*collection, colour_of_stdout()).c_str(), stdout);
  if (arguments.out.empty()) return Exit::Done;
  const std::string folder = arguments.out + "/public";
  const std::string page = folder + "/collection.html";
  if (const auto made = base::make_folder(folder); !made) return report(made.error());
  const auto written = base::write_file(page, present::collection_page(*collection));
  if (!written) return report(written.error());
  std::printf("\nwritten: %s\n", page.c_str());
  return Exit::Done;
}

/// EVENT, or else an archive for a collection.
base::Result<void> check_subject(const MomentArguments& arguments) {
  if (!arguments.theme.empty() && !arguments.event.empty()) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found --theme with an EVENT, expected it with --archive alone: a theme "
                      "collects from every race there");
  }
  if (!arguments.event.empty() || !arguments.archive.empty()) return {};
  return base::fail(base::ErrorCode::InvalidInput,
                    "found neither an EVENT nor --archive, expected one of them");
}

Exit run_story(const MomentArguments& arguments) {
  if (const auto fits = check_subject(arguments); !fits) return report(fits.error());
  if (const auto known = check_language(arguments.language); !known) return report(known.error());
  if (arguments.event.empty()) return run_collection(arguments);
  auto source = story_results({arguments.event, arguments.archive, arguments.tables});
  if (!source) return report(source.error());
  model::EventResults& results = *source;
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
  const auto kind = kind_of(arguments.kind);
  if (!kind) return report(kind.error());
  if (const auto known = check_language(arguments.language); !known) return report(known.error());
  auto source = story_results({arguments.event, arguments.archive, arguments.tables});
  if (!source) return report(source.error());
  model::EventResults& results = *source;
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
  command.add_option("EVENT", arguments.event,
                     "event folder, .race file, or the id of a race of the archive");
  command.add_option("--top", arguments.top, top)->check(CLI::Range(std::size_t{1}, kToldMost));
  command.add_option("--language", arguments.language,
                     "in which the story is told: " + present::language_codes());
  command.add_option("--race", arguments.race, "one race of an event that has several");
  command.add_option("--tables", arguments.tables,
                     "with --archive: folder with tables of age grade (docs/career.md)");
  command.add_option("--archive", arguments.archive, "earlier races: what runners did before");
}

}  // namespace

void add_story_commands(CLI::App& program, Exit& exit) {
  auto story = std::make_shared<MomentArguments>();
  CLI::App* command = program.add_subcommand("story", "the race in twelve moments, to read");
  command->footer(
      "Example: homestretch story harbour-half --out results\n"
      "         homestretch story --archive ARCHIVE.db --theme together --out years");
  add_common(*command, *story, "moments told; 12 if not given");
  command->add_option("--out", story->out,
                      "folder for public/story.html and a card to share per moment (PNG); without\n"
                      "EVENT for public/collection.html");
  command->add_option("--theme", story->theme, "with --archive and no EVENT: only this theme");
  command->callback([story, &exit] { exit = run_story(*story); });

  auto moments = std::make_shared<MomentArguments>();
  command = program.add_subcommand("moments", "every moment of an event, best first");
  command->footer("Example: homestretch moments harbour-half --top 20 --kind late-collapse");
  add_common(*command, *moments, "moments shown; all if not given");
  command->get_option("EVENT")->required();
  command->add_option("--kind", moments->kind, "one kind only");
  command->add_flag("--json", moments->json, "for programs, as in moments.json");
  command->callback([moments, &exit] { exit = run_moments(*moments); });
}

}  // namespace hs::app
