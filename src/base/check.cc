#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace hs::base {

void check_failed(const char* condition, const char* what, const char* file, int line) {
  std::fprintf(stderr, "homestretch: bug: %s (%s) at %s:%d\n", what, condition, file, line);
  std::fflush(stderr);
  std::abort();
}

}  // namespace hs::base
