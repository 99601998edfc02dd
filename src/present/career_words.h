#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "history/career.h"
#include "present/language.h"

namespace hs::present {

/// Somebody else to be held against.
struct CareerRival {
  const history::Career* career = nullptr;
  history::HeadToHead meetings;
};

/// What of a career is shown, and how.
struct CareerOptions {
  Language language;
  bool has_tables = false;  ///< A folder of tables was named.
  std::optional<CareerRival> rival;
};

/// Below this a link is marked with a question mark: 99 in a hundred.
inline constexpr std::uint32_t kSureMillionths = 990'000;

/// "Harbour Marathon 2014": the series and the year, whichever way the race has them.
[[nodiscard]] std::string run_words(const history::CareerRun& run);
/// "3:41:10", cut to the second; empty without a time.
[[nodiscard]] std::string time_words(const history::CareerRun& run);
/// "71.20", with the language's decimal sign.
[[nodiscard]] std::string percent_words(std::uint32_t hundredths, Language language);

/// One small win in few words: "best, by 4:02".
[[nodiscard]] std::string win_words(const history::SmallWin& win, Language language);
/// Those of one run.
[[nodiscard]] std::vector<std::string> wins_of(const history::Career& career, std::size_t run,
                                               Language language);

/// What the career comes to, a sentence each: how many races, ages, bests, the best grade.
[[nodiscard]] std::vector<std::string> summary_words(const history::Career& career,
                                                     Language language);
/// Series, streaks, a late beginning, the best day against the field, clubs.
[[nodiscard]] std::vector<std::string> years_words(const history::Career& career,
                                                   Language language);
[[nodiscard]] std::vector<std::string> goal_words(const history::Career& career, Language language);
/// How each run stood to the years in whose window it lay.
[[nodiscard]] std::vector<std::string> qualifying_words(const history::Career& career,
                                                        Language language);

/// One run held against every year that has a cut-off.
struct OtherYears {
  std::string lead;  ///< "By the age and time of its day, ...:"
  struct Row {
    int year = 0;
    std::string standard, cutoff, outcome;
  };
  std::vector<Row> rows;
};
/// The run with most to spare; nothing where none compares.
[[nodiscard]] std::optional<OtherYears> other_years(const history::Career& career,
                                                    Language language);

/// What stands below the table of races: doubts, a race that was stopped, why there are no grades.
[[nodiscard]] std::vector<std::string> notes_words(const history::Career& career,
                                                   const CareerOptions& options);

/// "3 races that both finished: ahead in 2, behind in 1, level in 0."
[[nodiscard]] std::string rival_words(const CareerRival& rival, Language language);

/// A table of the splits of all runs: the points that any run has, in course order.
struct SplitTable {
  std::vector<std::string> points;  ///< As people say them: "10K".
  struct Row {
    std::size_t run = 0;
    std::vector<std::string> times;  ///< By point; empty where it is not known.
  };
  std::vector<Row> rows;  ///< Of the runs that have any.
};
[[nodiscard]] SplitTable split_table(const history::Career& career, Language language);

/// "-4:02", "+0:31": the change of one run against the race before; empty where there is none.
struct ChangeWords {
  std::string own;
  std::string field;
};
[[nodiscard]] ChangeWords change_words(const history::Career& career, std::size_t run);

}  // namespace hs::present
