#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads lines of IPICO readers and of Trident "Time Machine" boxes, as a capture of the stream
/// or as the reader's own file.
///
///     aa0005800012860800012603062027472353     36: chip 058000128608, 2026-03-06 20:27:47.35
///
/// Also 38 (FS or LS behind it), 42 and 44 (TTO bytes before the checksum) and Trident's 38 and
/// 40. Hundredths are hexadecimal. The checksum must fit. Of the `ab` control lines the trigger
/// button is a gun marker and the others are left out.
///
/// One stream a reader id. Readers number nothing, so a read is known by chip and time; a reader
/// sends the same line again and again, and all but the first are copies.
///
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`.
/// Cost:   O(bytes), no allocation per line.
/// Source: docs/read-formats.md, "ipico".
[[nodiscard]] base::Result<void> parse_ipico(ChipFileBuilder& out);

/// What a reader's clock shows, where `line` is its answer to the question for it; else nothing.
///
///     ab000902260306051855443727cf          2026-03-06 18:55:44.55
[[nodiscard]] std::optional<base::ReaderTime> read_ipico_clock(std::string_view line);

}  // namespace hs::formats
