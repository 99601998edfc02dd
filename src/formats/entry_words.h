#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "formats/csv.h"
#include "model/entrant.h"
#include "model/event.h"

namespace hs::formats {

/// What a column of an entry list is about.
enum class EntryColumn : std::uint8_t {
  Bib,
  Chips,
  FirstName,
  LastName,
  Name,
  Sex,
  BirthDate,
  BirthYear,
  Age,
  Race,
  Wave,
  Mode,
  Club,
  Team,
  Group,
  City,
  State,
  Country,
  GoalTime,
  EntryStatus,
  GuideOf,
  Para,
  FirstTime,
  Why,
  Cause,
  Dedication,
  Tell,
  Private,
  Minor,
  Note,
  Leg,    ///< Of a relay: which leg the row's runner runs.
  Extra,  ///< Nobody knows: kept.
};

/// `text` made comparable: case folded, accents dropped, everything but letters and digits left
/// out. "Start-Nr." gives "startnr", A French "Prenom" with its accent gives "prenom".
[[nodiscard]] std::string folded(std::string_view text);

/// The column that a header names, in English, German, French or Spanish; `Extra` for others.
/// Words that mean different things in different lists ("number", "status") are nobody's.
[[nodiscard]] EntryColumn column_of(std::string_view header);

/// How single letters for the sex are to be read, decided over the whole column: "M" is a man,
/// but a woman (mujer) next to "H" or "V" where no other letter stands for women; "D" is divers
/// next to "W", else unknown.
struct SexLetters {
  bool m_is_unclear = false;
  bool d_is_divers = false;
};
[[nodiscard]] SexLetters survey_sexes(const std::vector<CsvRow>& rows, std::size_t column);

/// What a cell of the column means; `understood` is false for words nobody knows.
struct SexWord {
  std::optional<model::Sex> sex;
  bool understood = true;
};
[[nodiscard]] SexWord sex_of(std::string_view text, SexLetters letters);

[[nodiscard]] std::optional<model::Mode> mode_of(std::string_view text);
[[nodiscard]] std::optional<model::EntryStatus> entry_status_of(std::string_view text);
/// Yes and no in four languages, 1 and 0, x; blank is no. Nothing for other words.
[[nodiscard]] std::optional<bool> truth_of(std::string_view text);

/// Which of the first two numbers of 05/04/1990 is the day.
enum class DateOrder : std::uint8_t { Unknown, DayFirst, MonthFirst };

/// The order that a column of dates proves, by a number over 12. Errors: InvalidInput at the
/// first date that contradicts an earlier one.
[[nodiscard]] base::Result<DateOrder> survey_dates(const std::vector<CsvRow>& rows,
                                                   std::size_t column, const std::string& file);

/// Reads YYYY-MM-DD (also with a midnight behind it), DD.MM.YYYY, and numbers with slashes or
/// dashes in the given order. Errors: InvalidInput for what is no date, has a year of two digits
/// or may be read two ways.
[[nodiscard]] base::Result<base::Date> parse_birth_date(std::string_view text, DateOrder order);

}  // namespace hs::formats
