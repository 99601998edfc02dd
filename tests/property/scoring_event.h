#pragma once

#include <cstdint>
#include <vector>

#include "model/fact.h"

namespace hs::property {

/// Numbers that the same seed always gives. Shrinks well: a smaller word means a smaller choice.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// 0 <= result < `sides`.
  std::uint32_t below(std::uint32_t sides);
  /// True once in `times`.
  bool one_in(std::uint32_t times) { return below(times) == 0; }

 private:
  std::uint64_t state_;
};

/// A small event with every kind of fact: two races (one with start = finish and laps, or a relay
/// of two legs with or without a mass start), waves with
/// and without guns, shared and double chips, reads of several boxes, markers, rulings of every
/// kind, corrections, undos of undos, entries that change and go. Fact 1 is the event unless the
/// dice put it later. Numbered from 1.
[[nodiscard]] std::vector<model::Fact> random_event(std::uint64_t seed, std::size_t facts);

/// The same facts with the reads (and hand reads left alone) in another order; whatever names a
/// read or a fact by number names it still.
[[nodiscard]] std::vector<model::Fact> shuffle_reads(const std::vector<model::Fact>& facts,
                                                     std::uint64_t seed);

}  // namespace hs::property
