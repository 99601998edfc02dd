#pragma once

#include "model/moment.h"
#include "model/result.h"

namespace hs::moments {

/// Adds what a moment's finish was worth beside the moment itself: a half hour beaten by no more
/// than ten seconds, a standard of the event file, the runner's own goal (only with `tell`). About
/// 160 people a race are that close to some barrier, so it is never a moment, only a sentence of
/// one.
///
/// The evidence is called "barrier": `seconds` what was left, `expected_seconds` the barrier,
/// `given` "time", "goal" or "standard", `name` that of the standard. One at most, the first of
/// these that holds:
/// 1. the goal, made by ten seconds at most;
/// 2. a standard, made by ten seconds at most: of several the one made by least;
/// 3. the goal, missed: of a hardship only, and then without what was left;
/// 4. a standard, missed by ten seconds at most: of a hardship only, `seconds` below 0;
/// 5. a half hour.
/// A standard shows an age, so it is told only where ages are published and where it says no more
/// of the birth date than that age; of nobody private.
///
/// Shape: a moment of one finisher; others stay as they are.
void add_barrier(const model::EventResults& results, model::Moment& moment);

}  // namespace hs::moments
