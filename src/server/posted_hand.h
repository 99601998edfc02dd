#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/chip_file.h"
#include "model/event.h"
#include "model/ids.h"

namespace hs::server {

/// Lines of hand timing that somebody sent in one request.
struct PostedHand {
  std::vector<formats::ParsedStream> streams;  ///< That of the times, that of the bibs.
  std::vector<formats::BadLine> bad;           ///< By place in `lines`, from 1.
  std::size_t lines = 0;                       ///< The good ones.
};

/// Lines of a request: a JSON object with `list`, `mat` and `lines`, each of which has its own
/// number `line` and either `at` (RFC 3339 with an offset) or `bib` ("?": nobody saw the number).
///
/// A line is known by list, number and what it says: sent again it is the same one. Times and bibs
/// of one list are two lists, each with numbers of its own. A bad line costs itself.
///
/// Errors: InvalidInput where it is no such object, names a mat that the event has not, or has more
///         than `kMostHandLines` lines.
/// Source: docs/http-api.md.
[[nodiscard]] base::Result<PostedHand> parse_posted_hand(std::string_view body,
                                                         const model::Event& event,
                                                         const std::string& from);

inline constexpr std::size_t kMostHandLines = 1'000;

/// A time of a list, as whoever accepts it saw it, and whose it is.
struct AcceptedLine {
  std::uint32_t line = 0;
  std::string at;    ///< As `GET /api/v1/hand` gave it.
  std::string race;  ///< Empty: that of the whole block.
  model::BibNumber bib;
};

/// A block of hand timing that somebody accepts.
struct AcceptedBlock {
  std::string id;  ///< Chosen by whoever asks, so that asking again adds nothing.
  std::string race;
  std::string list;  ///< Of the times.
  std::string reason;
  std::vector<AcceptedLine> lines;
};

/// Reads a request that accepts.
/// Errors: InvalidInput, naming the first field that does not fit: a block is accepted whole.
[[nodiscard]] base::Result<AcceptedBlock> parse_accepted_block(std::string_view body);

}  // namespace hs::server
