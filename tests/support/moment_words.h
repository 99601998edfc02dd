#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "present/sentences.h"
#include "support/moment_field.h"

// What the tests of words share: moments made by hand, and the check that every number of a text
// is in the evidence. Only tests include this.

namespace hs::present::words_test {

using moment_field::FieldBuilder;

inline std::size_t characters(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

/// Every number in a text as written: "1:29:09", "31,892", "2.2"; in German "31.892", "2,2".
inline std::vector<std::string> numbers_in(const std::string& text) {
  std::vector<std::string> found;
  std::string number;
  for (const char c : text + " ") {
    const bool inside = !number.empty() && (c == ':' || c == ',' || c == '.');
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || inside) {
      number += c;
      continue;
    }
    while (!number.empty() && std::isdigit(static_cast<unsigned char>(number.back())) == 0) {
      number.pop_back();
    }
    if (!number.empty()) found.push_back(number);
    number.clear();
  }
  return found;
}

inline std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
    text.erase(at, part.size());
  }
  return text;
}

/// The value a written number has: seconds for "h:mm:ss" and "m:ss", else the number.
inline double value_of(const std::string& number, const LanguageTable& language) {
  double value = 0;
  std::string part;
  for (const char c : number + ":") {
    if (c == ':') {
      value = value * 60 + std::atof(part.c_str());
      part.clear();
    } else if (language.decimal[0] == c) {
      part += '.';
    } else if (language.thousands[0] != c) {
      part += c;
    }
  }
  return value;
}

/// Every value that words may take from a moment: its evidence in seconds, minutes and counts,
/// distances between the points it names, differences of its times.
inline std::set<double> values_of(const model::Moment& moment, const model::EventResults& results) {
  std::set<double> values;
  std::vector<double> times, places;
  const auto& points = results.event.races[moment.race.raw()].points;
  const auto metres = [&](const std::string& id) {
    for (const model::Point& point : points) {
      if (point.id == id) return static_cast<double>(point.distance.in_millimetres()) / 1000;
    }
    return 0.0;
  };
  for (const model::Evidence& e : moment.evidence) {
    for (const auto& time : {e.seconds, e.expected_seconds, e.expected_least, e.expected_most}) {
      if (!time) continue;
      times.push_back(static_cast<double>(*time));
      values.insert(static_cast<double>(*time));
      const std::int64_t minutes = *time / 60;  // Cut, as the words cut them.
      values.insert(static_cast<double>(minutes));
    }
    if (e.rank_in_field) values.insert({*e.rank_in_field - 1.0, *e.rank_in_field + 0.0});
    if (e.of) values.insert(*e.of);
    for (const auto& years : {e.years, e.next_years}) {
      if (years) values.insert(*years);
    }
    if (e.on) values.insert(e.on->year);
    // With this race, and without it.
    if (e.what == "best-before") values.insert(*e.of + 1.0);
    if (e.age_grade) values.insert(std::floor(*e.age_grade / 10.0) / 10);
    if (e.what == "place") places.push_back(*e.rank_in_field);
    const double length = metres(e.to) - metres(e.from);
    if (e.what == "interval")
      values.insert(std::floor(static_cast<double>(*e.seconds) * 1000 / length + 1e-9));
    values.insert(length < 1000 ? std::round(length) : std::round(length / 100) / 10);
    for (const std::string& id : {e.from, e.to}) values.insert(std::atof(id.c_str()));
  }
  for (const double a : times) {
    for (const double b : times) values.insert(a - b);
  }
  for (const double a : places) {
    for (const double b : places) values.insert(a - b);
  }
  return values;
}

inline void expect_numbers_hold(const model::Moment& moment, const model::EventResults& results,
                                Language language) {
  const MomentWords words = words_for(moment, results, language);
  std::string said = words.headline + " | " + words.text;
  for (const model::EntrantId id : moment.people) {
    const std::string& name = results.persons[id.raw()].name;
    if (!name.empty()) said = without(said, name);
    said = without(said, Sentences(language).bib(results.entrants[id.raw()].bib.view()));
  }
  for (const model::Evidence& e : moment.evidence) {
    if (!e.name.empty()) said = without(said, e.name);
    if (!e.race.empty()) said = without(said, e.race);
  }
  const std::set<double> values = values_of(moment, results);
  const std::vector<std::string> numbers = numbers_in(said);
  EXPECT_GE(numbers.size(), 3u) << said;
  for (const std::string& number : numbers) {
    const double value = value_of(number, language.table());
    const bool held = std::any_of(values.begin(), values.end(),
                                  [&](double known) { return std::abs(known - value) < 1e-9; });
    EXPECT_TRUE(held) << number << " in: " << said;
  }
}

inline void expect_numbers_hold(const model::Moment& moment, const model::EventResults& results) {
  for (const Language& language : Language::all()) expect_numbers_hold(moment, results, language);
}

inline model::Evidence passing(const std::string& to, std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = "passing";
  evidence.from = "start";
  evidence.to = to;
  evidence.seconds = seconds;
  return evidence;
}

inline model::Evidence interval(const std::string& from, std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = "interval";
  evidence.from = from;
  evidence.to = "finish";
  evidence.seconds = seconds;
  evidence.expected_seconds = 592;
  evidence.expected_least = 500;
  evidence.expected_most = 3725;
  evidence.rank_in_field = 1;
  evidence.of = 31892;
  return evidence;
}

