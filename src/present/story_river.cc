#include "present/story_river.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "present/page_field.h"
#include "present/page_html.h"
#include "present/page_plot.h"
#include "present/page_time.h"
#include "present/sentences.h"
#include "present/story_moments.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;

constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::size_t kBarsMax = 600;
constexpr int kRiverHeight = 120;
// A mark is about this share of the river on a phone; closer ones go one lane up.
constexpr double kMarkShare = 0.075;
constexpr int kLaneHeight = 26;

std::optional<base::RaceTime> finish_of(const EventResults& results, EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  const bool finished = runner.status == model::RunnerStatus::Finished ||
                        runner.status == model::RunnerStatus::OutOfCompetition;
  if (!finished || runner.splits.empty() || !runner.splits.back().passing) return std::nullopt;
  return runner.splits.back().passing->at;
}

std::string tenths_percent(double share) {
  const auto tenths = std::lround(share * 1000);
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + '%';
}

// The silhouette of the bars: one path that stretches with the page.
std::string bars_path(const River& river, std::uint32_t most) {
  std::string out = "M0 1000";
  for (std::size_t i = 0; i < river.bars.size(); ++i) {
    const auto height = 1000 - river.bars[i] * 1000ULL / std::max(most, 1U);
    out += "V" + std::to_string(height) + "H" + std::to_string(i + 1);
  }
  return out + "V1000Z";
}

// Nothing for a moment without people, which is the whole field's, or without a clock time.
std::optional<double> position_in(const EventResults& results, const River& river,
                                  const model::Moment& moment) {
  const auto at = moment.people.empty() ? std::nullopt : finish_of(results, moment.people.front());
  if (!at) return std::nullopt;
  const double span = static_cast<double>(river.bars.size()) *
                      static_cast<double>(river.bar_minutes * kMicrosPerMinute);
  return std::clamp(static_cast<double>((*at - river.from).count()) / span, 0.0, 1.0);
}

// Marks left to right, each in the lowest lane where it touches no other.
std::string marks(const EventResults& results, const River& river,
                  const std::vector<model::Moment>& told, std::size_t* lanes_used) {
  std::vector<std::pair<double, std::size_t>> places;
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (const auto x = position_in(results, river, told[i])) places.emplace_back(*x, i);
  }
  std::sort(places.begin(), places.end());
  std::vector<double> lane_end;
  std::vector<std::size_t> lane_of(told.size(), 0);
  for (const auto& [x, i] : places) {
    std::size_t lane = 0;
    while (lane < lane_end.size() && lane_end[lane] > x) ++lane;
    if (lane == lane_end.size()) lane_end.push_back(0);
    lane_end[lane] = x + kMarkShare;
    lane_of[i] = lane;
  }
  *lanes_used = lane_end.size();
  // Written in the order of the story, so that the keyboard goes through them as a reader does.
  std::string out;
  for (std::size_t i = 0; i < told.size(); ++i) {
    const auto x = position_in(results, river, told[i]);
    if (!x) continue;
    Sentences words(language_of(results.event));
    words.add_count("number", i + 1);
    words.add_text("theme", theme_words(told[i].theme, words.language()));
    out += "<a class=\"mark " + theme_class(told[i].theme) + "\" href=\"#" + anchor_of(told[i]) +
           "\" style=\"left:" + tenths_percent(*x) + ";--lane:" + std::to_string(lane_of[i]) +
           "\" aria-label=\"" + escape_html(words.text({{"river.mark"}})) +
           "\"><span class=\"n\">" + std::to_string(i + 1) + "</span></a>";
  }
  return out;
}

std::string hours(const EventResults& results, const River& river) {
  const double span =
      static_cast<double>(river.bars.size()) * static_cast<double>(river.bar_minutes) * 60;
  const double dial = static_cast<double>((river.from - results.event.begins).count()) / 1'000'000;
  std::string out;
  for (const double at : round_ticks(dial, dial + span, 5, kSecondSteps)) {
    const auto instant =
        river.from + base::Duration(static_cast<std::int64_t>((at - dial) * 1'000'000));
    out += "<span class=\"x\" style=\"left:" + tenths_percent((at - dial) / span) + "\">" +
           hour_minute(results.event, instant) + "</span>";
  }
  return out;
}

}  // namespace

std::optional<River> river_of(const EventResults& results, std::optional<model::RaceId> race) {
  std::vector<base::RaceTime> times;
  for (const model::RunnerResult& runner : results.runners) {
    if (race && runner.race != *race) continue;
    if (const auto at = finish_of(results, runner.entrant)) times.push_back(*at);
  }
  if (times.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  const auto minute_of = [](base::RaceTime at) {
    const std::int64_t micros = at.time_since_epoch().count();
    return micros >= 0 ? micros / kMicrosPerMinute : (micros + 1) / kMicrosPerMinute - 1;
  };
  const std::int64_t begin = minute_of(*first) - 1;
  const std::int64_t minutes = minute_of(*last) - begin + 2;
  River out;
  while (static_cast<std::size_t>(minutes / out.bar_minutes) > kBarsMax) {
    out.bar_minutes = out.bar_minutes == 1 ? 5 : out.bar_minutes * 2;
  }
  out.from = base::RaceTime(base::Duration(begin * kMicrosPerMinute));
  out.bars.assign(static_cast<std::size_t>(minutes / out.bar_minutes + 1), 0);
  for (const base::RaceTime at : times) {
    ++out.bars[static_cast<std::size_t>((minute_of(at) - begin) / out.bar_minutes)];
  }
  return out;
}

std::string river_html(const EventResults& results, const std::vector<model::Moment>& told,
                       std::optional<model::RaceId> race) {
  const auto river = river_of(results, race);
  if (!river) return {};
  const std::uint32_t most = *std::max_element(river->bars.begin(), river->bars.end());
  std::size_t lanes = 0;
  const std::string marked = marks(results, *river, told, &lanes);
  const auto busiest = static_cast<std::int64_t>(
      std::max_element(river->bars.begin(), river->bars.end()) - river->bars.begin());
  const std::string when = hour_minute(
      results.event, river->from + base::Duration(busiest * river->bar_minutes * kMicrosPerMinute));
  const bool by_minute = river->bar_minutes == 1;
  Sentences words(language_of(results.event));
  words.add_count("minutes", static_cast<std::uint64_t>(river->bar_minutes));
  words.add_text("when", when);
  words.add_count("most", most);
  std::string out =
      "<figure class=\"river\"><div class=\"flow\" style=\"--lanes:" + std::to_string(lanes) +
      ";height:" + std::to_string(kRiverHeight + static_cast<int>(lanes) * kLaneHeight) + "px\">";
  out += "<svg viewBox=\"0 0 " + std::to_string(river->bars.size()) +
         " 1000\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
         escape_html(
             words.text({{by_minute ? "river.minute-described" : "river.minutes-described"}})) +
         "\" style=\"height:" + std::to_string(kRiverHeight) + "px\"><path d=\"" +
         bars_path(*river, most) + "\"/></svg>" + marked + hours(results, *river) + "</div>";
  std::string caption = words.text({{by_minute ? "river.minute" : "river.minutes"}});
  if (!marked.empty()) caption += " " + words.text({{"river.marks"}});
  return out + "<figcaption>" + escape_html(caption) + "</figcaption></figure>\n";
}

}  // namespace hs::present
