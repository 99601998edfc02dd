#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "app/commands.h"
#include "app/event_time.h"
#include "app/said_fact.h"
#include "engine/versions.h"
#include "present/json_out.h"
#include "present/version_words.h"

// Implementation notes: a version is not stored as a list. It is computed again from the facts
// before it, and the hash that it keeps tells whether it is what went out.

namespace hs::app {
namespace {

using base::ErrorCode;
using base::Result;

struct PublishArguments {
  std::string event, race, reason, by, protest_until;
  bool official = false;
};

Result<model::FactBody> make_version(const PublishArguments& a, engine::RaceDay& day) {
  model::PublishFact fact{a.race, a.reason, a.official, std::nullopt, "", signed_by(a.by)};
  const model::Event* event = day.scorer().event();
  if (event == nullptr) {
    return base::fail(ErrorCode::Unsupported, "found no event in the race file, expected one");
  }
  if (!a.protest_until.empty()) {
    HS_TRY(fact.protest_until, parse_event_time(a.protest_until, *event));
  }
  if (fact.official && fact.protest_until) {
    return base::fail(ErrorCode::InvalidInput,
                      "found --official and --protest-until, expected one of them");
  }
  return model::FactBody(std::move(fact));
}

/// What keeps somebody out of a list keeps nobody else out of theirs: it is only said.
void print_gaps(engine::RaceDay& day, const std::string& race) {
  const model::EventResults results = day.scorer().official();
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    if (results.event.races[r].id != race) continue;
    for (const std::string& line :
         present::gaps_of(results, model::RaceId(static_cast<std::uint16_t>(r)))) {
      std::printf("%s\n", line.c_str());
    }
  }
}

void add_publish(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<PublishArguments>();
  CLI::App* command =
      program.add_subcommand("publish", "the results as they stand are a version that goes out");
  command->footer(
      "Example: homestretch publish harbour-half --race half --protest-until 15:00:00 "
      "--reason \"first list\" --by \"R. Referee\"\n"
      "         homestretch publish harbour-half --race half --official "
      "--reason \"no protest is open\" --by \"R. Referee\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--race", a->race, "race id")->required();
  command->add_option("--protest-until", a->protest_until, "protests are taken until then");
  command->add_flag("--official", a->official, "no protest is open any more");
  command->add_option("--reason", a->reason, "why");
  command->add_option("--by", a->by, "who says so")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay& day) -> Result<model::FactBody> {
      HS_TRY(model::FactBody body, make_version(*a, day));
      HS_TRY_VOID(day.check(body));
      print_gaps(day, a->race);
      return body;
    });
  });
}

struct VersionsArguments {
  std::string event, race;
  std::vector<std::uint32_t> diff;
  bool json = false;
};

/// The versions of a race as they went out, with what is needed to compare two of them.
struct Versions {
  std::vector<engine::PublishedVersion> list;
  std::vector<model::Fact> said;
};

/// All versions, those that `diff` names with their results, of one race if one is named.
Result<Versions> versions_of(const VersionsArguments& a) {
  HS_TRY(OpenEvent event, look_at_event(a.event));
  Versions out;
  HS_TRY_VOID(
      engine::for_each_version(event.day.race_file(), [&](engine::PublishedVersion version) {
        if (!a.race.empty() && version.version.fact.race != a.race) return;
        const bool is_asked =
            std::find(a.diff.begin(), a.diff.end(), version.version.number) != a.diff.end();
        if (!is_asked) version.results.reads.clear();
        out.list.push_back(std::move(version));
      }));
  out.said = event.day.scorer().decisions();
  return out;
}

