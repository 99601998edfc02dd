#include "engine/change_feed.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace hs::engine {

ChangeFeed::ChangeFeed(model::FactSeq begins_at, std::size_t most_kept)
    : most_kept_(most_kept), forgotten_(begins_at), last_(begins_at) {}

void ChangeFeed::publish(model::FactSeq seq, std::vector<model::Change> changes) {
  const bool all_here = std::all_of(changes.begin(), changes.end(),
                                    [&](const model::Change& one) { return one.seq == seq; });
  HS_CHECK(all_here, "a change of another commit");
  auto batch = std::make_shared<const std::vector<model::Change>>(std::move(changes));
  const std::lock_guard lock(mutex_);
  HS_CHECK(seq > last_, "the sequence of changes rises");
  last_ = seq;
  if (batch->empty()) return;
  kept_ += batch->size();
  batches_.push_back(std::move(batch));
  while (kept_ > most_kept_ && batches_.size() > 1) {
    kept_ -= batches_.front()->size();
    forgotten_ = batches_.front()->front().seq;
    batches_.pop_front();
  }
}

std::optional<ChangeFeed::Missed> ChangeFeed::since(model::FactSeq after) const {
  const std::lock_guard lock(mutex_);
  if (after < forgotten_ || after > last_) return std::nullopt;
  const auto first = std::upper_bound(
      batches_.begin(), batches_.end(), after,
      [](model::FactSeq seq, const ChangeBatch& b) { return seq < b->front().seq; });
  return Missed{{first, batches_.end()}, last_};
}

model::FactSeq ChangeFeed::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

}  // namespace hs::engine
