#include "log/identity_set.h"

#include <cstring>
#include <limits>

#include "base/check.h"

// Implementation notes: linear probing. Removing is only ever undoing the newest inserts, newest
// first, before anything else came: then no other entry's way leads over the slot, and it can
// simply be freed. Sequence numbers are kept in 32 bits: four thousand million facts are some
// 300 GB of race file, and the check below says so before a number is cut.

namespace hs::log {
namespace {

constexpr std::size_t kSlotsMin = 1024;

std::uint64_t half_of(const model::Identity& identity, std::size_t from) {
  std::uint64_t half = 0;
  std::memcpy(&half, identity.data() + from, sizeof half);
  return half;
}

}  // namespace

std::size_t IdentitySet::slot_of(std::uint64_t high, std::uint64_t low) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = low & mask;
  while (slots_[at].seq != 0 && (slots_[at].low != low || slots_[at].high != high)) {
    at = (at + 1) & mask;
  }
  return at;
}

void IdentitySet::grow_to(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.seq != 0) slots_[slot_of(slot.high, slot.low)] = slot;
  }
}

void IdentitySet::reserve_more(std::size_t count) {
  std::size_t slots = slots_.empty() ? kSlotsMin : slots_.size();
  while ((size_ + count) * 4 > slots * 3) slots *= 2;
  if (slots == slots_.size()) return;
  HS_CHECK(inserted_.empty(), "inserts that may be undone would move");
  grow_to(slots);
}

std::optional<IdentitySet::Entry> IdentitySet::find_or_insert(const model::Identity& identity,
                                                              Entry entry) {
  HS_CHECK(size_ < slots_.size(), "no room was made in the identity set");
  HS_CHECK(entry.seq.raw() <= std::numeric_limits<std::uint32_t>::max(),
           "more facts than the identity set can number");
  const std::uint64_t high = half_of(identity, 0);
  const std::uint64_t low = half_of(identity, sizeof high);
  const std::size_t at = slot_of(high, low);
  Slot& slot = slots_[at];
  if (slot.seq != 0) return Entry{model::FactSeq(slot.seq), slot.mark};
  slot = Slot{high, low, static_cast<std::uint32_t>(entry.seq.raw()), entry.mark};
  inserted_.push_back(at);
  ++size_;
  return std::nullopt;
}

void IdentitySet::prefetch(const model::Identity& identity) const {
  if (slots_.empty()) return;
  __builtin_prefetch(&slots_[half_of(identity, 8) & (slots_.size() - 1)]);
}

std::optional<IdentitySet::Entry> IdentitySet::find(const model::Identity& identity) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(half_of(identity, 0), half_of(identity, 8))];
  if (slot.seq == 0) return std::nullopt;
  return Entry{model::FactSeq(slot.seq), slot.mark};
}

void IdentitySet::undo(std::size_t count) {
  HS_CHECK(count <= inserted_.size(), "undoing more than was inserted");
  for (; count > 0; --count) {
    slots_[inserted_.back()] = Slot{};
    inserted_.pop_back();
    --size_;
  }
}

}  // namespace hs::log
