#include "present/paragraph.h"

#include "present/display_width.h"

namespace hs::present {

std::string paragraph(std::string_view text, std::size_t indent, Ink ink, Colour colour) {
  std::string out;
  for (const std::string& line : wrapped(text, kTextWidth - indent)) {
    out += std::string(indent, ' ') + inked(line, ink, colour) + "\n";
  }
  return out;
}

}  // namespace hs::present
