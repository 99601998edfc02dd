#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/moment.h"
#include "model/result.h"
#include "present/language_file.h"

namespace hs::present {

/// A language that moments are told in: a handle on one of the files of `words/`, which travel
/// inside the program. They are read and checked once, when the first is asked for; a file with a
/// fault is no language (English without faults is a promise of the tests).
///
/// Threads: free. Cost: a copy is a pointer.
class Language {
 public:
  Language();  ///< English.

  /// By its code, "de"; nothing where no file has it.
  [[nodiscard]] static std::optional<Language> named(std::string_view code);
  [[nodiscard]] static std::vector<Language> all();  ///< By code.

  [[nodiscard]] std::string_view code() const { return table_->code; }
  [[nodiscard]] const LanguageTable& table() const { return *table_; }

  /// What stands under "section.key". Errors: a key that English lacks is a bug and stops.
  [[nodiscard]] const Wording& wording(std::string_view key) const;

  /// The plural category of Unicode CLDR: "one", "few", "other" ...
  [[nodiscard]] std::string_view category_of(std::uint64_t count) const;
  /// The same for ranks: in English 1 and 21 are "one" (21st), 2 is "two", 3 "few", 4 "other".
  [[nodiscard]] std::string_view ordinal_category_of(std::uint64_t place) const;

  friend bool operator==(Language a, Language b) { return a.table_ == b.table_; }

 private:
  explicit Language(const LanguageTable& table) : table_(&table) {}
  const LanguageTable* table_;  ///< Lives as long as the program.
};

/// A file of `words/` as it was when the program was built.
struct EmbeddedWords {
  std::string_view code;
  std::string_view toml;
};

/// All of them, by code.
[[nodiscard]] std::vector<EmbeddedWords> embedded_words();

/// The language the event asks for (`language` in event.toml), English where it names none.
[[nodiscard]] Language language_of(const model::Event& event);

/// The codes of all languages as a list for people: "de, en".
[[nodiscard]] std::string language_codes();

/// Those of one sex as a list of results is headed: "Women".
[[nodiscard]] std::string sex_heading(model::Sex sex, Language language);

/// A status inside a sentence: "did not start".
[[nodiscard]] std::string status_words(model::RunnerStatus status, Language language);

/// What a theme is called: "Together".
[[nodiscard]] std::string theme_words(model::Theme theme, Language language = {});

}  // namespace hs::present
