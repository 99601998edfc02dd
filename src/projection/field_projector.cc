#include "projection/field_projector.h"

#include "base/check.h"
#include "projection/generic.h"

namespace hs::projection {
FieldProjector::FieldProjector(Course course, std::vector<Runner> runners,
                               std::vector<base::RaceTime> starts, const CourseModel* learned)
    : model_(learned != nullptr ? learned : &generic_model()),
      course_(std::move(course)),
      runners_(std::move(runners)),
      starts_(std::move(starts)),
      source_(learned != nullptr ? model::ProjectionSource::Course
                                 : model::ProjectionSource::Generic),
      projector_(*model_, course_, source_) {
  HS_CHECK(runners_.size() == starts_.size(), "one start a runner");
  if (is_as_long(model_->grid.km.back(), kilometres(course_).back())) {
    day_ = Day::learn(*model_, course_, runners_, starts_);
  }
}

std::optional<model::Projection> FieldProjector::project(const Known& known,
                                                         base::RaceTime instant) const {
  return projector_.project(known, day_ ? &*day_ : nullptr, instant);
}

std::optional<model::Projection> FieldProjector::when_seen(
    std::size_t runner, std::size_t point, std::optional<base::Duration> cut_off) const {
  const auto& time = runners_[runner].times[point];
  if (!time || point == course_.finish()) return std::nullopt;
  return project({&runners_[runner], point, {}, cut_off}, starts_[runner] + *time);
}

std::optional<model::Projection> FieldProjector::at(std::size_t runner, base::RaceTime now,
                                                    std::optional<base::Duration> cut_off) const {
  const auto& times = runners_[runner].times;
  std::optional<std::size_t> last;
  for (std::size_t p = 0; p < times.size(); ++p) {
    if (times[p] && starts_[runner] + *times[p] <= now) last = p;
  }
  if (!last || *last == course_.finish()) return std::nullopt;
  return project({&runners_[runner], *last, now - starts_[runner], cut_off}, now);
}

std::optional<Wall> FieldProjector::wall(std::size_t runner,
                                         const model::Projection& projection) const {
  const Known known{&runners_[runner], projection.since, {}, {}};
  return wall_of(model_->wall, course_, known, projection);
}

}  // namespace hs::projection
