#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/published.h"

// Published races made by hand, a line a woman. Only tests include this.

namespace hs::test {

/// One line of a made-up race.
struct Row {
  const char* bib;
  const char* name;
  std::uint16_t age;
  const char* city = "Oldport";
  std::chrono::seconds net = std::chrono::hours(3);
};

inline model::PublishedRace race_of(const std::string& id, int year, const std::vector<Row>& rows) {
  model::PublishedRace race;
  race.id = id;
  race.name = id;
  race.date = {year, 4, 16};
  const auto put = [&race](model::PublishedResult& result, model::PublishedText kind,
                           std::string_view text) {
    result.texts[static_cast<std::size_t>(kind)] = race.texts.intern(text);
  };
  for (const Row& row : rows) {
    model::PublishedResult result;
    put(result, model::PublishedText::Bib, row.bib);
    put(result, model::PublishedText::Name, row.name);
    put(result, model::PublishedText::City, row.city);
    put(result, model::PublishedText::State, "MA");
    result.age = row.age;
    result.sex = model::Sex::Female;
    result.net = base::NetTime(row.net);
    result.line = static_cast<std::uint32_t>(race.results.size() + 2);
    race.results.push_back(result);
  }
  return race;
}

}  // namespace hs::test
