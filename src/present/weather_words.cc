#include "present/weather_words.h"

#include <cstdlib>
#include <optional>
#include <string_view>

#include "present/sentences.h"
#include "present/shown_name.h"
#include "scoring/rule_set.h"

// Implementation notes: this file knows no word of a language; it gathers values by name and picks
// sentences by key. A value is added where the weather has it, and only sentences that it then has
// the values of are asked for.

namespace hs::present {
namespace {

using moments::FieldWeather;

constexpr std::int64_t kEven = 1000;  // Thousandths of the pace before.

/// Which headlines say when it was decided; empty where nothing does.
struct Decided {
  std::string alone;
  std::string with_slowed;  ///< And how many slowed.
};

class Day : public Sentences {
 public:
  Day(const FieldWeather& weather, const model::EventResults& results)
      : Sentences(language_of(results.event)), weather_(weather), results_(results) {
    add_count("started", weather.started);
    add_count("finished", weather.finished);
    add_count("out", weather.on_course);
    add_halves();
    add_front();
    add_last();
  }

  [[nodiscard]] std::string headline() const;
  [[nodiscard]] std::vector<Say> sentences() const;
  [[nodiscard]] std::string how_won() const;

 private:
  void add_halves();
  void add_front();
  void add_last();
  [[nodiscard]] Say count() const;
  [[nodiscard]] Decided how_decided() const;

  [[nodiscard]] const model::Race& race() const {
    return results_.event.races[weather_.race.raw()];
  }
  [[nodiscard]] bool is_line(model::PointId point) const {
    return point.raw() + 1U == race().points.size();
  }
  void add_at(std::string_view value, model::PointId point) {
    add_point(value, race(), race().points[point.raw()].id);
  }

  const FieldWeather& weather_;
  const model::EventResults& results_;
};

void Day::add_halves() {
  if (!weather_.halves) return;
  const FieldWeather::Halves& halves = *weather_.halves;
  add_at("at", halves.at);
  add_share("slowed", halves.slowed, halves.known);
  add_share("faster", halves.faster, halves.known);
  add_tenths("change", std::abs(halves.middle_permille - kEven));
}

void Day::add_front() {
  if (!weather_.front) return;
  const FieldWeather::Front& front = *weather_.front;
  const model::Entrant& winner = results_.entrants[front.winner.raw()];
  add_person("name", shown_name(results_, front.winner, language()), bib(winner.bib.view()),
             winner.sex);
  add_official("won_in", front.won_in, scoring::rounding_of(race().rules));
  if (front.ahead) add_short_time("ahead", *front.ahead);
  if (front.led) {
    add_at("from", front.led->from);
    add_short_time("lead", front.led->ahead);
  }
  if (front.behind) {
    add_at("behind_at", front.behind->at);
    add_place("place", front.behind->place);
    add_short_time("behind", front.behind->by);
  }
}

void Day::add_last() {
  if (!weather_.last) return;
  add_time("after",
           std::chrono::duration_cast<std::chrono::seconds>(weather_.last->after_gun).count());
  if (weather_.last->when_won) add_at("heard", *weather_.last->when_won);
}

Say Day::count() const {
  if (weather_.started == 0) return {"weather.not-started"};
  if (weather_.on_course > 0) return {"weather.on-course", weather_.on_course};
  if (weather_.finished < weather_.started) return {"weather.some", weather_.finished};
  return {"weather.all", weather_.started};
}

std::vector<Say> Day::sentences() const {
  std::vector<Say> out = {count()};
  if (!weather_.halves) return out;
  const std::int64_t middle = weather_.halves->middle_permille;
  out.push_back({middle == kEven  ? "weather.even"
                 : middle > kEven ? "weather.slower"
                                  : "weather.faster"});
  return out;
}

std::string Day::how_won() const {
  if (!weather_.front) return {};
  const FieldWeather::Front& front = *weather_.front;
  std::string out = text({{front.ahead ? "weather.won-by" : "weather.won"}});
  if (front.led) {
    const bool from_a_mat = !is_line(front.led->from);
    if (from_a_mat) out += text({{"weather.led-clause"}});
    if (front.behind) {
      out += text({{from_a_mat ? "weather.still-clause" : "weather.passing-clause"}});
    }
  }
  return out + text({{"weather.end-clause"}});
}

Decided Day::how_decided() const {
  if (!weather_.front || !weather_.front->led) return {};
  const FieldWeather::Front& front = *weather_.front;
  const bool at_the_line = is_line(front.led->from);
  if (at_the_line && !front.behind) return {};
  if (at_the_line) {
    return {"weather.decided-after-headline", "weather.slowed-decided-after-headline"};
  }
  if (front.behind) {
    return {"weather.decided-between-headline", "weather.slowed-decided-between-headline"};
  }
  return {"weather.led-headline", "weather.slowed-led-headline"};
}

std::string Day::headline() const {
  const Decided decided = how_decided();
  if (weather_.halves && !decided.alone.empty()) {
    std::string both = text({{decided.with_slowed}});
    if (fits_headline(both)) return both;
  }
  if (weather_.halves) return text({{"weather.slowed-headline"}});
  if (!decided.alone.empty()) return text({{decided.alone}});
  if (weather_.started == 0) return text({{"weather.not-started-headline"}});
  if (weather_.finished == 0) {
    return text({{weather_.on_course > 0 ? "weather.not-finished-headline"
                                         : "weather.none-finished-headline"}});
  }
  return text(
      {{weather_.front ? "weather.won-headline" : "weather.finished-headline", weather_.finished}});
}

}  // namespace

WeatherWords weather_words(const FieldWeather& weather, const model::EventResults& results) {
  const Day day(weather, results);
  std::string said = day.text(day.sentences());
  if (weather.front) said += " " + day.how_won();
  if (weather.last) {
    const bool waves = results.event.races[weather.race.raw()].waves.size() > 1;
    const bool heard = weather.last->when_won.has_value();
    said +=
        " " + day.text({{waves ? (heard ? "weather.last-of-waves-heard" : "weather.last-of-waves")
                               : (heard ? "weather.last-heard" : "weather.last")}});
  }
  return {day.headline(), said};
}

}  // namespace hs::present
