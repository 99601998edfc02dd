#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/chip_file.h"
#include "model/event.h"

namespace hs::server {

/// Reads that somebody sent in one request.
struct PostedReads {
  std::vector<formats::ParsedStream> streams;
  std::vector<formats::BadLine> bad;  ///< By line of the body.
  std::size_t reads = 0;
};

/// Reads of a request: CSV with a header row, or a JSON object a line with the same names (`mat`,
/// `tag`, `time`, and maybe `antenna`, `rssi`, `device`, `seq`). A row that names a mat which the
/// event has not is bad.
///
/// Errors: those of `formats::parse_chip_file` for the format `csv`.
/// Source: docs/read-formats.md, "csv".
[[nodiscard]] base::Result<PostedReads> parse_posted_reads(std::string_view body,
                                                           const model::Event& event,
                                                           const std::string& from);

}  // namespace hs::server
