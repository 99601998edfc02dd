#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/result.h"

namespace hs::formats {

/// An entry list as read.
struct EntrantsFile {
  std::vector<model::EntrantFact> entries;  ///< In the order of the file.
  std::vector<int> lines;                   ///< Line of each entry, from 1; same length.
  /// What a person should know, each kind once with the number of lines it stands for (`count`).
  std::vector<model::Attention> questions;
  std::string dialect;  ///< "UTF-8 with BOM, semicolon between cells": for messages.
};

/// Reads an entry list in any dialect: encoding, separator, order and language of the columns
/// (English, German, French, Spanish) are recognised. Columns nobody knows go to `Person::extra`.
///
/// All or nothing: one mistake refuses the list. What cannot decide a result is no mistake but a
/// question and left blank: a word for the sex that nobody knows, an age that contradicts the
/// birth date (the birth date wins), a chip of two entrants, a cell that spans lines.
///
/// Order:  entries as in the file, questions by first line.
/// Errors: InvalidInput with file, line, column, found and expected: no column for the bib, a bib
///         twice in a race, an unknown race, wave or mode, a birth date that may be read two ways
///         and no other line of the column tells which, control characters, broken encoding.
/// Cost:   O(bytes); 60,000 entries in well under a second.
[[nodiscard]] base::Result<EntrantsFile> read_entrants(std::string_view bytes,
                                                       const std::string& file,
                                                       const model::Event& event);

}  // namespace hs::formats