std::string line_of(const engine::PublishedVersion& one) {
  const model::PublishFact& fact = one.version.fact;
  scoring::ListState state;
  state.kind =
      fact.official ? scoring::ListState::Kind::Official : scoring::ListState::Kind::Published;
  state.version = one.version.number;
  state.at = fact.author.at;
  state.protest_until = fact.protest_until;
  std::string out = fact.race + ": " + present::list_state_words(one.results.event, state) +
                    ", fact #" + std::to_string(one.version.seq.raw()) + " by " + fact.author.by;
  if (!fact.reason.empty()) out += ": " + fact.reason;
  if (!one.is_as_published) out += " -- IS NOT WHAT WAS PUBLISHED";
  return out;
}

std::string list_json(const Versions& versions) {
  present::JsonOut out;
  out.begin_array();
  for (const engine::PublishedVersion& one : versions.list) {
    const model::PublishFact& fact = one.version.fact;
    out.begin_object();
    out.text_of("race", fact.race);
    out.integer_of("version", one.version.number);
    out.integer_of("seq", static_cast<std::int64_t>(one.version.seq.raw()));
    out.text_of("status", fact.official ? "official" : "published");
    if (fact.author.at) out.instant_of("at", *fact.author.at);
    if (fact.protest_until) out.instant_of("protest_until_at", *fact.protest_until);
    out.text_of("by", fact.author.by);
    out.text_of("reason", fact.reason);
    out.text_of("hash", fact.hash);
    out.boolean_of("as_published", one.is_as_published);
    out.end_object();
  }
  out.end_array();
  return out.take();
}

Result<const engine::PublishedVersion*> version_of(const Versions& versions, std::uint32_t number) {
  const engine::PublishedVersion* found = nullptr;
  for (const engine::PublishedVersion& one : versions.list) {
    if (one.version.number != number) continue;
    if (found != nullptr) {
      return base::fail(ErrorCode::InvalidInput, "found version " + std::to_string(number) +
                                                     " of several races, expected --race");
    }
    found = &one;
  }
  if (found != nullptr) return found;
  return base::fail(ErrorCode::NotFound, "found no version " + std::to_string(number) +
                                             ", expected one that was published");
}

Exit print_difference(const VersionsArguments& a, const Versions& versions) {
  const auto before = version_of(versions, a.diff[0]);
  if (!before) return report(before.error());
  const auto after = version_of(versions, a.diff[1]);
  if (!after) return report(after.error());
  const present::TwoLists lists{(*before)->results, (*after)->results, (*before)->version.seq,
                                (*after)->version.seq, versions.said};
  const std::string& race = (*after)->version.fact.race;
  if (a.json) {
    std::printf("%s\n", present::version_changes_json(lists, race).c_str());
    return Exit::Done;
  }
  const std::vector<std::string> lines = present::version_changes(lists, race);
  if (lines.empty()) std::printf("nothing differs\n");
  for (const std::string& line : lines) std::printf("%s\n", line.c_str());
  return Exit::Done;
}

Exit run_versions(const VersionsArguments& a) {
  const auto versions = versions_of(a);
  if (!versions) return report(versions.error());
  if (!a.diff.empty()) return print_difference(a, *versions);
  if (a.json) {
    std::printf("%s\n", list_json(*versions).c_str());
    return Exit::Done;
  }
  if (versions->list.empty()) std::printf("nothing was published yet\n");
  for (const engine::PublishedVersion& one : versions->list) {
    std::printf("%s\n", line_of(one).c_str());
  }
  return Exit::Done;
}

void add_versions(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<VersionsArguments>();
  CLI::App* command =
      program.add_subcommand("versions", "which lists went out, and what changed between two");
  command->footer("Example: homestretch versions harbour-half --race half --diff 1 2");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--race", a->race, "of this race alone");
  command->add_option("--diff", a->diff, "the numbers of two versions")->expected(2);
  command->add_flag("--json", a->json, "for a program");
  command->callback([a, &exit] { exit = run_versions(*a); });
}

}  // namespace

void add_version_commands(CLI::App& program, Exit& exit) {
  add_publish(program, exit);
  add_versions(program, exit);
}

}  // namespace hs::app
