#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/result.h"
#include "moments/oddity.h"

namespace hs::evaluate {

/// How often something was found of how often it was there.
struct FoundOf {
  std::size_t found = 0;
  std::size_t of = 0;
  [[nodiscard]] double share() const {
    return of == 0 ? 0 : static_cast<double>(found) / static_cast<double>(of);
  }
};

/// Planted cuts of one length.
struct CutsOfLength {
  double kilometres = 0;
  double should_be = 0;  ///< The least share to find.
  FoundOf all;     ///< Found at the likelihood that one in a thousand has with nothing planted.
  FoundOf listed;  ///< Of them, at a likelihood of one half.
  FoundOf without_mat;  ///< Of them, those that skip no mat that would have heard the runner.
  FoundOf at_dead_mat;  ///< Of them, runners who passed the dead mat while it was dead.
};

/// One way the mats may be: as they were, or each once dead for twenty minutes.
struct CutFigures {
  FoundOf flagged;          ///< Runners in whose times nothing was planted, and were listed.
  FoundOf flagged_at_dead;  ///< Of them, who passed the dead mat while it was dead.
  std::vector<CutsOfLength> lengths;
};

struct IntegrityFigures {
  std::string race;
  std::size_t finishers = 0;  ///< On foot.
  std::size_t points = 0;     ///< With a mat, start and finish among them.
  bool has_clock = false;     ///< The file has times of day; else all start together.
  std::map<moments::OddityKind, std::size_t> others;  ///< Listed as it was, but for cuts.
  CutFigures as_it_was;
  CutFigures dead_mat;
  double milliseconds = 0;  ///< To look through the field once.
};

struct IntegrityOptions {
  std::size_t plants = 500;  ///< Of each length.
  std::uint64_t seed = 1;
  std::function<void(double)> progress;  ///< Told the share done, now and then; may be empty.
};

/// Plants cuts in a real field and counts how many are listed, and how many of the others are.
///
/// A runner of chance leaves out so many kilometres from a place of chance on: mats on them do not
/// hear, all later times come earlier by what the runner took for them. One in a hundred at a time,
/// so that what is ordinary stays. Then again with a dead mat: each between start and finish once
/// does not hear nine in ten of those who pass within the twenty minutes around the middle of the
/// field, and every second cut is planted on one of these.
///
/// Errors: none; a race without a mat between start and finish gives figures of nothing.
[[nodiscard]] IntegrityFigures measure_integrity(const model::EventResults& results,
                                                 model::RaceId race,
                                                 const IntegrityOptions& options);

[[nodiscard]] std::string text_of(const IntegrityFigures& figures);
[[nodiscard]] std::string json_of(const IntegrityFigures& figures);

}  // namespace hs::evaluate
