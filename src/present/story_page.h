#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/projection.h"
#include "model/result.h"

namespace hs::present {

/// The public page of an event: the story first, then the winners, then every result, searchable.
///
/// One file that needs nothing else: style, script and results are inside, and its policy forbids
/// any request. Without a script the story, the winners and the head of the results are there; with
/// one, all results with search, filters, pages and each runner's splits (`#bib=261`, and
/// `#race=half&bib=261` where an event has several races).
///
/// Nothing of the officials' is in it: no verdicts, authors, reasons, notes or validity. A private
/// runner is "Bib N" without club or team. A moment is left out where one of its people is private
/// or has not finished, and a late collapse where one is a minor. A disqualification shows its
/// clause.
///
/// Order:   `moments` best first; the first twelve are told, the rest listed; `fans` in any order,
///          shown with the moments of their runners.
/// Errors:  none; races without runners and runners without times are shown as such.
/// Threads: pure; the same input gives the same bytes, without the time of making.
/// Cost:    about 100 bytes a runner and 3 a split; 20,000 finishers with ten points under 3 MB.
[[nodiscard]] std::string story_page(const model::EventResults& results,
                                     const std::vector<model::Moment>& moments,
                                     const std::vector<model::ProjectionFan>& fans = {});

}  // namespace hs::present
