#include "readers/lines_session.h"

#include <algorithm>
#include <utility>

#include "formats/chip_lines.h"
#include "formats/csv.h"
#include "model/json.h"
#include "readers/file_piece.h"

// Implementation notes: every line is brought into one order of columns and read as a file of two
// lines, a header and a row, of the format "csv". So a quote that one line leaves open costs no
// other, however the lines arrive, and a read has one identity whichever way it came.

namespace hs::readers {
namespace {

constexpr std::size_t kMat = 0;
constexpr std::size_t kTag = 1;
constexpr std::size_t kTime = 2;
constexpr std::size_t kDevice = 5;
constexpr std::size_t kSeq = 6;
constexpr std::size_t kEpoch = 7;
constexpr std::string_view kHeartbeat = "*";
constexpr std::string_view kAsk = "?\n";
constexpr std::size_t kMostCells = 64;

std::optional<std::size_t> column_named(std::string_view name) {
  std::string lower(formats::trimmed(name));
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto& columns = LinesSession::kColumns;
  const auto place = std::find(columns.begin(), columns.end(), lower);
  if (place == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(place - columns.begin());
}

base::Result<std::vector<std::string>> split_row(const std::string& text, char separator) {
  formats::CsvDialect dialect;
  dialect.separator = separator;
  formats::CsvReader reader(text, dialect, "");
  formats::CsvRow row;
  HS_TRY(const bool has_row, reader.next(row));
  if (has_row && row.cells.size() > kMostCells) {
    return base::fail(base::ErrorCode::InvalidInput, "found more than 64 cells in a line");
  }
  std::vector<std::string> cells;
  if (has_row) {
    for (formats::CsvCell& cell : row.cells) cells.push_back(std::move(cell.text));
  }
  return cells;
}

/// The text of a value that stands for a cell; nothing for a list or an object.
std::optional<std::string> cell_of(const model::JsonValue& value) {
  switch (value.kind) {
    case model::JsonValue::Kind::Null:
      return std::string();
    case model::JsonValue::Kind::Integer:
      return std::to_string(value.integer);
    case model::JsonValue::Kind::Unsigned:
      return std::to_string(value.number);
    case model::JsonValue::Kind::Text:
      return std::string(value.text);
    case model::JsonValue::Kind::Bool:
    case model::JsonValue::Kind::Real:
    case model::JsonValue::Kind::List:
    case model::JsonValue::Kind::Object:
      break;
  }
  return std::nullopt;
}

/// A JSON object as cells in the order of the columns. Other keys are passed over.
template <typename Cells>
base::Result<Cells> cells_of_json(std::string_view text) {
  HS_TRY(const model::JsonValue object, model::parse_json(text));
  if (object.kind != model::JsonValue::Kind::Object) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + object.describe() + ", expected a JSON object");
  }
  Cells out;
  for (const model::JsonMember& member : object.members) {
    const auto column = column_named(member.key);
    if (!column) continue;
    auto cell = cell_of(member.value);
    if (!cell) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found " + member.value.describe() + " for '" +
                            std::string(LinesSession::kColumns[*column]) +
                            "', expected a text or a whole number");
    }
    out[*column] = std::move(*cell);
  }
  return out;
}

/// A message of one line, whatever the text that it quotes holds.
std::string printable(std::string message) {
  for (char& c : message) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return message;
}

std::string quoted(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

template <typename Cells>
std::string joined(const Cells& cells) {
  std::string out;
  for (const auto& cell : cells) out += (out.empty() ? "" : ",") + quoted(cell);
  return out + "\n";
}

}  // namespace

LinesSession::LinesSession(SessionContext context)
    : context_(std::move(context)), lines_(kMostLineBytes) {
  for (std::size_t i = 0; i < kColumns.size(); ++i) order_.emplace_back(i);
}

Heard LinesSession::quiet() {
  Heard heard;
  heard.reply = kAsk;
  return heard;
}

