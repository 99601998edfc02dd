#pragma once

#include <cstdint>
#include <vector>

#include "history/link_model.h"
#include "history/rarity.h"
#include "history/roll.h"

namespace hs::history {

/// A pair of results with the chance that they are one person's.
struct LinkedPair {
  std::uint32_t a = 0;  ///< Records of the roll, a < b.
  std::uint32_t b = 0;
  float probability = 0;
};

/// What somebody said of two results; it stands above all that is computed.
struct Said {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  bool is_same = true;
};

/// What is known before a roll is linked.
struct LinkKnown {
  /// The person of each record, from 1; 0 for who has none. Empty: nobody has.
  std::vector<std::uint32_t> people;
  /// Which records are to be linked; the others stay with their person. Empty: all are.
  std::vector<bool> fresh;
  std::vector<Said> said;
};

struct LinkOptions {
  double accept = 0.9;  ///< Less sure pairs stay apart.
  double doubt = 0.1;   ///< Pairs from here to `accept` are told as doubts.
};

/// Who is who.
struct LinkOutcome {
  /// The person of each record, from 1, as known before, or a new number behind those. Of people
  /// who turn out to be one the lowest number stays.
  std::vector<std::uint32_t> people;
  /// How sure it is that the record belongs to its person's others; 1 for who is alone.
  std::vector<float> probability;
  /// Pairs that may be one person's and stay apart: too unsure, or against something surer.
  std::vector<LinkedPair> doubts;
};

/// Links the results of a roll: one person one result in a race, of an age that fits over all
/// years.
///
/// Order: same input, same outcome.
/// Cost:  near linear; measured in docs/bench.md.
[[nodiscard]] LinkOutcome link(const Roll& roll, const Rarity& rarity, const LinkModel& model,
                               const LinkKnown& known, const LinkOptions& options = {});

/// The pairs of a roll that are likelier one person's than `least`, by the pairs alone: what else
/// one of them could be in the other's race is counted against it.
///
/// Order: by probability, highest first, then by record.
[[nodiscard]] std::vector<LinkedPair> likely_pairs(const Roll& roll, const Rarity& rarity,
                                                   const LinkModel& model,
                                                   const std::vector<bool>& fresh, double least);

}  // namespace hs::history
