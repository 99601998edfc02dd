#include "present/read_index.h"

#include <algorithm>

namespace hs::present {

ReadIndex::ReadIndex(const model::EventResults& results) : results_(results) {
  by_fact_.reserve(results.reads.size());
  for (std::size_t i = 0; i < results.reads.size(); ++i) {
    const model::ReadView& read = results.reads[i];
    by_fact_.emplace_back(read.fact, i);
    if (read.entrant.has_value()) by_entrant_.emplace_back(*read.entrant, i);
  }
  // The second half of each pair is the place in time order, so ties keep that order.
  std::sort(by_fact_.begin(), by_fact_.end());
  std::sort(by_entrant_.begin(), by_entrant_.end());
}

const model::ReadView* ReadIndex::read_of(model::FactSeq fact) const {
  const auto at =
      std::lower_bound(by_fact_.begin(), by_fact_.end(), std::pair(fact, std::size_t{0}));
  if (at == by_fact_.end() || at->first != fact) return nullptr;
  return &results_.reads[at->second];
}

std::vector<const model::ReadView*> ReadIndex::reads_of(model::EntrantId entrant) const {
  std::vector<const model::ReadView*> out;
  for (auto at = std::lower_bound(by_entrant_.begin(), by_entrant_.end(),
                                  std::pair(entrant, std::size_t{0}));
       at != by_entrant_.end() && at->first == entrant; ++at) {
    out.push_back(&results_.reads[at->second]);
  }
  return out;
}

const model::StreamHealth* ReadIndex::stream(model::StreamId id) const {
  // An event has tens of streams, so looking through them beats keeping them sorted.
  for (const model::StreamHealth& stream : results_.streams) {
    if (stream.id == id) return &stream;
  }
  return nullptr;
}

}  // namespace hs::present
