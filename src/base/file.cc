#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/io_error.h"

namespace hs::base {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

/// False, with `errno` set, unless all bytes are on the disk.
bool write_and_sync(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() &&
                       std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0;
  const int number = errno;
  const bool closed =
      std::fclose(file) == 0;  // Network disks may say only here that they are full.
  if (!written) errno = number;
  return written && closed;
}

/// Puts the new name on the disk. Not every file system can do that for a folder, and the file is
/// whole either way, so a failure is none of the caller's.
void sync_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const std::string name = folder.empty() ? "." : folder.string();
  const int file = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  (void)::fsync(file);
  ::close(file);
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return io_error(path, errno, "read");
  if (S_ISDIR(about.st_mode)) return io_error(path, EISDIR, "read");
  const FileHandle file(std::fopen(path.c_str(), "rb"));
  if (!file) return io_error(path, errno, "read");
  std::string out;
  out.resize(static_cast<std::size_t>(about.st_size));
  std::size_t got = std::fread(out.data(), 1, out.size(), file.get());
  out.resize(got);
  // The file may have grown while we read it, or be a pipe of unknown size.
  char more[65536];
  while ((got = std::fread(more, 1, sizeof more, file.get())) > 0) out.append(more, got);
  if (std::ferror(file.get()) != 0) return io_error(path, errno, "read");
  return out;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  // The process is in the name: two programs that write one file do not mix their bytes.
  const std::string beside = path + ".new-" + std::to_string(::getpid());
  if (!write_and_sync(beside, bytes) || std::rename(beside.c_str(), path.c_str()) != 0) {
    const int number = errno;
    ::unlink(beside.c_str());
    return io_error(path, number, "write");
  }
  sync_folder_of(path);
  return {};
}

Result<void> make_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code) return io_error(path, code.value(), "make the folder");
  return {};
}

}  // namespace hs::base
