#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "model/result.h"

namespace hs::test_support {

/// A length of time as people write it: "1:02:03.4", "-5". Stops the test where it is none.
inline base::Duration duration(std::string_view text) {
  const auto parsed = base::parse_duration(text);
  HS_CHECK(parsed.has_value(), "a time in a test is written wrongly");
  return *parsed;
}

inline model::BibNumber bib(std::string_view text) {
  const auto parsed = model::BibNumber::parse(text);
  HS_CHECK(parsed.has_value(), "a bib in a test is written wrongly");
  return *parsed;
}

inline model::TagCode tag(std::string_view text) {
  const auto parsed = model::TagCode::parse(text);
  HS_CHECK(parsed.has_value(), "a chip code in a test is written wrongly");
  return *parsed;
}

/// Builds `EventResults` by hand for tests of words, pages and moments, without scoring.
///
/// The event is "Harbour Half" on 2026-05-08 in Europe/Berlin (UTC+2). Times of day are local.
/// `build()` fills `order`, places and split places by simple counting; everything else is as
/// given, and may be changed through `results` before or after.
///
/// Example:
///   ResultsBuilder b;
///   const auto half = b.race("half");                        // start, 10k, finish 21.0975 km
///   const auto ana = b.runner(half, "812", "Ana Ruiz", model::Sex::Female, 34);
///   b.finish(ana, "3.5", {"42:10", "1:31:05.2"});            // start after gun; net at each point
///   const model::EventResults results = b.build();
class ResultsBuilder {
 public:
  ResultsBuilder() {
    results.event.name = "Harbour Half";
    results.event.date = base::Date{2026, 5, 8};
    results.event.timezone = "Europe/Berlin";
    results.event.begins = at("00:00:00");
    results.event.offsets.push_back({results.event.begins, std::chrono::hours(2)});
    results.as_of = model::FactSeq(1000);
  }

  /// The instant at that local time of day on the event's date.
  [[nodiscard]] static base::RaceTime at(std::string_view time_of_day) {
    const std::int64_t midnight = base::days_from_epoch(base::Date{2026, 5, 8}) * 86'400;
    return base::RaceTime(std::chrono::seconds(midnight) - std::chrono::hours(2)) +
           duration(time_of_day);
  }

  /// A half marathon by gun under wa-road: start (arch), 10k (pier), finish (arch); wave A at
  /// 08:00:00. Change the rest through `race_at`.
  model::RaceId race(std::string id) {
    model::Race race;
    race.name = "Half marathon " + id;
    race.id = std::move(id);
    race.rules = model::RuleSet::WaRoad;
    race.points = {point("start", 0, "arch"), point("10k", 10'000'000, "pier"),
                   point("finish", 21'097'500, "arch")};
    race.waves = {{"A", at("08:00:00")}};
    results.event.races.push_back(std::move(race));
    results.closed.push_back(true);
    results.cancelled.push_back(false);
    results.order.emplace_back();
    return model::RaceId(static_cast<std::uint16_t>(results.event.races.size() - 1));
  }

  [[nodiscard]] static model::Point point(std::string id, std::int64_t millimetres,
                                          std::string mat) {
    model::Point out;
    out.id = std::move(id);
    out.distance = base::Distance::millimetres(millimetres);
    out.mat = std::move(mat);
    // About 14 minutes for 10 km: nothing that a test's runner could meet by accident.
    out.fastest = base::Duration(millimetres * 84);
    return out;
  }

  [[nodiscard]] model::Race& race_at(model::RaceId id) { return results.event.races[id.raw()]; }

  /// An entry not seen so far (DNS, as races are closed), in wave 0.
  model::EntrantId runner(model::RaceId race, std::string_view number, std::string name,
                          std::optional<model::Sex> sex = std::nullopt,
                          std::optional<int> age = std::nullopt) {
    const model::EntrantId id(static_cast<std::uint32_t>(results.entrants.size()));
    model::Entrant entrant;
    entrant.race = race_at(race).id;
    entrant.bib = bib(number);
    entrant.sex = sex;
    entrant.age = age;
    results.entrants.push_back(entrant);
    model::Person person;
    person.name = std::move(name);
    results.persons.push_back(std::move(person));
    model::RunnerResult result;
    result.entrant = id;
    result.race = race;
    result.wave = model::WaveId(0);
    result.status = model::RunnerStatus::DidNotStart;
    result.gun_at = race_at(race).waves.at(0).gun;
    result.splits.resize(race_at(race).points.size());
    results.runners.push_back(std::move(result));
    return id;
  }

