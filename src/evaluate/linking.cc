#include "evaluate/linking.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "history/learn.h"

// Implementation notes: both measures run the whole linker, hard rules and all, on a roll in which
// something was changed; nothing of the linker is taken apart for them.

namespace hs::evaluate {
namespace {

using history::LinkOutcome;
using history::Rarity;
using history::Record;
using history::Roll;

constexpr std::array<std::pair<int, const char*>, kGaps> kGapsFrom = {
    {{0, "0-1"}, {2, "2-3"}, {4, "4-5"}, {6, "6-9"}, {10, "10+"}}};

/// Ages that differ by less may be one person's.
constexpr std::int32_t kOneAgeDays = 548;
constexpr int kLeastShift = 3;
constexpr int kMostShift = 12;

std::int64_t days_between(const Roll& roll, const Record& a, const Record& b) {
  return std::abs(base::days_from_epoch(roll.day_of(a.race)) -
                  base::days_from_epoch(roll.day_of(b.race)));
}

std::size_t gap_of(const Roll& roll, const Record& a, const Record& b) {
  constexpr std::int64_t kYear = 365;
  const std::int64_t years = (days_between(roll, a, b) + kYear / 2) / kYear;
  std::size_t out = 0;
  while (out + 1 < kGaps && years >= kGapsFrom[out + 1].first) ++out;
  return out;
}

/// The records of each person with several, by day.
std::vector<std::vector<std::uint32_t>> people_with_several(const Roll& roll,
                                                            const LinkOutcome& outcome) {
  std::vector<std::uint32_t> order(outcome.people.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (outcome.people[a] != outcome.people[b]) return outcome.people[a] < outcome.people[b];
    const auto& day_a = roll.day_of(roll.at(a).race);
    const auto& day_b = roll.day_of(roll.at(b).race);
    return day_a != day_b ? day_a < day_b : a < b;
  });
  std::vector<std::vector<std::uint32_t>> out;
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && outcome.people[order[to]] == outcome.people[order[from]]) ++to;
    if (to - from > 1) {
      out.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(from),
                       order.begin() + static_cast<std::ptrdiff_t>(to));
    }
    from = to;
  }
  return out;
}

template <typename Visit>
void each_pair(const std::vector<std::vector<std::uint32_t>>& people, const Visit& visit) {
  for (const auto& person : people) {
    for (std::size_t i = 0; i < person.size(); ++i) {
      for (std::size_t j = i + 1; j < person.size(); ++j) visit(person[i], person[j]);
    }
  }
}

void count_links(const Roll& roll, const LinkOutcome& outcome, LinkingFigures& out) {
  const auto people = people_with_several(roll, outcome);
  std::vector<std::uint32_t> numbers = outcome.people;
  std::sort(numbers.begin(), numbers.end());
  out.results = numbers.size();
  out.people =
      static_cast<std::size_t>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
  out.several = people.size();
  each_pair(people, [&](std::uint32_t a, std::uint32_t b) {
    ++out.gaps[gap_of(roll, roll.at(a), roll.at(b))].pairs;
    out.twice_in_a_race += roll.at(a).race == roll.at(b).race ? 1U : 0U;
  });
  for (const auto& person : people) {
    for (std::size_t i = 1; i < person.size(); ++i) {
      const auto change = change_between(roll, roll.at(person[i - 1]), roll.at(person[i]));
      ++out.changes[static_cast<std::size_t>(change)].seen;
    }
  }
}

