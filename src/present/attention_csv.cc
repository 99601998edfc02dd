#include "present/attention_csv.h"

#include "present/attention_words.h"
#include "present/csv_cell.h"

namespace hs::present {

std::string attention_csv(const model::EventResults& results, const std::string& event_path) {
  std::string out = "severity,kind,race,bib,mat,what,do\n";
  for (const model::Attention& item : results.attention) {
    const AttentionWords words = words_for(item, results, event_path);
    CsvRow row(out);
    row.plain(model::name_of(item.severity))
        .plain(model::name_of(item.kind))
        .text(item.race.has_value() ? results.event.races[item.race->raw()].id : "")
        .text(item.entrant.has_value() ? results.entrants[item.entrant->raw()].bib.view() : "")
        .text(item.mat)
        .text(words.what)
        .text(words.act);
    row.end();
  }
  return out;
}

}  // namespace hs::present
