#include "base/io_error.h"

#include <cerrno>
#include <cstring>

namespace hs::base {

tl::unexpected<Error> io_error(const std::string& path, int number, const char* doing) {
  const ErrorCode code = number == ENOSPC || number == EDQUOT || number == EFBIG
                             ? ErrorCode::DiskFull
                         : number == ENOENT ? ErrorCode::NotFound
                                            : ErrorCode::Io;
  return fail(code, std::string("cannot ") + doing + ": " + std::strerror(number), {path, 0, 0});
}

}  // namespace hs::base
