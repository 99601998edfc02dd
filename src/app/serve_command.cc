#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "app/event_time.h"
#include "app/serve_watch.h"
#include "archive/archive.h"
#include "base/file.h"
#include "base/paced_clock.h"
#include "engine/archive_past.h"
#include "evaluate/past_races.h"
#include "formats/event_file.h"
#include "server/access.h"
#include "server/race_host.h"

namespace hs::app {
namespace {

using base::Result;

struct ServeArguments {
  std::string event;
  std::string listen = "127.0.0.1:8261";
  std::string public_listen;
  std::string mirror;
  std::string rehearse;
  std::string archive;
  std::uint32_t speed = 1;
  bool record_only = false;
  bool behind_proxy = false;
  bool no_watch = false;
};

/// Where the race file has no event yet, that of the event file: its devices are to be heard all
/// the same. Nothing else of the folder is read, as it may be what was fatal.
Result<void> name_event(const ServeArguments& a, engine::RaceDay& day) {
  const bool is_folder = race_path_of(a.event) != a.event;
  if (day.event() != nullptr || !is_folder) return {};
  const std::string file = a.event + "/event.toml";
  HS_TRY(const std::string bytes, base::read_file(file));
  std::vector<model::Attention> notes;
  HS_TRY(model::Event event, formats::read_event(bytes, file, &notes));
  day.record_as(std::move(event));
  return {};
}

Result<engine::RaceDay> open_day(const ServeArguments& a, Working working) {
  HS_TRY(const std::string race, need_race_path_of(a.event));
  if (working == Working::RecordOnly || a.record_only) {
    HS_TRY(engine::RaceDay day, engine::RaceDay::record_only(race));
    HS_TRY_VOID(name_event(a, day));
    return day;
  }
  if (race == a.event) return engine::RaceDay::open(race, scoring::Closing::ByFacts);
  HS_TRY(OpenEvent event, open_event({a.event, false, true, engine::Strict::No}));
  return std::move(event.day);
}

Result<server::RaceHost::Options> options_of(const ServeArguments& a) {
  server::RaceHost::Options options;
  HS_TRY(options.listen, server::parse_listen_address(a.listen));
  if (!a.public_listen.empty()) {
    HS_TRY(const auto address, server::parse_listen_address(a.public_listen));
    options.public_listen = address;
  }
  options.race_file = race_path_of(a.event);
  if (options.race_file != a.event) options.event_folder = a.event;
  options.mirror = a.mirror;
  options.speed = a.speed;
  if (a.behind_proxy) options.forwarded_for = server::ForwardedFor::TrustLoopback;
  return options;
}

/// Where the event has no tokens yet: one for each role, shown this once.
Result<void> make_tokens(const std::string& path) {
  HS_TRY(server::TokenFile tokens, server::TokenFile::open(path));
  if (!tokens.list().empty()) return {};
  std::printf("Tokens to sign in with, shown only now (homestretch token EVENT add makes more):\n");
  for (const auto role : {server::Role::Timer, server::Role::Referee, server::Role::Announcer}) {
    HS_TRY(const std::string token, tokens.add(role, server::name_of(role)));
    std::printf("  %-10s %s\n", server::name_of(role), token.c_str());
  }
  return {};
}

void say_where(const server::RaceHost& host, bool is_recording_only) {
  if (is_recording_only) {
    std::printf("ONLY RECORDING: reads are stored, nothing is scored.\n");
  }
  std::printf("Officials: %s\n", host.url().c_str());
  if (const auto everybody = host.public_url()) std::printf("Everybody: %s\n", everybody->c_str());
  for (const server::DeviceReport& device : host.devices()) {
    std::printf("%-11s %s %s\n", device.device.c_str(), server::name_of(device.state),
                device.address.c_str());
  }
  std::printf("Ctrl-C ends it.\n");
  std::fflush(stdout);
}

/// The clock of a rehearsal; nothing for a race.
Result<std::unique_ptr<base::PacedClock>> rehearsal_clock(const ServeArguments& a,
                                                          const engine::RaceDay& day) {
  if (a.rehearse.empty()) return std::unique_ptr<base::PacedClock>();
  if (day.event() == nullptr) {
    return base::fail(base::ErrorCode::Unsupported, "a rehearsal needs an event");
  }
  HS_TRY(const base::RaceTime from, parse_event_time(a.rehearse, *day.event()));
  return std::make_unique<base::PacedClock>(from, a.speed);
}

/// What the archive knows of the entries as they are now.
Result<std::shared_ptr<const model::Past>> past_of_day(const ServeArguments& a,
                                                       engine::RaceDay& day) {
  HS_TRY(const auto archive, archive::Archive::open(a.archive, archive::Access::Read));
  return engine::past_of_event(archive, evaluate::subject_name(a.event), day.results(), {});
}

Exit work(const ServeArguments& a, Working working, const Ready& ready) {
  auto options = options_of(a);
  if (!options) return report(options.error());
  auto day = open_day(a, working);
  if (!day) return report(day.error());
  const bool is_recording_only = day->is_recording_only();
  if (!a.archive.empty() && !is_recording_only) {
    auto past = past_of_day(a, *day);
    if (!past) return report(past.error());
    options->past = std::move(*past);
  }
  const auto clock = rehearsal_clock(a, *day);
  if (!clock) return report(clock.error());
  options->clock = clock->get();
  if (const auto made = make_tokens(options->race_file + "-tokens"); !made) {
    return report(made.error());
  }
  const auto host = server::RaceHost::start(std::move(*day), *options);
  if (!host) return report(host.error());
  ready();
  say_where(**host, is_recording_only);
  wait_for_end();
  std::printf("Ending: what came is stored.\n");
  return Exit::Done;
}

/// Large lists that come and go with each look at the race are given back to the system at once,
/// and threads share their free memory: left alone, glibc keeps what a day's largest moment needed,
/// once for each thread. Figures in docs/bench.md.
void keep_memory_small() {
#ifdef __GLIBC__
  constexpr int kLarge = 256 << 10;
  constexpr int kPools = 2;
  (void)mallopt(M_MMAP_THRESHOLD, kLarge);
  (void)mallopt(M_TRIM_THRESHOLD, 4 * kLarge);
  (void)mallopt(M_ARENA_MAX, kPools);
#endif
}

Exit run_serve(const ServeArguments& a) {
  keep_memory_small();
  if (!a.no_watch) {
    return watch([&](Working working, const Ready& ready) { return work(a, working, ready); });
  }
  block_end_signals();
  return work(a, Working::Fully, [] {});
}

}  // namespace

void add_serve_command(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<ServeArguments>();
  CLI::App* command = program.add_subcommand(
      "serve", "the race live: hears the devices, serves the page and the HTTP interface");
  command->footer(
      "Example: homestretch serve harbour-half --public 0.0.0.0:80 --mirror /media/stick/h.race\n"
      "docs/serve.md says how a race day is set up.");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  command->add_option("--listen", a->listen, "ADDRESS:PORT of everything, for officials");
  command->add_option("--public", a->public_listen,
                      "ADDRESS:PORT with only what everybody may see; none if not given");
  command->add_option("--mirror", a->mirror, "a second race file, on another disk");
  command->add_option("--archive", a->archive, "earlier races: what runners did before");
  command->add_flag("--behind-proxy", a->behind_proxy,
                    "a proxy on this machine says in X-Forwarded-For and -Proto who asks, and how");
  command->add_flag("--record-only", a->record_only, "store reads, score nothing");
  command->add_flag("--no-watch", a->no_watch, "one process: a supervisor starts it again");
  command
      ->add_option("--rehearse", a->rehearse,
                   "a rehearsal: the clock begins at this local time of the race day")
      ->needs(command->add_option("--speed", a->speed, "seconds of the rehearsal in a second")
                  ->check(CLI::Range(1, 10'000)));
  command->callback([a, &exit] { exit = run_serve(*a); });
}

}  // namespace hs::app
