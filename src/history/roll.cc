#include "history/roll.h"

#include <array>
#include <cstring>

#include "base/fold.h"

// Implementation notes: fields of a written name or place are put behind each other with a byte
// between them that no text has, and looked up in a pool; only what is new is folded. What is
// folded is looked up again by the numbers of its words, so that two spellings of one name are one.

namespace hs::history {
namespace {

constexpr char kBetween = '\x1f';

std::uint32_t& slot(std::vector<std::uint32_t>& numbers, TextId id) {
  if (numbers.size() <= id.raw()) numbers.resize(id.raw() + std::size_t{1}, 0);
  return numbers[id.raw()];
}

void put(TextId word, std::string& out) {
  std::array<char, sizeof(std::uint32_t)> bytes{};
  const std::uint32_t raw = word.raw();
  std::memcpy(bytes.data(), &raw, sizeof(raw));
  out.append(bytes.data(), bytes.size());
}

}  // namespace

std::optional<BirthDays> birth_days(std::uint16_t age, const base::Date& day) {
  constexpr std::uint16_t kYoungest = 3;
  constexpr std::uint16_t kOldest = 110;
  if (age < kYoungest || age > kOldest) return std::nullopt;
  base::Date birthday_today = day;
  birthday_today.year -= age;
  base::Date a_year_before = birthday_today;
  a_year_before.year -= 1;
  // The last day of February of a year that is none of its kind counts as the first of March.
  return BirthDays{static_cast<std::int32_t>(base::days_from_epoch(a_year_before)) + 1,
                   static_cast<std::int32_t>(base::days_from_epoch(birthday_today))};
}

RaceIndex Roll::add_race(const base::Date& day) {
  days_.push_back(day);
  return RaceIndex(static_cast<std::uint32_t>(days_.size() - 1));
}

void Roll::add(const Written& written) {
  Record record;
  record.race = written.race;
  record.sex = written.sex;
  record.name = name_number(written.name, written.sex);
  record.place = place_number(written);
  if (!written.club.empty()) record.club = words_.intern(base::fold_words(written.club));
  if (written.age) {
    if (const auto born = birth_days(*written.age, days_[written.race.raw()])) {
      record.born = *born;
      record.has_birth = true;
    }
  }
  records_.push_back(record);
}

std::uint32_t Roll::name_number(const WrittenName& written, std::optional<model::Sex> sex) {
  key_.assign(1, sex == model::Sex::Female ? 'F' : sex == model::Sex::Male ? 'M' : '-');
  for (const std::string_view text : {written.whole, written.first, written.last}) {
    key_ += kBetween;
    key_ += text;
  }
  std::uint32_t& number = slot(name_numbers_, written_.intern(key_));
  if (number != 0) return number - 1;
  const FoldedName folded = fold_name(written, sex);
  RollName name;
  name.last = words_.intern(folded.last);
  name.first = words_.intern(folded.first);
  name.formal = words_.intern(folded.formal);
  name.middle = words_.intern(folded.middle);
  name.suffix = folded.suffix;
  name.first_part = static_cast<std::uint32_t>(parts_.size());
  if (folded.parts.size() > 1) {
    for (const std::string& part : folded.parts) parts_.push_back(words_.intern(part));
  }
  name.part_count = static_cast<std::uint32_t>(parts_.size()) - name.first_part;
  name.sound = sound_number(folded.last, folded.formal);
  const std::uint32_t out = number_of(name);
  number = out + 1;
  return out;
}

std::uint32_t Roll::place_number(const Written& written) {
  key_.assign(1, 'P');
  for (const std::string_view text : {written.city, written.state, written.country}) {
    key_ += kBetween;
    key_ += text;
  }
  std::uint32_t& number = slot(place_numbers_, written_.intern(key_));
  if (number != 0) return number - 1;
  RollPlace place;
  place.city = words_.intern(base::fold_words(written.city));
  place.state = words_.intern(base::fold_words(written.state));
  place.country = words_.intern(base::fold_words(written.country));
  const std::uint32_t out = number_of(place);
  number = out + 1;
  return out;
}

void Roll::key_of(const RollName& name) {
  key_.assign(1, static_cast<char>(name.suffix));
  for (const TextId word : {name.last, name.first, name.formal, name.middle}) put(word, key_);
  for (std::uint32_t i = 0; i < name.part_count; ++i) put(parts_[name.first_part + i], key_);
}

std::uint32_t Roll::number_of(const RollName& name) {
  const auto number = [this](const RollName& one, std::uint32_t if_new) {
    key_of(one);
    const std::uint32_t key = name_keys_.intern(key_).raw() - 1;
    if (key == keyed_names_.size()) keyed_names_.push_back(if_new);
    return keyed_names_[key];
  };
  for (; names_keyed_ < names_.size(); ++names_keyed_) {
    static_cast<void>(number(names_[names_keyed_], names_keyed_));
  }
  const auto next = static_cast<std::uint32_t>(names_.size());
  const std::uint32_t out = number(name, next);
  if (out < next) {
    parts_.resize(name.first_part);
  } else {
    names_.push_back(name);
    ++names_keyed_;
  }
  return out;
}

std::uint32_t Roll::number_of(const RollPlace& place) {
  key_.clear();
  for (const TextId word : {place.city, place.state, place.country}) put(word, key_);
  const std::uint32_t out = place_keys_.intern(key_).raw() - 1;
  if (out == places_.size()) places_.push_back(place);
  return out;
}

}  // namespace hs::history
