#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads LLRP messages as a reader sent them, one behind the other as they were captured: the
/// reports of tags in them. What was sent to the reader may stand between them.
///
/// A "line" is a message here, its "column" a byte of it. A tag is a read at the time it was first
/// seen, by the reader's UTC clock; where it has none, by the time since it was switched on: a free
/// clock, and an epoch for each connection ("uptime N", N microseconds when the connection began).
///
/// One stream a ROSpec ("reader 1125D6FF"): the number under which the reader was told to read,
/// which each report repeats. Homestretch takes the end of the reader's own id for it
/// (`readers/llrp_session.h`). Reports without one are of "reader". LLRP numbers no reads, so a
/// read is known by chip, time and antenna.
///
/// Units:  microseconds.
/// Errors: a tag that cannot be read costs itself; bytes that are no message cost what stands up to
///         the next one; a message that is not all there at the end is a cut line.
/// Cost:   O(bytes).
/// Source: docs/read-formats.md, "llrp".
[[nodiscard]] base::Result<void> parse_llrp(ChipFileBuilder& out);

}  // namespace hs::formats
