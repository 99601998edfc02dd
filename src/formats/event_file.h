#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/result.h"

namespace hs::formats {

/// Reads event.toml: the races, points, waves, divisions, awards and sources of an event, with
/// every default filled in and every civil time resolved to UTC.
///
/// Things that stand but that a person should know go into `notes` (not null): ranking by net
/// under a rule book that ranks by gun, and live sources, which a run over files does not read.
///
/// Units:  as in `model::Event`. `Point::fastest` on foot is filled for every point
///         (`foot_records.h`) and `fastest_given` is false where the file does not name it.
/// Order:  races, points, waves ... as in the file.
/// Errors: InvalidInput with file, line, column, found and expected for anything that is not
///         understood: unknown keys, wrong types, broken invariants of `model::Race`, names that
///         refer to nothing, civil times that happen twice or never. Of several mistakes the first
///         in the file. Unsupported for kinds of race and keys that a later version will read.
///         Not checked: that files of sources exist, that an edition of a rule book is known.
/// Cost:   a few milliseconds for 100 races; the first call reads the time-zone table.
[[nodiscard]] base::Result<model::Event> read_event(std::string_view bytes, const std::string& file,
                                                    std::vector<model::Attention>* notes);

}  // namespace hs::formats
