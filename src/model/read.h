#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"

namespace hs::model {

/// One device's unbroken series of reads for one mat, with what the event file says of it.
///
/// `device` and `epoch` come from the data, never from a file name: the same box downloaded
/// twice under two names is one stream, and yesterday's log of the same box is another.
struct Stream {
  std::string device;  ///< Box, controller or reader, as in the data.
  std::string epoch;   ///< Which log of that device: file or log number, or its first line.
  std::string mat;     ///< Mat id of the event.
  std::string file;    ///< The file it was first seen in, for people; no part of identity.
  std::string format;  ///< "chronotrack", "csv" ...
  ReadRole role = ReadRole::Main;
  DeviceClock clock = DeviceClock::Local;
  std::chrono::seconds utc_offset{0};  ///< Of the device's dial; resolved when the fact is made.
  base::Duration offset{0};            ///< Signed, added to the device's time; from the event file.
  base::Duration resolution{1};        ///< Of the device's times: 10 ms for ChronoTrack.
};

/// How a read says whose it is.
enum class ReadBy : std::uint8_t {
  Chip,  ///< A chip code; the entry list says whose.
  Bib,   ///< A bib number, from hand timing; `tag` holds it.
};

/// One detection as the device reported it. What scoring thinks of it is a view.
struct Read {
  StreamId stream;
  ReadBy by = ReadBy::Chip;
  std::optional<std::uint64_t> device_seq;  ///< The device's own number, where it has one.
  std::uint32_t line = 0;                   ///< Line in the file, from 1; no part of identity.
  TagCode tag;
  base::ReaderTime time;
  std::uint8_t antenna = 0;   ///< 0 where the device does not say.
  std::int16_t rssi_dbm = 0;  ///< 0 where the device does not say.
  std::uint16_t hits = 0;     ///< Detections the device merged; 0: does not say.
};

/// Where a read or marker stands in its stream: the device's number, else the line.
[[nodiscard]] std::uint64_t position_of(const Read& read);

/// Something a device noted that is not a chip. It holds from `before_seq` on, by position.
struct Marker {
  enum class Kind : std::uint8_t {
    Gun,         ///< A button press or gun input at `time`.
    TimeChange,  ///< The clock went from `old_time` to `time`: earlier reads are on the old dial.
    Point,       ///< The operator named the mat: `text`.
    Power,       ///< Power lost or back: `text`.
    Other,       ///< Kept for the record: `text`.
  };
  Kind kind = Kind::Other;
  std::uint64_t before_seq = 0;  ///< Number of the next read at that moment.
  base::ReaderTime time;         ///< On the dial after the change.
  std::optional<base::ReaderTime> old_time;
  std::string text;
};

/// 128 bits that name one thing that can come twice: a read of a device, a marker of a device.
using Identity = std::array<std::uint8_t, 16>;

/// The identity of a read: device, epoch and device sequence; without a sequence, device, epoch,
/// mat, tag, device time and antenna. Role, offset and file name play no part.
[[nodiscard]] Identity identity_of(const Stream& stream, const Read& read);
[[nodiscard]] Identity identity_of(const Stream& stream, const Marker& marker);

/// True when two reads of one identity also say the same (tag, time, antenna).
[[nodiscard]] bool same_content(const Read& a, const Read& b);

}  // namespace hs::model
