#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hs::base {

/// A file that is written piece by piece and appears under its name whole, or not at all: what
/// `write_file` is for files too large to be held in memory.
///
/// Threads: one writer in one thread.
class FileWriter {
 public:
  /// Errors: DiskFull, Io.
  [[nodiscard]] static Result<FileWriter> open(const std::string& path);

  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();  ///< Without `keep` nothing is left behind.

  /// Errors: DiskFull, Io; the writer is then good for nothing but its end.
  [[nodiscard]] Result<void> write(std::string_view bytes);

  /// Syncs and gives the file its name; call it once, last. Errors: DiskFull, Io.
  [[nodiscard]] Result<void> keep();

 private:
  FileWriter(std::string path, std::string beside, std::FILE* file);
  std::string path_;
  std::string beside_;
  std::FILE* file_;
};

}  // namespace hs::base
