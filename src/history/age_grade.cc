#include "history/age_grade.h"

#include <algorithm>
#include <cmath>

// Implementation notes: which reason is given where several hold is the order of the questions
// below, from what nobody can mend (a wheelchair) to what the reader can (no tables).

namespace hs::history {
namespace {

using model::AgeGradeTable;

const AgeGradeTable* table_of(std::span<const AgeGradeTable> tables, int edition, model::Sex sex) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const AgeGradeTable& one) {
    return one.edition == edition && one.sex == sex;
  });
  return found == tables.end() ? nullptr : &*found;
}

/// The standard between two columns; `distance` lies within the table.
base::Duration between(const AgeGradeTable& table, int age, base::Distance distance) {
  const auto above =
      std::lower_bound(table.columns.begin(), table.columns.end(), distance,
                       [](const model::AgeGradeColumn& column, base::Distance wanted) {
                         return column.distance < wanted;
                       });
  const auto right = static_cast<std::size_t>(above - table.columns.begin());
  const base::Duration high = table.standard(age, right);
  if (above->distance == distance) return high;
  const base::Duration low = table.standard(age, right - 1);
  const auto log_of = [](base::Distance d) {
    return std::log(static_cast<double>(d.in_millimetres()));
  };
  const double near = log_of(table.columns[right - 1].distance);
  const double share = (log_of(distance) - near) / (log_of(above->distance) - near);
  return low + base::Duration(std::llround(share * static_cast<double>((high - low).count())));
}

}  // namespace

const char* name_of(NoAgeGrade why) {
  switch (why) {
    case NoAgeGrade::NoTable:
      return "no-table";
    case NoAgeGrade::NotOnFoot:
      return "not-on-foot";
    case NoAgeGrade::NoTime:
      return "no-time";
    case NoAgeGrade::NoSex:
      return "no-sex";
    case NoAgeGrade::NoAge:
      return "no-age";
    case NoAgeGrade::AgeOutside:
      return "age-outside";
    case NoAgeGrade::NoDistance:
      return "no-distance";
    case NoAgeGrade::DistanceOutside:
      return "distance-outside";
  }
  return "";
}

std::optional<int> newest_edition(std::span<const AgeGradeTable> tables) {
  std::optional<int> newest;
  for (const AgeGradeTable& table : tables) newest = std::max(newest.value_or(0), table.edition);
  return newest;
}

tl::expected<base::Duration, NoAgeGrade> age_standard(std::span<const AgeGradeTable> tables,
                                                      int edition, const Graded& graded) {
  const auto no = [](NoAgeGrade why) { return tl::make_unexpected(why); };
  if (!graded.on_foot) return no(NoAgeGrade::NotOnFoot);
  if (!graded.sex) return no(NoAgeGrade::NoSex);
  if (!graded.age) return no(NoAgeGrade::NoAge);
  if (!graded.distance) return no(NoAgeGrade::NoDistance);
  const AgeGradeTable* table = table_of(tables, edition, *graded.sex);
  if (table == nullptr) return no(NoAgeGrade::NoTable);
  if (*graded.age < table->youngest || *graded.age >= table->youngest + table->ages()) {
    return no(NoAgeGrade::AgeOutside);
  }
  if (*graded.distance < table->columns.front().distance ||
      *graded.distance > table->columns.back().distance) {
    return no(NoAgeGrade::DistanceOutside);
  }
  return between(*table, *graded.age, *graded.distance);
}

tl::expected<AgeGrade, NoAgeGrade> age_grade(std::span<const AgeGradeTable> tables, int edition,
                                             const Graded& graded) {
  constexpr std::int64_t kWhole = 10'000;  // 100 % in hundredths.
  if (graded.on_foot && (!graded.time || *graded.time <= base::Duration::zero())) {
    return tl::make_unexpected(NoAgeGrade::NoTime);
  }
  const auto standard = age_standard(tables, edition, graded);
  if (!standard) return tl::make_unexpected(standard.error());
  const std::int64_t time = graded.time->count();
  return AgeGrade{static_cast<std::uint32_t>((standard->count() * kWhole + time / 2) / time),
                  edition};
}

}  // namespace hs::history
