#include "support/page_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "support/results_builder.h"

// Implementation notes: not the simulator, which may not know results. Paces are a log-normal base
// that fades with the course; everything random is one splitmix64 stream, so a seed is the field.

namespace hs::test_support {
namespace {

using model::EntrantId;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  /// About normal: the sum of twelve evens.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += share();
    return sum;
  }

 private:
  std::uint64_t state_;
};

constexpr std::array kFirstF = {"Ana",        "Lena", "Mei",   "Ir\u00e8ne",
                                "\u0141ucja", "Noor", "Ines",  "Sigr\u00fan",
                                "Hana",       "Tove", "Amara", "Chlo\u00e9"};
constexpr std::array kFirstM = {"Jonas", "Mateo", "Kofi",  "S\u00f8ren", "Ren",  "Tom\u00e1\u0161",
                                "Pavel", "Luca",  "Anwar", "Oskar",      "Finn", "Diego"};
constexpr std::array kLast = {
    "Ruiz",    "Hartmann", "Okafor",   "Lindqvist",      "Tanaka",
    "Novak",   "Moreau",   "Castell",  "Bergstr\u00f6m", "Dvo\u0159\u00e1k",
    "Adeyemi", "Walsh",    "Petrakis", "Fontaine",       "Kowalski",
    "Ferrari", "Hughes",   "Nakamura", "Schreiber",      "Abelson"};
constexpr std::array kClubs = {"Harbour Harriers",        "Lauftreff am Deich",
                               "North Quay RC",           "Club Atl\u00e9tico del Puerto",
                               "Lighthouse Track Club",   "Sunday Slow Group",
                               "\u6e2f\u53e3\u8dd1\u56e2"};

model::Race marathon() {
  model::Race race;
  race.id = "marathon";
  race.name = "Marathon";
  race.rules = model::RuleSet::WaRoad;
  race.points = {ResultsBuilder::point("start", 0, "arch")};
  for (const int km : {5, 10, 15, 20}) {
    race.points.push_back(ResultsBuilder::point(std::to_string(km) + "k", km * 1'000'000LL,
                                                "mat" + std::to_string(km)));
  }
  race.points.push_back(ResultsBuilder::point("half", 21'097'500, "half"));
  for (const int km : {25, 30, 35, 40}) {
    race.points.push_back(ResultsBuilder::point(std::to_string(km) + "k", km * 1'000'000LL,
                                                "mat" + std::to_string(km)));
  }
  race.points.push_back(ResultsBuilder::point("finish", 42'195'000, "arch"));
  race.waves = {{"A", ResultsBuilder::at("09:30:00")}, {"B", ResultsBuilder::at("09:58:00")}};
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male}) {
    for (int age = 18; age < 80; age = age == 18 ? 35 : age + 5) {
      model::Division division;
      division.id = (sex == model::Sex::Female ? "W" : "M") + std::to_string(age);
      division.sex = sex;
      division.age_min = age;
      division.age_max = age == 18 ? 34 : age == 75 ? 120 : age + 4;
      division.primary = true;
      race.divisions.push_back(division);
    }
  }
  return race;
}

// One runner's net seconds at each point after the start.
std::vector<double> run(Dice& dice, const model::Race& race, double base_pace) {
  std::vector<double> out;
  // Some meet the wall: a day on which about one in ten slows by a quarter or more.
  const double wall = dice.share() < 0.12 ? 0.5 * dice.share() : 0;
  const double fade = std::max(-0.02, 0.08 + 0.06 * dice.normal()) + wall;
  double at = 0;
  double before = 0;
  for (std::size_t i = 1; i < race.points.size(); ++i) {
    const double km = static_cast<double>(race.points[i].distance.in_millimetres()) / 1e6;
    const double late = std::max(0.0, (km - 20) / 22.195);
    const double pace = base_pace * (1 + fade * 2 * late * late + 0.015 * dice.normal());
    at += pace * (km - before);
    before = km;
    out.push_back(at);
  }
  return out;
}

