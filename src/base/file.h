#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace hs::base {

/// The whole file, as bytes. Errors: NotFound, Io (also for a folder).
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Writes the whole file so that a reader, now or after a power cut, sees the old one or the new
/// one, never half of it: a temporary file beside it, synced, then a rename.
/// Errors: DiskFull, Io; the old file stays and nothing else is left behind.
/// Cost:   a sync of the disk, some milliseconds.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view bytes);

/// Makes the folder and those above it; no error where it exists. Errors: Io.
[[nodiscard]] Result<void> make_folder(const std::string& path);

}  // namespace hs::base
