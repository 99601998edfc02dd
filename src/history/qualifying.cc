#include "history/qualifying.h"

#include <algorithm>

#include "scoring/standard.h"

// Implementation notes: times are cut to the second before they are compared, as standards of an
// event are (`scoring/standard.h`): a net time is published so.

namespace hs::history {
namespace {

std::int64_t whole_seconds(base::Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

bool is_comparable(const QualifyingRun& run) {
  return run.on_foot && run.sex && run.time && is_marathon(run.distance);
}

std::optional<std::int64_t> cutoff_of(const model::QualifyingTable& table, int year) {
  for (const model::QualifyingCutoff& cutoff : table.cutoffs) {
    if (cutoff.year == year) return whole_seconds(cutoff.below);
  }
  return std::nullopt;
}

/// Against the year's standard of one age; nothing where the table has no band.
std::optional<AgainstYear> against(const model::QualifyingTable& table, int year,
                                   const QualifyingRun& run, int age) {
  const model::QualifyingStandards* standards = standards_for(table, year);
  if (standards == nullptr || age < kBostonYoungest) return std::nullopt;
  const model::StandardTime* band = scoring::band_of(standards->standard, *run.sex, age);
  if (band == nullptr) return std::nullopt;
  AgainstYear out;
  out.year = year;
  out.age = age;
  out.standard = band->time;
  out.left = whole_seconds(band->time) - whole_seconds(*run.time + run.course_index);
  out.cutoff = cutoff_of(table, year);
  return out;
}

}  // namespace

bool is_marathon(const std::optional<base::Distance>& distance) {
  constexpr base::Distance kMarathon = base::Distance::metres(42'195);
  constexpr base::Distance kRoundedAway = base::Distance::metres(40);
  return distance && kMarathon - kRoundedAway <= *distance && *distance <= kMarathon + kRoundedAway;
}

const model::QualifyingStandards* standards_for(const model::QualifyingTable& table, int year) {
  const model::QualifyingStandards* out = nullptr;
  for (const model::QualifyingStandards& one : table.standards) {
    if (one.first_year <= year) out = &one;
  }
  return out;
}

std::vector<AgainstYear> qualify(const model::QualifyingTable& table,
                                 std::span<const QualifyingWindow> windows,
                                 const QualifyingRun& run, const std::optional<BirthRange>& born) {
  std::vector<AgainstYear> out;
  if (!is_comparable(run) || !born) return out;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const QualifyingWindow& window = windows[i];
    const bool is_next_known = i + 1 < windows.size() && windows[i + 1].year == window.year + 1;
    const bool is_late = window.closes   ? *window.closes < run.date
                         : is_next_known ? windows[i + 1].opens <= run.date
                                         : window.day <= run.date;
    if (run.date < window.opens || is_late) continue;
    const auto [least, most] = ages_on(*born, window.day);
    auto one = against(table, window.year, run, least);
    if (!one) continue;
    const auto older = against(table, window.year, run, most);
    one->age_open = older && older->standard != one->standard;
    out.push_back(*one);
  }
  return out;
}

std::vector<AgainstYear> in_other_years(const model::QualifyingTable& table,
                                        const QualifyingRun& run, std::optional<int> age) {
  std::vector<AgainstYear> out;
  if (!is_comparable(run) || !age) return out;
  for (const model::QualifyingCutoff& cutoff : table.cutoffs) {
    if (const auto one = against(table, cutoff.year, run, *age)) out.push_back(*one);
  }
  return out;
}

}  // namespace hs::history
