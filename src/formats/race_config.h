#pragma once

#include <vector>

#include "base/time.h"
#include "formats/config_reader.h"
#include "formats/time_zone.h"
#include "model/event.h"

namespace hs::formats {

/// What the parts of an event file need of the whole.
struct EventContext {
  base::Date date;                 ///< Of the event; times of day without a day are on it.
  base::RaceTime begins;           ///< No gun is before it ...
  base::RaceTime latest_gun;       ///< ... or after this.
  const TimeZone* zone = nullptr;  ///< Absent where the zone itself was a mistake.
  Faults* faults = nullptr;
};

/// The instant that `written` means; nothing (and a fault) where the clocks change in between.
[[nodiscard]] std::optional<base::RaceTime> resolve(const Placed<WrittenTime>& written,
                                                    const EventContext& context);

/// The sex that the key `sex` names; absent without the key.
[[nodiscard]] std::optional<model::Sex> read_sex(TableReader& in);

/// Which time `key` names; `otherwise` without the key.
[[nodiscard]] model::RankBy read_rank_by(TableReader& in, std::string_view key,
                                         model::RankBy otherwise);

/// Finds ids that are given twice.
class UniqueIds {
 public:
  /// `what` names the kind of thing in messages: "race", "point".
  UniqueIds(std::string what, Faults& faults) : what_(std::move(what)), faults_(faults) {}
  void add(const Placed<std::string>& id);

 private:
  std::string what_;
  Faults& faults_;
  std::vector<Placed<std::string>> seen_;
};

/// Reads one [[race]] with its points, waves, divisions, awards and standards, and checks the
/// invariants of `model::Race`. Mistakes go to the context's faults; the race is then only fit to
/// be dropped. `ids` gets the race's id.
[[nodiscard]] model::Race read_race(const ConfigValue& table, const EventContext& context,
                                    UniqueIds& ids);

}  // namespace hs::formats
