#include "present/weather_words.h"

#include <cmath>
#include <cstdlib>
#include <optional>

#include "present/page_html.h"
#include "present/page_time.h"
#include "present/wording.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

using moments::FieldWeather;

constexpr std::size_t kHeadlineMax = 110;  // Characters; names are counted by their bytes.

std::string sentence_start(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// "one in four" where a whole number fits well, else "37 in a hundred"; the bare count where they
// are few.
std::string share_words(std::size_t part, std::size_t whole) {
  constexpr std::size_t kFew = 40;
  if (part == 0) return "nobody";
  if (part == whole) return "everybody";
  if (part * kFew < whole) return counted(part, "runner");
  const double in = static_cast<double>(whole) / static_cast<double>(part);
  const auto nearest = static_cast<std::uint64_t>(std::llround(in));
  constexpr double kCloseEnough = 0.08;
  if (nearest >= 2 && std::abs(in - static_cast<double>(nearest)) / in < kCloseEnough) {
    return "one in " + (nearest <= 10 ? number_word(nearest) : grouped(nearest));
  }
  return grouped((part * 100 + whole / 2) / whole) + " in a hundred";
}

std::string count_words(const FieldWeather& weather) {
  if (weather.started == 0) return "Nobody has started yet.";
  if (weather.on_course > 0) {
    return grouped(weather.finished) + " of " + counted(weather.started, "starter") +
           " have finished; " + grouped(weather.on_course) +
           (weather.on_course == 1 ? " is" : " are") + " on the course.";
  }
  if (weather.finished < weather.started) {
    return grouped(weather.finished) + " of " + counted(weather.started, "starter") + " finished.";
  }
  return weather.started == 1 ? "The one starter finished."
                              : "All " + counted(weather.started, "starter") + " finished.";
}

const model::Race& race_of(const FieldWeather& weather, const model::EventResults& results) {
  return results.event.races[weather.race.raw()];
}

std::string at_point(const FieldWeather& weather, const model::EventResults& results,
                     model::PointId point) {
  return point_label(race_of(weather, results).points[point.raw()]);
}

bool is_line(const FieldWeather& weather, const model::EventResults& results,
             model::PointId point) {
  return point.raw() + 1U == race_of(weather, results).points.size();
}

// "6.3 % slower", from thousandths of the pace before.
std::string change_words(std::int64_t permille) {
  const std::int64_t off = std::abs(permille - 1000);
  return std::to_string(off / 10) + "." + std::to_string(off % 10) + " % " +
         (permille > 1000 ? "slower" : "faster");
}

std::string halves_words(const FieldWeather& weather, const model::EventResults& results) {
  if (!weather.halves) return {};
  const FieldWeather::Halves& halves = *weather.halves;
  std::string out = " From " + at_point(weather, results, halves.at) + " on, " +
                    share_words(halves.slowed, halves.known) +
                    " ran more than a tenth slower than on the way there and " +
                    share_words(halves.faster, halves.known) +
                    " ran faster; the runner in the middle";
  return out + (halves.middle_permille == 1000
                    ? " kept the pace."
                    : " ran " + change_words(halves.middle_permille) + ".");
}

std::string won_in(const FieldWeather& weather, const model::EventResults& results) {
  return official_text(weather.front->won_in,
                       scoring::rounding_of(race_of(weather, results).rules));
}

std::string winner_name(const FieldWeather::Front& front, const model::EventResults& results) {
  return model::public_name(results.entrants[front.winner.raw()],
                            results.persons[front.winner.raw()]);
}

std::string lead_words(const FieldWeather& weather, const FieldWeather::Front& front,
                       const model::EventResults& results) {
  if (!front.led) return {};
  std::string out;
  if (!is_line(weather, results, front.led->from)) {
    out += ", first at every mat from " + at_point(weather, results, front.led->from) + " on, " +
           short_time(front.led->ahead) + " ahead there";
  }
  if (!front.behind) return out;
  const model::Placing placing{front.behind->place, false};
  return out + (out.empty() ? ", after passing " : "; at ") +
         at_point(weather, results, front.behind->at) + (out.empty() ? " as the " : " still ") +
         ordinal(placing) + ", " + short_time(front.behind->by) + " behind";
}

std::string front_words(const FieldWeather& weather, const model::EventResults& results) {
  if (!weather.front) return {};
  const FieldWeather::Front& front = *weather.front;
  std::string out = " " + winner_name(front, results) + " won in " + won_in(weather, results);
  if (front.ahead) out += " by " + short_time(*front.ahead);
  return out + lead_words(weather, front, results) + ".";
}

std::string last_words(const FieldWeather& weather, const model::EventResults& results) {
  if (!weather.last) return {};
  const bool waves = race_of(weather, results).waves.size() > 1;
  std::string out = " The last recorded finish came " + h_mm_ss(weather.last->after_gun) +
                    " after the " + (waves ? "first gun" : "gun");
  if (!weather.last->when_won) return out + ".";
  return out + "; that runner had last been heard at " +
         at_point(weather, results, *weather.last->when_won) + " when the winner crossed the line.";
}

std::string slowed_headline(const FieldWeather& weather, const model::EventResults& results) {
  if (!weather.halves) return {};
  return sentence_start(share_words(weather.halves->slowed, weather.halves->known)) +
         " slowed by more than a tenth after " + at_point(weather, results, weather.halves->at);
}

// When it was decided, as the second half of a headline.
std::string decided_headline(const FieldWeather& weather, const model::EventResults& results) {
  if (!weather.front || !weather.front->led) return {};
  const FieldWeather::Front& front = *weather.front;
  if (is_line(weather, results, front.led->from)) {
    if (!front.behind) return {};
    return "the race was decided after " + at_point(weather, results, front.behind->at);
  }
  if (front.behind) {
    return "the race was decided between " + at_point(weather, results, front.behind->at) +
           " and " + at_point(weather, results, front.led->from);
  }
  return "the winner led from " + at_point(weather, results, front.led->from);
}

std::string headline(const FieldWeather& weather, const model::EventResults& results) {
  const std::string slowed = slowed_headline(weather, results);
  const std::string decided = decided_headline(weather, results);
  if (!slowed.empty() && !decided.empty() && slowed.size() + decided.size() + 2 <= kHeadlineMax) {
    return slowed + "; " + decided;
  }
  if (!slowed.empty() || !decided.empty()) return slowed.empty() ? sentence_start(decided) : slowed;
  if (weather.started == 0) return "Nobody has started yet";
  if (weather.finished == 0) {
    return weather.on_course > 0 ? "Nobody has finished yet" : "Nobody finished";
  }
  std::string count =
      weather.finished == 1 ? "One finished" : grouped(weather.finished) + " finished";
  if (!weather.front) return count;
  return count + ", the first in " + won_in(weather, results);
}

}  // namespace

WeatherWords weather_words(const FieldWeather& weather, const model::EventResults& results) {
  return {headline(weather, results), count_words(weather) + halves_words(weather, results) +
                                          front_words(weather, results) +
                                          last_words(weather, results)};
}

}  // namespace hs::present
