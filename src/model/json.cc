#include "model/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include "base/check.h"

// Implementation notes: simdjson reads (fast, strict about UTF-8), RapidJSON writes. simdjson does
// not say where a text stops being JSON, so a text it refuses is read once more by RapidJSON,
// which does. The tree is copied out of simdjson's tape so that its header stays in this file;
// simdjson refuses nesting beyond 1024 levels, which bounds the recursion here.

namespace hs::model {
namespace {

using simdjson::dom::element_type;

/// The value of an element whose type was asked for before.
template <typename T>
void take(const simdjson::dom::element& element, T& value) {
  HS_CHECK(element.get(value) == simdjson::SUCCESS, "an element is not what it says it is");
}

JsonValue copy_of(const simdjson::dom::element& element);

JsonValue copy_of_list(const simdjson::dom::element& element) {
  JsonValue out;
  out.kind = JsonValue::Kind::List;
  simdjson::dom::array list;
  take(element, list);
  out.items.reserve(list.size());
  for (const simdjson::dom::element item : list) out.items.push_back(copy_of(item));
  return out;
}

JsonValue copy_of_object(const simdjson::dom::element& element) {
  JsonValue out;
  out.kind = JsonValue::Kind::Object;
  simdjson::dom::object object;
  take(element, object);
  out.members.reserve(object.size());
  for (const auto field : object) {
    out.members.push_back({field.key, copy_of(field.value)});
  }
  return out;
}

JsonValue copy_of(const simdjson::dom::element& element) {
  JsonValue out;
  switch (element.type()) {
    case element_type::ARRAY:
      return copy_of_list(element);
    case element_type::OBJECT:
      return copy_of_object(element);
    case element_type::INT64:
      out.kind = JsonValue::Kind::Integer;
      take(element, out.integer);
      break;
    case element_type::UINT64:
      out.kind = JsonValue::Kind::Unsigned;
      take(element, out.number);
      break;
    case element_type::DOUBLE:
      out.kind = JsonValue::Kind::Real;
      break;
    case element_type::STRING:
      out.kind = JsonValue::Kind::Text;
      take(element, out.text);
      break;
    case element_type::BOOL:
      out.kind = JsonValue::Kind::Bool;
      take(element, out.boolean);
      break;
    case element_type::NULL_VALUE:
      break;
  }
  return out;
}

/// Where and why `text` is not JSON. Called only for texts that were refused.
tl::unexpected<base::Error> refusal(std::string_view text, const char* why) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::BaseReaderHandler<> ignore;
  rapidjson::Reader reader;
  std::string message = why;
  int column = 0;
  const auto result =
      reader.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(stream,
                                                                                           ignore);
  if (result.IsError()) {
    message = rapidjson::GetParseError_En(result.Code());
    column = static_cast<int>(result.Offset()) + 1;
  }
  return base::fail(base::ErrorCode::InvalidInput, "found text that is not JSON: " + message,
                    {std::string(), 0, column});
}

/// Length of the well-formed UTF-8 character at the front of `text`, or 0. `text` is not empty.
std::size_t character_size(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const std::string_view piece = text.substr(0, size);
  return piece.size() == size && simdjson::validate_utf8(piece) ? size : 0;
}

std::string repaired(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    out += size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

}  // namespace

std::string JsonValue::describe() const {
  switch (kind) {
    case Kind::Null:
      return "null";
    case Kind::Bool:
      return boolean ? "true" : "false";
    case Kind::Integer:
      return std::to_string(integer);
    case Kind::Unsigned:
      return std::to_string(number);
    case Kind::Real:
      return "a number with decimals";
    case Kind::Text:
      return "the text '" + std::string(text.substr(0, 40)) + "'";
    case Kind::List:
      return "a list";
    case Kind::Object:
      return "an object";
  }
  return "something else";
}

base::Result<JsonValue> parse_json(std::string_view text) {
  // One parser a thread: its buffers are the costly part, and the result's texts live in them.
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  const auto code = parser.parse(text.data(), text.size()).get(root);
  if (code != simdjson::SUCCESS) return refusal(text, simdjson::error_message(code));
  return copy_of(root);
}

struct JsonWriter::State {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

JsonWriter::JsonWriter() : state_(std::make_unique<State>()) {}
JsonWriter::~JsonWriter() = default;

void JsonWriter::begin_object() { state_->writer.StartObject(); }
void JsonWriter::end_object() { state_->writer.EndObject(); }
void JsonWriter::begin_list() { state_->writer.StartArray(); }
void JsonWriter::end_list() { state_->writer.EndArray(); }

void JsonWriter::key(std::string_view name) {
  state_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void JsonWriter::text(std::string_view value) {
  const std::string mended = simdjson::validate_utf8(value) ? std::string() : repaired(value);
  if (!mended.empty()) value = mended;
  // An empty view may have no address, which the writer does not take.
  const char* begin = value.empty() ? "" : value.data();
  state_->writer.String(begin, static_cast<rapidjson::SizeType>(value.size()));
}

void JsonWriter::integer(std::int64_t value) { state_->writer.Int64(value); }
void JsonWriter::number(std::uint64_t value) { state_->writer.Uint64(value); }
void JsonWriter::boolean(bool value) { state_->writer.Bool(value); }

std::string JsonWriter::take() { return {state_->buffer.GetString(), state_->buffer.GetSize()}; }

}  // namespace hs::model
