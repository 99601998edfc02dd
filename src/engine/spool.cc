#include "engine/spool.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "log/crc32c.h"

// Implementation notes: a segment is read in one piece at open and record by record afterwards; the
// cursor is usually a record behind the end, which is in the operating system's memory still. What
// was confirmed is written at most every `kConfirmEvery` bytes: what is drained again because of it
// the log knows already.

namespace hs::engine {
namespace {

constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kPositionBytes = 16;
/// In the file only: what is confirmed is nothing that a source did.
constexpr std::uint8_t kConfirmed = 4;
constexpr std::uint64_t kConfirmEvery = 64U << 10U;
constexpr std::string_view kSuffix = ".spool";
constexpr std::size_t kDigits = 8;

template <typename Number>
void put(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xffU);
  }
}

template <typename Number>
Number take(std::string_view bytes, std::size_t from) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[from + i])) << (8 * i);
  }
  return static_cast<Number>(value);
}

// length, checksum, kind with three bytes of nothing, microseconds.
constexpr std::size_t kChecksumAt = 4;
constexpr std::size_t kKindAt = 8;
constexpr std::size_t kReceivedAt = 12;

std::string record_of(std::uint8_t kind, base::RaceTime received, std::string_view bytes) {
  std::string checked;
  checked.reserve(kHeaderBytes + bytes.size());
  put<std::uint32_t>(checked, kind);
  put<std::int64_t>(checked, received.time_since_epoch().count());
  checked += bytes;
  std::string out;
  out.reserve(kHeaderBytes + bytes.size());
  put<std::uint32_t>(out, static_cast<std::uint32_t>(bytes.size()));
  put<std::uint32_t>(out, log::crc32c(checked));
  return out + checked;
}

/// A whole record at the beginning of `bytes`.
struct Whole {
  std::uint8_t kind = 0;
  base::RaceTime received;
  std::string_view bytes;
};

std::optional<Whole> whole_record(std::string_view from) {
  if (from.size() < kHeaderBytes) return std::nullopt;
  const std::size_t length = take<std::uint32_t>(from, 0);
  if (length > Spool::kMostRecordBytes || from.size() - kHeaderBytes < length) return std::nullopt;
  const std::string_view checked = from.substr(kKindAt, kHeaderBytes - kKindAt + length);
  if (log::crc32c(checked) != take<std::uint32_t>(from, kChecksumAt)) return std::nullopt;
  Whole whole;
  whole.kind = static_cast<std::uint8_t>(take<std::uint32_t>(from, kKindAt));
  whole.received = base::RaceTime(base::Duration(take<std::int64_t>(from, kReceivedAt)));
  whole.bytes = from.substr(kHeaderBytes, length);
  return whole;
}

SpoolPosition position_in(std::string_view bytes) {
  SpoolPosition at;
  at.segment = take<std::uint32_t>(bytes, 0);
  at.offset = take<std::uint64_t>(bytes, 4);
  at.skip = take<std::uint32_t>(bytes, 12);
  return at;
}

/// Where the next whole record begins behind the damaged one at the beginning of `from`; its size
/// where there is none. The kind and the nothing behind it are looked at first: they rule out
/// nearly every place, and a checksum over bytes that are no record would cost most.
std::size_t next_whole(std::string_view from) {
  for (std::size_t at = 1; at + kHeaderBytes <= from.size(); ++at) {
    const auto kind = take<std::uint32_t>(from, at + kKindAt);
    if (kind < static_cast<std::uint32_t>(SpoolKind::Opened) || kind > kConfirmed) continue;
    if (whole_record(from.substr(at))) return at;
  }
  return from.size();
}

bool is_source_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace

base::Result<Spool> Spool::open(const base::Disk& disk, std::string folder, std::string source) {
  if (!is_source_name(source)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found the source '" + source + "', expected letters, digits, '-' or '_'");
  }
  Spool spool(disk, std::move(folder), std::move(source));
  HS_TRY_VOID(spool.find_segments());
  const std::size_t known = spool.segments_.size();
  for (std::size_t i = 0; i < known; ++i)
    HS_TRY_VOID(spool.walk(spool.segments_[i], i + 1 == known));
  spool.cursor_ = spool.written_ = spool.confirmed_;
  HS_TRY_VOID(spool.count_records());
  return spool;
}

