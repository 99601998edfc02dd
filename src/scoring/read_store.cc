#include "scoring/read_store.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace hs::scoring {

std::uint32_t ReadStore::new_block() {
  HS_CHECK(blocks_ < std::numeric_limits<std::uint32_t>::max() / kRows, "too many reads");
  if (blocks_ % kBlocks == 0) pool_.push_back(std::make_unique<Block[]>(kBlocks));
  return blocks_++;
}

void ReadStore::add(const ReadRow& row) {
  if (row.tag.raw() >= chains_.size()) chains_.resize(std::size_t{row.tag.raw()} + 1);
  Chain& chain = chains_[row.tag.raw()];
  const std::uint32_t place = chain.rows % kRows;
  if (place == 0) {
    const std::uint32_t fresh = new_block();
    if (chain.rows == 0) {
      chain.first = fresh;
    } else {
      block(chain.last).next = fresh;
    }
    chain.last = fresh;
  }
  block(chain.last).rows[place] = row;
  ++chain.rows;
  by_seq_.push_back(chain.last * kRows + place);
}

const ReadRow* ReadStore::find(model::FactSeq seq) const {
  const auto found = std::lower_bound(
      by_seq_.begin(), by_seq_.end(), seq,
      [&](std::uint32_t at, model::FactSeq wanted) { return row_at(at).seq < wanted; });
  if (found == by_seq_.end() || row_at(*found).seq != seq) return nullptr;
  return &row_at(*found);
}

}  // namespace hs::scoring
