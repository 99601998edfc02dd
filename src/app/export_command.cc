#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/export_formats.h"
#include "app/language_option.h"
#include "app/race_option.h"
#include "base/file.h"
#include "present/export_stamp.h"
#include "present/language.h"

// Implementation notes: the race file is only read, so a program that writes it, `serve`, is not in
// the way and its writing does not wait: what is exported is one state of the log.

namespace hs::app {
namespace {

struct ExportArguments {
  std::string event;
  std::string format;
  std::string race;
  std::string list;
  std::string out;
  std::string language;
  std::string paper = "a4";
  std::string look;
  std::vector<std::string> bibs;
  bool formats = false;
  bool open = false;
};

base::Result<const ExportFormat*> format_of(const std::string& name) {
  std::string known;
  for (const ExportFormat& format : export_formats()) {
    if (format.name == name) return &format;
    known += (known.empty() ? "" : " ") + std::string(format.name);
  }
  return base::fail(base::ErrorCode::InvalidInput,
                    (name.empty() ? "found no --format" : "found the format '" + name + "'") +
                        ", expected one of: " + known);
}

base::Result<present::ListBy> list_of(const ExportArguments& arguments,
                                      const ExportFormat& format) {
  if (arguments.list.empty()) return present::ListBy::Overall;
  if (!format.takes_list) {
    return base::fail(base::ErrorCode::InvalidInput, "found --list with the format '" +
                                                         arguments.format +
                                                         "', expected it with iof-results or pdf");
  }
  if (const auto by = present::parse_list_by(arguments.list)) return *by;
  return base::fail(
      base::ErrorCode::InvalidInput,
      "found the list '" + arguments.list + "', expected overall, sex, division or start");
}

/// A format that has room for one race takes the only one.
base::Result<std::optional<model::RaceId>> race_for(const ExportArguments& arguments,
                                                    const ExportFormat& format,
                                                    const model::EventResults& results) {
  if (format.races == ExportRaces::All && !arguments.race.empty()) {
    return base::fail(base::ErrorCode::InvalidInput, std::string("found --race with the format '") +
                                                         format.name + "', which holds every race");
  }
  if (!arguments.race.empty() || format.races != ExportRaces::One) {
    return race_of(results, arguments.race);
  }
  if (results.event.races.size() == 1) return model::RaceId(0);
  return base::fail(
      base::ErrorCode::InvalidInput,
      std::string("found several races and the format '") + format.name +
          "', which holds one; expected --race with one of: " + race_ids(results.event));
}

base::Result<void> check_out(const ExportArguments& arguments, const ExportFormat& format) {
  if (!arguments.out.empty() || format.shape == ExportShape::Text) return {};
  return base::fail(base::ErrorCode::InvalidInput,
                    std::string("found no --out, expected the ") +
                        (format.shape == ExportShape::Folder ? "folder" : "file") + " to write: '" +
                        format.name + "' is nothing for a terminal");
}

/// Says how many have no result in an export because a person has to decide.
void tell_unresolved(const model::EventResults& results) {
  const auto count = std::count_if(results.runners.begin(), results.runners.end(),
                                   [](const model::RunnerResult& runner) {
                                     return runner.status == model::RunnerStatus::Unresolved;
                                   });
  if (count == 0) return;
  std::fprintf(stderr, "%lld unresolved, in no place: decide them with `rule` (attention.csv)\n",
               static_cast<long long>(count));
}

base::Result<void> run(const ExportArguments& arguments) {
  HS_TRY(const ExportFormat* format, format_of(arguments.format));
  HS_TRY_VOID(check_out(arguments, *format));
  HS_TRY_VOID(check_language(arguments.language));
  ExportRequest request;
  if (arguments.paper == "letter") request.paper = present::kPaperLetter;
  request.bibs = arguments.bibs;
  if (!arguments.look.empty()) {
    HS_TRY(const std::string toml, base::read_file(arguments.look));
    HS_TRY(request.look, present::read_certificate_template(toml, arguments.look));
  }
  HS_TRY(request.list, list_of(arguments, *format));
  HS_TRY(OpenEvent event, look_at_event(arguments.event, arguments.open));
  model::EventResults results = event.day.results();
  choose_language(results, arguments.language);
  HS_TRY(request.options.race, race_for(arguments, *format, results));
  request.out = arguments.out;
  HS_TRY_VOID(format->write(results, request));
  tell_unresolved(results);
  if (!arguments.out.empty()) {
    std::printf("written: %s\n%s\n", arguments.out.c_str(),
                present::stamp_line(present::stamp_of(results)).c_str());
  }
  return {};
}

Exit run_export(const ExportArguments& arguments) {
  if (arguments.formats) {
    std::fputs(export_formats_text().c_str(), stdout);
    return Exit::Done;
  }
  if (arguments.event.empty()) {
    return report({base::ErrorCode::InvalidInput,
                   "found no EVENT, expected an event folder or a .race file",
                   {}});
  }
  if (const auto done = run(arguments); !done) return report(done.error());
  return Exit::Done;
}

}  // namespace

void add_export_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      program.add_subcommand("export", "results for other programs, for print and for a web site");
  command->footer(
      "Example: homestretch export harbour-half --format pdf --list division --out results.pdf\n"
      "         homestretch export harbour-half --format iof-results --race half\n"
      "         homestretch export --formats");
  command->add_option("EVENT", arguments->event, "event folder or .race file; only read");
  command->add_option("--format", arguments->format, "what to write; --formats lists them");
  command->add_flag("--formats", arguments->formats, "list the formats");
  command->add_option("--race", arguments->race, "one race of an event that has several");
  command->add_option("--list", arguments->list,
                      "pdf, iof-results: overall, sex, division; pdf: start");
  command->add_flag("--open", arguments->open,
                    "while racing goes on: who is on the course is no DNF yet");
  command->add_option("--out", arguments->out, "file or folder; text goes to standard output else");
  command->add_option("--paper", arguments->paper, "of what is printed: a4 (default), letter")
      ->check(CLI::IsMember({"a4", "letter"}));
  command->add_option("--bib", arguments->bibs, "certificates: of these runners only");
  command->add_option("--template", arguments->look,
                      "certificates: a file with title, accent, text, signed, photos\n"
                      "(docs/exports.md)");
  command->add_option("--language", arguments->language,
                      "of lists, certificates and pages: " + present::language_codes());
  command->callback([arguments, &exit] { exit = run_export(*arguments); });
}

}  // namespace hs::app
