#include "formats/rulings_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "formats/csv.h"
#include "formats/text_encoding.h"
#include "model/fact_codec.h"

// Implementation notes: no fact nests deeper than an object with a list in it, so hostile nesting
// is refused here, before anything that might follow it down.

namespace hs::formats {
namespace {

constexpr int kDeepest = 16;

/// Where brackets outside texts nest deeper than any fact does; nothing where they do not.
std::optional<std::size_t> too_deep_at(std::string_view json) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (!in_text && (c == '[' || c == '{') && ++depth > kDeepest) {
      return i;
    } else if (!in_text && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return std::nullopt;
}

/// Cuts the first line off `text`, with its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  const bool pair = text.substr(end, 2) == "\r\n";
  text.remove_prefix(std::min(end + (pair ? 2 : 1), text.size()));
  return line;
}

}  // namespace

base::Result<std::vector<RulingLine>> read_rulings(std::string_view text, const std::string& file,
                                                   std::string_view by) {
  HS_TRY(const DecodedText decoded, decode_text(text, file));
  std::vector<RulingLine> out;
  std::string_view rest = decoded.utf8;
  for (int line = 1; !rest.empty(); ++line) {
    const std::string_view whole = take_line(rest);
    const std::string_view content = trimmed(whole);
    if (content.empty() || content.front() == '#') continue;
    if (const auto deep = too_deep_at(content)) {
      const auto at = static_cast<std::size_t>(content.data() - whole.data()) + *deep;
      return base::fail(base::ErrorCode::InvalidInput,
                        "found brackets nested over 16 deep, expected a fact",
                        base::Place{file, line, static_cast<int>(at) + 1});
    }
    auto body = model::from_json_line(content, by);
    if (!body) {
      base::Error error = std::move(body).error();
      // The codec counts from the first sign of the object; the indent is ours.
      const auto indent = static_cast<int>(content.data() - whole.data());
      error.place = base::Place{file, line, std::max(error.place.column, 1) + indent};
      return tl::make_unexpected(std::move(error));
    }
    out.push_back(RulingLine{line, std::move(*body)});
  }
  return out;
}

}  // namespace hs::formats
