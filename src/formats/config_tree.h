#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace hs::formats {

struct ConfigEntry;

/// A TOML document as plain values with their places, so that the heavy parser stays behind one
/// door and every complaint can say where.
struct ConfigValue {
  enum class Kind : std::uint8_t {
    Text,
    Whole,
    Fraction,  ///< `text` holds it as written: decimals are read exactly, never as binary.
    Truth,
    Time,  ///< A TOML date, time of day or both: `date`, `time_of_day`, `utc_offset`.
    List,
    Table,
  };
  Kind kind = Kind::Table;
  base::Place place;
  std::string text;
  std::int64_t whole = 0;
  bool truth = false;
  std::optional<base::Date> date;
  std::optional<std::chrono::nanoseconds> time_of_day;
  std::optional<std::chrono::seconds> utc_offset;
  std::vector<ConfigValue> items;    ///< In order.
  std::vector<ConfigEntry> entries;  ///< In the order of the file.
};

struct ConfigEntry {
  std::string key;
  base::Place place;
  ConfigValue value;
};

/// Parses a TOML document. Errors: InvalidInput with line and column for what is not TOML 1.0,
/// repeated keys included.
[[nodiscard]] base::Result<ConfigValue> parse_toml(std::string_view bytes, const std::string& file);

/// "a text", "a whole number", "a table" ...: for messages.
[[nodiscard]] const char* name_of(ConfigValue::Kind kind);

/// The word of `known` that is nearest to `word`, if it is near enough to be what was meant.
[[nodiscard]] std::optional<std::string_view> nearest_word(
    std::string_view word, const std::vector<std::string_view>& known);

}  // namespace hs::formats
