#include "base/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/io_error.h"

namespace hs::base {
namespace {

/// A file descriptor that is closed in the end.
class Handle {
 public:
  explicit Handle(int file) : file_(file) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (file_ >= 0) ::close(file_);
  }
  [[nodiscard]] int get() const { return file_; }

 private:
  int file_;
};

class SystemFile final : public AppendFile {
 public:
  SystemFile(std::string path, int file, std::uint64_t size)
      : path_(std::move(path)), file_(file), size_(size) {}

  [[nodiscard]] Result<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return io_error(path_, errno, "write");
      size_ += static_cast<std::uint64_t>(written);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  std::string path_;
  Handle file_;
  std::uint64_t size_;
};

class SystemDisk final : public Disk {
 public:
  [[nodiscard]] Result<std::unique_ptr<AppendFile>> open(const std::string& path) const override {
    constexpr mode_t kOwnerAndGroup = 0640;
    const int file =
        ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerAndGroup);
    if (file < 0) return io_error(path, errno, "open");
    struct stat about {};
    if (::fstat(file, &about) != 0) {
      const int number = errno;
      ::close(file);
      return io_error(path, number, "open");
    }
    return std::make_unique<SystemFile>(path, file, static_cast<std::uint64_t>(about.st_size));
  }

  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t from,
                                         std::size_t most) const override {
    const Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return io_error(path, errno, "read");
    std::string out(most, '\0');
    std::size_t got = 0;
    while (got < most) {
      const ssize_t more =
          ::pread(file.get(), out.data() + got, most - got, static_cast<off_t>(from + got));
      if (more < 0 && errno == EINTR) continue;
      if (more < 0) return io_error(path, errno, "read");
      if (more == 0) break;
      got += static_cast<std::size_t>(more);
    }
    out.resize(got);
    return out;
  }

  [[nodiscard]] Result<void> cut(const std::string& path, std::uint64_t size) const override {
    if (::truncate(path.c_str(), static_cast<off_t>(size)) == 0) return {};
    return io_error(path, errno, "cut");
  }

  [[nodiscard]] Result<void> remove(const std::string& path) const override {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
    return io_error(path, errno, "remove");
  }

  [[nodiscard]] Result<std::vector<std::string>> files(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code code;
    for (std::filesystem::directory_iterator at(folder, code), end; !code && at != end;
         at.increment(code)) {
      if (at->is_regular_file(code)) names.push_back(at->path().filename().string());
    }
    if (code && code != std::errc::no_such_file_or_directory) {
      return io_error(folder, code.value(), "list");
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

}  // namespace

const Disk& system_disk() {
  static const SystemDisk kDisk;
  return kDisk;
}

}  // namespace hs::base
