#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"

namespace hs::test {

/// A disk of strings that can be full. Only tests include this.
class MemoryDisk final : public base::Disk {
 public:
  mutable std::map<std::string, std::string> contents;
  /// So many bytes are still taken; then the disk is full, in the middle of a write.
  mutable std::optional<std::size_t> room;
  bool can_cut = true;

  [[nodiscard]] base::Result<std::unique_ptr<base::AppendFile>> open(
      const std::string& path) const override {
    contents.try_emplace(path);
    return std::make_unique<File>(*this, path);
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path, std::uint64_t from,
                                               std::size_t most) const override {
    const auto at = contents.find(path);
    if (at == contents.end()) return missing(path);
    return from < at->second.size() ? at->second.substr(from, most) : std::string();
  }
  [[nodiscard]] base::Result<void> cut(const std::string& path, std::uint64_t size) const override {
    if (!can_cut) return base::fail(base::ErrorCode::Io, "cannot cut", {path, 0, 0});
    contents.at(path).resize(size);
    return {};
  }
  [[nodiscard]] base::Result<void> remove(const std::string& path) const override {
    contents.erase(path);
    return {};
  }
  [[nodiscard]] base::Result<std::vector<std::string>> files(
      const std::string& folder) const override {
    std::vector<std::string> names;
    for (const auto& [path, bytes] : contents) {
      if (path.compare(0, folder.size() + 1, folder + "/") == 0) {
        names.push_back(path.substr(folder.size() + 1));
      }
    }
    return names;
  }

 private:
  class File final : public base::AppendFile {
   public:
    File(const MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    [[nodiscard]] base::Result<void> append(std::string_view bytes) override {
      const std::size_t fits = std::min(bytes.size(), disk_.room.value_or(bytes.size()));
      disk_.contents.at(path_) += bytes.substr(0, fits);
      if (disk_.room) *disk_.room -= fits;
      if (fits == bytes.size()) return {};
      return base::fail(base::ErrorCode::DiskFull, "no room", {path_, 0, 0});
    }
    [[nodiscard]] std::uint64_t size() const override { return disk_.contents.at(path_).size(); }

   private:
    const MemoryDisk& disk_;
    std::string path_;
  };

  static tl::unexpected<base::Error> missing(const std::string& path) {
    return base::fail(base::ErrorCode::NotFound, "no such file", {path, 0, 0});
  }
};

}  // namespace hs::test
