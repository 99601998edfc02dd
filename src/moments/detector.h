#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/moment.h"
#include "moments/field_view.h"

namespace hs::moments {

/// A moment as a detector found it, with what orders it among its equals.
struct Found {
  model::Moment moment;
  std::int64_t minutes_order = 0;  ///< Seconds; more goes first where the score is the same.
};

/// Finds the moments of one kind in one race, in any order. Pure; reads only the view.
using Detector = std::vector<Found> (*)(const FieldView& view);

struct Shared;

/// Finds the moments of one kind that one runner is in, by what the day's detector left in the memo
/// of its view: the same as it would find, as long as the field has not changed much since.
/// Nothing where it left nothing. Cost: O(rows).
using Judge = std::vector<Found> (*)(const FieldView& view, const Shared& day, std::size_t row);

/// When a kind is looked for while the race runs.
enum class Rhythm : std::uint8_t {
  Counted,   ///< Needs no fit and little time: anew after each changed runner.
  Judged,    ///< Of the changed runner alone, by the day as it was fitted last.
  Refitted,  ///< Ranks among all, the field's story, and hardships, which are held anyway.
};

/// One line of the table of all kinds.
struct DetectorLine {
  Detector find = nullptr;
  Rhythm rhythm = Rhythm::Refitted;
  Judge judge = nullptr;        ///< Where the rhythm is Judged.
  bool needs_finishers = true;  ///< False where it holds of a race in which nobody finished, too.
};

/// All kinds, in the order in which they are looked for.
[[nodiscard]] std::span<const DetectorLine> detector_lines();

/// What the detector of one line finds, without notes and own words; nothing in an empty field
/// where it needs finishers.
[[nodiscard]] std::vector<Found> find_by(const FieldView& view, const DetectorLine& line);

/// Puts what was found in the order to tell, each person once within a kind, and adds what their
/// finishes were worth beside.
///
/// Order: best first; the order of `found` does not matter. Cost: O(found log found).
[[nodiscard]] std::vector<model::Moment> tell_found(const model::EventResults& results,
                                                    std::vector<Found> found);

// The detectors, one file each. A new kind is one such file, one line in `kDetectors`
// (find_moments.cc), one enumerator in model/moment.h and one template in present/.

/// Ran as expected or nearly so, then needed far longer for the last part than this field's day
/// explains, and still finished.
[[nodiscard]] std::vector<Found> find_late_collapses(const FieldView& view);

/// Ran the second half faster than the first on a day when few did, by more than the day explains.
[[nodiscard]] std::vector<Found> find_negative_splits(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_negative_split(const FieldView& view, const Shared& day,
                                                      std::size_t row);

/// Crossed the line less than a second apart by the clock though nothing of the start or of a
/// crowd explains it.
[[nodiscard]] std::vector<Found> find_finishes_together(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_finish_together(const FieldView& view, const Shared& day,
                                                       std::size_t row);

/// Took far longer for one stretch than at the pace before and behind it, then went on about as
/// before. What happened there no mat can say.
[[nodiscard]] std::vector<Found> find_long_stops(const FieldView& view);

/// Slowed by a quarter or more after half way, then ran the rest at about the pace of before, when
/// the day's field says that hardly anybody does.
[[nodiscard]] std::vector<Found> find_wall_comebacks(const FieldView& view);

/// The last whose crossing of the line was recorded, by the clock, once the race is closed.
[[nodiscard]] std::vector<Found> find_last_finishers(const FieldView& view);

/// Won the most places late in the race.
[[nodiscard]] std::vector<Found> find_overtakings(const FieldView& view);

/// Ran all stretches within the smallest range of pace of all.
[[nodiscard]] std::vector<Found> find_even_paces(const FieldView& view);

/// The oldest to finish, where the race publishes ages.
[[nodiscard]] std::vector<Found> find_oldest(const FieldView& view);

/// Started minutes apart, met on the course, and were level at mat after mat from there.
[[nodiscard]] std::vector<Found> find_runs_together(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_ran_together(const FieldView& view, const Shared& day,
                                                    std::size_t row);

/// The same net times at every point and minutes lost in the same stretch, in results without
/// clock times; so never called together.
[[nodiscard]] std::vector<Found> find_same_times(const FieldView& view);

/// Three or more who entered as one group and crossed the line within seconds of each other.
[[nodiscard]] std::vector<Found> find_groups(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_group(const FieldView& view, const Shared& day,
                                             std::size_t row);

/// A win decided by less than the day's front explains.
[[nodiscard]] std::vector<Found> find_photo_finishes(const FieldView& view);

/// Behind somebody at the last mat before the line, and first at the line.
[[nodiscard]] std::vector<Found> find_late_lead_changes(const FieldView& view);

/// A runner and the guide named in the entry list, at the line together; only with `tell`.
[[nodiscard]] std::vector<Found> find_guide_pairs(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_guide_pair(const FieldView& view, const Shared& day,
                                                  std::size_t row);

/// A first finish, by the entry list and in the runner's own words; only with `tell`.
[[nodiscard]] std::vector<Found> find_first_finishes(const FieldView& view);

/// Finished far ahead of those who were given bibs or waves like theirs, where these were given
/// by what was expected of each.
[[nodiscard]] std::vector<Found> find_unseeded(const FieldView& view);

/// Among the last of all at the first mat, and first at the line.
[[nodiscard]] std::vector<Found> find_lasts_to_first(const FieldView& view);

/// Behind what the cut-off asked for at the last mat before the line, and in within its last
/// minute.
[[nodiscard]] std::vector<Found> find_beaten_cutoffs(const FieldView& view);

/// The youngest to finish, where the race publishes ages; never a minor.
[[nodiscard]] std::vector<Found> find_youngest(const FieldView& view);

/// Heard at the start minutes behind everybody of their wave, and passed many.
[[nodiscard]] std::vector<Found> find_late_starters(const FieldView& view);

/// The first of a division of their own kind: of those in wheelchairs, with strollers and so on.
[[nodiscard]] std::vector<Found> find_winners_of_kinds(const FieldView& view);

/// From one instant on nobody was heard any more though many were due: the field's story.
[[nodiscard]] std::vector<Found> find_stop_fronts(const FieldView& view);

/// The whole field slowed in the second half far more than fields do. No cause.
[[nodiscard]] std::vector<Found> find_heat(const FieldView& view);

/// A storm that an official noted. No read shows weather.
[[nodiscard]] std::vector<Found> find_storms(const FieldView& view);

/// On the course through the whole of a storm whose times an official noted, and slowed by far less
/// than those who were on the same stretch through it.
[[nodiscard]] std::vector<Found> find_through_storm(const FieldView& view);

/// A mat that heard far too few of those who passed it, where the others heard nearly everybody.
[[nodiscard]] std::vector<Found> find_lost_mats(const FieldView& view);

/// What moments of a kind are worth beside their rarity, from above 0 to 4; the table with its
/// reasons is in detector.cc.
[[nodiscard]] double weight_of(model::MomentKind kind);

/// What a runner wrote of why they run, told once they are in; only with `tell`.
[[nodiscard]] std::vector<Found> find_own_words(const FieldView& view);

/// Notes by volunteers, and by officials about volunteers, that name no bib.
[[nodiscard]] std::vector<Found> find_volunteers(const FieldView& view);

/// Two kinds. Level with a slower runner at mat after mat, losing time as never before, and then on
/// at the pace of before or in together (waits.h): `waited-and-returned`, by the clock alone. The
/// same where a signed note speaks of help between the two, and the rules or the referee let it be
/// told: `helped`.
[[nodiscard]] std::vector<Found> find_waited_or_helped(const FieldView& view);
[[nodiscard]] std::vector<Found> judge_waited_or_helped(const FieldView& view, const Shared& day,
                                                        std::size_t row);

/// Help that somebody signed for, by the note alone: also where one of them is out, or where no mat
/// could show it. Who of them helped whom the moment does not say, the note does. Of people who are
/// out no time is taken. Held as all help is (assistance.h), and for ten minutes after one of them
/// was heard last while the race is open. Where the clock shows it too, that moment is worth more
/// and is the one that is told (`tell_found`). Cost: O(notes x bibs x entrants).
[[nodiscard]] std::vector<Found> find_noted_help(const FieldView& view);

// Those with a history: told where `EventResults::past` knows earlier races (earlier.h).

/// Finished every edition since one of long ago; an edition that was stopped breaks no streak.
[[nodiscard]] std::vector<Found> find_streaks(const FieldView& view);

/// Finished the race for the tenth time or more, as far as its results are at hand.
[[nodiscard]] std::vector<Found> find_nth_times(const FieldView& view);

/// Finished here again after five years and three editions or more.
[[nodiscard]] std::vector<Found> find_back_after_years(const FieldView& view);

/// Finished what they had started and not finished before, and not since.
[[nodiscard]] std::vector<Found> find_after_dnf(const FieldView& view);

/// How many of those whom the last edition stopped on the way are in now: the field's story.
[[nodiscard]] std::vector<Found> find_after_interruption(const FieldView& view);

/// Beat their own best of three races or more as nobody does by ordinary running on such a day.
[[nodiscard]] std::vector<Found> find_personal_bests(const FieldView& view);

/// Under a round time for the first time, after four races or more over the same length.
[[nodiscard]] std::vector<Found> find_firsts_under(const FieldView& view);

/// Faster than anybody of their sex in five earlier editions or more; or, from seventy years on and
/// where ages are published, than anybody of their age.
[[nodiscard]] std::vector<Found> find_records(const FieldView& view);

/// The fastest of the day who comes among the ten fastest of all editions, and is not the first.
[[nodiscard]] std::vector<Found> find_all_time_lists(const FieldView& view);

/// The best time against the standard of their age and sex, where tables were given.
[[nodiscard]] std::vector<Found> find_age_grades(const FieldView& view);

/// Fills what every moment has: id, race, kind, theme, people, anchor, score, net bits, as_of.
///
/// Score = bits after all looks, capped at 20 (beyond that an exponential means nothing), times
/// how likely it is real, times the weight of the kind, to a tenth.
/// Shape: nobody at all is the field's story.
[[nodiscard]] model::Moment make_moment_of(const FieldView& view, model::MomentKind kind,
                                           const std::vector<model::EntrantId>& people,
                                           std::size_t anchor, double net_bits, double valid);

/// The same of rows of the view.
[[nodiscard]] model::Moment make_moment(const FieldView& view, model::MomentKind kind,
                                        const std::vector<std::size_t>& rows, std::size_t anchor,
                                        double net_bits, double valid);

/// The same for what every race has one of: the oldest, the last. It is worth one bit for being
/// that, and `gap_bits` for how far it is from the next; only these may call it rare.
[[nodiscard]] model::Moment make_superlative(const FieldView& view, model::MomentKind kind,
                                             std::size_t row, std::size_t anchor, double gap_bits,
                                             double valid);

/// Marks as told for itself, and worth no more than being the `rank`-th of its kind in its race:
/// a tenth one tenth of the first.
void put_on_shelf(model::Moment& moment, std::size_t rank = 1);

/// Bits of how far the largest of `values` is from the second largest, by the body of the field's
/// tail; 0 where the field is too small to know it. Cost: O(n log n), a copy.
[[nodiscard]] double gap_bits(std::span<const double> values);

/// Seconds cut to whole ones, as evidence carries them; microseconds short of one count as one,
/// since doubles do not hold them exactly.
[[nodiscard]] std::int64_t whole_seconds(double seconds);

/// The time of one runner at one column since their own start.
[[nodiscard]] model::Evidence passing_evidence(const FieldView& view, std::size_t row,
                                               std::size_t column);

/// The time of one runner between two columns that both heard them.
[[nodiscard]] model::Evidence stretch_evidence(const FieldView& view, std::size_t row,
                                               std::size_t from, std::size_t to);

/// How many of the field took longer than `seconds` from `from` to the finish, as the rank
/// 1 + that, and of how many.
void rank_slowest(const FieldView& view, std::size_t from, double seconds, model::Evidence& into);

}  // namespace hs::moments
