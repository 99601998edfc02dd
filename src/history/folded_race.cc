#include "base/check.h"
#include "base/leb128.h"
#include "history/roll.h"

// Implementation notes: docs/archive.md has the bytes, part by part. Words come in the order of
// their first mention, so that a roll of many races numbers them as if the results had come one by
// one: what is learned from a sample by number stays the same.

namespace hs::history {
namespace {

constexpr unsigned kSexMask = 3;  // 0 where it is not told, else the enumerator + 1.
constexpr unsigned kHasBirth = 4;

/// Reads numbers and remembers the first that is not there or too large.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : in_(bytes) {}
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool at_end() const { return in_.at_end(); }

  std::uint64_t number() {
    const auto out = in_.number();
    if (!out) is_good_ = false;
    return out.value_or(0);
  }
  /// A number below `end`.
  std::uint32_t below(std::size_t end) {
    const std::uint64_t out = number();
    if (out < end) return static_cast<std::uint32_t>(out);
    is_good_ = false;
    return 0;
  }
  std::string_view text() {
    const auto out = in_.bytes(number());
    if (!out) is_good_ = false;
    return out.value_or(std::string_view());
  }
  std::int32_t day() { return static_cast<std::int32_t>(base::unzigzag(number())); }

 private:
  base::NumberReader in_;
  bool is_good_ = true;
};

}  // namespace

std::string fold_race(const Roll& race, std::span<const std::uint32_t> numbers) {
  HS_CHECK(race.race_count() == 1 && numbers.size() == race.records_.size(), "a race, numbered");
  std::string out;
  base::append_number(race.words_.size(), out);
  for (std::uint32_t i = 1; i < race.words_.size(); ++i) {
    const std::string_view word = race.words_.view(TextId(i));
    base::append_number(word.size(), out);
    out += word;
  }
  base::append_number(race.names_.size(), out);
  for (const RollName& name : race.names_) {
    for (const TextId word : {name.last, name.first, name.formal, name.middle}) {
      base::append_number(word.raw(), out);
    }
    base::append_number(static_cast<std::uint64_t>(name.suffix), out);
    base::append_number(name.sound, out);
    base::append_number(name.part_count, out);
    for (std::uint32_t i = 0; i < name.part_count; ++i) {
      base::append_number(race.parts_[name.first_part + i].raw(), out);
    }
  }
  base::append_number(race.places_.size(), out);
  for (const RollPlace& place : race.places_) {
    for (const TextId word : {place.city, place.state, place.country}) {
      base::append_number(word.raw(), out);
    }
  }
  base::append_number(race.records_.size(), out);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Record& record = race.records_[i];
    base::append_number(numbers[i] - next, out);
    next = numbers[i] + 1;
    base::append_number(record.name, out);
    base::append_number(record.place, out);
    base::append_number(record.club.raw(), out);
    const unsigned sex = record.sex ? static_cast<unsigned>(*record.sex) + 1 : 0;
    base::append_number(sex | (record.has_birth ? kHasBirth : 0U), out);
    if (!record.has_birth) continue;
    base::append_number(base::zigzag(record.born.first), out);
    base::append_number(base::zigzag(record.born.last), out);
  }
  return out;
}

base::Result<void> Roll::add_folded(RaceIndex race, std::string_view bytes,
                                    std::vector<std::uint32_t>& numbers) {
  Reader in(bytes);
  // No count is believed before so many bytes are there.
  const auto count = [&] { return in.below(bytes.size() + 1); };
  std::vector<TextId> words(1);
  for (std::uint32_t i = count(); i > 1 && in.is_good(); --i) {
    words.push_back(words_.intern(in.text()));
  }
  const auto word = [&] { return words[in.below(words.size())]; };
  const auto first_name = static_cast<std::uint32_t>(names_.size());
  for (std::uint32_t i = count(); i > 0 && in.is_good(); --i) {
    RollName name;
    for (TextId* part : {&name.last, &name.first, &name.formal, &name.middle}) *part = word();
    name.suffix = static_cast<Suffix>(in.below(static_cast<std::size_t>(Suffix::Fourth) + 1));
    name.sound = static_cast<std::uint32_t>(in.number());
    name.first_part = static_cast<std::uint32_t>(parts_.size());
    name.part_count = count();
    for (std::uint32_t j = 0; j < name.part_count && in.is_good(); ++j) parts_.push_back(word());
    names_.push_back(name);
  }
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = count(); i > 0 && in.is_good(); --i) {
    RollPlace place;
    for (TextId* part : {&place.city, &place.state, &place.country}) *part = word();
    places.push_back(number_of(place));
  }
  const std::uint32_t records = count();
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < records && in.is_good(); ++i) {
    Record record;
    record.race = race;
    next += in.number();
    const std::uint32_t name = in.below(names_.size() - first_name);
    const std::uint32_t place = in.below(places.size());
    record.club = word();
    const std::uint32_t flags = in.below(2 * kHasBirth);
    if ((flags & kSexMask) != 0) record.sex = static_cast<model::Sex>((flags & kSexMask) - 1);
    record.has_birth = (flags & kHasBirth) != 0;
    if (record.has_birth) {
      record.born.first = in.day();
      record.born.last = in.day();
    }
    if (!in.is_good()) break;
    record.name = first_name + name;
    record.place = places[place];
    records_.push_back(record);
    numbers.push_back(static_cast<std::uint32_t>(next++));
  }
  if (in.is_good() && in.at_end()) return {};
  return base::fail(base::ErrorCode::Corrupt, "what linking keeps of a race is damaged");
}

}  // namespace hs::history
