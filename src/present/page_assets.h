#pragma once

#include <string_view>

namespace hs::present {

// The files of src/present/assets, embedded when the program is built (CMakeLists.txt beside this
// file). They live as long as the program.

[[nodiscard]] std::string_view page_css();  ///< assets/page.css: the look of every page.
[[nodiscard]] std::string_view story_js();  ///< assets/story.js: the results table and its plots.

}  // namespace hs::present