/// How many pairs of each gap are linked by chance when the races of `is_moved` are `years` off. A
/// pair within one half says nothing, so that what lies across stands for all.
std::array<double, kGaps> chance_links(const Roll& real, const Rarity& rarity,
                                       const history::LinkModel& model,
                                       const std::vector<bool>& is_moved, int years) {
  constexpr std::int32_t kYear = 365;
  Roll roll = real;
  for (std::uint32_t i = 0; i < roll.records().size(); ++i) {
    Record record = roll.at(i);
    if (!is_moved[record.race.raw()] || !record.has_birth) continue;
    record.born.first += years * kYear;
    record.born.last += years * kYear;
    roll.replace(i, record);
  }
  const LinkOutcome outcome = history::link(roll, rarity, model, {});
  std::array<double, kGaps> across{};
  each_pair(people_with_several(roll, outcome), [&](std::uint32_t a, std::uint32_t b) {
    const Record& one = roll.at(a);
    const Record& other = roll.at(b);
    const bool is_across = is_moved[one.race.raw()] != is_moved[other.race.raw()];
    const bool has_age = one.has_birth && other.has_birth;
    if (!is_across || !has_age || history::birth_distance(one, other) > kOneAgeDays) return;
    across[gap_of(roll, one, other)] += 1;
  });
  // How much of what is possible lies across.
  std::array<double, kGaps> all{};
  std::array<double, kGaps> possible{};
  std::vector<double> results(roll.race_count(), 0);
  std::vector<Record> races(roll.race_count());
  for (const Record& record : roll.records()) {
    results[record.race.raw()] += 1;
    races[record.race.raw()] = record;
  }
  for (std::size_t i = 0; i < races.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const std::size_t gap = gap_of(roll, races[i], races[j]);
      all[gap] += results[i] * results[j];
      if (is_moved[i] != is_moved[j]) possible[gap] += results[i] * results[j];
    }
  }
  for (std::size_t gap = 0; gap < kGaps; ++gap) {
    across[gap] = possible[gap] > 0 ? across[gap] * all[gap] / possible[gap] : 0;
  }
  return across;
}

void measure_precision(const Roll& roll, const Rarity& rarity, const history::LinkModel& model,
                       const LinkingOptions& options, Random& random, LinkingFigures& out) {
  for (std::size_t i = 0; i < options.placebos; ++i) {
    std::vector<bool> is_moved(roll.race_count(), false);
    const auto order = shuffled(roll.race_count(), random);
    for (std::size_t j = 0; j < order.size() / 2; ++j) is_moved[order[j]] = true;
    const int years =
        kLeastShift + static_cast<int>(random.below(std::size_t{kMostShift - kLeastShift + 1}));
    const auto chance =
        chance_links(roll, rarity, model, is_moved, random.below(2) == 0 ? years : -years);
    for (std::size_t gap = 0; gap < kGaps; ++gap) {
      out.gaps[gap].chance += chance[gap] / static_cast<double>(options.placebos);
    }
    if (options.progress) {
      options.progress(static_cast<double>(i + 1) / static_cast<double>(options.placebos + 1));
    }
  }
}

/// A change, by how often each was seen.
NameChange draw_change(const LinkingFigures& figures, Random& random) {
  std::size_t all = 0;
  for (std::size_t i = 1; i < kNameChanges; ++i) all += figures.changes[i].seen;
  if (all == 0) return NameChange::None;
  std::size_t at = random.below(all);
  for (std::size_t i = 1; i < kNameChanges; ++i) {
    if (at < figures.changes[i].seen) return static_cast<NameChange>(i);
    at -= figures.changes[i].seen;
  }
  return NameChange::None;
}

bool agree_in_everything(const Roll& roll, const std::vector<std::uint32_t>& person) {
  using history::Field;
  namespace level = history::level;
  for (const std::uint32_t record : person) {
    const auto pattern = history::compare(roll, roll.at(person[0]), roll.at(record));
    const bool agrees = roll.at(person[0]).name == roll.at(record).name &&
                        pattern[Field::Birth] == level::BirthFits &&
                        pattern[Field::Place] == level::PlaceCity;
    if (!agrees) return false;
  }
  return true;
}

/// One result whose name was changed, and the nearest of the same person.
struct Mask {
  std::uint32_t record;
  std::uint32_t nearest;
  NameChange change;
  std::size_t gap;
};

