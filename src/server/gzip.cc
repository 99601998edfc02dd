#include "server/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "base/check.h"

namespace hs::server {
namespace {

constexpr int kLevel = 5;
constexpr int kWindowWithGzipHead = 15 + 16;
constexpr int kMemory = 8;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// "q=0", "q=0.000": the coding is refused.
bool is_zero(std::string_view weight) {
  const std::size_t equals = weight.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view value = trimmed(weight.substr(equals + 1));
  return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  HS_CHECK(deflateInit2(&stream, kLevel, Z_DEFLATED, kWindowWithGzipHead, kMemory,
                        Z_DEFAULT_STRATEGY) == Z_OK,
           "no memory to compress in");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib reads only; its type is from before const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  HS_CHECK(done == Z_STREAM_END, "the bound of zlib holds");
  return out;
}

bool accepts_gzip(std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    const std::string_view one = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t semicolon = std::min(one.find(';'), one.size());
    const std::string_view coding = trimmed(one.substr(0, semicolon));
    if (coding == "gzip" || coding == "*") return !is_zero(one.substr(semicolon));
  }
  return false;
}

}  // namespace hs::server
