#include "formats/mylaps_record.h"

#include <algorithm>
#include <optional>

#include "formats/chip_lines.h"
#include "formats/day_time.h"

// Implementation notes: the vendor's paper does not say how the checksum of a V1 record is made;
// it is the sum of its first 37 characters modulo 256, which held for all 2,494 records of a real
// session.

namespace hs::formats::mylaps {
namespace {

using base::Result;

constexpr std::int64_t kMicrosPerMilli = 1000;
constexpr std::size_t kChecksumAt = 37;
constexpr int kDecimals = 3;  ///< Of a second.

std::string hex_byte(unsigned value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  return {kHex[value >> 4], kHex[value & 0xf]};
}

/// The midnight of "yyMMdd" on the dial.
std::optional<base::ReaderTime> read_date(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = text.size() == 6 && read_digits(text.substr(0, 2), year) &&
                      read_digits(text.substr(2, 2), month) && read_digits(text.substr(4), day);
  if (!shaped) return std::nullopt;
  DialParts parts;
  parts.year = full_year(year);
  parts.month = month;
  parts.day = day;
  return reader_time(parts);
}

/// Milliseconds since 1970 as an instant of some dial.
std::optional<base::ReaderTime> read_millis(std::string_view text) {
  constexpr std::int64_t kMillisMax = 253'402'300'800'000;  // The year 10000.
  std::int64_t millis = 0;
  if (!read_number(text, millis) || millis < 0 || millis >= kMillisMax) return std::nullopt;
  return base::ReaderTime(base::Duration(millis * kMicrosPerMilli));
}

/// The antenna mask as V2 writes it, eight binary digits, or the number of one antenna.
std::optional<std::uint8_t> read_antenna(std::string_view text) {
  constexpr std::size_t kMaskDigits = 8;
  std::uint8_t value = 0;
  const int base = text.size() == kMaskDigits ? 2 : 10;
  if (!read_number(text, value, base)) return std::nullopt;
  return value;
}

/// The keys of a V2 record that are used; views into the record, empty where not given.
struct Keys {
  std::string_view t, c, d, ut, utc, dv, dm, an, ans, h;
};

void put_key(Keys& keys, std::string_view name, std::string_view value) {
  if (name == "t") keys.t = value;
  if (name == "c") keys.c = value;
  if (name == "d") keys.d = value;
  if (name == "ut") keys.ut = value;
  if (name == "utc") keys.utc = value;
  if (name == "dv") keys.dv = value;
  if (name == "dm") keys.dm = value;
  if (name == "an") keys.an = value;
  if (name == "ans") keys.ans = value;
  if (name == "h") keys.h = value;
}

/// utc before ut before date and time of day: the fewer guesses about the zone the better.
Result<void> read_v2_time(std::string_view line, std::string_view record, const Keys& keys,
                          Record& out) {
  if (!keys.utc.empty()) {
    const auto time = read_millis(keys.utc);
    if (!time) return unfit(line, keys.utc, "milliseconds since 1970");
    out.read.time = *time;
    out.dial = Dial::Utc;
    return {};
  }
  if (!keys.ut.empty()) {
    const auto time = read_millis(keys.ut);
    if (!time) return unfit(line, keys.ut, "milliseconds since 1970");
    out.read.time = *time;
    return {};
  }
  if (keys.t.empty() || keys.d.empty()) {
    return unfit_at(line, record, "found no instant, expected utc=, ut=, or d= and t=");
  }
  const auto date = read_date(keys.d);
  if (!date) return unfit(line, keys.d, "a date as yyMMdd");
  const auto time = read_time_of_day(keys.t, kDecimals);
  if (!time) return unfit(line, keys.t, "a time as HH:MM:SS.mmm");
  out.read.time = *date + *time;
  return {};
}

bool is_gun(std::string_view type) {
  // As seen on the wire: "Gunshot", "gun", "ext-gun", "ext-1", "ext-2".
  return type == "Gunshot" || type == "gun" || type == "Gun" || type.starts_with("ext-");
}

}  // namespace

Result<Record> read_v1(std::string_view line, std::string_view record) {
  if (record.size() != kV1RecordLength) {
    return unfit_at(
        line, record,
        "found a record of " + std::to_string(record.size()) + " characters, expected 39");
  }
  unsigned sum = 0;
  for (const char c : record.substr(0, kChecksumAt)) sum += static_cast<unsigned char>(c);
  sum &= 0xff;
  unsigned written = 0;
  const std::string_view check = record.substr(kChecksumAt);
  if (!read_number(check, written, 16) || written != sum) {
    return unfit(line, check, "the checksum " + hex_byte(sum));
  }
  Record out;
  const std::string_view chip = without_padding(record.substr(0, 7));
  auto tag = model::TagCode::parse(chip);
  if (!tag) return unfit(line, record.substr(0, 7), "a chip of up to 7 characters");
  out.read.tag = *tag;
  const std::string_view clock = record.substr(7, 12);
  const auto time = read_time_of_day(clock, kDecimals);
  if (!time) return unfit(line, clock, "a time as HH:MM:SS.mmm");
  const std::string_view day = record.substr(31, 6);
  const auto date = read_date(day);
  if (!date) return unfit(line, day, "a date as yyMMdd");
  out.read.time = *date + *time;
  out.decoder = clean_name(record.substr(19, 2));
  if (!read_number(record.substr(23, 1), out.read.antenna, 16)) {
    return unfit(line, record.substr(23, 1), "the antennas as a hexadecimal digit");
  }
  std::uint32_t sequence = 0;
  if (!read_number(record.substr(27, 4), sequence, 16)) {
    return unfit(line, record.substr(27, 4), "a number of four hexadecimal digits");
  }
  return out;
}

Result<Record> read_v2(std::string_view line, std::string_view record) {
  Keys keys;
  std::string_view rest = record;
  while (!rest.empty()) {
    std::string_view pair = take_until(rest, '|');
    const std::string_view whole = pair;
    const std::string_view name = take_until(pair, '=');
    if (name.size() == whole.size()) return unfit(line, whole, "key=value");
    put_key(keys, name, without_padding(pair));
  }
  if (keys.c.empty()) return unfit_at(line, record, "found no chip, expected c=");
  Record out;
  auto tag = model::TagCode::parse(keys.c);
  if (!tag) return unfit(line, keys.c, "a chip code");
  out.read.tag = *tag;
  HS_TRY_VOID(read_v2_time(line, record, keys, out));
  out.decoder = clean_name(keys.dv.empty() ? keys.dm : keys.dv);
  const std::string_view antenna = keys.ans.empty() ? keys.an : keys.ans;
  if (!antenna.empty()) {
    const auto value = read_antenna(antenna);
    if (!value) return unfit(line, antenna, "an antenna or a mask of eight binary digits");
    out.read.antenna = *value;
  }
  if (!keys.h.empty() && !read_number(keys.h, out.read.hits)) {
    return unfit(line, keys.h, "a count of hits");
  }
  return out;
}

Result<Marker> read_marker(std::string_view line, std::string_view record) {
  Marker out;
  std::string_view rest = record;
  std::string_view time = without_padding(take_until(rest, '|'));
  std::string_view type = take_until(rest, '|');
  std::string_view name = take_until(rest, '|');
  if (time.starts_with("t=")) time.remove_prefix(2);
  if (type.starts_with("mt=")) type.remove_prefix(3);
  if (name.starts_with("n=")) name.remove_prefix(2);
  if (const auto of_day = read_time_of_day(time, kDecimals)) {
    out.marker.time = base::ReaderTime(*of_day);
  } else {
    const auto dated = base::parse_iso(time);
    if (!dated) return unfit(line, time, "a time as HH:MM:SS.mmm, with a date or without");
    out.marker.time = base::ReaderTime(base::Duration(dated->civil.micros));
    out.has_date = true;
  }
  out.marker.kind = is_gun(type) ? model::Marker::Kind::Gun : model::Marker::Kind::Other;
  out.marker.text = clean_name(type) + ": " + clean_name(name);
  return out;
}

}  // namespace hs::formats::mylaps
