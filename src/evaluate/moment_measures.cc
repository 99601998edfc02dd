#include "evaluate/moment_measures.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "evaluate/moment_model.h"
#include "evaluate/moment_times.h"
#include "moments/find_moments.h"

namespace hs::evaluate {
namespace {

using model::EventResults;
using model::Moment;
using model::MomentKind;
using moments::is_known;

/// Runners of about the same finishing time, among whom the shapes of their races are exchanged:
/// so many that two who ran together seldom meet again, few enough that the shapes fit.
constexpr std::size_t kAlikeFinishers = 1000;
constexpr std::size_t kAlikeStarters = 500;
constexpr std::size_t kStories = 50;
constexpr std::size_t kStabilityRuns = 5;
constexpr std::size_t kSpeedRuns = 5;
constexpr std::size_t kDroppedOneIn = 100;

/// True for what the times decide about one runner and not every race has one of.
bool is_single(const Moment& moment) {
  constexpr std::array kByEntry = {MomentKind::Oldest, MomentKind::Youngest,
                                   MomentKind::FirstFinish, MomentKind::OwnWords,
                                   MomentKind::WinnerOfKind};
  const bool by_entry = std::find(kByEntry.begin(), kByEntry.end(), moment.kind) != kByEntry.end();
  return moment.people.size() == 1 && !moment.on_shelf && !by_entry;
}

/// True for two or more whom their times bring together; the front is a race, not a meeting.
bool is_pair(const Moment& moment) {
  return moment.people.size() >= 2 && !moment.on_shelf && moment.theme == model::Theme::Together;
}

using Counts = std::map<MomentKind, std::size_t>;

template <typename Wanted>
Counts count(const std::vector<Moment>& found, const Wanted& wanted) {
  Counts counts;
  for (const Moment& moment : found) {
    if (wanted(moment)) ++counts[moment.kind];
  }
  return counts;
}

FalseMoments compare(const Counts& real, const std::vector<Counts>& made) {
  FalseMoments out;
  out.seeds = made.size();
  std::set<MomentKind> kinds;
  for (const auto& [kind, n] : real) kinds.insert(kind);
  for (const Counts& one : made) {
    for (const auto& [kind, n] : one) kinds.insert(kind);
  }
  for (const MomentKind kind : kinds) {
    KindCount row;
    row.kind = kind;
    if (const auto at = real.find(kind); at != real.end()) row.real = at->second;
    std::size_t sum = 0;
    for (const Counts& one : made) {
      if (const auto at = one.find(kind); at != one.end()) sum += at->second;
    }
    if (!made.empty()) row.made = static_cast<double>(sum) / static_cast<double>(made.size());
    out.real += row.real;
    out.made += row.made;
    out.kinds.push_back(row);
  }
  return out;
}

/// Rows in the order of `key`, in blocks of about `size`, exchanged within each: what row `i` gets
/// is that of row `result[i]`. Rows without a key stay.
std::vector<std::size_t> exchange(const std::vector<double>& key, std::size_t size,
                                  Random& random) {
  std::vector<std::size_t> order, result(key.size());
  for (std::size_t row = 0; row < key.size(); ++row) {
    result[row] = row;
    if (is_known(key[row])) order.push_back(row);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key[a] < key[b]; });
  const std::size_t blocks = std::max<std::size_t>(1, order.size() / size);
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t from = order.size() * block / blocks;
    const std::size_t to = order.size() * (block + 1) / blocks;
    const std::vector<std::size_t> at = shuffled(to - from, random);
    for (std::size_t i = from; i < to; ++i) result[order[i]] = order[from + at[i - from]];
  }
  return result;
}

void exchange_days(MomentTimes& times, Random& random) {
  const moments::FieldView& view = times.view;
  const std::vector<double> real = view.net;
  const std::vector<double> starts = times.start;
  std::vector<double> finishes;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    finishes.push_back(view.net_at(row, view.finish()));
  }
  const auto shape_of = exchange(finishes, kAlikeFinishers, random);
  const auto start_of = exchange(starts, kAlikeStarters, random);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double* shape = &real[shape_of[row] * view.columns()];
    for (std::size_t column = 1; column < view.finish(); ++column) {
      times.net(row, column) = shape[column] / shape[view.finish()] * finishes[row];
    }
    times.start[row] = starts[start_of[row]];
  }
}

/// The first stories, and the pairs, of one version of a race.
struct Told {
  std::set<MomentKey> stories, pairs;
};

Told told_of(const EventResults& results, model::RaceId race) {
  const std::vector<Moment> found = moments_of(results, race);
  Told told;
  for (const std::size_t i : moments::choose_for_story(found, kStories)) {
    told.stories.insert(key_of(found[i]));
  }
  for (const Moment& moment : found) {
    if (is_pair(moment)) told.pairs.insert(key_of(moment));
  }
  return told;
}

