#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
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

/// Where a read as the box sends it stands in the box's log.
struct UltraPlace {
  std::string box;
  std::string device;  ///< As `Stream::device` names it.
  std::uint64_t log_number = 0;
  bool is_rewind = false;  ///< Sent because somebody asked for it again.
};

/// The place of a line that is a read as the box sends it; nothing for all others.
[[nodiscard]] std::optional<UltraPlace> ultra_place_of(std::string_view line);

/// What the box's clock shows, where `line` is its answer to the question for it,
/// "12:34:56 08-05-2026 (1)"; else nothing.
[[nodiscard]] std::optional<base::ReaderTime> read_ultra_clock(std::string_view line);

}  // namespace hs::formats
