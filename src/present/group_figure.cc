#include "present/group_figure.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "present/sentences.h"
#include "present/wording.h"

// Implementation notes: dots are stacked in slots as wide as a dot on a phone, so the picture is a
// histogram whose bars can be counted. The window around the group is narrowed where a busy line
// would make a thousand dots of it.

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;

constexpr double kMicros = 1e6;
constexpr double kLeastAround = 20;  // Seconds before the first and behind the last.
constexpr double kMostAround = 60;
constexpr std::size_t kSlots = 40;
constexpr std::size_t kDotsMost = 240;

struct Crossing {
  double at = 0;  // Seconds after the first of the group.
  bool is_theirs = false;
};

std::optional<base::RaceTime> line_of(const EventResults& results, EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  const bool finished = runner.status == model::RunnerStatus::Finished ||
                        runner.status == model::RunnerStatus::OutOfCompetition;
  if (!finished || runner.splits.empty() || !runner.splits.back().passing) return std::nullopt;
  return runner.splits.back().passing->at;
}

double seconds_between(base::RaceTime from, base::RaceTime to) {
  return static_cast<double>((to - from).count()) / kMicros;
}

std::vector<Crossing> crossings(const EventResults& results, const model::Moment& moment,
                                base::RaceTime first, double span) {
  std::vector<Crossing> out;
  for (const model::RunnerResult& runner : results.runners) {
    const auto at = runner.race == moment.race ? line_of(results, runner.entrant) : std::nullopt;
    if (!at) continue;
    const double since = seconds_between(first, *at);
    if (since < -kMostAround || since > span + kMostAround) continue;
    const bool theirs = std::find(moment.people.begin(), moment.people.end(), runner.entrant) !=
                        moment.people.end();
    out.push_back({since, theirs});
  }
  return out;
}

// The widest window that shows no more dots than can be told apart.
double window_around(const std::vector<Crossing>& all, double span) {
  double around = std::clamp(span * 2, kLeastAround, kMostAround);
  const auto shown = [&] {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Crossing& c) {
      return c.at >= -around && c.at <= span + around;
    }));
  };
  while (around > 2 && shown() > kDotsMost) around /= 2;
  return around;
}

}  // namespace

std::optional<Figure> group_figure(const EventResults& results, const model::Moment& moment,
                                   int height_px) {
  std::vector<base::RaceTime> theirs;
  for (const EntrantId id : moment.people) {
    const auto at = line_of(results, id);
    if (!at) return std::nullopt;
    theirs.push_back(*at);
  }
  if (theirs.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(theirs.begin(), theirs.end());
  const double span = seconds_between(*first, *last);
  std::vector<Crossing> all = crossings(results, moment, *first, span);
  const double around = window_around(all, span);
  const double whole = span + 2 * around;
  // The group at the bottom of each slot, where it is seen first.
  std::stable_sort(all.begin(), all.end(),
                   [](const Crossing& a, const Crossing& b) { return a.is_theirs > b.is_theirs; });
  std::vector<std::size_t> stacked(kSlots, 0);
  std::vector<std::pair<double, Crossing>> dots;  // (height, whose), across by slot.
  std::size_t others = 0;
  for (const Crossing& one : all) {
    if (one.at < -around || one.at > span + around) continue;
    const auto slot = std::min(kSlots - 1, static_cast<std::size_t>((one.at + around) / whole *
                                                                    static_cast<double>(kSlots)));
    const double middle = (static_cast<double>(slot) + 0.5) / static_cast<double>(kSlots);
    dots.push_back({static_cast<double>(stacked[slot]++) + 0.5, {middle, one.is_theirs}});
    if (!one.is_theirs) ++others;
  }
  constexpr std::size_t kRowsLeast = 8;
  const std::size_t rows = std::max(kRowsLeast, *std::max_element(stacked.begin(), stacked.end()));
  const std::string when = local_time(results.event, *first);
  Sentences words(language_of(results.event));
  words.add_short_time("around", base::Duration(std::llround(around * kMicros)));
  words.add_text("when", when);
  words.add_count("theirs", theirs.size());
  words.add_count("others", others);
  Plot plot(words.text({{"picture.group-described"}}), {0, 1}, {0, static_cast<double>(rows)},
            height_px);
  for (const base::RaceTime at : {*first, *last}) {
    const double share = (seconds_between(*first, at) + around) / whole;
    if (at == *first || span / whole > 0.3) plot.tick(share, local_time(results.event, at));
  }
  for (const auto& [height, one] : dots) {
    plot.dot(one.at, height, one.is_theirs ? Plot::Stroke::Main : Plot::Stroke::Median);
  }
  return Figure{std::move(plot), words.text({{"picture.group"}})};
}

}  // namespace hs::present
