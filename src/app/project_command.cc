#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/commands.h"
#include "app/event_source.h"
#include "evaluate/past_races.h"
#include "evaluate/trail.h"
#include "moments/suspense.h"
#include "present/page_time.h"
#include "present/projections.h"
#include "present/wording.h"
#include "projection/race_projector.h"

namespace hs::app {
namespace {

constexpr const char* kLastSeen = "last";
constexpr std::size_t kComingNext = 40;  ///< Runners of whom is said what hangs on them.

struct ProjectArguments {
  std::string subject;
  std::string archive;
  std::vector<std::string> past;
  std::string at;
  std::string bib;
  std::string race;
  std::size_t top = 20;
  bool json = false;
};

tl::unexpected<base::Error> unknown_point(const std::string& found,
                                          const std::vector<std::string>& points) {
  std::string expected = "one of";
  for (const std::string& point : points) expected += " " + point;
  return base::fail(base::ErrorCode::NotFound,
                    "found the point '" + found + "', expected " + expected);
}

// --- an event ------------------------------------------------------------------------------------

/// The last thing that is known of a race.
std::optional<base::RaceTime> latest_passing(const model::EventResults& results,
                                             model::RaceId race) {
  std::optional<base::RaceTime> latest;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.race != race) continue;
    for (const model::Split& split : runner.splits) {
      if (split.passing && (!latest || split.passing->at > *latest)) latest = split.passing->at;
    }
  }
  return latest;
}

/// One race of an event, asked about.
class RaceQuestion {
 public:
  RaceQuestion(const model::EventResults& results, model::RaceId race,
               const ProjectArguments& arguments, const projection::CourseModel* learned)
      : results_(results),
        race_(results.event.races[race.raw()]),
        id_(race),
        arguments_(arguments),
        projector_(results, race, learned) {}

  [[nodiscard]] base::Result<present::ProjectedField> answer() const {
    present::ProjectedField out;
    out.race = race_.name.empty() ? race_.id : race_.name;
    out.source = projector_.field().source();
    out.knows_the_day = projector_.field().knows_the_day();
    std::optional<model::PointId> point;
    std::optional<base::RaceTime> now;
    if (arguments_.at == kLastSeen) {
      now = latest_passing(results_, id_);
      if (!now) return out;  // Nobody was seen.
      out.as_of = present::local_time(results_.event, *now);
    } else {
      HS_TRY(point, find_point());
      out.at = present::point_label(race_.points[point->raw()]);
    }
    std::vector<moments::Approaching> approaching;
    for (std::size_t e = 0; e < results_.runners.size(); ++e) {
      const model::EntrantId id(static_cast<std::uint32_t>(e));
      if (results_.runners[e].race != id_ || !is_wanted(id)) continue;
      const auto projection = point ? projector_.when_seen(id, *point) : still_running(id, *now);
      if (!projection) continue;
      out.runners.push_back(runner_of(id, *projection));
      const auto& start = results_.runners[e].start_at;
      if (now && start) approaching.push_back({id, *start, *projection});
    }
    // Of one who was asked about alone the sentences say it all.
    if (arguments_.bib.empty()) out.suspense = moments::most_suspense(approaching, kComingNext);
    return out;
  }

 private:
  [[nodiscard]] bool is_wanted(model::EntrantId id) const {
    return arguments_.bib.empty() || results_.entrants[id.raw()].bib.view() == arguments_.bib;
  }

  /// Only of those who are on their way: whoever was taken out has no finish to come.
  [[nodiscard]] std::optional<model::Projection> still_running(model::EntrantId id,
                                                               base::RaceTime now) const {
    const model::RunnerStatus status = results_.runners[id.raw()].status;
    const bool is_open =
        status == model::RunnerStatus::Running || status == model::RunnerStatus::Unresolved;
    return is_open ? projector_.at(id, now) : std::nullopt;
  }