  [[nodiscard]] model::Entrant& entrant(model::EntrantId id) { return results.entrants[id.raw()]; }
  [[nodiscard]] model::Person& person(model::EntrantId id) { return results.persons[id.raw()]; }
  [[nodiscard]] model::RunnerResult& result(model::EntrantId id) {
    return results.runners[id.raw()];
  }

  /// Starts `after_gun` ("" for no start read: the gun stands in) and passes the later points at
  /// those net times; "" is a missed point. Finished where the last one is given, else unresolved.
  /// Each passing gets a counted main read of its own.
  void finish(model::EntrantId id, std::string_view after_gun,
              const std::vector<std::string_view>& net_times) {
    model::RunnerResult& r = result(id);
    const model::Race& race = race_at(r.race);
    HS_CHECK(net_times.size() + 1 == race.points.size(), "a net time for each later point");
    HS_CHECK(r.gun_at.has_value(), "set the gun before the runner finishes");
    r.start_source = after_gun.empty() ? model::StartSource::Gun : model::StartSource::Mat;
    r.start_offset = after_gun.empty() ? base::Duration(0) : duration(after_gun);
    r.start_at = *r.gun_at + *r.start_offset;
    if (!after_gun.empty()) pass(r, 0, base::Duration(0));
    for (std::size_t i = 0; i < net_times.size(); ++i) {
      if (!net_times[i].empty()) pass(r, i + 1, duration(net_times[i]));
    }
    r.status = model::RunnerStatus::Unresolved;
    if (r.splits.back().net.has_value()) set_finish(r, race);
  }

  /// A read of that runner with that verdict, at a local time of day; more through the result.
  model::ReadView& read(model::EntrantId id, std::string_view time_of_day, model::Verdict verdict,
                        std::optional<model::PointId> at_point = std::nullopt) {
    return add_read(id, at(time_of_day), verdict, at_point);
  }

  /// A stream of chip reads; reads made afterwards belong to the last one.
  model::StreamId stream(std::string device, std::string mat,
                         model::ReadRole role = model::ReadRole::Main) {
    model::StreamHealth health;
    health.id = model::StreamId(static_cast<std::uint32_t>(results.streams.size() + 1));
    health.stream.file = "reads/" + device + ".csv";
    health.stream.device = std::move(device);
    health.stream.epoch = "1";
    health.stream.mat = std::move(mat);
    health.stream.format = "chronotrack";
    health.stream.role = role;
    results.streams.push_back(health);
    return health.id;
  }

  /// The results with orders, places and reads put in order.
  [[nodiscard]] model::EventResults build() {
    for (std::size_t r = 0; r < results.event.races.size(); ++r) place_race(r);
    std::stable_sort(results.reads.begin(), results.reads.end(),
                     [](const model::ReadView& a, const model::ReadView& b) {
                       return std::pair(a.time, a.fact) < std::pair(b.time, b.fact);
                     });
    return results;
  }

  /// What has been built so far, to change by hand.
  model::EventResults results;

 private:
  /// How `places_by` counts equal values: shared, and the next place is left out.
  template <typename ValueOf, typename Put>
  static void places_by(std::vector<model::EntrantId> ids, const ValueOf& value_of,
                        const Put& put) {
    std::stable_sort(ids.begin(), ids.end(), [&](model::EntrantId a, model::EntrantId b) {
      return value_of(a) < value_of(b);
    });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::size_t first = i;
      while (first > 0 && value_of(ids[first - 1]) == value_of(ids[i])) --first;
      const bool shared =
          first != i || (i + 1 < ids.size() && value_of(ids[i + 1]) == value_of(ids[i]));
      put(ids[i], model::Placing{static_cast<std::uint32_t>(first + 1), shared});
    }
  }

  model::ReadView& add_read(model::EntrantId id, base::RaceTime time, model::Verdict verdict,
                            std::optional<model::PointId> at_point) {
    model::ReadView view;
    view.fact = model::FactSeq(next_fact_++);
    if (!results.streams.empty()) view.stream = results.streams.back().id;
    view.device_seq = view.fact.raw() - 100;
    view.tag = tag("C" + results.entrants[id.raw()].bib.str());
    view.time = time;
    view.entrant = id;
    view.point = at_point;
    view.verdict = verdict;
    results.reads.push_back(view);
    return results.reads.back();
  }

