#include "base/file_writer.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/check.h"
#include "base/io_error.h"

namespace hs::base {

FileWriter::FileWriter(std::string path, std::string beside, std::FILE* file)
    : path_(std::move(path)), beside_(std::move(beside)), file_(file) {}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      beside_(std::move(other.beside_)),
      file_(std::exchange(other.file_, nullptr)) {}

FileWriter::~FileWriter() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  ::unlink(beside_.c_str());
}

Result<FileWriter> FileWriter::open(const std::string& path) {
  std::string beside = path + ".new-" + std::to_string(::getpid());  // As `write_file` does.
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  if (file == nullptr) return io_error(path, errno, "write");
  return FileWriter(path, std::move(beside), file);
}

Result<void> FileWriter::write(std::string_view bytes) {
  HS_CHECK(file_ != nullptr, "a file is not written to after it was kept");
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    return io_error(path_, errno, "write");
  }
  return {};
}

Result<void> FileWriter::keep() {
  HS_CHECK(file_ != nullptr, "a file is kept once");
  const bool synced = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  int number = errno;
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (synced && !closed) number = errno;
  if (synced && closed && std::rename(beside_.c_str(), path_.c_str()) == 0) return {};
  if (synced && closed) number = errno;
  ::unlink(beside_.c_str());
  return io_error(path_, number, "write");
}

}  // namespace hs::base
