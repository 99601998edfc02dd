#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "readers/device_session.h"

namespace hs::readers {

/// One line as it came over a connection.
struct WireLine {
  std::string text;           ///< Without its end, and without blanks, tabs and NULs around it.
  std::uint32_t number = 0;   ///< Of the connection, from 1, blank ones counted.
  std::uint64_t through = 0;  ///< Bytes of the connection up to its end.
};

/// Cuts what comes over a connection into lines, whatever the pieces. CR, LF and CRLF end a line.
///
/// Errors: none; a line longer than `most_bytes` makes `is_endless`, and is forgotten.
/// Cost:   O(bytes), whatever the pieces; keeps at most the piece it got last and one line.
class LineIntake {
 public:
  explicit LineIntake(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  void add(std::string_view bytes);

  /// Puts the next line that has ended into `line`, blank ones too; false where there is none.
  [[nodiscard]] bool next(WireLine& line);

  [[nodiscard]] bool is_endless() const { return is_endless_; }
  /// The words for `Heard::give_up`.
  [[nodiscard]] std::string endless_words() const;

 private:
  std::size_t most_bytes_;
  std::string bytes_;         ///< Not given out yet.
  std::size_t begin_ = 0;     ///< Of the next line in `bytes_`.
  std::size_t searched_ = 0;  ///< Up to here there is no end of that line.
  std::uint64_t through_ = 0;
  std::uint32_t number_ = 0;
  bool after_cr_ = false;  ///< A LF now is the rest of a CRLF.
  bool is_endless_ = false;
};

/// Reads `bytes` as a file of the source's format (`formats/chip_file.h`), so that a read has one
/// identity whichever way it came, and puts what is in it into `delivery`: streams of one identity
/// become one; what cannot be read is in `bad`.
///
/// `format`: read as this one; `source.format` may be anything. `lines_before`: added to the
/// numbers of lines, which begin at 1 in `bytes`; -1 where its first line did not come by wire.
/// Gives true where something came of it: a read, a marker or a bad line.
bool read_into(Delivery& delivery, const SessionContext& context, std::string_view format,
               std::string_view bytes, int lines_before);

/// The device's clock minus ours, both on the dial that the source declares; nothing for a free
/// one. `said`: what it showed when `received`.
[[nodiscard]] std::optional<base::Duration> clock_ahead(const SessionContext& context,
                                                        base::ReaderTime said,
                                                        base::RaceTime received);

/// Notes where reads came from, at most `kMostLocations` of them.
void note_locations(DeviceState& state, const Delivery& delivery);
inline constexpr std::size_t kMostLocations = 64;

}  // namespace hs::readers
