#pragma once

#include <string>

#include "app/outcome.h"

namespace CLI {
class App;
}

namespace hs::app {

// Each adds its commands to the program. What a command does runs while the arguments are parsed
// and leaves its outcome in `exit`, which outlives the program's arguments.

void add_score_command(CLI::App& program, Exit& exit);
void add_story_commands(CLI::App& program, Exit& exit);  ///< story, moments.
void add_explain_command(CLI::App& program, Exit& exit);
void add_doctor_command(CLI::App& program, Exit& exit);
void add_rule_command(CLI::App& program, Exit& exit);
void add_ruling_commands(CLI::App& program, Exit& exit);   ///< note, gun, close, undo, hide.
void add_version_commands(CLI::App& program, Exit& exit);  ///< publish, versions.
void add_accept_command(CLI::App& program, Exit& exit);
void add_file_commands(CLI::App& program, Exit& exit);  ///< verify, backup.
void add_export_command(CLI::App& program, Exit& exit);
void add_import_command(CLI::App& program, Exit& exit);
void add_people_command(CLI::App& program, Exit& exit);  ///< same, apart, erase ...
void add_runner_command(CLI::App& program, Exit& exit);
void add_simulate_command(CLI::App& program, Exit& exit);
void add_demo_command(CLI::App& program, Exit& exit);
void add_evaluate_command(CLI::App& program, Exit& exit);
void add_evaluate_moments(CLI::App& evaluate, Exit& exit);    ///< Below `evaluate`.
void add_evaluate_linking(CLI::App& evaluate, Exit& exit);    ///< Below `evaluate`.
void add_evaluate_integrity(CLI::App& evaluate, Exit& exit);  ///< Below `evaluate`.
void add_project_command(CLI::App& program, Exit& exit);
void add_cup_command(CLI::App& program, Exit& exit);
void add_serve_command(CLI::App& program, Exit& exit);
void add_token_command(CLI::App& program, Exit& exit);
void add_later_commands(CLI::App& program, Exit& exit);  ///< Known, not in this version.

}  // namespace hs::app
