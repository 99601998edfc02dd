#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/read.h"

/// Chip-read and hand-timing files, as devices and people wrote them. Every format, field by
/// field, with its traps: docs/read-formats.md.
namespace hs::formats {

/// One device's reads out of one file.
///
/// Order: `reads` as the lines stood in the file, never sorted; `markers` as in their file.
/// The `StreamId` of reads and hand lines is left 0: who writes the log numbers streams.
struct ParsedStream {
  model::Stream stream;
  std::vector<model::Read> reads;
  std::vector<model::Marker> markers;
  std::vector<model::HandLineFact> hand_lines;  ///< Times without bibs, or bibs without times.
};

/// A line that could not be used. It costs only itself.
struct BadLine {
  int line = 0;         ///< From 1.
  int column = 0;       ///< From 1, in bytes.
  std::string message;  ///< "found ..., expected ...", printable whatever the line holds.
  std::string file;     ///< The read file, or its marker file.
};

/// What came out of one file. A file of several devices or mats gives several streams.
struct ChipFile {
  std::vector<ParsedStream> streams;  ///< By first appearance. Empty only for an empty file.
  std::vector<BadLine> bad;           ///< By file, then line.
  bool last_line_cut = false;         ///< The box was still writing; that line is not in `bad`.
  std::size_t lines = 0;              ///< Lines that were not blank, good and bad.
  std::vector<std::string> remarks;   ///< For people: controller and point names, rows left out.
};

/// How much of what a device said is looked at.
enum class InputExtent : std::uint8_t {
  File,   ///< All of it: where not one line fits, it is a file of another kind.
  Piece,  ///< As it came over a wire: a line that does not fit is a bad line, whatever is around
          ///< it.
};

/// A read file and what lies beside it, in memory. Nothing is opened here.
struct ChipFileInput {
  std::string file;                         ///< For messages and `Stream::file`.
  std::string_view bytes;                   ///< The whole file.
  std::optional<std::string_view> markers;  ///< The marker file (.mrk), where there is one.
  std::string marker_file;                  ///< Its name, for messages.
  InputExtent extent = InputExtent::File;
};

/// Reads one file in the format `source.format`.
///
/// A bad line is reported and the others kept, in their order. CR, LF and CRLF end a line; a last
/// line without an end is read if it is whole, else `last_line_cut`. The zone of a local device
/// clock is resolved here and frozen for each stream.
///
/// Units:   device times in microseconds on the device's own dial; `Stream::resolution` says how
///          fine they really are.
/// Errors:  InvalidInput for an unknown format, and for a file in which not one line fits the
///          format, saying what it looks like instead. Not checked: that `source.mat` exists.
/// Threads: pure; safe from any thread.
/// Cost:    O(bytes), no allocation per line; 65,000 ChronoTrack lines in well under 100 ms.
/// Source:  docs/read-formats.md.
[[nodiscard]] base::Result<ChipFile> parse_chip_file(const model::SourceConfig& source,
                                                     const model::Event& event,
                                                     const ChipFileInput& input);

/// True for every format name an event file may use.
[[nodiscard]] bool is_known_read_format(std::string_view name);

}  // namespace hs::formats
