#include "formats/entrants_json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "formats/entry_words.h"
#include "formats/text_encoding.h"
#include "model/json.h"

namespace hs::formats {
namespace {

using model::JsonMember;
using model::JsonValue;

/// A list as columns and rows of text; every row as long as the columns.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

const JsonValue* find(const JsonValue& object, std::string_view key) {
  for (const JsonMember& member : object.members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

/// A value that fits a cell; nothing for lists and objects.
std::optional<std::string> cell_of(const JsonValue& value) {
  switch (value.kind) {
    case JsonValue::Kind::Null:
      return "";
    case JsonValue::Kind::Bool:
      return value.boolean ? "yes" : "no";
    case JsonValue::Kind::Integer:
      return std::to_string(value.integer);
    case JsonValue::Kind::Unsigned:
      return std::to_string(value.number);
    case JsonValue::Kind::Text:
      return std::string(value.text);
    case JsonValue::Kind::Real:
    case JsonValue::Kind::List:
    case JsonValue::Kind::Object:
      return std::nullopt;
  }
  return std::nullopt;
}

// --- RunSignup -----------------------------------------------------------------------------------

/// Where a column of ours stands in a participant: a key, or one below `user` or its `address`.
struct Field {
  const char* column;
  const char* key;
  enum class Of { Participant, User, Address } of = Of::Participant;
};

constexpr std::array kRunSignup = {
    Field{"bib", "bib_num"},
    Field{"chips", "chip_num"},
    Field{"first_name", "first_name", Field::Of::User},
    Field{"last_name", "last_name", Field::Of::User},
    Field{"sex", "gender", Field::Of::User},
    Field{"birth_date", "dob", Field::Of::User},
    Field{"age", "age"},
    Field{"team", "team_name"},
    Field{"city", "city", Field::Of::Address},
    Field{"state", "state", Field::Of::Address},
    Field{"country", "country_code", Field::Of::Address},
    Field{"registration_id", "registration_id"},
};

std::string field_of(const JsonValue& participant, const Field& field) {
  const JsonValue* from = &participant;
  if (field.of != Field::Of::Participant) from = find(*from, "user");
  if (from != nullptr && field.of == Field::Of::Address) from = find(*from, "address");
  const JsonValue* value = from == nullptr ? nullptr : find(*from, field.key);
  return value == nullptr ? "" : cell_of(*value).value_or("");
}

std::string race_of(const JsonValue& group, const JsonValue& participant) {
  const JsonValue* event = find(group, "event");
  for (const char* key : {"name", "event_id"}) {
    const JsonValue* value = event == nullptr ? nullptr : find(*event, key);
    const std::string text = value == nullptr ? "" : cell_of(*value).value_or("");
    if (!text.empty()) return text;
  }
  const JsonValue* value = find(participant, "event_id");
  return value == nullptr ? "" : cell_of(*value).value_or("");
}

bool is_runsignup(const JsonValue& root) {
  const auto is_group = [](const JsonValue& one) {
    return find(one, "participants") != nullptr || find(one, "event") != nullptr;
  };
  if (root.kind == JsonValue::Kind::Object) return is_group(root);
  return root.kind == JsonValue::Kind::List && !root.items.empty() &&
         std::all_of(root.items.begin(), root.items.end(), is_group);
}

void take_group(const JsonValue& group, bool has_race, Table& table) {
  const JsonValue* participants = find(group, "participants");
  if (participants == nullptr) return;
  for (const JsonValue& participant : participants->items) {
    std::vector<std::string> row;
    for (const Field& field : kRunSignup) row.push_back(field_of(participant, field));
    if (has_race) row.push_back(race_of(group, participant));
    table.rows.push_back(std::move(row));
  }
}

Table runsignup_table(const JsonValue& root, const model::Event& event) {
  Table table;
  for (const Field& field : kRunSignup) table.columns.emplace_back(field.column);
  const bool has_race = event.races.size() > 1;
  if (has_race) table.columns.emplace_back("race");
  if (root.kind == JsonValue::Kind::Object) take_group(root, has_race, table);
  for (const JsonValue& group : root.items) take_group(group, has_race, table);
  return table;
}

// --- flat objects
// ----------------------------------------------------------------------------------

/// RACE RESULT calls a race a contest; where there is one race only, its number says nothing.
std::string_view column_name(std::string_view key, bool has_races) {
  return has_races && folded(key) == "contest" ? "race" : key;
}

base::Result<Table> flat_table(const JsonValue& root, const std::string& file,
                               const model::Event& event) {
  const bool has_races = event.races.size() > 1;
  const auto refuse = [&](const std::string& found) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + found + ", expected a list of participants, each an object",
                      {file, 0, 0});
  };
  if (root.kind != JsonValue::Kind::List) return refuse(root.describe());
  Table table;
  for (const JsonValue& item : root.items) {
    if (item.kind != JsonValue::Kind::Object) return refuse(item.describe() + " in the list");
    std::vector<std::string> row(table.columns.size());
    for (const JsonMember& member : item.members) {
      const auto text = cell_of(member.value);
      if (!text) continue;
      const std::string_view name = column_name(member.key, has_races);
      const auto at = std::find(table.columns.begin(), table.columns.end(), name);
      const auto index = static_cast<std::size_t>(at - table.columns.begin());
      if (at == table.columns.end()) table.columns.emplace_back(name);
      if (index >= row.size()) row.resize(index + 1);
      row[index] = *text;
    }
    table.rows.push_back(std::move(row));
  }
  for (auto& row : table.rows) row.resize(table.columns.size());
  return table;
}

// --- both
// -----------------------------------------------------------------------------------------

std::optional<std::size_t> bib_column(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (column_of(table.columns[i]) == EntryColumn::Bib) return i;
  }
  return std::nullopt;
}

std::size_t leave_out_without_bib(Table& table) {
  const auto bib = bib_column(table);
  if (!bib) return 0;
  const std::size_t before = table.rows.size();
  table.rows.erase(std::remove_if(table.rows.begin(), table.rows.end(),
                                  [&](const auto& row) { return row[*bib].empty(); }),
                   table.rows.end());
  return before - table.rows.size();
}

void append_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += '"';
    for (const char c : cells[i]) {
      if (c == '"') out += '"';
      // A row is a line here, so that lines can be counted in messages.
      out += c == '\n' || c == '\r' ? ' ' : c;
    }
    out += '"';
  }
  out += '\n';
}

