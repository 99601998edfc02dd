#pragma once

#include <string>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// True where the places of a result are shown: of finishers, and of whom a stopped race places by
/// an earlier point. Nobody else takes a place.
[[nodiscard]] bool shows_place(model::RunnerStatus status);

/// The entries of one race as lists show them: placed first by place, then the others by status
/// (on the course, unresolved, out of competition, DNF, DSQ, not seen, DNS, deferred), then bib.
[[nodiscard]] std::vector<model::EntrantId> listing(const model::EventResults& results,
                                                    model::RaceId race);

/// The columns of entrants.csv that the event publishes, as named there, in its order. Birth dates,
/// notes, phone, e-mail, contact and medical columns never are, even where the event names them.
[[nodiscard]] std::vector<std::string> published_columns(const model::Event& event);

/// One such column of one entry; empty for private runners and where there is none.
[[nodiscard]] std::string published_value(const model::Entrant& entrant,
                                          const model::Person& person, const std::string& column);

/// "10k:1:02:10-1:09:40;...": the intervals of the points an entry missed; empty where none.
[[nodiscard]] std::string interval_note(const model::EventResults& results,
                                        model::EntrantId entrant);

/// The intervals of one entry, in course order.
[[nodiscard]] std::vector<model::MissedInterval> missed_of(const model::EventResults& results,
                                                           model::EntrantId entrant);

}  // namespace hs::present
