#include "present/story_fan.h"

#include <algorithm>

#include "present/page_field.h"
#include "present/page_html.h"
#include "present/page_plot.h"
#include "present/page_time.h"
#include "present/wording.h"

namespace hs::present {
namespace {

constexpr int kLines = 5;
constexpr int kTicks = 6;
constexpr double kRoom = 0.06;  // Of the span of times, above and below.

double number(std::chrono::seconds value) { return static_cast<double>(value.count()); }

base::Duration time_of(double seconds) {
  return base::Duration(static_cast<std::int64_t>(seconds * 1e6));
}

std::string short_clock(double seconds) {
  const std::string text = h_mm_ss(time_of(seconds));
  return seconds >= 3600 ? text.substr(0, text.size() - 3) : text;
}

// "projected 4:12 (4:05-4:21)" at a point, for those who read instead of looking.
std::string step_words(const model::Race& race, const model::ProjectionFan::Step& step) {
  const auto likely = step.projection.interval_80();
  return "at " + point_label(race.points[step.at.raw()]) + " " + h_mm_ss(step.projection.median()) +
         " (" + h_mm_ss(likely.low) + " to " + h_mm_ss(likely.high) + ")";
}

}  // namespace

std::string fan_figure(const model::EventResults& results, const model::ProjectionFan& fan,
                       int height_px) {
  if (fan.steps.size() < 2) return {};
  const model::Race& race = results.event.races[results.runners[fan.entrant.raw()].race.raw()];
  const model::PointId last(static_cast<std::uint16_t>(race.points.size() - 1));
  const auto finish = net_seconds(results, fan.entrant, last);
  Plot::Points low95, high95, low80, high80, median;
  double least = finish.value_or(number(fan.steps.front().projection.median()));
  double most = least;
  for (const auto& step : fan.steps) {
    const double km = kilometres(race, step.at);
    const auto wide = step.projection.interval_95();
    const auto likely = step.projection.interval_80();
    low95.emplace_back(km, number(wide.low));
    high95.emplace_back(km, number(wide.high));
    low80.emplace_back(km, number(likely.low));
    high80.emplace_back(km, number(likely.high));
    median.emplace_back(km, number(step.projection.median()));
    least = std::min(least, number(wide.low));
    most = std::max(most, number(wide.high));
  }
  const double room = (most - least) * kRoom + 1;
  const double whole = kilometres(race, last);
  std::string described = "Projected finish";
  for (const auto& step : fan.steps) described += ", " + step_words(race, step);
  if (finish) described += "; finished in " + h_mm_ss(time_of(*finish));
  Plot plot(described + ".", {0, whole}, {least - room, most + room}, height_px);
  for (const double at : round_ticks(least - room, most + room, kLines, kSecondSteps)) {
    plot.grid(at, short_clock(at));
  }
  for (const double km : round_ticks(0, whole, kTicks, kKilometreSteps)) {
    plot.tick(km,
              km > 0 ? length_text(base::Distance::millimetres(static_cast<std::int64_t>(km * 1e6)))
                     : "start");
  }
  plot.band(low95, high95, Plot::Shade::Light);
  plot.band(low80, high80);
  plot.line(median, Plot::Stroke::Main);
  if (finish) {
    plot.dot(whole, *finish);
    plot.note(whole, *finish, "finish " + cut_seconds(time_of(*finish)), Plot::Side::Left);
  }
  const std::string source = fan.steps.front().projection.source == model::ProjectionSource::Generic
                                 ? "a table for any road race and what the field had shown by then"
                                 : "this course's past and what the field had shown by then";
  return "<figure>" + plot.html() + "<figcaption>" +
         escape_html(
             "Projected finish, as it stood at each point: the line is the middle, eight "
             "in ten the darker band, nineteen in twenty the lighter one. From " +
             source + ".") +
         "</figcaption></figure>\n";
}

}  // namespace hs::present
