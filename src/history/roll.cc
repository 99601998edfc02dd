#include "history/roll.h"

#include "base/fold.h"

// Implementation notes: fields of a written name or place are put behind each other with a byte
// between them that no text has, and looked up in a pool; only what is new is folded.

namespace hs::history {
namespace {

constexpr char kBetween = '\x1f';

std::uint32_t& slot(std::vector<std::uint32_t>& numbers, TextId id) {
  if (numbers.size() <= id.raw()) numbers.resize(id.raw() + std::size_t{1}, 0);
  return numbers[id.raw()];
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
  names_.push_back(name);
  number = static_cast<std::uint32_t>(names_.size());
  return number - 1;
}

std::uint32_t Roll::place_number(const Written& written) {
  key_.assign(1, 'P');
  for (const std::string_view text : {written.city, written.state, written.country}) {
    key_ += kBetween;
    key_ += text;
  }
  std::uint32_t& number = slot(place_numbers_, written_.intern(key_));
  if (number != 0) return number - 1;
  places_.push_back({words_.intern(base::fold_words(written.city)),
                     words_.intern(base::fold_words(written.state)),
                     words_.intern(base::fold_words(written.country))});
  number = static_cast<std::uint32_t>(places_.size());
  return number - 1;
}

}  // namespace hs::history
