#include "model/json_fields.h"

#include <algorithm>

// Implementation notes: objects here have a dozen keys, so a key is looked for from the front; the
// keys come in the order of the list, which makes the first try nearly always the right one.

namespace hs::model {
namespace {

using Kind = JsonValue::Kind;

/// A signed length of time for people: "+0:00:02.5". Zeros at the end of the fraction are cut.
std::string people_duration(base::Duration value) {
  constexpr std::uint64_t kMicros = 1'000'000;
  const std::int64_t count = value.count();
  // Negating in unsigned arithmetic is right for the least value too.
  const auto raw = static_cast<std::uint64_t>(count);
  const std::uint64_t total = count < 0 ? 0 - raw : raw;
  const std::uint64_t seconds = total / kMicros;
  const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string out = (count < 0 ? "-" : "+") + std::to_string(seconds / 3600) + ":" +
                    two(seconds / 60 % 60) + ":" + two(seconds % 60);
  std::string fraction = std::to_string(total % kMicros + kMicros).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? out : out + "." + fraction;
}

}  // namespace

void FieldWriter::put(base::Duration value) {
  if (form_ == Form::Stored) return out_->integer(value.count());
  out_->text(people_duration(value));
}

void FieldWriter::put(base::RaceTime value) {
  if (form_ == Form::Stored) return out_->integer(value.time_since_epoch().count());
  out_->text(base::format_rfc3339(value, std::chrono::seconds(0)));
}

void FieldWriter::put(base::ReaderTime value) {
  if (form_ == Form::Stored) return out_->integer(value.time_since_epoch().count());
  std::string text =
      base::format_rfc3339(base::RaceTime(value.time_since_epoch()), std::chrono::seconds(0));
  text.pop_back();  // A dial has no zone, so no "Z".
  out_->text(text);
}

void FieldWriter::put(const std::pair<std::string, std::string>& value) {
  out_->begin_list();
  out_->text(value.first);
  out_->text(value.second);
  out_->end_list();
}

FieldReader::FieldReader(const JsonValue& object, Form form, std::string path)
    : object_(&object), form_(form), path_(std::move(path)), taken_(object.members.size(), false) {}

const JsonValue* FieldReader::take(std::string_view key) {
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    if (!taken_[i] && object_->members[i].key == key) {
      taken_[i] = true;
      return &object_->members[i].value;
    }
  }
  return nullptr;
}

bool FieldReader::has(std::string_view key) const {
  return std::any_of(object_->members.begin(), object_->members.end(),
                     [&](const JsonMember& member) { return member.key == key; });
}

void FieldReader::refuse(const std::string& key, const std::string& message) {
  if (!trouble_) trouble_ = Trouble{key, "key '" + path_ + key + "': " + message};
}

std::optional<FieldReader::Trouble> FieldReader::finish() {
  const auto left = std::find(taken_.begin(), taken_.end(), false);
  if (left != taken_.end()) {
    const auto index = static_cast<std::size_t>(left - taken_.begin());
    const std::string key(object_->members[index].key);
    const bool twice =
        std::any_of(object_->members.begin(), object_->members.begin() + (left - taken_.begin()),
                    [&](const JsonMember& member) { return member.key == key; });
    refuse(key, twice ? "comes twice" : "is not known here");
  }
  return trouble_;
}

std::string FieldReader::get(const JsonValue& from, Text, std::string& value) {
  if (from.kind != Kind::Text) return "a text";
  value = from.text;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text, BibNumber& value) {
  constexpr const char* kExpected =
      "a bib as text: 1 to 12 printable ASCII characters without comma or space";
  if (from.kind != Kind::Text) return kExpected;
  value = BibNumber();
  // What the writer makes of a bib that was never set; people's lines are checked further on.
  if (form_ == Form::Stored && from.text.empty()) return {};
  const auto parsed = BibNumber::parse(from.text);
  if (!parsed) return kExpected;
  value = *parsed;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text, TagCode& value) {
  constexpr const char* kExpected = "a chip code as text";
  if (from.kind != Kind::Text) return kExpected;
  value = TagCode();
  if (form_ == Form::Stored && from.text.empty()) return {};
  const auto parsed = TagCode::parse(from.text);
  if (!parsed) return kExpected;
  value = *parsed;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text, bool& value) {
  if (from.kind != Kind::Bool) return "true or false";
  value = from.boolean;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text, std::int64_t& value) {
  if (from.kind != Kind::Integer) return "a whole number";
  value = from.integer;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text, std::uint64_t& value) {
  const bool small = from.kind == Kind::Integer && from.integer >= 0;
  if (!small && from.kind != Kind::Unsigned) return "a whole number, 0 or more";
  value = small ? static_cast<std::uint64_t>(from.integer) : from.number;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text key, base::Distance& value) {
  std::int64_t count = 0;
  std::string expected = get(from, key, count);
  value = base::Distance::millimetres(count);
  return expected;
}

std::string FieldReader::get(const JsonValue& from, Text, base::Date& value) {
  const auto parsed =
      from.kind == Kind::Text ? base::parse_date(from.text) : base::Result<base::Date>(value);
  if (from.kind != Kind::Text || !parsed) return "a date as YYYY-MM-DD";
  value = *parsed;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text key, std::chrono::seconds& value) {
  std::int64_t count = 0;
  std::string expected = get(from, key, count);
  value = std::chrono::seconds(count);
  return expected;
}

std::string FieldReader::get(const JsonValue& from, Text key, base::Duration& value) {
  if (form_ == Form::Stored) {
    std::int64_t count = 0;
    std::string expected = get(from, key, count);
    value = base::Duration(count);
    return expected;
  }
  constexpr const char* kExpected = "a length of time as text, such as \"+0:02:00\" or \"-2.5\"";
  if (from.kind != Kind::Text) return kExpected;
  const auto parsed = base::parse_duration(from.text);
  if (!parsed) return kExpected;
  value = *parsed;
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text key, base::RaceTime& value) {
  if (form_ == Form::Stored) {
    base::Duration since_epoch{0};
    std::string expected = get(from, key, since_epoch);
    value = base::RaceTime(since_epoch);
    return expected;
  }
  constexpr const char* kExpected =
      "an instant with its offset, such as \"2026-05-08T08:00:00.5+02:00\"";
  if (from.kind != Kind::Text) return kExpected;
  const auto parsed = base::parse_iso(from.text);
  if (!parsed || !parsed->utc_offset) return kExpected;
  value = base::RaceTime(base::Duration(parsed->civil.micros) - *parsed->utc_offset);
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text key, base::ReaderTime& value) {
  if (form_ == Form::Stored) {
    base::Duration since_epoch{0};
    std::string expected = get(from, key, since_epoch);
    value = base::ReaderTime(since_epoch);
    return expected;
  }
  constexpr const char* kExpected =
      "a time on the device's dial, without offset, such as \"2026-05-08T09:00:00.5\"";
  if (from.kind != Kind::Text) return kExpected;
  const auto parsed = base::parse_iso(from.text);
  if (!parsed || parsed->utc_offset) return kExpected;
  value = base::ReaderTime(base::Duration(parsed->civil.micros));
  return {};
}

std::string FieldReader::get(const JsonValue& from, Text,
                             std::pair<std::string, std::string>& value) {
  const bool shaped = from.kind == Kind::List && from.items.size() == 2 &&
                      from.items[0].kind == Kind::Text && from.items[1].kind == Kind::Text;
  if (!shaped) return "a list of two texts";
  value = {std::string(from.items[0].text), std::string(from.items[1].text)};
  return {};
}

}  // namespace hs::model