Heard LinesSession::take(std::string_view bytes, base::RaceTime /*received*/) {
  Heard heard;
  Delivery delivery;
  bool has_thanks = false;
  for (LineCutter::Whole line; lines_.next(bytes, line);) {
    line.text = formats::without_padding(line.text);
    state_.is_ready = true;
    if (line.text == kHeartbeat) {
      heard.reply += std::string(kHeartbeat) + "\n";
      continue;
    }
    if (!line.text.empty()) take_line(line, heard, delivery);
    delivery.acknowledge = "OK " + std::to_string(line.number) + "\n";
    delivery.through = may_drain_ ? line.through : 0;
    has_thanks = true;
  }
  heard.give_up = lines_.give_up();
  if (has_thanks) {
    heard.deliveries.push_back(std::move(delivery));
  }
  return heard;
}

void LinesSession::take_line(const LineCutter::Whole& line, Heard& heard, Delivery& delivery) {
  const std::size_t bad_before = delivery.bad.size();
  const auto refuse = [&](const base::Error& error) {
    delivery.bad.push_back({static_cast<int>(line.number), std::max(error.place.column, 1),
                            printable(error.message), context_.connection});
  };
  if (line.text.front() == '{') {
    auto cells = cells_of_json<Cells>(line.text);
    if (cells) {
      deliver(std::move(*cells), line.number, delivery);
    } else {
      refuse(cells.error());
    }
  } else {
    const auto dialect = formats::recognise_dialect(line.text);
    auto header = split_row(line.text, dialect.separator);
    if (header && take_header(*header)) {
      separator_ = dialect.separator;
      may_drain_ = may_drain_ && separator_ == ',';
      return;
    }
    auto cells = cells_of_row(line.text);
    if (cells) {
      deliver(std::move(*cells), line.number, delivery);
    } else {
      refuse(cells.error());
    }
  }
  for (std::size_t i = bad_before; i < delivery.bad.size(); ++i) {
    heard.reply += "BAD " + std::to_string(line.number) + " " + delivery.bad[i].message + "\n";
  }
}

bool LinesSession::take_header(const std::vector<std::string>& cells) {
  std::vector<std::optional<std::size_t>> order;
  bool has_tag = false;
  bool has_time = false;
  bool is_usual = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    order.push_back(column_named(cells[i]));
    has_tag = has_tag || order.back() == std::optional(kTag);
    has_time = has_time || order.back() == std::optional(kTime);
    is_usual = is_usual && order.back() == std::optional(i);
  }
  if (!has_tag || !has_time) return false;
  order_ = std::move(order);
  may_drain_ = is_usual;
  return true;
}

base::Result<LinesSession::Cells> LinesSession::cells_of_row(const std::string& text) const {
  HS_TRY(const std::vector<std::string> row, split_row(text, separator_));
  Cells out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i < order_.size()) {
      if (order_[i]) out[*order_[i]] = row[i];
    } else if (!formats::trimmed(row[i]).empty()) {
      return base::fail(base::ErrorCode::InvalidInput, "found " + formats::shown(row[i]) +
                                                           ", expected as many cells as the "
                                                           "header has");
    }
  }
  return out;
}

void LinesSession::deliver(Cells cells, std::uint32_t line, Delivery& delivery) {
  // Without an epoch nobody knows whether a number was used before, and the first row of a
  // connection is not the first of the device's log.
  if (formats::trimmed(cells[kEpoch]).empty()) cells[kSeq].clear();
  if (formats::trimmed(cells[kDevice]).empty()) cells[kEpoch].clear();
  const std::string location = formats::clean_name(cells[kMat]);
  // One mat for all that this source sends, whatever it calls it.
  if (!context_.source.mat.empty()) cells[kMat] = context_.source.mat;
  const std::size_t bad_before = delivery.bad.size();
  constexpr int kHeaderLines = 1;
  read_into(delivery, context_, "csv", joined(kColumns) + joined(cells),
            static_cast<int>(line) - 1 - kHeaderLines);
  // Where it stood in the line as it came is not known any more.
  for (std::size_t i = bad_before; i < delivery.bad.size(); ++i) delivery.bad[i].column = 1;
  if (delivery.bad.size() == bad_before && !location.empty() &&
      state_.locations.size() < kMostLocations) {
    state_.locations.insert(location);
  }
  if (state_.name.empty() && !delivery.streams.empty()) {
    state_.name = delivery.streams.front().stream.device;
  }
}

}  // namespace hs::readers
