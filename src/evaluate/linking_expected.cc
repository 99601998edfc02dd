#include <algorithm>

#include "evaluate/linking.h"
#include "formats/csv.h"
#include "formats/text_encoding.h"

namespace hs::evaluate {
namespace {

using base::ErrorCode;

constexpr std::array<std::string_view, 3> kColumns = {"person", "race", "bib"};
constexpr const char* kExpectedColumns = "the columns person, race, bib";

}  // namespace

base::Result<std::vector<ExpectedPerson>> read_expected_people(std::string_view bytes,
                                                               const std::string& file) {
  HS_TRY(const auto decoded, formats::decode_text(bytes, file));
  formats::CsvReader reader(decoded.utf8, formats::recognise_dialect(decoded.utf8), file);
  formats::CsvRow row;
  HS_TRY(const bool has_header, reader.next(row));
  bool fits = has_header && row.cells.size() == kColumns.size();
  for (std::size_t i = 0; fits && i < kColumns.size(); ++i) {
    fits = formats::trimmed(row.cells[i].text) == kColumns[i];
  }
  if (!fits) {
    return base::fail(ErrorCode::InvalidInput,
                      std::string("found another header, expected ") + kExpectedColumns,
                      {file, 1, 1});
  }
  std::vector<ExpectedPerson> out;
  while (true) {
    HS_TRY(const bool more, reader.next(row));
    if (!more) return out;
    std::array<std::string, kColumns.size()> cells;
    const bool is_whole = row.cells.size() == kColumns.size();
    for (std::size_t i = 0; is_whole && i < cells.size(); ++i) {
      cells[i] = formats::trimmed(row.cells[i].text);
    }
    if (std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); })) {
      return base::fail(
          ErrorCode::InvalidInput,
          std::string("found an empty cell, or too many or few, expected ") + kExpectedColumns,
          {file, row.line, 1});
    }
    auto person = std::find_if(out.begin(), out.end(),
                               [&](const ExpectedPerson& one) { return one.name == cells[0]; });
    if (person == out.end()) person = out.insert(out.end(), {cells[0], {}, {}});
    person->results.push_back({cells[1], cells[2]});
  }
}

base::Result<void> find_records(const archive::Archive& archive, const engine::ArchiveRoll& loaded,
                                std::vector<ExpectedPerson>& people) {
  for (ExpectedPerson& person : people) {
    for (const archive::ResultName& name : person.results) {
      const bool is_in = std::any_of(loaded.races.begin(), loaded.races.end(),
                                     [&](const auto& race) { return race.id == name.race; });
      if (!is_in) continue;
      HS_TRY(const archive::ResultId result, archive.result_named(name));
      if (const auto record = loaded.record_of(result)) person.records.push_back(*record);
    }
  }
  return {};
}

}  // namespace hs::evaluate
