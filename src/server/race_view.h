#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/live_story.h"
#include "engine/snapshot.h"
#include "present/json_out.h"

namespace hs::server {

/// How the race stands, as every answer of one moment sees it: the newest snapshot, and what is
/// told of the race, which is some seconds older. Looks things up and decides nothing.
///
/// Units:   as in docs/http-api.md.
/// Threads: safe from any; indexes are made when first asked for.
class RaceView {
 public:
  /// None may be null.
  RaceView(std::shared_ptr<const engine::Snapshot> now,
           std::shared_ptr<const engine::Overview> overview,
           std::shared_ptr<const engine::Told> told);

  [[nodiscard]] const engine::Snapshot& now() const { return *now_; }
  /// Everything, official and advisory, with its own numbers of entrants.
  [[nodiscard]] const engine::Overview& overview() const { return *overview_; }
  /// Moments and projections, with the numbers of `told().overview`.
  [[nodiscard]] const engine::Told& told() const { return *told_; }

  /// True where all of it is of one event file: numbers of points and divisions mean the same.
  /// After a change, what is told follows the snapshot by some seconds.
  [[nodiscard]] bool is_of_one_event() const {
    return now_->edition() == overview_->edition && now_->edition() == told_->overview->edition;
  }

  /// True where nothing differs that an answer could show.
  [[nodiscard]] bool is_same(const RaceView& other) const {
    return now_ == other.now_ && told_ == other.told_ && overview_ == other.overview_;
  }

  [[nodiscard]] std::optional<model::RaceId> race(std::string_view id) const;
  [[nodiscard]] const model::Race& race(model::RaceId id) const;
  /// Errors: NotFound, naming those that are there.
  [[nodiscard]] base::Result<model::RaceId> need_race(std::string_view id) const;
  /// By the id of a point, "finish" too. Errors: NotFound, naming those that are there.
  [[nodiscard]] base::Result<std::size_t> need_point(model::RaceId race, std::string_view id) const;
  /// Errors: NotFound.
  [[nodiscard]] base::Result<model::EntrantId> need_runner(model::RaceId race,
                                                           std::string_view bib) const;
  [[nodiscard]] const engine::SnapshotRunner& runner(model::EntrantId id) const {
    return *now_->runner(id);
  }

  /// Everybody of a race: the order of the finish, then who is on the course by where they are,
  /// then the others by bib.
  [[nodiscard]] const std::vector<model::EntrantId>& everybody(model::RaceId race) const;

  /// The number of an entrant of the snapshot in what is told; nothing where it is too new.
  [[nodiscard]] std::optional<model::EntrantId> told_number(model::EntrantId id) const;
  /// Of whoever is on the course now; nothing where there is none.
  [[nodiscard]] const model::Projection* projection(model::EntrantId id) const;
  /// When somebody on the course will be at the next point, of any role, if they are.
  struct Expected {
    std::size_t point;
    base::RaceTime low;  ///< Four in five lie between the two.
    base::RaceTime at;
    base::RaceTime high;
  };
  /// The projection of the finish, cut where the point lies in the way that is left: evenly, since
  /// nothing else is known of a runner between two points. Nothing of whoever is not projected.
  [[nodiscard]] std::optional<Expected> expected_next(model::EntrantId id) const;
  /// The same at a point in front of them. Nothing where they have been seen there or behind it.
  [[nodiscard]] std::optional<Expected> expected_at(model::EntrantId id, std::size_t point) const;

  /// True where an official wants nothing told of them, as of the overview.
  [[nodiscard]] bool is_hidden(model::EntrantId id) const;

  /// Moments that may be shown: indexes into `told().moments`, best first.
  [[nodiscard]] const std::vector<std::size_t>& moments() const;
  /// Those of one entrant, best first.
  [[nodiscard]] std::vector<std::size_t> moments_of(model::EntrantId id) const;

  /// When somebody was seen last, and where; nothing before the start.
  struct Seen {
    std::size_t point;
    base::RaceTime at;
  };
  [[nodiscard]] static std::optional<Seen> last_seen(const model::RunnerResult& result);
  /// The time that ranks at a point; nothing without one. Unrounded.
  [[nodiscard]] std::optional<base::Duration> ranking_at(const model::RunnerResult& result,
                                                         std::size_t point) const;

  /// The key "as_of" and its value.
  void write_as_of(present::JsonOut& out) const;
  /// "official" or "published" where every list is at least that, else "provisional", also where
  /// every race is closed: nobody has put a name to it.
  [[nodiscard]] const char* status_word() const;

 private:
  struct Index;
  [[nodiscard]] const Index& index() const;
  [[nodiscard]] bool may_be_shown(
      const model::Moment& moment,
      const std::vector<std::optional<model::EntrantId>>& by_told) const;
  void make_index() const;
  void list_everybody(model::RaceId race, std::vector<model::EntrantId>& out) const;

  std::shared_ptr<const engine::Snapshot> now_;
  std::shared_ptr<const engine::Overview> overview_;
  std::shared_ptr<const engine::Told> told_;
  mutable std::once_flag made_;
  mutable std::shared_ptr<const Index> index_;
};

}  // namespace hs::server
