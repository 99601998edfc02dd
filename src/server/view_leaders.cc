#include <pugixml.hpp>
#include <sstream>

#include "model/entrant.h"
#include "present/csv_cell.h"
#include "scoring/rule_set.h"
#include "server/result_rows.h"
#include "server/views.h"

// Implementation notes: graphics programs bind a text to a cell by row and column and want both
// always there. So every row has every column, and rows that nobody fills yet are empty.

namespace hs::server {
namespace {

using model::EntrantId;

constexpr std::size_t kRows = 10;
constexpr std::size_t kMostRows = 100;

struct Cell {
  const char* name;
  std::string text;
};
using Row = std::vector<Cell>;

/// A time as screens show it: what the rule set makes of it, so that the time of a finish is the
/// official one; without such a rule whole seconds, cut, as a clock shows them.
std::optional<base::Duration> shown(std::optional<base::Duration> value, base::Rounding rounding) {
  if (!value) return std::nullopt;
  if (rounding != base::Rounding::None) return base::round_up(*value, rounding);
  return std::chrono::floor<std::chrono::seconds>(*value);
}

/// "1:02:10", with the digits that the rule set keeps.
std::string clock_text(std::optional<base::Duration> shown, base::Rounding rounding) {
  if (!shown) return {};
  const bool is_whole = rounding == base::Rounding::None;
  return base::format_official(*shown, is_whole ? base::Rounding::UpToSecond : rounding);
}

/// The difference of what is shown, so that whoever reckons it finds the same.
std::string gap_text(std::optional<base::Duration> shown, std::optional<base::Duration> first,
                     base::Rounding rounding) {
  if (!shown || !first || *shown <= *first) return {};
  return "+" + clock_text(*shown - *first, rounding);
}

Row row_of(const RaceView& view, std::optional<EntrantId> id, std::size_t rank, std::size_t point,
           std::optional<base::Duration> first) {
  if (!id) {
    return {{"row", std::to_string(rank)},
            {"place", ""},
            {"bib", ""},
            {"name", ""},
            {"sex", ""},
            {"club", ""},
            {"country", ""},
            {"division", ""},
            {"time", ""},
            {"gap", ""},
            {"status", ""}};
  }
  const engine::SnapshotRunner& runner = view.runner(*id);
  const model::RunnerResult& result = runner.result;
  const bool is_private = runner.entrant->is_private;
  const base::Rounding rounding = scoring::rounding_of(view.race(result.race).rules);
  const auto time = shown(view.ranking_at(result, point), rounding);
  const auto places = view.now().order(result.race, point).places_of(*id);
  const bool has_place = places && places->overall;
  return {
      {"row", std::to_string(rank)},
      {"place", has_place ? std::to_string(places->overall->place) : ""},
      {"bib", runner.entrant->bib.str()},
      {"name", model::public_name(*runner.entrant, *runner.person)},
      {"sex", runner.entrant->sex ? model::name_of(*runner.entrant->sex) : ""},
      {"club", is_private ? "" : runner.person->club},
      {"country", is_private ? "" : runner.person->country},
      {"division",
       result.division ? view.race(result.race).divisions[result.division->raw()].id : ""},
      {"time", clock_text(time, rounding)},
      {"gap", gap_text(time, first, rounding)},
      {"status", model::name_of(result.status)},
  };
}

struct Leaders {
  std::string race;
  std::string point;
  std::vector<Row> rows;
};

base::Result<Leaders> leaders_of(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const std::size_t count, number_of(request.query, "rows", 1, kMostRows, kRows));
  std::string_view named;
  if (const auto asked = request.query.get("race")) named = *asked;
  if (named.empty() && view.now().event() != nullptr && view.now().event()->races.size() == 1) {
    named = view.now().event()->races.front().id;
  }
  HS_TRY(const model::RaceId race, view.need_race(named));
  HS_TRY(RowsWanted wanted, rows_wanted(view, race, request.query));
  const std::size_t point = wanted.point.value_or(view.race(race).points.size() - 1);
  wanted.point = point;  // Only who has been there.
  const std::vector<EntrantId> ids = rows_of(view, wanted);
  std::optional<base::Duration> first;
  if (!ids.empty()) {
    first = shown(view.ranking_at(view.runner(ids.front()).result, point),
                  scoring::rounding_of(view.race(race).rules));
  }
  Leaders out{view.race(race).id, view.race(race).points[point].id, {}};
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = i < ids.size() ? std::optional(ids[i]) : std::nullopt;
    out.rows.push_back(row_of(view, id, i + 1, point, first));
  }
  return out;
}

}  // namespace

base::Result<std::string> leaders_json(const ViewRequest& request) {
  HS_TRY(const Leaders leaders, leaders_of(request));
  present::JsonOut out;
  out.begin_array();
  for (const Row& row : leaders.rows) {
    out.begin_object();
    for (const Cell& cell : row) {
      out.key(cell.name);
      out.text(cell.text);
    }
    out.end_object();
  }
  out.end_array();
  return out.take();
}

base::Result<std::string> leaders_csv(const ViewRequest& request) {
  HS_TRY(const Leaders leaders, leaders_of(request));
  std::string out;
  present::CsvRow header(out);
  for (const Cell& cell : leaders.rows.front()) header.plain(cell.name);
  header.end();
  for (const Row& row : leaders.rows) {
    present::CsvRow line(out);
    for (const Cell& cell : row) {
      const bool is_ours = std::string_view(cell.name) == "gap";
      (void)(is_ours ? line.plain(cell.text) : line.text(cell.text));
    }
    line.end();
  }
  return out;
}

base::Result<std::string> leaders_xml(const ViewRequest& request) {
  HS_TRY(const Leaders leaders, leaders_of(request));
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("leaders");
  root.append_attribute("race") = leaders.race.c_str();
  root.append_attribute("point") = leaders.point.c_str();
  for (const Row& row : leaders.rows) {
    pugi::xml_node node = root.append_child("runner");
    for (const Cell& cell : row) node.append_child(cell.name).text() = cell.text.c_str();
  }
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace hs::server
