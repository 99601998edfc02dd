#include "present/json_out.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <chrono>

// Implementation notes: the one place that knows RapidJSON's writer. Keys are put down only with
// their value, so that an absent value can never leave a key behind.

namespace hs::present {

struct JsonOut::State {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

namespace {

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

JsonOut::JsonOut() : state_(std::make_unique<State>()) {}
JsonOut::~JsonOut() = default;

void JsonOut::begin_object() { state_->writer.StartObject(); }
void JsonOut::end_object() { state_->writer.EndObject(); }
void JsonOut::begin_array() { state_->writer.StartArray(); }
void JsonOut::end_array() { state_->writer.EndArray(); }

void JsonOut::key(std::string_view name) { state_->writer.Key(name.data(), size_of(name)); }

void JsonOut::text(std::string_view value) {
  // RapidJSON wants a pointer even for no characters, and an empty view may have none.
  state_->writer.String(value.empty() ? "" : value.data(), size_of(value));
}

void JsonOut::integer(std::int64_t value) { state_->writer.Int64(value); }
void JsonOut::boolean(bool value) { state_->writer.Bool(value); }

void JsonOut::number(std::string_view digits) {
  state_->writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
}

void JsonOut::text_of(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  key(name);
  text(value);
}

void JsonOut::integer_of(std::string_view name, std::int64_t value) {
  key(name);
  integer(value);
}

void JsonOut::boolean_of(std::string_view name, bool value) {
  key(name);
  boolean(value);
}

void JsonOut::number_of(std::string_view name, std::string_view digits) {
  key(name);
  number(digits);
}

void JsonOut::milliseconds_of(std::string_view name, std::optional<base::Duration> value) {
  if (!value.has_value()) return;
  integer_of(name, std::chrono::duration_cast<std::chrono::milliseconds>(*value).count());
}

void JsonOut::instant_of(std::string_view name, std::optional<base::RaceTime> value) {
  if (!value.has_value()) return;
  key(name);
  text(base::format_rfc3339(*value, std::chrono::seconds(0)));
}

std::string JsonOut::take() {
  return std::string(state_->buffer.GetString(), state_->buffer.GetSize());
}

}  // namespace hs::present
