#pragma once

#include <vector>

#include "model/fact.h"

namespace hs::test {

/// One or more facts of every kind, each optional part once there and once not. Invented people.
/// The same list every time: the second reader's test and the golden race files are made of it.
[[nodiscard]] std::vector<model::FactBody> sample_facts();

/// A bib or chip code that is known to be fit.
[[nodiscard]] model::BibNumber bib(std::string_view text);
[[nodiscard]] model::TagCode tag(std::string_view text);

/// An instant from RFC 3339 text that is known to be well-formed.
[[nodiscard]] base::RaceTime instant(std::string_view text);

}  // namespace hs::test
