#pragma once

#include "base/result.h"
#include "formats/chip_file_builder.h"
#include "formats/raceresult_line.h"

namespace hs::formats {

namespace raceresult {

/// Whether the number of a passing names it. It does not where a box in test mode gave it, which
/// gives it again to the first passing of the race.
enum class Numbers : std::uint8_t { Name, NameNothing };

/// Puts one passing into a stream of its box and passing file.
///
/// A read is known by box, file and number where the line says all of them and `numbers` says
/// so; else by transponder, time and antenna. The mat is the source's; without one the box's name,
/// or `NAME/LOOP` where a location of the source is called so. A marker is a gun.
void add_passing(const Line& line, Passing passing, ChipFileBuilder& out, Numbers numbers);

/// The stream epoch of passings in file `number`.
[[nodiscard]] std::string epoch_of_file(std::string_view number);

}  // namespace raceresult

/// Reads passings as a RACE RESULT decoder keeps, pushes or answers them, one a line:
///
///     #P;1;33;2026-05-08;10:50:00.477;6692;12;-68;09ca52;0;;;;;;;MAT 1;17;3;D-5012
///
/// Other words of the protocol between them, and a header, are passed over.
///
/// Units:  milliseconds on the box's dial.
/// Errors: bad lines go to `out`; a wrong file is found by `out.finish()`. A last line without its
///         end does not count: its last field may be half of itself.
/// Cost:   O(bytes).
/// Source: docs/read-formats.md, "raceresult".
[[nodiscard]] base::Result<void> parse_raceresult(ChipFileBuilder& out);

}  // namespace hs::formats
