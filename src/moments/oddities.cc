#include <algorithm>
#include <tuple>

#include "moments/cuts.h"
#include "moments/field_view.h"
#include "moments/mat_hearing.h"
#include "moments/oddity.h"
#include "moments/oddity_finders.h"

namespace hs::moments {

const char* name_of(OddityKind kind) {
  switch (kind) {
    case OddityKind::Cut:
      return "cut";
    case OddityKind::Missed:
      return "missed";
    case OddityKind::AsOne:
      return "as-one";
    case OddityKind::UnlikePast:
      return "unlike-past";
  }
  return "";
}

namespace {

/// Appends what is found; of a runner whom `out` names already `found` says nothing new.
void append_others(std::vector<Oddity>& out, std::vector<Oddity> found) {
  const std::size_t before = out.size();
  for (Oddity& one : found) {
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(before);
    const bool is_known = std::any_of(out.begin(), end, [&](const Oddity& other) {
      return other.race == one.race && other.runner == one.runner;
    });
    if (!is_known) out.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Oddity> find_oddities(const model::EventResults& results) {
  std::vector<Oddity> out;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    const FieldView view = view_field(results, model::RaceId(static_cast<std::uint16_t>(i)));
    if (view.rows() == 0) continue;
    const MatHearing hearing(view);
    std::vector<Oddity> of_race = find_cuts(view, hearing);
    // The silent mats of a cut are said with it.
    append_others(of_race, find_missed(view, hearing));
    for (auto find : {&find_as_one, &find_unlike_past}) {
      for (Oddity& one : find(view)) of_race.push_back(std::move(one));
    }
    for (Oddity& one : of_race) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Oddity& a, const Oddity& b) {
    return std::tuple(-a.likelihood, a.runner) < std::tuple(-b.likelihood, b.runner);
  });
  return out;
}

}  // namespace hs::moments
