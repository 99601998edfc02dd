#include "engine/people_rows.h"

#include <variant>

#include "model/fact_codec.h"

namespace hs::engine {

base::Result<std::vector<model::FactSeq>> rows_of(const log::RaceFile& file,
                                                  const std::set<EntryName>& entries) {
  std::vector<model::FactSeq> rows;
  HS_TRY_VOID(file.visit_people([&](const log::StoredFact& stored) -> base::Result<void> {
    HS_TRY(const model::FactBody body, model::decode(stored.kind, stored.body, {}));
    const auto* entry = std::get_if<model::EntrantFact>(&body);
    if (entry != nullptr && entries.contains({entry->entrant.race, entry->entrant.bib})) {
      rows.push_back(stored.seq);
    }
    return {};
  }));
  return rows;
}

}  // namespace hs::engine
