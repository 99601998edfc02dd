#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/import_report.h"
#include "app/progress_bar.h"
#include "base/file.h"
#include "engine/archive_linking.h"
#include "formats/results_merge.h"

// Implementation notes: everything is read, put together and reported before the archive is
// opened, so a mistake in the last file leaves no archive behind where there was none.

namespace hs::app {
namespace {

using base::ErrorCode;

struct ImportArguments {
  std::vector<std::string> files;
  std::string race, date, name;
  std::string archive = "ARCHIVE.db";
  std::string map;
  std::optional<std::int64_t> distance_m;
  bool interrupted = false;
  bool replace = false;
  bool json = false;
};

/// A race's id: letters, digits and - _ . +, beginning with a letter or digit, at most 40.
base::Result<void> check_id(const std::string& id) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  constexpr std::size_t kLongest = 40;
  const bool fits = !id.empty() && id.size() <= kLongest && is_plain(id.front()) &&
                    std::all_of(id.begin(), id.end(), [&](char c) {
                      return is_plain(c) || c == '-' || c == '_' || c == '.' || c == '+';
                    });
  if (fits) return {};
  return base::fail(ErrorCode::InvalidInput,
                    "found the race id '" + id +
                        "', expected at most 40 letters, digits, - _ . and +, such as "
                        "harbour-2024");
}

base::Result<formats::ResultsOptions> options_of(const ImportArguments& arguments) {
  formats::ResultsOptions out;
  HS_TRY_VOID(check_id(arguments.race));
  out.race_id = arguments.race;
  out.race_name = arguments.name;
  HS_TRY(out.date, base::parse_date(arguments.date));
  out.is_interrupted = arguments.interrupted;
  if (arguments.distance_m) out.distance = base::Distance::metres(*arguments.distance_m);
  if (!arguments.map.empty()) {
    HS_TRY(const std::string bytes, base::read_file(arguments.map));
    HS_TRY(out.map, formats::read_results_map(bytes, arguments.map));
  }
  return out;
}

/// All the files as one race.
base::Result<formats::ResultsFile> read_all(const std::vector<std::string>& files,
                                            formats::ResultsOptions options) {
  const auto bar = progress_bar("reading");
  std::optional<formats::ResultsFile> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (bar) {
      options.progress = [&bar, i, all = files.size()](double share) {
        bar((static_cast<double>(i) + share) / static_cast<double>(all));
      };
    }
    HS_TRY(const std::string bytes, base::read_file(files[i]));
    HS_TRY(formats::ResultsFile read, formats::read_results(bytes, files[i], options));
    if (!out) {
      out = std::move(read);
    } else {
      HS_TRY_VOID(formats::merge_results(*out, std::move(read), files[i]));
    }
  }
  return std::move(*out);
}

Exit run_import(const ImportArguments& arguments) {
  const auto options = options_of(arguments);
  if (!options) return report(options.error());
  const auto read = read_all(arguments.files, *options);
  if (!read) return report(read.error());
  std::string files;
  for (const std::string& file : arguments.files) files += (files.empty() ? "" : ", ") + file;
  if (!arguments.json) {
    std::fputs(import_report(*read, files, colour_of_stdout()).c_str(), stdout);
  }
  auto archive = archive::Archive::open(arguments.archive, archive::Access::Create);
  if (!archive) return report(archive.error());
  const auto put = archive->put(
      read->race, arguments.replace ? archive::IfKnown::Replace : archive::IfKnown::Refuse,
      progress_bar("writing"));
  if (!put) return report(put.error());
  const auto linked = engine::link_archive(*archive, engine::LinkWhat::WhatIsNew);
  if (!linked) return report(linked.error());
  if (arguments.json) {
    std::fputs(import_report_json(*read, files, *put, arguments.archive, *linked).c_str(), stdout);
    return Exit::Done;
  }
  const char* race = arguments.race.c_str();
  const char* path = arguments.archive.c_str();
  switch (*put) {
    case archive::Put::Added:
      std::printf("race %s is in %s\n", race, path);
      break;
    case archive::Put::Unchanged:
      std::printf("race %s was in %s already, the same in every field; nothing changed\n", race,
                  path);
      break;
    case archive::Put::Replaced:
      std::printf("race %s in %s is replaced\n", race, path);
      break;
  }
  std::fputs(linked_text(*linked).c_str(), stdout);
  return Exit::Done;
}

}  // namespace

void add_import_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command =
      program.add_subcommand("import", "published results of any layout, into the archive");
  command->footer("Example: homestretch import results.csv --race harbour-2024 --date 2024-05-08");
  command
      ->add_option("FILE", arguments->files,
                   "results as published; further files of the race bring splits or runners")
      ->required();
  command->add_option("--race", arguments->race, "the race's id in the archive")->required();
  command->add_option("--date", arguments->date, "its day, YYYY-MM-DD")->required();
  command->add_option("--name", arguments->name, "its name; the id where left out");
  command
      ->add_option("--distance", arguments->distance_m,
                   "its length in metres, where the points do not tell it")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command->add_flag("--interrupted", arguments->interrupted, "the race was stopped");
  command->add_option("--archive", arguments->archive, "the archive; ARCHIVE.db where left out");
  command->add_option("--map", arguments->map,
                      "a TOML file that says what columns are (docs/results-files.md)");
  command->add_flag("--replace", arguments->replace,
                    "put this in the place of another content of the same race");
  command->add_flag("--json", arguments->json, "print the report as JSON");
  command->callback([arguments, &exit] { exit = run_import(*arguments); });
}

}  // namespace hs::app
