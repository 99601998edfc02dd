#include "sim/plan.h"

#include <fmt/format.h>

namespace hs::sim {

namespace {

using base::Distance;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Distance kMarathon = Distance::metres(42195);
// How far beyond the main line the backup line lies. Enough that a walker needs seconds for it.
constexpr Distance kStartSpacing = Distance::metres(4);
constexpr Distance kFinishSpacing = Distance::metres(5);
// Where the marathon's course passes beside its own finish, and how often the mat hears it there.
constexpr Distance kBesideFinish = Distance::metres(19800);
constexpr std::uint32_t kOverhearPerMillion = 12000;

PlanPoint point(const std::string& id, Distance distance) { return {id, distance, id}; }

/// A box at one point of the course.
Box box_at(const Plan& plan, std::size_t index, std::string name, FileFormat format) {
  Box box;
  box.mat = plan.points[index].mat;
  box.serial = fmt::format("H{:05X}", 0x1A90 + 0x2F1 * (plan.boxes.size() + 1));
  box.name = std::move(name);
  box.format = format;
  box.places = {{plan.points[index].distance, index, 1000000}};
  box.clock = right_clock();
  // MYLAPS writes thousandths, our csv boxes too; ChronoTrack and IPICO hundredths.
  const bool fine = format == FileFormat::Mylaps || format == FileFormat::Csv;
  box.resolution = fine ? base::Duration(1000) : base::Duration(10000);
  return box;
}

/// Makes `box` the second line behind the first: less well placed, and less trusted.
Box as_backup(Box box, Distance spacing) {
  box.role = model::ReadRole::Backup;
  box.misses_per_million = 10000;
  for (HearingPlace& place : box.places) place.along = place.along + spacing;
  return box;
}

BoxMarker gun_marker(const PlanWave& wave) {
  BoxMarker marker;
  marker.at = wave.gun;
  marker.type = "Gun";
  marker.value = "Button Press";
  return marker;
}

}  // namespace

base::RaceTime local_time(base::Duration since_midnight) {
  const auto days = std::chrono::hours(24) * base::days_from_epoch(kEventDate);
  return base::RaceTime(days + since_midnight - kEventOffset);
}

std::vector<ClockSpan> right_clock() {
  ClockSpan span;
  span.from = local_time(minutes(360));
  return {span};
}

Plan marathon_plan() {
  Plan plan;
  plan.event_name = "Harbour City Marathon (simulated)";
  plan.race_id = "marathon";
  plan.race_name = "Marathon";
  plan.points.push_back(point("start", Distance::metres(0)));
  for (const int km : {5, 10, 15, 20}) {
    plan.points.push_back(point(fmt::format("{}k", km), Distance::metres(km * 1000)));
  }
  plan.points.push_back(point("half", Distance::millimetres(21097500)));
  for (const int km : {25, 30, 35, 40}) {
    plan.points.push_back(point(fmt::format("{}k", km), Distance::metres(km * 1000)));
  }
  plan.points.push_back(point("finish", kMarathon));
  plan.waves = {{"A", local_time(minutes(480) + milliseconds(160))},
                {"B", local_time(minutes(490) + milliseconds(2480))},
                {"C", local_time(minutes(505) + milliseconds(1210))},
                {"D", local_time(minutes(520) + milliseconds(3040))}};
  const std::size_t finish = plan.points.size() - 1;
  const auto add = [&plan](Box box) { plan.boxes.push_back(std::move(box)); };
  add(box_at(plan, 0, "START1", FileFormat::ChronoTrack));
  plan.boxes.back().reporting = Reporting::Every;
  for (const PlanWave& wave : plan.waves) plan.boxes.back().markers.push_back(gun_marker(wave));
  add(as_backup(box_at(plan, 0, "START2", FileFormat::ChronoTrack), kStartSpacing));
  for (std::size_t i = 1; i < finish; ++i) {
    const std::string& id = plan.points[i].id;
    FileFormat format = FileFormat::ChronoTrack;
    if (id == "10k" || id == "40k") format = FileFormat::Csv;
    if (id == "half") format = FileFormat::Ipico;
    if (id == "30k") format = FileFormat::Mylaps;
    add(box_at(plan, i, "P" + id, format));
  }
  add(box_at(plan, finish, "FINISH1", FileFormat::ChronoTrack));
  plan.boxes.back().reporting = Reporting::Every;
  plan.boxes.back().places.push_back({kBesideFinish, std::nullopt, kOverhearPerMillion});
  add(as_backup(box_at(plan, finish, "FINISH2", FileFormat::ChronoTrack), kFinishSpacing));
  return plan;
}

Plan loop_plan() {
  Plan plan;
  plan.event_name = "Harbour Loop (simulated)";
  plan.race_id = "loop";
  plan.race_name = "10 km under one arch";
  plan.per_million_of_marathon = 217400;
  const Distance length = Distance::metres(10000);
  plan.points = {{"start", Distance::metres(0), "arch"},
                 {"5k", Distance::metres(5000), "pier"},
                 {"finish", length, "arch"}};
  plan.waves = {{"A", local_time(minutes(540) + milliseconds(550))},
                {"B", local_time(minutes(550) + milliseconds(1020))}};
  Box arch = box_at(plan, 0, "ARCH1", FileFormat::ChronoTrack);
  arch.reporting = Reporting::Every;
  arch.places.push_back({length, std::size_t{2}, 1000000});
  for (const PlanWave& wave : plan.waves) arch.markers.push_back(gun_marker(wave));
  plan.boxes.push_back(arch);
  Box second = box_at(plan, 0, "ARCH2", FileFormat::ChronoTrack);
  second.places.push_back({length, std::size_t{2}, 1000000});
  plan.boxes.push_back(as_backup(std::move(second), kStartSpacing));
  plan.boxes.push_back(box_at(plan, 1, "PIER", FileFormat::Csv));
  return plan;
}

Plan cross_country_plan() {
  Plan plan;
  plan.event_name = "Meadow Cross (simulated)";
  plan.race_id = "xc";
  plan.race_name = "Cross-country, 10 km";
  plan.per_million_of_marathon = 217400;
  plan.rules = "wa-xc";
  plan.rank_by = "clock";
  plan.points = {point("start", Distance::metres(0)), point("5k", Distance::metres(5000)),
                 point("finish", Distance::metres(10000))};
  plan.waves = {{"A", local_time(minutes(600) + milliseconds(320))}};
  plan.boxes.push_back(box_at(plan, 0, "START1", FileFormat::ChronoTrack));
  plan.boxes.back().markers.push_back(gun_marker(plan.waves[0]));
  plan.boxes.push_back(box_at(plan, 1, "P5k", FileFormat::Csv));
  plan.boxes.push_back(box_at(plan, 2, "FINISH1", FileFormat::ChronoTrack));
  plan.boxes.back().reporting = Reporting::Every;
  plan.boxes.push_back(
      as_backup(box_at(plan, 2, "FINISH2", FileFormat::ChronoTrack), kFinishSpacing));
  return plan;
}

Plan outlined_plan(const CourseOutline& outline) {
  // Of the marathon times that fields are drawn from (`kFieldGroups`).
  constexpr std::int64_t kMedianMarathonSeconds = 15066;
  Plan plan;
  plan.event_name = outline.name + " (simulated)";
  plan.race_id = "race";
  plan.race_name = outline.name;
  plan.per_million_of_marathon = outline.median.count() / kMedianMarathonSeconds;
  plan.rules = outline.rules;
  plan.rank_by = outline.rank_by;
  plan.points = {point("start", Distance::metres(0))};
  for (const auto& [id, distance] : outline.points) plan.points.push_back(point(id, distance));
  plan.waves = {{"A", local_time(outline.gun)}};
  if (outline.closes) plan.closes = local_time(*outline.closes);
  const std::size_t finish = plan.points.size() - 1;
  plan.boxes.push_back(box_at(plan, 0, "START1", FileFormat::ChronoTrack));
  plan.boxes.back().markers.push_back(gun_marker(plan.waves[0]));
  for (std::size_t i = 1; i < finish; ++i) {
    plan.boxes.push_back(box_at(plan, i, "P" + plan.points[i].id, FileFormat::Csv));
  }
  plan.boxes.push_back(box_at(plan, finish, "FINISH1", FileFormat::ChronoTrack));
  plan.boxes.back().reporting = Reporting::Every;
  plan.boxes.push_back(
      as_backup(box_at(plan, finish, "FINISH2", FileFormat::ChronoTrack), kFinishSpacing));
  return plan;
}

}  // namespace hs::sim
