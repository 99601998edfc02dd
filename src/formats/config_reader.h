#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/distance.h"
#include "base/result.h"
#include "base/time.h"
#include "formats/config_tree.h"

namespace hs::formats {

/// The mistakes found in one file. Reading goes on after a mistake with a stand-in value; in the
/// end the first mistake in the file is the one that is told.
class Faults {
 public:
  void add(base::ErrorCode code, std::string message, const base::Place& place);
  /// "found X, expected Y" at `place`.
  void add(const std::string& found, const std::string& expected, const base::Place& place);
  [[nodiscard]] const std::optional<base::Error>& first() const { return first_; }

 private:
  std::optional<base::Error> first_;
};

/// A value and where it was written.
template <typename T>
struct Placed {
  T value{};
  base::Place place;
};

/// A moment as a person writes it: a time of day, on a day or on the event's, with or without an
/// offset from UTC.
struct WrittenTime {
  std::optional<base::Date> date;
  base::Duration time_of_day{0};
  std::optional<std::chrono::seconds> utc_offset;
};

/// Which keys a table may have.
struct KnownKeys {
  std::vector<std::string_view> now;    ///< Read by this version.
  std::vector<std::string_view> later;  ///< Planned: refused as Unsupported, not as unknown.
};

/// Reads the values of one table by key. Wrong types and values outside the limits go to `Faults`
/// with their place, and count as absent.
class TableReader {
 public:
  /// `where` names the table in messages: "[[race.point]]". Checks the keys at once.
  TableReader(const ConfigValue& table, std::string where, const KnownKeys& keys, Faults& faults);

  [[nodiscard]] const base::Place& place() const { return table_.place; }
  [[nodiscard]] const ConfigValue* find(std::string_view key) const;
  /// A fault that the key is missing, if it is. A table with an unknown key is excused: that key is
  /// the one that was meant.
  void require(std::string_view key, const std::string& expected);

  /// A text that is not blank, of at most 200 characters, none of them a control character.
  [[nodiscard]] std::optional<Placed<std::string>> text(std::string_view key);
  /// A short name that may stand in a column head or an address: letters, digits and `- _ . +`,
  /// beginning with a letter or digit, at most 40.
  [[nodiscard]] std::optional<Placed<std::string>> id(std::string_view key);
  [[nodiscard]] std::vector<Placed<std::string>> texts(std::string_view key);
  [[nodiscard]] std::optional<Placed<int>> whole(std::string_view key, int least, int most);
  [[nodiscard]] std::optional<Placed<bool>> truth(std::string_view key);
  /// Metres with at most three decimals, read exactly; 0 to 10,000 km.
  [[nodiscard]] std::optional<Placed<base::Distance>> metres(std::string_view key);
  /// "00:20:00", "90s", "-1.52s", "250ms", "5min", "1h" or a TOML time of day.
  [[nodiscard]] std::optional<Placed<base::Duration>> length(std::string_view key,
                                                             base::Duration least,
                                                             base::Duration most);
  [[nodiscard]] std::optional<Placed<base::Date>> date(std::string_view key);
  [[nodiscard]] std::optional<Placed<WrittenTime>> time(std::string_view key);
  /// The text of `key` if it is one of `words`.
  [[nodiscard]] std::optional<Placed<std::string>> word(std::string_view key,
                                                        const std::vector<std::string_view>& words);
  /// The blocks [[key]], in order.
  [[nodiscard]] std::vector<const ConfigValue*> blocks(std::string_view key);
  /// The table [key].
  [[nodiscard]] const ConfigValue* table(std::string_view key);

 private:
  void check_keys(const KnownKeys& keys);
  [[nodiscard]] const ConfigValue* find(std::string_view key, ConfigValue::Kind kind);
  [[nodiscard]] std::optional<Placed<std::string>> clean_text(const ConfigValue& value);
  [[nodiscard]] std::string full_key(std::string_view key) const;

  const ConfigValue& table_;
  std::string where_;
  Faults& faults_;
  bool has_unknown_key_ = false;
};

/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string_view>& words);

/// " (did you mean 'x'?)" where a known word is near, else nothing.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     const std::vector<std::string_view>& known);

/// A length of time as `TableReader::length` takes it. Errors: InvalidInput.
[[nodiscard]] base::Result<base::Duration> parse_length(std::string_view text);

/// `text` cut to 60 characters in quotes, without control characters: for messages.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace hs::formats
