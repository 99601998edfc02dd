#include "app/story_source.h"

#include <filesystem>

#include "app/event_source.h"
#include "archive/archive.h"
#include "engine/archive_past.h"
#include "evaluate/past_races.h"
#include "formats/published_event.h"

namespace hs::app {

base::Result<model::EventResults> story_results(const std::string& subject,
                                                const std::string& archive,
                                                std::span<const model::AgeGradeTable> grades) {
  std::error_code ignored;
  const bool is_event = std::filesystem::exists(subject, ignored);
  if (!is_event && archive.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found neither a folder nor a file '" + subject +
                          "', expected an event folder, a .race file, or with --archive the id "
                          "of a race there");
  }
  if (!is_event) {
    HS_TRY(const model::PublishedRace race, evaluate::archived_race(archive, subject));
    HS_TRY(model::EventResults results, formats::event_of(race));
    HS_TRY(const auto opened, archive::Archive::open(archive, archive::Access::Read));
    HS_TRY(results.past, engine::past_of_archived(opened, subject, results, grades));
    return results;
  }
  HS_TRY(OpenEvent event, look_at_event(subject));
  return event.day.results();
}

}  // namespace hs::app
