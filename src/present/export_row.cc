#include "present/export_row.h"

#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "present/listing.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kSecondsPerHour = 3600;
constexpr std::size_t kMostDecimals = 3;

std::string digits(std::int64_t value, std::size_t least) {
  std::string out = std::to_string(value);
  if (out.size() < least) out.insert(0, least - out.size(), '0');
  return out;
}

void set_name(ExportRow& row, const model::Entrant& entrant, const model::Person& person) {
  row.name = model::public_name(entrant, person);
  if (entrant.is_private || person.name.empty()) {
    row.first = "Bib";
    row.last = row.bib;
    return;
  }
  row.first = person.first_name;
  row.last = person.last_name;
  if (!row.first.empty() || !row.last.empty()) return;
  const std::size_t blank = row.name.rfind(' ');
  row.last = blank == std::string::npos ? row.name : row.name.substr(blank + 1);
  if (blank != std::string::npos) row.first = row.name.substr(0, blank);
}

void set_published(ExportRow& row, const model::Event& event, const model::Entrant& entrant,
                   const model::Person& person) {
  for (const std::string& column : published_columns(event)) {
    const auto take = [&](const char* name, std::string& into) {
      if (column == name) into = published_value(entrant, person, column);
    };
    take("city", row.city);
    take("state", row.state);
    take("country", row.country);
  }
}

bool has_counting_time(model::RunnerStatus status) {
  return status == model::RunnerStatus::Finished || status == model::RunnerStatus::OutOfCompetition;
}

}  // namespace

std::vector<model::RaceId> races_of(const model::EventResults& results,
                                    const ExportOptions& options) {
  if (options.race) return {*options.race};
  std::vector<model::RaceId> out;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    out.emplace_back(static_cast<std::uint16_t>(i));
  }
  return out;
}

ExportRow export_row(const model::EventResults& results, model::EntrantId id) {
  const model::RunnerResult& r = results.runners[id.raw()];
  const model::Race& race = results.event.races[r.race.raw()];
  const model::Entrant& entrant = results.entrants[id.raw()];
  const model::Person& person = results.persons[id.raw()];
  ExportRow row;
  row.entrant = id;
  row.bib = entrant.bib.str();
  set_name(row, entrant, person);
  row.sex = entrant.sex;
  row.mode = entrant.mode;
  if (!entrant.is_private) {
    row.age = entrant.age;
    row.club = person.club;
    row.team = person.team;
    set_published(row, results.event, entrant, person);
  }
  if (r.division) row.division = race.divisions[r.division->raw()].id;
  row.status = r.status;
  if (r.status == model::RunnerStatus::Finished) {
    row.place = r.places.overall;
    row.place_sex = r.places.sex;
    row.place_division = r.places.division;
  }
  if (has_counting_time(r.status)) {
    const base::Rounding rounding = scoring::rounding_of(race.rules);
    row.official = r.official;
    if (r.gun) row.gun = base::round_up(r.gun->value(), rounding);
    if (r.net) row.net = base::round_up(r.net->value(), rounding);
  }
  return row;
}

std::vector<ExportRow> export_rows(const model::EventResults& results, model::RaceId race) {
  std::vector<ExportRow> out;
  for (const model::EntrantId id : listing(results, race)) out.push_back(export_row(results, id));
  return out;
}

std::string padded_time(base::Duration value, std::size_t hour_digits, std::size_t decimals) {
  HS_CHECK(decimals <= kMostDecimals, "a time is shown to the thousandth at most");
  HS_CHECK(value >= base::Duration::zero(), "a result is never before its start");
  const std::int64_t seconds = value.count() / kMicrosPerSecond;
  std::string out = digits(seconds / kSecondsPerHour, hour_digits) + ":" +
                    digits(seconds % kSecondsPerHour / kSecondsPerMinute, 2) + ":" +
                    digits(seconds % kSecondsPerMinute, 2);
  if (decimals == 0) return out;
  const std::string fraction = digits(value.count() % kMicrosPerSecond, 6);
  return out + "." + fraction.substr(0, decimals);
}

std::string plain_field(std::string_view text, char separator) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(),
      [&](char c) { return c == separator || static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  return out;
}

}  // namespace hs::present
