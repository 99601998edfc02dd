#include "moments/detector.h"
#include "moments/quotes.h"

// Implementation notes: no read shows that something is a first, nor why somebody runs: the runner
// says so at entry, and only with `tell` is it passed on, as their words; a child's words never.
// Hundreds may; the shelf holds the ten who were on the course longest.

namespace hs::moments {
std::vector<Found> find_first_finishes(const FieldView& view) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!may_quote(view, row)) continue;
    if (tells_of_a_first(view.results->persons[view.people[row].raw()])) rows.push_back(row);
  }
  keep_longest(view, rows);
  std::vector<Found> found;
  for (const std::size_t row : rows) {
    Found one;
    one.moment = make_moment(view, model::MomentKind::FirstFinish, {row}, view.finish(), 0.0, 1.0);
    put_on_shelf(one.moment);
    one.minutes_order = whole_seconds(view.net_at(row, view.finish()));
    model::Evidence entry;
    entry.what = "entry";
    entry.to = view.point_name(view.finish());
    entry.bibs = {view.bib(row)};
    one.moment.evidence = {entry, passing_evidence(view, row, view.finish())};
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace hs::moments
