#include "evaluate/moment_known.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "formats/csv.h"
#include "formats/text_encoding.h"
#include "moments/find_moments.h"
#include "moments/shelf.h"

namespace hs::evaluate {
namespace {

using base::ErrorCode;
using model::Moment;

constexpr const char* kColumns = "the columns bibs, kind, within";
constexpr const char* kWithin = "story-N or shelf-N, N from 1, such as story-50";

enum class Column { Bibs, Kind, Within };

base::Result<std::vector<Column>> read_header(const formats::CsvRow& row, const std::string& file) {
  std::vector<Column> columns;
  for (const formats::CsvCell& cell : row.cells) {
    const std::string_view name = formats::trimmed(cell.text);
    if (name == "bibs") {
      columns.push_back(Column::Bibs);
    } else if (name == "kind") {
      columns.push_back(Column::Kind);
    } else if (name == "within") {
      columns.push_back(Column::Within);
    } else {
      return base::fail(ErrorCode::InvalidInput,
                        "found the column '" + std::string(name) + "', expected " + kColumns,
                        {file, cell.line, cell.column});
    }
  }
  if (std::count(columns.begin(), columns.end(), Column::Bibs) != 1) {
    return base::fail(ErrorCode::InvalidInput,
                      std::string("found not one column bibs, expected ") + kColumns,
                      {file, row.line, 1});
  }
  return columns;
}

std::vector<std::string> split_bibs(std::string_view text) {
  std::vector<std::string> bibs;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const auto bib = formats::trimmed(text.substr(0, end));
    if (!bib.empty()) bibs.emplace_back(bib);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return bibs;
}

/// "story-50"; false for anything else.
bool read_within(std::string_view text, Expected& into) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view among = text.substr(0, dash);
  if (among != "story" && among != "shelf") return false;
  into.among = among == "story" ? Expected::Among::Stories : Expected::Among::Shelf;
  const std::string_view digits = text.substr(dash + 1);
  const char* end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, into.first);
  return error == std::errc() && at == end && into.first > 0;
}

base::Result<Expected> read_row(const formats::CsvRow& row, const std::vector<Column>& columns,
                                const std::string& file) {
  Expected out;
  out.line = row.line;
  if (row.cells.size() > columns.size()) {
    return base::fail(ErrorCode::InvalidInput,
                      std::string("found more cells than columns, expected ") + kColumns,
                      {file, row.line, row.cells[columns.size()].column});
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const formats::CsvCell& cell = row.cells[i];
    const std::string_view text = formats::trimmed(cell.text);
    const base::Place place{file, cell.line, cell.column};
    const std::string found = "found '" + std::string(text) + "', expected ";
    if (columns[i] == Column::Bibs) {
      out.bibs = split_bibs(text);
    } else if (columns[i] == Column::Kind) {
      if (!text.empty() && !model::parse_moment_kind(text)) {
        return base::fail(ErrorCode::InvalidInput, found + "a kind such as late-collapse", place);
      }
      out.kind = text;
    } else if (!text.empty() && !read_within(text, out)) {
      return base::fail(ErrorCode::InvalidInput, found + kWithin, place);
    }
  }
  if (out.bibs.empty()) {
    return base::fail(ErrorCode::InvalidInput, "found no bib, expected one or more in 'bibs'",
                      {file, row.line, 1});
  }
  return out;
}

using Ids = std::vector<model::EntrantId>;

/// Those of the race with these bibs; fewer than asked where one is not in it.
Ids ids_of(const Expected& expected, const model::EventResults& results, model::RaceId race) {
  Ids ids;
  const std::string& id = results.event.races[race.raw()].id;
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    const model::Entrant& entrant = results.entrants[e];
    if (entrant.race != id) continue;
    const auto at = std::find(expected.bibs.begin(), expected.bibs.end(), entrant.bib.view());
    if (at != expected.bibs.end()) ids.emplace_back(static_cast<std::uint32_t>(e));
  }
  return ids;
}

bool is_about(const Moment& moment, const Ids& ids, const std::string& kind) {
  if (!kind.empty() && kind != model::name_of(moment.kind)) return false;
  return std::all_of(ids.begin(), ids.end(), [&](model::EntrantId id) {
    return std::find(moment.people.begin(), moment.people.end(), id) != moment.people.end();
  });
}

