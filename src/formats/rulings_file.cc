#include "formats/rulings_file.h"

#include <algorithm>
#include <utility>

#include "formats/csv.h"
#include "formats/text_encoding.h"
#include "model/fact_codec.h"

namespace hs::formats {
namespace {

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
