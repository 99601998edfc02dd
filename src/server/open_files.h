#pragma once

#include <cstddef>

namespace hs::server {

/// Lets this process open as many files as the system allows it at most, and says how many. The
/// usual 1,024 would be used up by as many spectators, and then no device could call and no spool
/// begin a segment.
[[nodiscard]] std::size_t most_open_files();

enum class PublicListener { No, Yes };

/// How many connections each listener may hold.
struct ConnectionShares {
  std::size_t officials = 0;
  std::size_t everybody = 0;  ///< 0 without a public listener.
};

/// The shares where so many files may be open: some are kept for devices, spools and the race file.
/// Of the rest those at the race, who are few, have a tenth, and all where there is no public
/// listener. Each at most `wanted`, at least one.
[[nodiscard]] ConnectionShares connections_within(std::size_t files, PublicListener is_public,
                                                  std::size_t wanted);

}  // namespace hs::server
