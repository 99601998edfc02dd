#pragma once

#include "model/ids.h"
#include "present/json_out.h"
#include "server/race_view.h"

namespace hs::server {

/// The key "before": how many races an archive has a finish of somebody in, how many of them were
/// editions of this race, the best time over its length with race and year, and the last year.
///
/// Writes nothing where no archive is served or it has nothing that is surely theirs, and of
/// whoever is private, under age, or hidden by an official.
void write_before(present::JsonOut& out, const RaceView& view, model::EntrantId id);

}  // namespace hs::server
