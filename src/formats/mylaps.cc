#include "formats/mylaps.h"

#include <array>
#include <set>

#include "formats/mylaps_record.h"

// Implementation notes: the layout of a message is Source@Function@data@data...@number@ and then
// "$" or a line end. Sources are locations as the operator named them, blanks and all.
// A file is often a log of the connection, so the messages around the reads (Pong, AckPing,
// GetLocations ...) are there too; any Source@Word@ is taken as one of them and left out.

namespace hs::formats {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(1);
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

bool is_word(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) return false;
  }
  return true;
}

/// The message number at a message's end: up to ten digits, blanks in front allowed.
bool is_message_number(std::string_view field) {
  constexpr std::size_t kDigitsMax = 10;
  field = without_padding(field);
  std::uint64_t number = 0;
  return field.size() <= kDigitsMax && read_number(field, number);
}

/// Takes the messages of one file, one after the other.
class MylapsFile {
 public:
  explicit MylapsFile(ChipFileBuilder& out) : out_(out) {}

  void take_line(const Line& line) {
    std::string_view rest = without_padding(line.text);
    if (rest.empty()) return;
    out_.count_line();
    while (!rest.empty()) {
      const bool is_closed = rest.find('$') != std::string_view::npos;
      const std::string_view message = without_padding(take_until(rest, '$'));
      // A "$" ends a message as surely as a line end does.
      Line part = line;
      part.ended = line.ended || is_closed;
      if (!message.empty()) take_message(part, message);
    }
  }

  void finish() {
    const std::string& file = out_.input().file;
    if (others_ > 0) {
      out_.remark(file + ": " + std::to_string(others_) + " messages that carry no reads");
    }
    if (repeated_markers_ > 0) {
      out_.remark(file + ": " + std::to_string(repeated_markers_) +
                  " markers came again and count once");
    }
    if (locations_.size() > 1 && !out_.source().mat.empty()) {
      std::string names;
      for (const std::string& name : locations_)
        names += (names.empty() ? "'" : ", '") + name + "'";
      out_.remark(file + ": reads of several locations, " + names + ", all taken as mat '" +
                  out_.source().mat + "'");
    }
  }

 private:
  using Reader = base::Result<mylaps::Record> (*)(std::string_view, std::string_view);

  void take_message(const Line& line, std::string_view message) {
    std::string_view data = message;
    const std::string_view source = take_until(data, '@');
    if (source.size() == message.size()) {
      // Records without a message around them: nothing says where.
      take_record(line, message, message, "", mylaps::read_v1);
      return;
    }
    const std::string_view function = take_until(data, '@');
    if (function == "Store") {
      take_records(line, message, source, data, mylaps::read_v1);
    } else if (function == "Passing") {
      take_records(line, message, source, data, mylaps::read_v2);
    } else if (function == "Marker") {
      take_marker(line, message, source, data);
    } else if (is_word(function)) {
      out_.understood();
      ++others_;
    } else {
      out_.refuse(line, unfit(message, function, "Store, Passing, Marker or another word").value(),
                  message);
    }
  }

  /// All records of a message but its number at the end.
  void take_records(const Line& line, std::string_view message, std::string_view source,
                    std::string_view data, Reader reader) {
    while (!data.empty()) {
      // Without the "@" behind it the last field may be half of itself.
      const bool is_closed = data.find('@') != std::string_view::npos;
      const std::string_view field = take_until(data, '@');
      if (field.empty() || (data.empty() && is_message_number(field))) continue;
      Line part = line;
      part.ended = line.ended || is_closed;
      take_record(part, message, field, source, reader);
    }
  }

  void take_record(const Line& line, std::string_view message, std::string_view field,
                   std::string_view source, Reader reader) {
    const bool may_be_cut = !line.ended && reader == mylaps::read_v2;
    auto record = reader(message, field);
    if (!record || may_be_cut) {
      // V2 has neither length nor checksum, so one without its end cannot be trusted.
      out_.refuse(line, record ? base::Error{} : std::move(record).error(), message);
      return;
    }
    record->read.line = line.number;
    last_day_ = day_of(record->read.time);
    out_.add_read(stream_of(source, *record), record->read);
  }

  void take_marker(const Line& line, std::string_view message, std::string_view source,
                   std::string_view data) {
    const std::string_view field = take_until(data, '@');
    auto marker = mylaps::read_marker(message, field);
    if (!marker) {
      out_.refuse(line, std::move(marker).error(), message);
      return;
    }
    out_.understood();
    if (!marker->has_date) marker->marker.time += base::Duration(day() * kMicrosPerDay);
    marker->marker.before_seq = line.number + 1;  // Lines give the order here.
    // Repeated every 20 s until it is answered: the same word of the same place is one marker.
    const auto is_new = seen_markers_
                            .insert({std::string(source), marker->marker.time.time_since_epoch(),
                                     marker->marker.text})
                            .second;
    if (!is_new) {
      ++repeated_markers_;
      return;
    }
    // A marker names no decoder. It gets a stream of its own, since the first decoder of the
    // location may not be known yet, and what is known later must not change what was said.
    out_.streams()[stream_of(source, mylaps::Record{})].markers.push_back(
        std::move(marker->marker));
  }

  /// A location and decoder on one kind of clock; a record that says UTC is on a clock of its own.
  std::size_t stream_of(std::string_view source, const mylaps::Record& record) {
    const std::string& mat = out_.source().mat;
    const bool is_utc = record.dial == mylaps::Dial::Utc;
    const std::string location = clean_name(source);
    std::string device = location;
    if (!record.decoder.empty()) device += (device.empty() ? "" : "/") + record.decoder;
    if (!location.empty()) locations_.insert(location);
    return out_.stream_of({.device = std::move(device),
                           .epoch = is_utc ? "utc" : "",
                           .mat = mat.empty() ? location : mat,
                           .clock = is_utc ? std::optional(model::DeviceClock::Utc) : std::nullopt},
                          kResolution);
  }

  static std::int64_t day_of(base::ReaderTime time) {
    return std::chrono::floor<std::chrono::days>(time.time_since_epoch()).count();
  }

  /// The day of a marker that says none: of the read before it, else of the event.
  [[nodiscard]] std::int64_t day() const {
    return last_day_.value_or(base::days_from_epoch(out_.event().date));
  }

  /// What makes a marker the same marker again.
  struct SeenMarker {
    std::string source;
    base::Duration time;
    std::string text;
    friend auto operator<=>(const SeenMarker&, const SeenMarker&) = default;
  };

  ChipFileBuilder& out_;
  std::set<SeenMarker> seen_markers_;
  std::set<std::string> locations_;
  std::optional<std::int64_t> last_day_;
  std::size_t others_ = 0;
  std::size_t repeated_markers_ = 0;
};

}  // namespace

base::Result<void> parse_mylaps(ChipFileBuilder& out) {
  MylapsFile file(out);
  LineSplitter lines(out.input().bytes);
  Line line;
  while (lines.next(line)) file.take_line(line);
  file.finish();
  return {};
}

}  // namespace hs::formats
