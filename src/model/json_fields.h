#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/fact.h"
#include "model/ids.h"
#include "model/json.h"

/// One list of fields per kind of fact, used for writing and for reading, so that the two cannot
/// drift apart. A list is a function `fields(visitor, fact)` (`fact_fields.h`); the visitors here
/// are `FieldWriter` and `FieldReader`.
namespace hs::model {

/// Which of the two JSON forms of a fact.
enum class Form : std::uint8_t {
  Stored,  ///< In the race file: whole microseconds, the unit in the key ("at_us").
  People,  ///< In rulings.jsonl: RFC 3339 and "+0:00:02.5", no unit in the key ("at").
};

class FieldReader;

/// The written names of an enumeration: `names_of(Enum{})` gives them in order of the values.
template <typename Enum>
concept Named = std::is_enum_v<Enum> && requires(Enum e) {
  names_of(e);
};

/// A struct that is written as an object of its own.
template <typename T>
concept Nested = requires(T& value, FieldReader& reader) {
  fields(reader, value);
};

/// What a stored key ends with; nothing in the people's form.
template <typename T>
constexpr std::string_view unit_of() {
  if constexpr (std::is_same_v<T, std::chrono::seconds>) return "_s";
  if constexpr (std::is_same_v<T, base::Distance>) return "_mm";
  if constexpr (std::is_same_v<T, base::Duration> || std::is_same_v<T, base::RaceTime> ||
                std::is_same_v<T, base::ReaderTime>) {
    return "_us";
  }
  return "";
}

template <typename T>
struct Unwrapped {
  using type = T;
};
template <typename T>
struct Unwrapped<std::optional<T>> {
  using type = T;
};

template <typename T>
std::string key_of(const char* name, Form form) {
  std::string key = name;
  if (form == Form::Stored) key += unit_of<typename Unwrapped<std::remove_const_t<T>>::type>();
  return key;
}

/// Writes the fields of one object.
class FieldWriter {
 public:
  FieldWriter(JsonWriter& out, Form form) : out_(&out), form_(form) {}

  /// A field that is always written.
  template <typename T>
  void need(const char* name, const T& value) {
    out_->key(key_of<T>(name, form_));
    put(value);
  }
  /// A field that is left out where it says nothing: empty, absent, false, 0.
  template <typename T>
  void maybe(const char* name, const T& value) {
    if (!says_nothing(value)) need(name, value);
  }
  template <typename T>
  void maybe(const char* name, const std::optional<T>& value) {
    if (value) need(name, *value);
  }

 private:
  template <typename T>
  static bool says_nothing(const T& value) {
    if constexpr (requires { value.empty(); }) {
      return value.empty();
    } else {
      return value == T{};
    }
  }

  void put(const std::string& value) { out_->text(value); }
  void put(const BibNumber& value) { out_->text(value.view()); }
  void put(const TagCode& value) { out_->text(value.view()); }
  void put(bool value) { out_->boolean(value); }
  template <std::integral T>
  void put(T value) {
    if constexpr (std::is_signed_v<T>) {
      out_->integer(value);
    } else {
      out_->number(value);
    }
  }
  template <Named T>
  void put(T value) {
    out_->text(names_of(value)[static_cast<std::size_t>(value)]);
  }
  void put(FactSeq value) { out_->number(value.raw()); }
  void put(StreamId value) { out_->number(value.raw()); }
  void put(base::Distance value) { out_->integer(value.in_millimetres()); }
  void put(const base::Date& value) { out_->text(base::format_date(value)); }
  void put(std::chrono::seconds value) { out_->integer(value.count()); }
  void put(base::Duration value);
  void put(base::RaceTime value);
  void put(base::ReaderTime value);
  void put(const std::pair<std::string, std::string>& value);
  template <typename T>
  void put(const std::vector<T>& values) {
    out_->begin_list();
    for (const T& value : values) put(value);
    out_->end_list();
  }
  template <Nested T>
  void put(const T& value) {
    out_->begin_object();
    fields(*this, value);
    out_->end_object();
  }

  JsonWriter* out_;
  Form form_;
};

/// Takes the fields of one object; keeps the first thing that was wrong.
class FieldReader {
 public:
  /// `object` must be an object and outlive the reader. `path` leads the keys in messages.
  FieldReader(const JsonValue& object, Form form, std::string path = {});

