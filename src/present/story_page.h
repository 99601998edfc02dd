#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/projection.h"
#include "model/result.h"
#include "present/story_moments.h"

namespace hs::present {

/// The public page of an event: the story first, then the winners, then every result, searchable.
///
/// One file that needs nothing else: style, script and results are inside, and its policy forbids
/// any request. Without a script the story, the winners and the head of the results are there; with
/// one, all results with search, filters, pages and each runner's splits (`#bib=261`, and
/// `#race=half&bib=261` where an event has several races).
///
/// Nothing of the officials' is in it: no verdicts, reasons or validity, and of notes and who
/// signed them only what a moment quotes (`moments/quotes.h` says what is held). A private runner
/// is "Bib N" without club or team. A moment is left out where one of its people is private or has
/// not finished, and a late collapse where one is a minor. A disqualification shows its clause.
///
/// Above them stands the day of each race in words (`present/weather_words.h`).
///
/// Order:   `moments` best first; the best are told, the rest listed; `fans` in any order, shown
///          with the moments of their runners.
/// Errors:  none; races without runners and runners without times are shown as such.
/// Threads: pure; the same input gives the same bytes, without the time of making.
/// Cost:    about 100 bytes a runner and 3 a split; 20,000 finishers with ten points under 3 MB.
[[nodiscard]] std::string story_page(const model::EventResults& results,
                                     const std::vector<model::Moment>& moments,
                                     const std::vector<model::ProjectionFan>& fans = {},
                                     const StoryOptions& options = {});

}  // namespace hs::present
