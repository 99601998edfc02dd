#include "present/moment_words.h"

#include <array>
#include <cstddef>
#include <utility>

#include "present/moment_quotes.h"
#include "present/moment_teller.h"
#include "present/moment_words_kinds.h"

namespace hs::present {

namespace {

using Tell = MomentWords (*)(Teller& teller);

/// The words of every kind, in the order of `model::MomentKind`.
constexpr auto kWords = std::to_array<Tell>({
    &tell_collapse,
    &tell_split,
    &tell_together,
    &tell_long_stop,
    &tell_comeback,
    &tell_last,
    &tell_overtaking,
    &tell_even_pace,
    &tell_oldest,
    &tell_ran_together,
    &tell_same_times,
    &tell_group,
    &tell_photo_finish,
    &tell_lead_change,
    &tell_guide_pair,
    &tell_first_finish,
    &tell_unseeded,
    &tell_last_to_first,
    &tell_beaten_cutoff,
    &tell_youngest,
    &tell_late_starter,
    &tell_winner_of_kind,
    &tell_stop_front,
    &tell_heat,
    &tell_storm,
    &tell_lost_mat,
    &tell_own_words,
    &tell_volunteers,
    &tell_waited_and_returned,
    &tell_helped,
    &tell_through_storm,
    &tell_streak,
    &tell_nth_time,
    &tell_back_after_years,
    &tell_after_dnf,
    &tell_after_interruption,
    &tell_personal_best,
    &tell_first_under,
    &tell_record,
    &tell_all_time_list,
    &tell_age_grade,
});
static_assert(kWords.size() == static_cast<std::size_t>(model::MomentKind::AgeGrade) + 1);

MomentWords tell(Teller& teller) {
  return kWords[static_cast<std::size_t>(teller.moment().kind)](teller);
}

}  // namespace

MomentWords words_for(const model::Moment& moment, const model::EventResults& results,
                      Language language) {
  Teller teller(moment, results, language);
  MomentWords words = tell(teller);
  words.text = with_several(with_barrier(std::move(words.text), moment, teller), moment, language);
  const std::string quotes = quotes_of(teller);
  if (!quotes.empty()) words.text += " " + quotes;
  return words;
}

MomentWords words_for(const model::Moment& moment, const model::EventResults& results) {
  return words_for(moment, results, language_of(results.event));
}

}  // namespace hs::present
