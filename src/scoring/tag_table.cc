#include "scoring/tag_table.h"

#include <string_view>

namespace hs::scoring {
namespace {

/// FNV-1a, finished with a mix so that the low bits are good for a power of two.
std::uint64_t hash_of(std::string_view text, model::ReadBy by) {
  std::uint64_t hash = 14695981039346656037U + static_cast<std::uint64_t>(by);
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash ^ (hash >> 29);
}

}  // namespace

TagIndex TagTable::intern(const model::TagCode& tag, model::ReadBy by) {
  if (tags_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(tag.view(), by);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) {
      tags_.push_back({tag, by, hash});
      slots_[slot] = static_cast<std::uint32_t>(tags_.size());
      return TagIndex(static_cast<std::uint32_t>(tags_.size() - 1));
    }
    const Entry& entry = tags_[slots_[slot] - 1];
    if (entry.hash == hash && entry.by == by && entry.tag == tag) {
      return TagIndex(slots_[slot] - 1);
    }
  }
}

void TagTable::grow() {
  slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < tags_.size(); ++i) {
    std::size_t slot = tags_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace hs::scoring