  [[nodiscard]] base::Result<std::optional<model::PointId>> find_point() const {
    std::vector<std::string> names = {kLastSeen};
    for (std::size_t p = 1; p + 1 < race_.points.size(); ++p) {
      if (race_.points[p].role == model::PointRole::Spotter) continue;
      if (race_.points[p].id == arguments_.at) {
        return std::optional(model::PointId(static_cast<std::uint16_t>(p)));
      }
      names.push_back(race_.points[p].id);
    }
    return unknown_point(arguments_.at, names);
  }

  [[nodiscard]] present::ProjectedRunner runner_of(model::EntrantId id,
                                                   const model::Projection& projection) const {
    const model::RunnerResult& result = results_.runners[id.raw()];
    present::ProjectedRunner out;
    out.bib = results_.entrants[id.raw()].bib.str();
    out.name = model::public_name(results_.entrants[id.raw()], results_.persons[id.raw()]);
    out.at = present::point_label(race_.points[projector_.since(projection).raw()]);
    out.projection = projection;
    out.wall = projector_.wall(id, projection);
    if (!results_.entrants[id.raw()].is_private) out.goal = results_.persons[id.raw()].goal_time;
    out.cut_off = projector_.cut_off(id);
    if (result.status == model::RunnerStatus::Finished && result.net) {
      out.finish = result.splits.back().net->value();
    }
    return out;
  }

  const model::EventResults& results_;
  const model::Race& race_;
  model::RaceId id_;
  const ProjectArguments& arguments_;
  projection::RaceProjector projector_;
};

base::Result<std::vector<present::ProjectedField>> project_event(
    const ProjectArguments& arguments) {
  HS_TRY(auto event, look_at_event(arguments.subject));
  const model::EventResults results = event.day.results();
  std::vector<present::ProjectedField> out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::Race& race = results.event.races[r];
    if (!arguments.race.empty() && race.id != arguments.race) continue;
    evaluate::PastRaces past;
    if (!arguments.archive.empty()) {
      HS_TRY(past, evaluate::past_races({arguments.archive, arguments.past,
                                         evaluate::subject_name(arguments.subject),
                                         race.points.back().distance}));
    }
    const auto learned = evaluate::learn(past);
    const model::RaceId id(static_cast<std::uint16_t>(r));
    auto field = RaceQuestion(results, id, arguments, learned ? &*learned : nullptr).answer();
    // Of several races only some may have the point.
    if (!field && arguments.race.empty() && results.event.races.size() > 1) continue;
    if (!field) return tl::make_unexpected(field.error());
    if (learned) field->learned_from = past.names();
    out.push_back(std::move(*field));
  }
  if (out.empty() && !arguments.race.empty()) {
    return base::fail(base::ErrorCode::NotFound,
                      "found the race '" + arguments.race + "', expected one of this event");
  }
  if (out.empty()) {
    return base::fail(base::ErrorCode::NotFound, "found the point '" + arguments.at +
                                                     "', expected one of a race's: --race R "
                                                     "lists them");
  }
  return out;
}

// --- a race of the archive -----------------------------------------------------------------------

