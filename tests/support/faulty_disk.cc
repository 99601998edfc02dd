#include "support/faulty_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>

#include "base/check.h"

// Implementation notes: SQLite's file layer is a table of C functions; each finds its disk through
// `pAppData` or through the file it is called on. Files are held by shared pointers, so one that
// is removed while open lives on as on a real disk. Locks do nothing, since there is one
// connection; the shared memory of the WAL is plain memory that goes when it is unmapped.

namespace hs::test {
namespace {

constexpr std::size_t kSector = 512;

/// One change that is not on the disk yet.
struct Pending {
  std::size_t offset = 0;
  std::string bytes;
  std::optional<std::size_t> cut;  ///< A truncation to this size instead of a write.
};

struct MemoryFile {
  std::string now;
  std::string synced;
  std::vector<Pending> pending;
  bool ever_synced = false;
  std::vector<std::unique_ptr<char[]>> shared;
};

void write_into(std::string& bytes, std::size_t offset, std::string_view piece) {
  if (bytes.size() < offset + piece.size()) bytes.resize(offset + piece.size(), '\0');
  bytes.replace(offset, piece.size(), piece);
}

void apply(std::string& bytes, const Pending& change, std::size_t size) {
  if (change.cut) {
    bytes.resize(*change.cut, '\0');
  } else if (size > 0) {
    write_into(bytes, change.offset, std::string_view(change.bytes).substr(0, size));
  }
}

}  // namespace

struct FaultyDisk::State {
  std::string name;
  sqlite3_vfs vfs{};
  std::map<std::string, std::shared_ptr<MemoryFile>> files;
  std::uint64_t calls_left = 0;  ///< Until the one that fails; 0: no fault is set.
  Fault fault = Fault::IoError;
  Lasting lasting = Lasting::Once;
  bool failed = false;
  bool failing = false;  ///< A lasting fault has begun.
  std::optional<std::size_t> room;
  std::mt19937_64 random{1};

  std::mutex stall;
  std::condition_variable let_go;
  bool holds = false;
  bool is_waited_for = false;

  void wait_while_held() {
    std::unique_lock lock(stall);
    is_waited_for = holds;
    let_go.wait(lock, [this] { return !holds; });
    is_waited_for = false;
  }

  [[nodiscard]] std::size_t used() const {
    std::size_t sum = 0;
    for (const auto& [ignored, file] : files) sum += file->now.size();
    return sum;
  }

