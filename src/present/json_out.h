#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace hs::present {

/// Writes one JSON text, compact, keys in the order given. `key` then a value; in arrays values
/// alone. The convenience calls leave the key out where the value is absent.
class JsonOut {
 public:
  JsonOut();
  ~JsonOut();
  JsonOut(const JsonOut&) = delete;
  JsonOut& operator=(const JsonOut&) = delete;

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void text(std::string_view value);
  void integer(std::int64_t value);
  void boolean(bool value);
  /// A number already written out, such as "21097.5"; must be valid JSON.
  void number(std::string_view digits);

  /// A value that is JSON already; must be valid.
  void json(std::string_view value) { number(value); }

  void text_of(std::string_view name, std::string_view value);  ///< Nothing where empty.
  void integer_of(std::string_view name, std::int64_t value);
  void boolean_of(std::string_view name, bool value);
  void number_of(std::string_view name, std::string_view digits);
  /// Whole milliseconds, cut towards zero; nothing where absent. Name the key `*_ms`.
  void milliseconds_of(std::string_view name, std::optional<base::Duration> value);
  /// RFC 3339 UTC; nothing where absent. Name the key `*_at`.
  void instant_of(std::string_view name, std::optional<base::RaceTime> value);

  /// The text written so far; complete once every object and array is ended.
  [[nodiscard]] std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hs::present
