#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "present/language.h"

namespace hs::present {

/// A sentence to say, by its key; an empty key says nothing.
struct Say {
  std::string key;
  std::optional<std::uint64_t> count = std::nullopt;  ///< What decides, where a count does.
};

/// Values by name, and the sentences of a language filled with them.
///
/// Errors: a value that a sentence asks for and nobody added, or that English does not declare
/// with this type, is a bug and stops the program: a wrong story is worse than none.
class Sentences {
 public:
  explicit Sentences(Language language) : language_(language) {}

  [[nodiscard]] Language language() const { return language_; }

  /// `bib` is taken for `shown` where a headline would be too long.
  void add_person(std::string_view value, std::string shown, std::string bib,
                  std::optional<model::Sex> sex);
  void add_point(std::string_view value, const model::Race& race, const std::string& id);
  void add_count(std::string_view value, std::uint64_t count);
  void add_place(std::string_view value, std::uint64_t place);
  /// "one in four" where a whole number fits well, else "38 in a hundred"; the bare number where
  /// they are few, and words for none and all. `part` <= `whole`.
  void add_share(std::string_view value, std::size_t part, std::size_t whole);
  void add_time(std::string_view value, std::int64_t seconds);
  /// Below a minute to the tenth of a second in a form that has seconds ("11.4 s"), below a tenth
  /// to the thousandth; cut to whole seconds above. The sign is left out.
  void add_short_time(std::string_view value, base::Duration time);
  /// With the digits of the rule set.
  void add_official(std::string_view value, base::Duration time, base::Rounding rounding);
  void add_length(std::string_view value, std::int64_t millimetres);
  /// `sex`: of those somebody was first; nothing: of all.
  void add_field(std::string_view value, std::optional<model::Sex> sex);
  void add_text(std::string_view value, std::string text);
  /// A text: "6.3" for 63, with the language's decimal sign.
  void add_tenths(std::string_view value, std::int64_t tenths);
  /// The day of a date: `day`, `month`, `year`.
  void add_date(const base::Date& date);

  /// "Bib 12", as the language says it.
  [[nodiscard]] std::string bib(std::string_view number) const;

  /// The first variant under `key` of at most 110 characters, names before bibs, full before short.
  [[nodiscard]] std::string headline(std::string_view key) const;
  /// The sentences in their order, one blank between them.
  [[nodiscard]] std::string text(const std::vector<Say>& sentences) const;

 private:
  struct Value {
    std::string_view name;
    ValueType type = ValueType::Text;
    std::string plain;  ///< Stands for {n} in a form.
    std::string bib;
    std::string_view entry;      ///< Which of a form's texts; a count's is found when asked for.
    std::uint64_t count = 0;     ///< Of a time: its seconds.
    std::string below_minute{};  ///< Of a time: what stands for {n} in a form with seconds.
  };

  void add(Value value);
  /// What a form may have for it, the best first.
  [[nodiscard]] std::vector<std::string> entries_of(const Value& value) const;
  [[nodiscard]] std::string shown(const Sentence::Piece& piece, bool by_bib) const;
  [[nodiscard]] std::string fill(const Sentence& sentence, bool by_bib) const;
  [[nodiscard]] const Sentence& choose(const Say& say) const;
  void check_declared(std::string_view key) const;

  Language language_;
  std::vector<Value> values_;
};

/// "1:29:09" or "12:05"; U+2212 in front of what is below zero.
[[nodiscard]] std::string clock_text(std::int64_t seconds);

/// One sentence that asks for no value.
[[nodiscard]] std::string said(Language language, const std::string& key);

/// "8 May 2026", as the language writes it.
[[nodiscard]] std::string date_words(const base::Date& date, Language language);

/// True where a text is short enough for a headline: 110 characters.
[[nodiscard]] bool fits_headline(std::string_view utf8);

/// An age grade in percent, cut to the tenth: "86.4" for 8643 hundredths.
[[nodiscard]] std::string grade_text(std::uint64_t hundredths, Language language);

/// Digits with a point, "17:34.5", with the language's decimal sign.
[[nodiscard]] std::string with_decimal_sign(std::string digits, Language language);

}  // namespace hs::present
