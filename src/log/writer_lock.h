#pragma once

#include <string>

#include "base/result.h"

namespace hs::log {

/// Held by the one writer of a race file: a lock of the operating system on `PATH-lock`.
///
/// The lock belongs to the open file, so the system frees it when the process ends, however it
/// ends; a `-lock` file left behind by a killed process holds nobody up.
class WriterLock {
 public:
  /// Holds nothing.
  WriterLock() = default;
  /// Errors: Busy if somebody holds it, in this process or another; Io; DiskFull.
  [[nodiscard]] static base::Result<WriterLock> take(const std::string& race_file);

  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  WriterLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
  void release();

  int file_ = -1;
  std::string path_;
};

}  // namespace hs::log