class Field {
 public:
  Field(std::size_t runners, std::uint64_t seed) : dice_(seed), count_(runners) {
    results.event = ResultsBuilder().results.event;
    results.event.name = "Harbour Marathon";
    results.event.races = {marathon()};
    results.event.begins = ResultsBuilder::at("00:00:00");
    results.closed = {true};
    results.cancelled = {false};
    results.order.resize(1);
    results.as_of = model::FactSeq(812'345);
  }

  void make() {
    for (std::size_t i = 0; i < count_; ++i) add(i);
    plant();
    for (model::RunnerResult& runner : results.runners) settle(runner);
    order();
    miss_some();
    officials();
  }

  model::EventResults results;

 private:
  const model::Race& race() const { return results.event.races[0]; }

  void add(std::size_t i) {
    model::Entrant entrant;
    entrant.race = "marathon";
    entrant.bib = bib(i % 400 == 7 ? "F" + std::to_string(i + 1) : std::to_string(i + 1));
    const bool female = dice_.share() < 0.44;
    entrant.sex = dice_.share() < 0.004 ? model::Sex::X
                  : female              ? model::Sex::Female
                                        : model::Sex::Male;
    entrant.age = static_cast<int>(18 + 60 * std::pow(dice_.share(), 1.3));
    entrant.is_minor = *entrant.age < 18;
    entrant.is_private = i % 97 == 31;
    entrant.wave = i < count_ / 2 ? "A" : "B";
    model::Person person;
    person.name = std::string(female ? kFirstF[dice_.below(kFirstF.size())]
                                     : kFirstM[dice_.below(kFirstM.size())]) +
                  ' ' + kLast[dice_.below(kLast.size())];
    if (dice_.share() < 0.5) person.club = kClubs[dice_.below(kClubs.size())];
    person.note = "SECRET note of an entry";
    person.city = "SECRET town";
    if (entrant.is_private) person.name += " SECRET", person.club = "SECRET club";
    model::RunnerResult runner;
    runner.entrant = EntrantId(static_cast<std::uint32_t>(i));
    runner.race = model::RaceId(0);
    runner.wave = model::WaveId(i < count_ / 2 ? 0 : 1);
    runner.gun_at = race().waves[runner.wave->raw()].gun;
    runner.start_source = model::StartSource::Mat;
    const double ability = entrant.wave == "A" ? -0.10 : 0.12;
    const double pace = 330 * std::exp(ability + 0.16 * dice_.normal() + (female ? 0.06 : -0.02));
    nets_.push_back(run(dice_, race(), std::max(pace, 176.0 + dice_.share() * 9)));
    const double offset = 1 + 600 * dice_.share() * (entrant.wave == "A" ? 0.7 : 1);
    runner.start_offset = base::Duration(static_cast<std::int64_t>(offset * 100) * 10'000);
    divide(entrant, runner);
    results.entrants.push_back(entrant);
    results.persons.push_back(std::move(person));
    results.runners.push_back(std::move(runner));
  }

  void divide(const model::Entrant& entrant, model::RunnerResult& runner) const {
    for (std::size_t d = 0; d < race().divisions.size(); ++d) {
      const model::Division& division = race().divisions[d];
      if (entrant.sex == division.sex && *entrant.age >= *division.age_min &&
          *entrant.age <= *division.age_max) {
        runner.division = model::DivisionId(static_cast<std::uint16_t>(d));
        return;
      }
    }
  }

  // The stories, names that are hard to set, and those without a finish.
  void plant() {
    if (count_ < 200) return;
    results.entrants[50].is_private = results.entrants[61].is_private = false;
    nets_[50] = even(271, 40, 0);
    nets_[50].back() = nets_[50][8] + 1990;  // 3:01 at 40K, then 33 minutes.
    // More of both kinds among ordinary runners, so that a page of twelve can be looked at.
    for (std::size_t k = 0; k < 12; ++k) {
      const std::size_t i = 100 + 8 * k;
      results.entrants[i].is_private = false;
      std::vector<double>& net = nets_[i];
      const std::size_t from = k % 2 == 0 ? 8 : 7;
      const double factor = 2.4 + 0.35 * static_cast<double>(k);
      for (std::size_t p = net.size(); p-- > from + 1;) {
        net[p] = net[from] + (net[p] - net[from]) * factor;
      }
    }
    nets_[61] = even(300, 35, 0);        // On 3:31 until 35K ...
    nets_[61][8] = nets_[61][7] + 3900;  // ... 65 minutes to 40K ...
    nets_[61][9] = nets_[61][8] + 1500;  // ... and 25 for the rest.
    nets_[75] = even(372, 21, 0);
    for (std::size_t p = 5; p < nets_[75].size(); ++p) {
      nets_[75][p] = nets_[75][4] + (nets_[75][p] - nets_[75][4]) * 0.83;
    }
    const std::size_t second = count_ / 2 + 40;  // Of wave B.
    nets_[80] = even(571, 42, 0);                // Late in the day, where few finish.
    nets_[second] = nets_[80];
    const double apart = 28 * 60 + 20;
    results.runners[80].start_offset = base::Duration(12'000'000);
    results.runners[second].start_offset = base::Duration(32'000'000);
    for (std::size_t p = 0; p < nets_[second].size(); ++p) nets_[second][p] = nets_[80][p] * 0.928;
    nets_[second].back() = nets_[80].back() - apart + 0.4;
    results.persons[50].name = "Ana Ruiz";
    results.persons[61].name = "Tom\u00e1\u0161 Dvo\u0159\u00e1k";
    results.persons[75].name = "\u7530\u4e2d \u7f8e\u54b2";
    results.persons[80].name = "Jonas Hartmann";
    results.persons[second].name = "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f";
    for (const std::size_t i : {75UL, 80UL, second}) results.entrants[i].is_private = false;
    for (const std::size_t i : {50UL, 75UL, second}) results.entrants[i].sex = model::Sex::Female;
    for (const std::size_t i : {61UL, 80UL}) results.entrants[i].sex = model::Sex::Male;
    results.persons[3].name = "</script><b>Robert & \"Bobby\" O'Neil</b>";
    results.persons[4].name = std::string(200, 'W');
    results.persons[5].name = "Wolfeschlegelsteinhausenbergerdorff-Montgomery of the Longest Name";
    results.persons[6].name = "\xF0\x9F\x8F\x83 \u05d3\u05d5\u05d3 \u05db\u05d4\u05df";
  }

  std::vector<double> even(double pace, double until_km, double last_stretch) const {
    std::vector<double> out;
    for (std::size_t i = 1; i < race().points.size(); ++i) {
      const double km = static_cast<double>(race().points[i].distance.in_millimetres()) / 1e6;
      const bool late = km > until_km && last_stretch > 0;
      out.push_back(late ? out.back() + last_stretch : km * pace);
    }
    return out;
  }

  void settle(model::RunnerResult& runner) {
    const std::size_t i = runner.entrant.raw();
    runner.start_at = *runner.gun_at + *runner.start_offset;
    runner.splits.resize(race().points.size());
    std::size_t reached = race().points.size();
    runner.status = model::RunnerStatus::Finished;
    if (i % 61 == 17) reached = 6 + i % 4, runner.status = model::RunnerStatus::DidNotFinish;
    if (i % 53 == 29) reached = 0, runner.status = model::RunnerStatus::DidNotStart;
    if (i % 5000 == 333)
      runner.status = model::RunnerStatus::Disqualified, runner.clause = "TR 55.8";
    if (i % 7000 == 444) reached = 9, runner.status = model::RunnerStatus::Unresolved;
    if (reached == 0) return;
    runner.splits[0].passing =
        model::Passing{*runner.start_at, model::FactSeq(i + 1), model::ReadRole::Main, false};
    for (std::size_t p = 1; p < reached; ++p) {
      const auto net = base::Duration(static_cast<std::int64_t>(nets_[i][p - 1] * 100) * 10'000);
      model::Split& split = runner.splits[p];
      const base::RaceTime at = *runner.start_at + net;
      split.passing = model::Passing{at, model::FactSeq(i * 10 + p), model::ReadRole::Main, false};
      split.net = base::NetTime(net);
      split.gun = base::GunTime(at - *runner.gun_at);
    }
    if (reached < race().points.size()) return;
    runner.net = runner.splits.back().net;
    runner.gun = runner.splits.back().gun;
    runner.clock = base::ClockTime(runner.splits.back().passing->at - *race().waves[0].gun);
    runner.ranking = runner.gun->value();
    runner.official = base::round_up(*runner.ranking, base::Rounding::UpToSecond);
  }

  void order() {
    std::vector<EntrantId> placed, others;
    for (const model::RunnerResult& runner : results.runners) {
      const bool finished = runner.status == model::RunnerStatus::Finished;
      (finished ? placed : others).push_back(runner.entrant);
    }
    std::stable_sort(placed.begin(), placed.end(), [this](EntrantId a, EntrantId b) {
      return *results.runners[a.raw()].ranking < *results.runners[b.raw()].ranking;
    });
    std::array<std::uint32_t, 3> by_sex{};
    std::vector<std::uint32_t> by_division(race().divisions.size());
    std::uint32_t overall = 0;
    for (const EntrantId id : placed) {
      model::RunnerResult& runner = results.runners[id.raw()];
      runner.places.overall = model::Placing{++overall, false};
      const auto sex = static_cast<std::size_t>(*results.entrants[id.raw()].sex);
      runner.places.sex = model::Placing{++by_sex[sex], false};
      if (runner.division) {
        runner.places.division = model::Placing{++by_division[runner.division->raw()], false};
      }
    }
    results.order[0] = placed;
    results.order[0].insert(results.order[0].end(), others.begin(), others.end());
  }

  // A mat that did not hear some, with the interval scoring would give.
  void miss_some() {
    for (model::RunnerResult& runner : results.runners) {
      const std::size_t i = runner.entrant.raw();
      if (runner.status != model::RunnerStatus::Finished || i % 113 != 8) continue;
      const model::PointId point(static_cast<std::uint16_t>(2 + i % 4));
      model::Split& split = runner.splits[point.raw()];
      const base::Duration net = split.net->value();
      results.missed.push_back(
          {runner.entrant, point, base::NetTime(net * 92 / 100), base::NetTime(net * 107 / 100)});
      split = model::Split{};
    }
  }

  void officials() {
    const base::RaceTime from = ResultsBuilder::at("11:30:00");
    for (const char* name : {"arch", "mat10", "half", "mat40"}) {
      model::MatHealth mat;
      mat.mat = name;
      const bool gap = std::string(name) == "mat40";
      for (int minute = 0; minute < 180; ++minute) {
        const auto passed = static_cast<std::uint32_t>(
            5 + 90 * std::exp(-std::pow((minute - 70) / 40.0, 2)) * (0.8 + 0.4 * dice_.share()));
        const bool silent = gap && minute >= 95 && minute < 112;
        const auto heard = silent ? passed / 5 : passed - (dice_.share() < 0.06 ? 1 : 0);
        mat.minutes.push_back({from + std::chrono::minutes(minute), heard, passed});
        mat.heard += heard;
        mat.passed += passed;
      }
      results.mats.push_back(std::move(mat));
    }
    for (std::uint32_t s = 1; s <= 3; ++s) {
      model::StreamHealth stream;
      stream.id = model::StreamId(s);
      stream.stream.device = s == 2 ? "SECRET box" : "box" + std::to_string(s);
      stream.stream.epoch = "1";
      stream.stream.mat = s == 3 ? "mat40" : "arch";
      stream.stream.file = "reads/box" + std::to_string(s) + ".csv";
      stream.stream.format = "chronotrack";
      stream.stream.role = s == 2 ? model::ReadRole::Backup : model::ReadRole::Main;
      stream.reads = 41'000 + s;
      stream.unknown_chips = s;
      stream.first = from;
      stream.last = from + std::chrono::hours(5);
      results.streams.push_back(std::move(stream));
    }
    model::ClockCompare compare;
    compare.stream = model::StreamId(2);
    compare.against = model::StreamId(1);
    compare.pairs = 12'345;
    compare.offset = base::Duration(-1'520'000);
    compare.offset_error = base::Duration(20'000);
    compare.spacing = base::Distance::metres(3);
    results.clocks.push_back(compare);
    model::NoteFact note;
    note.text = "SECRET words of an official";
    note.author.by = "SECRET author";
    results.notes.push_back({model::FactSeq(99), note});
    attention();
  }

  void attention() {
    model::Attention silent;
    silent.severity = model::Severity::Look;
    silent.kind = model::Attention::Kind::DeadMat;
    silent.mat = "mat40";
    silent.from = ResultsBuilder::at("13:05:00");
    silent.until = ResultsBuilder::at("13:22:00");
    silent.count = 71;
    silent.of = 362;
    for (const model::RunnerResult& runner : results.runners) {
      if (runner.status != model::RunnerStatus::Unresolved) continue;
      model::Attention open;
      open.severity = model::Severity::Act;
      open.kind = model::Attention::Kind::Unresolved;
      open.race = runner.race;
      open.entrant = runner.entrant;
      results.attention.push_back(open);
    }
    results.attention.push_back(silent);
    for (std::uint64_t i = 0; i < 30; ++i) {
      model::Attention chip;
      chip.severity = model::Severity::Note;
      chip.kind = model::Attention::Kind::UnknownChip;
      chip.tag = tag("SECRET" + std::to_string(i));
      chip.count = i + 1;
      results.attention.push_back(chip);
    }
  }

  Dice dice_;
  std::size_t count_;
  std::vector<std::vector<double>> nets_;
};

}  // namespace

model::EventResults page_field(std::size_t runners, std::uint64_t seed) {
  Field field(runners, seed);
  field.make();
  return std::move(field.results);
}

}  // namespace hs::test_support
