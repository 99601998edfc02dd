#include "present/colour.h"

namespace hs::present {
namespace {

/// ECMA-48 "select graphic rendition"; only the first eight colours, which every terminal's own
/// theme keeps readable on its own ground.
std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::Plain:
      return "";
    case Ink::Strong:
      return "\x1b[1m";
    case Ink::Faint:
      return "\x1b[2m";
    case Ink::Good:
      return "\x1b[32m";
    case Ink::Warn:
      return "\x1b[33m";
    case Ink::Bad:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string inked(std::string_view text, Ink ink, Colour colour) {
  if (colour == Colour::No || ink == Ink::Plain) return std::string(text);
  return std::string(code_of(ink)) + std::string(text) + "\x1b[0m";
}

}  // namespace hs::present
