#pragma once

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/time.h"
#include "engine/live_engine.h"
#include "model/moment.h"
#include "model/projection.h"
#include "moments/oddity.h"
#include "projection/race_projector.h"

namespace hs::engine {

/// What can be told of the race at one overview. Nobody changes it.
struct Told {
  std::shared_ptr<const Overview> overview;  ///< All numbers of entrants below are its.
  base::RaceTime at;                         ///< The now of the projections.
  /// Of all races, best first: what `moments::find_moments` gives, or gave at the last refit, put
  /// right for whoever changed since.
  std::vector<model::Moment> moments;
  /// For the referee alone, never public: `moments::find_oddities`, of this overview or of one at
  /// most `Options::odd_every` older; the numbers of entrants are the same in both.
  std::vector<moments::Oddity> oddities;
  model::FactSeq odd_as_of;  ///< What the overview they were found in was of.
  base::RaceTime odd_at;     ///< When.
  /// Who would win which prize now, and which of the lists nobody can change any more.
  std::vector<model::AwardWinners> awards;
  /// By entrant: when who is on the course will finish; nothing of whoever has finished, is out, or
  /// is not projected.
  std::vector<std::optional<model::Projection>> projections;
  /// By race. For the fan of one runner, and the point that a projection knows last.
  std::shared_ptr<const std::vector<projection::RaceProjector>> projectors;
};

/// Follows the engine and finds what is worth telling, in a thread of its own: nobody who stores a
/// read waits for a moment. What is new or no longer holds is told in the engine's change feed.
///
/// Threads: one of its own; every function may be called from any.
/// Cost:    a projection of everybody and the moments of whoever changed, for each overview; of
///          many changed at once a search of the whole race.
class LiveStory {
 public:
  struct Options {
    base::Duration look_every = std::chrono::milliseconds(500);  ///< For a new overview.
    /// Oddities look at the whole field each time: seldom enough that the rest does not wait.
    base::Duration odd_every = std::chrono::seconds(30);
    /// Projections are made anew where no fact comes: who is overdue is so by the clock.
    base::Duration project_every = std::chrono::seconds(10);
    const base::Clock* clock = nullptr;  ///< Absent: the system's.
  };

  /// The first story is there at once. `engine` must outlive it.
  LiveStory(LiveEngine& engine, const Options& options);
  ~LiveStory();
  LiveStory(const LiveStory&) = delete;
  LiveStory& operator=(const LiveStory&) = delete;

  /// Never null.
  [[nodiscard]] std::shared_ptr<const Told> told() const;

  /// Waits until the engine has settled and the story is of that. For tests and the end.
  void settle();

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::thread thread_;
};

}  // namespace hs::engine
