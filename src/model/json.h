#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hs::model {

struct JsonMember;

/// One JSON value, read. Texts point into a buffer of the reading thread.
struct JsonValue {
  enum class Kind : std::uint8_t { Null, Bool, Integer, Unsigned, Real, Text, List, Object };
  Kind kind = Kind::Null;
  bool boolean = false;
  std::int64_t integer = 0;         ///< For `Integer`.
  std::uint64_t number = 0;         ///< For `Unsigned`: only values above the range of `integer`.
  std::string_view text;            ///< For `Text`: UTF-8, escapes resolved.
  std::vector<JsonValue> items;     ///< For `List`.
  std::vector<JsonMember> members;  ///< For `Object`, in written order, repeated keys too.

  /// What it is, for "found ..., expected ...": "the text 'x'", "12", "a list".
  [[nodiscard]] std::string describe() const;
};

struct JsonMember {
  std::string_view key;
  JsonValue value;
};

/// Reads one JSON text, whole.
///
/// Errors:  InvalidInput with the column (in bytes, from 1) where the text stops being JSON.
/// Threads: safe from any; the texts of the result hold until the thread's next call.
[[nodiscard]] base::Result<JsonValue> parse_json(std::string_view text);

/// Writes compact JSON, piece by piece, in the order of the calls. Text that is not UTF-8 has each
/// wrong byte replaced by U+FFFD: what is written can always be read again.
class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object();
  void end_object();
  void begin_list();
  void end_list();
  void key(std::string_view name);
  void text(std::string_view value);
  void integer(std::int64_t value);
  void number(std::uint64_t value);
  void boolean(bool value);

  /// All that was written. The writer must not be used after.
  [[nodiscard]] std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hs::model
