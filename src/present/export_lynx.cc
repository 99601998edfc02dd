#include "present/export_lynx.h"

#include <optional>
#include <string_view>

#include "present/csv_cell.h"
#include "present/list_groups.h"
#include "present/listing.h"

namespace hs::present {
namespace {

using model::EventResults;

constexpr std::string_view kLineEnd = "\r\n";

/// A row of Lynx cells: quoted where needed, nothing guarded, since no spreadsheet is meant.
class LynxRow {
 public:
  explicit LynxRow(std::string& out) : out_(out) {}
  LynxRow& cell(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    append_plain_cell(out_, plain_field(text, '\0'));
    return *this;
  }
  void end() { out_ += kLineEnd; }

 private:
  std::string& out_;
  bool first_ = true;
};

/// The word in the place of a place; nothing for those who have no result yet.
std::optional<std::string_view> place_word(model::RunnerStatus status) {
  switch (status) {
    case model::RunnerStatus::DidNotStart:
      return "DNS";
    case model::RunnerStatus::Disqualified:
      return "DQ";
    case model::RunnerStatus::Deferred:
      return "SCR";
    case model::RunnerStatus::Finished:
    case model::RunnerStatus::OutOfCompetition:
    case model::RunnerStatus::DidNotFinish:
      return "DNF";
    case model::RunnerStatus::Entered:
    case model::RunnerStatus::Running:
    case model::RunnerStatus::Unresolved:
    case model::RunnerStatus::Stopped:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string team_of(const ExportRow& row) { return row.club.empty() ? row.team : row.club; }

std::string metres_of(const model::Race& race) {
  return std::to_string(race.points.back().distance.in_millimetres() / 1000);
}

const std::string& name_of_race(const model::Race& race) {
  return race.name.empty() ? race.id : race.name;
}

/// Minutes and hours only where there are any, as Lynx writes times: "8.92", "1:02:10.00".
std::string lynx_time(base::Duration time) {
  std::string text = padded_time(time, 1, 2);
  while (text.size() > 4 && (text[0] == '0' || text[0] == ':')) text.erase(0, 1);
  return text;
}

void append_people(std::string& out, const EventResults& results, model::RaceId race) {
  for (const ListGroup& group : list_groups(results, race, ListBy::Start, Language())) {
    for (const model::EntrantId id : group.ids) {
      const ExportRow row = export_row(results, id);
      LynxRow(out).cell(row.bib).cell(row.last).cell(row.first).cell(team_of(row)).end();
    }
  }
}

void append_event(std::string& out, const EventResults& results, model::RaceId id) {
  const model::Race& race = results.event.races[id.raw()];
  const std::string number = std::to_string(id.raw() + 1);
  LynxRow head(out);
  head.cell(number).cell("1").cell("1").cell(name_of_race(race));
  for (int empty = 0; empty < 5; ++empty) head.cell("");  // Wind, unit, template, capture twice.
  head.cell(metres_of(race)).end();
  for (const ListGroup& group : list_groups(results, id, ListBy::Start, Language())) {
    for (const model::EntrantId entrant : group.ids) {
      const ExportRow row = export_row(results, entrant);
      LynxRow(out)
          .cell("")
          .cell(row.bib)
          .cell("")
          .cell(row.last)
          .cell(row.first)
          .cell(team_of(row))
          .end();
    }
  }
}

std::string race_results(const EventResults& results, model::RaceId id) {
  const model::Race& race = results.event.races[id.raw()];
  std::string out;
  LynxRow head(out);
  head.cell(std::to_string(id.raw() + 1)).cell("1").cell("1").cell(name_of_race(race));
  for (int empty = 0; empty < 5; ++empty) head.cell("");
  head.cell(metres_of(race));
  const auto gun = race.waves.empty() ? std::nullopt : race.waves.front().gun;
  constexpr int kDecimals = 3;
  head.cell(
          gun ? base::format_time_of_day(*gun, model::utc_offset_at(results.event, *gun), kDecimals)
              : "")
      .end();
  std::optional<base::Duration> before;
  for (const ExportRow& row : export_rows(results, id)) {
    const auto time = row.place ? row.official : std::nullopt;
    const auto word = place_word(row.status);
    if (!word) continue;
    LynxRow line(out);
    line.cell(row.place ? std::to_string(row.place->place) : *word);
    line.cell(row.bib).cell("").cell(row.last).cell(row.first).cell(team_of(row));
    line.cell(time ? lynx_time(*time) : "").cell("");
    line.cell(time && before ? lynx_time(*time - *before) : "");
    line.cell("").cell("").end();
    if (time) before = time;
  }
  return out;
}

/// What a file system takes everywhere: letters, digits, "-" and "_" of the race's id.
std::string file_stem(const std::string& id) {
  std::string out;
  for (const char c : id) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '_';
    out += plain ? c : '_';
  }
  return out;
}

}  // namespace

std::vector<NamedFile> lynx_files(const EventResults& results, const ExportOptions& options) {
  std::vector<NamedFile> out = {{"lynx.ppl", ""}, {"lynx.evt", ""}};
  for (const model::RaceId race : races_of(results, options)) {
    append_people(out[0].bytes, results, race);
    append_event(out[1].bytes, results, race);
    out.push_back(
        {file_stem(results.event.races[race.raw()].id) + ".lif", race_results(results, race)});
  }
  return out;
}

}  // namespace hs::present
