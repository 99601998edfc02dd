#pragma once

#include <optional>
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
///         Not checked: that files of sources exist, that two patterns match no
///         common file (the folder is not looked at; see `conflict_over_file`), that an edition of
///         a rule book is known.
/// Cost:   a few milliseconds for 100 races; the first call reads the time-zone table.
[[nodiscard]] base::Result<model::Event> read_event(std::string_view bytes, const std::string& file,
                                                    std::vector<model::Attention>* notes);

/// Why two sources cannot both read one file: what differs ("another mat"); nothing where they can.
///
/// A file of a device is of one mat and has one role, clock and offset. Rows of a generic table
/// name their mats, so its sources may each take another mat, with settings of its own.
[[nodiscard]] std::optional<std::string> conflict_over_file(const model::SourceConfig& a,
                                                            const model::SourceConfig& b);

}  // namespace hs::formats
