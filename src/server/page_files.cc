#include "server/page_files.h"

#include <array>

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

/// Everything the page needs comes from here: no other place may give it script, style or data.
std::string headers_of(std::string_view path) {
  const bool is_hashed = path.substr(0, 8) == "/assets/";
  std::string out =
      header_line("Cache-Control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
  out += header_line("X-Content-Type-Options", "nosniff");
  out += header_line("Referrer-Policy", "no-referrer");
  out += header_line("Content-Security-Policy",
                     "default-src 'self'; img-src 'self' data:; object-src 'none'; "
                     "base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
  return out;
}

bool is_place_in_page(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

PageFiles::PageFiles(std::span<const EmbeddedFile> files) {
  const auto add = [&](const std::string& path, std::string_view bytes) {
    files_.try_emplace(path, type_of(path), std::string(bytes), headers_of(path));
  };
  for (const EmbeddedFile& file : files) add("/" + std::string(file.path), file.bytes);
  if (files_.find(kIndex) == files_.end()) add(std::string(kIndex), kNotBuilt);
}

Response PageFiles::answer(const Request& request) const {
  auto found = files_.find(request.path());
  if (found == files_.end() && is_place_in_page(request.path())) found = files_.find(kIndex);
  if (found == files_.end()) return problem(404, "there is no such file");
  return found->second.answer(request);
}

}  // namespace hs::server
