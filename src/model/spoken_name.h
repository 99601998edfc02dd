#pragma once

#include <string>
#include <string_view>

namespace hs::model {

/// A name as it is said, of one as a list has it: "Ruiz, Ana" is "Ana Ruiz", and "Ruiz, Ana, Jr."
/// is "Ana Ruiz, Jr.". What is written as it is said stays: "Ana Ruiz, Jr.".
[[nodiscard]] std::string spoken_name(std::string_view published);

}  // namespace hs::model
