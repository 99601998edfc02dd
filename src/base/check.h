#pragma once

namespace hs::base {

/// Stops the process because the program itself is wrong. Never used for bad input.
[[noreturn]] void check_failed(const char* condition, const char* what, const char* file, int line);

}  // namespace hs::base

/// Stops the program when `condition` is false. On in every build, release included: a wrong
/// result is worse than none. For bad input and a failing world use `Result<T>` instead.
#define HS_CHECK(condition, what)                                       \
  do {                                                                  \
    if (!(condition)) [[unlikely]]                                      \
      ::hs::base::check_failed(#condition, (what), __FILE__, __LINE__); \
  } while (false)