  void pass(model::RunnerResult& r, std::size_t point_index, base::Duration net) {
    const auto point_id = model::PointId(static_cast<std::uint16_t>(point_index));
    const base::RaceTime time = *r.start_at + net;
    const model::ReadView& view = add_read(r.entrant, time, model::Verdict::Counted, point_id);
    model::Split& split = r.splits[point_index];
    split.passing = model::Passing{time, view.fact, model::ReadRole::Main, false};
    split.net = base::NetTime(net);
    split.gun = base::GunTime(time - *r.gun_at);
  }

  void set_finish(model::RunnerResult& r, const model::Race& race) {
    base::RaceTime first_gun = *r.gun_at;
    for (const model::Wave& wave : race.waves) {
      if (wave.gun.has_value()) first_gun = std::min(first_gun, *wave.gun);
    }
    r.status = model::RunnerStatus::Finished;
    r.net = r.splits.back().net;
    r.gun = r.splits.back().gun;
    r.clock = base::ClockTime(r.splits.back().passing->at - first_gun);
    r.ranking = race.rank_by == model::RankBy::Net     ? r.net->value()
                : race.rank_by == model::RankBy::Clock ? r.clock->value()
                                                       : r.gun->value();
    r.official = base::round_up(*r.ranking, base::Rounding::UpToSecond);
  }

  void place_race(std::size_t race_index) {
    std::vector<model::EntrantId> placed;
    std::vector<model::EntrantId> others;
    for (const model::RunnerResult& r : results.runners) {
      if (r.race.raw() != race_index) continue;
      const bool finished = r.status == model::RunnerStatus::Finished && r.ranking.has_value();
      (finished ? placed : others).push_back(r.entrant);
    }
    const auto ranking = [this](model::EntrantId id) { return *result(id).ranking; };
    const auto by_bib = [this](model::EntrantId a, model::EntrantId b) {
      return entrant(a).bib < entrant(b).bib;
    };
    std::sort(placed.begin(), placed.end(), by_bib);
    std::sort(others.begin(), others.end(), by_bib);
    std::stable_sort(placed.begin(), placed.end(),
                     [&](auto a, auto b) { return ranking(a) < ranking(b); });
    places_by(placed, ranking, [this](model::EntrantId id, model::Placing placing) {
      result(id).places.overall = placing;
    });
    place_groups(placed, ranking);
    place_splits(race_index);
    results.order[race_index] = placed;
    results.order[race_index].insert(results.order[race_index].end(), others.begin(), others.end());
  }

  template <typename ValueOf>
  void place_groups(const std::vector<model::EntrantId>& placed, const ValueOf& ranking) {
    for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
      std::vector<model::EntrantId> group;
      for (const auto id : placed) {
        if (entrant(id).sex == sex) group.push_back(id);
      }
      places_by(group, ranking, [this](model::EntrantId id, model::Placing placing) {
        result(id).places.sex = placing;
      });
    }
    for (const auto id : placed) {
      if (!result(id).division.has_value()) continue;
      std::vector<model::EntrantId> group;
      for (const auto other : placed) {
        if (result(other).division == result(id).division) group.push_back(other);
      }
      places_by(group, ranking, [this](model::EntrantId other, model::Placing placing) {
        result(other).places.division = placing;
      });
    }
  }

  void place_splits(std::size_t race_index) {
    const model::Race& race = results.event.races[race_index];
    for (std::size_t p = 1; p < race.points.size(); ++p) {
      std::vector<model::EntrantId> there;
      for (const model::RunnerResult& r : results.runners) {
        if (r.race.raw() == race_index && r.splits[p].net.has_value()) there.push_back(r.entrant);
      }
      const auto value = [&](model::EntrantId id) {
        const model::Split& split = result(id).splits[p];
        return race.rank_by == model::RankBy::Net ? split.net->value() : split.gun->value();
      };
      places_by(there, value, [this, p](model::EntrantId id, model::Placing placing) {
        result(id).splits[p].places.overall = placing;
      });
    }
  }

  std::uint64_t next_fact_ = 101;
};

}  // namespace hs::test_support
