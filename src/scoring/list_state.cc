#include "scoring/list_state.h"

#include "scoring/results_hash.h"

namespace hs::scoring {

ListState list_state(const model::EventResults& results, model::RaceId race) {
  const std::string& id = results.event.races[race.raw()].id;
  const model::Version* last = nullptr;
  for (const model::Version& version : results.versions) {
    if (version.fact.race == id) last = &version;
  }
  ListState out;
  if (last == nullptr) return out;
  out.version = last->number;
  out.at = last->fact.author.at;
  const bool is_same =
      last->fact.hash.empty() || last->fact.hash == base::to_hex(race_hash(results, race));
  if (!is_same) return out;
  out.kind = last->fact.official ? ListState::Kind::Official : ListState::Kind::Published;
  if (!last->fact.official) out.protest_until = last->fact.protest_until;
  return out;
}

std::vector<ListState> list_states(const model::EventResults& results) {
  std::vector<ListState> out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    out.push_back(list_state(results, model::RaceId(static_cast<std::uint16_t>(r))));
  }
  return out;
}

const char* name_of(ListState::Kind kind) {
  switch (kind) {
    case ListState::Kind::Provisional:
      return "provisional";
    case ListState::Kind::Published:
      return "published";
    case ListState::Kind::Official:
      return "official";
  }
  return "";
}

}  // namespace hs::scoring
