#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// Finds the reads of a fact, of an entrant, and a stream by its id. Built once, then asked often.
///
/// Threads: reading is safe from any thread. The results must outlive the index.
/// Cost:    O(reads log reads) to build, O(log reads) to ask.
class ReadIndex {
 public:
  explicit ReadIndex(const model::EventResults& results);

  /// The read of that fact (the first, where it has a row for each of two races), if any.
  [[nodiscard]] const model::ReadView* read_of(model::FactSeq fact) const;
  /// All reads of one entry, by race time.
  [[nodiscard]] std::vector<const model::ReadView*> reads_of(model::EntrantId entrant) const;
  /// Nothing for a read that a person entered: it came from no device.
  [[nodiscard]] const model::StreamHealth* stream(model::StreamId id) const;

 private:
  const model::EventResults& results_;
  std::vector<std::pair<model::FactSeq, std::size_t>> by_fact_;
  std::vector<std::pair<model::EntrantId, std::size_t>> by_entrant_;
};

}  // namespace hs::present
