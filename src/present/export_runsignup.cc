#include "present/export_runsignup.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "present/export_row.h"
#include "present/export_stamp.h"
#include "present/json_out.h"
#include "present/listing.h"

namespace hs::present {
namespace {

constexpr const char* kRegistration = "registration_id";

/// The number that RunSignup gave the entry, where the event publishes that column.
std::optional<std::int64_t> registration_of(const model::EventResults& results,
                                            model::EntrantId id) {
  const auto published = published_columns(results.event);
  if (std::find(published.begin(), published.end(), kRegistration) == published.end()) {
    return std::nullopt;
  }
  const std::string value =
      published_value(results.entrants[id.raw()], results.persons[id.raw()], kRegistration);
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (fault != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

void write_time(JsonOut& out, const char* key, const std::optional<base::Duration>& time) {
  if (time) out.text_of(key, padded_time(*time, 2, 2));
}

}  // namespace

std::string runsignup_json(const model::EventResults& results, model::RaceId race) {
  const ResultsStamp stamp = stamp_of(results);
  const bool is_official = stamp.kind == scoring::ListState::Kind::Official;
  JsonOut out;
  out.begin_object();
  out.text_of("result_set_name", is_official ? "Official" : "Provisional");
  out.text_of("event_name", results.event.races[race.raw()].name);
  out.text_of("as_of", stamp_line(stamp));
  out.key("results");
  out.begin_array();
  for (const ExportRow& row : export_rows(results, race)) {
    if (!row.place) continue;
    out.begin_object();
    if (const auto number = registration_of(results, row.entrant)) {
      out.integer_of(kRegistration, *number);
    }
    out.text_of("bib_num", row.bib);
    out.integer_of("place", row.place->place);
    write_time(out, "clock_time", row.gun);
    write_time(out, "chip_time", row.net);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::present
