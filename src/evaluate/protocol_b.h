#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/field.h"
#include "evaluate/figures.h"

namespace hs::evaluate {

/// One way to project and how it did.
struct MethodFigures {
  std::string method;
  Figures figures;
};

/// Protocol B: the runners stopped at Boston 2013, after Hammerling et al. 2014.
struct ProtocolB {
  std::size_t runners = 0;  ///< Finishers over four hours with a time at every point.
  std::size_t seeds = 0;
  std::vector<MethodFigures> methods;  ///< Over all seeds.
  struct AtPoint {
    std::string point;
    std::vector<MethodFigures> methods;
  };
  std::vector<AtPoint> points;
};

/// Hides 25.7 % of the field's finishers over four hours behind 20K, 25K, 30K, 35K or 40K, in the
/// published shares, learns from the rest and projects the hidden; once a seed 1 .. `seeds`.
///
/// Errors: InvalidInput where the field is no marathon with these points or has too few runners.
[[nodiscard]] base::Result<ProtocolB> run_protocol_b(const Field& field, std::size_t seeds);

}  // namespace hs::evaluate
