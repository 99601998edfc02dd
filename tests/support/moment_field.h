#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/result.h"

// Fields for tests: made by hand, or read from published results. Only tests include this.

namespace hs::moment_field {

/// Seconds after the first gun, or nothing.
using Seconds = std::optional<double>;

inline base::Duration micros(double seconds) { return base::Duration(std::llround(seconds * 1e6)); }

/// Builds results of one race on foot, as scoring would give them, without scoring.
class FieldBuilder {
 public:
  /// `points` without the start: id and metres, the last one the finish.
  explicit FieldBuilder(const std::vector<std::pair<std::string, double>>& points) {
    model::Race race;
    race.id = "race";
    add_point(race, "start", 0);
    for (const auto& [id, metres] : points) add_point(race, id, metres);
    model::Wave wave;
    wave.id = "A";
    wave.gun = gun();
    race.waves.push_back(wave);
    results_.event.races.push_back(race);
    results_.closed = {true};
    results_.cancelled = {false};
    results_.as_of = model::FactSeq(1);
  }

  static base::RaceTime gun() { return base::RaceTime(std::chrono::seconds(1'700'000'000)); }

  /// Adds a finisher. `net` has one time a point without the start; `start` in seconds after the
  /// gun gives clock times, without it there are none (published net times).
  model::EntrantId add(const std::string& bib, const std::vector<Seconds>& net,
                       std::optional<double> start = std::nullopt) {
    const model::EntrantId id(static_cast<std::uint32_t>(results_.entrants.size()));
    model::Entrant entrant;
    entrant.race = "race";
    entrant.bib = model::BibNumber::parse(bib).value();
    model::Person person;
    person.name = "Runner " + bib;
    model::RunnerResult runner;
    runner.entrant = id;
    runner.race = model::RaceId(0);
    runner.status = model::RunnerStatus::Finished;
    runner.splits.resize(net.size() + 1);
    if (start) runner.start_at = gun() + micros(*start);
    for (std::size_t i = 0; i < net.size(); ++i) {
      if (!net[i]) continue;
      model::Split& split = runner.splits[i + 1];
      split.net = base::NetTime(micros(*net[i]));
      if (start) {
        model::Passing passing;
        passing.at = gun() + micros(*start + *net[i]);
        passing.read = model::FactSeq(100 + 64 * id.raw() + i);
        split.passing = passing;
      }
    }
    runner.net = runner.splits.back().net;
    results_.entrants.push_back(entrant);
    results_.persons.push_back(person);
    results_.runners.push_back(runner);
    return id;
  }

  /// Gives the places overall and by sex, by net time.
  void rank() {
    std::vector<model::EntrantId> order;
    for (const auto& runner : results_.runners) order.push_back(runner.entrant);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return runner(a).net < runner(b).net; });
    std::array<std::uint32_t, 4> places{};
    for (const auto id : order) {
      const auto& sex = entrant(id).sex;
      runner(id).places.overall = model::Placing{++places[3], false};
      if (!sex) continue;
      const std::uint32_t place = ++places[static_cast<std::size_t>(*sex)];
      runner(id).places.sex = model::Placing{place, false};
    }
  }

  model::Entrant& entrant(model::EntrantId id) { return results_.entrants[id.raw()]; }
  model::Person& person(model::EntrantId id) { return results_.persons[id.raw()]; }
  model::RunnerResult& runner(model::EntrantId id) { return results_.runners[id.raw()]; }
  model::EventResults& results() { return results_; }

 private:
  static void add_point(model::Race& race, const std::string& id, double metres) {
    model::Point point;
    point.id = id;
    point.mat = id;
    point.distance = base::Distance::millimetres(std::llround(metres * 1000));
    race.points.push_back(point);
  }

  model::EventResults results_;
};

/// The next of a fixed series of numbers in [0, 1): the same on every machine.
class Series {
 public:
  double next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) / 9007199254740992.0;
  }
  /// Nearly normal, mean 0, deviation 1.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += next();
    return sum;
  }

 private:
  std::uint64_t state_ = 2026;
};

inline std::vector<std::pair<std::string, double>> marathon_points() {
  return {{"5k", 5000},   {"10k", 10000}, {"15k", 15000}, {"20k", 20000}, {"half", 21097.5},
          {"25k", 25000}, {"30k", 30000}, {"35k", 35000}, {"40k", 40000}, {"finish", 42195}};
}

/// Net times of a marathon at the same `pace`, seconds a kilometre, all the way.
inline std::vector<Seconds> even_marathon(double pace) {
  std::vector<Seconds> net;
  for (const auto& [id, metres] : marathon_points()) net.push_back(metres / 1000 * pace);
  return net;
}

