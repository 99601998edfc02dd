#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads a FinishLynx result file (.lif): the times of a photo-finish camera, as reads by bib.
///
///     1,1,1,Half marathon,,,,,,21097,08:00:00.000      event, round, heat, name, ... , start
///     1,812,,Ruiz,Ana,Club,1:31:08.70,,                place, id, lane, last, first, club, time
///     DNS,5,,Sent,Ab,,,,                               no time: passed over and counted
///
/// The id is the bib. The header's name says which race it is, by id or name; an event with one
/// race needs none. Times count from that race's first gun, which goes into the stream's `offset`,
/// so that a gun that is corrected later moves them with it; until there is one the clock is
/// `Free`. The start time of the header is the camera's own and is not used. Several headers may
/// stand in one file. A time without an id is a hand line, for a person to pair up.
///
/// A last line without a line end is taken as cut: the camera may still be writing.
///
/// Units:  as written, at most microseconds; the resolution is the finest in the file.
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`.
/// Source: docs/read-formats.md, "lif".
[[nodiscard]] base::Result<void> parse_lif(ChipFileBuilder& out);

}  // namespace hs::formats
