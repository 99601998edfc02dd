#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "history/name_fold.h"
#include "model/event.h"
#include "model/text_pool.h"

namespace hs::history {

using model::TextId;
/// A race of a roll, from 0 in the order of `add_race`.
using RaceIndex = base::Id<struct RollRaceTag>;

/// The days on which somebody of an age may be born. Units: days since 1970-01-01, both ends in it.
struct BirthDays {
  std::int32_t first = 0;
  std::int32_t last = 0;
  [[nodiscard]] std::int32_t middle() const { return first + (last - first) / 2; }
  friend bool operator==(const BirthDays&, const BirthDays&) = default;
};

/// Who is `age` years old on a day. Nothing for ages that nobody runs at, which are how files say
/// that they do not know: under 3 and over 110.
[[nodiscard]] std::optional<BirthDays> birth_days(std::uint16_t age, const base::Date& day);

/// A name taken apart, its words by number in the roll's pool. The empty text where a part is not
/// there.
struct RollName {
  TextId last;
  TextId first;
  TextId formal;
  TextId middle;
  std::uint32_t first_part = 0;  ///< Into `Roll::parts`, where the last name is a double one.
  std::uint32_t part_count = 0;
  std::uint32_t sound = 0;  ///< Of the skeletons of last and formal first name, whatever the order.
  Suffix suffix = Suffix::None;
};

/// A place as published. City, state and country by number; the empty text where it is not told.
struct RollPlace {
  TextId city;
  TextId state;
  TextId country;
};

/// One result as linking sees it.
struct Record {
  RaceIndex race;
  std::uint32_t name = 0;   ///< Into `Roll::names`.
  std::uint32_t place = 0;  ///< Into `Roll::places`.
  TextId club;
  BirthDays born;
  bool has_birth = false;
  std::optional<model::Sex> sex;
};
static_assert(sizeof(Record) <= 32, "four million of them lie in memory");

/// What a result says of its runner, as published. Views hold for the call.
struct Written {
  RaceIndex race;
  WrittenName name;
  std::string_view city;
  std::string_view state;
  std::string_view country;
  std::string_view club;
  std::optional<model::Sex> sex;
  std::optional<std::uint16_t> age;
};

/// All results that linking looks at, folded once, each word kept once.
///
/// Cost: a record is 32 bytes; a name that was seen before costs one look-up.
class Roll {
 public:
  RaceIndex add_race(const base::Date& day);
  /// Records are numbered from 0 in the order they come.
  void add(const Written& written);
  /// Adds what `fold_race` made of a race, as if its results came one by one, and appends their
  /// numbers to `numbers`. Errors: Corrupt; then the roll is of no use.
  [[nodiscard]] base::Result<void> add_folded(RaceIndex race, std::string_view bytes,
                                              std::vector<std::uint32_t>& numbers);

  /// Puts another record in the place of one: to ask what linking would do if it were so.
  void replace(std::uint32_t record, const Record& other) { records_[record] = other; }
  /// The number of a name, new or known.
  [[nodiscard]] std::uint32_t name_number(const WrittenName& written,
                                          std::optional<model::Sex> sex);

  [[nodiscard]] const std::vector<Record>& records() const { return records_; }
  [[nodiscard]] const Record& at(std::uint32_t record) const { return records_[record]; }
  [[nodiscard]] const std::vector<RollName>& names() const { return names_; }
  [[nodiscard]] const RollName& name_of(const Record& record) const { return names_[record.name]; }
  [[nodiscard]] const RollPlace& place_of(const Record& record) const {
    return places_[record.place];
  }
  [[nodiscard]] TextId part(std::uint32_t index) const { return parts_[index]; }
  [[nodiscard]] std::size_t race_count() const { return days_.size(); }
  [[nodiscard]] const base::Date& day_of(RaceIndex race) const { return days_[race.raw()]; }
  [[nodiscard]] std::string_view text(TextId id) const { return words_.view(id); }
  [[nodiscard]] std::size_t text_count() const { return words_.size(); }

 private:
  friend std::string fold_race(const Roll& race, std::span<const std::uint32_t> numbers);

  std::uint32_t place_number(const Written& written);
  /// The numbers of what is folded, new or known. A name's parts are put behind `parts_` by the
  /// caller; those of a known one go again.
  std::uint32_t number_of(const RollName& name);
  void key_of(const RollName& name);  ///< Into `key_`.
  std::uint32_t number_of(const RollPlace& place);

  std::vector<base::Date> days_;
  std::vector<Record> records_;
  std::vector<RollName> names_;
  std::vector<RollPlace> places_;
  std::vector<TextId> parts_;
  model::TextPool words_;                     ///< Folded words, places and clubs.
  model::TextPool written_;                   ///< Names and places as written, to be folded once.
  std::vector<std::uint32_t> name_numbers_;   ///< By `written_`; 0 where it is none, else + 1.
  std::vector<std::uint32_t> place_numbers_;  ///< The same.
  model::TextPool name_keys_;                 ///< The numbers of a name's words.
  std::vector<std::uint32_t> keyed_names_;    ///< By `name_keys_` less 1: the first such name.
  std::uint32_t names_keyed_ = 0;             ///< How many of the names have their key there.
  model::TextPool place_keys_;                ///< The same of places: text i is place i - 1.
  std::string key_;
};

/// A roll of one race as bytes, for `Roll::add_folded`: folding is the dear part of reading many
/// races. `numbers`: what the caller calls its records, one each, rising.
///
/// Whoever keeps the bytes keeps `kFoldEdition` with them: under another one they are of no use.
[[nodiscard]] std::string fold_race(const Roll& race, std::span<const std::uint32_t> numbers);

/// Rises when names, places or these bytes come to be folded otherwise than before.
inline constexpr std::uint32_t kFoldEdition = 1;

}  // namespace hs::history