std::string Spool::path_of(std::uint32_t segment) const {
  std::string digits = std::to_string(segment);
  digits.insert(0, kDigits - std::min(kDigits, digits.size()), '0');
  return folder_ + "/" + source_ + "-" + digits + std::string(kSuffix);
}

base::Result<void> Spool::find_segments() {
  HS_TRY(const auto names, disk_->files(folder_));
  for (const std::string& name : names) {
    const std::size_t length = source_.size() + 1 + kDigits + kSuffix.size();
    if (name.size() != length || name.compare(0, source_.size() + 1, source_ + "-") != 0) continue;
    if (name.compare(length - kSuffix.size(), kSuffix.size(), kSuffix) != 0) continue;
    Segment segment;
    const char* first = name.data() + source_.size() + 1;
    const auto parsed = std::from_chars(first, first + kDigits, segment.number);
    if (parsed.ec == std::errc() && parsed.ptr == first + kDigits) segments_.push_back(segment);
  }
  return {};
}

base::Result<void> Spool::walk(Segment& segment, bool is_last) {
  const std::string path = path_of(segment.number);
  constexpr std::size_t kWhole = 2 * kSegmentBytes;  // A segment ends soon behind its size.
  HS_TRY(const std::string bytes, disk_->read(path, 0, kWhole));
  std::string_view rest = bytes;
  while (!rest.empty()) {
    if (const auto record = whole_record(rest)) {
      if (record->kind == kConfirmed && record->bytes.size() == kPositionBytes) {
        confirmed_ = std::max(confirmed_, position_in(record->bytes));
      }
      rest.remove_prefix(kHeaderBytes + record->bytes.size());
      continue;
    }
    const std::size_t damaged = next_whole(rest);
    if (damaged == rest.size()) break;
    found_.lost_bytes += damaged;
    rest.remove_prefix(damaged);
  }
  segment.size = bytes.size() - rest.size();
  if (rest.empty()) return {};
  if (!is_last || rest.size() > kHeaderBytes + kMostRecordBytes) {
    // Kept as it is, for whoever can read more of it; what comes goes into another one.
    found_.lost_bytes += rest.size();
    return is_last ? begin_segment() : base::Result<void>();
  }
  found_.torn_bytes += rest.size();
  return disk_->cut(path, segment.size);
}

base::Result<void> Spool::count_records() {
  for (;;) {
    HS_TRY(const auto record, next());
    if (!record) break;
    ++found_.records;
  }
  cursor_ = confirmed_;
  damaged_bytes_ = 0;
  return {};
}

base::Result<void> Spool::begin_segment() {
  Segment segment;
  segment.number = segments_.empty() ? confirmed_.segment + 1 : segments_.back().number + 1;
  HS_TRY(growing_, disk_->open(path_of(segment.number)));
  segment.size = growing_->size();
  segments_.push_back(segment);
  return {};
}

base::Result<void> Spool::append_record(std::uint8_t kind, base::RaceTime received,
                                        std::string_view bytes) {
  const bool is_full = !segments_.empty() && segments_.back().size >= kSegmentBytes;
  if (segments_.empty() || is_full) {
    HS_TRY_VOID(begin_segment());
  } else if (growing_ == nullptr) {
    HS_TRY(growing_, disk_->open(path_of(segments_.back().number)));
  }
  const std::string record = record_of(kind, received, bytes);
  auto done = growing_->append(record);
  if (done) {
    segments_.back().size += record.size();
    return {};
  }
  // Half a record in the middle would cost all behind it.
  growing_.reset();
  if (!disk_->cut(path_of(segments_.back().number), segments_.back().size)) {
    (void)begin_segment();
  }
  return done;
}

base::Result<void> Spool::append(SpoolKind kind, base::RaceTime received, std::string_view bytes) {
  HS_CHECK(kind == SpoolKind::Bytes || bytes.empty(), "only Bytes has bytes");
  do {
    const std::string_view some = bytes.substr(0, kMostRecordBytes);
    HS_TRY_VOID(append_record(static_cast<std::uint8_t>(kind), received, some));
    bytes.remove_prefix(some.size());
  } while (!bytes.empty());
  return {};
}

