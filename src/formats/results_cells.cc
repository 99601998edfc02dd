#include "formats/results_cells.h"

#include <algorithm>
#include <array>
#include <string>

#include "formats/csv.h"
#include "formats/entry_words.h"

// Implementation notes: cells come by the million, so the forms are told apart by one walk over the
// bytes; words are folded (ICU) only where a cell begins with a letter and is short.

namespace hs::formats {
namespace {

using model::RunnerStatus;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kMost = 1'000'000'000;  // Of a part; beyond it nothing is a time or place.
constexpr std::size_t kLongestStatus = 24;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool starts_with(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// A sign for nothing: dashes, dots, colons and no digit or letter; or a word for it.
bool is_blank_sign(std::string_view text) {
  if (text.empty()) return true;
  if (is_digit(text.front())) return false;
  if (is_letter(text.front())) {
    constexpr std::size_t kLongestWord = 4;
    if (text.size() > kLongestWord) return false;
    for (const std::string_view word : {"n/a", "N/A", "NA", "nan", "NaN", "null", "NULL", "None"}) {
      if (text == word) return true;
    }
    return false;
  }
  while (!text.empty()) {
    // En dash, em dash, minus sign: as the bytes that stand for them in UTF-8.
    const bool dash = starts_with(text, "\xE2\x80\x93") || starts_with(text, "\xE2\x80\x94") ||
                      starts_with(text, "\xE2\x88\x92");
    if (!dash && text.front() != '-' && text.front() != ':' && text.front() != '.') return false;
    text.remove_prefix(dash ? 3 : 1);
  }
  return true;
}

/// Takes the digits at the front.
struct Digits {
  std::int64_t value = 0;
  int count = 0;
};
Digits take_digits(std::string_view& text) {
  Digits out;
  while (!text.empty() && is_digit(text.front()) && out.value < kMost) {
    out.value = out.value * 10 + (text.front() - '0');
    ++out.count;
    text.remove_prefix(1);
  }
  return out;
}

/// Takes what stands between the parts of a time: ":" "h" "m" "'" or a prime.
bool take_separator(std::string_view& text) {
  if (!text.empty() && text.front() == ':') {
    text.remove_prefix(1);
    return true;
  }
  for (const std::string_view sign :
       {std::string_view(":"), std::string_view("h "), std::string_view("h"),
        std::string_view("m "), std::string_view("m"), std::string_view("''"),
        std::string_view("'"), std::string_view("\xE2\x80\xB2")}) {
    if (!starts_with(text, sign)) continue;
    if (sign == "''") return false;
    text.remove_prefix(sign.size());
    return true;
  }
  return false;
}

/// Up to six digits behind a point or comma, as millionths; further ones round.
std::int64_t take_fraction(std::string_view& text, int& decimals) {
  std::int64_t value = 0;
  std::int64_t unit = kMillion;
  bool rounds_up = false;
  while (!text.empty() && is_digit(text.front())) {
    const int digit = text.front() - '0';
    if (unit > 1) {
      unit /= 10;
      value += digit * unit;
    } else if (decimals == 6) {
      rounds_up = digit >= 5;
    }
    ++decimals;
    text.remove_prefix(1);
  }
  return value + (rounds_up ? 1 : 0);
}

bool is_seconds_sign(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest.front() == ':') return false;
  return rest == "\"" || rest == "''" || rest == "s" || rest == "h" || rest == "sec" ||
         rest == "\xE2\x80\xB3";
}

/// "AM" or "PM" at the end, with or without a blank or dots; 0 for neither.
char take_half_of_day(std::string_view& text) {
  if (text.size() < 3) return 0;
  const char last = static_cast<char>(text.back() | 0x20);
  const char half = static_cast<char>(text[text.size() - 2] | 0x20);
  if (last != 'm' || (half != 'a' && half != 'p')) return 0;
  text = trimmed(text.substr(0, text.size() - 2));
  return half;
}

CellTime text_form() { return {CellForm::Text, 0, 0, false, false}; }

/// The parts of a time, apart from its last fraction.
struct Parts {
  std::array<std::int64_t, 3> value{};
  std::array<int, 3> digits{};
  std::size_t count = 0;
  std::int64_t fraction = 0;
  int decimals = 0;
};

std::optional<Parts> take_parts(std::string_view text) {
  Parts out;
  // "2.09.44": two points and nothing else are a clock of a land that writes it so.
  const bool points =
      text.find(':') == std::string_view::npos && std::count(text.begin(), text.end(), '.') == 2;
  while (true) {
    const Digits digits = take_digits(text);
    if (digits.count == 0 || out.count == 3 || digits.value >= kMost) return std::nullopt;
    out.digits[out.count] = digits.count;
    out.value[out.count++] = digits.value;
    if (points && !text.empty() && text.front() == '.') {
      text.remove_prefix(1);
      continue;
    }
    if (is_seconds_sign(text)) return out;
    if (!take_separator(text)) break;
    if (text.empty()) return out;
  }
  if (text.front() != '.' && text.front() != ',') return std::nullopt;
  text.remove_prefix(1);
  out.fraction = take_fraction(text, out.decimals);
  if (out.decimals == 0 || !is_seconds_sign(text)) return std::nullopt;
  return out;
}

}  // namespace

CellTime read_cell_time(std::string_view text) {
  text = trimmed(text);
  CellTime out;
  if (!text.empty() && text.back() == '*') {
    out.is_estimated = true;
    text = trimmed(text.substr(0, text.size() - 1));
  }
  if (text.empty() || !is_digit(text.front())) {
    if (is_blank_sign(text)) return out;
    return {read_status(text) ? CellForm::Status : CellForm::Text, 0, 0, false, false};
  }
  const char half = take_half_of_day(text);
  const auto parts = take_parts(text);
  if (!parts)
    return read_place(text) ? CellTime{CellForm::PlaceOf, 0, 0, false, false} : text_form();
  out.decimals = parts->decimals;
  const auto& value = parts->value;
  if (parts->count == 1) {
    if (half != 0) return text_form();
    out.form = parts->decimals > 0 ? CellForm::Decimal : CellForm::Whole;
    out.value = value[0] * kMillion + parts->fraction;
    return out;
  }
  const std::size_t last = parts->count - 1;
  if (value[last] >= 60 || (last == 2 && value[1] >= 60) || parts->digits[last] > 2) {
    return text_form();
  }
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < parts->count; ++i) seconds = seconds * 60 + value[i];
  out.form = last == 2 ? CellForm::Clock : CellForm::MinSec;
  out.value = seconds * kMillion + parts->fraction;
  out.ends_on_minute = last == 2 && value[2] == 0 && parts->decimals == 0;
  if (half == 0) return out;
  // "12:30:00AM" is half past midnight.
  if (value[0] < 1 || value[0] > 12) return text_form();
  const std::int64_t hour = value[0] % 12 + (half == 'p' ? 12 : 0);
  const std::int64_t minutes_scale = last == 2 ? 1 : 60;
  out.value = (seconds - value[0] * (last == 2 ? 3600 : 60)) * minutes_scale * kMillion +
              hour * 3600 * kMillion + parts->fraction;
  out.form = CellForm::TimeOfDay;
  out.ends_on_minute = false;
  return out;
}

