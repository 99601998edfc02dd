#include <array>

#include "base/sha256.h"
#include "model/fact_codec.h"

// Implementation notes: the byte table is in docs/race-file.md ("Reads"). Little-endian, written
// byte by byte so that the file is the same on every machine; g++ turns each loop into one store.
// A part that says nothing (0) is left out and its flag is 0, and the reading side insists on
// that: one read has exactly one form, so the chain over bodies is a chain over reads.

namespace hs::model {
namespace {

constexpr std::uint8_t kHasDeviceSeq = 1U << 0U;
constexpr std::uint8_t kByBib = 1U << 1U;
constexpr std::uint8_t kHasAntenna = 1U << 2U;
constexpr std::uint8_t kHasRssi = 1U << 3U;
constexpr std::uint8_t kHasHits = 1U << 4U;
constexpr std::uint8_t kKnownFlags = kHasDeviceSeq | kByBib | kHasAntenna | kHasRssi | kHasHits;

/// Flags, stream, line, time, device sequence, antenna, signal, hits, tag size, tag.
constexpr std::size_t kSizeMax = 1 + 4 + 4 + 8 + 8 + 1 + 2 + 2 + 1 + 47;

class Bytes {
 public:
  template <typename Unsigned>
  void put(Unsigned value) {
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      bytes_[size_++] = static_cast<char>((value >> (8 * i)) & 0xff);
    }
  }
  void put_text(std::string_view text) {
    for (const char c : text) bytes_[size_++] = c;
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, kSizeMax> bytes_;
  std::size_t size_ = 0;
};

/// Takes numbers off the front of a text; remembers whether it ever ran short.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  template <typename Unsigned>
  Unsigned take() {
    if (rest_.size() < sizeof(Unsigned)) {
      short_ = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
    }
    rest_.remove_prefix(sizeof(Unsigned));
    return static_cast<Unsigned>(value);
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool ran_short() const { return short_; }

 private:
  std::string_view rest_;
  bool short_ = false;
};

std::uint8_t flags_of(const Read& read) {
  std::uint8_t flags = 0;
  if (read.device_seq) flags |= kHasDeviceSeq;
  if (read.by == ReadBy::Bib) flags |= kByBib;
  if (read.antenna != 0) flags |= kHasAntenna;
  if (read.rssi_dbm != 0) flags |= kHasRssi;
  if (read.hits != 0) flags |= kHasHits;
  return flags;
}

tl::unexpected<base::Error> corrupt(const std::string& what) {
  return base::fail(base::ErrorCode::Corrupt, "a stored read " + what);
}

/// Takes the parts that only some reads have. False where a part is there and says nothing.
bool take_optional_parts(std::uint8_t flags, Cursor& bytes, Read& read) {
  if ((flags & kHasDeviceSeq) != 0) read.device_seq = bytes.take<std::uint64_t>();
  if ((flags & kByBib) != 0) read.by = ReadBy::Bib;
  bool each_says_something = true;
  if ((flags & kHasAntenna) != 0) {
    read.antenna = bytes.take<std::uint8_t>();
    each_says_something = read.antenna != 0;
  }
  if ((flags & kHasRssi) != 0) {
    read.rssi_dbm = static_cast<std::int16_t>(bytes.take<std::uint16_t>());
    each_says_something = each_says_something && read.rssi_dbm != 0;
  }
  if ((flags & kHasHits) != 0) {
    read.hits = bytes.take<std::uint16_t>();
    each_says_something = each_says_something && read.hits != 0;
  }
  return each_says_something;
}

/// FNV-1a, 64 bits: short inputs, no tables, the same on every machine.
class Fnv {
 public:
  void add(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      hash_ = (hash_ ^ ((value >> (8 * i)) & 0xff)) * 0x100000001b3ULL;
    }
  }
  [[nodiscard]] std::uint32_t folded() const {
    return static_cast<std::uint32_t>(hash_ ^ (hash_ >> 32U));
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

void encode_read(const Read& read, std::string& out) {
  Bytes bytes;
  bytes.put(flags_of(read));
  bytes.put(read.stream.raw());
  bytes.put(read.line);
  bytes.put(static_cast<std::uint64_t>(read.time.time_since_epoch().count()));
  if (read.device_seq) bytes.put(*read.device_seq);
  if (read.antenna != 0) bytes.put(read.antenna);
  if (read.rssi_dbm != 0) bytes.put(static_cast<std::uint16_t>(read.rssi_dbm));
  if (read.hits != 0) bytes.put(read.hits);
  bytes.put(static_cast<std::uint8_t>(read.tag.view().size()));
  bytes.put_text(read.tag.view());
  out.append(bytes.view());
}

base::Result<Read> decode_read(std::string_view body) {
  Cursor bytes(body);
  Read read;
  const auto flags = bytes.take<std::uint8_t>();
  if ((flags & ~kKnownFlags) != 0) return corrupt("has flags that this version does not know");
  read.stream = StreamId(bytes.take<std::uint32_t>());
  read.line = bytes.take<std::uint32_t>();
  const auto micros = static_cast<std::int64_t>(bytes.take<std::uint64_t>());
  read.time = base::ReaderTime(base::Duration(micros));
  const bool each_says_something = take_optional_parts(flags, bytes, read);
  const auto tag_size = bytes.take<std::uint8_t>();
  if (bytes.ran_short() || bytes.rest().size() != tag_size) {
    return corrupt("has " + std::to_string(body.size()) + " bytes, more or fewer than it says");
  }
  if (!each_says_something) return corrupt("has a part that says nothing");
  if (tag_size == 0) return read;
  auto tag = TagCode::parse(bytes.rest());
  if (!tag || tag->view() != bytes.rest()) return corrupt("has a chip code that nothing writes");
  read.tag = *tag;
  return read;
}

std::uint32_t content_mark(const Read& read) {
  Fnv hash;
  hash.add(static_cast<std::uint64_t>(read.by), 1);
  hash.add(read.antenna, 1);
  hash.add(static_cast<std::uint64_t>(read.time.time_since_epoch().count()), 8);
  for (const char c : read.tag.view()) hash.add(static_cast<unsigned char>(c), 1);
  return hash.folded();
}

Identity conflict_identity(const Identity& of_read, const Read& read) {
  std::string key(1, 'x');
  key.append(of_read.begin(), of_read.end());
  Read content = read;
  // Only what `same_content` looks at; where it stood and how strong it was is no part of that.
  content.stream = StreamId();
  content.line = 0;
  content.device_seq.reset();
  content.rssi_dbm = 0;
  content.hits = 0;
  encode_read(content, key);
  const base::Digest digest = base::sha256(key);
  Identity out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = digest[i];
  return out;
}

}  // namespace hs::model
