#include "server/posted_reads.h"

#include <algorithm>
#include <array>
#include <optional>

#include "model/json.h"
#include "present/csv_cell.h"

// Implementation notes: JSON lines become the CSV they would have been, so that one parser decides
// what a read is. The rows of that CSV are not the lines of the body, hence `line_of`.

namespace hs::server {
namespace {

constexpr std::array<std::string_view, 7> kColumns = {"mat",  "tag",    "time", "antenna",
                                                      "rssi", "device", "seq"};

struct AsCsv {
  std::string csv;
  std::vector<int> line_of;  ///< By row behind the header.
  std::vector<formats::BadLine> bad;
};

std::optional<std::string> cell_of(const model::JsonValue& value) {
  switch (value.kind) {
    case model::JsonValue::Kind::Text:
      return std::string(value.text);
    case model::JsonValue::Kind::Integer:
      return std::to_string(value.integer);
    case model::JsonValue::Kind::Unsigned:
      return std::to_string(value.number);
    case model::JsonValue::Kind::Null:
      return std::string();
    case model::JsonValue::Kind::Bool:
    case model::JsonValue::Kind::Real:
    case model::JsonValue::Kind::List:
    case model::JsonValue::Kind::Object:
      break;
  }
  return std::nullopt;
}

/// One line as a row of CSV. Errors: InvalidInput.
base::Result<std::string> row_of(std::string_view line) {
  HS_TRY(const model::JsonValue json, model::parse_json(line));
  if (json.kind != model::JsonValue::Kind::Object) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + json.describe() + ", expected an object in { }");
  }
  std::array<std::string, kColumns.size()> cells;
  for (const model::JsonMember& member : json.members) {
    const auto at = std::find(kColumns.begin(), kColumns.end(), member.key);
    const auto cell = cell_of(member.value);
    const bool is_plain = cell && cell->find_first_of("\r\n") == std::string::npos;
    if (at == kColumns.end() || !is_plain) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "key '" + std::string(member.key.substr(0, 40)) +
                            "': found no field of a read, expected mat, tag, time, antenna, rssi, "
                            "device or seq");
    }
    cells[static_cast<std::size_t>(at - kColumns.begin())] = *cell;
  }
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    present::append_plain_cell(out, cells[i]);
  }
  return out + "\n";
}

AsCsv csv_of_json_lines(std::string_view body) {
  AsCsv out;
  for (const std::string_view column : kColumns) {
    out.csv += out.csv.empty() ? "" : ",";
    out.csv += column;
  }
  out.csv += "\n";
  for (int line = 1; !body.empty(); ++line) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    std::string_view text = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto row = row_of(text);
    if (row) {
      out.csv += *row;
      out.line_of.push_back(line);
    } else {
      out.bad.push_back({line, std::max(row.error().place.column, 1), row.error().message, {}});
    }
  }
  return out;
}

bool has_mat(const model::Event& event, const std::string& mat) {
  for (const model::Race& race : event.races) {
    for (const model::Point& point : race.points) {
      if (point.mat == mat) return true;
    }
  }
  return false;
}

void keep_known_mats(PostedReads& out, const model::Event& event) {
  std::vector<formats::ParsedStream> kept;
  for (formats::ParsedStream& stream : out.streams) {
    if (has_mat(event, stream.stream.mat)) {
      out.reads += stream.reads.size();
      kept.push_back(std::move(stream));
      continue;
    }
    const int line = stream.reads.empty() ? 0 : static_cast<int>(stream.reads.front().line);
    out.bad.push_back({line,
                       1,
                       "found the mat '" + stream.stream.mat.substr(0, 40) + "' in " +
                           std::to_string(stream.reads.size()) +
                           " rows, expected one that a point of the event has",
                       {}});
  }
  out.streams = std::move(kept);
}

}  // namespace

base::Result<PostedReads> parse_posted_reads(std::string_view body, const model::Event& event,
                                             const std::string& from) {
  model::SourceConfig source;
  source.format = "csv";
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && body[first] == '{';
  AsCsv made;
  if (is_json) made = csv_of_json_lines(body);
  PostedReads out;
  out.bad = std::move(made.bad);
  if (is_json && made.line_of.empty()) return out;
  formats::ChipFileInput input;
  input.file = from;
  input.bytes = is_json ? std::string_view(made.csv) : body;
  HS_TRY(formats::ChipFile parsed, formats::parse_chip_file(source, event, input));
  out.streams = std::move(parsed.streams);
  const auto line_in_body = [&](int line) {
    const auto row = static_cast<std::size_t>(std::max(line - 2, 0));
    return is_json && row < made.line_of.size() ? made.line_of[row] : line;
  };
  for (formats::ParsedStream& stream : out.streams) {
    for (model::Read& read : stream.reads) {
      read.line = static_cast<std::uint32_t>(line_in_body(static_cast<int>(read.line)));
    }
  }
  for (formats::BadLine& bad : parsed.bad) {
    bad.line = line_in_body(bad.line);
    out.bad.push_back(std::move(bad));
  }
  keep_known_mats(out, event);
  std::stable_sort(out.bad.begin(), out.bad.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return out;
}

}  // namespace hs::server
