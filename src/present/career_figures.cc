#include "present/career_figures.h"

#include <algorithm>
#include <optional>
#include <string>

#include "present/career_words.h"
#include "present/sentences.h"

namespace hs::present {
namespace {

using history::Career;
using history::CareerRun;

constexpr int kHeightPx = 240;
constexpr int kGridLines = 5;
constexpr int kYearTicks = 6;
constexpr double kRoomAround = 0.12;  ///< Of the values' range, above and below.
const std::vector<double> kYearSteps = {1, 2, 5, 10, 20, 50};
const std::vector<double> kPercentSteps = {0.5, 1, 2, 5, 10, 20};

double year_at(const base::Date& date) {
  constexpr double kDaysInAYear = 365.25;
  const base::Date new_year{date.year, 1, 1};
  return date.year +
         static_cast<double>(base::days_from_epoch(date) - base::days_from_epoch(new_year)) /
             kDaysInAYear;
}

double seconds_of(base::Duration time) { return static_cast<double>(time.count()) / 1e6; }

/// The years with half a year of room, so that no dot stands on the edge.
Axis years_of(const Plot::Points& points) {
  constexpr double kHalf = 0.5;
  return {points.front().first - kHalf, points.back().first + kHalf};
}

/// From the least to the greatest of all values, with room.
Axis values_of(const Plot::Points& points, const Plot::Points& others, double least_range) {
  double low = points.front().second;
  double high = low;
  for (const auto* some : {&points, &others}) {
    for (const auto& [x, y] : *some) {
      low = std::min(low, y);
      high = std::max(high, y);
    }
  }
  const double room = std::max((high - low) * kRoomAround, least_range);
  return {low - room, high + room};
}

void add_years(Plot& plot, Axis years) {
  for (const double year : round_ticks(years.from, years.to, kYearTicks, kYearSteps)) {
    plot.tick(year, std::to_string(static_cast<int>(year)));
  }
}

/// The best stands above all, so its note does too; it ends there, but for the first dot, where it
/// would run over the labels of the axis.
void note_best(Plot& plot, const Plot::Points& points, double year, double value,
               const std::string& text) {
  constexpr double kShift = 0.15;  // Of the width: about what the note takes on a phone.
  const Axis years = years_of(points);
  const bool is_first = year == points.front().first;
  plot.note(is_first ? year + kShift * (years.to - years.from) : year, value, text,
            Plot::Side::Above);
}

std::optional<Figure> times_figure(const Career& career, Language language) {
  if (career.distances.empty() || career.distances.front().runs.size() < 2) return std::nullopt;
  const history::DistanceRecord& record = career.distances.front();
  if (!record.distance) return std::nullopt;
  Plot::Points own;
  Plot::Points field;
  for (const std::size_t i : record.runs) {
    const CareerRun& run = career.runs[i];
    own.emplace_back(year_at(run.date), seconds_of(run.time->time));
    if (run.field && !run.is_interrupted)
      field.emplace_back(year_at(run.date), seconds_of(run.field->median));
  }
  constexpr double kLeastRange = 120;
  const Axis range = values_of(own, field, kLeastRange);
  const CareerRun& best = career.runs[record.best];
  Sentences words(language);
  words.add_length("length", record.distance->in_millimetres());
  words.add_text("first", std::to_string(career.runs[record.runs.front()].date.year));
  words.add_text("last", std::to_string(career.runs[record.runs.back()].date.year));
  words.add_time("time", static_cast<std::int64_t>(seconds_of(best.time->time)));
  words.add_text("run", run_words(best));
  // Turned round: faster is higher.
  Plot plot(words.text({{"career.times-described"}}), years_of(own), {range.to, range.from},
            kHeightPx);
  for (const double at : round_ticks(range.from, range.to, kGridLines, kSecondSteps)) {
    plot.grid(at, clock_text(static_cast<std::int64_t>(at)));
  }
  add_years(plot, years_of(own));
  plot.line(field, Plot::Stroke::Median);
  plot.line(own, Plot::Stroke::Main);
  for (const auto& [x, y] : own) plot.dot(x, y);
  note_best(plot, own, year_at(best.date), seconds_of(best.time->time), time_words(best));
  return Figure{std::move(plot),
                words.text({{field.size() < 2 ? "career.times-alone" : "career.times"}})};
}

std::optional<Figure> grades_figure(const Career& career, Language language) {
  constexpr double kHundredths = 100;
  constexpr double kLeastRange = 1;
  Plot::Points points;
  std::optional<std::uint32_t> least;
  for (std::size_t i = 0; i < career.runs.size(); ++i) {
    if (!career.grades[i]) continue;
    const std::uint32_t grade = career.grades[i]->hundredths;
    least = std::min(least.value_or(grade), grade);
    points.emplace_back(year_at(career.runs[i].date), grade / kHundredths);
  }
  if (points.size() < 2) return std::nullopt;
  const std::uint32_t best = career.grades[*career.best_grade]->hundredths;
  const Axis range = values_of(points, {}, kLeastRange);
  Sentences words(language);
  words.add_text("least-percent", percent_words(*least, language));
  words.add_text("percent", percent_words(best, language));
  words.add_text("edition", std::to_string(*career.grade_edition));
  Plot plot(words.text({{"career.grades-described"}}), years_of(points), range, kHeightPx);
  for (const double at : round_ticks(range.from, range.to, kGridLines, kPercentSteps)) {
    Sentences mark(language);
    mark.add_text("percent", with_decimal_sign(at == static_cast<int>(at)
                                                   ? std::to_string(static_cast<int>(at))
                                                   : std::to_string(static_cast<int>(at)) + ".5",
                                               language));
    plot.grid(at, mark.text({{"career.percent-mark"}}));
  }
  add_years(plot, years_of(points));
  plot.line(points, Plot::Stroke::Main);
  for (const auto& [x, y] : points) plot.dot(x, y);
  const CareerRun& run = career.runs[*career.best_grade];
  note_best(plot, points, year_at(run.date), best / kHundredths,
            words.text({{"career.percent-mark"}}));
  return Figure{std::move(plot), words.text({{"career.grades"}})};
}

}  // namespace

std::vector<Figure> career_figures(const Career& career, Language language) {
  std::vector<Figure> out;
  if (auto times = times_figure(career, language)) out.push_back(std::move(*times));
  if (auto grades = grades_figure(career, language)) out.push_back(std::move(*grades));
  return out;
}

}  // namespace hs::present
