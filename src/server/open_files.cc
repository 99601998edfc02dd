#include "server/open_files.h"

#include <sys/resource.h>

#include <algorithm>

namespace hs::server {
namespace {

constexpr std::size_t kForOthers = 512;  ///< Devices, spools, the race file and its mirror.
constexpr std::size_t kUsual = 1'024;
constexpr std::size_t kOneInOfOfficials = 10;

}  // namespace

std::size_t most_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kUsual;
  const rlimit all{limit.rlim_max, limit.rlim_max};
  if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &all) == 0) limit = all;
  return static_cast<std::size_t>(limit.rlim_cur);
}

ConnectionShares connections_within(std::size_t files, PublicListener is_public,
                                    std::size_t wanted) {
  // Of very few, half.
  const std::size_t free = files - std::min(files / 2, kForOthers);
  const auto at_most = [&](std::size_t share) {
    return std::clamp<std::size_t>(share, 1, std::max<std::size_t>(wanted, 1));
  };
  if (is_public == PublicListener::No) return {at_most(free), 0};
  const std::size_t officials = free / kOneInOfOfficials;
  return {at_most(officials), at_most(free - officials)};
}

}  // namespace hs::server
