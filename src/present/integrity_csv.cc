#include "present/integrity_csv.h"

#include <fmt/format.h>

#include "present/csv_cell.h"
#include "present/oddity_words.h"

namespace hs::present {

std::string integrity_csv(const model::EventResults& results,
                          const std::vector<moments::Oddity>& oddities,
                          const std::string& event_path) {
  std::string out = "likelihood,kind,race,bib,other_bib,from,to,what,check_first\n";
  for (const moments::Oddity& oddity : oddities) {
    const OddityWords words = words_for(oddity, results, event_path);
    const model::Race& race = results.event.races[oddity.race.raw()];
    CsvRow row(out);
    row.plain(fmt::format("{:.3f}", oddity.likelihood))
        .plain(moments::name_of(oddity.kind))
        .text(race.id)
        .text(results.entrants[oddity.runner.raw()].bib.view())
        .text(oddity.other ? results.entrants[oddity.other->raw()].bib.view() : "")
        .text(race.points[oddity.from.raw()].id)
        .text(race.points[oddity.to.raw()].id)
        .text(words.what)
        .text(words.check);
    row.end();
  }
  return out;
}

}  // namespace hs::present
