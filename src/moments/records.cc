#include <algorithm>
#include <cmath>

#include "moments/ages.h"
#include "moments/earlier.h"
#include "moments/integrity.h"

// Implementation notes: a record is one of the results at hand, and the words say of how many
// editions. Records of a year of age are for those of seventy and more: below that every race has
// dozens of years of age, and a record for being thirty-seven is nobody's story.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastEditions = 5;
constexpr double kLeastAge = 70;
constexpr std::uint32_t kLeastOfAge = 3;  ///< Earlier finishers of that age.

const model::PastBests* bests_of(const FieldView& view, model::Sex sex,
                                 std::optional<std::uint16_t> age) {
  for (const model::PastBests& one : view.results->past->bests) {
    if (one.race == view.race && one.sex == sex && one.age == age) return &one;
  }
  return nullptr;
}

/// The best so far: somebody else's.
model::Evidence best_evidence(const Earlier& earlier, const model::PastBests& bests) {
  const model::PastBests::Best& best = bests.fastest.front();
  return earlier.evidence("fastest-before", best.race, best.time);
}

model::Evidence rank_evidence(const FieldView& view, std::size_t row, std::size_t rank,
                              std::size_t editions, model::Sex sex) {
  model::Evidence out;
  out.what = "all-time";
  out.to = view.point_name(view.finish());
  out.bibs = {view.bib(row)};
  out.rank_in_field = static_cast<std::uint32_t>(rank);
  out.of = static_cast<std::uint32_t>(editions);
  out.given = model::name_of(sex);
  return out;
}

/// The fastest of one sex, and of one age where it is given; nothing where nobody is.
std::optional<std::size_t> fastest_of(const FieldView& view, model::Sex sex,
                                      std::optional<double> age) {
  std::optional<std::size_t> out;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const model::Entrant& entrant = view.results->entrants[view.people[row].raw()];
    if (entrant.sex != sex || (age && view.age[row] != *age)) continue;
    if (!out || view.net_at(row, view.finish()) < view.net_at(*out, view.finish())) out = row;
  }
  return out;
}

double valid_of(const FieldView& view, std::size_t row) {
  if (view.telling[row] == Telling::Nothing) return 0;
  return validity_at(view, row, view.finish(), 0.0);
}

std::optional<Found> record_of(const FieldView& view, const Earlier& earlier, model::Sex sex,
                               std::optional<std::uint16_t> age) {
  const model::PastBests* bests = bests_of(view, sex, age);
  if (bests == nullptr || bests->fastest.empty()) return std::nullopt;
  const auto row = fastest_of(view, sex, age ? std::optional<double>(*age) : std::nullopt);
  if (!row) return std::nullopt;
  const double before = static_cast<double>(bests->fastest.front().time.count()) * 1e-6;
  const double time = view.net_at(*row, view.finish());
  const double valid = valid_of(view, *row);
  if (!(time < before) || valid < kLeastValid) return std::nullopt;
  const std::size_t editions = earlier.editions().size() + 1;
  Found out;
  out.moment = make_moment(view, model::MomentKind::Record, {*row}, view.finish(),
                           std::log2(static_cast<double>(editions + 1)), valid);
  if (age) put_on_shelf(out.moment, 2);
  out.minutes_order = age ? *age : whole_seconds(before - time);
  model::Evidence rank = rank_evidence(view, *row, 1, editions, sex);
  if (age) {
    rank.what = "all-time-of-age";
    rank.years = *age;
    rank.of = bests->finishers + 1;
  }
  out.moment.evidence = {rank, passing_evidence(view, *row, view.finish()),
                         best_evidence(earlier, *bests)};
  return out;
}

}  // namespace

std::vector<Found> find_records(const FieldView& view) {
  const Earlier earlier(view);
  if (earlier.editions().size() < kLeastEditions) return {};
  std::vector<Found> found;
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    if (auto one = record_of(view, earlier, sex, std::nullopt)) found.push_back(std::move(*one));
  }
  if (!publishes_ages(*view.results)) return found;
  for (const model::PastBests& bests : view.results->past->bests) {
    if (bests.race != view.race || !bests.age || *bests.age < kLeastAge) continue;
    if (bests.finishers < kLeastOfAge) continue;
    if (auto one = record_of(view, earlier, bests.sex, bests.age)) found.push_back(std::move(*one));
  }
  return found;
}

std::vector<Found> find_all_time_lists(const FieldView& view) {
  const Earlier earlier(view);
  if (earlier.editions().size() < kLeastEditions) return {};
  std::vector<Found> found;
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    const model::PastBests* bests = bests_of(view, sex, std::nullopt);
    const auto row = fastest_of(view, sex, std::nullopt);
    if (bests == nullptr || bests->fastest.size() < model::kPastBests || !row) continue;
    const double time = view.net_at(*row, view.finish());
    const auto faster = static_cast<std::size_t>(std::count_if(
        bests->fastest.begin(), bests->fastest.end(),
        [&](const auto& best) { return static_cast<double>(best.time.count()) * 1e-6 <= time; }));
    if (faster == 0 || faster >= model::kPastBests || valid_of(view, *row) < kLeastValid) continue;
    Found out;
    out.moment = make_moment(view, model::MomentKind::AllTimeList, {*row}, view.finish(), 0.0, 1.0);
    put_on_shelf(out.moment, faster + 1);
    out.minutes_order = -static_cast<std::int64_t>(faster);
    out.moment.evidence = {
        rank_evidence(view, *row, faster + 1, earlier.editions().size() + 1, sex),
        passing_evidence(view, *row, view.finish()), best_evidence(earlier, *bests)};
    found.push_back(std::move(out));
  }
  return found;
}

std::vector<Found> find_age_grades(const FieldView& view) {
  if (view.results->past == nullptr || !publishes_ages(*view.results)) return {};
  const auto& grades = view.results->past->age_grades;
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const std::size_t entrant = view.people[row].raw();
    if (entrant >= grades.size() || !grades[entrant] || !is_known(view.age[row])) continue;
    model::Evidence grade;
    grade.what = "age-grade";
    grade.to = view.point_name(view.finish());
    grade.bibs = {view.bib(row)};
    grade.age_grade = *grades[entrant];
    grade.years = static_cast<int>(view.age[row]);
    ranked.push_back({row, static_cast<double>(*grades[entrant]), 1.0, {grade}});
  }
  if (ranked.size() < kLeastAges) return {};
  return tell_ranked(view, model::MomentKind::AgeGrade, std::move(ranked));
}

}  // namespace hs::moments
