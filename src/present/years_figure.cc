#include "present/years_figure.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/past.h"
#include "present/sentences.h"

// Implementation notes: dots joined by a line only from one edition to the next year's; a gap of
// years is a gap in the line, since nobody knows what was run there.

namespace hs::present {
namespace {

constexpr double kDaysInYear = 365.2425;
constexpr double kMostYearsJoined = 1.5;
constexpr int kTicks = 4;

double year_of(const base::Date& date) {
  return 1970 + static_cast<double>(base::days_from_epoch(date)) / kDaysInYear;
}

/// Year and seconds of each finish as long as this, this one last.
Plot::Points times_of(const model::EventResults& results, const model::Moment& moment) {
  const model::EntrantId id = moment.people.front();
  const base::Distance here = results.event.races[moment.race.raw()].points.back().distance;
  Plot::Points out;
  for (const model::PastResult& one : results.past->runners[id.raw()]) {
    const model::PastRace& race = results.past->races[one.race];
    if (!one.time || !model::is_as_long(race, here)) continue;
    out.emplace_back(year_of(race.date), static_cast<double>(one.time->count()) * 1e-6);
  }
  const auto& net = results.runners[id.raw()].net;
  if (!net) return {};
  out.emplace_back(year_of(results.event.date), static_cast<double>(net->value().count()) * 1e-6);
  return out;
}

}  // namespace

std::optional<Figure> years_figure(const model::EventResults& results, const model::Moment& moment,
                                   int height_px) {
  if (results.past == nullptr || moment.people.size() != 1) return std::nullopt;
  if (moment.people.front().raw() >= results.past->runners.size()) return std::nullopt;
  const Plot::Points times = times_of(results, moment);
  if (times.size() < 2) return std::nullopt;
  const auto [fastest, slowest] = std::minmax_element(
      times.begin(), times.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const double room = std::max((slowest->second - fastest->second) * 0.15, 60.0);
  Sentences words(language_of(results.event));
  words.add_count("races", times.size());
  words.add_text("since", std::to_string(static_cast<int>(std::floor(times.front().first))));
  words.add_time("first", static_cast<std::int64_t>(fastest->second));
  words.add_time("total", static_cast<std::int64_t>(times.back().second));
  Plot plot(words.text({{"picture.years-described"}}),
            {times.front().first - 0.4, times.back().first + 0.4},
            {slowest->second + room, fastest->second - room}, height_px);
  for (const double seconds :
       round_ticks(fastest->second - room, slowest->second + room, kTicks, kSecondSteps)) {
    plot.grid(seconds, clock_text(static_cast<std::int64_t>(seconds)));
  }
  const int first_year = static_cast<int>(std::floor(times.front().first));
  const int last_year = static_cast<int>(std::floor(times.back().first));
  const int step = std::max(1, (last_year - first_year + kTicks - 1) / kTicks);
  for (int year = last_year; year >= first_year; year -= step) {
    // At the middle of the year: races of one year stand around its name.
    plot.tick(std::min(year + 0.5, times.back().first + 0.3), std::to_string(year));
  }
  Plot::Points joined;
  for (const auto& point : times) {
    if (!joined.empty() && point.first - joined.back().first > kMostYearsJoined) {
      if (joined.size() > 1) plot.line(joined, Plot::Stroke::Second);
      joined.clear();
    }
    joined.push_back(point);
  }
  if (joined.size() > 1) plot.line(joined, Plot::Stroke::Second);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const bool is_this = i + 1 == times.size();
    plot.dot(times[i].first, times[i].second, is_this ? Plot::Stroke::Main : Plot::Stroke::Median);
  }
  return Figure{std::move(plot), words.text({{"picture.years"}})};
}

}  // namespace hs::present
