#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/time.h"
#include "engine/live_engine.h"
#include "engine/live_story.h"
#include "server/access.h"
#include "server/console_state.h"
#include "server/http_message.h"
#include "server/page_files.h"
#include "server/response_cache.h"
#include "server/routes.h"

namespace hs::server {

/// Answers requests of both audiences, without knowing of sockets.
///
/// Every audience looks at one state of the race until `refresh` takes the next, so that what many
/// ask is worked out once and the orders, moments and times of one answer fit each other.
///
/// Errors:  none; whatever is asked gets an answer, and nobody else notices.
/// Threads: safe from any. `engine`, `story`, clock and console must outlive it.
class Api {
 public:
  struct Options {
    std::string token_file;
    std::string race_file;     ///< From which versions are computed again; empty: they are not.
    std::string event_folder;  ///< Whose changes may be taken; empty: there is only a race file.
    const base::Clock* clock = nullptr;      ///< Absent: the system's.
    const ConsoleSource* console = nullptr;  ///< Absent: nobody tells of devices.
    /// Makes a client of the stream of changes; absent: there is no stream.
    std::function<std::shared_ptr<EventClient>(Audience, std::optional<engine::FeedMark>)> connect;
  };
  Api(engine::LiveEngine& engine, const engine::LiveStory& story, Options options);

  /// Takes the newest state for an audience. The fact that its answers know from now on.
  model::FactSeq refresh(Audience audience);

  /// Ends the sessions of tokens that have been removed.
  void check_sessions();

  /// The answer where it lies ready: shares all bytes, computes nothing.
  [[nodiscard]] std::optional<Response> ready(const Request& request, Audience audience) const;

  /// Where `answer` should run: some answers wait for a disk, and a token that nobody has shown
  /// before for a slow hash, so that who guesses keeps nobody waiting but other newcomers.
  /// `Nowhere`: whoever asks has guessed wrong just now; `too_many_guesses` is the answer.
  enum class Where : std::uint8_t { Here, Views, Log, Writes, Tokens, Nowhere };
  [[nodiscard]] Where where(const Request& request, Audience audience) const;

  [[nodiscard]] Response answer(const Request& request, Audience audience);
  [[nodiscard]] static Response too_many_guesses();

 private:
  /// A state, with the answers made of it.
  struct Current {
    explicit Current(std::shared_ptr<const RaceView> of) : view(std::move(of)) {}
    std::shared_ptr<const RaceView> view;
    ResponseCache cache;
  };
  struct Known {
    Identity who;
    std::string token_id;
  };
  /// Whether somebody is hidden, as the last word here has it: the overview knows it a little
  /// later.
  struct Hidden {
    model::FactSeq written;
    std::optional<model::FactSeq> by;
  };
  using Who = tl::expected<Identity, Response>;

  [[nodiscard]] std::shared_ptr<Current> current(Audience audience) const;
  [[nodiscard]] Response answer_route(const Request& request, Audience audience,
                                      const Matched& matched);
  [[nodiscard]] Response answer_page(const Request& request, Audience audience);
  [[nodiscard]] Response answer_view(const Request& request, Audience audience,
                                     const Matched& matched);
  [[nodiscard]] Response changes(const Request& request, Audience audience) const;
  [[nodiscard]] Response events(const Request& request, Audience audience) const;
  [[nodiscard]] Response login(const Request& request);
  [[nodiscard]] Response logout(const Request& request);
  [[nodiscard]] Response add_fact(const Request& request, const Identity& who);
  [[nodiscard]] Response add_reads(const Request& request, const Identity& who);
  [[nodiscard]] Response add_hand(const Request& request, const Identity& who);
  [[nodiscard]] Response accept_hand(const Request& request, const Identity& who);
  /// Hands streams over and waits until they are stored; nothing where they are.
  [[nodiscard]] std::optional<Response> store(std::vector<formats::ParsedStream> streams);
  [[nodiscard]] Response take_folder();
  [[nodiscard]] Response hide(const Request& request, const Identity& who);
  [[nodiscard]] Who identify(const Request& request, Needs needs);
  [[nodiscard]] Who by_bearer(const Request& request, std::string_view token);
  /// Whose token it is where it has been proven before.
  [[nodiscard]] std::optional<Identity> known_bearer(std::string_view token) const;
  [[nodiscard]] bool brings_new_token(const Request& request, const Route& route) const;
  [[nodiscard]] tl::expected<TokenFile::Entry, Response> check_token(const Request& request,
                                                                     std::string_view token);

  engine::LiveEngine& engine_;
  const engine::LiveStory& story_;
  Options options_;
  const base::Clock& clock_;
  PageFiles page_;
  Sessions sessions_;
  mutable std::mutex mutex_;
  std::shared_ptr<Current> public_;
  std::shared_ptr<Current> officials_;
  /// How far the feed goes that these know.
  engine::FeedMark public_shown_;
  engine::FeedMark officials_shown_;
  /// Bearers, by the quick hash of their token, for as long as the file has it.
  std::unordered_map<std::string, Known> known_;
  std::map<std::string, Hidden> hidden_;  ///< By race and bib; as it was asked for here.
};

}  // namespace hs::server
