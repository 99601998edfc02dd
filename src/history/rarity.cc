#include "history/rarity.h"

#include <algorithm>
#include <limits>

// Implementation notes: a person who runs every year is counted every year, and so is everybody
// else: shares are of results, as if two results were drawn. What occurs once is taken to occur
// twice, so that nothing is rarer than the roll can show.

namespace hs::history {
namespace {

constexpr std::int32_t kDaysInYear = 365;
/// Results of one name whose days of birth are further apart than this are of different people.
constexpr std::int32_t kSamePersonDays = 548;

void count(std::vector<std::uint32_t>& counts, TextId id) {
  if (counts.size() <= id.raw()) counts.resize(id.raw() + std::size_t{1}, 0);
  ++counts[id.raw()];
}

std::int32_t year_of(std::int32_t day) {
  // Rounded down, also before 1970.
  return day >= 0 ? day / kDaysInYear : -((-day + kDaysInYear - 1) / kDaysInYear);
}

/// A roll of ten people does not show how rare a name is: what is usual weighs as this many people.
constexpr double kUsualPeople = 500;
constexpr double kUsualLast = 0.0005;
constexpr double kUsualFirst = 0.005;
constexpr double kUsualInitial = 0.06;
constexpr double kUsualCity = 0.002;
constexpr double kUsualState = 0.05;
constexpr double kUsualClub = 0.005;
constexpr double kUsualBirth = 0.02;

double seen_share(std::uint32_t count, double of, double usual) {
  const double seen = std::max(2.0, static_cast<double>(count));
  return std::min(1.0, (seen + kUsualPeople * usual) / (of + kUsualPeople));
}

struct Bearer {
  std::uint32_t last;
  std::uint32_t formal;
  std::int32_t born;
  std::uint32_t name;
  friend auto operator<=>(const Bearer&, const Bearer&) = default;
};

}  // namespace

std::size_t Rarity::sex_of(const Record& record) {
  if (!record.sex || *record.sex == model::Sex::X) return 2;
  return *record.sex == model::Sex::Female ? 0 : 1;
}

Rarity::Rarity(const Roll& roll) {
  count_words(roll);
  count_namesakes(roll);
}

void Rarity::count_words(const Roll& roll) {
  std::int32_t earliest = std::numeric_limits<std::int32_t>::max();
  std::int32_t latest = std::numeric_limits<std::int32_t>::min();
  for (const Record& record : roll.records()) {
    if (!record.has_birth) continue;
    earliest = std::min(earliest, year_of(record.born.middle()));
    latest = std::max(latest, year_of(record.born.middle()));
  }
  first_year_ = earliest;
  const auto years = latest < earliest ? 0 : static_cast<std::size_t>(latest - earliest) + 1;
  for (Counts& counts : birth_years_) counts.assign(years, 0);
  for (const Record& record : roll.records()) {
    const std::size_t sex = sex_of(record);
    const RollName& name = roll.name_of(record);
    const RollPlace& place = roll.place_of(record);
    of_sex_[sex] += 1;
    count(last_, name.last);
    count(first_[sex], name.first);
    count(formal_[sex], name.formal);
    const std::string_view first = roll.text(name.first);
    if (!first.empty()) ++initial_[sex][static_cast<unsigned char>(first.front())];
    count(city_, place.city);
    count(state_, place.state);
    count(club_, record.club);
    if (record.has_birth) {
      ++birth_years_[sex][static_cast<std::size_t>(year_of(record.born.middle()) - first_year_)];
    }
  }
  all_ = std::max(1.0, static_cast<double>(roll.records().size()));
  for (double& of : of_sex_) of = std::max(1.0, of);
}

void Rarity::count_namesakes(const Roll& roll) {
  std::vector<Bearer> bearers;
  bearers.reserve(roll.records().size());
  for (const Record& record : roll.records()) {
    const RollName& name = roll.name_of(record);
    const std::int32_t born =
        record.has_birth ? record.born.middle() : std::numeric_limits<std::int32_t>::min();
    bearers.push_back({name.last.raw(), name.formal.raw(), born, record.name});
  }
  std::sort(bearers.begin(), bearers.end());
  namesakes_.assign(roll.names().size(), 1);
  people_ = 0;
  for (std::size_t from = 0; from < bearers.size();) {
    std::size_t to = from;
    std::uint32_t people = 1;
    const auto is_alike = [&](const Bearer& other) {
      return other.last == bearers[from].last && other.formal == bearers[from].formal;
    };
    for (; to < bearers.size() && is_alike(bearers[to]); ++to) {
      const bool is_known = bearers[to].born != std::numeric_limits<std::int32_t>::min();
      const bool follows =
          to > from && is_known && bearers[to - 1].born != std::numeric_limits<std::int32_t>::min();
      if (follows && bearers[to].born - bearers[to - 1].born > kSamePersonDays) ++people;
    }
    for (std::size_t i = from; i < to; ++i) namesakes_[bearers[i].name] = people;
    people_ += people;
    from = to;
  }
  people_ = std::max(1.0, people_);
}

double Rarity::share(const Counts& counts, TextId id, double of, double usual) {
  return seen_share(id.raw() < counts.size() ? counts[id.raw()] : 0, of, usual);
}

double Rarity::last(TextId last) const { return share(last_, last, all_, kUsualLast); }
double Rarity::first(TextId first, std::size_t sex) const {
  return share(first_[sex], first, of_sex_[sex], kUsualFirst);
}
double Rarity::formal(TextId formal, std::size_t sex) const {
  return share(formal_[sex], formal, of_sex_[sex], kUsualFirst);
}
double Rarity::initial(char letter, std::size_t sex) const {
  return seen_share(initial_[sex][static_cast<unsigned char>(letter)], of_sex_[sex], kUsualInitial);
}
double Rarity::city(TextId city) const { return share(city_, city, all_, kUsualCity); }
double Rarity::state(TextId state) const { return share(state_, state, all_, kUsualState); }
double Rarity::club(TextId club) const { return share(club_, club, all_, kUsualClub); }

double Rarity::full_name(const Record& a, TextId last, double first_chance) const {
  const double by_parts = this->last(last) * first_chance;
  const double others = static_cast<double>(namesakes(a)) - 1;
  const double of = people_ * of_sex_[sex_of(a)] / all_;
  return std::min(1.0, std::max(by_parts, others / (of + kUsualPeople)));
}

double Rarity::birth(std::int32_t day, std::size_t sex) const {
  const std::int64_t at = std::int64_t{year_of(day)} - first_year_;
  const Counts& counts = birth_years_[sex];
  const bool is_seen = at >= 0 && at < static_cast<std::int64_t>(counts.size());
  return seen_share(is_seen ? counts[static_cast<std::size_t>(at)] : 0, of_sex_[sex], kUsualBirth);
}

}  // namespace hs::history
