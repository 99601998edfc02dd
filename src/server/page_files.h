#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/http_message.h"
#include "server/response_cache.h"

namespace hs::server {

/// A file of the page as it was when the program was built.
struct EmbeddedFile {
  std::string_view path;  ///< "assets/index-1a2b3c4d.js", without a slash in front.
  std::string_view bytes;
};

/// All of them, by path; none where the page was not built.
[[nodiscard]] std::span<const EmbeddedFile> embedded_page();

/// The page, out of the program itself: each file with its type, compressed once.
///
/// Files in `assets/` carry a hash of their content in the name and may be kept for ever; all else
/// is asked for again. A path without a dot in its last part is a place within the page and gives
/// `index.html`, with the beginning of what its address asks for in it where somebody makes that.
/// Where the page was not built, a plain page says so.
///
/// Threads: safe from any.
class PageFiles {
 public:
  explicit PageFiles(std::span<const EmbeddedFile> files);

  /// For GET and HEAD; 404 for a file that is not there.
  [[nodiscard]] Response answer(const Request& request) const;

  /// True for a path that gives `index.html`.
  [[nodiscard]] bool is_place(std::string_view path) const;
  /// `index.html` with `first`, HTML that is shown until its script has drawn.
  [[nodiscard]] CachedBody index_with(std::string_view first) const;

 private:
  std::string index_;
  std::map<std::string, CachedBody, std::less<>> files_;  ///< By path with its slash.
};

}  // namespace hs::server
