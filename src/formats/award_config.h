#pragma once

#include "formats/race_config.h"

namespace hs::formats {

/// Reads `one_prize` and the blocks [[race.award]] into `race`, whose divisions are there already.
///
/// Checks that ids are unique, that a division exists and that `exclude_winners_of` names awards
/// above. Mistakes go to the context's faults.
void read_awards(TableReader& in, const EventContext& context, model::Race& race);

/// Reads the blocks [[race.team_award]] into `race`, as `read_awards` does. What a block leaves out
/// stays absent and is the rule set's.
void read_team_awards(TableReader& in, const EventContext& context, model::Race& race);

}  // namespace hs::formats
