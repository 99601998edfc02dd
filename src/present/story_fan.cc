#include "present/story_fan.h"

#include <algorithm>
#include <optional>

#include "present/page_field.h"
#include "present/page_html.h"
#include "present/page_plot.h"
#include "present/plot_words.h"
#include "present/sentences.h"
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

// The interval as it stood at each point, for those who read instead of looking.
std::string described(const model::Race& race, const model::ProjectionFan& fan,
                      std::optional<double> finish, Language language) {
  std::string out = said(language, "fan.described");
  for (const auto& step : fan.steps) {
    const auto likely = step.projection.interval_80();
    Sentences words(language);
    words.add_point("at", race, race.points[step.at.raw()].id);
    words.add_time("time", step.projection.median().count());
    words.add_time("low", likely.low.count());
    words.add_time("high", likely.high.count());
    out += words.text({{"fan.step"}});
  }
  if (finish) {
    Sentences words(language);
    words.add_time("total", static_cast<std::int64_t>(*finish));
    out += words.text({{"fan.finished"}});
  }
  return out + said(language, "fan.end");
}

std::string finish_note(double finish, Language language) {
  Sentences words(language);
  words.add_time("time", static_cast<std::int64_t>(finish));
  return words.text({{"picture.finish-in"}});
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
  const Language language = language_of(results.event);
  Plot plot(described(race, fan, finish, language), {0, whole}, {least - room, most + room},
            height_px);
  for (const double at : round_ticks(least - room, most + room, kLines, kSecondSteps)) {
    plot.grid(at, short_clock(at));
  }
  for (const double km : round_ticks(0, whole, kTicks, kKilometreSteps)) {
    plot.tick(km, kilometre_words(km, language));
  }
  plot.band(low95, high95, Plot::Shade::Light);
  plot.band(low80, high80);
  plot.line(median, Plot::Stroke::Main);
  if (finish) {
    plot.dot(whole, *finish);
    plot.note(whole, *finish, finish_note(*finish, language), Plot::Side::Left);
  }
  const bool generic = fan.steps.front().projection.source == model::ProjectionSource::Generic;
  return "<figure>" + plot.html() + "<figcaption>" +
         escape_html(said(language, generic ? "fan.generic" : "fan.course")) +
         "</figcaption></figure>\n";
}

}  // namespace hs::present
