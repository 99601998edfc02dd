#include "app/outcome.h"

#include <cstdio>
#include <string>
#include <string_view>

namespace hs::app {
namespace {

constexpr unsigned kFirstPrintable = 0x20;
constexpr unsigned kDelete = 0x7F;
constexpr unsigned kLeadOfC1 = 0xC2;  // C1 controls are U+0080 to U+009F: C2 80 to C2 9F.
constexpr unsigned kLastC1 = 0x9F;

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

/// Control characters as \xNN: what a file holds must not steer somebody's terminal.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned control = byte_at(text, i);
    if (control == kLeadOfC1 && byte_at(text, i + 1) >= 0x80 && byte_at(text, i + 1) <= kLastC1) {
      control = byte_at(text, ++i);
    } else if (control >= kFirstPrintable && control != kDelete) {
      out += text[i];
      continue;
    }
    char shown[8];
    std::snprintf(shown, sizeof shown, "\\x%02X", control);
    out += shown;
  }
  return out;
}

}  // namespace

Exit exit_of(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::InvalidInput:
    case base::ErrorCode::Unsupported:
    case base::ErrorCode::NotFound:
      return Exit::Refused;
    case base::ErrorCode::Busy:
    case base::ErrorCode::Corrupt:
    case base::ErrorCode::DiskFull:
    case base::ErrorCode::Io:
      return Exit::WorldFailed;
  }
  return Exit::WorldFailed;
}

Exit report(const base::Error& error) {
  std::fprintf(stderr, "homestretch: %s\n", printable(error.text()).c_str());
  return exit_of(error);
}

}  // namespace hs::app
