#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hs::present {

/// What a value of a sentence is; decides which forms it can stand in.
enum class ValueType : std::uint8_t {
  Person,  ///< A name; forms by sex: pronouns.
  Point,   ///< A point of the course.
  Count,
  Place,   ///< A rank: "2nd"; forms by the ordinal categories.
  Share,   ///< A part of many: "one in four", "38 in a hundred".
  Time,    ///< Seconds, shown "h:mm:ss" or "m:ss".
  Length,  ///< A distance.
  Field,   ///< Those somebody was first of: the women, the men, their category, all.
  Text,
};

struct ValueDeclaration {
  std::string name;
  ValueType type = ValueType::Text;
  bool sometimes = false;  ///< Not every moment of the kind has it.
};

/// A sentence taken apart: text, value, text, value ... text.
struct Sentence {
  struct Piece {
    std::string before;  ///< Text in front of the value.
    std::string value;
    std::string form;  ///< Empty: the type's own.
  };
  std::vector<Piece> pieces;
  std::string rest;  ///< Behind the last value.
};

/// What stands under one key of a language file.
struct Wording {
  std::vector<Sentence> variants;  ///< The full one first; empty where a count decides.
  std::vector<std::pair<std::string, Sentence>> by_count;  ///< "none" and plural categories.
  base::Place place;
};

/// A language file, read. Forms by name, then by what they name ("F", "kilometre", "other" ...).
struct LanguageTable {
  using Form = std::map<std::string, std::string, std::less<>>;

  std::string code;  ///< Of the file name: "en", "de".
  std::string name;  ///< What the language calls itself.
  std::string thousands;
  std::string decimal;
  std::map<std::string, Form, std::less<>> forms;
  std::map<std::string, Wording, std::less<>> wordings;  ///< By "section.key".
  /// By section; only the reference declares them.
  std::map<std::string, std::vector<ValueDeclaration>, std::less<>> values;
};

struct LanguageFile {
  LanguageTable table;
  std::vector<base::Error> faults;  ///< All of them, in the order of the file; empty: fit for use.
};

/// Reads and checks a language file (`words/moments.en.toml` says how one is written).
///
/// Checked: every key of the reference and no other; lists and tables where the reference has
/// them; only values that the kind declares, and those it has only sometimes only where the
/// reference uses them too; only forms that the file has, of the type of their value. Without a
/// reference the file is one: it declares the values itself.
///
/// Cost: some hundred microseconds.
[[nodiscard]] LanguageFile read_language(const std::string& code, std::string_view toml,
                                         const LanguageTable* reference);

}  // namespace hs::present