/// Net times of an ordinary marathon at `pace` seconds a kilometre: slower by the hour, noisy.
inline std::vector<Seconds> ordinary_marathon(double pace, Series& series) {
  std::vector<Seconds> net;
  double at = 0;
  double metres = 0;
  double fade = 0;
  for (const auto& [id, where] : marathon_points()) {
    fade += 0.01 + 0.012 * series.normal() + (metres >= 30000 ? 0.02 : 0.0);
    at += (where - metres) / 1000 * pace * (1 + fade) * (1 + 0.01 * series.normal());
    metres = where;
    net.push_back(at);
  }
  return net;
}

/// A field of `n` ordinary marathons, started within ten minutes of the gun.
inline FieldBuilder ordinary_field(std::size_t n) {
  FieldBuilder field(marathon_points());
  Series series;
  for (std::size_t i = 0; i < n; ++i) {
    const double pace = 330 + 50 * series.normal();
    const double start = 600 * series.next();
    const auto id = field.add(std::to_string(1000 + i), ordinary_marathon(pace, series), start);
    field.entrant(id).sex = i % 3 == 0 ? model::Sex::Female : model::Sex::Male;
    field.entrant(id).age = 20 + static_cast<int>(i % 50);
  }
  return field;
}

/// One line of a CSV file without line breaks in cells.
inline std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      found.emplace_back();
    } else if (c != '\r') {
      found.back() += c;
    }
  }
  return found;
}

/// "1:02:03", "62:03" or decimal minutes ("62.05") as seconds; nothing for "-" and blanks.
inline Seconds published_time(const std::string& text) {
  if (text.empty() || text.front() == '-') return std::nullopt;
  if (text.find(':') == std::string::npos) return 60 * std::atof(text.c_str());
  double total = 0;
  std::string part;
  for (const char c : text + ":") {
    if (c != ':') {
      part += c;
      continue;
    }
    total = total * 60 + std::atof(part.c_str());
    part.clear();
  }
  return total;
}

/// The file `name` of the data shared beside the project; empty where there is none.
inline std::string shared_path(const std::string& name) {
  const char* folder = std::getenv("HS_SHARED");
  const std::string path = std::string(folder ? folder : "../shared") + "/data/" + name;
  return std::ifstream(path) ? path : std::string();
}

struct Columns {
  std::string bib, age, sex, finish;
  std::vector<std::string> splits;  ///< Names of the columns of the points before the finish.
};

/// Published net times of a marathon as results. Bibs with a letter other than F are left out:
/// they are not on foot.
inline FieldBuilder published_marathon(const std::string& path, const Columns& columns,
                                       const std::vector<std::pair<std::string, double>>& points) {
  FieldBuilder field(points);
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> header = cells(line);
  const auto at = [&](const std::string& name) {
    std::size_t i = 0;
    while (i < header.size() && header[i] != name) ++i;
    return i;
  };
  std::vector<std::size_t> where;
  for (const std::string& name : columns.splits) where.push_back(at(name));
  where.push_back(at(columns.finish));
  const std::size_t bib = at(columns.bib), age = at(columns.age), sex = at(columns.sex);
  while (std::getline(file, line)) {
    const std::vector<std::string> row = cells(line);
    if (row.size() < header.size() || row[bib].empty() || row[bib].front() == 'W') continue;
    std::vector<Seconds> net;
    for (const std::size_t i : where) net.push_back(published_time(row[i]));
    if (!net.back()) continue;
    const auto id = field.add(row[bib], net);
    field.entrant(id).age = std::atoi(row[age].c_str());
    field.entrant(id).sex = model::parse_sex(row[sex].substr(0, 1));
  }
  return field;
}

/// Boston with its points; no times of day. `year` 2014 or one of 2011, 2013, 2015.
inline FieldBuilder boston(int year) {
  auto points = marathon_points();
  if (year == 2014) {
    points.erase(points.begin() + 2);  // No mat at 15K that year.
    return published_marathon(shared_path("boston/finishers-2014.csv"),
                              {"bib",
                               "age",
                               "gender",
                               "official",
                               {"5k", "10k", "20k", "half", "25k", "30k", "35k", "40k"}},
                              points);
  }
  return published_marathon(shared_path("boston/splits-" + std::to_string(year) + ".csv"),
                            {"Bib",
                             "Age",
                             "M/F",
                             "Official Time",
                             {"5K", "10K", "15K", "20K", "Half", "25K", "30K", "35K", "40K"}},
                            points);
}

}  // namespace hs::moment_field
