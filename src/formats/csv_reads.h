#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads generic chip reads: a table with a header row and the columns
/// `mat,tag,time[,antenna,rssi,device,seq,epoch]` in any order and dialect.
///
/// The row names its mat; with `mat` in the source only the rows of that mat are taken (and the
/// column may be missing). `time` is ISO 8601; an offset in it wins over the source's clock.
///
/// One stream a device and mat, one more where rows carry an offset. With device and number a
/// read is known by them, within the `epoch` that the row names: which log of the device it is.
/// A device's rows without one get for an epoch its row of the least number in the whole file, so
/// that neither the order of rows nor a longer copy changes it, and numbers that begin anew another
/// day do not collide. Without device and number a read is known by chip, time and antenna.
///
/// Units:  as written, at most microseconds; the resolution is the finest in the file.
/// Errors: InvalidInput for a table without these columns; bad rows go to `out`.
/// Cost:   O(bytes).
/// Source: docs/read-formats.md, "csv".
[[nodiscard]] base::Result<void> parse_csv_reads(ChipFileBuilder& out);

}  // namespace hs::formats
