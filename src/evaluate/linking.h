#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/archive_linking.h"
#include "evaluate/linking_masks.h"
#include "history/link_model.h"

namespace hs::evaluate {

/// People of whom it is known which results are theirs.
struct ExpectedPerson {
  std::string name;  ///< As the file calls them.
  std::vector<archive::ResultName> results;
  std::vector<std::uint32_t> records;  ///< Of the roll; what the archive has of them.
};

/// Reads a table with the columns `person`, `race`, `bib`: all rows of one `person` are the results
/// of one person, and there are no others. A race that the archive does not have is left out.
/// Errors: InvalidInput with line and column.
[[nodiscard]] base::Result<std::vector<ExpectedPerson>> read_expected_people(
    std::string_view bytes, const std::string& file);

/// Finds the records of people in an archive. Errors: NotFound where a race that the archive has
/// does not have the bib.
[[nodiscard]] base::Result<void> find_records(const archive::Archive& archive,
                                              const engine::ArchiveRoll& loaded,
                                              std::vector<ExpectedPerson>& people);

struct LinkingOptions {
  std::uint64_t seed = 1;
  std::size_t placebos = 8;       ///< How often half of the races are made older or younger.
  std::size_t masked_one_in = 3;  ///< Of the people with several results.
  std::size_t shown = 12;         ///< Borderline pairs to judge by eye.
  std::function<void(double)> progress;
};

/// Pairs of one person's results that many years apart.
struct GapFigures {
  std::string gap;         ///< "1", "2-3", "4-5", "6-9", "10+".
  std::size_t pairs = 0;   ///< Linked.
  double chance = 0;       ///< Of them, namesakes by the placebo.
  std::size_t masked = 0;  ///< Names that were changed, with nothing else of the person nearer.
  std::size_t found = 0;   ///< Of them, linked again.
  [[nodiscard]] double precision() const {
    return pairs == 0 ? 1 : 1 - chance / static_cast<double>(pairs);
  }
  [[nodiscard]] double recall() const {
    return masked == 0 ? 1 : static_cast<double>(found) / static_cast<double>(masked);
  }
};
inline constexpr std::size_t kGaps = 5;

struct ChangeFigures {
  std::size_t seen = 0;  ///< Between results of one person that follow each other.
  std::size_t masked = 0;
  std::size_t found = 0;
};

struct LinkingFigures {
  std::size_t results = 0;
  std::size_t people = 0;
  std::size_t several = 0;  ///< People with several results.
  std::size_t twice_in_a_race = 0;
  std::array<GapFigures, kGaps> gaps;
  std::array<ChangeFigures, kNameChanges> changes;
  struct Known {
    ExpectedPerson person;
    std::size_t expected = 0;  ///< Of their results, those the archive has.
    std::size_t found = 0;     ///< Of those, the ones linked to the first.
    std::size_t others = 0;    ///< Linked to them, and not theirs.
    [[nodiscard]] bool is_met() const { return expected > 0 && found == expected && others == 0; }
  };
  std::vector<Known> known;
  /// The pairs nearest to the line on each side, the surest first.
  std::vector<history::LinkedPair> borderline;
};

/// Measures linking on an archive: how many links are namesakes, how many of one person's results
/// are found when their names are changed, and whether known people come out whole.
///
/// Precision: half of the races, by lot, are made 3 to 12 years older or younger. Whoever is linked
/// then across the halves at one age is a namesake by chance, and as many are among the links.
/// Recall: of people whose results agree in everything, one result gets another name, by the table
/// of how names were seen to change. Order: same archive, same seed, same figures.
[[nodiscard]] LinkingFigures measure_linking(const engine::ArchiveRoll& loaded,
                                             const history::LinkModel& model,
                                             const std::vector<ExpectedPerson>& expected,
                                             const LinkingOptions& options);

[[nodiscard]] std::string text_of(const LinkingFigures& figures, const engine::ArchiveRoll& loaded);
[[nodiscard]] std::string json_of(const LinkingFigures& figures);

}  // namespace hs::evaluate
