#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hs::present {

/// The text with the five characters that mean something in HTML written as references, safe in
/// content and in quoted attributes. Control characters become blanks: no page needs them, and a
/// terminal or feed that copies the page is spared them.
/// Units:   UTF-8 in and out; bytes above 0x7F pass through unchanged.
[[nodiscard]] std::string escape_html(std::string_view text);

/// A person's or club's own text in any script, escaped and isolated, so that a name written from
/// right to left cannot reorder the figures beside it.
[[nodiscard]] std::string isolate(std::string_view text);

/// The same in plain text: set apart by invisible isolates (U+2068, U+2069), not escaped.
[[nodiscard]] std::string isolated_text(std::string_view text);

/// A JSON string, quoted, that may stand inside `<script>`: no "<", ">" or "&", no U+2028 or
/// U+2029, all controls as \u escapes.
[[nodiscard]] std::string json_string(std::string_view text);

/// The parts of a whole page.
struct PageParts {
  std::string title;                 ///< Plain text.
  std::string body;                  ///< HTML.
  std::string data;                  ///< JSON made with `json_string`, or empty for none.
  std::string_view script;           ///< JavaScript of ours, or empty for none.
  std::string_view language = "en";  ///< What the page is written in, by its code.
};

/// One self-contained document: style and script inside, and a policy that forbids it to ask the
/// network for anything. The same parts give the same bytes.
[[nodiscard]] std::string whole_page(const PageParts& parts);

}  // namespace hs::present
