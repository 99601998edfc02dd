#include "app/language_option.h"

#include <cstdio>

#include "present/language.h"

namespace hs::app {

base::Result<void> check_language(const std::string& code) {
  if (code.empty() || present::Language::named(code)) return {};
  return base::fail(base::ErrorCode::NotFound, "no words in the language '" + code +
                                                   "'; there are: " + present::language_codes());
}

void choose_language(model::EventResults& results, const std::string& asked) {
  if (!asked.empty()) results.event.language = asked;
  if (const auto known = check_language(results.event.language); !known) {
    std::fprintf(stderr, "%s; the story is told in English\n", known.error().text().c_str());
  }
}

}  // namespace hs::app
