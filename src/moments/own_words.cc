#include "moments/detector.h"
#include "moments/quotes.h"

// Implementation notes: what a runner wrote of why they run, told as theirs once they are in. Whose
// first finish is told in their words (first_finish.cc) is not told again. Hundreds may write; the
// shelf holds the ten who were on the course longest.

namespace hs::moments {
namespace {

/// Which of the three to quote; null where none says anything.
const char* words_of(const model::Person& person) {
  if (person.why.size() >= kLeastWords) return "why";
  if (person.dedication.size() >= kLeastWords) return "dedication";
  return person.cause.size() >= kLeastWords ? "cause" : nullptr;
}

}  // namespace

std::vector<Found> find_own_words(const FieldView& view) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!may_quote(view, row)) continue;
    const model::Person& person = view.results->persons[view.people[row].raw()];
    if (words_of(person) != nullptr && !tells_of_a_first(person)) rows.push_back(row);
  }
  keep_longest(view, rows);
  std::vector<Found> found;
  for (const std::size_t row : rows) {
    Found one;
    one.moment = make_moment(view, model::MomentKind::OwnWords, {row}, view.finish(), 0.0, 1.0);
    put_on_shelf(one.moment);
    one.minutes_order = whole_seconds(view.net_at(row, view.finish()));
    model::Evidence words;
    words.what = "own-words";
    words.bibs = {view.bib(row)};
    words.given = words_of(view.results->persons[view.people[row].raw()]);
    one.moment.evidence = {words, passing_evidence(view, row, view.finish())};
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace hs::moments
