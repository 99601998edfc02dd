#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "moments/field_view.h"
#include "moments/second_half.h"

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
/// After each changed runner `runner_changed` says what follows from that runner alone, by the
/// standing fit of the day: moments of theirs that no longer hold leave at once, and a kind that
/// one runner's own times decide (negative-split) is told at once. What needs the field anew - new
/// pairs, superlatives, ranks among all, and hardships, which are held until ten minutes behind
/// the finish anyway - waits for `refit`.
///
/// The rhythm: `is_refit_due` is true when a fiftieth of the finishers, and at least fifty, have
/// changed since the last refit. It hangs on the facts alone, so that the same facts in the same
/// order give the same feed; the caller runs `refit` outside of the way of reads, and at the close.
/// Behind a refit `told` is what `find_moments` gives for this race, to the last number.
///
/// Threads: one at a time. The results passed are not kept behind the call.
class LiveMoments {
 public:
  explicit LiveMoments(model::RaceId race) : race_(race) {}

  /// `results` after everything that changed `runner`. Order: withdrawn, changed, new.
  /// Cost: O(finishers) additions, no fit; within 5 ms at 30,000.
  [[nodiscard]] std::vector<MomentChange> runner_changed(const model::EventResults& results,
                                                         model::EntrantId runner);

  [[nodiscard]] bool is_refit_due() const;

  /// Everything anew. Order: withdrawn, changed, new; each best first.
  /// Cost: as `find_moments`.
  [[nodiscard]] std::vector<MomentChange> refit(const model::EventResults& results);

  /// What is told now, best first as of the last refit; later ones behind it as they came.
  [[nodiscard]] const std::vector<model::Moment>& told() const { return told_; }

 private:
  [[nodiscard]] std::optional<model::Moment> judge(model::EntrantId runner) const;
  void note_instants(const model::EventResults& results, model::EntrantId runner);

  model::RaceId race_;
  std::vector<model::Moment> told_;
  std::optional<FieldView> view_;  ///< Between calls its `results` are not to be looked at.
  std::optional<SecondHalf> second_half_;
  base::RaceTime latest_;
  std::size_t fitted_to_ = 0;  ///< Finishers at the last refit.
  std::size_t changed_ = 0;    ///< Finishers that changed since.
};

}  // namespace hs::moments
