#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/moment.h"
#include "model/result.h"
#include "present/moment_words.h"
#include "present/sentences.h"

namespace hs::present {

/// Gathers the values of one moment from its evidence, by the names that `words/` declares.
///
/// Errors: evidence that is not there is a bug and stops the program: the detector and its words
/// have come apart, and a wrong story is worse than none.
class Teller : public Sentences {
 public:
  /// `name`, and `second_name` where there are two, are there from the beginning.
  Teller(const model::Moment& moment, const model::EventResults& results, Language language);

  [[nodiscard]] const model::EventResults& results() const { return results_; }
  [[nodiscard]] const model::Moment& moment() const { return moment_; }
  [[nodiscard]] const model::Race& race() const;

  /// The nth evidence of that sort; null where there is none.
  [[nodiscard]] const model::Evidence* find(std::string_view what, std::size_t nth = 0) const;
  [[nodiscard]] const model::Evidence& need(std::string_view what, std::size_t nth = 0) const;
  [[nodiscard]] static std::int64_t seconds(const std::optional<std::int64_t>& value);
  [[nodiscard]] static std::uint64_t number(const std::optional<std::uint32_t>& value);
  [[nodiscard]] std::int64_t distance_to(const std::string& id) const;  ///< Millimetres.

  /// Adds `name` to `other` for the one of the moment's race with that bib, and gives who it is.
  model::EntrantId add_person_by_bib(Sentences& other, const model::BibNumber& bib_number) const;

  void add_point(std::string_view value, const std::string& id);
  void add_length(std::string_view value, const std::string& from, const std::string& to);
  void add_seconds(std::string_view value, const model::Evidence& evidence);  ///< As a time.
  void add_count_of_seconds(std::string_view value, const model::Evidence& evidence);
  void add_minutes(std::string_view value, const model::Evidence& evidence);  ///< Whole ones.
  void add_pace(std::string_view value, const model::Evidence& interval);     ///< For a kilometre.
  /// `rest`, `expected`, `least` and `most` of an interval to the finish.
  void add_expectation(const model::Evidence& interval);
  void add_total(std::size_t nth = 0);  ///< `total`, of the nth passing.
  void add_totals();                    ///< `total` and `second_total`.

 private:
  static void add_entrant(Sentences& to, std::string_view value, const model::EventResults& results,
                          model::EntrantId id);

  const model::Moment& moment_;
  const model::EventResults& results_;
};

}  // namespace hs::present
