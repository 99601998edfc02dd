#include "model/spoken_name.h"

#include <algorithm>
#include <array>

namespace hs::model {
namespace {

/// What stands behind a comma and is no first name, in small letters and without full stops.
constexpr std::array<std::string_view, 8> kSuffixes = {"jr", "sr", "ii",  "iii",
                                                       "iv", "v",  "phd", "md"};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_suffix(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '.') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return std::find(kSuffixes.begin(), kSuffixes.end(), plain) != kSuffixes.end();
}

}  // namespace

std::string spoken_name(std::string_view published) {
  const std::size_t comma = published.find(',');
  if (comma == std::string_view::npos) return std::string(published);
  const std::string_view last = trimmed(published.substr(0, comma));
  std::string_view first = trimmed(published.substr(comma + 1));
  std::string_view suffix;
  if (const std::size_t second = first.find(','); second != std::string_view::npos) {
    suffix = trimmed(first.substr(second + 1));
    first = trimmed(first.substr(0, second));
    if (!is_suffix(suffix)) return std::string(published);  // A list of something else.
  }
  if (last.empty() || first.empty() || is_suffix(first)) return std::string(published);
  std::string out = std::string(first) + " " + std::string(last);
  return suffix.empty() ? out : out + ", " + std::string(suffix);
}

}  // namespace hs::model
