#include "model/text_pool.h"

#include <functional>
#include <limits>

#include "base/check.h"

// Implementation notes: a set of ids that are compared by the texts they stand for. A map from
// string_view would point into bytes that move when the pool grows.

namespace hs::model {
namespace {

constexpr std::size_t kFirstSlots = 64;  // A power of two, as all sizes after it.

}  // namespace

TextPool::TextPool() : ends_{0}, slots_(kFirstSlots, 0) {}

std::string_view TextPool::view(TextId id) const {
  HS_CHECK(id.raw() < ends_.size(), "a text of another pool");
  const std::size_t begin = id.raw() == 0 ? 0 : ends_[id.raw() - 1];
  return std::string_view(bytes_).substr(begin, ends_[id.raw()] - begin);
}

std::size_t TextPool::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<std::string_view>{}(text)&mask;
  while (slots_[at] != 0 && view(TextId(slots_[at] - 1)) != text) at = (at + 1) & mask;
  return at;
}

void TextPool::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t i = 1; i < ends_.size(); ++i) slots_[slot_of(view(TextId(i)))] = i + 1;
}

TextId TextPool::intern(std::string_view text) {
  if (text.empty()) return {};
  const std::size_t slot = slot_of(text);
  if (slots_[slot] != 0) return TextId(slots_[slot] - 1);
  HS_CHECK(bytes_.size() + text.size() <= std::numeric_limits<std::uint32_t>::max(),
           "a pool holds at most 4 GB of text");
  const auto id = static_cast<std::uint32_t>(ends_.size());
  bytes_ += text;
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  slots_[slot] = id + 1;
  if (ends_.size() * 2 > slots_.size()) grow();
  return TextId(id);
}

}  // namespace hs::model
