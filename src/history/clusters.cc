#include "history/clusters.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "history/learn.h"

// Implementation notes: a union of sets whose root is the lowest record, so that the outcome does
// not hang on the order of merges. Groups are small (one result a race), so members are walked in a
// ring.

namespace hs::history {
namespace {

/// A year of age that somebody got wrong. Units: days.
constexpr std::int32_t kOneYear = 366;

std::uint32_t middle_bit(std::string_view middle) {
  constexpr std::uint32_t kOther = 26;
  if (middle.empty()) return 0;
  const bool is_letter = middle.front() >= 'a' && middle.front() <= 'z';
  return 1U << (is_letter ? static_cast<std::uint32_t>(middle.front() - 'a') : kOther);
}

}  // namespace

Clusters::Clusters(const Roll& roll, const LinkModel& model) : roll_(roll), model_(model) {
  const auto count = static_cast<std::uint32_t>(roll.records().size());
  parent_.resize(count);
  next_.resize(count);
  groups_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Record& record = roll.at(i);
    parent_[i] = next_[i] = i;
    groups_[i].born = record.born;
    groups_[i].has_birth = record.has_birth;
    groups_[i].signs = signs_of(i);
  }
}

Clusters::Signs Clusters::signs_of(std::uint32_t record) const {
  const RollName& name = roll_.name_of(roll_.at(record));
  const bool has_suffix = name.suffix != Suffix::None;
  return {middle_bit(roll_.text(name.middle)),
          has_suffix ? 1U << static_cast<unsigned>(name.suffix) : 0U};
}

std::uint32_t Clusters::root(std::uint32_t record) const {
  while (parent_[record] != record) record = parent_[record];
  return record;
}

bool Clusters::share_a_race(std::uint32_t a, std::uint32_t b) const {
  std::uint32_t i = a;
  do {
    std::uint32_t j = b;
    do {
      if (roll_.at(i).race == roll_.at(j).race) return true;
      j = next_[j];
    } while (j != b);
    i = next_[i];
  } while (i != a);
  return false;
}

bool Clusters::are_kept_apart(std::uint32_t a, std::uint32_t b) const {
  return std::any_of(apart_.begin(), apart_.end(), [&](const auto& pair) {
    const std::uint32_t first = root(pair.first);
    const std::uint32_t second = root(pair.second);
    return (first == a && second == b) || (first == b && second == a);
  });
}

std::optional<Clusters::Group> Clusters::ages_of(const Group& a, const Group& b) {
  const Group& larger = a.size >= b.size ? a : b;
  const Group& smaller = a.size >= b.size ? b : a;
  Group out = larger.has_birth ? larger : smaller;
  out.has_wrong_age = a.has_wrong_age || b.has_wrong_age;
  if (!a.has_birth || !b.has_birth) return out;
  const BirthDays common{std::max(a.born.first, b.born.first), std::min(a.born.last, b.born.last)};
  if (common.first <= common.last) {
    out.born = common;
    return out;
  }
  // What contradicts the others by a year is a slip; by more it is a mistake, and one is borne.
  out.born = larger.born;
  if (common.first - common.last <= kOneYear) return out;
  if (smaller.size > 1 || out.has_wrong_age) return std::nullopt;
  out.has_wrong_age = true;
  return out;
}

double Clusters::contradiction(const Signs& a, const Signs& b) const {
  double out = 0;
  if (a.middles != 0 && b.middles != 0 && (a.middles & b.middles) == 0) {
    out += model_.table_weight(Field::Middle, level::MiddleConflict);
  }
  if (a.suffixes != 0 && b.suffixes != 0 && (a.suffixes & b.suffixes) == 0) {
    out += model_.table_weight(Field::Suffix, level::SuffixConflict);
  }
  return std::min(out, 0.0);
}

void Clusters::merge(std::uint32_t a, std::uint32_t b, const Group& ages) {
  const std::uint32_t low = std::min(a, b);
  const std::uint32_t high = std::max(a, b);
  Group merged = ages;
  merged.size = groups_[a].size + groups_[b].size;
  merged.signs.middles = groups_[a].signs.middles | groups_[b].signs.middles;
  merged.signs.suffixes = groups_[a].signs.suffixes | groups_[b].signs.suffixes;
  parent_[high] = low;
  std::swap(next_[low], next_[high]);
  groups_[low] = merged;
}

Clusters::Joined Clusters::join(const LinkedPair& pair, double accept) {
  const std::uint32_t a = root(pair.a);
  const std::uint32_t b = root(pair.b);
  if (a == b) return Joined::Already;
  if (are_kept_apart(a, b)) return Joined::Word;
  if (share_a_race(a, b)) return Joined::SameRace;
  const auto ages = ages_of(groups_[a], groups_[b]);
  if (!ages) return Joined::Ages;
  // The pair has paid for what it contradicts itself.
  const double carried = contradiction(groups_[a].signs, groups_[b].signs) -
                         contradiction(signs_of(pair.a), signs_of(pair.b));
  const double odds = pair.probability / std::max(1e-9, 1.0 - double{pair.probability});
  if (probability_of(std::log2(odds) + std::min(carried, 0.0)) < accept) return Joined::Names;
  merge(a, b, *ages);
  return Joined::Yes;
}

Clusters::Joined Clusters::join_known(std::uint32_t a, std::uint32_t b) {
  a = root(a);
  b = root(b);
  if (a == b) return Joined::Already;
  if (share_a_race(a, b)) return Joined::SameRace;
  const auto ages = ages_of(groups_[a], groups_[b]);
  merge(a, b, ages.value_or(groups_[groups_[a].size >= groups_[b].size ? a : b]));
  return Joined::Yes;
}

void Clusters::keep_apart(std::uint32_t a, std::uint32_t b) { apart_.emplace_back(a, b); }

}  // namespace hs::history
