#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hs::base {

/// A file that only grows at its end.
class AppendFile {
 public:
  AppendFile() = default;
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  virtual ~AppendFile() = default;

  /// Hands all bytes to the operating system, behind what is there: a killed process loses none of
  /// them, a power cut may.
  /// Errors: DiskFull, Io; a part of the bytes may then stand at the end of the file.
  [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;

  [[nodiscard]] virtual std::uint64_t size() const = 0;  ///< Bytes.
};

/// Files and folders, behind a seam so that tests can fill a disk, tear a file and count. For what
/// must grow without waiting; whole files go through `write_file`, the race file through SQLite.
///
/// Threads: safe from any, as long as no two use one path.
class Disk {
 public:
  Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  virtual ~Disk() = default;

  /// Opens or makes. Errors: NotFound where the folder is missing, Io.
  [[nodiscard]] virtual Result<std::unique_ptr<AppendFile>> open(const std::string& path) const = 0;

  /// At most `most` bytes from `from` on; fewer at the end of the file, none behind it.
  /// Errors: NotFound, Io.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::uint64_t from,
                                                 std::size_t most) const = 0;

  /// Cuts the file to its first `size` bytes. Errors: NotFound, Io.
  [[nodiscard]] virtual Result<void> cut(const std::string& path, std::uint64_t size) const = 0;

  /// Errors: Io; a file that is not there is none.
  [[nodiscard]] virtual Result<void> remove(const std::string& path) const = 0;

  /// The names of the files in a folder, sorted; none where it is missing. Errors: Io.
  [[nodiscard]] virtual Result<std::vector<std::string>> files(const std::string& folder) const = 0;
};

/// The computer's own disk.
[[nodiscard]] const Disk& system_disk();

}  // namespace hs::base
