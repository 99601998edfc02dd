#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.h"

namespace hs::history {

/// What stands behind a name to tell a child from a parent.
enum class Suffix : std::uint8_t { None, Junior, Senior, Second, Third, Fourth };

/// A name taken apart, every word folded (`base::fold_words`).
struct FoldedName {
  std::string last;                ///< All its words joined: "Van Dyk" and "VanDyk" are the same.
  std::vector<std::string> parts;  ///< Its words of two letters and more; several of a double name.
  std::string first;               ///< The first given name, or an initial.
  std::string formal;              ///< The same by its formal name: "william" for "bill".
  std::string middle;              ///< The second given name, or an initial; else empty.
  Suffix suffix = Suffix::None;
};

/// A name as published, whole or in two columns.
struct WrittenName {
  std::string_view whole;  ///< "Last, First M. Jr." or "First M. Last"; used where `last` is empty.
  std::string_view first;
  std::string_view last;
};

/// Takes a name apart. Degrees and titles ("Esq", "MD", "Dr.") are dropped; particles ("van", "de
/// la") belong to the last name. A name of one word is a last name.
[[nodiscard]] FoldedName fold_name(const WrittenName& written, std::optional<model::Sex> sex);

/// A word by its sound, roughly: its first letter and then the consonants, doubled ones once.
/// "smith" and "smyth", "mcdonald" and "macdonald" give the same.
[[nodiscard]] std::string skeleton(std::string_view word);

/// One number for all names whose last name and formal first name sound alike, also the other way
/// round. Names that do not may share it by chance.
[[nodiscard]] std::uint32_t sound_number(std::string_view last, std::string_view formal);

/// True where one change makes the one word of the other: a letter more, less or another, or two
/// neighbours swapped; in words of eight letters and more, two changes. Words of less than four
/// letters are never close.
[[nodiscard]] bool are_close(std::string_view a, std::string_view b);

}  // namespace hs::history
