#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "app/commands.h"
#include "app/import_report.h"
#include "base/clock.h"
#include "engine/archive_linking.h"

namespace hs::app {
namespace {

struct PeopleArguments {
  std::string archive = "ARCHIVE.db";
  std::string a, b, by;
  bool is_same = true;
  std::size_t top = 20;
};

/// "boston-2005/1234" is the race's id and a bib; "boston-2005/#12" the result on a line of its
/// file.
base::Result<archive::ResultName> parse_result(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + text + "', expected RACE/BIB, such as harbour-2024/117");
  }
  return archive::ResultName{text.substr(0, slash), text.substr(slash + 1)};
}

base::Result<Exit> relink(const PeopleArguments& arguments) {
  HS_TRY(auto archive, archive::Archive::open(arguments.archive, archive::Access::Create));
  HS_TRY(const auto linked, engine::link_archive(archive, engine::LinkWhat::Everything));
  std::fputs(linked_text(linked).c_str(), stdout);
  return Exit::Done;
}

base::Result<Exit> say(const PeopleArguments& arguments) {
  archive::PersonWord word;
  word.is_same = arguments.is_same;
  HS_TRY(word.a, parse_result(arguments.a));
  HS_TRY(word.b, parse_result(arguments.b));
  word.by = arguments.by;
  base::SystemClock clock;
  word.at = base::format_rfc3339(clock.now(), std::chrono::seconds(0));
  HS_TRY(auto archive, archive::Archive::open(arguments.archive, archive::Access::Create));
  HS_TRY(const archive::ResultId a, archive.result_named(word.a));
  HS_TRY(const archive::ResultId b, archive.result_named(word.b));
  if (word.is_same && a.race() == b.race()) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found two results of one race, expected results of two: nobody runs a race "
                      "twice");
  }
  HS_TRY_VOID(archive.add_word(word));
  HS_TRY_VOID(engine::link_archive(archive, engine::LinkWhat::WhatIsNew));
  HS_TRY(const auto person, archive.person_of(a));
  std::printf("%s and %s are %s by the word of %s\n", arguments.a.c_str(), arguments.b.c_str(),
              word.is_same ? "one person's" : "two people's", arguments.by.c_str());
  if (person) {
    HS_TRY(const auto whole, archive.person(*person));
    std::printf("%s: person %u has %zu results now\n", arguments.a.c_str(), person->raw(),
                whole.results.size());
  }
  return Exit::Done;
}

base::Result<Exit> erase(const PeopleArguments& arguments) {
  HS_TRY(const archive::ResultName name, parse_result(arguments.a));
  HS_TRY(auto archive, archive::Archive::open(arguments.archive, archive::Access::Create));
  HS_TRY(const archive::ResultId result, archive.result_named(name));
  HS_TRY(const auto person, archive.person_of(result));
  std::vector<archive::ResultId> results{result};
  if (person) {
    HS_TRY(const auto whole, archive.person(*person));
    results.clear();
    for (const auto& one : whole.results) results.push_back(one.id);
  }
  HS_TRY_VOID(archive.forget(results));
  std::printf(
      "%zu results have no name any more, and another import does not bring it back; times "
      "and places stay\n",
      results.size());
  return Exit::Done;
}

std::string line_of(const archive::Person& person, archive::ResultId id) {
  for (const archive::PersonResult& result : person.results) {
    if (result.id != id) continue;
    const model::PublishedRace& race = result.race;
    const model::PublishedResult& row = race.results[0];
    const auto text = [&](model::PublishedText kind) { return std::string(race.text(row, kind)); };
    std::string out = race.id + "/" + text(model::PublishedText::Bib) + "  " + race.name_of(row);
    if (row.age) out += ", " + std::to_string(*row.age);
    for (const auto kind :
         {model::PublishedText::City, model::PublishedText::State, model::PublishedText::Country}) {
      if (!text(kind).empty()) out += ", " + text(kind);
    }
    return out;
  }
  return {};
}

base::Result<Exit> list_doubts(const PeopleArguments& arguments) {
  HS_TRY(const auto archive, archive::Archive::open(arguments.archive, archive::Access::Read));
  HS_TRY(const auto doubts, archive.doubts(arguments.top));
  for (const archive::Doubt& doubt : doubts) {
    constexpr std::int64_t kPercent = archive::Probability::kOne / 100;
    std::printf("%lld %%\n", static_cast<long long>(doubt.probability.millionths() / kPercent));
    for (const archive::ResultId id : {doubt.a, doubt.b}) {
      HS_TRY(const auto person, archive.person_of(id));
      if (!person) continue;
      HS_TRY(const auto whole, archive.person(*person));
      std::printf("  %s (person %u, %zu results)\n", line_of(whole, id).c_str(), person->raw(),
                  whole.results.size());
    }
  }
  if (doubts.empty()) std::printf("no doubts\n");
  return Exit::Done;
}

using Run = base::Result<Exit> (*)(const PeopleArguments&);

void add_run(CLI::App* command, const std::shared_ptr<PeopleArguments>& arguments, Exit& exit,
             Run run) {
  command->add_option("--archive", arguments->archive, "the archive; ARCHIVE.db where left out");
  command->callback([arguments, run, &exit] {
    const auto done = run(*arguments);
    exit = done ? *done : report(done.error());
  });
}

void add_word(CLI::App& people, Exit& exit, bool is_same) {
  auto arguments = std::make_shared<PeopleArguments>();
  arguments->is_same = is_same;
  CLI::App* command = is_same
                          ? people.add_subcommand("same", "these two results are one person's")
                          : people.add_subcommand("apart", "these two results are two people's");
  command->add_option("A", arguments->a, "RACE/BIB")->required();
  command->add_option("B", arguments->b, "RACE/BIB")->required();
  command->add_option("--by", arguments->by, "who says so")->required();
  add_run(command, arguments, exit, say);
}

}  // namespace

void add_people_command(CLI::App& program, Exit& exit) {
  CLI::App* people =
      program.add_subcommand("people", "who is who in the archive, and what people say of it");
  people->require_subcommand(1);
  people->footer(
      "A result is named RACE/BIB, or RACE/#LINE by the line of its file.\n"
      "Example: homestretch people same harbour-2023/117 harbour-2024/45 --by 'J. Doe'\n"
      "         homestretch people ambiguous --top 50");
  add_word(*people, exit, true);
  add_word(*people, exit, false);
  auto erased = std::make_shared<PeopleArguments>();
  CLI::App* eraser =
      people->add_subcommand("erase", "takes a person's name out of all their results, for good");
  eraser->add_option("RESULT", erased->a, "RACE/BIB of one of them")->required();
  add_run(eraser, erased, exit, erase);
  auto doubts = std::make_shared<PeopleArguments>();
  CLI::App* ambiguous =
      people->add_subcommand("ambiguous", "results that may be one person's and stay apart");
  ambiguous->add_option("--top", doubts->top, "how many")->capture_default_str();
  add_run(ambiguous, doubts, exit, list_doubts);
  CLI::App* again = people->add_subcommand("relink", "learns anew and links everybody again");
  add_run(again, std::make_shared<PeopleArguments>(), exit, relink);
}

}  // namespace hs::app