/// A race that is over, as it was at a point.
base::Result<present::ProjectedField> project_past(const ProjectArguments& arguments) {
  HS_TRY(const auto race, evaluate::archived_race(arguments.archive, arguments.subject));
  const evaluate::Field field = evaluate::field_of(race);
  const auto named = std::find(field.point_ids.begin(), field.point_ids.end(), arguments.at);
  if (named == field.point_ids.end() || *named == "finish") {
    return unknown_point(arguments.at, {field.point_ids.begin(), field.point_ids.end() - 1});
  }
  const auto point = static_cast<std::size_t>(named - field.point_ids.begin());
  evaluate::PastQuery query{arguments.archive, arguments.past, arguments.subject, std::nullopt};
  if (field.has_distances()) query.length = field.course.points.back();
  HS_TRY(const evaluate::PastRaces past, evaluate::past_races(query));
  const auto learned = field.has_distances() ? evaluate::learn(past) : std::nullopt;
  std::optional<projection::FieldProjector> road;
  std::optional<evaluate::Trail> trail;
  present::ProjectedField out;
  if (field.has_distances()) {
    road.emplace(field.course, field.runners, field.starts, learned ? &*learned : nullptr);
    out.source = road->source();
    out.knows_the_day = road->knows_the_day();
    if (learned) out.learned_from = past.names();
  } else {
    trail.emplace(past.fields, field);
    if (trail->past_finishers() == 0) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found no length of '" + arguments.subject +
                            "' and no past race in the archive with its points, expected one or "
                            "the other (import it again with --distance)");
    }
    out.source = model::ProjectionSource::Nearest;
    out.learned_from = trail->trained_on();
  }
  out.race = field.name;
  out.at = present::point_label(arguments.at);
  for (std::size_t r = 0; r < field.runners.size(); ++r) {
    const model::PublishedResult& result = race.results[field.rows[r]];
    present::ProjectedRunner runner;
    runner.bib = race.text(result, model::PublishedText::Bib);
    if (!arguments.bib.empty() && runner.bib != arguments.bib) continue;
    if (!field.runners[r].times[point]) continue;
    const auto projection = road ? road->when_seen(r, point) : trail->project(r, point);
    if (!projection) continue;
    runner.name = race.name_of(result);
    runner.at = out.at;
    runner.projection = *projection;
    if (road) runner.wall = road->wall(r, *projection);
    runner.finish = field.runners[r].times.back();
    out.runners.push_back(std::move(runner));
  }
  return out;
}

Exit run_project(const ProjectArguments& arguments) {
  // EVENT is a folder or a file; an ID is neither, and then only an archive can have it.
  const bool is_event = std::filesystem::exists(arguments.subject);
  if (!is_event && arguments.archive.empty()) {
    return report({base::ErrorCode::NotFound,
                   "found no event '" + arguments.subject +
                       "', expected an event folder, a .race file, or with --archive the id of a "
                       "race in it",
                   {}});
  }
  std::vector<present::ProjectedField> fields;
  if (is_event) {
    auto found = project_event(arguments);
    if (!found) return report(found.error());
    fields = std::move(*found);
  } else {
    auto found = project_past(arguments);
    if (!found) return report(found.error());
    fields.push_back(std::move(*found));
  }
  std::size_t runners = 0;
  for (const auto& field : fields) runners += field.runners.size();
  if (runners == 0 && !arguments.bib.empty()) {
    return report({base::ErrorCode::NotFound,
                   "found no projection of the bib '" + arguments.bib +
                       "', expected somebody on foot who was seen there and not yet at the finish",
                   {}});
  }
  if (arguments.json) {
    std::fputs(present::projections_json(fields).c_str(), stdout);
    return Exit::Done;
  }
  for (const auto& field : fields) {
    if (field.runners.empty() && fields.size() > 1) continue;
    const std::string text = present::projections_text(field, arguments.top, colour_of_stdout());
    std::fputs(text.c_str(), stdout);
  }
  return Exit::Done;
}

}  // namespace

void add_project_command(CLI::App& program, Exit& exit) {
  auto arguments = std::make_shared<ProjectArguments>();
  CLI::App* command = program.add_subcommand("project", "when runners will finish, and how sure");
  command->footer(
      "Example: homestretch project harbour-half --at 10k\n"
      "         homestretch project harbour-half --at last --bib 812\n"
      "         homestretch project harbour-2024 --archive ARCHIVE.db --at 10k\n"
      "With --archive it learns from past races of the same length: those that --past names, else\n"
      "those whose id begins alike (harbour-2023 for harbour-2024), else all.");
  command->add_option("EVENT", arguments->subject, "event folder, .race file or a race's id")
      ->required();
  command->add_option("--at", arguments->at, "a point: what could be said there; last: right now")
      ->required();
  command->add_option("--bib", arguments->bib, "one runner");
  command->add_option("--race", arguments->race, "one race of the event");
  command->add_option("--archive", arguments->archive, "past races to learn from");
  command->add_option("--past", arguments->past, "ids of those in the archive that count");
  command->add_option("--top", arguments->top, "rows of the table")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100000}))
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] { exit = run_project(*arguments); });
}

}  // namespace hs::app