model::Attention about_left_out(std::size_t count, const std::string& file) {
  model::Attention out;
  out.severity = model::Severity::Look;
  out.kind = model::Attention::Kind::EntryQuestion;
  out.count = count;
  out.text = file + ": " + std::to_string(count) +
             (count == 1 ? " participant has no bib and is" : " participants have no bib and are") +
             " left out";
  return out;
}

}  // namespace

base::Result<EntrantsFile> read_entrants_json(std::string_view bytes, const std::string& file,
                                              const model::Event& event) {
  HS_TRY(const DecodedText text, decode_text(bytes, file));
  auto root = model::parse_json(text.utf8);
  if (!root) {
    root.error().place.file = file;
    return tl::make_unexpected(std::move(root).error());
  }
  Table table;
  if (is_runsignup(*root)) {
    table = runsignup_table(*root, event);
  } else {
    HS_TRY(table, flat_table(*root, file, event));
  }
  const std::size_t left_out = leave_out_without_bib(table);
  std::string csv;
  append_row(csv, table.columns);
  for (const auto& row : table.rows) append_row(csv, row);
  HS_TRY(EntrantsFile out, read_entrants(csv, file, event));
  out.dialect = "JSON";
  if (left_out > 0) out.questions.push_back(about_left_out(left_out, file));
  return out;
}

}  // namespace hs::formats
