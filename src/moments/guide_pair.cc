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

}  // namespace

std::vector<Found> find_guide_pairs(const FieldView& view) {
  const auto guides = [&](std::size_t row) {
    return !view.results->persons[view.people[row].raw()].guide_of.empty();
  };
  bool anybody = false;
  for (std::size_t row = 0; row < view.rows() && !anybody; ++row) anybody = guides(row);
  if (!anybody) return {};
  std::map<std::string, std::size_t> by_bib;
  for (std::size_t row = 0; row < view.rows(); ++row) by_bib[view.bib(row).str()] = row;
  std::vector<Found> found;
  for (std::size_t guide = 0; guide < view.rows(); ++guide) {
    const std::size_t id = view.people[guide].raw();
    const auto guided = by_bib.find(view.results->persons[id].guide_of);
    if (guided == by_bib.end() || guided->second == guide) continue;
    const std::size_t runner = guided->second;
    if (!view.results->entrants[view.people[runner].raw()].tell) continue;
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

}  // namespace hs::moments
