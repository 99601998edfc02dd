#include "server/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <utility>

#include "server/api.h"
#include "server/event_stream.h"
#include "server/open_files.h"

namespace hs::server {
namespace {

namespace asio = boost::asio;

constexpr int kMostPending = 4'096;
constexpr int kMostOfLog = 4;    ///< Being computed from the log or waiting for it.
constexpr int kMostTokens = 32;  ///< Being checked or waiting for it: two seconds of work.
constexpr std::size_t kMostPublicBody = 4'096;
constexpr std::chrono::seconds kCheckSessionsEvery{5};

/// The border: nothing of ours throws, and what a library throws costs one answer.
Response guarded(Api& api, const Request& request, Audience audience) {
  try {
    return api.answer(request, audience);
  } catch (const std::exception&) {
    return problem(500, "this could not be answered: a fault of the program");
  }
}

/// The threads that answer what takes a while.
struct Pools {
  asio::thread_pool& views;
  asio::thread_pool& log;
  asio::thread_pool& writes;
  asio::thread_pool& tokens;
};

/// Brings the requests of one listener to the thread that answers them.
class Dispatcher final : public RequestHandler {
 public:
  Dispatcher(Api& api, Audience audience, const Pools& pools)
      : api_(api), audience_(audience), pools_(pools) {}

  void handle(std::shared_ptr<const Request> request, Answer answer) override {
    if (auto ready = api_.ready(*request, audience_)) return answer(std::move(*ready));
    switch (api_.where(*request, audience_)) {
      case Api::Where::Here:
        return answer(guarded(api_, *request, audience_));
      case Api::Where::Views:
        return later(pools_.views, pending_, kMostPending, std::move(request), std::move(answer));
      case Api::Where::Log:
        return later(pools_.log, log_, kMostOfLog, std::move(request), std::move(answer));
      case Api::Where::Writes:
        return later(pools_.writes, pending_, kMostPending, std::move(request), std::move(answer));
      case Api::Where::Tokens:
        return later(pools_.tokens, tokens_, kMostTokens, std::move(request), std::move(answer));
      case Api::Where::Nowhere:
        return answer(Api::too_many_guesses());
    }
  }

 private:
  /// `pending` counts what waits for this pool, among others.
  void later(asio::thread_pool& pool, std::atomic<int>& pending, int most,
             std::shared_ptr<const Request> request, Answer answer) {
    if (pending.fetch_add(1) >= most) {
      --pending;
      return answer(
          problem(503, "too much is being asked: try again", header_line("Retry-After", "1")));
    }
    asio::post(pool, [this, &pending, request = std::move(request), answer = std::move(answer)] {
      answer(guarded(api_, *request, audience_));
      --pending;
    });
  }

  Api& api_;
  Audience audience_;
  Pools pools_;
  std::atomic<int> pending_{0};
  std::atomic<int> tokens_{0};
  std::atomic<int> log_{0};
};

Api::Options api_options(const Server::Options& options) {
  Api::Options out;
  out.token_file = options.token_file;
  out.race_file = options.race_file;
  out.event_folder = options.event_folder;
  out.clock = options.clock;
  out.console = options.console;
  return out;
}

}  // namespace

// The order of the members is the reverse of their end: the listeners, on whose answers the pools
// are waited for, then the loop, whose ticks give the pools work, then the pools.
struct Server::State {
  State(engine::LiveEngine& engine, const engine::LiveStory& story, const Options& options)
      : public_hub(engine.changes(), {}),
        officials_hub(engine.changes(), {}),
        api(engine, story, with_streams(api_options(options))),
        public_handler(api, Audience::Public, {public_views, log, writes, tokens}),
        officials_handler(api, Audience::Officials, {views, log, writes, tokens}) {}
  ~State() {
    public_listener.reset();
    officials_listener.reset();
    public_views.join();
    views.join();
    log.join();
    writes.join();
    tokens.join();
  }

  Api::Options with_streams(Api::Options options) {
    options.connect = [this](Audience audience, std::optional<engine::FeedMark> after) {
      return (audience == Audience::Public ? public_hub : officials_hub).connect(after);
    };
    return options;
  }

  void begin_ticks(const Options& options) {
    loop.every(options.officials_every,
               [this] { officials_hub.tick(api.refresh(Audience::Officials)); });
    loop.every(options.public_every, [this] { public_hub.tick(api.refresh(Audience::Public)); });
    loop.every(options.comment_every, [this] {
      officials_hub.keep_alive();
      public_hub.keep_alive();
    });
    loop.every(kCheckSessionsEvery,
               [this] { asio::post(writes, [this] { api.check_sessions(); }); });
  }

  EventHub public_hub;
  EventHub officials_hub;
  Api api;
  // Two, so that nobody outside makes officials wait.
  asio::thread_pool public_views{1};
  asio::thread_pool views{1};
  asio::thread_pool log{1};
  asio::thread_pool writes{1};
  asio::thread_pool tokens{1};
  Dispatcher public_handler;
  Dispatcher officials_handler;
  HttpLoop loop;
  std::unique_ptr<HttpListener> officials_listener;
  std::unique_ptr<HttpListener> public_listener;
};

base::Result<std::unique_ptr<Server>> Server::start(engine::LiveEngine& engine,
                                                    const engine::LiveStory& story,
                                                    const Options& options) {
  auto state = std::make_unique<State>(engine, story, options);
  HttpListener::Options listen;
  listen.address = options.listen.address;
  listen.port = options.listen.port;
  listen.limits = options.limits;
  const ConnectionShares shares = connections_within(
      most_open_files(), options.public_listen ? PublicListener::Yes : PublicListener::No,
      options.limits.connections);
  listen.limits.connections = shares.officials;
  listen.forwarded_for = options.forwarded_for;
  HS_TRY(state->officials_listener,
         HttpListener::open(state->loop, state->officials_handler, listen));
  if (options.public_listen) {
    listen.address = options.public_listen->address;
    listen.port = options.public_listen->port;
    listen.limits.connections = shares.everybody;
    // Nothing there takes a body: none is kept for anybody.
    listen.limits.body_bytes = std::min(listen.limits.body_bytes, kMostPublicBody);
    HS_TRY(state->public_listener, HttpListener::open(state->loop, state->public_handler, listen));
  }
  state->begin_ticks(options);
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return state_->officials_listener->port(); }

std::optional<std::uint16_t> Server::public_port() const {
  if (state_->public_listener == nullptr) return std::nullopt;
  return state_->public_listener->port();
}

std::string Server::url() const { return state_->officials_listener->url(); }

std::optional<std::string> Server::public_url() const {
  if (state_->public_listener == nullptr) return std::nullopt;
  return state_->public_listener->url();
}

}  // namespace hs::server