/// People in the order of one shelf of a kind.
struct Shelf {
  std::string kind;
  std::vector<Ids> people;
};

std::vector<Shelf> shelves_of(std::span<const Moment> found, const model::EventResults& results,
                              model::RaceId race) {
  const moments::FieldView view = moments::view_field(results, race);
  std::vector<Shelf> shelves;
  const auto add = [&](model::MomentKind kind, const std::vector<moments::Candidate>& candidates) {
    shelves.push_back({model::name_of(kind), {}});
    for (const auto& one : candidates) shelves.back().people.push_back({view.people[one.row]});
  };
  for (const auto& shelf : moments::collapse_shelves(view)) {
    add(model::MomentKind::LateCollapse, shelf);
  }
  add(model::MomentKind::LongStop, moments::stop_shelf(view));
  // A kind that keeps no candidates has the shelf that it puts its own on.
  std::map<std::string, Shelf> own;
  for (const Moment& moment : found) {
    if (!moment.on_shelf || moment.kind == model::MomentKind::LateCollapse ||
        moment.kind == model::MomentKind::LongStop) {
      continue;
    }
    Shelf& shelf = own[model::name_of(moment.kind)];
    shelf.kind = model::name_of(moment.kind);
    shelf.people.push_back(moment.people);
  }
  for (auto& [kind, shelf] : own) shelves.push_back(std::move(shelf));
  return shelves;
}

void find_on_shelf(const std::vector<Shelf>& shelves, const Ids& ids, KnownMoment& known) {
  for (const Shelf& shelf : shelves) {
    if (!known.expected.kind.empty() && known.expected.kind != shelf.kind) continue;
    for (std::size_t i = 0; i < shelf.people.size(); ++i) {
      Moment like;
      like.people = shelf.people[i];
      if (!is_about(like, ids, {})) continue;
      if (!known.on_shelf || i + 1 < *known.on_shelf) {
        known.on_shelf = i + 1;
        known.shelf = shelf.kind;
      }
      break;
    }
  }
}

}  // namespace

base::Result<std::vector<Expected>> read_expected(std::string_view bytes, const std::string& file) {
  HS_TRY(const auto decoded, formats::decode_text(bytes, file));
  formats::CsvReader reader(decoded.utf8, formats::recognise_dialect(decoded.utf8), file);
  formats::CsvRow row;
  HS_TRY(const bool has_header, reader.next(row));
  if (!has_header) {
    return base::fail(ErrorCode::InvalidInput,
                      std::string("found an empty file, expected ") + kColumns, {file, 1, 1});
  }
  HS_TRY(const auto columns, read_header(row, file));
  std::vector<Expected> out;
  while (true) {
    HS_TRY(const bool more, reader.next(row));
    if (!more) return out;
    HS_TRY(Expected one, read_row(row, columns, file));
    out.push_back(std::move(one));
  }
}

bool KnownMoment::is_met() const {
  const auto& at = expected.among == Expected::Among::Stories ? in_story : on_shelf;
  return at && *at <= expected.first;
}

std::vector<KnownMoment> find_known(std::span<const Expected> expected,
                                    std::span<const Moment> found,
                                    const model::EventResults& results, model::RaceId race) {
  std::vector<KnownMoment> out;
  if (expected.empty()) return out;
  const std::vector<Shelf> shelves = shelves_of(found, results, race);
  std::size_t longest = 0;
  for (const Expected& one : expected) longest = std::max(longest, one.first);
  const auto story = moments::choose_for_story(found, longest);
  for (const Expected& one : expected) {
    KnownMoment known;
    known.expected = one;
    const Ids ids = ids_of(one, results, race);
    known.is_entered = ids.size() == one.bibs.size();
    if (known.is_entered) {
      for (std::size_t i = 0; i < found.size() && !known.by_score; ++i) {
        if (!is_about(found[i], ids, one.kind)) continue;
        known.by_score = i + 1;
        known.kind = model::name_of(found[i].kind);
      }
      for (std::size_t i = 0; i < story.size() && !known.in_story; ++i) {
        if (is_about(found[story[i]], ids, one.kind)) known.in_story = i + 1;
      }
      find_on_shelf(shelves, ids, known);
    }
    out.push_back(std::move(known));
  }
  return out;
}

}  // namespace hs::evaluate
