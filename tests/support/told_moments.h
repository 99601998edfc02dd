#pragma once

#include <vector>

#include "moments/find_moments.h"
#include "support/moment_field.h"

// What the engine tells of a field made for a test. Only tests include this.

namespace hs::moment_field {

inline std::vector<model::Moment> of_kind(FieldBuilder& field, model::MomentKind kind) {
  std::vector<model::Moment> found = moments::find_moments(field.results());
  std::erase_if(found, [kind](const model::Moment& moment) { return moment.kind != kind; });
  return found;
}

}  // namespace hs::moment_field
