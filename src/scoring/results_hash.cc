#include "scoring/results_hash.h"

#include <algorithm>

// Implementation notes: one text line a runner, fields separated by tabs, so that two results that
// should agree and do not can be compared with any text tool.

namespace hs::scoring {
namespace {

void add(std::string& line, std::string_view text) {
  line += text;
  line += '\t';
}

template <typename Optional, typename Value>
void add_time(std::string& line, const Optional& time, Value value) {
  add(line, time ? std::to_string(value(*time)) : std::string());
}

void add_place(std::string& line, const std::optional<model::Placing>& placing) {
  add(line, placing ? std::to_string(placing->place) + (placing->shared ? "=" : "") : "");
}

void add_places(std::string& line, const model::Places& places) {
  add_place(line, places.overall);
  add_place(line, places.sex);
  add_place(line, places.division);
}

std::string line_of(const model::RunnerResult& r, const model::BibNumber& bib) {
  const auto micros = [](base::Duration d) { return d.count(); };
  const auto elapsed = [](auto e) { return e.value().count(); };
  const auto instant = [](base::RaceTime t) { return t.time_since_epoch().count(); };
  std::string line;
  add(line, bib.view());
  add(line, model::name_of(r.status));
  add(line, model::name_of(r.start_source));
  add_time(line, r.gun_at, instant);
  add_time(line, r.start_at, instant);
  add_time(line, r.gun, elapsed);
  add_time(line, r.clock, elapsed);
  add_time(line, r.net, elapsed);
  add_time(line, r.official, micros);
  add(line, std::to_string(r.penalty.count()));
  add(line, r.clause);
  add_places(line, r.places);
  for (const model::Split& split : r.splits) {
    add_time(line, split.net, elapsed);
    add_time(line, split.gun, elapsed);
    add_places(line, split.places);
  }
  line += '\n';
  return line;
}

}  // namespace

base::Digest results_hash(const model::EventResults& results) {
  base::Sha256 hash;
  for (std::size_t race = 0; race < results.event.races.size(); ++race) {
    hash.add("race\t" + results.event.races[race].id + "\n");
    std::vector<model::EntrantId> ids = results.order[race];
    std::sort(ids.begin(), ids.end(), [&](model::EntrantId a, model::EntrantId b) {
      return results.entrants[a.raw()].bib < results.entrants[b.raw()].bib;
    });
    for (const model::EntrantId id : ids) {
      hash.add(line_of(results.runners[id.raw()], results.entrants[id.raw()].bib));
    }
  }
  return hash.finish();
}

}  // namespace hs::scoring
