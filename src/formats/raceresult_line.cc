#include "formats/raceresult_line.h"

#include <array>

#include "formats/chip_lines.h"

// Implementation notes: only number, transponder, date and time must be right. The fields behind
// them grew with the versions of the protocol, and what is in some of them differs by kind of
// transponder, so one that cannot be read there is left out and does not cost the passing.

namespace hs::formats::raceresult {
namespace {

constexpr std::size_t kFieldsLeast = 6;
constexpr std::size_t kFieldsMost = 32;
constexpr int kDecimals = 6;
constexpr std::string_view kPushed = "#P;";
constexpr std::string_view kCountedDay = "0000-00-";
constexpr std::string_view kMarker = "99999";

// Where what stands in a passing, as the vendor's page has it since version 1.6.
constexpr std::size_t kNumber = 0;
constexpr std::size_t kTransponder = 1;
constexpr std::size_t kDate = 2;
constexpr std::size_t kTime = 3;
constexpr std::size_t kEventId = 4;
constexpr std::size_t kHits = 5;
constexpr std::size_t kStrength = 6;
constexpr std::size_t kIsActive = 8;
constexpr std::size_t kLoopId = 10;
constexpr std::size_t kBoxName = 16;
constexpr std::size_t kFileNumber = 17;
constexpr std::size_t kStrongestAntenna = 18;
constexpr std::size_t kBoxId = 19;

using Fields = std::array<std::string_view, kFieldsMost>;

/// Cuts at ";" and gives the number of fields, `kFieldsMost` + 1 where there are more.
std::size_t split(std::string_view line, Fields& fields) {
  std::size_t count = 0;
  for (;;) {
    const std::size_t end = line.find(';');
    if (count == fields.size()) return count + 1;
    fields[count++] = without_padding(line.substr(0, end));
    if (end == std::string_view::npos) return count;
    line.remove_prefix(end + 1);
  }
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

/// The day of "0000-00-NN", counted from `first`.
std::optional<base::Date> counted_day(std::string_view date, const base::Date& first) {
  int days = 0;
  if (!date.starts_with(kCountedDay) || !read_digits(date.substr(kCountedDay.size()), days)) {
    return std::nullopt;
  }
  constexpr int kDaysMost = 366;
  if (days > kDaysMost) return std::nullopt;
  return base::date_from_days(base::days_from_epoch(first) + days);
}

base::Result<base::ReaderTime> read_time(std::string_view line, const Fields& fields, Days& days) {
  const auto of_day = read_time_of_day(fields[kTime], kDecimals);
  if (!of_day) return unfit(line, fields[kTime], "a time as hh:mm:ss.mmm");
  const std::string_view date = fields[kDate];
  if (date.empty()) return days.undated.place(*of_day);
  const auto at = read_instant(date, fields[kTime], days.first);
  if (!at) return unfit(line, date, "a date as YYYY-MM-DD, or 0000-00-NN");
  if (date.starts_with(kCountedDay)) ++days.counted;
  return *at;
}

base::Result<void> read_tag(std::string_view line, const Fields& fields, Passing& out) {
  const std::string_view code = fields[kTransponder];
  out.is_marker = code == kMarker;
  const std::string_view event_id = fields[kEventId];
  const bool is_pair = fields[kIsActive] != "1" && !event_id.empty() && event_id != "0";
  const std::string both =
      is_pair ? std::string(event_id) + "-" + std::string(code) : std::string(code);
  auto tag = model::TagCode::parse(both);
  if (!tag || code.empty()) return unfit(line, code, "a transponder or bib");
  out.read.tag = *tag;
  return {};
}

/// What may be missing or of another kind without harm.
void read_details(const Fields& fields, Passing& out) {
  if (!read_number(fields[kHits], out.read.hits)) out.read.hits = 0;
  // Strengths of active transponders are no dBm and never negative.
  const std::string_view strength = fields[kStrength].substr(0, fields[kStrength].find('.'));
  std::int16_t dbm = 0;
  if (read_number(strength, dbm) && dbm < 0) out.read.rssi_dbm = dbm;
  const bool is_active = fields[kIsActive] == "1";
  const std::string_view antenna = fields[is_active ? kLoopId : kStrongestAntenna];
  if (!read_number(antenna, out.read.antenna)) out.read.antenna = 0;
  if (is_active) out.loop = clean_name(fields[kLoopId]);
  out.box_name = clean_name(fields[kBoxName]);
  out.box = fields[kBoxId].empty() ? out.box_name : clean_name(fields[kBoxId]);
  if (all_digits(fields[kFileNumber])) out.file = clean_name(fields[kFileNumber]);
}

}  // namespace

bool is_passing(std::string_view line) {
  if (line.starts_with(kPushed)) return true;
  const std::size_t end = line.find(';');
  return end != std::string_view::npos && all_digits(without_padding(line.substr(0, end)));
}

std::optional<base::ReaderTime> read_instant(std::string_view date, std::string_view time,
                                             const base::Date& first_day) {
  const auto of_day = read_time_of_day(time, kDecimals);
  if (!of_day) return std::nullopt;
  std::optional<base::Date> day = counted_day(date, first_day);
  if (!day) {
    const auto written = base::parse_date(date);
    if (!written) return std::nullopt;
    day = *written;
  }
  return base::ReaderTime(std::chrono::days(base::days_from_epoch(*day))) + *of_day;
}

base::Result<Passing> read_passing(std::string_view line, Days& days) {
  std::string_view rest = line;
  if (rest.starts_with(kPushed)) rest.remove_prefix(kPushed.size());
  Fields fields;
  fields.fill(line.substr(line.size()));
  const std::size_t count = split(rest, fields);
  if (count < kFieldsLeast || count > kFieldsMost) {
    return unfit_at(line, line.substr(line.size()),
                    "found " + std::to_string(count) + " fields" +
                        (count > kFieldsMost ? " or more" : "") + ", expected 6 to 32");
  }
  Passing out;
  if (!read_number(fields[kNumber], out.number)) {
    return unfit(line, fields[kNumber], "the number of a passing");
  }
  HS_TRY_VOID(read_tag(line, fields, out));
  read_details(fields, out);
  HS_TRY(out.read.time, read_time(line, fields, days));
  return out;
}

}  // namespace hs::formats::raceresult
