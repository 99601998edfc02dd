#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "moments/oddity.h"

namespace hs::present {

/// The referee's `integrity.csv`: `likelihood,kind,race,bib,other_bib,from,to,what,check_first`, in
/// the order given. For officials only, never public: likelihoods with their numbers, no verdicts.
///
/// `event_path` is how the user named the event: the commands in `check_first` name it the same.
[[nodiscard]] std::string integrity_csv(const model::EventResults& results,
                                        const std::vector<moments::Oddity>& oddities,
                                        const std::string& event_path = "EVENT");

}  // namespace hs::present
