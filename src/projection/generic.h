#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "projection/course_model.h"

namespace hs::projection {

/// The model for a road race without a past, of any length: a marathon's, fitted to the races
/// that `generic_table.inc` names in its first lines together with the command that made it.
/// Threads: safe; read once.
[[nodiscard]] const CourseModel& generic_model();

/// A model as text, for `evaluate projection --fit`: one line a list of numbers, named. Numbers
/// have six digits, which is less than a second in five hours. `comment` lines come first.
[[nodiscard]] std::string write_model(const CourseModel& model, std::string_view comment);

/// Reads what `write_model` wrote.
/// Errors: InvalidInput with the line that is not understood or missing.
[[nodiscard]] base::Result<CourseModel> read_model(std::string_view text);

}  // namespace hs::projection
