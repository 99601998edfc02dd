#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "engine/live_engine.h"
#include "engine/live_story.h"
#include "server/console_state.h"
#include "server/http_listener.h"

namespace hs::server {

/// Everything that `homestretch serve` shows over HTTP: one listener for those at the race, and
/// maybe one for everybody, which has nothing to write and nothing private.
///
/// Errors:  none once it has started; what goes wrong is an answer to whoever asked.
/// Threads: six of its own: sockets, views of each audience, what is computed anew from the log,
///          what waits for the disk, and tokens that are shown for the first time, which wait for a
///          slow hash.
/// Cost:    an answer that is ready some microseconds; everything else is made once for each state
///          of the race and audience.
class Server {
 public:
  struct Options {
    ListenAddress listen{"127.0.0.1", 8261};
    std::optional<ListenAddress> public_listen;
    std::string token_file;
    std::string race_file;     ///< From which versions are computed again; empty: they are not.
    std::string event_folder;  ///< Whose changes a timer may take; empty: there is none.
    HttpLimits limits;
    ForwardedFor forwarded_for = ForwardedFor::Ignore;
    const base::Clock* clock = nullptr;      ///< Absent: the system's. Must outlive.
    const ConsoleSource* console = nullptr;  ///< Absent: nobody tells of devices. Must outlive.
    std::chrono::milliseconds officials_every{50};
    std::chrono::milliseconds public_every{250};
    std::chrono::milliseconds comment_every{15'000};
  };

  /// `engine` and `story` must outlive it. Errors: those of `HttpListener::open`.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(engine::LiveEngine& engine,
                                                                   const engine::LiveStory& story,
                                                                   const Options& options);
  /// Lets answers under way go out, then ends.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::optional<std::uint16_t> public_port() const;
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::optional<std::string> public_url() const;

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hs::server
