#include "formats/config_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/csv.h"
#include "formats/text_encoding.h"

// Implementation notes: numbers with decimals are read from their text, digit by digit, so that no
// value passes through a double on its way into the log.

namespace hs::formats {
namespace {

constexpr std::size_t kLongestText = 200;
constexpr std::size_t kLongestId = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > kLongestId) return false;
  if (!is_letter(text[0]) && !is_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("-_.+").find(c) != std::string_view::npos;
  });
}

/// Reads "[+-]digits[.digits]" as a whole number of 10^-decimals. Nothing for anything else, for
/// more decimals and for more than twelve digits before the point.
std::optional<std::int64_t> parse_scaled(std::string_view text, int decimals) {
  constexpr std::size_t kMostDigits = 12;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction;
  if (point < text.size()) {
    fraction = text.substr(point + 1);
    if (fraction.empty()) return std::nullopt;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  }
  if (whole.empty() || whole.size() > kMostDigits) return std::nullopt;
  if (fraction.size() > static_cast<std::size_t>(decimals)) return std::nullopt;
  std::string digits = std::string(whole) + std::string(fraction);
  digits.append(static_cast<std::size_t>(decimals) - fraction.size(), '0');
  std::int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

struct LengthUnit {
  std::string_view name;
  std::int64_t micros;
};
// Longer names first: "ms" and "min" end like shorter ones.
constexpr std::array kLengthUnits = {LengthUnit{"min", 60'000'000}, LengthUnit{"ms", 1'000},
                                     LengthUnit{"s", 1'000'000}, LengthUnit{"h", 3'600'000'000}};

std::string text_of(const ConfigValue& value) {
  switch (value.kind) {
    case ConfigValue::Kind::Text:
      return quoted(value.text);
    case ConfigValue::Kind::Whole:
      return std::to_string(value.whole);
    case ConfigValue::Kind::Fraction:
      return value.text;
    case ConfigValue::Kind::Truth:
      return value.truth ? "true" : "false";
    case ConfigValue::Kind::Time:
    case ConfigValue::Kind::List:
    case ConfigValue::Kind::Table:
      break;
  }
  return name_of(value.kind);
}

/// A time of day in nanoseconds as microseconds; nothing where it is finer.
std::optional<base::Duration> to_micros(std::chrono::nanoseconds time) {
  const auto micros = std::chrono::duration_cast<base::Duration>(time);
  if (micros != time) return std::nullopt;
  return micros;
}

/// "08:00:55.160", with or without a day before and an offset behind it.
std::optional<WrittenTime> parse_written_time(std::string_view text) {
  constexpr std::string_view kAnyDay = "2000-01-01T";
  WrittenTime out;
  const bool has_day = text.size() > 10 && text[4] == '-' && text[7] == '-';
  std::string full;
  if (!has_day) {
    const bool short_hour = text.size() > 1 && text[1] == ':';
    full = std::string(kAnyDay) + (short_hour ? "0" : "");
  }
  full += text;
  const auto parsed = base::parse_iso(full);
  if (!parsed) return std::nullopt;
  if (has_day) out.date = *base::parse_date(full.substr(0, 10));
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  const std::int64_t of_day = parsed->civil.micros % kMicrosPerDay;
  out.time_of_day = base::Duration(of_day < 0 ? of_day + kMicrosPerDay : of_day);
  out.utc_offset = parsed->utc_offset;
  return out;
}

}  // namespace

void Faults::add(base::ErrorCode code, std::string message, const base::Place& place) {
  const auto key = [](const base::Place& at) { return std::pair(at.line, at.column); };
  if (first_ && key(first_->place) <= key(place)) return;
  first_ = base::Error{code, std::move(message), place};
}

void Faults::add(const std::string& found, const std::string& expected, const base::Place& place) {
  add(base::ErrorCode::InvalidInput, "found " + found + ", expected " + expected, place);
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto nearest = nearest_word(word, known);
  return nearest ? " (did you mean '" + std::string(*nearest) + "'?)" : "";
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string out = "'";
  std::size_t count = 0;
  while (!text.empty() && count < kMost) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    const bool shown = length > 1 || (!is_control(text[0]) && text[0] >= ' ');
    out += shown ? std::string(text.substr(0, length)) : "?";
    text.remove_prefix(length);
    ++count;
  }
  return out + (text.empty() ? "'" : "...'");
}

base::Result<base::Duration> parse_length(std::string_view text) {
  constexpr std::int64_t kLongest = 400LL * 24 * 3600 * 1'000'000;
  for (const LengthUnit& unit : kLengthUnits) {
    if (text.size() <= unit.name.size()) continue;
    if (text.substr(text.size() - unit.name.size()) != unit.name) continue;
    const auto value = parse_scaled(text.substr(0, text.size() - unit.name.size()), 6);
    // Whole and decimal parts apart, so that no product leaves 64 bits.
    constexpr std::int64_t kScale = 1'000'000;
    if (!value || *value / kScale > kLongest / unit.micros ||
        *value / kScale < -kLongest / unit.micros || *value % kScale * unit.micros % kScale != 0) {
      break;
    }
    return base::Duration(*value / kScale * unit.micros + *value % kScale * unit.micros / kScale);
  }
  if (text.find(':') != std::string_view::npos) {
    if (auto parsed = base::parse_duration(text)) return *parsed;
  }
  return base::fail(base::ErrorCode::InvalidInput,
                    "found " + quoted(text) +
                        ", expected a length of time such as 00:20:00, 90s, "
                        "-1.52s or 250ms");
}

TableReader::TableReader(const ConfigValue& table, std::string where, const KnownKeys& keys,
                         Faults& faults)
    : table_(table), where_(std::move(where)), faults_(faults) {
  check_keys(keys);
}

void TableReader::check_keys(const KnownKeys& keys) {
  const auto has = [](const std::vector<std::string_view>& list, std::string_view key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const ConfigEntry& entry : table_.entries) {
    if (has(keys.now, entry.key)) continue;
    if (has(keys.later, entry.key)) {
      faults_.add(base::ErrorCode::Unsupported,
                  "found the key '" + entry.key + "' in " + where_ +
                      ", which this version does not read yet; take it out to go on without it",
                  entry.place);
      continue;
    }
    has_unknown_key_ = true;
    faults_.add("the unknown key " + quoted(entry.key) + " in " + where_,
                "one of " + joined(keys.now) + suggestion(entry.key, keys.now), entry.place);
  }
}

std::string TableReader::full_key(std::string_view key) const {
  return "'" + std::string(key) + "' of " + where_;
}

const ConfigValue* TableReader::find(std::string_view key) const {
  for (const ConfigEntry& entry : table_.entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

const ConfigValue* TableReader::find(std::string_view key, ConfigValue::Kind kind) {
  const ConfigValue* value = find(key);
  if (value == nullptr || value->kind == kind) return value;
  faults_.add(text_of(*value), std::string(name_of(kind)) + " for " + full_key(key), value->place);
  return nullptr;
}

void TableReader::require(std::string_view key, const std::string& expected) {
  if (has_unknown_key_ || find(key) != nullptr) return;
  faults_.add("no key '" + std::string(key) + "' in " + where_, expected, table_.place);
}

std::optional<Placed<std::string>> TableReader::clean_text(const ConfigValue& value) {
  const std::string_view text = trimmed(value.text);
  if (text.empty()) {
    faults_.add("an empty text", "some words", value.place);
  } else if (std::any_of(text.begin(), text.end(), is_control)) {
    faults_.add("a control character in " + quoted(text), "a text on one line", value.place);
  } else if (count_characters(text) > kLongestText) {
    faults_.add("a text of " + std::to_string(count_characters(text)) + " characters",
                "at most " + std::to_string(kLongestText), value.place);
  } else {
    return Placed<std::string>{std::string(text), value.place};
  }
  return std::nullopt;
}

std::optional<Placed<std::string>> TableReader::text(std::string_view key) {
  const ConfigValue* value = find(key, ConfigValue::Kind::Text);
  return value == nullptr ? std::nullopt : clean_text(*value);
}

std::optional<Placed<std::string>> TableReader::id(std::string_view key) {
  const ConfigValue* value = find(key, ConfigValue::Kind::Text);
  if (value == nullptr) return std::nullopt;
  if (is_id(value->text)) return Placed<std::string>{value->text, value->place};
  faults_.add(quoted(value->text) + " for " + full_key(key),
              "1 to 40 letters, digits and - _ . + beginning with a letter or digit", value->place);
  return std::nullopt;
}

std::vector<Placed<std::string>> TableReader::texts(std::string_view key) {
  std::vector<Placed<std::string>> out;
  const ConfigValue* list = find(key, ConfigValue::Kind::List);
  if (list == nullptr) return out;
  for (const ConfigValue& item : list->items) {
    if (item.kind != ConfigValue::Kind::Text) {
      faults_.add(text_of(item), "a list of texts for " + full_key(key), item.place);
    } else if (auto text = clean_text(item)) {
      out.push_back(std::move(*text));
    }
  }
  return out;
}

std::optional<Placed<int>> TableReader::whole(std::string_view key, int least, int most) {
  const ConfigValue* value = find(key, ConfigValue::Kind::Whole);
  if (value == nullptr) return std::nullopt;
  if (value->whole >= least && value->whole <= most) {
    return Placed<int>{static_cast<int>(value->whole), value->place};
  }
  faults_.add(std::to_string(value->whole) + " for " + full_key(key),
              std::to_string(least) + " to " + std::to_string(most), value->place);
  return std::nullopt;
}

std::optional<Placed<bool>> TableReader::truth(std::string_view key) {
  const ConfigValue* value = find(key, ConfigValue::Kind::Truth);
  if (value == nullptr) return std::nullopt;
  return Placed<bool>{value->truth, value->place};
}

std::optional<Placed<base::Distance>> TableReader::metres(std::string_view key) {
  constexpr std::int64_t kMostMetres = 10'000'000;
  const ConfigValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::optional<std::int64_t> mm;
  if (value->kind == ConfigValue::Kind::Whole && value->whole >= 0 && value->whole <= kMostMetres) {
    mm = value->whole * 1000;
  } else if (value->kind == ConfigValue::Kind::Fraction) {
    std::string digits = value->text;
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    mm = parse_scaled(digits, 3);
  }
  if (mm && *mm >= 0 && *mm <= kMostMetres * 1000) {
    return Placed<base::Distance>{base::Distance::millimetres(*mm), value->place};
  }
  faults_.add(text_of(*value) + " for " + full_key(key),
              "metres from 0 to 10000000, with at most three decimals", value->place);
  return std::nullopt;
}

std::optional<Placed<base::Duration>> TableReader::length(std::string_view key,
                                                          base::Duration least,
                                                          base::Duration most) {
  const ConfigValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::optional<base::Duration> found;
  if (value->kind == ConfigValue::Kind::Text) {
    if (auto parsed = parse_length(value->text)) found = *parsed;
  } else if (value->kind == ConfigValue::Kind::Time && !value->date) {
    found = to_micros(*value->time_of_day);
  }
  if (!found) {
    faults_.add(text_of(*value) + " for " + full_key(key),
                "a length of time such as \"00:20:00\", \"90s\", \"-1.52s\" or \"250ms\"",
                value->place);
  } else if (*found < least || *found > most) {
    faults_.add(base::format_h_mm_ss_mmm(*found) + " for " + full_key(key),
                base::format_h_mm_ss_mmm(least) + " to " + base::format_h_mm_ss_mmm(most),
                value->place);
  } else {
    return Placed<base::Duration>{*found, value->place};
  }
  return std::nullopt;
}

std::optional<Placed<base::Date>> TableReader::date(std::string_view key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::optional<base::Date> found;
  if (value->kind == ConfigValue::Kind::Text) {
    if (auto parsed = base::parse_date(value->text)) found = *parsed;
  } else if (value->kind == ConfigValue::Kind::Time && !value->time_of_day) {
    found = value->date;
  }
  // Time-zone tables are good for these years only.
  if (found && found->year >= 1900 && found->year <= 2100) {
    return Placed<base::Date>{*found, value->place};
  }
  faults_.add(text_of(*value) + " for " + full_key(key), "a date as YYYY-MM-DD from 1900 to 2100",
              value->place);
  return std::nullopt;
}

std::optional<Placed<WrittenTime>> TableReader::time(std::string_view key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::optional<WrittenTime> found;
  if (value->kind == ConfigValue::Kind::Text) {
    found = parse_written_time(value->text);
  } else if (value->kind == ConfigValue::Kind::Time && value->time_of_day) {
    if (const auto micros = to_micros(*value->time_of_day)) {
      found = WrittenTime{value->date, *micros, value->utc_offset};
    }
  }
  if (found) return Placed<WrittenTime>{*found, value->place};
  faults_.add(text_of(*value) + " for " + full_key(key),
              "hh:mm:ss, or YYYY-MM-DDThh:mm:ss, with at most six decimals", value->place);
  return std::nullopt;
}

std::optional<Placed<std::string>> TableReader::word(std::string_view key,
                                                     const std::vector<std::string_view>& words) {
  const ConfigValue* value = find(key, ConfigValue::Kind::Text);
  if (value == nullptr) return std::nullopt;
  if (std::find(words.begin(), words.end(), value->text) != words.end()) {
    return Placed<std::string>{value->text, value->place};
  }
  faults_.add(quoted(value->text) + " for " + full_key(key),
              "one of " + joined(words) + suggestion(value->text, words), value->place);
  return std::nullopt;
}

std::vector<const ConfigValue*> TableReader::blocks(std::string_view key) {
  std::vector<const ConfigValue*> out;
  const ConfigValue* value = find(key);
  if (value == nullptr) return out;
  const std::string expected = "blocks headed [[" + std::string(key) + "]]";
  if (value->kind != ConfigValue::Kind::List) {
    faults_.add(text_of(*value) + " for " + full_key(key), expected, value->place);
    return out;
  }
  for (const ConfigValue& item : value->items) {
    if (item.kind == ConfigValue::Kind::Table) {
      out.push_back(&item);
    } else {
      faults_.add(text_of(item) + " for " + full_key(key), expected, item.place);
    }
  }
  return out;
}

const ConfigValue* TableReader::table(std::string_view key) {
  return find(key, ConfigValue::Kind::Table);
}

}  // namespace hs::formats
