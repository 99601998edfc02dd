#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"

namespace hs::app {

void add_later_commands(CLI::App& program, Exit& exit) {
  for (const char* name : {"relay", "replica"}) {
    CLI::App* command = program.add_subcommand(name, "not in this version");
    command->group("");  // Hidden from the help: it does nothing yet.
    command->allow_extras();
    const std::string text = name;
    command->callback([text, &exit] {
      exit = report({base::ErrorCode::Unsupported, "'" + text + "' is not in this version", {}});
    });
  }
}

}  // namespace hs::app
