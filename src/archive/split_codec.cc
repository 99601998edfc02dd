#include "archive/split_codec.h"

#include <limits>
#include <optional>

// Implementation notes: a table with a row a split would be ten times as many rows; as bytes beside
// the result the splits cost a fourth of the room and nothing to find. Differences are small
// numbers, and signed, since a file's times may fall. Sums wrap in 64 bits on both ways alike.

namespace hs::archive {
namespace {

using model::PublishedSplit;

constexpr unsigned kHasTime = 0x40;
constexpr unsigned kHasTimeOfDay = 0x80;
constexpr unsigned kFlags = 0x3f;

std::uint64_t zigzag(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return (bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
std::int64_t unzigzag(std::uint64_t bits) {
  return static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0));
}

/// Takes the numbers off the front of some bytes.
class NumberReader {
 public:
  explicit NumberReader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

  std::optional<std::uint64_t> number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    return std::nullopt;
  }

  std::optional<unsigned> byte() {
    if (bytes_.empty()) return std::nullopt;
    const auto value = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }

  /// The next time, which is `before` and a difference; `before` becomes it.
  std::optional<base::Duration> time(std::uint64_t& before) {
    const auto step = number();
    if (!step) return std::nullopt;
    before += static_cast<std::uint64_t>(unzigzag(*step));
    return base::Duration(static_cast<std::int64_t>(before));
  }

 private:
  std::string_view bytes_;
};

void append_time(base::Duration time, std::uint64_t& before, std::string& out) {
  const auto now = static_cast<std::uint64_t>(time.count());
  append_number(zigzag(static_cast<std::int64_t>(now - before)), out);
  before = now;
}

}  // namespace

void append_number(std::uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7U) out += static_cast<char>((value & 0x7fU) | 0x80U);
  out += static_cast<char>(value);
}

void append_splits(std::span<const PublishedSplit> splits, std::string& out) {
  std::uint64_t time_before = 0;
  std::uint64_t day_before = 0;
  for (const PublishedSplit& split : splits) {
    append_number(split.point(), out);
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
  NumberReader in(bytes);
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
    if ((*flags & kHasTime) != 0 && !(time = in.time(time_before))) return corrupt();
    if ((*flags & kHasTimeOfDay) != 0 && !(at = in.time(day_before))) return corrupt();
    out.emplace_back(static_cast<std::uint16_t>(*point), time, at,
                     static_cast<std::uint8_t>(*flags & kFlags));
  }
  return {};
}

}  // namespace hs::archive
