#pragma once

#include <optional>
#include <vector>

#include "present/json_out.h"
#include "server/race_view.h"
#include "server/views.h"

namespace hs::server {

/// The instant a moment is about: when the first it names was at its point; nothing where nobody
/// was, or it is the field's.
[[nodiscard]] std::optional<base::RaceTime> instant_of(const model::EventResults& results,
                                                       const model::Moment& moment);

/// The races that `race` of a query asks for, by the numbers of what is told; all where it is
/// absent. Errors: NotFound.
[[nodiscard]] base::Result<std::vector<model::RaceId>> races_told(const ViewRequest& request);

/// The moments that may be shown now, chosen for a story of one race, by its number in what is
/// told.
[[nodiscard]] std::vector<model::Moment> chosen_moments(const RaceView& view, model::RaceId race,
                                                        std::size_t top);

/// A moment of what is told, with words and evidence as `moments.json` has them.
void write_told_moment(present::JsonOut& out, const RaceView& view, std::size_t moment);

}  // namespace hs::server
