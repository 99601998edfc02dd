#include "present/sentences.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "present/page_time.h"
#include "present/wording.h"

namespace hs::present {
namespace {

constexpr std::size_t kMostHeadline = 110;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "10k", "7.5k".
bool is_kilometres(const std::string& id) {
  return id.size() > 1 && id.back() == 'k' && id.find_first_not_of("0123456789.") == id.size() - 1;
}

std::string_view entry_of(std::optional<model::Sex> sex) {
  return sex ? model::name_of(*sex) : std::string_view("all");
}

/// The form that a value stands in where the sentence names none; empty: in none.
std::string_view own_form(ValueType type) {
  switch (type) {
    case ValueType::Point:
      return "point";
    case ValueType::Length:
      return "length";
    case ValueType::Field:
      return "field";
    case ValueType::Person:
    case ValueType::Count:
    case ValueType::Place:
    case ValueType::Share:
    case ValueType::Time:
    case ValueType::Text:
      break;
  }
  return {};
}

std::string grouped_by(std::uint64_t number, const std::string& thousands) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, thousands);
  }
  return text;
}

/// How a part of many is said, and with which number.
struct Part {
  std::string_view entry;
  std::uint64_t number = 0;
};

Part part_of(std::size_t part, std::size_t whole) {
  constexpr std::size_t kFew = 40;  // Fewer than one in so many are counted.
  constexpr double kCloseEnough = 0.08;
  constexpr std::size_t kMostInAHundred = 99;  // A hundred in a hundred are all.
  if (part == 0) return {"none"};
  if (part >= whole) return {"all"};
  if (part * kFew < whole) return {part == 1 ? "one" : "few", part};
  const double in = static_cast<double>(whole) / static_cast<double>(part);
  const auto nearest = static_cast<std::uint64_t>(std::llround(in));
  if (nearest >= 2 && std::abs(in - static_cast<double>(nearest)) / in < kCloseEnough) {
    return {"in", nearest};
  }
  return {"hundred", std::min((part * 100 + whole / 2) / whole, kMostInAHundred)};
}

}  // namespace

std::string with_decimal_sign(std::string digits, Language language) {
  if (const std::size_t at = digits.rfind('.'); at != std::string::npos) {
    digits.replace(at, 1, language.table().decimal);
  }
  return digits;
}

std::string grade_text(std::uint64_t hundredths, Language language) {
  const std::uint64_t tenths = hundredths / 10;
  return with_decimal_sign(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10),
                           language);
}

bool fits_headline(std::string_view utf8) { return characters(utf8) <= kMostHeadline; }

std::string said(Language language, const std::string& key) {
  return Sentences(language).text({{key}});
}

std::string date_words(const base::Date& date, Language language) {
  Sentences sentences(language);
  sentences.add_date(date);
  return sentences.text({{"page.date"}});
}

std::string clock_text(std::int64_t seconds) {
  if (seconds < 0) return "\u2212" + clock_text(-seconds);
  const std::int64_t hours = seconds / 3600;
  const std::int64_t minutes = seconds / 60 % 60;
  const std::string tail = ":" + two_digits(seconds % 60);
  return hours > 0 ? std::to_string(hours) + ":" + two_digits(minutes) + tail
                   : std::to_string(minutes) + tail;
}

void Sentences::add(Value value) { values_.push_back(std::move(value)); }

void Sentences::add_person(std::string_view value, std::string shown, std::string bib,
                           std::optional<model::Sex> sex) {
  add({value, ValueType::Person, std::move(shown), std::move(bib),
       entry_of(sex.value_or(model::Sex::X)), 0});
}

void Sentences::add_point(std::string_view value, const model::Race& race, const std::string& id) {
  std::string_view entry = "other";
  std::string plain = id;
  if (id == "half") {
    entry = "half";
  } else if (id == race.points.front().id) {
    entry = "start";
  } else if (id == race.points.back().id) {
    entry = "finish";
  } else if (is_kilometres(id)) {
    entry = "kilometre";
    plain.pop_back();
    plain = with_decimal_sign(std::move(plain), language_);
  }
  add({value, ValueType::Point, std::move(plain), {}, entry, 0});
}