std::vector<Mask> mask_some(const std::vector<std::vector<std::uint32_t>>& people,
                            const LinkingOptions& options, const LinkingFigures& figures,
                            Random& random, Roll& roll) {
  std::vector<Mask> out;
  for (const auto& person : people) {
    if (random.below(options.masked_one_in) != 0 || !agree_in_everything(roll, person)) continue;
    const std::uint32_t record = person[random.below(person.size())];
    const NameChange change = draw_change(figures, random);
    if (change == NameChange::None) continue;
    const auto other = masked(roll, roll.at(record), change, random);
    if (!other) continue;
    std::uint32_t nearest = record;
    std::int64_t days = std::numeric_limits<std::int64_t>::max();
    for (const std::uint32_t one : person) {
      const std::int64_t away = days_between(roll, roll.at(one), roll.at(record));
      if (one != record && away < days) {
        days = away;
        nearest = one;
      }
    }
    out.push_back({record, nearest, change, gap_of(roll, roll.at(nearest), roll.at(record))});
    roll.replace(record, *other);
  }
  return out;
}

void measure_recall(const Roll& real, const Rarity& rarity, const history::LinkModel& model,
                    const LinkOutcome& outcome, const LinkingOptions& options, Random& random,
                    LinkingFigures& out) {
  Roll roll = real;
  const auto masks = mask_some(people_with_several(real, outcome), options, out, random, roll);
  const LinkOutcome again = history::link(roll, rarity, model, {});
  for (const Mask& mask : masks) {
    const bool is_found = again.people[mask.record] == again.people[mask.nearest];
    ChangeFigures& change = out.changes[static_cast<std::size_t>(mask.change)];
    GapFigures& gap = out.gaps[mask.gap];
    ++change.masked;
    ++gap.masked;
    change.found += is_found ? 1U : 0U;
    gap.found += is_found ? 1U : 0U;
  }
}

void find_known(const std::vector<ExpectedPerson>& expected, const LinkOutcome& outcome,
                LinkingFigures& out) {
  for (const ExpectedPerson& person : expected) {
    LinkingFigures::Known known;
    known.person = person;
    known.expected = person.records.size();
    for (const std::uint32_t record : person.records) {
      known.found += outcome.people[record] == outcome.people[person.records[0]] ? 1U : 0U;
    }
    if (!person.records.empty()) {
      const auto all = std::count(outcome.people.begin(), outcome.people.end(),
                                  outcome.people[person.records[0]]);
      known.others = static_cast<std::size_t>(all) - known.found;
    }
    out.known.push_back(std::move(known));
  }
}

}  // namespace

LinkingFigures measure_linking(const engine::ArchiveRoll& loaded, const history::LinkModel& model,
                               const std::vector<ExpectedPerson>& expected,
                               const LinkingOptions& options) {
  LinkingFigures out;
  for (std::size_t i = 0; i < kGaps; ++i) out.gaps[i].gap = kGapsFrom[i].second;
  const Rarity rarity(loaded.roll);
  const history::LinkOptions usual;
  const LinkOutcome outcome = history::link(loaded.roll, rarity, model, {}, usual);
  count_links(loaded.roll, outcome, out);
  find_known(expected, outcome, out);
  Random random(options.seed);
  measure_precision(loaded.roll, rarity, model, options, random, out);
  measure_recall(loaded.roll, rarity, model, outcome, options, random, out);
  const auto pairs = history::likely_pairs(loaded.roll, rarity, model, {}, usual.doubt);
  const auto line = std::partition_point(pairs.begin(), pairs.end(), [&](const auto& pair) {
    return pair.probability >= usual.accept;
  });
  const auto half = static_cast<std::ptrdiff_t>(options.shown / 2);
  const auto first = line - std::min(half, line - pairs.begin());
  const auto last = line + std::min(half, pairs.end() - line);
  out.borderline.assign(first, last);
  if (options.progress) options.progress(1);
  return out;
}

}  // namespace hs::evaluate