const Spool::Segment* Spool::from(std::uint32_t number) const {
  const auto at = std::lower_bound(
      segments_.begin(), segments_.end(), number,
      [](const Segment& segment, std::uint32_t value) { return segment.number < value; });
  return at == segments_.end() ? nullptr : &*at;
}

/// How many bytes of a segment begin no whole record.
base::Result<std::uint64_t> Spool::pass_damage(const Segment& segment, std::uint64_t offset) {
  HS_TRY(const std::string bytes, disk_->read(path_of(segment.number), offset,
                                              static_cast<std::size_t>(segment.size - offset)));
  // A file that has become shorter holds nothing more.
  const std::uint64_t damaged =
      bytes.empty() ? segment.size - offset : std::max<std::size_t>(next_whole(bytes), 1);
  damaged_bytes_ += damaged;
  return damaged;
}

base::Result<std::optional<SpoolRecord>> Spool::next() {
  SpoolPosition at = cursor_;
  bool is_behind_damage = false;
  for (;;) {
    const Segment* segment = from(at.segment);
    if (segment == nullptr) return std::optional<SpoolRecord>();
    if (segment->number != at.segment) at = {segment->number, 0, 0};
    if (at.offset >= segment->size) {
      if (segment->number == segments_.back().number) return std::optional<SpoolRecord>();
      at = {segment->number + 1, 0, 0};
      continue;
    }
    HS_TRY(std::string bytes, disk_->read(path_of(at.segment), at.offset, kHeaderBytes));
    const std::size_t length = bytes.size() < kHeaderBytes ? 0 : take<std::uint32_t>(bytes, 0);
    if (length > 0 && length <= kMostRecordBytes) {
      HS_TRY(const std::string rest,
             disk_->read(path_of(at.segment), at.offset + kHeaderBytes, length));
      bytes += rest;
    }
    const auto whole = whole_record(bytes);
    if (!whole) {
      HS_TRY(const std::uint64_t damaged, pass_damage(*segment, at.offset));
      at = {at.segment, at.offset + damaged, 0};
      is_behind_damage = true;
      continue;
    }
    const SpoolPosition behind{at.segment, at.offset + kHeaderBytes + whole->bytes.size(), 0};
    if (whole->kind == kConfirmed) {
      at = behind;
      continue;
    }
    SpoolRecord record;
    record.at = at;
    record.behind = behind;
    record.kind = static_cast<SpoolKind>(whole->kind);
    record.is_behind_damage = is_behind_damage;
    record.received = whole->received;
    record.bytes = whole->bytes.substr(std::min<std::size_t>(at.skip, whole->bytes.size()));
    cursor_ = behind;
    return std::optional(std::move(record));
  }
}

std::uint64_t Spool::unconfirmed_bytes() const {
  std::uint64_t bytes = 0;
  for (const Segment& segment : segments_) {
    if (segment.number < confirmed_.segment) continue;
    const bool here = segment.number == confirmed_.segment;
    bytes += segment.size - (here ? std::min(confirmed_.offset, segment.size) : 0);
  }
  return bytes;
}

base::Result<void> Spool::write_confirmed() {
  std::string bytes;
  put<std::uint32_t>(bytes, confirmed_.segment);
  put<std::uint64_t>(bytes, confirmed_.offset);
  put<std::uint32_t>(bytes, confirmed_.skip);
  HS_TRY_VOID(append_record(kConfirmed, base::RaceTime(), bytes));
  written_ = confirmed_;
  while (segments_.front().number < confirmed_.segment) {
    HS_TRY_VOID(disk_->remove(path_of(segments_.front().number)));
    segments_.pop_front();
  }
  return {};
}

base::Result<void> Spool::confirm(const SpoolPosition& position) {
  if (position <= confirmed_) return {};
  confirmed_ = position;
  const bool is_far = confirmed_.segment != written_.segment ||
                      confirmed_.offset - written_.offset >= kConfirmEvery;
  return is_far ? write_confirmed() : base::Result<void>();
}

}  // namespace hs::engine
