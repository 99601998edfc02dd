#pragma once

#include <cstddef>

namespace hs::server {

/// Lets this process open as many files as the system allows it at most, and says how many. The
/// usual 1,024 would be used up by as many spectators, and then no device could call and no spool
/// begin a segment.
[[nodiscard]] std::size_t most_open_files();

/// How many connections each of `listeners` may hold where so many files may be open: some are kept
/// for devices, spools and the race file. At most `wanted`, at least one.
[[nodiscard]] std::size_t connections_within(std::size_t files, std::size_t listeners,
                                             std::size_t wanted);

}  // namespace hs::server
