#include "present/export_tables.h"

#include <optional>
#include <string_view>

#include "present/csv_cell.h"
#include "present/export_row.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

using model::EventResults;
using model::RunnerStatus;

std::string number(const std::optional<model::Placing>& placing) {
  return placing ? std::to_string(placing->place) : std::string();
}

std::string age_of(const ExportRow& row) { return row.age ? std::to_string(*row.age) : ""; }

const char* sex_of(const ExportRow& row) { return row.sex ? model::name_of(*row.sex) : ""; }

/// UltraSignup's number for a status; nothing for those who are no result yet.
std::optional<int> ultrasignup_status(RunnerStatus status) {
  switch (status) {
    case RunnerStatus::Finished:
      return 1;
    case RunnerStatus::DidNotFinish:
      return 2;
    case RunnerStatus::DidNotStart:
      return 3;
    case RunnerStatus::OutOfCompetition:
      return 4;
    case RunnerStatus::Disqualified:
      return 5;
    case RunnerStatus::Entered:
    case RunnerStatus::Running:
    case RunnerStatus::Unresolved:
    case RunnerStatus::Stopped:
    case RunnerStatus::Deferred:
      return std::nullopt;
  }
  return std::nullopt;
}

/// The digits of the race's official times.
std::string time_text(const model::Race& race, const std::optional<base::Duration>& time) {
  return time ? base::format_official(*time, scoring::rounding_of(race.rules)) : std::string();
}

/// The timed points between start and finish, each a column.
std::vector<std::size_t> split_points(const model::Race& race) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i + 1 < race.points.size(); ++i) {
    if (race.points[i].role == model::PointRole::Timed) out.push_back(i);
  }
  return out;
}

}  // namespace

std::string ultrasignup_csv(const EventResults& results, model::RaceId race_id) {
  const model::Race& race = results.event.races[race_id.raw()];
  std::string out = "place,time,first,last,age,gender,city,state,bib,status\n";
  for (const ExportRow& row : export_rows(results, race_id)) {
    const auto status = ultrasignup_status(row.status);
    if (!status) continue;
    CsvRow(out)
        .plain(number(row.place))
        .plain(time_text(race, row.official))
        .text(row.first)
        .text(row.last)
        .plain(age_of(row))
        .plain(sex_of(row))
        .text(row.city)
        .text(row.state)
        .text(row.bib)
        .plain(std::to_string(*status))
        .end();
  }
  return out;
}

std::size_t rows_without_gender(const EventResults& results, model::RaceId race) {
  std::size_t count = 0;
  for (const ExportRow& row : export_rows(results, race)) {
    if (ultrasignup_status(row.status) && !row.sex) ++count;
  }
  return count;
}

std::string gru_csv(const EventResults& results, model::RaceId race_id) {
  const model::Race& race = results.event.races[race_id.raw()];
  const std::vector<std::size_t> points = split_points(race);
  std::string out;
  CsvRow head(out);
  for (const char* name :
       {"Bib", "First Name", "Last Name", "Gender", "Age", "City", "State", "Country", "Team",
        "Bracket", "Status", "Rank", "Gender Rank", "Bracket Rank"}) {
    head.plain(name);
  }
  for (const std::size_t point : points) head.text(race.points[point].id + " Time");
  head.plain("Gun Time").plain("Chip Time").plain("Finish Time").end();
  for (const ExportRow& row : export_rows(results, race_id)) {
    const model::RunnerResult& result = results.runners[row.entrant.raw()];
    CsvRow cells(out);
    cells.text(row.bib)
        .text(row.first)
        .text(row.last)
        .plain(sex_of(row))
        .plain(age_of(row))
        .text(row.city)
        .text(row.state)
        .text(row.country)
        .text(row.team)
        .text(row.division)
        .plain(model::name_of(row.status))
        .plain(number(row.place))
        .plain(number(row.place_sex))
        .plain(number(row.place_division));
    for (const std::size_t point : points) {
      const bool passed = point < result.splits.size() && result.splits[point].net.has_value();
      cells.plain(passed ? padded_time(result.splits[point].net->value(), 2, 2) : "");
    }
    cells.plain(time_text(race, row.gun)).plain(time_text(race, row.net));
    cells.plain(time_text(race, row.official)).end();
  }
  return out;
}

}  // namespace hs::present
