#include "log/fact_reader.h"

#include "log/crc32c.h"

namespace hs::log {
namespace {

template <typename Unsigned>
void append_number(std::string& out, Unsigned value) {
  char bytes[sizeof(Unsigned)];
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    bytes[i] = static_cast<char>((value >> (8 * i)) & 0xff);
  }
  out.append(bytes, sizeof bytes);
}

tl::unexpected<base::Error> corrupt(model::FactSeq seq, const char* what) {
  return base::fail(base::ErrorCode::Corrupt, "fact " + std::to_string(seq.raw()) + " " + what);
}

std::int64_t signed_of(model::FactSeq seq) { return static_cast<std::int64_t>(seq.raw()); }

}  // namespace

void append_fact_bytes(const FactRow& row, std::string& out) {
  append_number(out, row.seq.raw());
  append_number(out, row.kind);
  append_number(out, static_cast<std::uint8_t>(row.identity.size()));
  out.append(row.identity);
  append_number(out, row.mark);
  append_number(out, static_cast<std::uint32_t>(row.body.size()));
  out.append(row.body);
}

std::uint32_t person_crc(model::FactSeq seq, std::string_view fields) {
  std::string bytes;
  append_number(bytes, seq.raw());
  bytes.append(fields);
  return crc32c(bytes);
}

base::Result<FactReader> FactReader::open(const base::Database& database, model::FactSeq from) {
  HS_TRY(base::Statement statement,
         database.prepare("SELECT seq,kind,identity,mark,body,crc FROM facts"
                          " WHERE seq>=?1 ORDER BY seq"));
  statement.bind(1, signed_of(from));
  return FactReader(std::move(statement), from);
}

base::Result<std::optional<FactRow>> FactReader::next() {
  HS_TRY(const bool row, statement_.step());
  if (!row) return std::optional<FactRow>();
  const model::FactSeq seq(static_cast<std::uint64_t>(statement_.integer(0)));
  if (seq != expected_) return corrupt(expected_, "is missing");
  const FactRow out{seq, static_cast<std::uint8_t>(statement_.integer(1)), statement_.blob(2),
                    static_cast<std::uint32_t>(statement_.integer(3)), statement_.blob(4)};
  bytes_.clear();
  append_fact_bytes(out, bytes_);
  // Identities are compared as 16 bytes; another size would pass the CRC only if written so.
  const bool shaped = out.identity.empty() || out.identity.size() == model::Identity().size();
  if (!shaped || crc32c(bytes_) != static_cast<std::uint64_t>(statement_.integer(5))) {
    return corrupt(seq, "was changed: it does not match its checksum");
  }
  expected_ = seq.next();
  return std::optional<FactRow>(out);
}

base::Result<PeopleReader> PeopleReader::open(const base::Database& database, model::FactSeq from) {
  HS_TRY(base::Statement statement,
         database.prepare("SELECT seq,fields,crc FROM people WHERE seq>=?1 ORDER BY seq"));
  statement.bind(1, signed_of(from));
  return PeopleReader(std::move(statement));
}

base::Result<std::string_view> PeopleReader::fields_of(model::FactSeq seq) {
  if (ended_) return std::string_view();
  while (!has_row_ || statement_.integer(0) < signed_of(seq)) {
    HS_TRY(has_row_, statement_.step());
    if (!has_row_) {
      ended_ = true;
      return std::string_view();
    }
  }
  if (statement_.integer(0) != signed_of(seq)) return std::string_view();
  const std::string_view fields = statement_.blob(1);
  if (person_crc(seq, fields) != static_cast<std::uint64_t>(statement_.integer(2))) {
    return corrupt(seq,
                   "has a person's fields that were changed: they do not match their checksum");
  }
  return fields;
}

}  // namespace hs::log
