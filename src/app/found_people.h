#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "present/colour.h"

namespace hs::app {

/// Somebody whom a name may mean, with what tells people of one name apart.
struct FoundPerson {
  archive::PersonId id;
  std::string name;
  std::string place;
  std::uint32_t results = 0;
  int first_year = 0;
  int last_year = 0;
  std::optional<std::pair<int, int>> ages;  ///< Least and greatest on a race day.
};

struct FoundPeople {
  std::vector<FoundPerson> people;  ///< Never empty.
  bool are_more = false;            ///< Beyond those that are listed.
};

/// Whom a name means. People whose name is those words and no others come alone, whatever the
/// order; only without them those whose name merely has the words, and without those who has a word
/// as people shorten it.
///
/// Errors: NotFound where nobody has them, naming people with names near by; those of the archive.
[[nodiscard]] base::Result<FoundPeople> find_people_named(const archive::Archive& archive,
                                                          const std::string& name);

/// The list to choose from.
[[nodiscard]] std::string people_text(const FoundPeople& found, present::Colour colour);
[[nodiscard]] std::string people_json(const FoundPeople& found);

}  // namespace hs::app
