#include "app/story_source.h"

#include <filesystem>

#include "app/event_source.h"
#include "evaluate/past_races.h"
#include "formats/published_event.h"

namespace hs::app {

base::Result<model::EventResults> story_results(const std::string& subject,
                                                const std::string& archive) {
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
    return formats::event_of(race);
  }
  HS_TRY(OpenEvent event, look_at_event(subject));
  return event.day.results();
}

}  // namespace hs::app
