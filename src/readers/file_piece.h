#pragma once

#include <cstddef>
#include <string_view>

#include "readers/device_session.h"

namespace hs::readers {

/// Reads `bytes` as a file of the source's format (`formats/chip_file.h`), so that a read has one
/// identity whichever way it came, and puts what is in it into `delivery`: streams of one identity
/// become one; what cannot be read is in `bad`.
///
/// `format`: read as this one; `source.format` may be anything. `lines_before`: added to the
/// numbers of lines, which begin at 1 in `bytes`; -1 where its first line did not come by wire.
/// Gives true where something came of it: a read, a marker or a bad line.
bool read_into(Delivery& delivery, const SessionContext& context, std::string_view format,
               std::string_view bytes, int lines_before);

/// Notes where reads came from, at most `kMostLocations` of them.
void note_locations(DeviceState& state, const Delivery& delivery);
inline constexpr std::size_t kMostLocations = 64;

}  // namespace hs::readers
