#include "present/export_hytek.h"

#include <algorithm>
#include <array>

#include "present/listing.h"

namespace hs::present {
namespace {

constexpr std::size_t kNameMost = 20;
constexpr std::size_t kTeamCodeMost = 4;
constexpr std::size_t kTeamMost = 30;
constexpr std::size_t kBibMost = 5;

/// At most so many characters, whole ones, without what parts fields.
std::string field(std::string_view text, std::size_t most) {
  std::string out = plain_field(text, ';');
  std::size_t characters = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(out[i]) & 0xC0U) != 0x80U;
    if (begins && characters++ == most) return out.substr(0, i);
  }
  return out;
}

std::string competitor_number(const std::string& bib) {
  const bool fits = bib.size() <= kBibMost && std::all_of(bib.begin(), bib.end(), [](char c) {
                      return c >= '0' && c <= '9';
                    });
  return fits ? bib : "";
}

/// The length in metres, which is how Meet Manager names a run: "10000".
std::string event_code(const model::Race& race) {
  return std::to_string(race.points.back().distance.in_millimetres() / 1000);
}

std::string mark_of(const ExportRow& row) {
  switch (row.status) {
    case model::RunnerStatus::Finished:
    case model::RunnerStatus::OutOfCompetition:
      return row.official ? padded_time(*row.official, 1, 2) : "";
    case model::RunnerStatus::DidNotStart:
      return "DNS";
    case model::RunnerStatus::DidNotFinish:
      return "DNF";
    case model::RunnerStatus::Disqualified:
      return "DQ";
    case model::RunnerStatus::Entered:
    case model::RunnerStatus::Running:
    case model::RunnerStatus::Unresolved:
    case model::RunnerStatus::Stopped:
    case model::RunnerStatus::Deferred:
      return "";
  }
  return "";
}

std::string record(const model::Race& race, const ExportRow& row) {
  const std::string& team = row.team.empty() ? row.club : row.team;
  const std::array<std::string, 16> fields = {"D",
                                              field(row.last, kNameMost),
                                              field(row.first, kNameMost),
                                              "",  // Initial.
                                              model::name_of(*row.sex),
                                              "",  // Birth date: never leaves.
                                              field(team, kTeamCodeMost),
                                              field(team, kTeamMost),
                                              row.age ? std::to_string(*row.age) : "",
                                              "",  // School year.
                                              event_code(race),
                                              mark_of(row),
                                              "M",  // Metric.
                                              "",   // Division: a number of the meet's own.
                                              competitor_number(row.bib),
                                              row.place ? std::to_string(row.place->place) : ""};
  std::string out;
  for (const std::string& one : fields) out += (out.empty() ? "" : ";") + one;
  return out + "\r\n";
}

}  // namespace

HytekFile hytek_file(const model::EventResults& results, const ExportOptions& options) {
  HytekFile out;
  for (const model::RaceId id : races_of(results, options)) {
    const model::Race& race = results.event.races[id.raw()];
    for (const ExportRow& row : export_rows(results, id)) {
      if (row.status == model::RunnerStatus::Deferred) continue;
      if (!row.sex || *row.sex == model::Sex::X) {
        ++out.rows_left_out;
      } else {
        out.bytes += record(race, row);
      }
    }
  }
  return out;
}

}  // namespace hs::present
