#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "engine/change_feed.h"
#include "server/http_message.h"

namespace hs::server {

class EventHub;

/// One client that follows the changes. It holds where it is and nothing else: what it is sent lies
/// in the hub, once for all.
///
/// Threads: the loop's alone.
class EventClient {
 public:
  EventClient(EventHub& hub, engine::FeedMark seen, Bytes first)
      : hub_(&hub), seen_(seen), first_(std::move(first)) {}

  /// What is to be sent next; null where the client has everything.
  [[nodiscard]] Bytes next();

  /// A line that says nothing, unless something else waits already.
  void comment(const Bytes& text) {
    if (first_ == nullptr) first_ = text;
    wake();
  }

  /// `wake` is called when there may be something again. Set by whoever sends; empty: nobody.
  void on_wake(std::function<void()> wake) { wake_ = std::move(wake); }
  void wake() const {
    if (wake_) wake_();
  }

 private:
  EventHub* hub_;
  engine::FeedMark seen_;
  Bytes first_;
  std::function<void()> wake_;
};

/// Sends what changed to all who follow, as server-sent events: at each tick one text for all.
///
/// A client that is slower than the race is passed over what it missed and told to read the results
/// anew (`resync`); nothing is kept for it. So is everybody where a tick holds more than anyone
/// would want to read.
///
/// Nothing private is in a change (model/change.h): race, bib, kind, orders.
///
/// Threads: the loop's alone. Cost: a tick with news O(changes + clients).
class EventHub {
 public:
  struct Options {
    std::size_t most_steps = 40;  ///< Ticks with news that are kept for slow clients.
    std::size_t most_bytes = std::size_t{4} << 20;  ///< Of all of them.
    std::size_t most_changes = 1'000;               ///< Of one tick, or of a client's catching up.
  };

  /// `feed` must outlive it.
  EventHub(const engine::ChangeFeed& feed, const Options& options);

  /// Sends what is new, up to the fact that the answers of this moment know: whoever is told of a
  /// change and asks what it is, finds it.
  void tick(model::FactSeq shown);
  /// Sends a comment to everybody, so that proxies keep the connections.
  void keep_alive();

  /// A client that has seen everything up to `after`; absent: it begins now.
  [[nodiscard]] std::shared_ptr<EventClient> connect(std::optional<engine::FeedMark> after);

  [[nodiscard]] std::size_t clients();

  /// The last mark that was sent.
  [[nodiscard]] engine::FeedMark last() const { return last_; }

 private:
  friend class EventClient;
  struct Step {
    engine::FeedMark from;
    engine::FeedMark to;
    Bytes bytes;
  };
  /// What follows `seen`, which is moved on; null where that is everything.
  [[nodiscard]] Bytes after(engine::FeedMark& seen);
  /// Up to `seq`, which is the client's number behind it; null where nothing changed.
  [[nodiscard]] Bytes text_of(const std::vector<engine::ChangeBatch>& batches,
                              engine::FeedMark seq) const;
  void wake_all();

  const engine::ChangeFeed* feed_;
  Options options_;
  engine::FeedMark last_;
  std::deque<Step> steps_;
  std::size_t bytes_ = 0;
  std::vector<std::weak_ptr<EventClient>> clients_;
};

/// "event: resync" with the mark to go on from.
[[nodiscard]] std::string resync_text(engine::FeedMark seq);

}  // namespace hs::server
