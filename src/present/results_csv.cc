#include "present/results_csv.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "present/csv_cell.h"
#include "present/listing.h"
#include "present/wording.h"

// Implementation notes: two kinds of cells. Text that a person wrote goes through
// `CsvRow::text`, which takes the sting out of formulas; what the program makes goes through
// `CsvRow::plain`, so that a negative start offset stays a number.

namespace hs::present {
namespace {

/// Where a race keeps the split of each column; nothing where it has no such point.
using ColumnPoints = std::vector<std::optional<std::size_t>>;

bool is_split_column(const model::Race& race, std::size_t index) {
  return index > 0 && race.points[index].role == model::PointRole::Timed;
}

/// The point ids of all races without the starts, each once, in the order they are first met.
std::vector<std::string> split_columns(const model::Event& event) {
  std::vector<std::string> columns;
  for (const model::Race& race : event.races) {
    for (std::size_t i = 0; i < race.points.size(); ++i) {
      if (!is_split_column(race, i)) continue;
      const std::string& id = race.points[i].id;
      if (std::find(columns.begin(), columns.end(), id) == columns.end()) columns.push_back(id);
    }
  }
  return columns;
}

ColumnPoints points_of(const model::Race& race, const std::vector<std::string>& columns) {
  ColumnPoints out(columns.size());
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    if (!is_split_column(race, i)) continue;
    const auto at = std::find(columns.begin(), columns.end(), race.points[i].id);
    out[static_cast<std::size_t>(at - columns.begin())] = i;
  }
  return out;
}

std::string exact(std::optional<base::Duration> value) {
  return value.has_value() ? base::format_h_mm_ss_mmm(*value) : std::string();
}

template <typename Kind>
std::string exact(const std::optional<Kind>& elapsed) {
  return elapsed.has_value() ? base::format_h_mm_ss_mmm(elapsed->value()) : std::string();
}

std::string place_number(const model::RunnerResult& r, const std::optional<model::Placing>& p) {
  return shows_place(r.status) && p.has_value() ? std::to_string(p->place) : std::string();
}

void append_header(std::string& out, const std::vector<std::string>& splits,
                   const std::vector<std::string>& published) {
  CsvRow row(out);
  for (const char* name :
       {"race", "place", "bib", "name", "sex", "age", "division", "status", "official_time",
        "gun_time", "net_time", "place_sex", "place_division", "interval_note"}) {
    row.plain(name);
  }
  for (const std::string& id : splits) row.text(id);
  for (const char* name : {"clock_time", "start_source", "start_offset", "mode", "team"}) {
    row.plain(name);
  }
  for (const std::string& name : published) row.text(name);
  row.end();
}

void append_person(CsvRow& row, const model::Race& race, const model::Entrant& entrant,
                   const model::Person& person, const model::RunnerResult& r) {
  const bool age_shown = entrant.age.has_value() && !entrant.is_private;
  row.text(race.id)
      .plain(place_number(r, r.places.overall))
      .text(entrant.bib.view())
      .text(model::public_name(entrant, person))
      .plain(entrant.sex.has_value() ? model::name_of(*entrant.sex) : "")
      .plain(age_shown ? std::to_string(*entrant.age) : "")
      .text(r.division.has_value() ? race.divisions[r.division->raw()].id : "")
      .plain(model::name_of(r.status));
}

void append_row(std::string& out, const model::EventResults& results, model::EntrantId id,
                const ColumnPoints& points, const std::vector<std::string>& published) {
  const model::RunnerResult& r = results.runners[id.raw()];
  const model::Race& race = results.event.races[r.race.raw()];
  const model::Entrant& entrant = results.entrants[id.raw()];
  const model::Person& person = results.persons[id.raw()];
  CsvRow row(out);
  append_person(row, race, entrant, person, r);
  row.plain(r.official.has_value() ? official_time(race, *r.official) : "")
      .plain(exact(r.gun))
      .plain(exact(r.net))
      .plain(place_number(r, r.places.sex))
      .plain(place_number(r, r.places.division))
      .text(interval_note(results, id));
  for (const std::optional<std::size_t>& point : points) {
    const bool passed = point.has_value() && *point < r.splits.size();
    row.plain(passed ? exact<base::NetTime>(r.splits[*point].net) : "");
  }
  const bool started = r.start_at.has_value() || r.net.has_value();
  row.plain(exact(r.clock))
      .plain(started ? model::name_of(r.start_source) : "")
      .plain(exact(r.start_offset))
      .plain(model::name_of(entrant.mode))
      .text(entrant.is_private ? "" : person.team);
  for (const std::string& column : published) {
    row.text(published_value(entrant, person, column));
  }
  row.end();
}

}  // namespace

std::string results_csv(const model::EventResults& results) {
  const std::vector<std::string> splits = split_columns(results.event);
  const std::vector<std::string> published = published_columns(results.event);
  std::string out;
  append_header(out, splits, published);
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const ColumnPoints points = points_of(results.event.races[r], splits);
    for (const model::EntrantId id :
         listing(results, model::RaceId(static_cast<std::uint16_t>(r)))) {
      append_row(out, results, id, points, published);
    }
  }
  return out;
}

}  // namespace hs::present
