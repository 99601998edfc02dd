#pragma once

#include <optional>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// Where the tenth, the half and the ninetieth of a hundred lie.
/// Units:   seconds.
struct Spread {
  double low = 0;
  double middle = 0;
  double high = 0;
};

/// Those of a race who finished with a net time, in the order of the results.
[[nodiscard]] std::vector<model::EntrantId> finishers_of(const model::EventResults& results,
                                                         model::RaceId race);

/// The points that give a split, the start left out, in course order.
[[nodiscard]] std::vector<model::PointId> timed_points(const model::Race& race);

/// Net time of a runner at a point in seconds; zero at the start; nothing where it was missed.
[[nodiscard]] std::optional<double> net_seconds(const model::EventResults& results,
                                                model::EntrantId id, model::PointId point);

/// The finishers nearest in net time to `id` at `point`, `id` itself left out: at most
/// `count_max`, and never more than a fifth of those with a time there, so that "alike" stays true
/// in a small race. Empty where the runner has no time there.
/// Order:   by difference, then as in `among`.
[[nodiscard]] std::vector<model::EntrantId> alike_at(const model::EventResults& results,
                                                     const std::vector<model::EntrantId>& among,
                                                     model::EntrantId id, model::PointId point,
                                                     std::size_t count_max);

/// How net times at a point spread over a group; nothing below ten runners.
[[nodiscard]] std::optional<Spread> net_spread(const model::EventResults& results,
                                               const std::vector<model::EntrantId>& group,
                                               model::PointId point);

/// How the pace between two points spreads over a group; nothing below ten runners.
/// Units:   seconds a kilometre.
[[nodiscard]] std::optional<Spread> pace_spread(const model::EventResults& results,
                                                const std::vector<model::EntrantId>& group,
                                                model::PointId from, model::PointId to);

/// Seconds a kilometre of one runner between two points; nothing where one of them was missed.
[[nodiscard]] std::optional<double> pace_between(const model::EventResults& results,
                                                 model::EntrantId id, model::PointId from,
                                                 model::PointId to);

/// The timed point nearest to half the distance, if one lies between 40 and 60 % of it.
[[nodiscard]] std::optional<model::PointId> half_way(const model::Race& race);

/// The point with that id.
[[nodiscard]] std::optional<model::PointId> find_point(const model::Race& race,
                                                       const std::string& id);

/// Kilometres from the start.
[[nodiscard]] double kilometres(const model::Race& race, model::PointId point);

}  // namespace hs::present
