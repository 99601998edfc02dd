#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/change.h"

namespace hs::engine {

/// How far somebody has followed: the last fact whose changes they have, and how many of the
/// batches that were worked out later without a new fact, such as moments.
///
/// Written "812345", or "812345.2". Order: as things were told.
struct FeedMark {
  model::FactSeq seq;
  std::uint32_t part = 0;
  friend bool operator==(const FeedMark&, const FeedMark&) = default;
  friend auto operator<=>(const FeedMark&, const FeedMark&) = default;
};
[[nodiscard]] std::string text_of(const FeedMark& mark);
/// Nothing where it is no mark.
[[nodiscard]] std::optional<FeedMark> parse_feed_mark(std::string_view text);

/// The changes of one commit, shared by all who are sent them.
using ChangeBatch = std::shared_ptr<const std::vector<model::Change>>;

/// What followed from facts, kept for those who were away.
///
/// A client names the last mark it has seen and gets everything behind it, each batch whole, in
/// order, once. Where that lies further back than is kept, or before this process began, it is told
/// to begin anew from the results (a resync), never given a part.
///
/// Threads: safe from any; one publishes the changes of facts, another may publish in between.
class ChangeFeed {
 public:
  /// `begins_at`: what the log held when this process began; earlier changes nobody kept.
  /// `most_kept`: changes, of all batches together; the newest batch is always kept.
  ChangeFeed(model::FactSeq begins_at, std::size_t most_kept);

  /// Adds what the facts up to `seq` changed; an empty batch only moves the sequence on.
  /// Precondition: `seq` rises from batch to batch, and every change carries it.
  void publish(model::FactSeq seq, std::vector<model::Change> changes);

  /// Adds what was found out without a new fact; none is none. Their `seq` is set here: the last
  /// that was published.
  void publish_more(std::vector<model::Change> changes);

  /// Forgets everything: whoever follows reads all of it anew. For what no list of changes says,
  /// such as a race that has other points.
  void begin_anew();

  /// What a client that has seen everything up to `after` has to be sent, and what it has seen
  /// then.
  struct Missed {
    std::vector<ChangeBatch> batches;
    FeedMark mark;
  };
  /// Nothing where it has to resync: `after` is too old, or newer than anything published here (it
  /// followed another race file, or parts that a process before this one told).
  [[nodiscard]] std::optional<Missed> since(const FeedMark& after) const;

  /// The same, but nothing of what was told behind `until`.
  [[nodiscard]] std::optional<Missed> since(const FeedMark& after, const FeedMark& until) const;

  [[nodiscard]] FeedMark last() const;

 private:
  mutable std::mutex mutex_;
  std::size_t most_kept_;
  std::size_t kept_ = 0;
  void keep(const FeedMark& mark, ChangeBatch batch);

  struct Kept {
    FeedMark mark;
    ChangeBatch batch;
  };
  FeedMark forgotten_;  ///< Everything up to here is not kept.
  FeedMark last_;
  std::deque<Kept> batches_;  ///< Rising, none empty.
};

}  // namespace hs::engine