  enum class Does : std::uint8_t { Read, Write };
  /// The code with which this call fails, or SQLITE_OK.
  int next_call(Does does, int failure) {
    if (!failing) {
      if (calls_left == 0 || --calls_left > 0) return SQLITE_OK;
      failing = true;
    }
    if (fault == Fault::DiskFull && does == Does::Read) return SQLITE_OK;
    failed = true;
    if (lasting == Lasting::Once) failing = false;
    return fault == Fault::DiskFull ? SQLITE_FULL : failure;
  }
};

namespace {

using State = FaultyDisk::State;

/// What SQLite keeps for an open file: its own part first.
struct OpenFile {
  sqlite3_file base{};
  State* disk = nullptr;
  std::shared_ptr<MemoryFile> file;
  std::string name;
  bool remove_on_close = false;
};

OpenFile& open_file(sqlite3_file* raw) { return *reinterpret_cast<OpenFile*>(raw); }
State& disk_of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

int do_close(sqlite3_file* raw) {
  OpenFile& open = open_file(raw);
  if (open.remove_on_close) open.disk->files.erase(open.name);
  open.~OpenFile();
  return SQLITE_OK;
}

int do_read(sqlite3_file* raw, void* to, int size, sqlite3_int64 offset) {
  OpenFile& open = open_file(raw);
  if (const int code = open.disk->next_call(State::Does::Read, SQLITE_IOERR_READ)) return code;
  const std::string& bytes = open.file->now;
  const auto wanted = static_cast<std::size_t>(size);
  const auto from = std::min(static_cast<std::size_t>(offset), bytes.size());
  const std::size_t got = std::min(wanted, bytes.size() - from);
  std::memcpy(to, bytes.data() + from, got);
  std::memset(static_cast<char*>(to) + got, 0, wanted - got);
  return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int do_write(sqlite3_file* raw, const void* from, int size, sqlite3_int64 offset) {
  OpenFile& open = open_file(raw);
  State& disk = *open.disk;
  if (const int code = disk.next_call(State::Does::Write, SQLITE_IOERR_WRITE)) return code;
  const std::string_view piece(static_cast<const char*>(from), static_cast<std::size_t>(size));
  const auto at = static_cast<std::size_t>(offset);
  const std::size_t end = at + piece.size();
  const std::size_t grows = end > open.file->now.size() ? end - open.file->now.size() : 0;
  if (disk.room && grows > 0 && disk.used() + grows > *disk.room) return SQLITE_FULL;
  write_into(open.file->now, at, piece);
  open.file->pending.push_back({at, std::string(piece), std::nullopt});
  return SQLITE_OK;
}

int do_truncate(sqlite3_file* raw, sqlite3_int64 size) {
  OpenFile& open = open_file(raw);
  const int code = open.disk->next_call(State::Does::Write, SQLITE_IOERR_TRUNCATE);
  if (code != SQLITE_OK) return code;
  const auto to = static_cast<std::size_t>(size);
  open.file->now.resize(to, '\0');
  open.file->pending.push_back({0, {}, to});
  return SQLITE_OK;
}

int do_sync(sqlite3_file* raw, int) {
  OpenFile& open = open_file(raw);
  open.disk->wait_while_held();
  if (const int code = open.disk->next_call(State::Does::Write, SQLITE_IOERR_FSYNC)) return code;
  open.file->synced = open.file->now;
  open.file->pending.clear();
  open.file->ever_synced = true;
  return SQLITE_OK;
}

int do_file_size(sqlite3_file* raw, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(open_file(raw).file->now.size());
  return SQLITE_OK;
}

int do_nothing(sqlite3_file*, int) { return SQLITE_OK; }

int do_check_reserved(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}

int do_file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int do_sector_size(sqlite3_file*) { return kSector; }
int do_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int do_shm_map(sqlite3_file* raw, int region, int size, int extend, void volatile** to) {
  auto& shared = open_file(raw).file->shared;
  const auto index = static_cast<std::size_t>(region);
  *to = nullptr;
  if (index >= shared.size() && extend == 0) return SQLITE_OK;
  while (shared.size() <= index) {
    const auto bytes = static_cast<std::size_t>(size);
    shared.push_back(std::make_unique<char[]>(bytes));
  }
  *to = shared[index].get();
  return SQLITE_OK;
}

int do_shm_lock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void do_shm_barrier(sqlite3_file*) {}

int do_shm_unmap(sqlite3_file* raw, int) {
  open_file(raw).file->shared.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,
                                     do_close,
                                     do_read,
                                     do_write,
                                     do_truncate,
                                     do_sync,
                                     do_file_size,
                                     do_nothing,  // lock
                                     do_nothing,  // unlock
                                     do_check_reserved,
                                     do_file_control,
                                     do_sector_size,
                                     do_characteristics,
                                     do_shm_map,
                                     do_shm_lock,
                                     do_shm_barrier,
                                     do_shm_unmap,
                                     nullptr,
                                     nullptr};

int do_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* raw, int flags, int* out_flags) {
  State& disk = disk_of(vfs);
  raw->pMethods = nullptr;
  if (const int code = disk.next_call(State::Does::Write, SQLITE_CANTOPEN)) return code;
  const std::string key = name == nullptr ? "temporary" : name;
  auto found = disk.files.find(key);
  if (found == disk.files.end()) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    found = disk.files.emplace(key, std::make_shared<MemoryFile>()).first;
  }
  auto* open = new (raw) OpenFile;
  open->base.pMethods = &kMethods;
  open->disk = &disk;
  open->file = found->second;
  open->name = key;
  open->remove_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int do_delete(sqlite3_vfs* vfs, const char* name, int) {
  State& disk = disk_of(vfs);
  if (const int code = disk.next_call(State::Does::Write, SQLITE_IOERR_DELETE)) return code;
  return disk.files.erase(name) == 0 ? SQLITE_IOERR_DELETE_NOENT : SQLITE_OK;
}

int do_access(sqlite3_vfs* vfs, const char* name, int, int* there) {
  *there = disk_of(vfs).files.count(name) > 0 ? 1 : 0;
  return SQLITE_OK;
}

int do_full_name(sqlite3_vfs*, const char* name, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", name);
  return SQLITE_OK;
}

int do_randomness(sqlite3_vfs* vfs, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk_of(vfs).random() & 0xff);
  return size;
}

int do_sleep(sqlite3_vfs*, int micros) { return micros; }

int do_time(sqlite3_vfs*, sqlite3_int64* millis) {
  *millis = 213'000'000'000'000;  // Some day in the 21st century, in Julian milliseconds.
  return SQLITE_OK;
}

}  // namespace

