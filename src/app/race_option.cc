#include "app/race_option.h"

namespace hs::app {

base::Result<std::optional<model::RaceId>> race_of(const model::EventResults& results,
                                                   const std::string& id) {
  if (id.empty()) return std::nullopt;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    if (results.event.races[i].id == id) return model::RaceId(static_cast<std::uint16_t>(i));
  }
  return base::fail(base::ErrorCode::NotFound,
                    "found the race '" + id + "', expected one of: " + race_ids(results.event));
}

std::string race_ids(const model::Event& event) {
  std::string out;
  for (const model::Race& race : event.races) out += (out.empty() ? "" : ", ") + race.id;
  return out;
}

}  // namespace hs::app
