#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/chip_file.h"

namespace hs::readers {

/// What a device handed over in one message, and how to thank for it.
struct Delivery {
  std::vector<formats::ParsedStream> streams;  ///< May be empty: nothing in it could be read.
  std::vector<formats::BadLine> bad;           ///< For the timer; the bytes are in the spool.
  /// To be sent to the device once all of it is on the disk, and not before: then the device
  /// forgets it. Empty where the protocol knows no thanks.
  std::string acknowledge;
  /// Bytes of the connection up to the end of this message: all before it needs no draining again
  /// once this is stored.
  std::uint64_t through = 0;
};

/// What came of some bytes, in the order in which it came.
struct Heard {
  std::string reply;  ///< To be sent at once: handshakes, heartbeats.
  std::vector<Delivery> deliveries;
  /// Set where the device can no longer be understood and the connection should end: what is wrong,
  /// for the timer.
  std::string give_up;
};

}  // namespace hs::readers
