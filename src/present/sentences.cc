#include "present/sentences.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/check.h"

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

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

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
    case ValueType::Time:
    case ValueType::Text:
      break;
  }
  return {};
}

}  // namespace

std::string clock_text(std::int64_t seconds) {
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
  } else if (id.size() > 1 && id.back() == 'k' && is_digit(id[id.size() - 2])) {
    entry = "kilometre";
    plain.pop_back();
  }
  add({value, ValueType::Point, std::move(plain), {}, entry, 0});
}

void Sentences::add_count(std::string_view value, std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, language_.table().thousands);
  }
  add({value, ValueType::Count, std::move(text), {}, {}, count});
}

void Sentences::add_time(std::string_view value, std::int64_t seconds) {
  add({value,
       ValueType::Time,
       clock_text(seconds),
       {},
       seconds < 3600 ? "minutes" : "hours",
       static_cast<std::uint64_t>(seconds)});
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

/// A text of a form with `n` put in; the file's reader has proven that the entry is there.
std::string formed(const LanguageTable::Form& form, std::string_view entry, const std::string& n) {
  auto text = form.find(entry);
  if (text == form.end()) text = form.find("other");
  HS_CHECK(text != form.end(), "a form lacks what its type names");
  std::string out = text->second;
  if (const std::size_t at = out.find("{n}"); at != std::string::npos) out.replace(at, 3, n);
  return out;
}

}  // namespace

std::string Sentences::bib(std::string_view number) const {
  return formed(language_.table().forms.find("bib")->second, "other", std::string(number));
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
  const bool counts = value->type == ValueType::Count;
  if (value->type == ValueType::Time && value->count < 60 && form->second.count("seconds") > 0) {
    const bool one = value->count == 1 && form->second.count("second") > 0;
    return formed(form->second, one ? "second" : "seconds", std::to_string(value->count));
  }
  return formed(form->second, counts ? language_.category_of(value->count) : value->entry, plain);
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