void Sentences::add_count(std::string_view value, std::uint64_t count) {
  add({value, ValueType::Count, grouped_by(count, language_.table().thousands), {}, {}, count});
}

void Sentences::add_place(std::string_view value, std::uint64_t place) {
  add({value, ValueType::Place, grouped_by(place, language_.table().thousands), {}, {}, place});
}

void Sentences::add_share(std::string_view value, std::size_t part, std::size_t whole) {
  const Part said = part_of(part, whole);
  add({value,
       ValueType::Share,
       grouped_by(said.number, language_.table().thousands),
       {},
       said.entry,
       said.number});
}

void Sentences::add_time(std::string_view value, std::int64_t seconds) {
  add({value,
       ValueType::Time,
       clock_text(seconds),
       {},
       seconds < 3600 ? "minutes" : "hours",
       static_cast<std::uint64_t>(seconds)});
}

void Sentences::add_short_time(std::string_view value, base::Duration time) {
  const base::Duration size = time < base::Duration::zero() ? -time : time;
  const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(size).count();
  add_time(value, seconds);
  std::string text = short_time(size);
  if (const std::size_t unit = text.find(' '); unit != std::string::npos) {
    values_.back().below_minute = with_decimal_sign(text.substr(0, unit), language_);
  }
}

void Sentences::add_official(std::string_view value, base::Duration time, base::Rounding rounding) {
  add_time(value, std::chrono::duration_cast<std::chrono::seconds>(time).count());
  values_.back().plain = with_decimal_sign(official_text(time, rounding), language_);
  values_.back().below_minute = values_.back().plain;
}

void Sentences::add_tenths(std::string_view value, std::int64_t tenths) {
  add_text(value, with_decimal_sign(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10),
                                    language_));
}

void Sentences::add_date(const base::Date& date) {
  add_count("day", static_cast<std::uint64_t>(date.day));
  add_count("month", static_cast<std::uint64_t>(date.month));
  add_text("year", std::to_string(date.year));
}

void Sentences::add_length(std::string_view value, std::int64_t millimetres) {
  const std::int64_t metres = (millimetres + 500) / 1000;
  if (metres < 1000) {
    add({value, ValueType::Length, std::to_string(metres), {}, "metres", 0});
    return;
  }
  const std::int64_t tenths = (metres + 50) / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += language_.table().decimal + std::to_string(tenths % 10);
  add({value, ValueType::Length, std::move(text), {}, "kilometres", 0});
}

void Sentences::add_field(std::string_view value, std::optional<model::Sex> sex) {
  add({value, ValueType::Field, {}, {}, entry_of(sex), 0});
}

void Sentences::add_text(std::string_view value, std::string text) {
  add({value, ValueType::Text, std::move(text), {}, {}, 0});
}

namespace {

/// A text of a form with `n` put in: the first entry that the form has; the file's reader has
/// proven that the last is there.
std::string formed(const LanguageTable::Form& form, const std::vector<std::string>& entries,
                   const std::string& n) {
  auto text = form.end();
  for (const std::string& entry : entries) {
    if (text == form.end()) text = form.find(entry);
  }
  HS_CHECK(text != form.end(), "a form lacks what its type names");
  std::string out = text->second;
  if (const std::size_t at = out.find("{n}"); at != std::string::npos) out.replace(at, 3, n);
  return out;
}

}  // namespace

