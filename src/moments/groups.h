#pragma once

#include <vector>

#include "moments/detector.h"

namespace hs::moments {

/// Tells who belongs together once: pairs of one kind that share a runner become one moment of
/// all of them, whose evidence is that of its best pair and how many they are. More than eight in
/// one chain are a crowd in step, not people who belong together, and are not told at all. Of the
/// other kinds nobody is told twice within one.
///
/// Shape: `sorted` best first; what is left keeps its order. Cost: O(found x people log).
[[nodiscard]] std::vector<model::Moment> tell_once(const model::EventResults& results,
                                                   std::vector<Found> sorted);

}  // namespace hs::moments
