#include "server/page_files.h"

#include <openssl/evp.h>

#include <array>

#include "base/sha256.h"

namespace hs::server {
namespace {

constexpr std::string_view kIndex = "/index.html";

struct Type {
  std::string_view ending;
  std::string_view type;
};
constexpr std::array kTypes = {
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".webmanifest", "application/manifest+json"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".ico", "image/x-icon"},
    Type{".woff2", "font/woff2"},
    Type{".txt", "text/plain; charset=utf-8"},
};

constexpr std::string_view kNotBuilt =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Homestretch</title>\n"
    "<p>This program was built without its page. The data are there: "
    "<a href=\"/api/v1/races\">/api/v1/races</a>, and "
    "<a href=\"/api/v1/openapi.json\">all that can be asked</a>.</p>\n</html>\n";

std::string_view type_of(std::string_view path) {
  for (const Type& one : kTypes) {
    if (path.size() >= one.ending.size() &&
        path.substr(path.size() - one.ending.size()) == one.ending) {
      return one.type;
    }
  }
  return "application/octet-stream";
}

constexpr std::string_view kRoom = "<!--first-->";

/// The source expression for the one style that stands in the page itself; empty where none does.
std::string style_source(std::string_view html) {
  constexpr std::string_view kOpen = "<style>";
  const std::size_t open = html.find(kOpen);
  const std::size_t close = html.find("</style>");
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  const auto hash = base::sha256(html.substr(open + kOpen.size(), close - open - kOpen.size()));
  std::string text(4 * ((hash.size() + 2) / 3), '\0');
  (void)EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(hash.data()),
                        static_cast<int>(hash.size()));
  return " 'sha256-" + text + "'";
}

/// Everything the page needs comes from here: no other place may give it script, style or data.
std::string headers_of(std::string_view path, std::string_view bytes) {
  const bool is_hashed = path.substr(0, 8) == "/assets/";
  std::string out =
      header_line("Cache-Control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
  out += header_line("X-Content-Type-Options", "nosniff");
  out += header_line("Referrer-Policy", "no-referrer");
  out += header_line("Content-Security-Policy",
                     "default-src 'self'; style-src 'self'" + style_source(bytes) +
                         "; img-src 'self' data:; object-src 'none'; "
                         "base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
  return out;
}

bool is_place_in_page(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

PageFiles::PageFiles(std::span<const EmbeddedFile> files) {
  const auto add = [&](const std::string& path, std::string_view bytes) {
    const std::string_view read = path == kIndex ? bytes : std::string_view();
    files_.try_emplace(path, type_of(path), std::string(bytes), headers_of(path, read));
  };
  for (const EmbeddedFile& file : files) {
    add("/" + std::string(file.path), file.bytes);
    if ("/" + std::string(file.path) == kIndex) index_ = file.bytes;
  }
  if (files_.find(kIndex) == files_.end()) add(std::string(kIndex), kNotBuilt);
}

bool PageFiles::is_place(std::string_view path) const {
  return path == kIndex || (files_.find(path) == files_.end() && is_place_in_page(path));
}

CachedBody PageFiles::index_with(std::string_view first) const {
  std::string html = index_;
  if (const std::size_t room = html.find(kRoom); room != std::string::npos) {
    html.replace(room, kRoom.size(), first);
  }
  return {type_of(kIndex), std::move(html), headers_of(kIndex, index_)};
}

Response PageFiles::answer(const Request& request) const {
  auto found = files_.find(request.path());
  if (found == files_.end() && is_place_in_page(request.path())) found = files_.find(kIndex);
  if (found == files_.end()) return problem(404, "there is no such file");
  return found->second.answer(request);
}

}  // namespace hs::server
