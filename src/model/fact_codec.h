#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/fact.h"

namespace hs::model {

/// A fact as the race file keeps it. `docs/race-file.md` has the byte tables.
struct EncodedFact {
  FactKind kind = FactKind::Event;
  std::string body;      ///< Chained. Reads, conflicts: packed bytes; all others: JSON.
  std::string personal;  ///< Outside the chain; JSON of `Person`, only for entrants; else empty.
};

[[nodiscard]] EncodedFact encode(const FactBody& body);

/// Errors: Corrupt, with what was wrong, for bytes that `encode` does not make. An entrant whose
/// personal fields were erased comes back with an empty `Person`.
[[nodiscard]] base::Result<FactBody> decode(FactKind kind, std::string_view body,
                                            std::string_view personal);

/// The quick way for reads: appends to `out` the same bytes as `encode` gives.
void encode_read(const Read& read, std::string& out);
/// Errors: Corrupt, as `decode`.
[[nodiscard]] base::Result<Read> decode_read(std::string_view body);

/// 32 bits over what a read says (`same_content`). Two reads of one identity with different marks
/// are a conflict; the log keeps the mark beside the identity, so that no stored read is fetched.
[[nodiscard]] std::uint32_t content_mark(const Read& read);

/// The identity of a `ReadConflictFact`: the contested identity and what the read says, so that
/// the same conflict met again (a file read twice) is a copy too.
[[nodiscard]] Identity conflict_identity(const Identity& of_read, const Read& read);

/// A fact made by a person as one JSON line, the form of rulings.jsonl and `doctor --propose`:
/// {"fact":"ruling","ruling":"dsq","race":"half","bib":"812","reason":"...","by":"..."}.
/// Instants are RFC 3339. No line end.
[[nodiscard]] std::string to_json_line(const FactBody& body);

/// Reads such a line. Instants need an offset. `by` may be given for lines that name nobody.
/// Errors: InvalidInput (found and expected; column in the place, line left to the caller) for
/// malformed JSON, unknown keys, missing or ill-shaped values, and kinds no person makes.
[[nodiscard]] base::Result<FactBody> from_json_line(std::string_view line,
                                                    std::string_view by = {});

}  // namespace hs::model
