#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/ids.h"
#include "model/read.h"

namespace hs::log {

/// The identities in the log and the fact that holds each: a hash table with open addressing.
///
/// Identities are the front of a SHA-256, so their own bits are the hash.
/// Cost: 24 bytes a slot, at most three quarters filled; one cache miss a look-up.
class IdentitySet {
 public:
  struct Entry {
    model::FactSeq seq;
    std::uint32_t mark = 0;
  };

  /// Makes room for `count` more, so that the inserts that follow move nothing.
  void reserve_more(std::size_t count);

  /// The entry that holds `identity` already; or nothing, and it is now held by `entry`.
  /// Room must have been made with `reserve_more`.
  std::optional<Entry> find_or_insert(const model::Identity& identity, Entry entry);

  /// Tells the processor that `identity` will be looked up soon.
  void prefetch(const model::Identity& identity) const;

  [[nodiscard]] std::optional<Entry> find(const model::Identity& identity) const;

  /// Takes back the last `count` inserts, newest first. No `reserve_more` may lie between.
  void undo(std::size_t count);
  /// From here on, `undo` counts anew.
  void keep() { inserted_.clear(); }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t seq = 0;  ///< 0: the slot is free.
    std::uint32_t mark = 0;
  };
  /// The slot that holds the identity, or the free one where it belongs.
  [[nodiscard]] std::size_t slot_of(std::uint64_t high, std::uint64_t low) const;
  void grow_to(std::size_t slots);

  std::vector<Slot> slots_;
  std::vector<std::size_t> inserted_;  ///< Slots filled since `keep`, oldest first.
  std::size_t size_ = 0;
};

}  // namespace hs::log
