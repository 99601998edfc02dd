#include <CLI/CLI.hpp>
#include <cstdio>
#include <iterator>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "base/clock.h"
#include "base/file.h"
#include "formats/rulings_file.h"

namespace hs::app {
namespace {

struct AcceptArguments {
  std::string event, file, by;
};

base::Result<std::string> read_input(const std::string& file) {
  if (file != "-") return base::read_file(file);
  std::string text;
  char part[65536];
  for (std::size_t got = 0; (got = std::fread(part, 1, sizeof part, stdin)) > 0;) {
    text.append(part, got);
  }
  if (std::ferror(stdin) != 0) {
    return base::fail(base::ErrorCode::Io, "cannot read standard input");
  }
  return text;
}

/// When it was accepted, where the fact does not say when it was said.
struct Stamp {
  base::RaceTime at;
  template <typename Body>
  void operator()(Body& body) const {
    if constexpr (requires { body.author; }) {
      if (!body.author.at) body.author.at = at;
    }
  }
};

Exit run_accept(const AcceptArguments& arguments) {
  const auto text = read_input(arguments.file);
  if (!text) return report(text.error());
  const std::string name = arguments.file == "-" ? "standard input" : arguments.file;
  auto lines = formats::read_rulings(*text, name, arguments.by);
  if (!lines) return report(lines.error());
  auto day = open_log(arguments.event);
  if (!day) return report(day.error());
  for (formats::RulingLine& line : *lines) {
    std::visit(Stamp{base::system_clock().now()}, line.body);
    if (auto good = day->check(line.body); !good) {
      base::Error error = good.error();
      error.place = {name, line.line, 1};
      return report(error);
    }
  }
  std::vector<model::FactBody> bodies;
  for (const formats::RulingLine& line : *lines) bodies.push_back(line.body);
  const auto seqs = day->add_all(bodies);
  if (!seqs) return report(seqs.error());
  for (std::size_t i = 0; i < lines->size(); ++i) {
    std::printf("fact %llu: %s, line %d of %s\n", static_cast<unsigned long long>((*seqs)[i].raw()),
                model::name_of(model::kind_of(bodies[i])), (*lines)[i].line, name.c_str());
  }
  std::printf("%zu facts accepted into %s\n", lines->size(), race_path_of(arguments.event).c_str());
  return Exit::Done;
}

}  // namespace

void add_accept_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<AcceptArguments>();
  CLI::App* command = program.add_subcommand(
      "accept", "facts as JSON lines, as printed by doctor --propose; all of them or none");
  command->footer("Example: homestretch accept harbour-half proposals.jsonl --by \"Ada Timer\"");
  command->add_option("EVENT", arguments->event, "event folder or .race file")->required();
  command->add_option("FILE", arguments->file, "a file, or - for standard input")->required();
  command->add_option("--by", arguments->by, "who accepts them")->required();
  command->callback([arguments, &exit] { exit = run_accept(*arguments); });
}

}  // namespace hs::app
