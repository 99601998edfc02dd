#pragma once

#include <optional>
#include <span>
#include <vector>

#include "projection/course_model.h"

namespace hs::projection {

/// The races of one course, over the years.
using PastCourse = std::vector<PastRace>;

/// Learns the table for a course that nobody has raced on yet, from courses of one length.
///
/// Each course counts the same, however many ran it. Its own profile is taken out of its runners'
/// times, the mean of all courses is put in. How far a new course is from that mean is not known:
/// every runner is learned from on made-up courses whose parts are faster or slower by what the
/// known ones differ by. So the coefficients believe a change of pace less, since the course may
/// have done it, and the intervals hold the course too.
///
/// Errors:  nothing where `fit_course` has nothing.
/// Cost:    as `fit_course`.
[[nodiscard]] std::optional<CourseModel> fit_generic(std::span<const PastCourse> courses,
                                                     Legs legs = Legs::All);

}  // namespace hs::projection
