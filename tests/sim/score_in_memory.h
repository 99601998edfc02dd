#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.h"
#include "scoring/scorer.h"
#include "sim/simulate.h"

namespace hs::sim_test {

/// What scoring a simulated event came to.
struct Scored {
  model::EventResults results;
  std::size_t bad_lines = 0;
  std::size_t cut_files = 0;
  std::size_t copies = 0;             ///< Reads that came again under their identity.
  std::vector<std::string> problems;  ///< Files or lists that could not be read at all.
};

/// Reads the files of a simulated event with `formats` and scores them with `scoring`, without
/// disk, race file or engine: the shortest way from bytes to results, for tests that look for the
/// module at fault.
[[nodiscard]] Scored score_in_memory(const sim::SimulatedEvent& event,
                                     scoring::Closing closing = scoring::Closing::Assume);

}  // namespace hs::sim_test
