#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"

namespace hs::formats {

/// Reads hand timing, one entry a line: `times` (times in order, whoever they belong to), `bibs`
/// (bibs in order, at whatever time) or `bibtimes` (both).
///
///     25:13                  times        812                    bibs
///     1:02:45.3              times        812<tab>25:13.4        bibtimes
///     7,812,00:25:13.42      times, bibtimes: place, bib, time (Time Machine)
///
/// Fields are parted by tab, `;`, `,` or blanks; `#` begins a comment; a first line of the words
/// place, bib and time is a header and may put them in another order. `?` stands for a runner
/// whose number nobody saw.
///
/// A time with a date (ISO 8601) is a time of day on the source's clock, or with its own offset.
/// Any other is the time since the event's first gun: it is kept as such, and the gun goes into
/// the stream's `offset`, so that a gun that is corrected later moves the hand times with it.
/// Until there is a gun the stream's clock is `Free`.
///
/// `bibtimes` gives reads by bib; `times`, `bibs` and entries with `?` give hand lines. The role
/// is always manual.
///
/// Units:  as written, at most microseconds; the resolution is the finest in the file.
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`.
/// Cost:   O(bytes).
/// Source: docs/read-formats.md, "hand timing".
[[nodiscard]] base::Result<void> parse_hand_times(ChipFileBuilder& out);

}  // namespace hs::formats
