// Implementation notes
//
// The layouts are those of real files: ChronoTrack `TO~` lines with CRLF and no end on the last
// line, the time in seconds of the box's local dial; IPICO `aa` lines with hundredths in hex and a
// checksum; MYLAPS messages of up to ten passings, `$` left to the wire.
#include "sim/device_files.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace hs::sim {

namespace {

/// A dial's time in parts.
struct DialParts {
  base::Date date;
  std::int64_t hour, minute, second, micros;
};

DialParts parts_of(base::ReaderTime dial) {
  constexpr std::int64_t kDay = 86400000000;
  const std::int64_t us = dial.time_since_epoch().count();
  const std::int64_t in_day = us % kDay;
  return {base::date_from_days(us / kDay), in_day / 3600000000, in_day / 60000000 % 60,
          in_day / 1000000 % 60, in_day % 1000000};
}

using Out = std::back_insert_iterator<std::string>;

void write_chronotrack(const Box& box, std::span<const Detection> detections, std::string& out) {
  constexpr int kTagLine = 160, kBibTag = 18;
  std::array<std::uint64_t, 2> reader_seq{};
  std::uint64_t seq = 0;
  for (const Detection& detection : detections) {
    const std::int64_t us = dial_at(box, detection.at).time_since_epoch().count();
    // Antennas 1 and 2 hang on the first reader, 3 and 4 on the second; the file has a bit for
    // each.
    const std::size_t reader = detection.antenna > 2 ? 1 : 0;
    if (seq > 0) out += "\r\n";
    fmt::format_to(Out(out), "TO~{}~{}~{}~{}~{}.{:02}~{}{}~{}~{}~{}~P~{}", ++seq, detection.chip,
                   kTagLine, kBibTag, us / 1000000, us / 10000 % 100, box.serial.substr(1),
                   reader == 0 ? 'A' : 'B', 1 << (detection.antenna - 1), detection.rssi_dbm,
                   ++reader_seq[reader], detection.hits);
  }
}

void write_csv(const Box& box, std::span<const Detection> detections, std::string& out) {
  out += "mat,tag,time,antenna,rssi,device,seq\n";
  std::uint64_t seq = 0;
  for (const Detection& detection : detections) {
    const DialParts at = parts_of(dial_at(box, detection.at));
    fmt::format_to(Out(out), "{},{},{}T{:02}:{:02}:{:02}.{:03},{},{},{},{}\n", box.mat,
                   detection.chip, base::format_date(at.date), at.hour, at.minute, at.second,
                   at.micros / 1000, detection.antenna, detection.rssi_dbm, box.serial, ++seq);
  }
}

void write_ipico(const Box& box, std::span<const Detection> detections, std::string& out) {
  for (const Detection& detection : detections) {
    const DialParts at = parts_of(dial_at(box, detection.at));
    std::string line =
        fmt::format("aa00{:012}{:02x}{:02x}{:02}{:02}{:02}{:02}{:02}{:02}{:02x}", detection.chip,
                    detection.antenna, detection.hits, at.date.year % 100, at.date.month,
                    at.date.day, at.hour, at.minute, at.second, at.micros / 10000);
    // The checksum is the sum of the characters behind "aa".
    std::uint32_t sum = 0;
    for (std::size_t i = 2; i < line.size(); ++i) sum += static_cast<unsigned char>(line[i]);
    fmt::format_to(Out(out), "{}{:02x}\r\n", line, sum % 256);
  }
}

void write_mylaps(const Box& box, std::span<const Detection> detections, std::string& out) {
  constexpr std::size_t kPassingsAMessage = 10;
  std::uint64_t message = 0;
  for (std::size_t i = 0; i < detections.size(); ++i) {
    if (i % kPassingsAMessage == 0) fmt::format_to(Out(out), "{}@Passing@", box.mat);
    const Detection& detection = detections[i];
    const DialParts at = parts_of(dial_at(box, detection.at));
    fmt::format_to(Out(out),
                   "t={:02}:{:02}:{:02}.{:03}|c={:07}|ct=UH|d={:02}{:02}{:02}|l=1|dv=4|re=0|"
                   "an={:08b}|g=0|b={}|n={}|h={}@",
                   at.hour, at.minute, at.second, at.micros / 1000, detection.chip,
                   at.date.year % 100, at.date.month, at.date.day, 1 << (detection.antenna - 1),
                   i + 1, i + 1, detection.hits);
    const bool last = i + 1 == detections.size() || (i + 1) % kPassingsAMessage == 0;
    if (last) fmt::format_to(Out(out), "{}@$\r\n", ++message);
  }
}

/// "YYMMDDhhmmsscc", as marker files have times.
std::string stamp(base::ReaderTime dial) {
  const DialParts at = parts_of(dial);
  return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}{:02}", at.date.year % 100, at.date.month,
                     at.date.day, at.hour, at.minute, at.second, at.micros / 10000);
}

}  // namespace

std::string read_file_of(const Box& box, std::span<const Detection> detections) {
  std::string out;
  switch (box.format) {
    case FileFormat::ChronoTrack:
      write_chronotrack(box, detections, out);
      break;
    case FileFormat::Csv:
      write_csv(box, detections, out);
      break;
    case FileFormat::Ipico:
      write_ipico(box, detections, out);
      break;
    case FileFormat::Mylaps:
      write_mylaps(box, detections, out);
      break;
  }
  return out;
}

std::string marker_file_of(const Box& box, std::span<const Detection> detections) {
  std::string out;
  std::size_t number = 0;
  std::size_t next = 0;
  const auto line = [&](std::string_view type, std::size_t seq, const std::string& time,
                        std::string_view value) {
    fmt::format_to(Out(out), "{},{},{},{},{},{}\r\n", box.serial, ++number, type, seq, time, value);
  };
  const base::RaceTime on = box.clock.front().from;
  line("Event", 1, stamp(dial_at(box, on)), "SIM");
  line("Point", 1, stamp(dial_at(box, on)), box.name);
  for (const BoxMarker& marker : box.markers) {
    while (next < detections.size() && detections[next].written < marker.at) ++next;
    const std::string now = stamp(dial_at(box, marker.at));
    if (marker.old_time_is_value) {
      // What the dial would show had nobody touched it.
      Box untouched = box;
      std::erase_if(untouched.clock, [&](const ClockSpan& span) { return span.from == marker.at; });
      line(marker.type, next + 1, now, stamp(dial_at(untouched, marker.at)));
    } else {
      line(marker.type, next + 1, now, marker.value);
    }
  }
  return out;
}

std::string read_path_of(const Box& box) {
  const char* ending = "csv";
  if (box.format == FileFormat::Ipico || box.format == FileFormat::Mylaps) ending = "txt";
  return fmt::format("reads/{}/{:02}{:02}0600.{}", box.name, kEventDate.month, kEventDate.day,
                     ending);
}

std::string marker_path_of(const Box& box) {
  return fmt::format("reads/{}/{:02}{:02}0600.mrk", box.name, kEventDate.month, kEventDate.day);
}

const char* name_of(FileFormat format) {
  switch (format) {
    case FileFormat::ChronoTrack:
      return "chronotrack";
    case FileFormat::Csv:
      return "csv";
    case FileFormat::Ipico:
      return "ipico";
    case FileFormat::Mylaps:
      return "mylaps";
  }
  return "";
}

}  // namespace hs::sim
