#include "moments/find_moments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "moments/barrier.h"
#include "moments/detector.h"
#include "moments/field_view.h"
#include "moments/groups.h"
#include "moments/quotes.h"

namespace hs::moments {
namespace {

/// Every kind of moment. A new detector is one more line here.
constexpr std::array kLines = {
    DetectorLine{&find_stop_fronts, Rhythm::Refitted, nullptr, false},
    DetectorLine{&find_storms, Rhythm::Refitted, nullptr, false},
    DetectorLine{&find_late_collapses},
    DetectorLine{&find_negative_splits, Rhythm::Judged, &judge_negative_split},
    DetectorLine{&find_finishes_together, Rhythm::Judged, &judge_finish_together},
    DetectorLine{&find_long_stops},
    DetectorLine{&find_wall_comebacks},
    DetectorLine{&find_last_finishers},
    DetectorLine{&find_overtakings},
    DetectorLine{&find_even_paces},
    DetectorLine{&find_oldest, Rhythm::Counted},
    DetectorLine{&find_runs_together, Rhythm::Judged, &judge_ran_together},
    DetectorLine{&find_same_times},
    DetectorLine{&find_groups, Rhythm::Judged, &judge_group},
    DetectorLine{&find_photo_finishes, Rhythm::Counted},
    DetectorLine{&find_late_lead_changes, Rhythm::Counted},
    DetectorLine{&find_guide_pairs, Rhythm::Judged, &judge_guide_pair},
    DetectorLine{&find_first_finishes, Rhythm::Counted},
    DetectorLine{&find_unseeded},
    DetectorLine{&find_lasts_to_first, Rhythm::Counted},
    DetectorLine{&find_beaten_cutoffs, Rhythm::Counted},
    DetectorLine{&find_youngest, Rhythm::Counted},
    DetectorLine{&find_late_starters},
    DetectorLine{&find_winners_of_kinds, Rhythm::Counted},
    DetectorLine{&find_heat},
    DetectorLine{&find_lost_mats},
    DetectorLine{&find_own_words, Rhythm::Counted},
    DetectorLine{&find_volunteers, Rhythm::Counted},
    DetectorLine{&find_waited_or_helped, Rhythm::Judged, &judge_waited_or_helped},
    DetectorLine{&find_noted_help, Rhythm::Counted, nullptr, false},
    DetectorLine{&find_through_storm},
    DetectorLine{&find_streaks},
    DetectorLine{&find_nth_times},
    DetectorLine{&find_back_after_years},
    DetectorLine{&find_after_dnf},
    DetectorLine{&find_after_interruption},
    DetectorLine{&find_personal_bests},
    DetectorLine{&find_firsts_under},
    DetectorLine{&find_records, Rhythm::Counted},
    DetectorLine{&find_all_time_lists, Rhythm::Counted},
    DetectorLine{&find_age_grades},
};

/// What a kind is worth in one story after it was used once.
constexpr double kVariety = 0.8;

bool goes_before(const model::EventResults& results, const Found& a, const Found& b) {
  if (a.moment.score != b.moment.score) return a.moment.score > b.moment.score;
  if (a.minutes_order != b.minutes_order) return a.minutes_order > b.minutes_order;
  if (a.moment.race != b.moment.race) return a.moment.race < b.moment.race;
  // The field's story goes before a person's, which it may explain.
  if (a.moment.people.empty() || b.moment.people.empty()) {
    return std::pair(!a.moment.people.empty(), a.moment.id) <
           std::pair(!b.moment.people.empty(), b.moment.id);
  }
  const auto bib = [&](const Found& f) {
    return results.entrants[f.moment.people.front().raw()].bib;
  };
  return std::forward_as_tuple(bib(a), a.moment.id) < std::forward_as_tuple(bib(b), b.moment.id);
}

bool shares_person(const model::Moment& moment, const std::set<model::EntrantId>& told) {
  return std::any_of(moment.people.begin(), moment.people.end(),
                     [&](model::EntrantId id) { return told.count(id) > 0; });
}

}  // namespace

std::span<const DetectorLine> detector_lines() { return kLines; }

std::vector<Found> find_by(const FieldView& view, const DetectorLine& line) {
  if (line.needs_finishers && view.rows() == 0) return {};
  return line.find(view);
}

std::vector<model::Moment> tell_found(const model::EventResults& results,
                                      std::vector<Found> found) {
  std::sort(found.begin(), found.end(),
            [&](const Found& a, const Found& b) { return goes_before(results, a, b); });
  std::vector<model::Moment> moments = tell_once(results, std::move(found));
  for (model::Moment& moment : moments) add_barrier(results, moment);
  return moments;
}

std::vector<model::Moment> find_moments(const model::EventResults& results) {
  std::vector<Found> all;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    if (i < results.cancelled.size() && results.cancelled[i]) continue;
    const FieldView view = view_field(results, model::RaceId(static_cast<std::uint16_t>(i)));
    const Quotes quotes(view);
    for (const DetectorLine& line : kLines) {
      std::vector<Found> found = find_by(view, line);
      for (Found& one : found) quotes.add_to(one.moment);
      std::move(found.begin(), found.end(), std::back_inserter(all));
    }
  }
  return tell_found(results, std::move(all));
}

std::vector<std::size_t> choose_for_story(std::span<const model::Moment> found, std::size_t top) {
  std::vector<std::size_t> chosen;
  std::set<model::EntrantId> told;
  std::vector<bool> used(found.size(), false);
  std::vector<model::MomentKind> kinds;
  while (chosen.size() < top) {
    std::size_t best = found.size();
    double best_worth = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (used[i] || shares_person(found[i], told)) continue;
      const auto times = std::count(kinds.begin(), kinds.end(), found[i].kind);
      const double worth = found[i].score * std::pow(kVariety, static_cast<double>(times));
      if (worth > best_worth) {
        best = i;
        best_worth = worth;
      }
    }
    if (best == found.size()) break;
    used[best] = true;
    chosen.push_back(best);
    kinds.push_back(found[best].kind);
    told.insert(found[best].people.begin(), found[best].people.end());
  }
  return chosen;
}

}  // namespace hs::moments
