#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "history/comparison.h"
#include "history/roll.h"

namespace hs::history {

/// How often each word, place and year of birth stands in a roll: a rare name says more.
///
/// Cost: one pass over the records and one over the names sorted; a few bytes a word.
class Rarity {
 public:
  explicit Rarity(const Roll& roll);

  /// The chance that two different people agree in `field` at the pattern's level, given what they
  /// agree in; nothing where it does not hang on the words (`LinkModel` has those chances).
  /// Last and first name together are `full_name`, where both agree.
  [[nodiscard]] double last(TextId last) const;
  [[nodiscard]] double first(TextId first, std::size_t sex) const;
  [[nodiscard]] double formal(TextId formal, std::size_t sex) const;
  [[nodiscard]] double initial(char letter, std::size_t sex) const;
  /// Of a first and last name together: the product of both, or the share of other people who bear
  /// this name, told apart by their years of birth, whichever is more.
  [[nodiscard]] double full_name(const Record& a, TextId last, double first_chance) const;
  [[nodiscard]] double city(TextId city) const;
  [[nodiscard]] double state(TextId state) const;
  [[nodiscard]] double club(TextId club) const;
  /// Born within the year around a day, as a share of that sex.
  [[nodiscard]] double birth(std::int32_t day, std::size_t sex) const;

  /// How many people bear the name of `record`, by last and formal first name; at least 1, also
  /// for a name that came to the roll later.
  [[nodiscard]] std::uint32_t namesakes(const Record& record) const {
    return record.name < namesakes_.size() ? namesakes_[record.name] : 1;
  }

  /// Women, men, everybody else.
  static constexpr std::size_t kSexes = 3;
  [[nodiscard]] static std::size_t sex_of(const Record& record);

 private:
  using Counts = std::vector<std::uint32_t>;
  void count_words(const Roll& roll);
  void count_namesakes(const Roll& roll);
  [[nodiscard]] static double share(const Counts& counts, TextId id, double of, double usual);

  double all_ = 1;
  double people_ = 1;
  std::array<double, kSexes> of_sex_{};
  Counts last_;
  Counts city_;
  Counts state_;
  Counts club_;
  std::array<Counts, kSexes> first_;
  std::array<Counts, kSexes> formal_;
  std::array<std::array<std::uint32_t, 256>, kSexes> initial_{};
  std::array<Counts, kSexes> birth_years_;
  std::int32_t first_year_ = 0;
  Counts namesakes_;  ///< By name number.
};

}  // namespace hs::history
