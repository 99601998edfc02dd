#include "present/page_html.h"

#include <array>

#include "present/page_assets.h"
#include "present/wording.h"

namespace hs::present {
namespace {

// The page may run only what it carries. `img-src data:` is for the empty icon alone, without
// which browsers ask the server for one.
constexpr std::string_view kHead =
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
    "style-src 'unsafe-inline';script-src 'unsafe-inline';img-src data:;base-uri 'none';"
    "form-action 'none'\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n";

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

void append_hex_escape(std::string& out, unsigned value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[(value >> shift) & 0xFU];
}

// U+2028 and U+2029 end a line in JavaScript of old engines: E2 80 A8 and E2 80 A9 in UTF-8.
bool is_line_separator(std::string_view rest) {
  return rest.size() >= 3 && rest.substr(0, 2) == "\xE2\x80" &&
         (rest[2] == '\xA8' || rest[2] == '\xA9');
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += is_control(c) ? ' ' : c;
    }
  }
  return out;
}

std::string isolate(std::string_view text) { return "<bdi>" + escape_html(text) + "</bdi>"; }

std::string isolated_text(std::string_view text) { return "\u2068" + std::string(text) + "\u2069"; }

std::string json_string(std::string_view text) {
  std::string out = "\"";
  out.reserve(text.size() + 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (is_control(c) || c == '<' || c == '>' || c == '&') {
      append_hex_escape(out, static_cast<unsigned char>(c));
    } else if (is_line_separator(text.substr(i))) {
      append_hex_escape(out, text[i + 2] == '\xA8' ? 0x2028 : 0x2029);
      i += 2;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string whole_page(const PageParts& parts) {
  std::string out = "<!doctype html>\n<html lang=\"" + escape_html(parts.language) +
                    "\" class=\"no-js\">\n<head>\n";
  out.reserve(parts.body.size() + parts.data.size() + parts.script.size() + page_css().size() +
              2048);
  out += kHead;
  out += "<title>" + escape_html(parts.title) + "</title>\n<style>\n";
  out += page_css();
  // The class is changed before anything is drawn, so that nothing moves when the script starts.
  out += "</style>\n";
  if (!parts.script.empty()) {
    out += "<script>document.documentElement.className='js'</script>\n";
  }
  out += "</head>\n<body>\n";
  out += parts.body;
  if (!parts.data.empty()) {
    out += "<script type=\"application/json\" id=\"data\">";
    out += parts.data;
    out += "</script>\n";
  }
  if (!parts.script.empty()) {
    out += "<script>\n";
    out += parts.script;
    out += "</script>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace hs::present
