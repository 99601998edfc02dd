#include "history/link_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hs::history {
namespace {

constexpr std::array kFieldNames = {"last", "first", "middle", "suffix",
                                    "sex",  "birth", "place",  "club"};
static_assert(kFieldNames.size() == kFields);

/// Levels that say something; the one that says nothing is the one behind them, if any.
constexpr std::array<std::size_t, kFields> kLevelCounts = {
    level::LastMissing, level::FirstMissing, level::MiddleNeither + 1, level::SuffixNeither + 1,
    level::SexMissing,  level::BirthMissing, level::PlaceMissing,      level::ClubMissing};

/// One day of a year, as a share.
constexpr double kDay = 1.0 / 365.0;

double bits(double chance_same, double chance_different) {
  constexpr double kLeast = 1e-9;
  return std::log2(std::max(chance_same, kLeast) / std::max(chance_different, kLeast));
}

}  // namespace

std::size_t level_count(Field field) { return kLevelCounts[static_cast<std::size_t>(field)]; }

bool is_missing(Field field, std::uint8_t level) { return level >= level_count(field); }

LinkModel::LinkModel() {
  same(Field::Last) = {0.975, 0.008, 0.004, 0.013};
  different(Field::Last) = {0.001, 0.002, 0.001, 0.996};
  same(Field::First) = {0.95, 0.025, 0.004, 0.005, 0.006, 0.01};
  different(Field::First) = {0.02, 0.01, 0.05, 0.01, 0.002, 0.908};
  same(Field::Middle) = {0.40, 0.24, 0.01, 0.35};
  different(Field::Middle) = {0.05, 0.40, 0.25, 0.30};
  same(Field::Suffix) = {0.01, 0.01, 0.0002, 0.9798};
  different(Field::Suffix) = {0.0005, 0.02, 0.001, 0.9785};
  same(Field::Sex) = {0.999, 0.001};
  different(Field::Sex) = {0.52, 0.48};
  same(Field::Birth) = {0.985, 0.011, 0.001, 0.003};
  different(Field::Birth) = {0.03, 0.06, 0.06, 0.85};
  same(Field::Place) = {0.85, 0.09, 0.04, 0.02};
  different(Field::Place) = {0.006, 0.09, 0.70, 0.204};
  same(Field::Club) = {0.8, 0.2};
  different(Field::Club) = {0.01, 0.99};
}

double LinkModel::table_weight(Field field, std::uint8_t level) const {
  if (is_missing(field, level)) return 0;
  return bits(same(field)[level], different(field)[level]);
}

double LinkModel::name_weight(const Roll& roll, const Rarity& rarity, const Record& a,
                              const Record& b, const Pattern& pattern) const {
  const std::uint8_t last = pattern[Field::Last];
  const std::uint8_t first = pattern[Field::First];
  const RollName& name_a = roll.name_of(a);
  const RollName& name_b = roll.name_of(b);
  const std::size_t sex = Rarity::sex_of(a);
  double first_chance = different(Field::First)[std::min<std::size_t>(first, kMostLevels - 1)];
  if (first == level::FirstSame) first_chance = rarity.first(name_a.first, sex);
  if (first == level::FirstNickname) {
    first_chance = std::max(rarity.formal(name_a.formal, sex), rarity.formal(name_b.formal, sex));
  }
  if (first == level::FirstInitial) {
    first_chance = rarity.initial(roll.text(name_a.first).front(), sex);
  }
  const double first_same = is_missing(Field::First, first) ? 1 : same(Field::First)[first];
  if (is_missing(Field::First, first)) first_chance = 1;
  if (is_missing(Field::Last, last)) return bits(first_same, first_chance);
  if (last == level::LastSame) {
    const bool is_full = first == level::FirstSame || first == level::FirstNickname;
    const double chance = is_full ? std::max(rarity.full_name(a, name_a.last, first_chance),
                                             rarity.full_name(b, name_b.last, first_chance))
                                  : rarity.last(name_a.last) * first_chance;
    return bits(same(Field::Last)[last] * first_same, chance);
  }
  double last_chance = different(Field::Last)[last];
  if (last == level::LastPart && (name_a.part_count == 0 || name_b.part_count == 0)) {
    // What they share is the whole name of the one, and as rare as that.
    last_chance = rarity.last(name_a.part_count == 0 ? name_a.last : name_b.last);
  }
  return bits(same(Field::Last)[last] * first_same, last_chance * first_chance);
}