/// The share of `wanted` that is in `found`; 1 of none.
double share_of(const std::set<MomentKey>& wanted, const std::set<MomentKey>& found) {
  if (wanted.empty()) return 1;
  std::size_t both = 0;
  for (const MomentKey& key : wanted) both += found.count(key);
  return static_cast<double>(both) / static_cast<double>(wanted.size());
}

double jaccard(const std::set<MomentKey>& a, const std::set<MomentKey>& b) {
  std::size_t both = 0;
  for (const MomentKey& key : a) both += b.count(key);
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(either);
}

/// Leaves one finisher in a hundred out of the race; what was about them cannot stay and is not
/// asked for.
double dropped_share(const EventResults& results, const MomentTimes& times, const Told& told,
                     Random& random) {
  EventResults fewer = results;
  std::set<model::EntrantId> out;
  for (const model::EntrantId id : times.view.people) {
    if (random.below(kDroppedOneIn) != 0) continue;
    fewer.runners[id.raw()].status = model::RunnerStatus::DidNotStart;
    fewer.runners[id.raw()].places = {};
    out.insert(id);
  }
  std::set<MomentKey> wanted;
  for (const MomentKey& key : told.stories) {
    const bool gone = std::any_of(key.second.begin(), key.second.end(),
                                  [&](model::EntrantId id) { return out.count(id) > 0; });
    if (!gone) wanted.insert(key);
  }
  return share_of(wanted, told_of(fewer, times.view.race).stories);
}

void jitter(MomentTimes& times, Random& random) {
  for (std::size_t row = 0; row < times.view.rows(); ++row) {
    double least = 0;
    for (std::size_t column = 1; column < times.view.columns(); ++column) {
      double& net = times.net(row, column);
      if (!is_known(net)) continue;
      // Two mats a few metres apart must not change their order.
      net = std::max(net + 2 * random.unit() - 1, least + 0.001);
      least = net;
    }
  }
}

}  // namespace

std::vector<Moment> moments_of(const EventResults& results, model::RaceId race) {
  std::vector<Moment> found = moments::find_moments(results);
  std::erase_if(found, [&](const Moment& moment) { return moment.race != race; });
  return found;
}

MomentKey key_of(const Moment& moment) {
  MomentKey key{moment.kind, moment.people};
  std::sort(key.second.begin(), key.second.end());
  return key;
}

FalseMoments model_field(const EventResults& results, model::RaceId race, std::size_t seeds,
                         std::uint64_t seed) {
  const Counts real = count(moments_of(results, race), is_single);
  const MomentTimes times = times_of(results, race);
  const auto model = MomentModel::fit(times);
  std::vector<Counts> made;
  for (std::size_t i = 0; model && i < seeds; ++i) {
    Random random(seed + i);
    MomentTimes again = times;
    model->regenerate(again, random);
    made.push_back(count(moments_of(with_times(results, again), race), is_single));
  }
  return compare(real, made);
}

FalseMoments permuted_pairs(const EventResults& results, model::RaceId race, std::size_t seeds,
                            std::uint64_t seed) {
  const Counts real = count(moments_of(results, race), is_pair);
  const MomentTimes times = times_of(results, race);
  std::vector<Counts> made;
  for (std::size_t i = 0; i < seeds; ++i) {
    Random random(seed + i);
    MomentTimes again = times;
    exchange_days(again, random);
    made.push_back(count(moments_of(with_times(results, again), race), is_pair));
  }
  return compare(real, made);
}

Stability stability(const EventResults& results, model::RaceId race, std::uint64_t seed) {
  const Told told = told_of(results, race);
  const MomentTimes times = times_of(results, race);
  Stability out;
  out.stories = told.stories.size();
  out.pairs = told.pairs.size();
  double dropped = 0;
  double jittered = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < kStabilityRuns; ++i) {
    Random random(seed + i);
    dropped += dropped_share(results, times, told, random);
    MomentTimes moved = times;
    jitter(moved, random);
    const Told again = told_of(with_times(results, moved), race);
    jittered += share_of(told.stories, again.stories);
    pairs += jaccard(told.pairs, again.pairs);
  }
  out.dropped = dropped / kStabilityRuns;
  out.jittered = jittered / kStabilityRuns;
  out.pairs_jittered = pairs / kStabilityRuns;
  return out;
}

Speed speed(const EventResults& results) {
  std::vector<double> took;
  for (std::size_t i = 0; i < kSpeedRuns; ++i) {
    const auto from = std::chrono::steady_clock::now();
    const auto found = moments::find_moments(results);
    const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - from;
    took.push_back(ms.count());
  }
  return {moments::quantile(std::move(took), 0.5), kSpeedRuns};
}

}  // namespace hs::evaluate
