#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads a ChronoTrack controller's read file (`TO~` lines) and its marker file (`.mrk`).
///
///     TO~1~9511~160~18~1620458668.64~12000C~8~-63~1~P~192
///
/// One stream a log of the box. Its device is the address of the reader in the log's first line
/// and its epoch that line's number, time and chip: a box that was downloaded twice under two
/// names gives the same two, yesterday's log of the same box another epoch, and the marker file
/// (which alone names the controller) plays no part. A line with number 1 that is not the line 1
/// of the log so far begins another log, so two downloads joined into one file stay apart.
///
/// A recorded connection is read too: `CT01_` lines, one stream a location (formats/ctp01.h).
///
/// Units:  microseconds on the controller's own dial, hundredths as written.
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`.
/// Cost:   O(bytes), no allocation per line.
/// Source: docs/read-formats.md, "chronotrack".
[[nodiscard]] base::Result<void> parse_chronotrack(ChipFileBuilder& out);

}  // namespace hs::formats
