#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "present/moment_templates.h"
#include "present/moment_words.h"

namespace hs::present {

/// Gathers the values of one moment by placeholder, and fills the sentences of a language.
///
/// Errors: a placeholder without a value, or evidence that is not there, is a bug and stops the
/// program: a wrong story is worse than none.
class Teller {
 public:
  /// The first person's name and pronouns are there from the beginning.
  Teller(const model::Moment& moment, const model::EventResults& results,
         const MomentTemplates& language);

  void add(std::string_view name, std::string value);

  [[nodiscard]] const MomentTemplates& language() const { return language_; }
  [[nodiscard]] const model::EventResults& results() const { return results_; }
  [[nodiscard]] const model::Moment& moment() const { return moment_; }
  [[nodiscard]] std::string name(std::size_t person) const;
  [[nodiscard]] std::string bib(std::size_t person) const;

  /// The nth evidence of that sort; null where there is none.
  [[nodiscard]] const model::Evidence* find(std::string_view what, std::size_t nth = 0) const;
  [[nodiscard]] const model::Evidence& need(std::string_view what, std::size_t nth = 0) const;
  [[nodiscard]] static std::int64_t seconds(const std::optional<std::int64_t>& value);

  [[nodiscard]] std::string count(std::uint64_t value) const;           ///< "12,345".
  [[nodiscard]] std::string point(const std::string& id) const;         ///< "40K", "half way".
  [[nodiscard]] std::int64_t distance_to(const std::string& id) const;  ///< Millimetres.
  /// "2.2 km", to the nearest tenth; below a kilometre "400 m".
  [[nodiscard]] std::string length(const std::string& from, const std::string& to) const;
  /// "4:12": minutes and seconds for a kilometre of the interval, cut.
  [[nodiscard]] std::string pace(const model::Evidence& interval) const;

  void add_expectation(const model::Evidence& interval);

  /// The first headline that fits, names before bibs, full before short.
  [[nodiscard]] std::string headline(
      const std::array<const char*, MomentTemplates::kVariants>& variants) const;
  /// The sentences in their order; null ones are left out.
  [[nodiscard]] std::string sentences(std::initializer_list<const char*> templates) const;

 private:
  using Values = std::vector<std::pair<std::string_view, std::string>>;

  [[nodiscard]] static std::string fill(std::string_view text, const Values& values);
  [[nodiscard]] const model::Race& race() const;

  const model::Moment& moment_;
  const model::EventResults& results_;
  const MomentTemplates& language_;
  Values values_;
};

/// "1:29:09" or "12:05".
[[nodiscard]] std::string clock_text(std::int64_t seconds);

}  // namespace hs::present
