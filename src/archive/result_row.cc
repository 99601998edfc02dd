#include "archive/result_row.h"

#include <array>
#include <limits>
#include <optional>

#include "archive/split_codec.h"
#include "base/leb128.h"

// Implementation notes: one list of the numbers of a result, so that what is written, read and
// digested cannot drift apart. Numbers that are absent are NULL; the digest marks them by a nought
// before the value. Texts are columns of their own, for whoever opens the archive with SQL.

namespace hs::archive {
namespace {

using model::PublishedPlace;
using model::PublishedRace;
using model::PublishedResult;

using Number = std::optional<std::int64_t>;

constexpr std::array kNumberColumns = {"line",           "age",         "laps",        "apart",
                                       "gun_us",         "net_us",      "official_us", "started_us",
                                       "place_overall",  "of_overall",  "place_sex",   "of_sex",
                                       "place_division", "of_division", "age_grade"};
constexpr std::size_t kNumbers = kNumberColumns.size();
constexpr std::array kWordColumns = {"sex", "mode", "status"};

Number number_of(const std::optional<PublishedPlace>& place) {
  return place ? Number(place->place) : std::nullopt;
}
Number size_of(const std::optional<PublishedPlace>& place) {
  return place && place->of ? Number(*place->of) : std::nullopt;
}

std::array<Number, kNumbers> numbers_of(const PublishedResult& result) {
  const auto time = [](const std::optional<base::Duration>& value) {
    return value ? Number(value->count()) : std::nullopt;
  };
  const auto plain = [](const auto& value) { return value ? Number(*value) : std::nullopt; };
  return {Number(result.line),
          plain(result.age),
          plain(result.laps),
          Number(result.is_apart ? 1 : 0),
          time(result.finish_on(model::PublishedClock::Gun)),
          time(result.finish_on(model::PublishedClock::Net)),
          time(result.official),
          time(result.started_at),
          number_of(result.place_overall),
          size_of(result.place_overall),
          number_of(result.place_sex),
          size_of(result.place_sex),
          number_of(result.place_division),
          size_of(result.place_division),
          plain(result.age_grade)};
}

/// Puts a stored number into a field; false where it does not fit.
template <typename T>
bool take(const Number& number, std::optional<T>& field) {
  if (!number) return true;
  if (*number < 0 || *number > static_cast<std::int64_t>(std::numeric_limits<T>::max())) {
    return false;
  }
  field = static_cast<T>(*number);
  return true;
}

bool take_place(const Number& number, const Number& size, std::optional<PublishedPlace>& field) {
  std::optional<std::uint32_t> place;
  std::optional<std::uint32_t> of;
  if (!take(number, place) || !take(size, of)) return false;
  if (place) field = PublishedPlace{*place, of};
  return place.has_value() || !of;
}

bool take_numbers(const std::array<Number, kNumbers>& numbers, PublishedResult& out) {
  std::optional<std::uint32_t> line;
  const bool fits =
      take(numbers[0], line) && line && take(numbers[1], out.age) && take(numbers[2], out.laps) &&
      numbers[3] && take_place(numbers[8], numbers[9], out.place_overall) &&
      take_place(numbers[10], numbers[11], out.place_sex) &&
      take_place(numbers[12], numbers[13], out.place_division) && take(numbers[14], out.age_grade);
  if (!fits) return false;
  out.line = *line;
  out.is_apart = *numbers[3] != 0;
  if (numbers[4]) out.gun = base::GunTime(base::Duration(*numbers[4]));
  if (numbers[5]) out.net = base::NetTime(base::Duration(*numbers[5]));
  if (numbers[6]) out.official = base::Duration(*numbers[6]);
  if (numbers[7]) out.started_at = base::Duration(*numbers[7]);
  return true;
}

std::array<std::string_view, kWordColumns.size()> words_of(const PublishedResult& result) {
  return {result.sex ? model::name_of(*result.sex) : "",
          result.mode ? model::name_of(*result.mode) : "", model::name_of(result.status)};
}

void bind_or_null(base::Statement& insert, int index, std::string_view text) {
  if (text.empty()) {
    insert.bind_null(index);
  } else {
    insert.bind_text(index, text);
  }
}

}  // namespace

base::Result<model::RunnerStatus> status_named(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(model::RunnerStatus::Stopped); ++i) {
    const auto status = static_cast<model::RunnerStatus>(i);
    if (word == model::name_of(status)) return status;
  }
  return base::fail(base::ErrorCode::Corrupt, "a result of the archive is damaged");
}

std::string result_columns() {
  std::string out;
  for (const char* name : kNumberColumns) out += std::string(name) + ",";
  for (const char* name : kWordColumns) out += std::string(name) + ",";
  for (std::size_t i = 0; i < model::kPublishedTexts; ++i) {
    out += std::string(model::name_of(static_cast<model::PublishedText>(i))) + ",";
  }
  return out + "splits";
}

int result_column_count() {
  return static_cast<int>(kNumbers + kWordColumns.size() + model::kPublishedTexts) + 1;
}

void bind_result(const PublishedRace& race, const PublishedResult& result, std::string_view splits,
                 base::Statement& insert) {
  int index = 2;
  for (const Number& number : numbers_of(result)) {
    if (number) {
      insert.bind(index, *number);
    } else {
      insert.bind_null(index);
    }
    ++index;
  }
  for (const std::string_view word : words_of(result)) bind_or_null(insert, index++, word);
  for (const model::TextId text : result.texts) {
    bind_or_null(insert, index++, race.texts.view(text));
  }
  insert.bind(index, splits);
}

base::Result<void> read_result(const base::Statement& row, PublishedRace& race) {
  const auto corrupt = [] {
    return base::fail(base::ErrorCode::Corrupt, "a result of the archive is damaged");
  };
  PublishedResult result;
  int column = 0;
  std::array<Number, kNumbers> numbers;
  for (Number& number : numbers) {
    if (!row.is_null(column)) number = row.integer(column);
    ++column;
  }
  if (!take_numbers(numbers, result)) return corrupt();
  const std::string_view sex = row.blob(column++);
  const std::string_view mode = row.blob(column++);
  HS_TRY(result.status, status_named(row.blob(column++)));
  result.sex = model::parse_sex(sex);
  result.mode = model::parse_mode(mode);
  if ((!sex.empty() && !result.sex) || (!mode.empty() && !result.mode)) return corrupt();
  for (model::TextId& text : result.texts) text = race.texts.intern(row.blob(column++));
  result.first_split = static_cast<std::uint32_t>(race.splits.size());
  HS_TRY_VOID(read_splits(row.blob(column), race.points.size(), race.splits));
  result.split_count = static_cast<std::uint16_t>(race.splits.size() - result.first_split);
  race.results.push_back(result);
  return {};
}

void append_result(const PublishedRace& race, const PublishedResult& result, std::string& out) {
  const auto append_text = [&out](std::string_view text) {
    base::append_number(text.size(), out);
    out += text;
  };
  for (const Number& number : numbers_of(result)) {
    out += number ? '\1' : '\0';
    if (number) base::append_number(static_cast<std::uint64_t>(*number), out);
  }
  for (const std::string_view word : words_of(result)) append_text(word);
  for (const model::TextId text : result.texts) append_text(race.texts.view(text));
  base::append_number(result.split_count, out);
  append_splits(race.splits_of(result), out);
}

}  // namespace hs::archive
