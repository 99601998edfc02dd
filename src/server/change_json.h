#pragma once

#include <string>
#include <vector>

#include "engine/change_feed.h"

namespace hs::server {

/// The changes of some batches as a JSON array, in their order; docs/http-api.md has the fields.
[[nodiscard]] std::string changes_json(const std::vector<engine::ChangeBatch>& batches);

}  // namespace hs::server
