#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "moments/assistance.h"
#include "moments/detector.h"

// Implementation notes: that two are runner and guide is said by the entry list and by nothing
// else, and told only where the runner wants it told. That they came in together is said by the
// clock. Rule books that penalise help while running hold it: a guide is allowed to some and not
// to others, and who is which no read shows. There it waits for the referee to close the case.

namespace hs::moments {
namespace {

constexpr double kTogether = 5;  ///< Seconds at the line.

struct Pair {
  std::size_t guide = 0;  ///< Rows.
  std::size_t runner = 0;
};

const std::string& guided_by(const FieldView& view, std::size_t row) {
  return view.results->persons[view.people[row].raw()].guide_of;
}

/// Those of whom the entry list says it, the runner wants it told, and who both finished.
std::vector<Pair> all_pairs(const FieldView& view) {
  std::map<std::string, std::size_t> runners;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (view.tells[row]) runners.emplace(view.bib(row).str(), row);
  }
  std::vector<Pair> pairs;
  for (std::size_t row = 0; row < view.rows() && !runners.empty(); ++row) {
    if (guided_by(view, row).empty()) continue;
    const auto runner = runners.find(guided_by(view, row));
    if (runner != runners.end() && runner->second != row) pairs.push_back({row, runner->second});
  }
  return pairs;
}

/// Those of them that one is in, as guide or as runner.
std::vector<Pair> pairs_of(const FieldView& view, std::size_t row) {
  std::vector<Pair> pairs;
  const std::string& guided = guided_by(view, row);
  const std::string own = view.tells[row] ? view.bib(row).str() : std::string();
  for (std::size_t other = 0; other < view.rows(); ++other) {
    if (other == row) continue;
    if (!own.empty() && guided_by(view, other) == own) pairs.push_back({other, row});
    const bool is_guided = !guided.empty() && view.tells[other];
    if (is_guided && view.bib(other).str() == guided) pairs.push_back({row, other});
  }
  return pairs;
}

std::vector<Found> tell_all(const FieldView& view, const std::vector<Pair>& pairs) {
  std::vector<Found> found;
  for (const auto& [guide, runner] : pairs) {
    if (view.telling[runner] == Telling::Nothing || view.telling[guide] == Telling::Nothing) {
      continue;
    }
    const double apart =
        std::abs(view.clock_at(runner, view.finish()) - view.clock_at(guide, view.finish()));
    if (!(apart <= kTogether)) continue;
    const std::array people = {view.people[runner], view.people[guide]};
    if (!may_tell_help(*view.results, view.race, people)) continue;
    Found one;
    one.moment =
        make_moment(view, model::MomentKind::GuidePair, {runner, guide}, view.finish(), 0.0, 1.0);
    put_on_shelf(one.moment);
    one.minutes_order = whole_seconds(view.net_at(runner, view.finish()));
    model::Evidence line;
    line.what = "apart";
    line.to = view.point_name(view.finish());
    line.bibs = {view.bib(runner), view.bib(guide)};
    line.seconds = whole_seconds(apart) + 1;
    line.reads = view.reads(runner, std::array{view.finish()});
    const auto reads = view.reads(guide, std::array{view.finish()});
    line.reads.insert(line.reads.end(), reads.begin(), reads.end());
    one.moment.evidence = {line, passing_evidence(view, runner, view.finish()),
                           passing_evidence(view, guide, view.finish())};
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

std::vector<Found> find_guide_pairs(const FieldView& view) {
  return tell_all(view, all_pairs(view));
}

std::vector<Found> judge_guide_pair(const FieldView& view, const Shared& /*day*/, std::size_t row) {
  return tell_all(view, pairs_of(view, row));
}

}  // namespace hs::moments
