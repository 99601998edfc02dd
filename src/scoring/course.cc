#include "scoring/course.h"

#include "base/check.h"
#include "model/relay.h"

namespace hs::scoring {

MatIndex MatTable::intern(std::string_view name) {
  const std::string key(name);
  if (const auto found = index_.find(key); found != index_.end()) return found->second;
  HS_CHECK(names_.size() < 0xffff, "more than 65,535 mats");
  const MatIndex mat(static_cast<std::uint16_t>(names_.size()));
  names_.push_back(key);
  index_.emplace(key, mat);
  return mat;
}

std::optional<MatIndex> MatTable::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

namespace {

/// Per cent of the foot record below which a time is not believed; on foot it is 80.
std::int64_t percent_of_record(model::Mode mode) {
  switch (mode) {
    case model::Mode::Wheelchair:
      return 55;
    case model::Mode::Handcycle:
      return 45;
    case model::Mode::Foot:
    case model::Mode::Assisted:
    case model::Mode::Stroller:
      return 80;
  }
  return 80;
}

/// Says of each point on which leg it is run.
void mark_legs(const model::Race& race, Course& course) {
  const std::vector<model::RelayLeg> legs = model::legs_of(race);
  if (legs.empty()) return;
  course.points.front().leg = leg_bit(0);
  std::size_t from = 0;
  for (std::size_t l = 0; l < legs.size(); ++l) {
    std::size_t last = from;
    for (std::size_t p = from + 1; p < course.points.size(); ++p) {
      if (course.points[p].id.raw() > legs[l].to) break;
      CoursePoint& point = course.points[p];
      point.leg = leg_bit(l);
      point.leg_from = from;
      if (l > 0) point.mass_start = model::mass_start_of(race, legs, l);
      last = p;
    }
    from = last;
  }
}

}  // namespace

base::RaceTime even_pace_instant(const Course& course, std::size_t before, base::RaceTime from,
                                 std::size_t p, std::size_t after, base::RaceTime until) {
  HS_CHECK(before < p && p < after, "the third point lies between the two");
  const std::int64_t part =
      (course.points[p].distance - course.points[before].distance).in_millimetres();
  const std::int64_t whole =
      (course.points[after].distance - course.points[before].distance).in_millimetres();
  // Whole seconds keep the product within 64 bits; nothing official hangs on the rest.
  const std::int64_t seconds = (until - from).count() / 1'000'000;
  return from + base::Duration(whole > 0 ? seconds * part / whole * 1'000'000 : 0);
}

Course make_course(const model::Race& race, model::Mode mode, MatTable& mats) {
  Course course;
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    const model::Point& point = race.points[i];
    if (point.role == model::PointRole::Spotter) continue;
    base::Duration fastest = point.fastest;
    if (!point.fastest_given) fastest = fastest * percent_of_record(mode) / 80;
    CoursePoint& added = course.points.emplace_back();
    added.id = model::PointId(static_cast<std::uint16_t>(i));
    added.mat = mats.intern(point.mat);
    added.distance = point.distance;
    added.fastest = fastest;
  }
  HS_CHECK(course.points.size() >= 2, "a race needs a start and a finish");
  mark_legs(race, course);
  return course;
}

}  // namespace hs::scoring
