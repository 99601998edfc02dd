#include "readers/passing_pull.h"

#include <algorithm>

namespace hs::readers {

void PassingPull::begin(std::uint64_t next) {
  *this = PassingPull();
  next_ = std::clamp<std::uint64_t>(next, 1, kHighest);
}

void PassingPull::exists(std::uint64_t number) {
  if (number <= kHighest) highest_ = std::max(highest_, number);
}

void PassingPull::came(std::uint64_t number) {
  if (number > kHighest) return;
  exists(number);
  if (number == next_) ++next_;
  if (asked_ && number > next_) behind_gap_ = std::min(behind_gap_.value_or(number), number);
}

void PassingPull::block_ended() {
  if (!asked_) return;
  const Request asked = *asked_;
  asked_.reset();
  if (next_ != asked.from) return;
  // Not even the first came, so asking again would bring the same.
  const std::uint64_t next = std::min(behind_gap_.value_or(kHighest), asked.from + asked.count);
  given_up_ += next - next_;
  next_ = next;
}

std::optional<PassingPull::Request> PassingPull::next_request() {
  if (asked_ || !is_behind()) return std::nullopt;
  behind_gap_.reset();
  asked_ = Request{next_, std::min(kMostInBlock, highest_ - next_ + 1)};
  return asked_;
}

}  // namespace hs::readers
