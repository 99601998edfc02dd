#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads files of RFIDTiming Ultra and Joey boxes and of their "RFID Server": three kinds of
/// lines, also mixed.
///
///     0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12           as the box sends
///     1,413A45,812,"2021-05-08 07:24:28.640",1,2               file of the server
///     413A45<tab>2021-05-08 07:24:28.640<tab>1<tab>2           the same, tabs
///
/// The box counts seconds from 1980 on its local dial. Chip 0 on antenna 0 is the start button: a
/// gun marker. Greetings, heartbeats and answers of the box are left out.
///
/// One stream a box and reader. The log number begins anew when the log is cleared, which is done
/// on race mornings, so a read is known by chip, time and antenna, and a rewound one is a copy.
///
/// Units:  milliseconds on the box's dial.
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`.
/// Cost:   O(bytes), no allocation per line.
/// Source: docs/read-formats.md, "ultra".
[[nodiscard]] base::Result<void> parse_ultra(ChipFileBuilder& out);

}  // namespace hs::formats
