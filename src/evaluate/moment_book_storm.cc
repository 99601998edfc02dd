#include <algorithm>

#include "evaluate/moment_book.h"

// Implementation notes: when a storm was only its note says; who was out in it the clock does.

namespace hs::evaluate {

const model::NoteFact* Book::note_of(const Evidence& e) const {
  for (const model::Note& note : results_.notes) {
    if (e.note == note.seq) return &note.note;
  }
  return nullptr;
}

Right Book::storm(const Evidence& e) const {
  Right right;
  const model::NoteFact* note = note_of(e);
  if (note == nullptr || !note->from || !note->until) return right;
  right.seconds = cut((*note->until - *note->from).count());
  const std::size_t finish = race_.points.size() - 1;
  right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
    const auto& in = r->splits[finish].passing;
    return r->start_at && *r->start_at < *note->from && in && in->at > *note->until;
  });
  return right;
}

bool Book::is_around(const Runner* r, std::size_t from, std::size_t to,
                     const model::NoteFact& storm) const {
  if (!net(r, from) || !net(r, to) || !r->start_at || *r->start_at >= *storm.from) return false;
  for (std::size_t p = 1; p < race_.points.size(); ++p) {
    const auto& passing = r->splits[p].passing;
    if (!passing || !net(r, p) || !is_timed(p) || is_deaf(p)) continue;
    if (p <= from && passing->at > *storm.from) return false;
    if (p >= to && passing->at < *storm.until) return false;
    const bool inside = passing->at <= *storm.from || passing->at >= *storm.until;
    if (p > from && p < to && inside) return false;
  }
  const std::size_t finish = race_.points.size() - 1;
  return r->splits[finish].passing && r->splits[finish].passing->at > *storm.until;
}

Right Book::slowed_least(const Evidence& e) const {
  constexpr int kLeastPart = 4;  // The storm is at least a fourth of the stretch.
  Right right;
  const model::NoteFact* note = note_of(moment_.evidence.front());
  const Runner* own = runner(e, 0);
  if (note == nullptr || !note->from || !note->until || own == nullptr) return right;
  const std::size_t from = point(e.from);
  const std::size_t to = point(e.to);
  right.count_slack = 1;  // Who ran the same paces as this one but for the last bit.
  right.rank = 1;
  right.of = 0;
  for (const Runner* r : field_) {
    if (!is_around(r, from, to, *note)) continue;
    const auto on_it = r->splits[to].passing->at - r->splits[from].passing->at;
    if (kLeastPart * (*note->until - *note->from) < on_it) continue;
    ++*right.of;
    *right.rank +=
        pace(r, from, to) * pace(own, 0, from) < pace(own, from, to) * pace(r, 0, from) ? 1 : 0;
  }
  return right;
}

}  // namespace hs::evaluate
