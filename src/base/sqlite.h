#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hs::base {

/// A prepared SQL statement. Bound texts and blobs must hold until the statement is stepped.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view blob);
  Statement& bind_text(int index, std::string_view utf8);
  Statement& bind_null(int index);

  /// True: a row is there to be read. Errors: those of the database.
  [[nodiscard]] Result<bool> step();
  /// Steps a statement that gives no row, and makes it ready for the next time.
  [[nodiscard]] Result<void> run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  /// The bytes of a blob or text. Holds until the next step or reset.
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* raw) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> raw_;
};

/// A connection to an SQLite database.
class Database {
 public:
  enum class Access : std::uint8_t { Create, Read, ReadFrozen };

  /// `vfs` empty: the system's. `ReadFrozen` is for files that nobody can write: it neither locks
  /// nor looks for a journal. Errors: as `error`.
  [[nodiscard]] static Result<Database> open(const std::string& path, Access access,
                                             const std::string& vfs = {});

  [[nodiscard]] Result<void> run(const char* sql);
  [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
  /// The one number of the first row; 0 where there is none.
  [[nodiscard]] Result<std::int64_t> number(std::string_view sql) const;

  /// True between BEGIN and COMMIT or ROLLBACK.
  [[nodiscard]] bool in_transaction() const;

  /// What went wrong last on this connection, in words, with the code a caller acts upon.
  [[nodiscard]] tl::unexpected<Error> error(const char* doing) const;

  /// Copies all of this database over `to`, as it stands at one moment.
  [[nodiscard]] Result<void> copy_to(Database& to) const;

  [[nodiscard]] sqlite3* raw() const { return raw_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* raw) const;
  };
  Database(sqlite3* raw, std::string path) : raw_(raw), path_(std::move(path)) {}

  std::unique_ptr<sqlite3, Close> raw_;
  std::string path_;
};

/// BEGIN now; ROLLBACK at the end of the scope unless `commit` went well.
class Transaction {
 public:
  enum class Kind : std::uint8_t { Read, Write };
  [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace hs::base
