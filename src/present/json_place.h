#pragma once

#include <optional>
#include <string>

#include "model/result.h"
#include "present/json_out.h"

namespace hs::present {

/// Writes a place under `name`, and `NAME_shared` where others have it too; nothing without one.
inline void write_place(JsonOut& out, const std::string& name,
                        const std::optional<model::Placing>& placing) {
  if (!placing.has_value()) return;
  out.integer_of(name, placing->place);
  if (placing->shared) out.boolean_of(name + "_shared", true);
}

}  // namespace hs::present
