#include "present/moment_words.h"

#include <utility>

#include "base/check.h"
#include "present/moment_quotes.h"
#include "present/moment_teller.h"
#include "present/moment_words_kinds.h"

namespace hs::present {

namespace {

MomentWords tell(Teller& teller) {
  switch (teller.moment().kind) {
    case model::MomentKind::LateCollapse:
      return tell_collapse(teller);
    case model::MomentKind::NegativeSplit:
      return tell_split(teller);
    case model::MomentKind::FinishTogether:
      return tell_together(teller);
    case model::MomentKind::LongStop:
      return tell_long_stop(teller);
    case model::MomentKind::WallComeback:
      return tell_comeback(teller);
    case model::MomentKind::LastFinisher:
      return tell_last(teller);
    case model::MomentKind::Overtaking:
      return tell_overtaking(teller);
    case model::MomentKind::EvenPace:
      return tell_even_pace(teller);
    case model::MomentKind::Oldest:
      return tell_oldest(teller);
    case model::MomentKind::RanTogether:
      return tell_ran_together(teller);
    case model::MomentKind::SameTimes:
      return tell_same_times(teller);
    case model::MomentKind::Group:
      return tell_group(teller);
    case model::MomentKind::PhotoFinish:
      return tell_photo_finish(teller);
    case model::MomentKind::LeadChangeLate:
      return tell_lead_change(teller);
    case model::MomentKind::GuidePair:
      return tell_guide_pair(teller);
    case model::MomentKind::FirstFinish:
      return tell_first_finish(teller);
    case model::MomentKind::Unseeded:
      return tell_unseeded(teller);
    case model::MomentKind::LastToFirst:
      return tell_last_to_first(teller);
    case model::MomentKind::BeatTheCutoff:
      return tell_beaten_cutoff(teller);
    case model::MomentKind::Youngest:
      return tell_youngest(teller);
    case model::MomentKind::LateStarter:
      return tell_late_starter(teller);
    case model::MomentKind::WinnerOfKind:
      return tell_winner_of_kind(teller);
    case model::MomentKind::StopFront:
      return tell_stop_front(teller);
    case model::MomentKind::Heat:
      return tell_heat(teller);
    case model::MomentKind::Storm:
      return tell_storm(teller);
    case model::MomentKind::LostMat:
      return tell_lost_mat(teller);
    case model::MomentKind::OwnWords:
      return tell_own_words(teller);
    case model::MomentKind::Volunteers:
      return tell_volunteers(teller);
    case model::MomentKind::WaitedAndReturned:
      return tell_waited_and_returned(teller);
    case model::MomentKind::Helped:
      return tell_helped(teller);
    case model::MomentKind::ThroughTheStorm:
      return tell_through_storm(teller);
    case model::MomentKind::Streak:
      return tell_streak(teller);
    case model::MomentKind::NthTime:
      return tell_nth_time(teller);
    case model::MomentKind::BackAfterYears:
      return tell_back_after_years(teller);
    case model::MomentKind::AfterDnf:
      return tell_after_dnf(teller);
    case model::MomentKind::AfterInterruption:
      return tell_after_interruption(teller);
    case model::MomentKind::PersonalBest:
      return tell_personal_best(teller);
    case model::MomentKind::FirstUnder:
      return tell_first_under(teller);
    case model::MomentKind::Record:
      return tell_record(teller);
    case model::MomentKind::AllTimeList:
      return tell_all_time_list(teller);
    case model::MomentKind::AgeGrade:
      return tell_age_grade(teller);
  }
  HS_CHECK(false, "a kind of moment without words");
  return {};
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