bool is_blank_cell(std::string_view text) {
  text = trimmed(text);
  return is_blank_sign(text);
}

CellForm form_of(std::string_view text) { return read_cell_time(text).form; }

std::optional<model::PublishedPlace> read_place(std::string_view text) {
  text = trimmed(text);
  while (!text.empty() && (text.front() == '=' || text.front() == '#')) text.remove_prefix(1);
  const Digits place = take_digits(text);
  if (place.count == 0 || place.value == 0 || place.value >= kMost) return std::nullopt;
  model::PublishedPlace out{static_cast<std::uint32_t>(place.value), std::nullopt};
  while (!text.empty() && (text.front() == '.' || text.front() == '=')) text.remove_prefix(1);
  text = trimmed(text);
  if (text.empty()) return out;
  for (const std::string_view of : {"/", "of ", "von ", "sur ", "de "}) {
    if (!starts_with(text, of)) continue;
    text = trimmed(text.substr(of.size()));
    const Digits size = take_digits(text);
    if (size.count == 0 || !text.empty() || size.value >= kMost) return std::nullopt;
    if (size.value > 0) out.of = static_cast<std::uint32_t>(size.value);
    return out;
  }
  return std::nullopt;
}

std::optional<model::RunnerStatus> read_status(std::string_view text) {
  if (text.empty() || text.size() > kLongestStatus || !is_letter(text.front())) {
    return std::nullopt;
  }
  struct Word {
    std::string_view word;
    RunnerStatus status;
  };
  static constexpr std::array kWords = {
      Word{"dnf", RunnerStatus::DidNotFinish},
      Word{"didnotfinish", RunnerStatus::DidNotFinish},
      Word{"abd", RunnerStatus::DidNotFinish},
      Word{"abandon", RunnerStatus::DidNotFinish},
      Word{"abandono", RunnerStatus::DidNotFinish},
      Word{"aufgegeben", RunnerStatus::DidNotFinish},
      Word{"ausgeschieden", RunnerStatus::DidNotFinish},
      Word{"retired", RunnerStatus::DidNotFinish},
      Word{"dns", RunnerStatus::DidNotStart},
      Word{"didnotstart", RunnerStatus::DidNotStart},
      Word{"nonpartant", RunnerStatus::DidNotStart},
      Word{"dsq", RunnerStatus::Disqualified},
      Word{"dq", RunnerStatus::Disqualified},
      Word{"disq", RunnerStatus::Disqualified},
      Word{"disqualified", RunnerStatus::Disqualified},
      Word{"disqualifiziert", RunnerStatus::Disqualified},
      Word{"ooc", RunnerStatus::OutOfCompetition},
      Word{"fin", RunnerStatus::Finished},
      Word{"finished", RunnerStatus::Finished},
      Word{"finisher", RunnerStatus::Finished},
  };
  const std::string word = folded(text);
  for (const Word& known : kWords) {
    if (known.word == word) return known.status;
  }
  return std::nullopt;
}

}  // namespace hs::formats
