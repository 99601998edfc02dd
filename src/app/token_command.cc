#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "server/access.h"

namespace hs::app {
namespace {

struct TokenArguments {
  std::string event, role, name, id;
};

base::Result<server::TokenFile> tokens_of(const TokenArguments& a) {
  HS_TRY(const std::string race, need_race_path_of(a.event));
  return server::TokenFile::open(race + "-tokens");
}

Exit add_one(const TokenArguments& a) {
  const auto role = server::parse_role(a.role);
  if (!role) {
    return report({base::ErrorCode::InvalidInput,
                   "found the role '" + a.role + "', expected timer, referee or announcer",
                   {}});
  }
  auto tokens = tokens_of(a);
  if (!tokens) return report(tokens.error());
  const auto token = tokens->add(*role, a.name.empty() ? a.role : a.name);
  if (!token) return report(token.error());
  std::printf("%s\n", token->c_str());
  return Exit::Done;
}

Exit list_all(const TokenArguments& a) {
  const auto tokens = tokens_of(a);
  if (!tokens) return report(tokens.error());
  for (const auto& entry : tokens->list()) {
    std::printf("%-12s %-10s %s\n", entry.id.c_str(), server::name_of(entry.role),
                entry.name.c_str());
  }
  return Exit::Done;
}

Exit remove_one(const TokenArguments& a) {
  auto tokens = tokens_of(a);
  if (!tokens) return report(tokens.error());
  const auto removed = tokens->remove(a.id);
  return removed ? Exit::Done : report(removed.error());
}

}  // namespace

void add_token_command(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<TokenArguments>();
  CLI::App* command = program.add_subcommand("token", "who may sign in to serve, and as what");
  command->footer("Example: homestretch token harbour-half add --role announcer --name Sam");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->require_subcommand(1);
  CLI::App* add = command->add_subcommand("add", "makes a token and shows it, this once");
  add->add_option("--role", a->role, "timer, referee or announcer")->required();
  add->add_option("--name", a->name, "whose it is");
  add->callback([a, &exit] { exit = add_one(*a); });
  CLI::App* list =
      command->add_subcommand("list", "the tokens there are, without what proves them");
  list->callback([a, &exit] { exit = list_all(*a); });
  CLI::App* remove = command->add_subcommand("remove", "takes a token away; who uses it is out");
  remove->add_option("ID", a->id, "the part of the token before its dot")->required();
  remove->callback([a, &exit] { exit = remove_one(*a); });
}

}  // namespace hs::app
