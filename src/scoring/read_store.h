#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "scoring/tag_table.h"

namespace hs::scoring {

/// A read as it is kept: 48 bytes.
struct ReadRow {
  base::RaceTime time;  ///< Corrected; made again when the clock map of its stream changes.
  base::ReaderTime raw;
  model::FactSeq seq;
  std::uint64_t position = 0;
  std::uint32_t line = 0;
  std::uint32_t stream = 0;  ///< Raw StreamId.
  TagIndex tag;
  bool has_device_seq = false;
};

/// All reads, kept by chip and found by fact.
///
/// Reads come in the order of the log and are asked for by chip, runner after runner: kept in the
/// order of the log, each of them would be a miss of the cache. So a chip's reads stand together,
/// in blocks of four, and the order of the log is an index of four bytes a read.
///
/// Order:   `add` in rising `seq`; a chip's reads in that order.
/// Threads: one writer; reading while nobody writes is safe.
/// Cost:    `add` O(1), never moves a row; `find` O(log n). Memory: 52 bytes a read, and on
///          average half a block (100 bytes) a chip.
class ReadStore {
 public:
  void add(const ReadRow& row);

  [[nodiscard]] std::size_t size() const { return by_seq_.size(); }

  /// Chips below this number may have been read.
  [[nodiscard]] std::size_t chips() const { return chains_.size(); }

  /// True where the chip was never read.
  [[nodiscard]] bool is_silent(TagIndex tag) const {
    return tag.raw() >= chains_.size() || chains_[tag.raw()].rows == 0;
  }

  /// The row of a fact, or nullptr where the fact is no read.
  [[nodiscard]] const ReadRow* find(model::FactSeq seq) const;

  /// Calls `take(row)` for each read of one chip, in the order of the log.
  template <typename Take>
  void for_each_of(TagIndex tag, Take take) const {
    if (is_silent(tag)) return;
    const Chain& chain = chains_[tag.raw()];
    std::uint32_t at = chain.first;
    for (std::uint32_t row = 0; row < chain.rows; ++row) {
      if (row > 0 && row % kRows == 0) at = block(at).next;
      take(block(at).rows[row % kRows]);
    }
  }

  /// Calls `take(row)` for each read, in the order of the log.
  template <typename Take>
  void for_each(Take take) const {
    for (const std::uint32_t at : by_seq_) take(row_at(at));
  }

  /// Calls `take(row)` for each read, chip by chip: several times quicker than in the order of the
  /// log. `take` may set a row's `time`.
  template <typename Take>
  void for_each_by_chip(Take take) {
    for (const Chain& chain : chains_) {
      std::uint32_t at = chain.first;
      for (std::uint32_t row = 0; row < chain.rows; ++row) {
        if (row > 0 && row % kRows == 0) at = block(at).next;
        take(block(at).rows[row % kRows]);
      }
    }
  }

 private:
  static constexpr std::uint32_t kRows = 4;       // in a block
  static constexpr std::uint32_t kBlocks = 2048;  // in an allocation
  struct Block {
    std::array<ReadRow, kRows> rows;
    std::uint32_t next = 0;  // of the same chip; only where that has more rows
  };
  struct Chain {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t rows = 0;
  };

  [[nodiscard]] Block& block(std::uint32_t index) {
    return pool_[index / kBlocks][index % kBlocks];
  }
  [[nodiscard]] const Block& block(std::uint32_t index) const {
    return pool_[index / kBlocks][index % kBlocks];
  }
  [[nodiscard]] ReadRow& row_at(std::uint32_t at) { return block(at / kRows).rows[at % kRows]; }
  [[nodiscard]] const ReadRow& row_at(std::uint32_t at) const {
    return block(at / kRows).rows[at % kRows];
  }
  [[nodiscard]] std::uint32_t new_block();

  std::vector<std::unique_ptr<Block[]>> pool_;
  std::uint32_t blocks_ = 0;
  std::vector<Chain> chains_;          // by TagIndex
  std::vector<std::uint32_t> by_seq_;  // block * kRows + row, in the order of the log
};

}  // namespace hs::scoring
