#include "base/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace hs::base {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

tl::unexpected<Error> io_error(const std::string& path, int number, const char* doing) {
  const ErrorCode code = number == ENOSPC || number == EDQUOT ? ErrorCode::DiskFull
                         : number == ENOENT                   ? ErrorCode::NotFound
                                                              : ErrorCode::Io;
  return fail(code, std::string("cannot ") + doing + ": " + std::strerror(number), {path, 0, 0});
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
  const std::string beside = path + ".new";
  FileHandle file(std::fopen(beside.c_str(), "wb"));
  if (!file) return io_error(path, errno, "write");
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                       std::fflush(file.get()) == 0;
  if (!written) {
    const int number = errno;
    file.reset();
    ::unlink(beside.c_str());
    return io_error(path, number, "write");
  }
  file.reset();
  if (std::rename(beside.c_str(), path.c_str()) != 0) return io_error(path, errno, "write");
  return {};
}

Result<void> make_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code) return io_error(path, code.value(), "make the folder");
  return {};
}

}  // namespace hs::base
