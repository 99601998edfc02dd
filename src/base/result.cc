#include "base/result.h"

namespace hs::base {

std::string Error::text() const {
  std::string out = place.file;
  if (place.line > 0) out += (out.empty() ? "line " : ":") + std::to_string(place.line);
  if (place.column > 0) out += ":" + std::to_string(place.column);
  if (!out.empty()) out += ": ";
  return out + message;
}

tl::unexpected<Error> fail(ErrorCode code, std::string message, Place place) {
  return tl::make_unexpected(Error{code, std::move(message), std::move(place)});
}

}  // namespace hs::base
