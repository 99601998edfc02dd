#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "app/commands.h"

// Implementation notes: parsing the arguments runs the command. Nothing of ours throws; what a
// library throws here is a bug or memory that is out, and ends as one line.

namespace {

using hs::app::Exit;

/// All commands, also those that this version does not have.
std::vector<const CLI::App*> commands_of(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
}

/// A first word that is no command: the parser would only say that one is wanted.
bool is_unknown_command(const CLI::App& program, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  const auto all = commands_of(program);
  return std::none_of(all.begin(), all.end(),
                      [&](const CLI::App* command) { return command->get_name() == argv[1]; });
}

Exit report_unknown_command(const CLI::App& program, const std::string& found) {
  std::string known;
  for (const CLI::App* command : commands_of(program)) {
    if (command->get_group().empty()) continue;  // Not in this version.
    known += (known.empty() ? "" : " ") + command->get_name();
  }
  return hs::app::report({hs::base::ErrorCode::InvalidInput,
                          "found the command '" + found + "', expected one of: " + known,
                          {}});
}

int run(int argc, char** argv) {
  using namespace hs::app;
  CLI::App program{
      "Homestretch turns the timing of a running race into official results,\n"
      "and into the moments worth telling."};
  program.name("homestretch");
  program.set_version_flag("--version", std::string("homestretch ") + HS_VERSION);
  program.require_subcommand(1);
  program.footer(
      "Exit: 0 done, 1 a finisher's result hangs on an open question, 2 input refused,\n"
      "      3 the world failed (disk, another writer).");
  Exit exit = Exit::Done;
  add_demo_command(program, exit);
  add_score_command(program, exit);
  add_story_commands(program, exit);
  add_explain_command(program, exit);
  add_rule_command(program, exit);
  add_ruling_commands(program, exit);
  add_version_commands(program, exit);
  add_accept_command(program, exit);
  add_doctor_command(program, exit);
  add_file_commands(program, exit);
  add_export_command(program, exit);
  add_import_command(program, exit);
  add_people_command(program, exit);
  add_runner_command(program, exit);
  add_simulate_command(program, exit);
  add_evaluate_command(program, exit);
  add_project_command(program, exit);
  add_cup_command(program, exit);
  add_serve_command(program, exit);
  add_token_command(program, exit);
  add_later_commands(program, exit);
  if (is_unknown_command(program, argc, argv)) {
    return static_cast<int>(report_unknown_command(program, argv[1]));
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = program.exit(error);
    return code == 0 ? 0 : static_cast<int>(Exit::Refused);
  }
  return static_cast<int>(exit);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "homestretch: bug: %s\n", error.what());
    return 3;
  }
}
