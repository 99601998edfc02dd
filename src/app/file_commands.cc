#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "app/event_source.h"
#include "engine/versions.h"
#include "log/race_file.h"

namespace hs::app {
namespace {

base::Result<log::RaceFile> open_for_reading(const std::string& event) {
  if (event.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found nothing, expected an event folder or a .race file");
  }
  log::OpenOptions options;
  options.mode = log::OpenMode::ReadOnly;
  return log::RaceFile::open(race_path_of(event), options);
}

/// Computes every version again: what went out must still be what the facts before it say.
Exit verify_versions(const log::RaceFile& file) {
  std::size_t versions = 0;
  std::optional<base::Error> first;
  const auto done = engine::for_each_version(file, [&](const engine::PublishedVersion& one) {
    ++versions;
    if (one.is_as_published || first) return;
    first =
        base::Error{base::ErrorCode::Corrupt,
                    "version " + std::to_string(one.version.number) + " of the race '" +
                        one.version.fact.race + "' (fact " + std::to_string(one.version.seq.raw()) +
                        ") is not what was published: its results have another hash now",
                    {}};
  });
  if (!done) return report(done.error());
  if (first) return report(*first);
  if (versions > 0) std::printf("%zu published versions are what went out\n", versions);
  return Exit::Done;
}

Exit run_verify(const std::string& event) {
  const auto file = open_for_reading(event);
  if (!file) return report(file.error());
  const auto verified = file->verify();
  if (!verified) return report(verified.error());
  std::printf("%s is whole: %llu facts in %llu commits, every checksum and the chain agree\n",
              race_path_of(event).c_str(), static_cast<unsigned long long>(verified->facts),
              static_cast<unsigned long long>(verified->commits));
  std::printf("chain %s\n", base::to_hex(verified->head.chain).c_str());
  return verify_versions(*file);
}

Exit run_backup(const std::string& event, const std::string& to) {
  if (to.empty()) {
    return report({base::ErrorCode::InvalidInput, "found no name, expected the file to write", {}});
  }
  const auto file = open_for_reading(event);
  if (!file) return report(file.error());
  const auto done = file->backup(to);
  if (!done) return report(done.error());
  std::printf("%s holds %llu facts of %s\n", to.c_str(),
              static_cast<unsigned long long>(file->head().last.raw()),
              race_path_of(event).c_str());
  return Exit::Done;
}

struct FileArguments {
  std::string event, to;
};

}  // namespace

void add_file_commands(CLI::App& program, Exit& exit) {
  auto verify = std::make_shared<FileArguments>();
  CLI::App* command = program.add_subcommand("verify", "checks every fact of the race file");
  command->footer("Example: homestretch verify harbour-half");
  command->add_option("EVENT", verify->event, "event folder or .race file")->required();
  command->callback([verify, &exit] { exit = run_verify(verify->event); });

  auto backup = std::make_shared<FileArguments>();
  command = program.add_subcommand("backup", "copies the race file, also while reads pour in");
  command->footer("Example: homestretch backup harbour-half stick/harbour-half.race");
  command->add_option("EVENT", backup->event, "event folder or .race file")->required();
  command->add_option("TO", backup->to, "the file to write")->required();
  command->callback([backup, &exit] { exit = run_backup(backup->event, backup->to); });
}

}  // namespace hs::app