  /// A field that must be there.
  template <typename T>
  void need(const char* name, T& value) {
    read(key_of<T>(name, form_), value, true);
  }
  /// A field that may be absent: `value` then stays as it is.
  template <typename T>
  void maybe(const char* name, T& value) {
    read(key_of<T>(name, form_), value, false);
  }
  template <typename T>
  void maybe(const char* name, std::optional<T>& value) {
    T found{};
    if (read(key_of<T>(name, form_), found, false)) value = std::move(found);
  }

  /// Something wrong that the caller found in the field `key`.
  void refuse(const std::string& key, const std::string& message);
  /// True where the key is in the object.
  [[nodiscard]] bool has(std::string_view key) const;

  struct Trouble {
    std::string key;      ///< Bare, as written in the object.
    std::string message;  ///< With the path.
  };
  /// What was wrong first; also a key that nobody asked for, or one that comes twice.
  [[nodiscard]] std::optional<Trouble> finish();

 private:
  const JsonValue* take(std::string_view key);

  template <typename T>
  bool read(const std::string& key, T& value, bool needed) {
    const JsonValue* found = take(key);
    if (found == nullptr) {
      if (needed) refuse(key, "is missing");
      return false;
    }
    const std::string expected = get(*found, key, value);
    if (expected.empty()) return true;
    refuse(key, "found " + found->describe() + ", expected " + expected);
    return false;
  }

  // Each `get` gives what was expected where `from` is something else, or an empty text.
  using Text = const std::string&;
  std::string get(const JsonValue& from, Text key, std::string& value);
  std::string get(const JsonValue& from, Text key, BibNumber& value);
  std::string get(const JsonValue& from, Text key, TagCode& value);
  std::string get(const JsonValue& from, Text key, bool& value);
  std::string get(const JsonValue& from, Text key, std::int64_t& value);
  std::string get(const JsonValue& from, Text key, std::uint64_t& value);
  std::string get(const JsonValue& from, Text key, base::Distance& value);
  std::string get(const JsonValue& from, Text key, base::Date& value);
  std::string get(const JsonValue& from, Text key, std::chrono::seconds& value);
  std::string get(const JsonValue& from, Text key, base::Duration& value);
  std::string get(const JsonValue& from, Text key, base::RaceTime& value);
  std::string get(const JsonValue& from, Text key, base::ReaderTime& value);
  std::string get(const JsonValue& from, Text key, std::pair<std::string, std::string>& value);
  template <std::integral T>
  std::string get(const JsonValue& from, Text key, T& value) {
    std::int64_t wide = 0;
    std::string expected = get(from, key, wide);
    if (!expected.empty()) return expected;
    if (!std::in_range<T>(wide)) return "a number that fits";
    value = static_cast<T>(wide);
    return {};
  }
  template <typename Tag>
  std::string get(const JsonValue& from, Text key, base::SequenceId<Tag>& value) {
    std::uint64_t raw = 0;
    std::string expected = get(from, key, raw);
    value = base::SequenceId<Tag>(raw);
    return expected;
  }
  template <typename Tag, typename Rep>
  std::string get(const JsonValue& from, Text key, base::Id<Tag, Rep>& value) {
    Rep raw = 0;
    std::string expected = get(from, key, raw);
    value = base::Id<Tag, Rep>(raw);
    return expected;
  }
  template <Named T>
  std::string get(const JsonValue& from, Text, T& value) {
    std::string expected = "one of";
    std::size_t index = 0;
    for (const char* name : names_of(value)) {
      if (from.kind == JsonValue::Kind::Text && from.text == name) {
        value = static_cast<T>(index);
        return {};
      }
      expected += std::string(index == 0 ? " '" : ", '") + name + "'";
      ++index;
    }
    return expected;
  }
  template <typename T>
  std::string get(const JsonValue& from, Text key, std::vector<T>& values) {
    if (from.kind != JsonValue::Kind::List) return "a list";
    values.clear();
    values.reserve(from.items.size());
    for (const JsonValue& item : from.items) {
      const std::string item_key = key + "[" + std::to_string(values.size()) + "]";
      std::string expected = get(item, item_key, values.emplace_back());
      if (!expected.empty()) return "a list of: " + expected;
    }
    return {};
  }
  template <Nested T>
  std::string get(const JsonValue& from, Text key, T& value) {
    if (from.kind != JsonValue::Kind::Object) return "an object";
    FieldReader inner(from, form_, path_ + key + ".");
    fields(inner, value);
    if (auto trouble = inner.finish(); trouble && !trouble_) trouble_ = std::move(trouble);
    return {};
  }

  const JsonValue* object_;
  Form form_;
  std::string path_;
  std::vector<bool> taken_;
  std::optional<Trouble> trouble_;
};

}  // namespace hs::model
