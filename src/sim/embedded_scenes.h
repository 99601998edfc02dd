#pragma once

#include <span>
#include <string_view>

namespace hs::sim {

/// A scene file as it was when the program was built.
struct EmbeddedScene {
  std::string_view name;
  std::string_view toml;
};

/// All scenes, by name.
[[nodiscard]] std::span<const EmbeddedScene> embedded_scenes();

}  // namespace hs::sim
