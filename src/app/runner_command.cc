#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/career_source.h"
#include "app/commands.h"
#include "app/event_source.h"
#include "app/found_people.h"
#include "app/language_option.h"
#include "app/table_folder.h"
#include "base/file.h"
#include "present/career_json.h"
#include "present/career_page.h"
#include "present/career_text.h"
#include "present/language.h"

// Implementation notes: who is meant is settled first (found_people.h); then one career is read,
// put together and told. A name that several people bear is answered with the list of them.

namespace hs::app {
namespace {

using archive::Archive;
using archive::PersonId;
using base::ErrorCode;

struct RunnerArguments {
  std::string name;
  std::string archive = "ARCHIVE.db";
  std::string tables;
  std::string out;
  std::string against;
  std::string language;
  std::optional<std::uint32_t> person;
  std::optional<int> edition;
  bool json = false;
};

/// The one person who is meant; of several the list is printed. Errors: NotFound; InvalidInput.
base::Result<PersonId> find_one(const Archive& archive, const std::string& name,
                                const RunnerArguments& arguments) {
  HS_TRY(const FoundPeople found, find_people_named(archive, name));
  if (found.people.size() == 1) return found.people.front().id;
  const std::string list =
      arguments.json ? people_json(found) : people_text(found, colour_of_stdout());
  std::fputs(list.c_str(), stdout);
  return base::fail(ErrorCode::InvalidInput,
                    "found several people who may be meant by '" + name +
                        "', expected one: name them more exactly, or choose with --person N");
}

base::Result<PersonId> find_runner(const Archive& archive, const RunnerArguments& arguments) {
  if (arguments.person) return PersonId(*arguments.person);
  if (arguments.name.empty()) {
    return base::fail(ErrorCode::InvalidInput,
                      "found no name, expected a runner's name or --person N");
  }
  return find_one(archive, arguments.name, arguments);
}

base::Result<void> write_page(const history::Career& career, const present::CareerOptions& options,
                              const std::string& path) {
  HS_TRY_VOID(base::write_file(path, present::career_page(career, options)));
  std::fprintf(stderr, "written: %s\n", path.c_str());
  return {};
}

base::Result<void> tell(const RunnerArguments& arguments) {
  HS_TRY_VOID(check_language(arguments.language));
  history::CareerTables tables;
  if (!arguments.tables.empty()) {
    HS_TRY(tables, read_table_folder(arguments.tables, arguments.edition));
  }
  HS_TRY(const Archive archive, Archive::open(arguments.archive, archive::Access::Read));
  HS_TRY(const PersonId person, find_runner(archive, arguments));
  HS_TRY(const history::Career career, read_career(archive, person, tables));
  present::CareerOptions options;
  options.language = present::Language::named(arguments.language).value_or(present::Language());
  options.has_tables = !arguments.tables.empty();
  std::optional<history::Career> other;
  if (!arguments.against.empty()) {
    HS_TRY(const PersonId rival, find_one(archive, arguments.against, arguments));
    HS_TRY(other, read_career(archive, rival, tables));
    options.rival = present::CareerRival{&*other, history::head_to_head(career, *other)};
  }
  if (!arguments.out.empty()) HS_TRY_VOID(write_page(career, options, arguments.out));
  const std::string told = arguments.json
                               ? present::career_json(career, options)
                               : present::career_text(career, options, colour_of_stdout());
  std::fputs(told.c_str(), stdout);
  return {};
}

Exit run_runner(const RunnerArguments& arguments) {
  const auto told = tell(arguments);
  return told ? Exit::Done : report(told.error());
}

}  // namespace

void add_runner_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<RunnerArguments>();
  CLI::App* command =
      program.add_subcommand("runner", "one runner over the years: you against you");
  command->footer(
      "Example: homestretch runner \"Ann Example\" --archive ARCHIVE.db --out ann.html");
  command->add_option("NAME", arguments->name, "the runner's name, or a part of it");
  command->add_option("--person", arguments->person,
                      "the number of one of several people of that name");
  command->add_option("--archive", arguments->archive, "the archive; ARCHIVE.db where left out");
  command->add_option("--tables", arguments->tables,
                      "folder with tables of age grade and qualifying (docs/career.md)");
  command->add_option("--edition", arguments->edition,
                      "of the age-grade tables; the newest where left out");
  command->add_option("--against", arguments->against, "somebody else, for the races of both");
  command->add_option("--out", arguments->out, "a page of the career, one HTML file");
  command->add_option("--language", arguments->language,
                      "in which it is told: " + present::language_codes());
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] { exit = run_runner(*arguments); });
}

}  // namespace hs::app