std::vector<std::string> Sentences::entries_of(const Value& value) const {
  switch (value.type) {
    case ValueType::Count:
      return {std::to_string(value.count), std::string(language_.category_of(value.count)),
              "other"};
    case ValueType::Place:
      return {std::to_string(value.count), std::string(language_.ordinal_category_of(value.count)),
              "other"};
    case ValueType::Share:
      return {std::string(value.entry) + "-" + std::to_string(value.count),
              std::string(value.entry)};
    case ValueType::Time:
    case ValueType::Person:
    case ValueType::Point:
    case ValueType::Length:
    case ValueType::Field:
    case ValueType::Text:
      break;
  }
  return {std::string(value.entry)};
}

std::string Sentences::bib(std::string_view number) const {
  return formed(language_.table().forms.find("bib")->second, {"other"}, std::string(number));
}

std::string Sentences::shown(const Sentence::Piece& piece, bool by_bib) const {
  const auto value = std::find_if(values_.begin(), values_.end(),
                                  [&](const Value& v) { return v.name == piece.value; });
  HS_CHECK(value != values_.end(), "a sentence asks for a value its moment does not have");
  const std::string& plain = by_bib && value->type == ValueType::Person ? value->bib : value->plain;
  const std::string_view name = piece.form.empty() ? own_form(value->type) : piece.form;
  if (name.empty()) return plain;
  const auto form = language_.table().forms.find(name);
  HS_CHECK(form != language_.table().forms.end(), "a form that the language does not have");
  const bool is_below_minute = value->type == ValueType::Time && value->count < 60;
  if (is_below_minute && form->second.count("seconds") > 0) {
    const std::string number =
        value->below_minute.empty() ? std::to_string(value->count) : value->below_minute;
    const bool one = number == "1" && form->second.count("second") > 0;
    return formed(form->second, {one ? "second" : "seconds"}, number);
  }
  return formed(form->second, entries_of(*value), plain);
}

std::string Sentences::fill(const Sentence& sentence, bool by_bib) const {
  std::string filled;
  for (const Sentence::Piece& piece : sentence.pieces) {
    filled += piece.before;
    filled += shown(piece, by_bib);
  }
  return filled + sentence.rest;
}

const Sentence& Sentences::choose(const Say& say) const {
  const Wording& wording = language_.wording(say.key);
  if (wording.by_count.empty()) return wording.variants.front();
  HS_CHECK(say.count.has_value(), "a sentence that a count decides, without it");
  const auto under = [&](std::string_view category) {
    return std::find_if(wording.by_count.begin(), wording.by_count.end(),
                        [&](const auto& one) { return one.first == category; });
  };
  auto found = *say.count == 0 ? under("none") : wording.by_count.end();
  if (found == wording.by_count.end()) found = under(language_.category_of(*say.count));
  if (found == wording.by_count.end()) found = under("other");
  return found->second;
}

void Sentences::check_declared(std::string_view key) const {
  const auto& values = Language().table().values;
  const auto section = values.find(key.substr(0, key.find('.')));
  if (section == values.end()) return;
  for (const ValueDeclaration& declared : section->second) {
    const auto value = std::find_if(values_.begin(), values_.end(),
                                    [&](const Value& v) { return v.name == declared.name; });
    const bool added = value != values_.end();
    HS_CHECK(added || declared.sometimes, "a moment lacks a value that its kind declares");
    HS_CHECK(!added || value->type == declared.type, "a value of another type than declared");
  }
}

std::string Sentences::headline(std::string_view key) const {
  check_declared(key);
  std::string text;
  for (const bool by_bib : {false, true}) {
    for (const Sentence& variant : language_.wording(key).variants) {
      text = fill(variant, by_bib);
      if (characters(text) <= kMostHeadline) return text;
    }
  }
  HS_CHECK(false, "the shortest headline by bib is still too long");
  return text;
}

std::string Sentences::text(const std::vector<Say>& sentences) const {
  std::string text;
  for (const Say& say : sentences) {
    if (say.key.empty()) continue;
    if (!text.empty()) text += ' ';
    text += fill(choose(say), false);
  }
  return text;
}

}  // namespace hs::present
