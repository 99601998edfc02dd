#pragma once

#include <cstdint>
#include <vector>

#include "base/id.h"
#include "model/ids.h"
#include "model/read.h"

namespace hs::scoring {

using TagIndex = base::Id<struct TagIndexTag>;  ///< Into `TagTable`.

/// Numbers chip codes (and bibs read by hand, which are apart from equal chip codes).
///
/// Cost: one probe of a flat table a look-up, no allocation beyond doubling: reads are looked up
/// by the million.
class TagTable {
 public:
  /// The number of the code; a new one where it is new.
  TagIndex intern(const model::TagCode& tag, model::ReadBy by);
  [[nodiscard]] const model::TagCode& tag(TagIndex index) const { return tags_[index.raw()].tag; }
  [[nodiscard]] model::ReadBy by(TagIndex index) const { return tags_[index.raw()].by; }
  [[nodiscard]] std::size_t size() const { return tags_.size(); }

 private:
  struct Entry {
    model::TagCode tag;
    model::ReadBy by = model::ReadBy::Chip;
    std::uint64_t hash = 0;
  };
  void grow();

  std::vector<Entry> tags_;
  std::vector<std::uint32_t> slots_;  ///< Index + 1 into `tags_`; 0: empty. Size a power of two.
};

}  // namespace hs::scoring
