#pragma once

#include <string>
#include <string_view>

#include "base/check.h"
#include "sim/emulators/emulator.h"

namespace hs::sim {

/// An instant on a device's dial, from "2025-03-08T15:37:40.704".
inline base::ReaderTime on_dial(std::string_view text) {
  const auto parsed = base::parse_iso(text);
  HS_CHECK(parsed.has_value(), "a time of a test");
  return base::ReaderTime(base::Duration(parsed->civil.micros));
}

/// A moment `seconds` behind the beginning of a test, the dial at `dial` when it began.
inline EmulatorTime after_seconds(std::int64_t seconds,
                                  std::string_view dial = "2026-09-20T08:00:00") {
  const base::Duration passed = std::chrono::seconds(seconds);
  return {passed, on_dial(dial) + passed};
}

inline DeviceRead chip_read(std::string tag, std::string_view at) {
  DeviceRead read;
  read.tag = std::move(tag);
  read.at = on_dial(at);
  return read;
}

inline DeviceRead gun_read(std::string name, std::string_view at) {
  DeviceRead read = chip_read(std::move(name), at);
  read.kind = HeardKind::Gun;
  return read;
}

/// Gives a device what somebody sends, and what the device says to it.
inline std::string answer(Emulator& device, std::string_view bytes, const EmulatorTime& now) {
  device.receive(bytes, now);
  return device.due(now);
}

}  // namespace hs::sim
