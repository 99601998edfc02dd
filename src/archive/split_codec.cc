#include "archive/split_codec.h"

#include <limits>
#include <optional>

#include "base/leb128.h"

// Implementation notes: a table with a row a split would be ten times as many rows; as bytes beside
// the result the splits cost a fourth of the room and nothing to find. Differences are small
// numbers, and signed, since a file's times may fall. Sums wrap in 64 bits on both ways alike.

namespace hs::archive {
namespace {

using model::PublishedSplit;

constexpr unsigned kHasTime = 0x40;
constexpr unsigned kHasTimeOfDay = 0x80;
constexpr unsigned kFlags = 0x3f;

/// The next time, which is `before` and a difference; `before` becomes it.
std::optional<base::Duration> take_time(base::NumberReader& in, std::uint64_t& before) {
  const auto step = in.number();
  if (!step) return std::nullopt;
  before += static_cast<std::uint64_t>(base::unzigzag(*step));
  return base::Duration(static_cast<std::int64_t>(before));
}

void append_time(base::Duration time, std::uint64_t& before, std::string& out) {
  const auto now = static_cast<std::uint64_t>(time.count());
  base::append_number(base::zigzag(static_cast<std::int64_t>(now - before)), out);
  before = now;
}

}  // namespace

void append_splits(std::span<const PublishedSplit> splits, std::string& out) {
  std::uint64_t time_before = 0;
  std::uint64_t day_before = 0;
  for (const PublishedSplit& split : splits) {
    base::append_number(split.point(), out);
    const auto time = split.time();
    const auto at = split.time_of_day();
    const unsigned flags =
        (split.flags() & kFlags) | (time ? kHasTime : 0U) | (at ? kHasTimeOfDay : 0U);
    out += static_cast<char>(flags);
    if (time) append_time(*time, time_before, out);
    if (at) append_time(*at, day_before, out);
  }
}

base::Result<void> read_splits(std::string_view bytes, std::size_t points,
                               std::vector<PublishedSplit>& out) {
  const auto corrupt = [] {
    return base::fail(base::ErrorCode::Corrupt, "the splits of a result are damaged");
  };
  base::NumberReader in(bytes);
  std::uint64_t time_before = 0;
  std::uint64_t day_before = 0;
  std::uint64_t least_point = 0;
  while (!in.at_end()) {
    const auto point = in.number();
    const auto flags = in.byte();
    if (!point || !flags || *point < least_point || *point >= points) return corrupt();
    least_point = *point + 1;
    std::optional<base::Duration> time;
    std::optional<base::Duration> at;
    if ((*flags & kHasTime) != 0 && !(time = take_time(in, time_before))) return corrupt();
    if ((*flags & kHasTimeOfDay) != 0 && !(at = take_time(in, day_before))) return corrupt();
    out.emplace_back(static_cast<std::uint16_t>(*point), time, at,
                     static_cast<std::uint8_t>(*flags & kFlags));
  }
  return {};
}

}  // namespace hs::archive
