#include "server/race_host.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/live_engine.h"
#include "engine/live_story.h"
#include "log/mirror.h"

namespace hs::server {
namespace {

constexpr std::uint32_t kMostOften = 10;  ///< Times as often as in a race, in a rehearsal.

ReaderState state_of(const DeviceReport& report) {
  if (report.state == DeviceReport::State::Connected) return ReaderState::Connected;
  if (!report.trouble.empty()) return ReaderState::Failed;
  return report.state == DeviceReport::State::Listening ? ReaderState::Listening
                                                        : ReaderState::Connecting;
}

std::vector<std::string> mats_of(const DeviceReport& report, const model::Event& event) {
  std::set<std::string> mats;
  for (const model::SourceConfig& source : event.sources) {
    if (source.device != report.device) continue;
    if (source.listen != report.source && source.connect != report.source) continue;
    if (!source.mat.empty()) mats.insert(source.mat);
    for (const model::Location& location : source.locations) {
      if (report.line.device.locations.count(location.name) > 0) mats.insert(location.mat);
    }
  }
  return {mats.begin(), mats.end()};
}

ReaderLine line_of(const DeviceReport& report, const model::Event& event) {
  ReaderLine out;
  out.id = report.id;
  out.device = report.device;
  out.address = report.address;
  out.state = state_of(report);
  out.peer = report.peer;
  out.name = report.line.device.name;
  out.locations.assign(report.line.device.locations.begin(), report.line.device.locations.end());
  out.mats = mats_of(report, event);
  out.last_read_at = report.line.last_read_at;
  out.reads = report.line.reads;
  out.reads_per_minute = report.line.reads_per_minute;
  out.bad = report.line.bad;
  out.last_bad = report.line.last_bad;
  out.acknowledges = report.line.acknowledges;
  out.spool_bytes = report.line.spool_bytes;
  out.clock_ahead = report.line.device.clock_ahead;
  out.battery_percent = report.line.device.battery_percent;
  out.trouble = report.trouble;
  if (!report.line.trouble.empty()) {
    out.trouble += (out.trouble.empty() ? "" : "; ") + report.line.trouble;
  }
  return out;
}

}  // namespace

// The order of the members is the reverse of their end: who is asked goes first, then the devices,
// then whoever follows the engine, then the engine, which stores what is left, then the mirror,
// which copies that.
struct RaceHost::State final : ConsoleSource {
  std::unique_ptr<log::Mirror> mirror;
  model::Event event;
  std::unique_ptr<engine::LiveEngine> engine;
  std::unique_ptr<engine::LiveStory> story;
  std::unique_ptr<DevicePorts> ports;
  std::unique_ptr<Server> server;

  [[nodiscard]] ConsoleState console() const override {
    ConsoleState out;
    for (const DeviceReport& report : ports->report()) {
      out.readers.push_back(line_of(report, event));
    }
    if (mirror) {
      const log::MirrorState now = mirror->state();
      out.mirror = MirrorLine{now.path, now.trouble.empty() ? "ok" : now.trouble, now.behind};
    }
    out.recording_only = engine->is_recording_only();
    return out;
  }
  [[nodiscard]] std::vector<model::Fact> decisions() const override {
    return engine->overview()->decisions;
  }
};

RaceHost::RaceHost(std::unique_ptr<State> state) : state_(std::move(state)) {}
RaceHost::~RaceHost() = default;

base::Result<std::unique_ptr<RaceHost>> RaceHost::start(engine::RaceDay day,
                                                        const Options& options) {
  auto state = std::make_unique<State>();
  State& s = *state;
  if (!options.mirror.empty()) {
    HS_TRY(s.mirror, log::Mirror::open(options.race_file, options.mirror, options.clock));
  }
  if (day.event() != nullptr) s.event = *day.event();
  engine::LiveEngine::Options engine;
  engine.clock = options.clock;
  engine.past = options.past;
  // A rehearsal at many times real time would tell an hour late.
  engine.overview_every /= std::min<std::uint32_t>(options.speed, kMostOften);
  engine.overview_share /= static_cast<int>(std::min<std::uint32_t>(options.speed, kMostOften));
  if (s.mirror) engine.committed = [mirror = s.mirror.get()] { mirror->wake(); };
  s.engine = std::make_unique<engine::LiveEngine>(std::move(day), engine);
  engine::LiveStory::Options story;
  story.clock = options.clock;
  story.project_every *= options.speed;
  s.story = std::make_unique<engine::LiveStory>(*s.engine, story);
  DevicePorts::Options ports;
  ports.spool_folder = options.race_file + "-spool";
  ports.clock = options.clock;
  HS_TRY(s.ports, DevicePorts::open(*s.engine, s.event, ports));
  Server::Options server;
  server.listen = options.listen;
  server.public_listen = options.public_listen;
  server.race_file = options.race_file;
  server.token_file = options.race_file + "-tokens";
  server.event_folder = options.event_folder;
  server.forwarded_for = options.forwarded_for;
  server.clock = options.clock;
  server.console = &s;
  HS_TRY(s.server, Server::start(*s.engine, *s.story, server));
  return std::unique_ptr<RaceHost>(new RaceHost(std::move(state)));
}

std::string RaceHost::url() const { return state_->server->url(); }
std::optional<std::string> RaceHost::public_url() const { return state_->server->public_url(); }
std::vector<DeviceReport> RaceHost::devices() const { return state_->ports->report(); }
engine::LiveEngine& RaceHost::engine() { return *state_->engine; }
engine::LiveStory& RaceHost::story() { return *state_->story; }

}  // namespace hs::server
