#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "formats/entrants_file.h"
#include "model/event.h"

namespace hs::formats {

/// Reads an entry list that is JSON, as registration services give it, by the rules of
/// `read_entrants`: it is put into a table first, and that table is read.
///
/// - RunSignup's participants: a list of {event, participants}, or one of them. Taken are bib,
/// chip,
///   name, sex, birth date, age, team, city, state, country and the registration id. What else is
///   there (address, phone, e-mail, payments, answers to questions) is not read at all.
/// - Any other list of flat objects, such as RACE RESULT's participants: a key is a column, named
///   as in `entrants.csv`; values that are lists or objects are left out.
///
/// A participant without a bib has no place in a race yet: left out, and asked about. Where the
/// event has several races, RunSignup's event is the race: its name where it is given, else its id.
///
/// Errors: InvalidInput. What is wrong in a participant has the line it has in the table: line 1
///         are the names, the first participant is line 2.
/// Cost:   O(bytes).
[[nodiscard]] base::Result<EntrantsFile> read_entrants_json(std::string_view bytes,
                                                            const std::string& file,
                                                            const model::Event& event);

}  // namespace hs::formats
