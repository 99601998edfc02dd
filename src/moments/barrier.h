#pragma once

#include "model/moment.h"
#include "model/result.h"

namespace hs::moments {

/// Adds what a moment's finish was worth beside the moment itself: a half hour beaten by no more
/// than ten seconds, the runner's own goal (only with `tell`). About 160 people a race are that
/// close to some barrier, so it is never a moment, only a sentence of one.
///
/// The evidence is called "barrier": `seconds` what was left, `expected_seconds` the barrier,
/// `given` "time" or "goal". A goal that was missed is told only of a hardship, and then without
/// what was left.
///
/// Shape: a moment of one finisher; others stay as they are.
void add_barrier(const model::EventResults& results, model::Moment& moment);

}  // namespace hs::moments
