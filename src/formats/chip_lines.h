#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

/// What all line formats of devices have in common: lines, fields, numbers, wrong fields.
namespace hs::formats {

/// One line of a file, without its end.
struct Line {
  std::string_view text;
  std::uint32_t number = 0;  ///< From 1.
  bool ended = true;         ///< False for a last line without a line end.
};

/// Cuts a text into lines. CR, LF and CRLF end a line, mixed as they come: boxes write CRLF, some
/// simulators CR alone, and people's editors LF.
///
/// The text must outlive the splitter. Cost: O(bytes), no allocation.
class LineSplitter {
 public:
  explicit LineSplitter(std::string_view text) : rest_(text) {}

  /// Puts the next line into `line`; false at the end. A text that ends with a line end has no
  /// empty line behind it.
  [[nodiscard]] bool next(Line& line);

 private:
  std::string_view rest_;
  std::uint32_t number_ = 0;
};

/// `text` without blanks, tabs and NULs at either end: devices pad with all three.
[[nodiscard]] std::string_view without_padding(std::string_view text);

/// `text` up to the first `separator`, which is taken off `text` together with it. The whole of it
/// where there is none; `text` is then empty, and begins at its old end.
[[nodiscard]] std::string_view take_until(std::string_view& text, char separator);

/// `text` in quotes for a message, at most 40 bytes of it, bytes that do not print as \xNN.
[[nodiscard]] std::string shown(std::string_view text);

/// `text` as a name that may be shown and kept: at most 80 bytes, padding cut, well-formed UTF-8;
/// control bytes and stray bytes as \xNN. Same text, same name.
[[nodiscard]] std::string clean_name(std::string_view text);

/// The failure "found 'field', expected ..." at the column where `field` stands in `line`.
/// `field` must be a part of `line`; its file and line number are filled in by who has them.
[[nodiscard]] tl::unexpected<base::Error> unfit(std::string_view line, std::string_view field,
                                                std::string_view expected);

/// The same with free words for what was found.
[[nodiscard]] tl::unexpected<base::Error> unfit_at(std::string_view line, std::string_view field,
                                                   std::string message);

/// Reads the whole of `field` as a number; false for anything before or behind it, for an empty
/// field, a "+" and a number that does not fit.
template <typename Number>
[[nodiscard]] bool read_number(std::string_view field, Number& value, int base = 10) {
  const char* const end = field.data() + field.size();
  const auto [stop, problem] = std::from_chars(field.data(), end, value, base);
  return problem == std::errc() && stop == end && !field.empty();
}

/// Reads `field` as decimal digits only, at most nine of them.
[[nodiscard]] bool read_digits(std::string_view field, int& value);

/// The parts of a date and time on a dial, not yet known to exist.
struct DialParts {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int hundredths = 0;
};

/// The instant on the dial; nothing for a day or time that does not exist (second 60 included).
[[nodiscard]] std::optional<base::ReaderTime> reader_time(const DialParts& parts);

/// The dial's instant of "YYMMDDhhmmss", twelve digits; nothing where that is none.
[[nodiscard]] std::optional<base::ReaderTime> read_compact_time(std::string_view digits,
                                                                int hundredths);

/// The year two digits stand for: 80 to 99 are of the last century, since a box that lost its
/// clock wakes up in 1980.
[[nodiscard]] int full_year(int two_digits);

/// Decimal hundredths of seconds such as "1620460855.81" as microseconds; nothing for anything
/// but digits, a point and one or two digits.
[[nodiscard]] std::optional<std::chrono::microseconds> read_hundredths(std::string_view field);

}  // namespace hs::formats
