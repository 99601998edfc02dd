#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// How the entries of a race are put into lists.
enum class ListBy : std::uint8_t {
  Overall,   ///< One list, as `listing()`.
  Sex,       ///< Women, men, X, and those of whom it is not known.
  Division,  ///< Each division in the event's order, then those of none.
  Start,     ///< One list by wave, then bib: who is to start.
};

/// A list with its heading.
struct ListGroup {
  std::string title;  ///< Empty where there is one list only.
  std::vector<model::EntrantId> ids;
};

/// The lists of a race, none of them empty. Everybody of the race is in exactly one of them.
/// Order: of each as `listing()`; places restart by what the list is of.
[[nodiscard]] std::vector<ListGroup> list_groups(const model::EventResults& results,
                                                 model::RaceId race, ListBy by, Language language);

/// The place that counts in such a list; nothing unless finished.
[[nodiscard]] std::optional<model::Placing> place_in(const model::RunnerResult& result, ListBy by);

/// "overall", "sex", "division", "start"; nothing for other words.
[[nodiscard]] std::optional<ListBy> parse_list_by(std::string_view text);

}  // namespace hs::present
