#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "moments/detector.h"
#include "moments/field_view.h"
#include "moments/memo.h"

namespace hs::moments {

/// The two reasons for which a moment may leave in public; nothing else is said of it.
enum class WithdrawnBecause : std::uint8_t {
  ResultChanged,
  ByOfficial,  ///< Somebody in it was disqualified, put out of competition or made private.
};
[[nodiscard]] const char* name_of(WithdrawnBecause because);  ///< "result changed" ...

/// One step of the feed. A client that applies all of them holds what `LiveMoments::told` holds.
struct MomentChange {
  enum class What : std::uint8_t { New, Changed, Withdrawn };
  What what = What::New;
  model::Moment moment;  ///< As it is told now; a withdrawn one as it was told last.
  std::optional<WithdrawnBecause> because;  ///< Of a withdrawn one.
};

/// The moments of one race while it runs.
///
/// After each changed runner `runner_changed` says what follows from that runner. Kinds that only
/// count (a win by a blink, the oldest, own words) are looked for anew; pairs, groups and negative
/// splits are judged among the runner's neighbours by the day as it was fitted last; any other
/// moment of theirs that no longer holds leaves. What needs the field anew - ranks among all, the
/// field's story, and hardships, which are held until ten minutes behind the finish anyway - waits
/// for `refit`. Between two refits how many there are of something ("one of 812") is not news.
///
/// The rhythm: `is_refit_due` is true when a fiftieth of the finishers, and at least fifty, have
/// changed since the last refit, or one in ten minutes, so that what is held comes out in time. It
/// hangs on the facts alone, so that the same facts in the same order give the same feed; the
/// caller runs `refit` outside of the way of reads, and at the close. Behind a refit `told` is what
/// `find_moments` gives for this race, to the last number.
///
/// Threads: one at a time. The results passed are not kept behind the call.
class LiveMoments {
 public:
  explicit LiveMoments(model::RaceId race) : race_(race) {}

  /// `results` after everything that changed `runner`. Order: withdrawn, changed, new.
  /// Cost: O(finishers x points) comparisons, no fit; within 5 ms at 30,000.
  [[nodiscard]] std::vector<MomentChange> runner_changed(const model::EventResults& results,
                                                         model::EntrantId runner);

  [[nodiscard]] bool is_refit_due() const;

  /// Everything anew. Order: withdrawn, changed, new; each best first.
  /// Cost: as `find_moments` for one race.
  [[nodiscard]] std::vector<MomentChange> refit(const model::EventResults& results);

  /// What is told now, best first.
  [[nodiscard]] const std::vector<model::Moment>& told() const { return told_; }

 private:
  [[nodiscard]] bool is_cancelled(const model::EventResults& results) const;
  void note_instants(const model::EventResults& results, model::EntrantId runner);
  void look_again(const model::EventResults& results, model::EntrantId runner);
  [[nodiscard]] std::vector<model::Moment> all_found(const model::EventResults& results) const;

  model::RaceId race_;
  std::vector<model::Moment> told_;
  std::optional<FieldView> view_;          ///< Between calls its `results` are not to be looked at.
  Memo day_;                               ///< What the detectors left at the last refit.
  std::vector<std::vector<Found>> found_;  ///< By detector line.
  base::RaceTime latest_;
  base::RaceTime fitted_at_;   ///< `latest_` at the last refit.
  std::size_t fitted_to_ = 0;  ///< Finishers at the last refit.
  std::size_t changed_ = 0;    ///< Finishers that changed since.
};

}  // namespace hs::moments
