#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/result.h"
#include "present/list_groups.h"

namespace hs::present {

/// The address of a runner's result, as an attribute holds it.
using RunnerLink = std::function<std::string(model::EntrantId)>;

/// The first of each race: three of each sex, then the first of each division, as tables.
/// `link`: where a name leads; empty: to the results of the same page.
[[nodiscard]] std::string winners_html(const model::EventResults& results,
                                       const RunnerLink& link = {});

/// The results section: search, filters and the table. The head of the first race with runners is
/// in the table already, for readers without a script; story.js takes it over. With `only`, of one
/// race, and without the choice between races.
[[nodiscard]] std::string results_html(const model::EventResults& results,
                                       std::optional<model::RaceId> only = std::nullopt);

/// A whole list as a table, for pages without a script; places are those of the list.
[[nodiscard]] std::string list_html(const model::EventResults& results, model::RaceId race,
                                    const ListGroup& group, ListBy by, const RunnerLink& link);

/// The field of each race as pictures.
[[nodiscard]] std::string field_html(const model::EventResults& results);

}  // namespace hs::present
