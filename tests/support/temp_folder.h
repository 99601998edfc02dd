#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "base/check.h"

namespace hs::test {

/// A folder of its own for one test, gone with the object. In memory where the system has such a
/// place: tests sync thousands of times, and what a disk does is tested elsewhere.
class TempFolder {
 public:
  TempFolder() {
    const std::filesystem::path in_memory = "/dev/shm";
    const bool has_memory = ::access(in_memory.c_str(), W_OK) == 0;
    const auto base = has_memory ? in_memory : std::filesystem::temp_directory_path();
    std::string name = (base / "hs-test-XXXXXX").string();
    HS_CHECK(::mkdtemp(name.data()) != nullptr, "no temporary folder for a test");
    path_ = name;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string path() const { return path_; }
  /// The path of something in the folder.
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace hs::test
