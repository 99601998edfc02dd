#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "model/change.h"

namespace hs::engine {

/// The changes of one commit, shared by all who are sent them.
using ChangeBatch = std::shared_ptr<const std::vector<model::Change>>;

/// What followed from facts, kept for those who were away.
///
/// A client names the last sequence it has seen and gets everything behind it, each batch whole, in
/// order, once. Where that lies further back than is kept, or before this process began, it is told
/// to begin anew from the results (a resync), never given a part.
///
/// Threads: safe from any; one publishes.
class ChangeFeed {
 public:
  /// `begins_at`: what the log held when this process began; earlier changes nobody kept.
  /// `most_kept`: changes, of all batches together; the newest batch is always kept.
  ChangeFeed(model::FactSeq begins_at, std::size_t most_kept);

  /// Adds what the facts up to `seq` changed; an empty batch only moves the sequence on.
  /// Precondition: `seq` rises from batch to batch, and every change carries it.
  void publish(model::FactSeq seq, std::vector<model::Change> changes);

  /// What a client that has seen everything up to `after` has to be sent, and the sequence it has
  /// seen then.
  struct Missed {
    std::vector<ChangeBatch> batches;
    model::FactSeq seq;
  };
  /// Nothing where it has to resync: `after` is too old, or newer than anything published here (it
  /// followed another race file).
  [[nodiscard]] std::optional<Missed> since(model::FactSeq after) const;

  [[nodiscard]] model::FactSeq last() const;

 private:
  mutable std::mutex mutex_;
  std::size_t most_kept_;
  std::size_t kept_ = 0;
  model::FactSeq forgotten_;  ///< Everything up to here is not kept.
  model::FactSeq last_;
  std::deque<ChangeBatch> batches_;  ///< Rising, none empty.
};

}  // namespace hs::engine
