#include "engine/change_feed.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/check.h"

namespace hs::engine {
namespace {

template <typename Number>
bool parse_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string text_of(const FeedMark& mark) {
  std::string out = std::to_string(mark.seq.raw());
  if (mark.part > 0) out += "." + std::to_string(mark.part);
  return out;
}

std::optional<FeedMark> parse_feed_mark(std::string_view text) {
  const std::size_t dot = text.find('.');
  std::uint64_t seq = 0;
  FeedMark mark;
  if (!parse_number(text.substr(0, dot), seq)) return std::nullopt;
  if (dot != std::string_view::npos && !parse_number(text.substr(dot + 1), mark.part)) {
    return std::nullopt;
  }
  mark.seq = model::FactSeq(seq);
  return mark;
}

ChangeFeed::ChangeFeed(model::FactSeq begins_at, std::size_t most_kept)
    : most_kept_(most_kept), forgotten_{begins_at, 0}, last_{begins_at, 0} {}

void ChangeFeed::keep(const FeedMark& mark, ChangeBatch batch) {
  kept_ += batch->size();
  batches_.push_back({mark, std::move(batch)});
  while (kept_ > most_kept_ && batches_.size() > 1) {
    kept_ -= batches_.front().batch->size();
    forgotten_ = batches_.front().mark;
    batches_.pop_front();
  }
}

void ChangeFeed::publish(model::FactSeq seq, std::vector<model::Change> changes) {
  const bool all_here = std::all_of(changes.begin(), changes.end(),
                                    [&](const model::Change& one) { return one.seq == seq; });
  HS_CHECK(all_here, "a change of another commit");
  auto batch = std::make_shared<const std::vector<model::Change>>(std::move(changes));
  const std::lock_guard lock(mutex_);
  HS_CHECK(seq > last_.seq, "the sequence of changes rises");
  last_ = {seq, 0};
  if (!batch->empty()) keep(last_, std::move(batch));
}

void ChangeFeed::publish_more(std::vector<model::Change> changes) {
  if (changes.empty()) return;
  const std::lock_guard lock(mutex_);
  ++last_.part;
  for (model::Change& change : changes) change.seq = last_.seq;
  keep(last_, std::make_shared<const std::vector<model::Change>>(std::move(changes)));
}

void ChangeFeed::begin_anew() {
  const std::lock_guard lock(mutex_);
  batches_.clear();
  kept_ = 0;
  forgotten_ = last_;
}

std::optional<ChangeFeed::Missed> ChangeFeed::since(const FeedMark& after) const {
  constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();
  return since(after, {model::FactSeq(kEnd), 0});
}

std::optional<ChangeFeed::Missed> ChangeFeed::since(const FeedMark& after,
                                                    const FeedMark& until) const {
  const std::lock_guard lock(mutex_);
  if (after < forgotten_ || after > last_) return std::nullopt;
  const auto first =
      std::upper_bound(batches_.begin(), batches_.end(), after,
                       [](const FeedMark& mark, const Kept& kept) { return mark < kept.mark; });
  Missed missed{{}, std::max(after, std::min(last_, until))};
  for (auto it = first; it != batches_.end() && it->mark <= until; ++it) {
    missed.batches.push_back(it->batch);
  }
  return missed;
}

FeedMark ChangeFeed::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

}  // namespace hs::engine