FaultyDisk::FaultyDisk() : state_(std::make_unique<State>()) {
  static int count = 0;
  state_->name = "faulty-disk-" + std::to_string(++count);
  sqlite3_vfs& vfs = state_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(OpenFile);
  vfs.mxPathname = 512;
  vfs.zName = state_->name.c_str();
  vfs.pAppData = state_.get();
  vfs.xOpen = do_open;
  vfs.xDelete = do_delete;
  vfs.xAccess = do_access;
  vfs.xFullPathname = do_full_name;
  vfs.xRandomness = do_randomness;
  vfs.xSleep = do_sleep;
  vfs.xCurrentTimeInt64 = do_time;
  HS_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK, "SQLite takes no faulty disk");
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&state_->vfs); }

const std::string& FaultyDisk::vfs() const { return state_->name; }

void FaultyDisk::fail_call(std::uint64_t n, Fault fault, Lasting lasting) {
  heal();
  state_->calls_left = n;
  state_->fault = fault;
  state_->lasting = lasting;
}

void FaultyDisk::heal() {
  state_->calls_left = 0;
  state_->failing = false;
  state_->failed = false;
}

bool FaultyDisk::has_failed() const { return state_->failed; }
void FaultyDisk::hold_syncs() {
  const std::lock_guard lock(state_->stall);
  state_->holds = true;
}

void FaultyDisk::let_syncs_go() {
  {
    const std::lock_guard lock(state_->stall);
    state_->holds = false;
  }
  state_->let_go.notify_all();
}

bool FaultyDisk::is_holding() const {
  const std::lock_guard lock(state_->stall);
  return state_->is_waited_for;
}

void FaultyDisk::set_room(std::optional<std::size_t> bytes) { state_->room = bytes; }

void FaultyDisk::crash(std::mt19937_64& random) {
  Image left;
  for (const auto& [name, file] : state_->files) {
    std::string bytes = file->synced;
    for (const Pending& change : file->pending) {
      const std::size_t sectors = (change.bytes.size() + kSector - 1) / kSector;
      const std::size_t kept = random() % (sectors + 2);  // None, some, all, or all again.
      apply(bytes, change, std::min(change.bytes.size(), kept * kSector));
    }
    // A file that was never synced may be gone, name and all.
    if (file->ever_synced || random() % 2 == 0) left[name] = bytes;
  }
  restore(left);
}

bool FaultyDisk::exists(const std::string& name) const { return state_->files.count(name) > 0; }

std::string FaultyDisk::bytes(const std::string& name) const {
  const auto found = state_->files.find(name);
  return found == state_->files.end() ? std::string() : found->second->now;
}

void FaultyDisk::put(const std::string& name, std::string_view bytes) {
  auto file = std::make_shared<MemoryFile>();
  file->now = file->synced = std::string(bytes);
  file->ever_synced = true;
  state_->files[name] = std::move(file);
}

void FaultyDisk::remove(const std::string& name) { state_->files.erase(name); }

FaultyDisk::Image FaultyDisk::image() const {
  Image out;
  for (const auto& [name, file] : state_->files) out[name] = file->now;
  return out;
}

void FaultyDisk::restore(const Image& image) {
  state_->files.clear();
  for (const auto& [name, bytes] : image) put(name, bytes);
}

}  // namespace hs::test
