#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads what MYLAPS Timing & Scoring ("Exporter") sends, kept in a file: V1 `Store` and V2
/// `Passing` messages, markers of both, and bare V1 records of 39 characters one a line.
///
///     Finish@Store@LZ6302115:37:40.704 5 0F  1000125030862@1@$
///     10KM@Passing@t=13:11:30.904|c=0000041|d=120606|dv=4|re=0|an=00001111@1016@$
///
/// Messages end with `$`, a line end or both. A bad record costs itself, not its message.
///
/// One stream a location and decoder ("Start/5"), one more where records say UTC. The program
/// sends a message again until it is answered, and V1's number of four hexadecimal digits comes
/// round again, so a read is known by chip, time and antenna: that survives both. A marker that
/// came again is taken once.
///
/// Units:  milliseconds on the decoder's dial; UTC where the record has `utc`.
/// Errors: bad records go to `out`; a wrong file is found by `out.finish()`.
/// Cost:   O(bytes).
/// Source: docs/read-formats.md, "mylaps".
[[nodiscard]] base::Result<void> parse_mylaps(ChipFileBuilder& out);

}  // namespace hs::formats
