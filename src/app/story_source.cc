#include "app/story_source.h"

#include <filesystem>
#include <optional>

#include "app/event_source.h"
#include "app/table_folder.h"
#include "engine/archive_past.h"
#include "evaluate/past_races.h"
#include "formats/published_event.h"

namespace hs::app {

base::Result<std::vector<model::AgeGradeTable>> grade_tables(const std::string& folder) {
  if (folder.empty()) return std::vector<model::AgeGradeTable>();
  HS_TRY(history::CareerTables tables, read_table_folder(folder, std::nullopt));
  return std::move(tables.grades);
}

base::Result<model::EventResults> archived_results(const archive::Archive& archive,
                                                   const std::string& race_id,
                                                   std::span<const model::AgeGradeTable> grades) {
  HS_TRY(const model::PublishedRace race, archive.race(race_id));
  HS_TRY(model::EventResults results, formats::event_of(race));
  HS_TRY(results.past, engine::past_of_archived(archive, race_id, results, grades));
  return results;
}

base::Result<model::EventResults> story_results(const StorySubject& subject) {
  std::error_code ignored;
  const bool is_event = std::filesystem::exists(subject.event, ignored);
  if (!is_event && subject.archive.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found neither a folder nor a file '" + subject.event +
                          "', expected an event folder, a .race file, or with --archive the id "
                          "of a race there");
  }
  HS_TRY(const auto grades, grade_tables(subject.tables));
  std::optional<archive::Archive> archive;
  if (!subject.archive.empty()) {
    HS_TRY(archive, archive::Archive::open(subject.archive, archive::Access::Read));
  }
  if (!is_event) return archived_results(*archive, subject.event, grades);
  HS_TRY(OpenEvent event, look_at_event(subject.event));
  model::EventResults results = event.day.results();
  if (archive) {
    HS_TRY(results.past,
           engine::past_of_event(*archive, evaluate::subject_name(subject.event), results, grades));
  }
  return results;
}

}  // namespace hs::app
