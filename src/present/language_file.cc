#include "present/language_file.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "formats/config_tree.h"

// Implementation notes: everything that could go wrong when a sentence is filled is found here, so
// that filling can trust the table. Faults are gathered, not thrown at the first one: a translator
// wants the list.

namespace hs::present {
namespace {

using formats::ConfigEntry;
using formats::ConfigValue;
using Names = std::vector<std::string_view>;

constexpr std::array kPluralCategories = {"none", "one", "two", "few", "many", "other"};

struct TypeRule {
  ValueType type;
  const char* name;
  Names form;  ///< What a form of it names; empty: it has no forms.
};

const std::vector<TypeRule>& type_rules() {
  static const std::vector<TypeRule> kRules = {
      {ValueType::Person, "person", {"F", "M", "X"}},
      {ValueType::Point, "point", {"kilometre", "half", "start", "finish", "other"}},
      {ValueType::Count, "count", {"other"}},
      {ValueType::Place, "place", {"other"}},
      {ValueType::Share, "share", {"none", "all", "one", "few", "in", "hundred"}},
      {ValueType::Time, "time", {"hours", "minutes"}},
      {ValueType::Length, "length", {"kilometres", "metres"}},
      {ValueType::Field, "field", {"F", "M", "X", "all"}},
      {ValueType::Text, "text", {}},
  };
  return kRules;
}

const TypeRule& rule_of(ValueType type) { return type_rules()[static_cast<std::size_t>(type)]; }

bool is_plural_category(std::string_view word) {
  return std::find(kPluralCategories.begin(), kPluralCategories.end(), word) !=
         kPluralCategories.end();
}

bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

/// What a form may name beside what its type needs.
bool may_name(ValueType type, std::string_view name) {
  switch (type) {
    case ValueType::Count:  // "12" is for that number alone: number words, months.
    case ValueType::Place:
      return is_plural_category(name) || is_number(name);
    case ValueType::Share:
      return name.substr(0, 3) == "in-" && is_number(name.substr(3));
    case ValueType::Time:  // Below a minute a time may be told in seconds.
      return name == "second" || name == "seconds";
    case ValueType::Person:
    case ValueType::Point:
    case ValueType::Length:
    case ValueType::Field:
    case ValueType::Text:
      break;
  }
  return false;
}

/// True where the form names what values of that type need, and nothing else.
bool fits(const LanguageTable::Form& form, ValueType type) {
  const Names& needed = rule_of(type).form;
  if (needed.empty()) return false;
  for (const std::string_view name : needed) {
    if (form.find(name) == form.end()) return false;
  }
  return std::all_of(form.begin(), form.end(), [&](const auto& entry) {
    return std::find(needed.begin(), needed.end(), entry.first) != needed.end() ||
           may_name(type, entry.first);
  });
}

class Reader {
 public:
  Reader(const std::string& code, const LanguageTable* reference)
      : reference_(reference), file_("moments." + code + ".toml") {
    table_.code = code;
  }

  LanguageFile read(std::string_view toml);

 private:
  void fault(const std::string& found, const std::string& expected, base::Place place = {}) {
    if (place.file.empty()) place.file = file_;
    faults_.push_back({base::ErrorCode::InvalidInput, "found " + found + "; expected " + expected,
                       std::move(place)});
  }
  bool is_text(const ConfigEntry& entry);
  void read_language_table(const ConfigValue& table);
  void read_forms(const ConfigValue& table);
  void read_values(const ConfigValue& table);
  void read_section(const std::string& section, const ConfigValue& table);
  Sentence take_apart(const ConfigValue& value);
  void check_forms();
  void check_against_reference();
  void check_wording(const std::string& key, const Wording& wording);
  void check_sentence(const std::string& key, const Sentence& sentence, const base::Place& place);
  void check_form(const Sentence::Piece& piece, ValueType type, const base::Place& place);
  [[nodiscard]] bool reference_uses(const std::string& key, std::string_view value) const;

