#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/sqlite.h"
#include "log/race_file.h"

namespace hs::log {

/// A row of the table of facts, before or after it is stored.
struct FactRow {
  model::FactSeq seq;
  std::uint8_t kind = 0;
  std::string_view identity;  ///< 16 bytes, or empty.
  std::uint32_t mark = 0;
  std::string_view body;
};

/// Appends the bytes of a fact that its CRC covers and the chain runs over. Byte table:
/// docs/race-file.md, "The bytes of a fact".
void append_fact_bytes(const FactRow& row, std::string& out);

/// The CRC of a person's fields: over the fact's number, 8 bytes little-endian, and the fields.
[[nodiscard]] std::uint32_t person_crc(model::FactSeq seq, std::string_view fields);

/// Walks the facts in order and checks each: no number missing, CRC right.
class FactReader {
 public:
  /// From the fact `from` on. `database` must outlive the reader.
  [[nodiscard]] static base::Result<FactReader> open(const base::Database& database,
                                                     model::FactSeq from);

  /// The next fact, or nothing behind the last. Views hold until the next call.
  /// Errors: Corrupt, naming the fact; those of the database.
  [[nodiscard]] base::Result<std::optional<FactRow>> next();

  /// The bytes of the fact that `next` gave (`append_fact_bytes`).
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  FactReader(base::Statement statement, model::FactSeq from)
      : statement_(std::move(statement)), expected_(from) {}

  base::Statement statement_;
  model::FactSeq expected_;
  std::string bytes_;
};

/// Walks the people's fields in order of their facts, a step behind a `FactReader`.
class PeopleReader {
 public:
  [[nodiscard]] static base::Result<PeopleReader> open(const base::Database& database,
                                                       model::FactSeq from);
  /// The fields of fact `seq`, empty where there are none. To be called with rising numbers.
  /// Errors: Corrupt, naming the fact; those of the database.
  [[nodiscard]] base::Result<std::string_view> fields_of(model::FactSeq seq);

 private:
  explicit PeopleReader(base::Statement statement) : statement_(std::move(statement)) {}
  base::Statement statement_;
  bool has_row_ = false;
  bool ended_ = false;
};

}  // namespace hs::log
