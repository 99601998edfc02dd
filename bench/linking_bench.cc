#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "history/learn.h"
#include "history/linker.h"
#include "sim/names.h"
#include "sim/random.h"

// What linking costs and how right it is, by the number of results: races of 30,000 out of people
// who come back, move and are misspelt, all made up from a seed, so that it is known who is who.
// The design asks for a cost that is nearly linear. Reading and writing an archive is not in it;
// docs/bench.md has that, with real names.

namespace hs::history {
namespace {

constexpr std::uint32_t kFieldSize = 30'000;
constexpr int kFirstYear = 2001;

struct Person {
  sim::PersonName name;
  std::string city;
  model::Sex sex = model::Sex::Female;
  int born = 1970;
  std::uint32_t comes = 0;  ///< The chance that they run a race, per million.
};

/// Results, and whose each is.
struct Archive {
  Roll roll;
  std::vector<std::uint32_t> people;
};

Person draw_person(sim::Random& random) {
  Person out;
  const bool female = random.chance(450'000);
  out.name = sim::draw_name(female, random);
  out.city = sim::draw_city(random);
  out.sex = female ? model::Sex::Female : model::Sex::Male;
  out.born = 1940 + static_cast<int>(random.below(45));
  out.comes = random.chance(200'000) ? 600'000 : 80'000;
  return out;
}

/// One result: sometimes the person has moved, a letter is missing, or the age is one off.
void run(Archive& archive, RaceIndex race, int year, std::uint32_t who, Person& person,
         sim::Random& random) {
  if (random.chance(30'000)) person.city = sim::draw_city(random);
  sim::PersonName name = person.name;
  if (random.chance(10'000) && name.last.size() > 4) name.last.pop_back();
  const std::string whole = name.last + ", " + name.first;
  const int age = year - person.born - (random.chance(500'000) ? 1 : 0);
  Written written;
  written.race = race;
  written.name.whole = whole;
  written.city = person.city;
  written.country = "NZL";
  written.sex = person.sex;
  written.age = static_cast<std::uint16_t>(age);
  archive.roll.add(written);
  archive.people.push_back(who);
}

/// As many races as make `results`, fourteen a year of one crowd.
Archive make_archive(std::size_t results) {
  constexpr int kRacesAYear = 14;
  sim::Random random(7, 1);
  std::vector<Person> people;
  for (std::size_t i = 0; i < std::max<std::size_t>(results / 4, 2 * kFieldSize); ++i) {
    people.push_back(draw_person(random));
  }
  Archive out;
  for (int race = 0; out.people.size() < results; ++race) {
    const int year = kFirstYear + race / kRacesAYear;
    const RaceIndex index = out.roll.add_race({year, 4, 1 + race % kRacesAYear});
    const auto first = random.below(static_cast<std::uint32_t>(people.size()));
    std::uint32_t entered = 0;
    for (std::size_t step = 0; step < people.size() && entered < kFieldSize; ++step) {
      const auto who = static_cast<std::uint32_t>((first + step) % people.size());
      if (!random.chance(people[who].comes)) continue;
      run(out, index, year, who, people[who], random);
      ++entered;
    }
  }
  return out;
}

/// Of neighbours in a person's series: how many are one person's in truth, and of those of the
/// truth, how many were found.
void tell_how_right(benchmark::State& state, const Archive& archive, const LinkOutcome& found) {
  const auto pairs = [](const std::vector<std::uint32_t>& by,
                        const std::vector<std::uint32_t>& in) {
    std::vector<std::uint32_t> order(by.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return by[a] < by[b]; });
    double all = 0;
    double same = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (by[order[i - 1]] != by[order[i]]) continue;
      all += 1;
      if (in[order[i - 1]] == in[order[i]]) same += 1;
    }
    return all == 0 ? 0.0 : same / all;
  };
  state.counters["precision"] = pairs(found.people, archive.people);
  state.counters["recall"] = pairs(archive.people, found.people);
}

void LinkFromNothing(benchmark::State& state) {
  const Archive archive = make_archive(static_cast<std::size_t>(state.range(0)));
  LinkOutcome found;
  for (auto _ : state) {
    const Rarity rarity(archive.roll);
    const LinkModel model = learn(archive.roll, rarity, LinkModel());
    found = link(archive.roll, rarity, model, {});
    benchmark::DoNotOptimize(found.people.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(archive.people.size()));
  tell_how_right(state, archive, found);
}
BENCHMARK(LinkFromNothing)
    ->Arg(300'000)
    ->Arg(1'000'000)
    ->Arg(3'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace hs::history
