#include "server/open_files.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/check.h"

namespace hs::server {
namespace {

constexpr std::size_t kForOthers = 512;  ///< Devices, spools, the race file and its mirror.
constexpr std::size_t kUsual = 1'024;

}  // namespace

std::size_t most_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kUsual;
  const rlimit all{limit.rlim_max, limit.rlim_max};
  if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &all) == 0) limit = all;
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::size_t connections_within(std::size_t files, std::size_t listeners, std::size_t wanted) {
  HS_CHECK(listeners > 0, "connections of no listener");
  // Of very few, half.
  const std::size_t free = files - std::min(files / 2, kForOthers);
  return std::clamp<std::size_t>(free / listeners, 1, std::max<std::size_t>(wanted, 1));
}

}  // namespace hs::server