  const LanguageTable* reference_;
  std::string file_;
  LanguageTable table_;
  std::vector<base::Error> faults_;
};

std::string near(std::string_view word, const Names& known) {
  const auto nearest = formats::nearest_word(word, known);
  return nearest ? " (did you mean '" + std::string(*nearest) + "'?)" : std::string();
}

template <typename Map>
Names keys_of(const Map& map) {
  Names names;
  for (const auto& entry : map) names.emplace_back(entry.first);
  return names;
}

bool Reader::is_text(const ConfigEntry& entry) {
  if (entry.value.kind == ConfigValue::Kind::Text) return true;
  fault(std::string(formats::name_of(entry.value.kind)) + " for '" + entry.key + "'", "a text",
        entry.place);
  return false;
}

void Reader::read_language_table(const ConfigValue& table) {
  for (const ConfigEntry& entry : table.entries) {
    if (!is_text(entry)) continue;
    if (entry.key == "name") {
      table_.name = entry.value.text;
    } else if (entry.key == "thousands") {
      table_.thousands = entry.value.text;
    } else if (entry.key == "decimal") {
      table_.decimal = entry.value.text;
    } else {
      fault("'" + entry.key + "' in [language]", "name, thousands or decimal", entry.place);
    }
  }
}

void Reader::read_forms(const ConfigValue& table) {
  for (const ConfigEntry& entry : table.entries) {
    LanguageTable::Form form;
    for (const ConfigEntry& one : entry.value.entries) {
      if (is_text(one)) form[one.key] = one.value.text;
    }
    const bool known = std::any_of(type_rules().begin(), type_rules().end(),
                                   [&](const TypeRule& rule) { return fits(form, rule.type); });
    if (!known) {
      fault("the form '" + entry.key + "', which names what no type of value has",
            "all that a person, point, count, place, share, time, length or field needs",
            entry.place);
    }
    table_.forms[entry.key] = std::move(form);
  }
}

void Reader::read_values(const ConfigValue& table) {
  if (reference_ != nullptr) {
    fault("a table [values]", "it in the reference language only", table.place);
    return;
  }
  for (const ConfigEntry& section : table.entries) {
    auto& declared = table_.values[section.key];
    for (const ConfigEntry& entry : section.value.entries) {
      if (!is_text(entry)) continue;
      std::string type = entry.value.text;
      const std::size_t comma = type.find(", sometimes");
      const bool sometimes = comma != std::string::npos;
      if (sometimes) type.resize(comma);
      const auto rule = std::find_if(type_rules().begin(), type_rules().end(),
                                     [&](const TypeRule& r) { return type == r.name; });
      if (rule == type_rules().end()) {
        fault("'" + type + "' for the value '" + entry.key + "'", "a type of value", entry.place);
        continue;
      }
      declared.push_back({entry.key, rule->type, sometimes});
    }
  }
}

Sentence Reader::take_apart(const ConfigValue& value) {
  Sentence sentence;
  std::string_view text = value.text;
  while (!text.empty()) {
    const std::size_t open = text.find_first_of("{}");
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find_first_of("{}", open + 1);
    if (text[open] == '}' || close == std::string_view::npos || text[close] == '{') {
      fault("a brace without its partner in \"" + value.text + "\"", "{value} or {value|form}",
            value.place);
      break;
    }
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::size_t bar = std::min(inside.find('|'), inside.size());
    sentence.pieces.push_back(
        {std::string(text.substr(0, open)), std::string(inside.substr(0, bar)),
         std::string(bar < inside.size() ? inside.substr(bar + 1) : std::string_view())});
    text.remove_prefix(close + 1);
  }
  sentence.rest = std::string(text);
  return sentence;
}

void Reader::read_section(const std::string& section, const ConfigValue& table) {
  for (const ConfigEntry& entry : table.entries) {
    Wording wording;
    wording.place = entry.place;
    const ConfigValue& value = entry.value;
    if (value.kind == ConfigValue::Kind::Text) {
      wording.variants.push_back(take_apart(value));
    } else if (value.kind == ConfigValue::Kind::List && !value.items.empty()) {
      for (const ConfigValue& item : value.items) wording.variants.push_back(take_apart(item));
    } else if (value.kind == ConfigValue::Kind::Table) {
      for (const ConfigEntry& one : value.entries) {
        if (!is_plural_category(one.key)) {
          fault("'" + one.key + "' in '" + entry.key + "'", "none or a plural category", one.place);
        } else if (is_text(one)) {
          wording.by_count.emplace_back(one.key, take_apart(one.value));
        }
      }
      const bool has_other = std::any_of(wording.by_count.begin(), wording.by_count.end(),
                                         [](const auto& one) { return one.first == "other"; });
      if (!has_other)
        fault("no 'other' in '" + entry.key + "'", "one for all other counts", entry.place);
    } else {
      fault(std::string(formats::name_of(value.kind)) + " for '" + entry.key + "'",
            "a sentence, a list of them, or a table by count", entry.place);
    }
    table_.wordings[section + "." + entry.key] = std::move(wording);
  }
}

void Reader::check_forms() {
  const std::array<std::pair<const char*, ValueType>, 4> needed = {{{"bib", ValueType::Count},
                                                                    {"point", ValueType::Point},
                                                                    {"length", ValueType::Length},
                                                                    {"field", ValueType::Field}}};
  for (const auto& [name, type] : needed) {
    const auto form = table_.forms.find(name);
    if (form == table_.forms.end() || !fits(form->second, type)) {
      fault(std::string("no form '") + name + "'",
            std::string("[form.") + name + "] for a " + rule_of(type).name);
    }
  }
  for (const auto& [name, form] : table_.forms) {
    for (const auto& [entry, text] : form) {
      std::string left = text;
      if (const std::size_t n = left.find("{n}"); n != std::string::npos) left.erase(n, 3);
      if (left.find_first_of("{}") != std::string::npos) {
        fault("\"" + text + "\" in the form '" + name + "'", "no placeholder but one {n}");
      }
    }
  }
}

void Reader::check_form(const Sentence::Piece& piece, ValueType type, const base::Place& place) {
  if (piece.form.empty()) return;
  const auto form = table_.forms.find(piece.form);
  if (form == table_.forms.end()) {
    fault("the form '" + piece.form + "', which the file does not have" +
              near(piece.form, keys_of(table_.forms)),
          "one of [form.*]", place);
  } else if (!fits(form->second, type)) {
    fault("'{" + piece.value + "|" + piece.form + "}'",
          std::string("a form for a ") + rule_of(type).name, place);
  }
}

bool Reader::reference_uses(const std::string& key, std::string_view value) const {
  if (reference_ == nullptr) return true;
  const auto found = reference_->wordings.find(key);
  if (found == reference_->wordings.end()) return false;
  const auto uses = [&](const Sentence& sentence) {
    return std::any_of(sentence.pieces.begin(), sentence.pieces.end(),
                       [&](const Sentence::Piece& piece) { return piece.value == value; });
  };
  const Wording& wording = found->second;
  return std::any_of(wording.variants.begin(), wording.variants.end(), uses) ||
         std::any_of(wording.by_count.begin(), wording.by_count.end(),
                     [&](const auto& one) { return uses(one.second); });
}

void Reader::check_sentence(const std::string& key, const Sentence& sentence,
                            const base::Place& place) {
  const auto& values = reference_ != nullptr ? reference_->values : table_.values;
  const auto section = values.find(key.substr(0, key.find('.')));
  static const std::vector<ValueDeclaration> kNone;
  const auto& declared = section == values.end() ? kNone : section->second;
  for (const Sentence::Piece& piece : sentence.pieces) {
    const auto value = std::find_if(declared.begin(), declared.end(),
                                    [&](const auto& one) { return one.name == piece.value; });
    if (value == declared.end()) {
      Names known;
      for (const ValueDeclaration& one : declared) known.emplace_back(one.name);
      fault("'{" + piece.value + "}' in '" + key + "'" + near(piece.value, known),
            "a value that this kind of moment has", place);
      continue;
    }
    if (value->sometimes && !reference_uses(key, piece.value)) {
      fault("'{" + piece.value + "}' in '" + key + "', which a moment may be without there",
            "it only where the reference has it", place);
    }
    check_form(piece, value->type, place);
  }
}

void Reader::check_wording(const std::string& key, const Wording& wording) {
  for (const Sentence& sentence : wording.variants) check_sentence(key, sentence, wording.place);
  for (const auto& [count, sentence] : wording.by_count) {
    check_sentence(key, sentence, wording.place);
  }
  if (reference_ == nullptr) return;
  const auto found = reference_->wordings.find(key);
  if (found == reference_->wordings.end()) {
    fault("'" + key + "'" + near(key, keys_of(reference_->wordings)),
          "a key that the reference has", wording.place);
    return;
  }
  if (!wording.by_count.empty() && found->second.by_count.empty()) {
    fault("a table by count for '" + key + "'", "a sentence: no count decides here", wording.place);
  }
}

void Reader::check_against_reference() {
  for (const auto& [key, wording] : table_.wordings) check_wording(key, wording);
  if (reference_ == nullptr) return;
  for (const auto& [key, wording] : reference_->wordings) {
    if (table_.wordings.find(key) == table_.wordings.end()) {
      fault("no '" + key + "'", "every key of the reference");
    }
  }
}

LanguageFile Reader::read(std::string_view toml) {
  const auto root = formats::parse_toml(toml, file_);
  if (!root) return {std::move(table_), {root.error()}};
  for (const ConfigEntry& entry : root->entries) {
    if (entry.value.kind != ConfigValue::Kind::Table) {
      fault("'" + entry.key + "' outside a table", "tables only", entry.place);
    } else if (entry.key == "language") {
      read_language_table(entry.value);
    } else if (entry.key == "form") {
      read_forms(entry.value);
    } else if (entry.key == "values") {
      read_values(entry.value);
    } else {
      read_section(entry.key, entry.value);
    }
  }
  if (table_.name.empty() || table_.decimal.empty()) {
    fault("no [language] with name, thousands and decimal", "all three");
  }
  check_forms();
  check_against_reference();
  std::stable_sort(faults_.begin(), faults_.end(), [](const base::Error& a, const base::Error& b) {
    return a.place.line < b.place.line;
  });
  return {std::move(table_), std::move(faults_)};
}

}  // namespace

LanguageFile read_language(const std::string& code, std::string_view toml,
                           const LanguageTable* reference) {
  return Reader(code, reference).read(toml);
}

}  // namespace hs::present
