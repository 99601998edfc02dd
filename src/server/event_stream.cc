#include "server/event_stream.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "server/change_json.h"

// Implementation notes: the steps form a chain, each beginning where the one before ended, so a
// client needs only its number to find what comes next. A client that catches up gets one text of
// its own, which ends at `last_`: from there on it shares.

namespace hs::server {

namespace {

std::string event_text(std::string_view name, engine::FeedMark seq, std::string_view data) {
  std::string out = "event: ";
  out += name;
  out += "\nid: " + engine::text_of(seq) + "\ndata: ";
  out += data;
  out += "\n\n";
  return out;
}

Bytes share(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

}  // namespace

std::string resync_text(engine::FeedMark seq) {
  return event_text("resync", seq, "{\"after\":\"" + engine::text_of(seq) + "\"}");
}

Bytes EventClient::next() {
  if (first_ != nullptr) return std::exchange(first_, nullptr);
  return hub_->after(seen_);
}

EventHub::EventHub(const engine::ChangeFeed& feed, const Options& options)
    : feed_(&feed), options_(options), last_(feed.last()) {}

Bytes EventHub::text_of(const std::vector<engine::ChangeBatch>& batches,
                        engine::FeedMark seq) const {
  std::vector<engine::ChangeBatch> told;
  std::size_t count = 0;
  for (const engine::ChangeBatch& batch : batches) {
    // What was published since the last tick comes with the next one.
    if (batch->front().seq > seq.seq) continue;
    told.push_back(batch);
    count += batch->size();
  }
  if (count == 0) return nullptr;
  if (count > options_.most_changes) return share(resync_text(seq));
  return share(event_text("changes", seq, changes_json(told)));
}

void EventHub::tick(model::FactSeq shown) {
  const auto missed = feed_->since(last_);
  engine::FeedMark to = missed ? missed->mark : feed_->last();
  // Nothing is ever added to a fact that has one behind it.
  if (to.seq > shown) to = {shown, std::numeric_limits<std::uint32_t>::max()};
  if (to <= last_) return;
  Bytes bytes = missed ? text_of(missed->batches, to) : share(resync_text(to));
  // Facts that change nothing anybody sees: the number moves on with the next change.
  if (bytes == nullptr) return;
  bytes_ += bytes->size();
  steps_.push_back({last_, to, std::move(bytes)});
  last_ = to;
  while (steps_.size() > 1 &&
         (steps_.size() > options_.most_steps || bytes_ > options_.most_bytes)) {
    bytes_ -= steps_.front().bytes->size();
    steps_.pop_front();
  }
  wake_all();
}

Bytes EventHub::after(engine::FeedMark& seen) {
  if (seen == last_) return nullptr;
  const auto step =
      std::find_if(steps_.begin(), steps_.end(), [&](const Step& one) { return one.from == seen; });
  if (step == steps_.end()) {
    seen = last_;
    return share(resync_text(last_));
  }
  seen = step->to;
  return step->bytes;
}

std::shared_ptr<EventClient> EventHub::connect(std::optional<engine::FeedMark> after) {
  Bytes first = share("retry: 2000\n\n");
  if (after && *after != last_) {
    // A client that has read a state newer than the last tick is told of it once more: harmless.
    const auto missed = feed_->since(*after);
    Bytes text = missed ? text_of(missed->batches, last_) : share(resync_text(last_));
    if (text != nullptr) first = share(*first + *text);
  }
  // Those who left are let go also while nothing is told.
  if (clients_.size() == clients_.capacity()) {
    std::erase_if(clients_, [](const auto& weak) { return weak.expired(); });
  }
  auto client = std::make_shared<EventClient>(*this, last_, std::move(first));
  clients_.push_back(client);
  return client;
}

void EventHub::keep_alive() {
  static const Bytes comment = share(": \n\n");
  for (const auto& weak : clients_) {
    if (const auto client = weak.lock()) client->comment(comment);
  }
}

void EventHub::wake_all() {
  std::erase_if(clients_, [](const auto& weak) { return weak.expired(); });
  // By number: a client that is woken may end, and its place stays until the next time.
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (const auto client = clients_[i].lock()) client->wake();
  }
}

std::size_t EventHub::clients() {
  return static_cast<std::size_t>(std::count_if(clients_.begin(), clients_.end(),
                                                [](const auto& weak) { return !weak.expired(); }));
}

}  // namespace hs::server
