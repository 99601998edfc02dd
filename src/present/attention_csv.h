#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The officials' `attention.csv`: `severity,kind,race,bib,mat,what,do`, most pressing first.
///
/// `event_path` is how the user named the event: the commands in `do` name it the same way.
[[nodiscard]] std::string attention_csv(const model::EventResults& results,
                                        const std::string& event_path = "EVENT");

}  // namespace hs::present
