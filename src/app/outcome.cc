#include "app/outcome.h"

#include <cstdio>

namespace hs::app {

Exit exit_of(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::InvalidInput:
    case base::ErrorCode::Unsupported:
    case base::ErrorCode::NotFound:
      return Exit::Refused;
    case base::ErrorCode::Busy:
    case base::ErrorCode::Corrupt:
    case base::ErrorCode::DiskFull:
    case base::ErrorCode::Io:
      return Exit::WorldFailed;
  }
  return Exit::WorldFailed;
}

Exit report(const base::Error& error) {
  std::fprintf(stderr, "homestretch: %s\n", error.text().c_str());
  return exit_of(error);
}

}  // namespace hs::app
