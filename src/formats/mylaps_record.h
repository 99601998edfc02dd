#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "model/read.h"

/// The records inside the messages of MYLAPS Timing & Scoring.
namespace hs::formats::mylaps {

/// Where a record's time stands.
enum class Dial : std::uint8_t {
  Decoder,  ///< The decoder's own, whatever the source says of it.
  Utc,      ///< The record says UTC.
};

struct Record {
  model::Read read;
  Dial dial = Dial::Decoder;
  std::string decoder;  ///< Empty where the record does not say.
};

struct Marker {
  model::Marker marker;
  bool has_date = false;  ///< False: `marker.time` is a time of day, on 1970-01-01.
};

inline constexpr std::size_t kV1RecordLength = 39;

// All columns of errors count from the front of `line`, of which the second argument is a part.

/// Errors: InvalidInput for a wrong length, field or checksum.
[[nodiscard]] base::Result<Record> read_v1(std::string_view line, std::string_view record);

/// Errors: InvalidInput for a record without chip or date, or with a field that cannot be read.
/// Keys nobody knows are passed over.
[[nodiscard]] base::Result<Record> read_v2(std::string_view line, std::string_view record);

/// Both kinds of marker: "2025-04-13 05:57:56.027|ext-gun|Extern gunshot" (V1, by position) and
/// "t=11:03:40.347|mt=Gunshot|n=Gunshot 1" (V2, by key).
[[nodiscard]] base::Result<Marker> read_marker(std::string_view line, std::string_view record);

}  // namespace hs::formats::mylaps