double LinkModel::birth_weight(const Rarity& rarity, const Record& a, const Record& b,
                               std::uint8_t level) const {
  if (is_missing(Field::Birth, level)) return 0;
  const Levels& chances = same(Field::Birth);
  const double other = std::max(rarity.birth(a.born.middle(), Rarity::sex_of(a)),
                                rarity.birth(b.born.middle(), Rarity::sex_of(b)));
  // Races on different days of the year: somebody's age can fit only on the days that both allow.
  const double overlap = std::max(0, birth_overlap(a.born, b.born)) * kDay;
  const double fits = chances[level::BirthFits] * std::min(1.0, overlap);
  switch (level) {
    case level::BirthFits:
      return bits(fits, other);
    case level::BirthOneOff:
      return bits(fits + chances[level::BirthOneOff] / 2, other);
    case level::BirthTwoOff:
      return bits(chances[level::BirthTwoOff] / 2, other);
    default:
      return bits(chances[level], different(Field::Birth)[level]);
  }
}

double LinkModel::place_weight(const Roll& roll, const Rarity& rarity, const Record& a,
                               std::uint8_t level) const {
  if (is_missing(Field::Place, level)) return 0;
  const double chance_same = same(Field::Place)[level];
  double chance = different(Field::Place)[level];
  if (level == level::PlaceCity) chance = rarity.city(roll.place_of(a).city) * same_city_factor;
  if (level == level::PlaceState) chance = rarity.state(roll.place_of(a).state);
  return bits(chance_same, std::min(1.0, chance));
}

double LinkModel::weight_of(Field field, const Roll& roll, const Rarity& rarity, const Record& a,
                            const Record& b, const Pattern& pattern) const {
  const std::uint8_t level = pattern[field];
  switch (field) {
    case Field::Last:
      return name_weight(roll, rarity, a, b, pattern);
    case Field::First:
      return 0;
    case Field::Birth:
      return birth_weight(rarity, a, b, level);
    case Field::Place:
      return place_weight(roll, rarity, a, level);
    case Field::Club:
      if (level != level::ClubSame) return table_weight(field, level);
      return bits(same(field)[level], rarity.club(a.club));
    case Field::Sex:
    case Field::Middle:
    case Field::Suffix:
      return table_weight(field, level);
  }
  return 0;
}

double LinkModel::weight(const Roll& roll, const Rarity& rarity, const Record& a, const Record& b,
                         const Pattern& pattern) const {
  double out = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    out += weight_of(static_cast<Field>(i), roll, rarity, a, b, pattern);
  }
  return out;
}

std::string write_link_model(const LinkModel& model) {
  std::string out;
  const auto append = [&out](double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out += ' ';
    out.append(digits.data(), end.ptr);
  };
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    for (const bool is_same : {true, false}) {
      out += std::string(kFieldNames[i]) + (is_same ? " same" : " different");
      const auto& levels = is_same ? model.same(field) : model.different(field);
      for (std::size_t j = 0; j < level_count(field); ++j) append(levels[j]);
      out += '\n';
    }
  }
  out += "city";
  append(model.same_city_factor);
  out += "\nshare";
  append(model.usual_share);
  return out + "\n";
}

base::Result<LinkModel> read_link_model(std::string_view text) {
  LinkModel out;
  const auto corrupt = [] {
    return base::fail(base::ErrorCode::Corrupt, "what linking has learned is damaged");
  };
  // The same order as written: the words in between only tell a reader what is what.
  const auto take = [&text](double& value) {
    const std::size_t at = text.find_first_of("0123456789-");
    if (at == std::string_view::npos) return false;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + at, end, value);
    if (read.ec != std::errc() || !std::isfinite(value) || value < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return true;
  };
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    for (auto* levels : {&out.same(field), &out.different(field)}) {
      for (std::size_t j = 0; j < level_count(field); ++j) {
        if (!take((*levels)[j])) return corrupt();
      }
    }
  }
  if (!take(out.same_city_factor) || !take(out.usual_share)) return corrupt();
  return out;
}

}  // namespace hs::history
