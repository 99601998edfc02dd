#pragma once

#include <optional>

#include "present/json_out.h"
#include "server/race_view.h"

namespace hs::server {

/// The instant a moment is about: when the first it names was at its point; nothing where nobody
/// was, or it is the field's.
[[nodiscard]] std::optional<base::RaceTime> instant_of(const model::EventResults& results,
                                                       const model::Moment& moment);

/// A moment of what is told, with words and evidence as `moments.json` has them.
void write_told_moment(present::JsonOut& out, const RaceView& view, std::size_t moment);

}  // namespace hs::server
