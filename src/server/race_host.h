#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "engine/race_day.h"
#include "server/device_ports.h"
#include "server/server.h"

namespace hs::server {

/// A race while it runs, all in one process: devices on one side, people and programs on the other,
/// the one writer in between, and a mirror of its log.
///
/// Threads: those of its parts; every function may be called from any.
class RaceHost {
 public:
  struct Options {
    ListenAddress listen{"127.0.0.1", 8261};
    std::optional<ListenAddress> public_listen;
    std::string race_file;     ///< Tokens and spools lie beside it: RACE_FILE-tokens, -spool.
    std::string event_folder;  ///< Whose changes a timer may take; empty: there is none.
    std::string mirror;        ///< A second race file, on another disk; empty: none.
    ForwardedFor forwarded_for = ForwardedFor::Ignore;
    const base::Clock* clock = nullptr;  ///< Absent: the system's. Must outlive.
    /// Seconds of the race in one of the clock on the wall: what happens by the minute follows.
    std::uint32_t speed = 1;
    /// What an archive knows of the entries; may be null (engine/live_engine.h).
    std::shared_ptr<const model::Past> past;
  };

  /// Stores what an earlier process left in the spools, then listens and calls.
  /// `day` has its event already, or records only.
  /// Errors: those of the parts: a port that is taken, a mirror of something else.
  [[nodiscard]] static base::Result<std::unique_ptr<RaceHost>> start(engine::RaceDay day,
                                                                     const Options& options);
  /// Lets answers go out, stores what came, then ends.
  ~RaceHost();
  RaceHost(const RaceHost&) = delete;
  RaceHost& operator=(const RaceHost&) = delete;

  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::optional<std::string> public_url() const;
  [[nodiscard]] std::vector<DeviceReport> devices() const;
  [[nodiscard]] engine::LiveEngine& engine();
  [[nodiscard]] engine::LiveStory& story();

 private:
  struct State;
  explicit RaceHost(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hs::server
