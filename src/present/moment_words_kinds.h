#pragma once

#include <string>

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
[[nodiscard]] MomentWords tell_own_words(Teller& teller);
[[nodiscard]] MomentWords tell_volunteers(Teller& teller);
[[nodiscard]] MomentWords tell_waited_and_returned(Teller& teller);
[[nodiscard]] MomentWords tell_helped(Teller& teller);
[[nodiscard]] MomentWords tell_unseeded(Teller& teller);
[[nodiscard]] MomentWords tell_last_to_first(Teller& teller);
[[nodiscard]] MomentWords tell_beaten_cutoff(Teller& teller);
[[nodiscard]] MomentWords tell_youngest(Teller& teller);
[[nodiscard]] MomentWords tell_late_starter(Teller& teller);
[[nodiscard]] MomentWords tell_winner_of_kind(Teller& teller);
[[nodiscard]] MomentWords tell_stop_front(Teller& teller);
[[nodiscard]] MomentWords tell_heat(Teller& teller);
[[nodiscard]] MomentWords tell_storm(Teller& teller);
[[nodiscard]] MomentWords tell_through_storm(Teller& teller);
[[nodiscard]] MomentWords tell_lost_mat(Teller& teller);
[[nodiscard]] MomentWords tell_streak(Teller& teller);
[[nodiscard]] MomentWords tell_nth_time(Teller& teller);
[[nodiscard]] MomentWords tell_back_after_years(Teller& teller);
[[nodiscard]] MomentWords tell_after_dnf(Teller& teller);
[[nodiscard]] MomentWords tell_after_interruption(Teller& teller);
[[nodiscard]] MomentWords tell_personal_best(Teller& teller);
[[nodiscard]] MomentWords tell_first_under(Teller& teller);
[[nodiscard]] MomentWords tell_record(Teller& teller);
[[nodiscard]] MomentWords tell_all_time_list(Teller& teller);
[[nodiscard]] MomentWords tell_age_grade(Teller& teller);

/// A moment's text with what its finish was worth besides (`moments/barrier.h`), where it has such
/// evidence and room for it.
[[nodiscard]] std::string with_barrier(std::string text, const model::Moment& moment,
                                       const Teller& teller);

/// A moment's text of two with how many it holds for, where they are more.
[[nodiscard]] std::string with_several(std::string text, const model::Moment& moment,
                                       Language language);

}  // namespace hs::present
