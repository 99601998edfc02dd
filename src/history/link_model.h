#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"
#include "history/comparison.h"
#include "history/rarity.h"
#include "history/roll.h"

namespace hs::history {

/// How often two results agree at each level of a field: of one person, and of two.
///
/// For names, cities and days of birth the second hangs on the words (`Rarity`); then the table's
/// number is not used. Everything else of a table adds up to one, `Missing` left out.
class LinkModel {
 public:
  using Levels = std::array<double, kMostLevels>;

  /// From common knowledge, before anything was learned; what a small archive starts with.
  LinkModel();

  Levels& same(Field field) { return same_[static_cast<std::size_t>(field)]; }
  Levels& different(Field field) { return different_[static_cast<std::size_t>(field)]; }
  [[nodiscard]] const Levels& same(Field field) const {
    return same_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] const Levels& different(Field field) const {
    return different_[static_cast<std::size_t>(field)];
  }
  /// How much likelier namesakes share a city than any two people do: families.
  double same_city_factor = 1.5;
  /// Of the runners of the smaller of two races, how many are in the other: before it is known.
  double usual_share = 0.1;

  /// What the whole pattern says. Units: bits; positive speaks for one person.
  [[nodiscard]] double weight(const Roll& roll, const Rarity& rarity, const Record& a,
                              const Record& b, const Pattern& pattern) const;

  /// What one field says. Last and first name are told together under `Last`; `First` is 0 then.
  [[nodiscard]] double weight_of(Field field, const Roll& roll, const Rarity& rarity,
                                 const Record& a, const Record& b, const Pattern& pattern) const;

  /// What fields say whose chances do not hang on words: middle name, suffix, sex. Units: bits.
  [[nodiscard]] double table_weight(Field field, std::uint8_t level) const;

 private:
  [[nodiscard]] double name_weight(const Roll& roll, const Rarity& rarity, const Record& a,
                                   const Record& b, const Pattern& pattern) const;
  [[nodiscard]] double birth_weight(const Rarity& rarity, const Record& a, const Record& b,
                                    std::uint8_t level) const;
  [[nodiscard]] double place_weight(const Roll& roll, const Rarity& rarity, const Record& a,
                                    std::uint8_t level) const;

  std::array<Levels, kFields> same_{};
  std::array<Levels, kFields> different_{};
};

/// A model as text: one line a table, `FIELD same|different NUMBERS`, and the two factors.
[[nodiscard]] std::string write_link_model(const LinkModel& model);
/// Reads it back. Errors: Corrupt.
[[nodiscard]] base::Result<LinkModel> read_link_model(std::string_view text);

/// Whether a level of a field says nothing.
[[nodiscard]] bool is_missing(Field field, std::uint8_t level);
/// How many levels a field has, without the one that says nothing.
[[nodiscard]] std::size_t level_count(Field field);

}  // namespace hs::history
