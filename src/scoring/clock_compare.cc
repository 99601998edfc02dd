#include "scoring/clock_compare.h"

#include <algorithm>
#include <map>
#include <tuple>

// Implementation notes: sums are kept in 128 bits so that squares of microseconds cannot overflow;
// the one root is an integer root. The sign of the spacing follows the direction of running, so
// start visits, where people may cross the other way, are summed up apart and only shown.

namespace hs::scoring {
namespace {

using base::Duration;
using model::ReadView;
using model::Verdict;
__extension__ using Wide = __int128;

constexpr std::size_t kPairsLeast = 30;
constexpr std::int64_t kOutlierMicros = 10'000'000;

std::int64_t median_of(std::vector<std::int64_t> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::int64_t root_of(Wide value) {
  Wide low = 0;
  Wide high = Wide{1} << 62;
  while (low < high) {
    const Wide middle = (low + high + 1) / 2;
    if (middle * middle <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return static_cast<std::int64_t>(low);
}

bool belongs_to_visit(Verdict verdict) {
  return verdict == Verdict::Counted || verdict == Verdict::Dwell ||
         verdict == Verdict::BackupUnused;
}

/// The first time each stream heard a runner in one counted visit.
using FirstHeard = std::map<std::uint32_t, base::RaceTime>;

/// Microseconds a metre at which a runner came to a point, from the start on.
std::int64_t pace_at(const ScorerState& state, model::EntrantId id, model::PointId point) {
  const EntrantState& runner = state.entrants[id.raw()];
  const auto& passing = runner.fold.passings[point.raw()];
  const std::int64_t metres =
      state.event.races[runner.race->raw()].points[point.raw()].distance.in_millimetres() / 1000;
  if (!passing || !runner.fold.start_at || metres <= 0) return 0;
  return (passing->at - *runner.fold.start_at).count() / metres;
}

}  // namespace

std::optional<ClockLine> fit_line(std::vector<ClockPair> pairs) {
  std::vector<std::int64_t> differences;
  for (const ClockPair& pair : pairs) differences.push_back(pair.difference_us);
  const std::int64_t middle = median_of(std::move(differences));
  std::erase_if(pairs, [&](const ClockPair& pair) {
    return std::abs(pair.difference_us - middle) > kOutlierMicros || pair.pace_us_per_m <= 0;
  });
  if (pairs.size() < kPairsLeast) return std::nullopt;
  const auto n = static_cast<std::int64_t>(pairs.size());
  Wide sum_x = 0;
  Wide sum_y = 0;
  for (const ClockPair& pair : pairs) {
    sum_x += pair.pace_us_per_m;
    sum_y += pair.difference_us;
  }
  Wide sum_xx = 0;
  Wide sum_xy = 0;
  const Wide mean_x = sum_x / n;
  const Wide mean_y = sum_y / n;
  for (const ClockPair& pair : pairs) {
    const Wide x = pair.pace_us_per_m - mean_x;
    sum_xx += x * x;
    sum_xy += x * (pair.difference_us - mean_y);
  }
  // A spread of paces below one part in fifty tells nothing about the slope.
  if (sum_xx / n * 2500 < mean_x * mean_x) return std::nullopt;
  Wide residual = 0;
  for (const ClockPair& pair : pairs) {
    const Wide x = pair.pace_us_per_m - mean_x;
    const Wide r = pair.difference_us - mean_y - x * sum_xy / sum_xx;
    residual += r * r;
  }
  const Wide variance = residual / (n - 2);
  const Wide offset_variance =
      variance / n + variance * (mean_x * mean_x / 1000) / (sum_xx / 1000 + 1);
  ClockLine line;
  line.offset = Duration(static_cast<std::int64_t>(mean_y - mean_x * sum_xy / sum_xx));
  line.offset_error = Duration(2 * root_of(offset_variance));
  line.spacing = base::Distance::millimetres(static_cast<std::int64_t>(1000 * sum_xy / sum_xx));
  return line;
}

void ClockComparison::take(const ScorerState& state, model::EntrantId id,
                           const std::vector<ReadView>& reads) {
  std::map<model::PointId, FirstHeard> visits;
  for (const ReadView& view : reads) {
    if (!view.point || !belongs_to_visit(view.verdict)) continue;
    visits[*view.point].emplace(view.stream.raw(), view.time);
    ++busy_[view.stream.raw()];
  }
  for (const auto& [point, heard] : visits) {
    for (auto a = heard.begin(); a != heard.end(); ++a) {
      for (auto b = std::next(a); b != heard.end(); ++b) {
        if (state.streams[a->first].mat != state.streams[b->first].mat) continue;
        Differences& found = differences_[{a->first, b->first}];
        const std::int64_t difference = (a->second - b->second).count();
        if (point.raw() == 0) {
          found.at_start.push_back(difference);
        } else {
          found.later.push_back({difference, pace_at(state, id, point)});
        }
      }
    }
  }
}

std::vector<model::ClockCompare> ClockComparison::compare(const ScorerState& state) const {
  std::map<MatIndex, std::uint32_t> busiest;
  for (const auto& [stream, reads] : busy_) {
    const auto [found, is_new] = busiest.emplace(state.streams[stream].mat, stream);
    if (!is_new && reads > busy_.at(found->second)) found->second = stream;
  }
  std::vector<model::ClockCompare> out;
  for (const auto& [pair, differences] : differences_) {
    const std::uint32_t against = busiest.at(state.streams[pair.first].mat);
    if (pair.first != against && pair.second != against) continue;
    const std::int64_t sign = pair.second == against ? 1 : -1;
    std::vector<ClockPair> pairs = differences.later;
    std::vector<std::int64_t> later;
    for (ClockPair& one : pairs) later.push_back(one.difference_us *= sign);
    std::vector<std::int64_t> at_start = differences.at_start;
    for (std::int64_t& one : at_start) one *= sign;
    model::ClockCompare compare;
    compare.stream = model::StreamId(sign > 0 ? pair.first : pair.second);
    compare.against = model::StreamId(against);
    compare.pairs = later.size() + at_start.size();
    compare.at_finish = Duration(median_of(std::move(later)));
    compare.at_start = Duration(median_of(std::move(at_start)));
    if (const auto line = fit_line(std::move(pairs))) {
      compare.offset = line->offset;
      compare.offset_error = line->offset_error;
      compare.spacing = line->spacing;
    }
    out.push_back(compare);
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.stream < b.stream; });
  return out;
}

}  // namespace hs::scoring
