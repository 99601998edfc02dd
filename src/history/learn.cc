#include "history/learn.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "history/candidates.h"

namespace hs::history {
namespace {

/// One pair of the sample.
struct Sample {
  std::uint32_t a;
  std::uint32_t b;
  Pattern pattern;
};

/// How many pairs what is known before weighs as.
constexpr double kWeightOfStart = 200;
/// A roll of this many results is looked at whole; of a larger one, groups by lot.
constexpr std::size_t kWholeRoll = 60'000;
constexpr int kRounds = 12;

/// Namesakes for certain: their ages differ by more than a mistake and less than a generation.
constexpr std::int32_t kNamesakeDaysLeast = 3 * 365;
constexpr std::int32_t kNamesakeDaysMost = 12 * 365;

bool is_full_name(const Pattern& pattern) {
  const std::uint8_t first = pattern[Field::First];
  return pattern[Field::Last] == level::LastSame &&
         (first == level::FirstSame || first == level::FirstNickname);
}

std::vector<std::size_t> results_by_race(const Roll& roll) {
  std::vector<std::size_t> out(roll.race_count(), 0);
  for (const Record& record : roll.records()) ++out[record.race.raw()];
  return out;
}

/// How often each level was seen, with what was known before.
class Tally {
 public:
  explicit Tally(const LinkModel::Levels& before) : counts_(before) {
    for (double& count : counts_) count *= kWeightOfStart;
  }
  void add(std::uint8_t level, double weight) { counts_[level] += weight; }
  [[nodiscard]] LinkModel::Levels shares(Field field) const {
    double all = 0;
    for (std::size_t i = 0; i < level_count(field); ++i) all += counts_[i];
    LinkModel::Levels out{};
    for (std::size_t i = 0; i < level_count(field); ++i) out[i] = counts_[i] / all;
    return out;
  }

 private:
  LinkModel::Levels counts_;
};

std::vector<Sample> draw(const Roll& roll) {
  CandidateOptions options;
  options.one_in = static_cast<std::uint32_t>(roll.records().size() / kWholeRoll) + 1;
  std::vector<Sample> out;
  visit_candidates(roll, options, [&](std::uint32_t a, std::uint32_t b, Road) {
    out.push_back({a, b, compare(roll, roll.at(a), roll.at(b))});
  });
  return out;
}

/// What namesakes agree in.
void learn_different(const Roll& roll, const Rarity& rarity, const std::vector<Sample>& samples,
                     const LinkModel& start, LinkModel& model) {
  double cities_expected = kWeightOfStart;
  double cities_found = kWeightOfStart * start.same_city_factor;
  for (const Field field : {Field::Middle, Field::Suffix, Field::Place}) {
    Tally tally(start.different(field));
    for (const Sample& sample : samples) {
      if (!is_full_name(sample.pattern) || is_missing(field, sample.pattern[field])) continue;
      const Record& a = roll.at(sample.a);
      const Record& b = roll.at(sample.b);
      if (!a.has_birth || !b.has_birth) continue;
      const std::int32_t distance = birth_distance(a, b);
      if (distance < kNamesakeDaysLeast || distance > kNamesakeDaysMost) continue;
      tally.add(sample.pattern[field], 1);
      if (field != Field::Place) continue;
      cities_expected += rarity.city(roll.place_of(a).city);
      cities_found += sample.pattern[field] == level::PlaceCity ? 1 : 0;
    }
    model.different(field) = tally.shares(field);
  }
  model.same_city_factor = std::max(1.0, cities_found / cities_expected);
}

/// Whether a pair may teach a field: it agrees in enough else, so that what it has in the field did
/// not bring it here.
bool teaches(Field field, const Pattern& pattern) {
  if (is_missing(field, pattern[field])) return false;
  if (field == Field::Last) {
    const std::uint8_t first = pattern[Field::First];
    return (first == level::FirstSame || first == level::FirstNickname) &&
           pattern[Field::Birth] == level::BirthFits && pattern[Field::Place] == level::PlaceCity;
  }
  if (field == Field::First) {
    return pattern[Field::Last] == level::LastSame && pattern[Field::Birth] == level::BirthFits &&
           pattern[Field::Place] <= level::PlaceState;
  }
  return is_full_name(pattern);
}

}  // namespace

double chance_by_lot(double share, std::size_t results_a, std::size_t results_b) {
  return share / static_cast<double>(std::max({results_a, results_b, std::size_t{1}}));
}

double probability_of(double bits) { return 1.0 / (1.0 + std::exp2(-bits)); }

LinkModel learn(const Roll& roll, const Rarity& rarity, const LinkModel& start) {
  LinkModel model = start;
  const std::vector<Sample> samples = draw(roll);
  if (samples.empty()) return model;
  learn_different(roll, rarity, samples, start, model);
  const std::vector<std::size_t> results = results_by_race(roll);
  std::vector<double> chances(samples.size(), 0);
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const Record& a = roll.at(samples[i].a);
      const Record& b = roll.at(samples[i].b);
      const double by_lot =
          chance_by_lot(model.usual_share, results[a.race.raw()], results[b.race.raw()]);
      chances[i] =
          probability_of(model.weight(roll, rarity, a, b, samples[i].pattern) + std::log2(by_lot));
    }
    for (std::size_t f = 0; f < kFields; ++f) {
      const auto field = static_cast<Field>(f);
      Tally tally(start.same(field));
      for (std::size_t i = 0; i < samples.size(); ++i) {
        if (teaches(field, samples[i].pattern)) tally.add(samples[i].pattern[field], chances[i]);
      }
      model.same(field) = tally.shares(field);
    }
  }
  return model;
}

}  // namespace hs::history
