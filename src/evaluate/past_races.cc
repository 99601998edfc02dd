#include "evaluate/past_races.h"

#include <algorithm>
#include <filesystem>

#include "archive/archive.h"
#include "evaluate/walls.h"

namespace hs::evaluate {
namespace {

/// "harbour-" of "harbour-2024": what the years of a race have in common.
std::string stem_of(const std::string& id) {
  std::size_t end = id.size();
  while (end > 0 && id[end - 1] >= '0' && id[end - 1] <= '9') --end;
  return id.substr(0, end);
}

bool fits(const Field& field, const std::optional<base::Distance>& length) {
  if (!length) return !field.has_distances();
  if (!field.has_distances()) return false;
  const auto mm = static_cast<double>(length->in_millimetres());
  const auto own = static_cast<double>(field.course.points.back().in_millimetres());
  return projection::is_as_long(own, mm);
}

}  // namespace

std::vector<std::string> PastRaces::names() const {
  std::vector<std::string> out;
  for (const Field& field : fields) out.push_back(field.name);
  return out;
}

base::Result<PastRaces> past_races(const PastQuery& query) {
  HS_TRY(const auto archive, archive::Archive::open(query.archive, archive::Access::Read));
  std::vector<std::string> ids = query.ids;
  if (ids.empty()) {
    HS_TRY(const auto entries, archive.races());
    std::vector<std::string> alike;
    const std::string stem = stem_of(query.subject);
    for (const archive::RaceEntry& entry : entries) {
      ids.push_back(entry.id);
      const bool is_alike = !stem.empty() && stem_of(entry.id) == stem;
      if (is_alike && entry.id != query.subject) alike.push_back(entry.id);
    }
    if (!alike.empty()) ids = alike;
  }
  PastRaces out;
  for (const std::string& id : ids) {
    if (id == query.subject) continue;
    HS_TRY(const auto race, archive.race(id));
    Field field = field_of(race);
    if (field.finish() > 0 && fits(field, query.length)) out.fields.push_back(std::move(field));
  }
  return out;
}

std::optional<projection::CourseModel> learn(const PastRaces& past) {
  std::vector<projection::PastRace> races;
  for (const Field& field : past.fields) {
    if (field.has_distances()) races.push_back({field.course, field.runners});
  }
  auto model = projection::fit_course(races);
  if (model) model->wall = learn_walls(*model, past.fields);
  return model;
}

base::Result<model::PublishedRace> archived_race(const std::string& archive,
                                                 const std::string& id) {
  HS_TRY(const auto opened, archive::Archive::open(archive, archive::Access::Read));
  return opened.race(id);
}

std::string subject_name(const std::string& path) {
  std::filesystem::path clean = std::filesystem::path(path).lexically_normal();
  if (clean.filename().empty()) clean = clean.parent_path();
  return clean.stem().string();
}

}  // namespace hs::evaluate
