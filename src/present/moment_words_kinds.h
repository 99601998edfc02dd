#pragma once

#include "present/moment_teller.h"

namespace hs::present {

// The words of one kind each, for `words_for`. Each asks the evidence its detector gives.

[[nodiscard]] MomentWords tell_collapse(Teller& teller);
[[nodiscard]] MomentWords tell_split(Teller& teller);
[[nodiscard]] MomentWords tell_together(Teller& teller);
[[nodiscard]] MomentWords tell_long_stop(Teller& teller);
[[nodiscard]] MomentWords tell_comeback(Teller& teller);
[[nodiscard]] MomentWords tell_last(Teller& teller);
[[nodiscard]] MomentWords tell_overtaking(Teller& teller);
[[nodiscard]] MomentWords tell_even_pace(Teller& teller);
[[nodiscard]] MomentWords tell_oldest(Teller& teller);
[[nodiscard]] MomentWords tell_ran_together(Teller& teller);
[[nodiscard]] MomentWords tell_same_times(Teller& teller);
[[nodiscard]] MomentWords tell_group(Teller& teller);
[[nodiscard]] MomentWords tell_photo_finish(Teller& teller);
[[nodiscard]] MomentWords tell_lead_change(Teller& teller);
[[nodiscard]] MomentWords tell_guide_pair(Teller& teller);
[[nodiscard]] MomentWords tell_first_finish(Teller& teller);

}  // namespace hs::present
