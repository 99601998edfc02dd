#include "present/language.h"

#include <unicode/plurrule.h>

#include <array>
#include <deque>
#include <map>
#include <memory>

#include "base/check.h"
#include "present/sentences.h"

namespace hs::present {
namespace {

constexpr std::string_view kReference = "en";

using PluralRules = std::unique_ptr<icu::PluralRules>;

/// How a language counts and how it ranks.
struct Rules {
  PluralRules cardinal;
  PluralRules ordinal;
};

/// Nothing where the library knows no rules for the code.
std::optional<Rules> rules_of(const std::string& code) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::createFromName(code.c_str());
  Rules rules{PluralRules(icu::PluralRules::forLocale(locale, status)),
              PluralRules(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_ORDINAL, status))};
  if (U_FAILURE(status) || !rules.cardinal || !rules.ordinal) return std::nullopt;
  return rules;
}

/// The languages without a fault, by code; deque: handles point into it.
class Library {
 public:
  Library() {
    for (const EmbeddedWords& words : embedded_words()) {
      if (words.code == kReference) add(words, nullptr);
    }
    HS_CHECK(!tables_.empty(), "the English words have a fault");
    const LanguageTable* reference = &tables_.front();
    for (const EmbeddedWords& words : embedded_words()) {
      if (words.code != kReference) add(words, reference);
    }
  }

  [[nodiscard]] const LanguageTable& reference() const { return tables_.front(); }
  [[nodiscard]] const std::deque<LanguageTable>& tables() const { return tables_; }

  [[nodiscard]] const Rules& rules(const LanguageTable& table) const { return rules_.at(&table); }

 private:
  void add(const EmbeddedWords& words, const LanguageTable* reference) {
    LanguageFile file = read_language(std::string(words.code), words.toml, reference);
    if (!file.faults.empty()) return;
    std::optional<Rules> rules = rules_of(file.table.code);
    if (!rules) return;
    tables_.push_back(std::move(file.table));
    rules_[&tables_.back()] = std::move(*rules);
  }

  std::deque<LanguageTable> tables_;
  std::map<const LanguageTable*, Rules> rules_;
};

const Library& library() {
  static const Library kLibrary;
  return kLibrary;
}

}  // namespace

Language::Language() : table_(&library().reference()) {}

std::optional<Language> Language::named(std::string_view code) {
  for (const LanguageTable& table : library().tables()) {
    if (table.code == code) return Language(table);
  }
  return std::nullopt;
}

std::vector<Language> Language::all() {
  std::map<std::string_view, const LanguageTable*> by_code;
  for (const LanguageTable& table : library().tables()) by_code[table.code] = &table;
  std::vector<Language> out;
  for (const auto& [code, table] : by_code) out.push_back(Language(*table));
  return out;
}

const Wording& Language::wording(std::string_view key) const {
  const auto found = table_->wordings.find(key);
  HS_CHECK(found != table_->wordings.end(), "a sentence that no language file has");
  return found->second;
}

namespace {

std::string_view category_by(const icu::PluralRules& rules, std::uint64_t number) {
  constexpr std::array<std::string_view, 5> kCategories = {"one", "two", "few", "many", "zero"};
  const icu::UnicodeString keyword = rules.select(static_cast<double>(number));
  std::string text;
  keyword.toUTF8String(text);
  for (const std::string_view category : kCategories) {
    if (text == category) return category;
  }
  return "other";
}

}  // namespace

std::string_view Language::category_of(std::uint64_t count) const {
  return category_by(*library().rules(*table_).cardinal, count);
}

std::string_view Language::ordinal_category_of(std::uint64_t place) const {
  return category_by(*library().rules(*table_).ordinal, place);
}

Language language_of(const model::Event& event) {
  return Language::named(event.language).value_or(Language());
}

std::string language_codes() {
  std::string out;
  for (const Language& language : Language::all()) {
    out += (out.empty() ? "" : ", ") + std::string(language.code());
  }
  return out;
}

std::string sex_heading(model::Sex sex, Language language) {
  return said(language, std::string("sex.") + model::name_of(sex));
}

std::string status_words(model::RunnerStatus status, Language language) {
  return said(language, std::string("status.") + model::name_of(status));
}

std::string theme_words(model::Theme theme, Language language) {
  return said(language, std::string("theme.") + model::name_of(theme));
}

}  // namespace hs::present
