#include "evaluate/moment_book.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

// Implementation notes: of one runner, alone or among the field.

namespace hs::evaluate {

Right Book::stretch(const Evidence& e) const {
  const std::size_t from = point(e.from);
  const std::size_t to = point(e.to);
  Right right;
  const Micros took = between(runner(e, 0), from, to);
  if (!took) return right;
  right.seconds = cut(*took);
  if (!e.rank_in_field) return right;
  std::int64_t slower = 0;
  std::int64_t timed = 0;
  for (const Runner* other : field_) {
    const Micros theirs = between(other, from, to);
    timed += theirs ? 1 : 0;
    slower += theirs && *theirs > *took ? 1 : 0;
  }
  right.rank = slower + 1;
  right.of = timed;
  return right;
}

Right Book::lost(const Evidence& e) const {
  const Runner* r = runner(e, 0);
  const std::size_t from = point(e.from);
  const std::size_t to = point(e.to);
  const auto first = neighbour(r, from, -1);
  const auto last = neighbour(r, to, 1);
  Right right;
  right.slack = 1;
  if (!first || !last) return right;
  const double usual = std::sqrt(pace(r, *first, from) * pace(r, to, *last));
  const double lost =
      (pace(r, from, to) - usual) * static_cast<double>(millimetres(to) - millimetres(from));
  right.seconds = cut(std::llround(lost));
  return right;
}

Right Book::place(const Evidence& e) const {
  if (moment_.kind == model::MomentKind::WinnerOfKind) return official_place(e);
  const std::size_t asked = point(moment_.evidence.front().to);
  const std::size_t to = point(e.to);
  const Micros own = net(runner(e, 0), to);
  Right right;
  right.rank = 1;
  right.of = 0;
  for (const Runner* other : field_) {
    if (!net(other, asked)) continue;
    ++*right.of;
    const Micros theirs = net(other, to);
    *right.rank += theirs && own && *theirs < *own ? 1 : 0;
  }
  return right;
}

Right Book::official_place(const Evidence& e) const {
  Right right;
  const Runner* own = runner(e, 0);
  if (own == nullptr || !own->places.overall) return right;
  right.rank = own->places.overall->place;
  right.of = std::count_if(everybody_.begin(), everybody_.end(),
                           [](const Runner* r) { return r->places.overall.has_value(); });
  return right;
}

Right Book::age(const Evidence& e) const {
  std::vector<int> ages;
  for (const Runner* r : field_) {
    const auto& age = results_.entrants[r->entrant.raw()].age;
    if (age) ages.push_back(*age);
  }
  std::sort(ages.begin(), ages.end(), std::greater<>());
  Right right;
  right.of = static_cast<std::int64_t>(ages.size());
  const Runner* own = runner(e, 0);
  const auto years = own != nullptr ? results_.entrants[own->entrant.raw()].age : std::nullopt;
  if (!years || ages.size() < 2) return right;
  right.years = *years;
  right.next_years = *years == ages.front() ? ages[1] : ages[ages.size() - 2];
  right.rank = 1 + std::count_if(ages.begin(), ages.end(), [&](int age) { return age > *years; });
  return right;
}

Right Book::clock(const Evidence& e) const {
  const std::size_t to = point(e.to);
  Right right;
  Micros at = at_clock(runner(e, 0), to);
  // Of nobody by name: the last whom that mat heard.
  for (const Runner* r : everybody_) {
    if (e.bibs.empty() && !r->splits.empty()) at = std::max(at, at_clock(r, to));
  }
  if (at) right.seconds = cut(*at);
  right.of = std::count_if(field_.begin(), field_.end(),
                           [&](const Runner* r) { return at_clock(r, to).has_value(); });
  return right;
}

Right Book::at_the_pace(const Evidence& e) const {
  const std::size_t from = point(e.from);
  const Runner* r = runner(e, 0);
  Right right;
  right.slack = 1;
  if (!net(r, from)) return right;
  right.seconds = cut(std::llround(
      pace(r, 0, from) * static_cast<double>(millimetres(point(e.to)) - millimetres(from))));
  return right;
}

Right Book::barrier(const Evidence& e) const {
  Right right;
  if (e.given == "standard") return standard(e);
  const Micros total = net(runner(e, 0), point(e.to));
  if (total && e.expected_seconds) right.seconds = *e.expected_seconds - cut(*total);
  return right;
}

std::optional<int> Book::age_for(const model::Standard& standard, const Runner* r) const {
  if (!standard.age_on) return results_.entrants[r->entrant.raw()].age;
  const auto& birth = results_.persons[r->entrant.raw()].birth_date;
  if (!birth) return std::nullopt;
  return base::age_on(*birth, *standard.age_on);
}

Right Book::standard(const Evidence& e) const {
  Right right;
  const Runner* r = runner(e, 0);
  if (r == nullptr) return right;
  for (const model::Standard& one : race_.standards) {
    if (one.name != e.name) continue;
    const std::optional<int> age = age_for(one, r);
    const bool by_gun = one.by == model::StandardBy::Gun;
    const Micros took = by_gun ? gun(r) : net(r, point(e.to));
    if (!age || !took) return right;
    for (const model::StandardTime& row : one.times) {
      const bool fits = results_.entrants[r->entrant.raw()].sex == row.sex && *age >= row.age_min &&
                        (!row.age_max || *age <= *row.age_max);
      const std::int64_t time = row.time.count() / kMicrosOfSecond;
      if (fits && e.expected_seconds == time) {
        right.seconds = time - cut(*took + one.course_index.count());
      }
    }
  }
  return right;
}

Right Book::seed(const Evidence& e) const {
  const Evidence& own = moment_.evidence.front();
  const Runner* r = runner(own, 0);
  Right right;
  if (r == nullptr) return right;
  const auto by_wave =
      std::any_of(moment_.evidence.begin(), moment_.evidence.end(),
                  [](const Evidence& one) { return one.what == "seed" && one.given == "wave"; });
  const std::vector<std::int64_t> times = seeded_alike(r, !by_wave);
  right.of = static_cast<std::int64_t>(times.size());
  if (times.empty()) return right;
  const std::int64_t time =
      e.what == "seed" ? middle_of(times) : *std::min_element(times.begin(), times.end());
  right.rank = 1 + std::count_if(field_.begin(), field_.end(), [&](const Runner* other) {
                 return *net(other, race_.points.size() - 1) < time;
               });
  return right;
}

std::vector<std::int64_t> Book::seeded_alike(const Runner* own, bool by_bib) const {
  std::vector<std::pair<std::uint64_t, const Runner*>> order;
  for (const Runner* r : field_) {
    const std::string bib = results_.entrants[r->entrant.raw()].bib.str();
    const bool is_number =
        std::all_of(bib.begin(), bib.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (by_bib && is_number && !bib.empty()) order.emplace_back(std::stoull(bib), r);
    if (!by_bib && r->gun_at == own->gun_at) order.emplace_back(0, r);
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->entrant < b.second->entrant;
  });
  // A hundred before and behind the block of twenty-five in which the bib is.
  const auto at =
      std::find_if(order.begin(), order.end(), [&](const auto& one) { return one.second == own; });
  const std::int64_t block = (at - order.begin()) / 25 * 25;
  std::vector<std::int64_t> times;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(order.size()); ++i) {
    const bool near = !by_bib || (i >= block - 100 && i < block + 125);
    const Runner* r = order[static_cast<std::size_t>(i)].second;
    if (near && r != own) times.push_back(*net(r, race_.points.size() - 1));
  }
  return times;
}

}  // namespace hs::evaluate
