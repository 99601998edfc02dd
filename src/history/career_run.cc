#include "history/career_run.h"

#include <algorithm>

#include "model/spoken_name.h"

namespace hs::history {
namespace {

using model::PublishedText;

constexpr std::size_t kYearDigits = 4;

/// True for four digits of a year between 1800 and 2199.
bool is_year(std::string_view text) {
  const bool digits =
      text.size() == kYearDigits &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::string_view century = text.substr(0, 2);
  return digits && (century == "18" || century == "19" || century == "20" || century == "21");
}

bool is_joint(char c) { return c == '-' || c == '_' || c == '.' || c == '+' || c == ' '; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string_view series_of(std::string_view race) {
  std::string_view rest = race;
  const std::size_t size = race.size();
  if (size > kYearDigits && is_year(race.substr(size - kYearDigits)) &&
      !is_digit(race[size - kYearDigits - 1])) {
    rest = race.substr(0, size - kYearDigits);
    while (!rest.empty() && is_joint(rest.back())) rest.remove_suffix(1);
  } else if (size > kYearDigits && is_year(race.substr(0, kYearDigits)) &&
             !is_digit(race[kYearDigits])) {
    rest = race.substr(kYearDigits);
    while (!rest.empty() && is_joint(rest.front())) rest.remove_prefix(1);
  }
  return rest.empty() ? race : rest;
}

CareerRun career_run(const model::PublishedRace& race, const model::PublishedResult& result) {
  const auto text = [&](PublishedText kind) { return std::string(race.text(result, kind)); };
  CareerRun out;
  out.race = race.id;
  out.race_name = race.name.empty() ? race.id : race.name;
  out.date = race.date;
  out.is_interrupted = race.is_interrupted;
  out.distance = race.distance;
  out.resolution = race.resolution;
  out.status = result.status;
  out.on_foot = !result.is_apart && result.mode.value_or(model::Mode::Foot) == model::Mode::Foot;
  out.time = model::own_time(result);
  out.place_overall = result.place_overall;
  out.place_sex = result.place_sex;
  out.place_division = result.place_division;
  out.sex = result.sex;
  if (result.age) out.age = *result.age;
  out.name = model::spoken_name(race.name_of(result));
  out.bib = text(PublishedText::Bib);
  out.division = text(PublishedText::Division);
  out.city = text(PublishedText::City);
  out.state = text(PublishedText::State);
  out.country = text(PublishedText::Country);
  out.club = text(PublishedText::Club);
  out.published_grade = result.age_grade;
  for (const model::PublishedSplit& split : race.splits_of(result)) {
    const model::PublishedPoint& point = race.points[split.point()];
    if (!split.time() || point.id == "finish") continue;
    out.splits.push_back(
        {point.id, point.distance, *split.time(), split.is_estimated(), split.is_doubtful()});
  }
  return out;
}

}  // namespace hs::history
