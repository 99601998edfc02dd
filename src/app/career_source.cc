#include "app/career_source.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace hs::app {
namespace {

using FieldKey = std::pair<std::uint32_t, std::optional<model::Sex>>;
using Fields = std::map<FieldKey, history::FieldOfDay>;

base::Result<Fields> fields_of(const archive::Archive& archive) {
  HS_TRY(const auto figures, archive.fields());
  Fields out;
  for (const archive::FieldFigures& one : figures) {
    out[{one.race, one.sex}] = {one.finishers, one.median};
  }
  return out;
}

/// The fastest of a sex and age among the races of one series.
base::Result<std::optional<history::FastestOfAge>> fastest_of_age(
    const archive::Archive& archive, model::Sex sex, int age,
    const std::vector<std::uint32_t>& races) {
  HS_TRY(const auto bests, archive.age_bests(sex, age));
  std::optional<history::FastestOfAge> out;
  for (const archive::AgeBest& best : bests) {
    if (std::find(races.begin(), races.end(), best.result.race()) == races.end()) continue;
    if (!out) out = {best.time, 0};
    out->time = std::min(out->time, best.time);
    ++out->editions;
  }
  return out;
}

}  // namespace

base::Result<history::Career> read_career(const archive::Archive& archive, archive::PersonId person,
                                          const history::CareerTables& tables) {
  HS_TRY(const archive::Person found, archive.person(person));
  HS_TRY(const auto races, archive.races());
  HS_TRY(const Fields fields, fields_of(archive));
  std::vector<history::Edition> editions;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> numbers;
  for (const archive::RaceEntry& race : races) {
    editions.push_back({race.id, race.name, race.date, race.is_interrupted});
    numbers[std::string(history::series_of(race.id))].push_back(race.number);
  }
  std::vector<history::CareerRun> runs;
  for (const archive::PersonResult& result : found.results) {
    history::CareerRun run = history::career_run(result.race, result.race.results.front());
    run.link_millionths = static_cast<std::uint32_t>(result.probability.millionths());
    if (run.sex) {
      const auto field = fields.find({result.id.race(), run.sex});
      if (field != fields.end()) run.field = field->second;
    }
    if (run.sex && run.age && run.is_comparable()) {
      HS_TRY(run.fastest_of_age,
             fastest_of_age(archive, *run.sex, *run.age,
                            numbers[std::string(history::series_of(run.race))]));
    }
    runs.push_back(std::move(run));
  }
  return history::build_career(std::move(runs), history::gather_series(std::move(editions)),
                               tables);
}

}  // namespace hs::app
