#include "evaluate/moment_book.h"

#include <algorithm>
#include <cmath>
#include <utility>

// Implementation notes: of the field and its front; counted, never by anybody's name.

namespace hs::evaluate {

namespace {

constexpr std::int64_t kNeighbourMillimetres = 2'000'000;

}  // namespace

Right Book::negative_splits(const Evidence& e) const {
  const std::size_t half = point(e.to);
  const std::size_t finish = race_.points.size() - 1;
  Right right;
  right.rank = 0;
  right.of = 0;
  for (const Runner* r : field_) {
    if (!net(r, half)) continue;
    ++*right.of;
    *right.rank += pace(r, half, finish) < pace(r, 0, half) ? 1 : 0;
  }
  return right;
}

Right Book::stretches(const Evidence&) const {
  const std::size_t finish = race_.points.size() - 1;
  std::vector<std::size_t> ends = {0};
  for (std::size_t p = 1; p <= finish; ++p) {
    if (!is_timed(p) || is_deaf(p) || is_doubted(p)) continue;
    if (millimetres(p) - millimetres(ends.back()) >= kNeighbourMillimetres) ends.push_back(p);
  }
  if (ends.size() > 1) ends.back() = finish;
  Right right;
  right.rank = static_cast<std::int64_t>(ends.size()) - 1;
  right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
    for (std::size_t i = 1; i < ends.size(); ++i) {
      if (between(r, ends[i - 1], ends[i]).value_or(0) <= 0) return false;
    }
    return true;
  });
  return right;
}

Right Book::comebacks(const Evidence&) const {
  const std::size_t finish = race_.points.size() - 1;
  const std::int64_t course = millimetres(finish);
  Right right;
  right.rank = 0;
  right.of = 0;
  std::vector<bool> deaf;
  for (std::size_t p = 0; p <= finish; ++p) deaf.push_back(is_deaf(p));
  for (const Runner* r : field_) {
    bool slowed = false;
    bool back = false;
    for (std::size_t p = 2; p < finish; ++p) {
      const bool late = millimetres(p) * 100 > course * 45;
      if (!late || (course - millimetres(p)) * 10 < course || deaf[p] || !net(r, p)) continue;
      const auto from = is_timed(p) ? neighbour(r, p, -1) : std::nullopt;
      if (!from || *from == 0 || millimetres(*from) * 100 < course * 45) continue;
      const double base = pace(r, 0, *from);
      const double dip = pace(r, *from, p) / base;
      const double rest = pace(r, p, finish) / base;
      // Published times are coarse: some ratios lie on the limit to the last digit.
      for (const double off : {dip - 1.25, rest - 0.9, rest - 1.1}) {
        right.count_slack += std::abs(off) < 1e-9 ? 1 : 0;
      }
      if (!(dip > 1.25)) continue;
      slowed = true;
      back = back || (rest >= 0.9 && rest <= 1.1);
    }
    *right.of += slowed ? 1 : 0;
    *right.rank += back ? 1 : 0;
  }
  return right;
}

std::vector<std::int64_t> Book::ranking_front(const std::string& given) const {
  std::map<std::uint32_t, std::int64_t> front;
  for (const Runner* r : field_) {
    const auto& sex = results_.entrants[r->entrant.raw()].sex;
    const bool all = given == "all";
    if (!all && (!sex || given != model::name_of(*sex))) continue;
    const auto& place = all ? r->places.overall : r->places.sex;
    if (place && place->place <= 10 && r->ranking) front[place->place] = r->ranking->count();
  }
  std::vector<std::int64_t> times;
  for (const auto& [place, time] : front) times.push_back(time);
  return times;
}

Right Book::front(const Evidence&) const {
  const auto times = ranking_front(moment_.evidence.front().given);
  Right right;
  if (times.empty()) return right;
  right.seconds = cut(times.back() - times.front());
  right.of = static_cast<std::int64_t>(times.size());
  return right;
}

Right Book::win(const Evidence& e) const {
  const auto times = ranking_front(e.given);
  Right right;
  if (times.size() > 1) right.seconds = cut(times[1] - times[0]);
  return right;
}

Right Book::heard(const Evidence& e) const {
  Right right;
  right.rank = std::count_if(field_.begin(), field_.end(),
                             [&](const Runner* r) { return net(r, point(e.to)).has_value(); });
  right.of = static_cast<std::int64_t>(field_.size());
  return right;
}

Right Book::middle(const Evidence& e) const {
  std::vector<std::int64_t> took;
  for (const Runner* r : field_) {
    if (const Micros one = between(r, point(e.from), point(e.to))) took.push_back(*one);
  }
  Right right;
  right.of = static_cast<std::int64_t>(took.size());
  if (!took.empty()) right.seconds = cut(middle_of(std::move(took)));
  return right;
}

}  // namespace hs::evaluate
