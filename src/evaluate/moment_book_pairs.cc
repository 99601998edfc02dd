#include "evaluate/moment_book.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

// Implementation notes: of two and of groups, by the clock where there is one.

namespace hs::evaluate {

Right Book::start_gap(const Evidence& e) const {
  const Runner* a = runner(e, 0);
  const Runner* b = runner(e, 1);
  Right right;
  if (a != nullptr && b != nullptr && a->start_at && b->start_at) {
    right.seconds = cut(std::abs((*a->start_at - *b->start_at).count()));
  }
  return right;
}

Micros Book::clock_apart(const Evidence& e, std::size_t p) const {
  const Micros a = at_clock(runner(e, 0), p);
  const Micros b = at_clock(runner(e, 1), p);
  return a && b ? Micros(std::abs(*a - *b)) : std::nullopt;
}

Right Book::apart(const Evidence& e) const {
  Right right;
  const Micros apart = clock_apart(e, point(e.to));
  if (!apart) return right;
  // Of a guide the words say "within", so one more.
  const bool within = moment_.kind == model::MomentKind::GuidePair;
  right.seconds = cut(*apart) + (within ? 1 : 0);
  return right;
}

Right Book::group(const Evidence& e) const {
  const std::size_t to = point(e.to);
  Micros first, last;
  for (std::size_t i = 0; i < e.bibs.size(); ++i) {
    const Micros at = at_clock(runner(e, i), to);
    if (!at) return {};
    first = first ? std::min(*first, *at) : *at;
    last = last ? std::max(*last, *at) : *at;
  }
  Right right;
  if (!first) return right;
  right.seconds = cut(*last - *first) + 1;
  right.rank = static_cast<std::int64_t>(e.bibs.size());
  const std::string& name = results_.persons[runner(e, 0)->entrant.raw()].group;
  right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
    const std::size_t id = r->entrant.raw();
    return results_.persons[id].group == name && !results_.entrants[id].is_private &&
           at_clock(r, to);
  });
  return right;
}

Right Book::gap_before(const Evidence& e) const {
  const std::size_t to = point(e.to);
  const Micros own = at_clock(runner(e, 0), to);
  Micros before;
  for (const Runner* r : field_) {
    const Micros at = at_clock(r, to);
    if (r == runner(e, 0) || !at || !own || *at > *own) continue;
    before = before ? std::max(*before, *at) : *at;
  }
  Right right;
  if (before) right.seconds = cut(*own - *before);
  return right;
}

Right Book::crowd(const Evidence& e) const {
  const std::size_t to = point(e.to);
  const Evidence& pair = moment_.evidence.front();
  const Micros own = at_clock(runner(pair, 0), to);
  const std::int64_t half = e.seconds.value_or(0) * kMicrosOfSecond / 2;
  Right right;
  right.seconds = e.seconds;  // The width is a choice, not a measure.
  if (!own) return right;
  right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
    const Micros at = at_clock(r, to);
    return at && r->start_at && std::abs(*at - *own) <= half;
  });
  *right.of -= 2;
  return right;
}

Right Book::agreement(const Evidence& e) const {
  const std::size_t from = point(e.from);
  const std::size_t to = point(e.to);
  const std::int64_t within = e.seconds.value_or(0) * kMicrosOfSecond;
  // `finish-together` counts the points on the way only.
  const bool way = moment_.kind == model::MomentKind::FinishTogether;
  const std::size_t last = race_.points.size() - (way ? 2 : 1);
  Right right;
  right.seconds = e.seconds;
  right.rank = 0;
  right.of = 0;
  for (std::size_t p = 1; p <= last; ++p) {
    const Micros apart = clock_apart(e, p);
    if (!apart || !is_timed(p)) continue;
    ++*right.of;
    *right.rank += p >= from && p <= to && *apart <= within ? 1 : 0;
  }
  return right;
}

Right Book::same_times(const Evidence& e) const {
  const std::int64_t within = e.seconds.value_or(0) * kMicrosOfSecond;
  Right right;
  right.seconds = e.seconds;
  right.rank = 0;
  for (std::size_t p = 1; p < race_.points.size(); ++p) {
    const Micros a = net(runner(e, 0), p);
    const Micros b = net(runner(e, 1), p);
    if (a && b && is_timed(p)) *right.rank += std::abs(*a - *b) <= within ? 1 : 0;
  }
  return right;
}

Right Book::shared_loss(const Evidence& e) const {
  const std::size_t from = point(e.from);
  const std::size_t to = point(e.to);
  Right right;
  right.slack = 1;
  for (std::size_t i = 0; i < e.bibs.size(); ++i) {
    const Runner* r = runner(e, i);
    if (!between(r, from, to)) return right;
    const auto one = cut(std::llround((pace(r, from, to) - pace(r, 0, from)) *
                                      static_cast<double>(millimetres(to) - millimetres(from))));
    right.seconds = right.seconds ? std::min(*right.seconds, one) : one;
  }
  return right;
}

Right Book::several(const Evidence&) const {
  Right right;
  right.of = static_cast<std::int64_t>(moment_.people.size());
  return right;
}

}  // namespace hs::evaluate
