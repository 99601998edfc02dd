#include "base/sqlite.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/check.h"

// Implementation notes: the only file that knows SQLite's functions. Binding cannot fail except by
// a wrong index or lack of memory, both of which stop the program.

namespace hs::base {
namespace {

/// How long to wait for somebody else's short lock (a backup beginning, a journal being recovered).
constexpr int kBusyWaitMillis = 5000;

ErrorCode code_of(int code, int system_errno) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return ErrorCode::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::Busy;
    case SQLITE_CORRUPT:
      return ErrorCode::Corrupt;
    case SQLITE_NOTADB:
      return ErrorCode::InvalidInput;
    default:
      break;
  }
  // A quota and a limit on the size of files are a full disk to the caller.
  const bool full = system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
  return (code & 0xff) == SQLITE_IOERR && full ? ErrorCode::DiskFull : ErrorCode::Io;
}

const char* words_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::DiskFull:
      return "the disk is full; nothing was lost, make room and go on";
    case ErrorCode::Busy:
      return "somebody else holds the file";
    case ErrorCode::Corrupt:
      return "the file is damaged";
    case ErrorCode::InvalidInput:
      return "this is no database of Homestretch, or its beginning is damaged";
    case ErrorCode::Unsupported:
    case ErrorCode::NotFound:
    case ErrorCode::Io:
      return "the disk or the operating system failed";
  }
  return "";
}

/// The operating system's error number behind a failed write, or 0. SQLite asks for it too late,
/// when other calls have overwritten it, but each file remembers its own.
int number_of_failed_write(sqlite3* database) {
  int of_file = 0;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
  int of_journal = 0;
  sqlite3_file* journal = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
  if (journal != nullptr && journal->pMethods != nullptr) {
    journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &of_journal);
  }
  return of_journal != 0 ? of_journal : of_file;
}

/// The error of a connection: what it means to the caller, and SQLite's own words for the log.
tl::unexpected<Error> error_of(sqlite3* database, const std::string& doing,
                               const std::string& path) {
  const int code = sqlite3_extended_errcode(database);
  const bool failed_write = code == SQLITE_IOERR_WRITE;
  const int number =
      failed_write ? number_of_failed_write(database) : sqlite3_system_errno(database);
  const ErrorCode ours = code_of(code, number);
  std::string message = doing.empty() ? "" : "cannot " + doing + ": ";
  message += std::string(words_for(ours)) + " (" + sqlite3_errmsg(database) + ", SQLite " +
             std::to_string(code);
  if (number != 0) message += std::string(", ") + std::strerror(number);
  return fail(ours, message + ")", {path, 0, 0});
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* raw) const { sqlite3_finalize(raw); }

Statement& Statement::bind(int index, std::int64_t value) {
  HS_CHECK(sqlite3_bind_int64(raw_.get(), index, value) == SQLITE_OK, "cannot bind a number");
  return *this;
}

Statement& Statement::bind(int index, std::string_view blob) {
  // Without an address SQLite would bind NULL instead of an empty blob.
  const char* begin = blob.data() == nullptr ? "" : blob.data();
  HS_CHECK(sqlite3_bind_blob64(raw_.get(), index, begin, blob.size(), SQLITE_STATIC) == SQLITE_OK,
           "cannot bind bytes");
  return *this;
}

Statement& Statement::bind_text(int index, std::string_view utf8) {
  const char* begin = utf8.data() == nullptr ? "" : utf8.data();
  HS_CHECK(sqlite3_bind_text64(raw_.get(), index, begin, utf8.size(), SQLITE_STATIC, SQLITE_UTF8) ==
               SQLITE_OK,
           "cannot bind text");
  return *this;
}

Statement& Statement::bind_null(int index) {
  HS_CHECK(sqlite3_bind_null(raw_.get(), index) == SQLITE_OK, "cannot bind NULL");
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(raw_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* database = sqlite3_db_handle(raw_.get());
  const char* path = sqlite3_db_filename(database, "main");
  auto error = error_of(database, "", path == nullptr ? "" : path);
  sqlite3_reset(raw_.get());
  return error;
}

Result<void> Statement::run() {
  HS_TRY(const bool row, step());
  HS_CHECK(!row, "a statement gave a row that nobody reads");
  reset();
  return {};
}

void Statement::reset() { sqlite3_reset(raw_.get()); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(raw_.get(), column);
}

std::string_view Statement::blob(int column) const {
  const void* begin = sqlite3_column_blob(raw_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), column));
  return {static_cast<const char*>(begin), size};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(raw_.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* raw) const { sqlite3_close_v2(raw); }

Result<Database> Database::open(const std::string& path, Access access, const std::string& vfs) {
  int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
  flags |=
      access == Access::Create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  std::string name = path;
  if (access == Access::ReadFrozen) {
    flags |= SQLITE_OPEN_URI;
    name = "file:";
    for (const char c : path) {
      // What means something in a URI is written as its number.
      const bool plain = c != '%' && c != '?' && c != '#';
      constexpr char kDigits[] = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      name +=
          plain ? std::string(1, c) : std::string{'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    name += "?immutable=1";
  }
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw, flags, vfs.empty() ? nullptr : vfs.c_str());
  Database out(raw, path);
  if (code != SQLITE_OK) return out.error("open");
  sqlite3_busy_timeout(raw, kBusyWaitMillis);
  return out;
}

tl::unexpected<Error> Database::error(const char* doing) const {
  return error_of(raw_.get(), doing, path_);
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(raw_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error("use the file");
  }
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(raw_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return error("use the file");
  return Statement(raw);
}

Result<std::int64_t> Database::number(std::string_view sql) const {
  HS_TRY(Statement statement, prepare(sql));
  HS_TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(raw_.get()) == 0; }

Result<void> Database::copy_to(Database& to) const {
  sqlite3_backup* backup = sqlite3_backup_init(to.raw(), "main", raw(), "main");
  if (backup == nullptr) return to.error("begin the copy");
  // All pages in one step: a snapshot. Writers do not wait for it, since the journal is a WAL.
  const int code = sqlite3_backup_step(backup, -1);
  const int end = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE || end != SQLITE_OK) return to.error("copy the file");
  return {};
}

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
  HS_TRY_VOID(database.run(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  // A rollback that fails leaves nothing to be done: the journal still holds the truth.
  static_cast<void>(sqlite3_exec(database_->raw(), "ROLLBACK", nullptr, nullptr, nullptr));
}

Result<void> Transaction::commit() { return database_->run("COMMIT"); }

}  // namespace hs::base
