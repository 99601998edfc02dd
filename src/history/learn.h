#pragma once

#include "history/link_model.h"
#include "history/rarity.h"
#include "history/roll.h"

namespace hs::history {

/// Learns how one person's results differ, from a roll without labels.
///
/// Results of one name whose ages are 3 to 12 years off cannot be one person's: they tell how often
/// two namesakes agree in everything else. The rest is learned by expectation and maximisation,
/// from `start`, which weighs as some hundred pairs, so that a small roll changes little.
///
/// Order: same roll, same model.
/// Cost:  a sample of groups; about a second on 300,000 results.
/// Source: I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", 1969; W. E. Winkler on
///         EM and on the frequency of values.
[[nodiscard]] LinkModel learn(const Roll& roll, const Rarity& rarity, const LinkModel& start);

/// The chance that two results of two races drawn by lot are one person's, where `share` of the
/// smaller race is in the other.
[[nodiscard]] double chance_by_lot(double share, std::size_t results_a, std::size_t results_b);

/// Units: bits of odds to a probability.
[[nodiscard]] double probability_of(double bits);

}  // namespace hs::history
