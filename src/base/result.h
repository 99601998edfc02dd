#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace hs::base {

/// Why something outside the program's control failed, chosen by what the caller does about it.
enum class ErrorCode {
  InvalidInput,  ///< A file or argument is wrong: tell the user where; nothing was changed.
  Unsupported,   ///< Understood, but this version cannot do it: tell the user in clear words.
  NotFound,      ///< A file, bib or race that was named does not exist.
  Busy,          ///< Somebody else holds it (a second writer): try later.
  Corrupt,       ///< Stored facts do not match their checksums: stop, name the fact.
  DiskFull,      ///< No room: stop cleanly, go on when there is room.
  Io,            ///< Disk or operating system failed in another way.
};

/// A place in an input text. `line` and `column` count from 1; 0 where there is no such place.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// What failed. `message` says it in one sentence: for input, what was found and what expected.
struct Error {
  ErrorCode code = ErrorCode::Io;
  std::string message;
  Place place;

  /// "file:line:column: message", leaving out the parts that are not known.
  [[nodiscard]] std::string text() const;
};

/// A value, or why the world (never the program) could not give one.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

/// Makes the failing side of a `Result`.
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, std::string message, Place place = {});

}  // namespace hs::base

#define HS_CONCAT_INNER(a, b) a##b
#define HS_CONCAT(a, b) HS_CONCAT_INNER(a, b)

/// `HS_TRY(auto x, expr)`: x becomes the value of `expr`, or this function returns its error.
#define HS_TRY(declaration, expression) \
  HS_TRY_INNER(HS_CONCAT(hs_try_, __LINE__), declaration, expression)
#define HS_TRY_INNER(name, declaration, expression)               \
  auto name = (expression);                                       \
  if (!name) return tl::make_unexpected(std::move(name).error()); \
  declaration = std::move(name).value()

/// `HS_TRY_VOID(expr)`: this function returns the error of `expr` if it has one.
#define HS_TRY_VOID(expression)                                                       \
  do {                                                                                \
    auto hs_try_result = (expression);                                                \
    if (!hs_try_result) return tl::make_unexpected(std::move(hs_try_result).error()); \
  } while (false)
