#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/progress_bar.h"
#include "base/file.h"
#include "evaluate/linking.h"
#include "history/learn.h"

namespace hs::app {
namespace {

struct LinkingArguments {
  std::string archive = "ARCHIVE.db";
  std::string expect;
  std::size_t placebos = 8;
  std::size_t shown = 12;
  std::uint64_t seed = 1;
  bool json = false;
};

base::Result<Exit> run(const LinkingArguments& arguments) {
  std::vector<evaluate::ExpectedPerson> expected;
  if (!arguments.expect.empty()) {
    HS_TRY(const std::string bytes, base::read_file(arguments.expect));
    HS_TRY(expected, evaluate::read_expected_people(bytes, arguments.expect));
  }
  HS_TRY(const auto archive, archive::Archive::open(arguments.archive, archive::Access::Read));
  HS_TRY(const auto loaded, engine::load_roll(archive));
  HS_TRY_VOID(evaluate::find_records(archive, loaded, expected));
  evaluate::LinkingOptions options;
  options.seed = arguments.seed;
  options.placebos = arguments.placebos;
  options.shown = arguments.shown;
  options.progress = progress_bar("measuring");
  const history::Rarity rarity(loaded.roll);
  const auto model = history::learn(loaded.roll, rarity, history::LinkModel());
  const auto figures = evaluate::measure_linking(loaded, model, expected, options);
  const std::string text =
      arguments.json ? evaluate::json_of(figures) : evaluate::text_of(figures, loaded);
  std::fputs(text.c_str(), stdout);
  const bool all_met = std::all_of(figures.known.begin(), figures.known.end(),
                                   [](const auto& known) { return known.is_met(); });
  return all_met && figures.twice_in_a_race == 0 ? Exit::Done : Exit::Unresolved;
}

}  // namespace

void add_evaluate_linking(CLI::App& evaluate, Exit& exit) {
  auto arguments = std::make_shared<LinkingArguments>();
  CLI::App* command =
      evaluate.add_subcommand("linking", "how far the links between results can be believed");
  command->footer(
      "Links the archive afresh and stores nothing. Exit 1 where a person of --expect does not "
      "come\n"
      "out whole, or somebody is in a race twice. docs/linking.md says how the figures are made.\n"
      "Example: homestretch evaluate linking --archive ARCHIVE.db --expect known.csv");
  command->add_option("--archive", arguments->archive, "the archive; ARCHIVE.db where left out");
  command->add_option("--expect", arguments->expect,
                      "known people: a table with the columns person, race, bib");
  command->add_option("--placebos", arguments->placebos, "how often half of the races change age")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--show", arguments->shown, "how many borderline pairs to show")
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "same seed, same figures")->capture_default_str();
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] {
    const auto done = run(*arguments);
    exit = done ? *done : report(done.error());
  });
}

}  // namespace hs::app
