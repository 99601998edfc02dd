#include "formats/config_tree.h"

#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "formats/text_encoding.h"

// Implementation notes: toml++ parses, this file copies the result into plain values. Its tables
// are sorted by key; here entries are put back into the order of the file, so that the first
// mistake in the file is the one reported. A fraction is taken from the source text, because
// 21097.5 has an exact decimal value and a double may not.

namespace hs::formats {
namespace {

/// Where each line of the source begins.
class Source {
 public:
  Source(std::string_view text, const std::string& file) : text_(text), file_(file) {
    begins_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') begins_.push_back(i + 1);
    }
  }

  [[nodiscard]] base::Place place(const toml::source_position& at) const {
    return base::Place{file_, static_cast<int>(at.line), static_cast<int>(at.column)};
  }

  /// The number written at `at`, sign, digits, point and exponent.
  [[nodiscard]] std::string number_at(const toml::source_position& at) const {
    if (at.line == 0 || at.line > begins_.size()) return {};
    std::size_t i = begins_[at.line - 1];
    for (toml::source_index column = 1; column < at.column && i < text_.size(); ++column) {
      const std::size_t length = utf8_length(text_.substr(i, 4));
      i += length == 0 ? 1 : length;
    }
    constexpr std::string_view kOfNumbers = "+-0123456789._eEinfa";
    std::size_t end = i;
    while (end < text_.size() && kOfNumbers.find(text_[end]) != std::string_view::npos) ++end;
    return std::string(text_.substr(i, end - i));
  }

 private:
  std::string_view text_;
  const std::string& file_;
  std::vector<std::size_t> begins_;
};

base::Date copy_date(const toml::date& date) { return {date.year, date.month, date.day}; }

std::chrono::nanoseconds copy_time(const toml::time& time) {
  return std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
         std::chrono::seconds(time.second) + std::chrono::nanoseconds(time.nanosecond);
}

ConfigValue copy(const toml::node& node, const Source& source);

void copy_date_time(const toml::date_time& from, ConfigValue& to) {
  to.date = copy_date(from.date);
  to.time_of_day = copy_time(from.time);
  if (from.offset) to.utc_offset = std::chrono::minutes(from.offset->minutes);
}

void copy_table(const toml::table& from, const Source& source, ConfigValue& to) {
  for (auto&& [key, value] : from) {
    to.entries.push_back(
        ConfigEntry{std::string(key.str()), source.place(key.source().begin), copy(value, source)});
  }
  std::stable_sort(
      to.entries.begin(), to.entries.end(), [](const ConfigEntry& a, const ConfigEntry& b) {
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
      });
}

ConfigValue copy(const toml::node& node, const Source& source) {
  ConfigValue out;
  out.place = source.place(node.source().begin);
  if (const auto* text = node.as_string()) {
    out.kind = ConfigValue::Kind::Text;
    out.text = text->get();
  } else if (const auto* whole = node.as_integer()) {
    out.kind = ConfigValue::Kind::Whole;
    out.whole = whole->get();
  } else if (node.is_floating_point()) {
    out.kind = ConfigValue::Kind::Fraction;
    out.text = source.number_at(node.source().begin);
  } else if (const auto* truth = node.as_boolean()) {
    out.kind = ConfigValue::Kind::Truth;
    out.truth = truth->get();
  } else if (const auto* array = node.as_array()) {
    out.kind = ConfigValue::Kind::List;
    for (const toml::node& item : *array) out.items.push_back(copy(item, source));
  } else if (const auto* table = node.as_table()) {
    copy_table(*table, source, out);
  } else {
    out.kind = ConfigValue::Kind::Time;
    if (const auto* date = node.as_date()) out.date = copy_date(date->get());
    if (const auto* time = node.as_time()) out.time_of_day = copy_time(time->get());
    if (const auto* both = node.as_date_time()) copy_date_time(both->get(), out);
  }
  return out;
}

/// Number of letters to change, add, drop or swap with a neighbour to make `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t change = a[i - 1] == b[j - 1] ? 0U : 1U;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

base::Result<ConfigValue> parse_toml(std::string_view bytes, const std::string& file) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.substr(0, kMark.size()) == kMark) bytes.remove_prefix(kMark.size());
  const Source source(bytes, file);
  try {
    const toml::table table = toml::parse(bytes);
    ConfigValue out;
    out.place = base::Place{file, 1, 1};
    copy_table(table, source, out);
    return out;
  } catch (const toml::parse_error& error) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found what is not TOML: " + std::string(error.description()),
                      source.place(error.source().begin));
  } catch (const std::exception& error) {
    return base::fail(base::ErrorCode::InvalidInput,
                      std::string("found what is not TOML: ") + error.what(),
                      base::Place{file, 0, 0});
  }
}

const char* name_of(ConfigValue::Kind kind) {
  switch (kind) {
    case ConfigValue::Kind::Text:
      return "a text";
    case ConfigValue::Kind::Whole:
      return "a whole number";
    case ConfigValue::Kind::Fraction:
      return "a number with decimals";
    case ConfigValue::Kind::Truth:
      return "true or false";
    case ConfigValue::Kind::Time:
      return "a date or time";
    case ConfigValue::Kind::List:
      return "a list";
    case ConfigValue::Kind::Table:
      return "a table";
  }
  return "";
}

std::optional<std::string_view> nearest_word(std::string_view word,
                                             const std::vector<std::string_view>& known) {
  constexpr std::size_t kLongestWord = 40;  // Longer ones are not typing slips; bounds the cost.
  if (word.size() > kLongestWord) return std::nullopt;
  std::optional<std::string_view> nearest;
  std::size_t least = word.size() / 3 + 2;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace hs::formats
