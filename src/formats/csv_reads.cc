#include "formats/csv_reads.h"

#include <algorithm>
#include <array>
#include <map>

#include "formats/csv.h"
#include "formats/format_guess.h"
#include "formats/text_encoding.h"

// Implementation notes: everything a read file may hold is ASCII, so where the encoding cannot be
// told (one damaged byte in a UTF-8 file) the bytes are read as they are, and the damage costs the
// row it stands in and not the file.

namespace hs::formats {
namespace {

enum Column : std::size_t {
  MatColumn,
  TagColumn,
  TimeColumn,
  AntennaColumn,
  RssiColumn,
  DeviceColumn,
  SeqColumn,
  EpochColumn,
  ColumnCount
};

constexpr std::array<std::string_view, ColumnCount> kNames = {"mat",  "tag",    "time", "antenna",
                                                              "rssi", "device", "seq",  "epoch"};

/// The epoch while a file is read; the numbered streams without one get theirs at the end.
constexpr const char* kOwnClockEpoch = "";
constexpr const char* kUtcEpoch = "utc";
/// In front of an epoch that a row names, so that none of them is one of ours.
constexpr const char* kNamedEpoch = "log ";

struct Time {
  base::ReaderTime at;
  bool is_utc = false;
  std::size_t decimals = 0;
};

/// A row's parts that are not kept in the read.
struct Row {
  model::Read read;
  Time time;
  std::string mat;
  std::string device;
  std::string epoch;  ///< As the row names it.
};

/// The epoch of a row's stream, for the time being.
std::string epoch_of(const Row& row) {
  if (row.epoch.empty()) return row.time.is_utc ? kUtcEpoch : kOwnClockEpoch;
  return kNamedEpoch + row.epoch + (row.time.is_utc ? "/utc" : "");
}

std::string lower(std::string_view text) {
  std::string out(trimmed(text));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

base::Error error_at(const CsvCell& cell, std::string_view expected) {
  base::Error error;
  error.code = base::ErrorCode::InvalidInput;
  error.message = "found " + shown(cell.text) + ", expected " + std::string(expected);
  error.place.column = cell.column;
  return error;
}

/// ISO 8601, with the comma that it allows before the decimals.
std::optional<Time> read_time(std::string_view cell) {
  std::string text(cell);
  std::replace(text.begin(), text.end(), ',', '.');
  const auto parsed = base::parse_iso(text);
  if (!parsed) return std::nullopt;
  Time out;
  base::Duration civil(parsed->civil.micros);
  if (parsed->utc_offset) {
    civil -= *parsed->utc_offset;
    out.is_utc = true;
  }
  out.at = base::ReaderTime(civil);
  const std::size_t point = text.find('.');
  if (point != std::string::npos) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", point + 1), text.size());
    out.decimals = end - point - 1;
  }
  return out;
}

/// Reads the rows of one table, one after the other.
class CsvReads {
 public:
  CsvReads(ChipFileBuilder& out, std::string_view text)
      : out_(out),
        text_(text),
        dialect_(recognise_dialect(text)),
        reader_(text, dialect_, out.input().file) {
    const bool is_unended = !text.empty() && text.back() != '\n' && text.back() != '\r';
    if (is_unended) cut_line_ = place_of(text, text.size(), "").line;
  }

  base::Result<void> read() {
    CsvRow row;
    HS_TRY(const bool has_header, reader_.next(row));
    if (!has_header) return {};
    HS_TRY_VOID(read_header(row));
    out_.understood();
    for (;;) {
      auto more = reader_.next(row);
      if (more && !*more) break;
      out_.count_line();
      if (more) {
        take(row);
      } else {
        const int line = more.error().place.line;
        out_.refuse(line_of(line), std::move(more).error());
      }
    }
    finish();
    return {};
  }

