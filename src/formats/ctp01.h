#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/chip_file_builder.h"
#include "formats/day_time.h"

/// The lines of ChronoTrack's socket protocol CTP01, on the wire or kept in a file.
namespace hs::formats::ctp01 {

/// What the lines before one say of it.
struct Memory {
  explicit Memory(const base::Date& first_day) : day(first_day) {}
  /// Which numbering the source is in, as it answered `getconnectionid`; empty: not known, and the
  /// numbers of its lines name nothing.
  std::string connection_id;
  DayGiver day;
};

/// What a line was.
struct Taken {
  enum class Kind : std::uint8_t {
    Read,
    Gun,
    NewLocation,  ///< A mat was added: `location`.
    Bad,          ///< It went to the builder's bad lines.
  };
  Kind kind = Kind::Bad;
  std::string location;  ///< As the source calls it, printable; empty for a bad line.
};

/// The location as it is in a stream: printable, short.
[[nodiscard]] std::string stream_device(std::string_view location);

/// True for `CT01_13~...` and its likes.
[[nodiscard]] bool is_tag_event(std::string_view line);

/// True for what stands between the reads in a recorded connection: greetings and answers.
[[nodiscard]] bool is_talk(std::string_view line);

/// The id of `ack~getconnectionid~ID`; nothing for another line.
[[nodiscard]] std::optional<std::string> connection_id_of(std::string_view line);

/// Takes one tag event into a stream of its location and connection id.
///
///     CT01_33~24~Finish~50101~2021-05-08T15:54:48.90~1~117F37~8
///
/// A read is known by location, connection id and number; by chip, time and antenna where the
/// connection id is not known.
///
/// Units: the time in any of the four forms the protocol has; `unix` and `iso` are of the source's
///        own dial, the others are given a day by `memory.day`.
/// Source: docs/read-formats.md, "chronotrack".
[[nodiscard]] Taken take_tag_event(const Line& line, std::string_view text, ChipFileBuilder& out,
                                   Memory& memory);

}  // namespace hs::formats::ctp01