struct OneRunner {
  FieldBuilder field{moment_field::marathon_points()};
  model::EntrantId id = field.add("812", std::vector<moment_field::Seconds>(10, 1.0));
  model::Moment moment;

  OneRunner() {
    field.person(id).name = "Ana Ruiz";
    field.entrant(id).sex = model::Sex::Female;
    moment.kind = model::MomentKind::LateCollapse;
    moment.people = {id};
    moment.evidence = {interval("40k", 5349), passing("40k", 9582), passing("finish", 14931)};
  }
  MomentWords words() { return words_for(moment, field.results()); }
};

/// The moment of that kind with this evidence reads so, and every number holds.
inline void expect_told(OneRunner& one, model::MomentKind kind,
                        std::vector<model::Evidence> evidence, const std::string& headline,
                        const std::string& text) {
  one.moment.kind = kind;
  one.moment.evidence = std::move(evidence);
  EXPECT_EQ(one.words().headline, headline);
  EXPECT_EQ(one.words().text, text);
  expect_numbers_hold(one.moment, one.field.results());
}

/// Adds somebody who slows for four kilometres after the half and comes back, and a hundred who
/// slow and do not.
inline void add_walls(FieldBuilder& field) {
  moment_field::Series series;
  for (int i = 0; i <= 100; ++i) {
    const bool back = i == 100;
    const double slow = back ? 1.6 : 1.1 + 0.8 * series.next();
    std::vector<moment_field::Seconds> net;
    double at = 0;
    double metres = 0;
    for (const auto& [id, where] : moment_field::marathon_points()) {
      const bool slowed = metres > 21000 && (!back || metres < 25000);
      at += (where - metres) / 1000 * 310 * (slowed ? slow : 1.0) * (1 + 0.01 * series.normal());
      metres = where;
      net.push_back(at);
    }
    field.add(std::to_string(5000 + i), net, 600 * series.next());
  }
}

/// Adds two who start a quarter of an hour apart and meet, and four of one group at the end.
inline void add_company(FieldBuilder& field) {
  std::vector<moment_field::Seconds> first, second;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    first.push_back(metres / 1000 * 333);
    second.push_back(*first.back() - 900 + (metres < 12000 ? 450.0 : 0.9));
  }
  *second.back() += 5;
  field.add("6001", first, 10.0);
  field.add("6002", second, 910.0);
  for (int i = 0; i < 4; ++i) {
    std::vector<moment_field::Seconds> net = first;
    for (auto& time : net) *time *= 1.2;
    *net.back() += i;
    field.person(field.add(std::to_string(6010 + i), net, 20.0)).group = "Blue Caps";
  }
}

/// Adds ten men in front, the first two a third of a second apart.
inline void add_front(FieldBuilder& field) {
  for (int i = 0; i < 10; ++i) {
    std::vector<moment_field::Seconds> net;
    for (const auto& [id, metres] : moment_field::marathon_points()) {
      net.push_back(metres / 1000 * (150 + 1.5 * std::max(i - 1, 0)) + (i == 1 ? 0.3 : 0.0));
    }
    const auto id = field.add(std::to_string(1 + i), net, 0.0);
    field.entrant(id).sex = model::Sex::Male;
    field.runner(id).ranking = field.runner(id).net->value();
    field.runner(id).gun_at = FieldBuilder::gun();
  }
}

/// Net times without a clock, and two who lose half an hour alike.
inline FieldBuilder published_field() {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 900; ++i) {
    const double pace = 330 + 50 * series.normal();
    field.add(std::to_string(1000 + i), moment_field::ordinary_marathon(pace, series));
  }
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 331 + (metres >= 20000 ? 1800.0 : 0.0));
  }
  field.add("90001", net);
  field.add("90002", net);
  return field;
}

/// A field with every kind of moment in it that a clock can show.
inline FieldBuilder eventful_field() {
  FieldBuilder field = moment_field::ordinary_field(2000);
  std::vector<moment_field::Seconds> collapse, split, lost;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    const double behind = std::max(0.0, metres - 21097.5);
    collapse.push_back(metres / 1000 * 270 + (metres > 41000 ? 2400.0 : 0.0));
    split.push_back((metres - behind) / 1000 * 340 + behind / 1000 * 270);
    lost.push_back(metres / 1000 * 341 + (metres >= 20000 ? 3600.0 : 0.0));
  }
  field.add("812", collapse, 30.0);
  field.add("77", split, 60.0);
  field.add("15", lost, 300.0);
  field.add("19", lost, 300.4);
  for (auto& time : split) *time += 4 * 3600;
  field.add("901", split, 0.0);
  for (auto& time : split) *time -= 1200.05;
  field.add("902", split, 1200.0);
  for (auto& time : split) *time += 2400;
  field.entrant(field.add("903", split, 20.0)).age = 88;
  field.results().event.publish_columns = {"age"};
  std::vector<moment_field::Seconds> from_behind;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    from_behind.push_back(metres / 1000 * 290 + (metres > 5000 ? 2025.0 : 0.0));
  }
  field.add("904", from_behind, 40.0);
  add_walls(field);
  add_company(field);
  add_front(field);
  field.rank();
  return field;
}

}  // namespace hs::present::words_test