 private:
  /// Finds the columns. Errors: InvalidInput with the cell for a column twice or a needed one
  /// that is not there.
  base::Result<void> read_header(const CsvRow& row) {
    std::string others;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string name = lower(row.cells[i].text);
      const auto known = std::find(kNames.begin(), kNames.end(), name);
      if (known == kNames.end()) {
        if (!name.empty()) others += (others.empty() ? "'" : ", '") + clean_name(name) + "'";
        continue;
      }
      auto& place = columns_[static_cast<std::size_t>(known - kNames.begin())];
      if (place) {
        return fail_at(row.cells[i], "found the column '" + name + "' twice, expected it once");
      }
      place = i;
    }
    width_ = row.cells.size();
    const bool has_mat = columns_[MatColumn] || !out_.source().mat.empty();
    if (!has_mat || !columns_[TagColumn] || !columns_[TimeColumn]) {
      return fail_at(row.cells.front(), "found " + guess_format(out_.input().bytes).words +
                                            ", expected a header row with mat, tag and time");
    }
    if (!others.empty()) out_.remark(out_.input().file + ": columns left out: " + others);
    if (columns_[SeqColumn] && !columns_[DeviceColumn]) {
      out_.remark(out_.input().file + ": column 'seq' left out: without a device it names nothing");
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<base::Error> fail_at(const CsvCell& cell, std::string words) const {
    return base::fail(base::ErrorCode::InvalidInput, std::move(words),
                      {.file = out_.input().file, .line = cell.line, .column = cell.column});
  }

  /// The cell of a column; an empty one where the table or the row has none.
  [[nodiscard]] const CsvCell& cell(const CsvRow& row, Column column) const {
    static const CsvCell kNone;
    const auto place = columns_[column];
    return place && *place < row.cells.size() ? row.cells[*place] : kNone;
  }

  [[nodiscard]] Line line_of(int number) const {
    return {.text = {}, .number = static_cast<std::uint32_t>(number), .ended = number != cut_line_};
  }

  /// Takes a row, or refuses it. The births count rows of all mats, since several sources may
  /// name one file with a mat each and must come to the same epoch.
  void take(const CsvRow& row) {
    const Line line = line_of(row.line);
    Row parsed;
    if (auto problem = parse(row, line, parsed)) {
      out_.refuse(line, std::move(*problem));
      return;
    }
    decimals_ = std::max(decimals_, parsed.time.decimals);
    time_length_ = trimmed(cell(row, TimeColumn).text).size();
    if (parsed.read.device_seq && parsed.epoch.empty()) note_birth(parsed);
    if (!out_.source().mat.empty() && parsed.mat != out_.source().mat) {
      ++left_out_;
      return;
    }
    parsed.read.line = line.number;
    const std::size_t stream = out_.stream_of(
        {.device = parsed.device,
         .epoch = epoch_of(parsed),
         .mat = parsed.mat,
         .clock = parsed.time.is_utc ? std::optional(model::DeviceClock::Utc) : std::nullopt},
        base::Duration(1));
    out_.add_read(stream, parsed.read);
  }

  /// Fills `out`, or gives what is wrong with the row.
  std::optional<base::Error> parse(const CsvRow& row, const Line& line, Row& out) const {
    for (std::size_t i = width_; i < row.cells.size(); ++i) {
      if (!trimmed(row.cells[i].text).empty()) {
        return error_at(row.cells[i], "as many cells as the header has");
      }
    }
    const bool is_short = row.cells.size() < width_;
    if (is_short && !line.ended) return error_at(row.cells.back(), "the rest of the row");
    const CsvCell& mat = cell(row, MatColumn);
    out.mat = columns_[MatColumn] ? clean_name(mat.text) : out_.source().mat;
    if (out.mat.empty()) return error_at(mat, "the id of a mat");
    const CsvCell& tag = cell(row, TagColumn);
    auto code = model::TagCode::parse(trimmed(tag.text));
    if (!code) return error_at(tag, "a chip code");
    out.read.tag = *code;
    const CsvCell& time = cell(row, TimeColumn);
    const std::string_view time_text = trimmed(time.text);
    const auto at = read_time(time_text);
    if (!at) return error_at(time, "a time as YYYY-MM-DDThh:mm:ss with up to six decimals");
    // The last cell of a line that was not finished may lack its last digits.
    const bool is_last_cell = columns_[TimeColumn] == width_ - 1;
    if (!line.ended && is_last_cell && time_text.size() < time_length_) {
      return error_at(time, "as many digits as in the row before");
    }
    out.time = *at;
    out.read.time = at->at;
    return parse_rest(row, out);
  }

  /// The columns that may be empty or missing.
  std::optional<base::Error> parse_rest(const CsvRow& row, Row& out) const {
    const CsvCell& antenna = cell(row, AntennaColumn);
    const std::string_view antenna_text = trimmed(antenna.text);
    if (!antenna_text.empty() && !read_number(antenna_text, out.read.antenna)) {
      return error_at(antenna, "an antenna from 0 to 255");
    }
    const CsvCell& rssi = cell(row, RssiColumn);
    // Decimals of a signal strength carry nothing.
    const std::string_view rssi_text = trimmed(rssi.text).substr(0, rssi.text.find('.'));
    if (!rssi_text.empty() && !read_number(rssi_text, out.read.rssi_dbm)) {
      return error_at(rssi, "a signal strength in dBm");
    }
    out.epoch = clean_name(cell(row, EpochColumn).text);
    out.device = clean_name(cell(row, DeviceColumn).text);
    const CsvCell& seq = cell(row, SeqColumn);
    const std::string_view seq_text = trimmed(seq.text);
    if (out.device.empty() || seq_text.empty()) return std::nullopt;
    std::uint64_t number = 0;
    if (!read_number(seq_text, number)) return error_at(seq, "a sequence number");
    out.read.device_seq = number;
    return std::nullopt;
  }

  /// Keeps the least row of each device.
  void note_birth(const Row& row) {
    const Birth birth{.number = *row.read.device_seq,
                      .time = row.read.time.time_since_epoch().count(),
                      .tag = row.read.tag};
    const auto [place, is_new] = births_.try_emplace(row.device, birth);
    // Compared whole, so that two rows of one number do not depend on their order.
    if (!is_new && birth < place->second) place->second = birth;
  }

  void finish() {
    std::int64_t micros = 1'000'000;
    for (std::size_t i = 0; i < decimals_; ++i) micros /= 10;
    for (ParsedStream& parsed : out_.streams()) {
      parsed.stream.resolution = base::Duration(micros);
      const bool is_numbered =
          std::any_of(parsed.reads.begin(), parsed.reads.end(),
                      [](const model::Read& read) { return read.device_seq.has_value(); });
      if (!is_numbered || parsed.stream.epoch.starts_with(kNamedEpoch)) continue;
      const Birth& birth = births_.at(parsed.stream.device);
      std::string epoch =
          std::to_string(birth.number) + "/" + std::to_string(birth.time) + "/" + birth.tag.str();
      if (parsed.stream.epoch == kUtcEpoch) epoch += "/utc";
      parsed.stream.epoch = std::move(epoch);
    }
    if (left_out_ > 0) {
      out_.remark(out_.input().file + ": " + std::to_string(left_out_) +
                  " rows of other mats than '" + out_.source().mat + "' left to other sources");
    }
  }

  /// The first row of a device's log, as far as the file tells.
  struct Birth {
    std::uint64_t number = 0;
    std::int64_t time = 0;
    model::TagCode tag;
    friend bool operator<(const Birth& a, const Birth& b) {
      if (a.number != b.number) return a.number < b.number;
      if (a.time != b.time) return a.time < b.time;
      return a.tag < b.tag;
    }
  };

  ChipFileBuilder& out_;
  std::string_view text_;
  CsvDialect dialect_;
  CsvReader reader_;
  int cut_line_ = 0;  ///< The last line where it has no end, else 0.
  std::array<std::optional<std::size_t>, ColumnCount> columns_;
  std::size_t width_ = 0;
  std::map<std::string, Birth> births_;
  std::size_t decimals_ = 0;
  std::size_t time_length_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

base::Result<void> parse_csv_reads(ChipFileBuilder& out) {
  auto decoded = decode_text(out.input().bytes, out.input().file);
  const std::string_view text = decoded ? std::string_view(decoded->utf8) : out.input().bytes;
  return CsvReads(out, text).read();
}

}  // namespace hs::formats
