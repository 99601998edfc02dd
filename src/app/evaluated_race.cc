#include "app/evaluated_race.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "app/event_source.h"
#include "base/file.h"
#include "evaluate/past_races.h"
#include "formats/published_event.h"
#include "formats/results_file.h"

namespace hs::app {

base::Result<model::EventResults> results_to_evaluate(const std::string& subject) {
  const std::filesystem::path path(subject);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored) || path.extension() == ".race") {
    HS_TRY(OpenEvent event, look_at_event(subject));
    return event.day.results();
  }
  HS_TRY(const std::string bytes, base::read_file(subject));
  formats::ResultsOptions options;
  options.race_id = evaluate::subject_name(subject);
  HS_TRY(const auto file, formats::read_results(bytes, subject, options));
  return formats::event_of(file.race);
}

base::Result<model::RaceId> race_to_evaluate(const std::string& name,
                                             const model::EventResults& results) {
  std::vector<std::size_t> finishers(results.event.races.size(), 0);
  for (const model::RunnerResult& runner : results.runners) {
    finishers[runner.race.raw()] += runner.status == model::RunnerStatus::Finished ? 1u : 0u;
  }
  std::string known;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const std::string& id = results.event.races[i].id;
    if (!name.empty() && id == name) return model::RaceId(static_cast<std::uint16_t>(i));
    known += " " + id;
  }
  if (!name.empty() || finishers.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found the race '" + name + "', expected one of" + known);
  }
  const auto most = std::max_element(finishers.begin(), finishers.end());
  return model::RaceId(static_cast<std::uint16_t>(most - finishers.begin()));
}

}  // namespace hs::app
