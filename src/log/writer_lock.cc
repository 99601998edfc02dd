#include "log/writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

// Implementation notes: flock and not fcntl, because fcntl's locks vanish when any descriptor of
// the same file is closed in the process. A file beside the race file and not the race file
// itself, because SQLite uses fcntl there and closing ours would drop SQLite's. The file is
// removed by the one who holds the lock; who waits for it therefore looks whether what was locked
// still is the file of that name.

namespace hs::log {
namespace {

tl::unexpected<base::Error> cannot_lock(const std::string& path) {
  const int number = errno;
  const auto code =
      number == ENOSPC || number == EDQUOT ? base::ErrorCode::DiskFull : base::ErrorCode::Io;
  return base::fail(code, std::string("cannot lock the race file: ") + std::strerror(number),
                    {path, 0, 0});
}

bool is_still_named(int file, const std::string& path) {
  struct stat held {};
  struct stat named {};
  return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

}  // namespace

base::Result<WriterLock> WriterLock::take(const std::string& race_file) {
  const std::string path = race_file + "-lock";
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return cannot_lock(path);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      const bool held = errno == EWOULDBLOCK;
      const auto error = cannot_lock(path);
      ::close(file);
      if (!held) return error;
      return base::fail(base::ErrorCode::Busy,
                        "another program is writing this race file; only one may at a time. "
                        "Close it there, or look at a backup of it",
                        {race_file, 0, 0});
    }
    if (is_still_named(file, path)) return WriterLock(file, path);
    ::close(file);  // Its last holder removed it in between: lock the new one.
  }
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  if (this == &other) return *this;
  release();
  file_ = std::exchange(other.file_, -1);
  path_ = std::move(other.path_);
  return *this;
}

WriterLock::~WriterLock() { release(); }

void WriterLock::release() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());  // While it is held, so that nobody holds the removed one.
  ::close(file_);
  file_ = -1;
}

}  // namespace hs::log
