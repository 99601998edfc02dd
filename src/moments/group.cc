#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/shared.h"

// Implementation notes: groups are those people entered as, never guessed from surnames or clubs.
// People of one group start together and are alike, so that each further member beside the first
// is given a chance of at least one in a hundred, however thin the field is just then.

namespace hs::moments {
namespace {

constexpr double kWithin = 10;  ///< Seconds at the line from the first to the last of them.
constexpr std::size_t kLeastMembers = 3;
constexpr double kLeastChance = 0.01;
constexpr double kCrowdHalfWidth = 150;
constexpr double kLeastNetBits = 3;

struct Cluster {
  std::vector<std::size_t> rows;  ///< By the clock.
  double first = 0;
  double last = 0;
};

/// The most members within `kWithin`; the closest of several such.
Cluster densest(const FieldView& view, std::vector<std::size_t> members) {
  const auto at = [&](std::size_t row) { return view.clock_at(row, view.finish()); };
  std::sort(members.begin(), members.end(),
            [&](std::size_t a, std::size_t b) { return at(a) != at(b) ? at(a) < at(b) : a < b; });
  Cluster best;
  std::size_t end = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    while (end < members.size() && at(members[end]) - at(members[i]) <= kWithin) ++end;
    const double width = at(members[end - 1]) - at(members[i]);
    const bool more = end - i > best.rows.size();
    if (!more && !(end - i == best.rows.size() && width < best.last - best.first)) continue;
    best.rows.assign(members.begin() + static_cast<std::ptrdiff_t>(i),
                     members.begin() + static_cast<std::ptrdiff_t>(end));
    best.first = at(members[i]);
    best.last = at(members[end - 1]);
  }
  return best;
}

/// The chance that one given member comes in within `kWithin` of another, about an instant.
double chance_beside(const FieldView& view, double at) {
  std::size_t heard = 0;
  std::size_t near = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double clock = view.clock_at(row, view.finish());
    if (!is_known(clock)) continue;
    ++heard;
    near += std::abs(clock - at) <= kCrowdHalfWidth ? 1u : 0u;
  }
  const double density = static_cast<double>(near) / (2 * kCrowdHalfWidth);
  return std::max(kLeastChance, density * 2 * kWithin / static_cast<double>(heard));
}

/// Log2 of the ways to choose k of n.
double log2_choose(std::size_t n, std::size_t k) {
  double bits = 0;
  for (std::size_t i = 0; i < k; ++i) {
    bits += std::log2(static_cast<double>(n - i)) - std::log2(static_cast<double>(i + 1));
  }
  return bits;
}

Found tell(const FieldView& view, const Cluster& cluster, std::size_t members, double net) {
  Found found;
  found.moment = make_moment(view, model::MomentKind::Group, cluster.rows, view.finish(), net, 1.0);
  found.minutes_order = static_cast<std::int64_t>(cluster.rows.size());
  model::Evidence line;
  line.what = "group";
  line.to = view.point_name(view.finish());
  // The last of them came in after this many seconds, cut, and before one more.
  line.seconds = whole_seconds(cluster.last - cluster.first) + 1;
  line.rank_in_field = static_cast<std::uint32_t>(cluster.rows.size());
  line.of = static_cast<std::uint32_t>(members);
  for (const std::size_t row : cluster.rows) {
    line.bibs.push_back(view.bib(row));
    const auto reads = view.reads(row, std::array{view.finish()});
    line.reads.insert(line.reads.end(), reads.begin(), reads.end());
  }
  model::Evidence clock;
  clock.what = "clock";
  clock.to = line.to;
  clock.bibs = {line.bibs.front()};
  clock.seconds = whole_seconds(cluster.first);
  found.moment.evidence = {line, clock};
  return found;
}

const std::string& group_of(const FieldView& view, std::size_t row) {
  return view.results->persons[view.people[row].raw()].group;
}

bool may_count(const FieldView& view, std::size_t row) {
  return is_known(view.clock_at(row, view.finish())) && view.telling[row] != Telling::Nothing;
}

/// One group, if its members came in nearer to each other than chance brings any of `groups`.
std::optional<Found> judge(const FieldView& view, const std::vector<std::size_t>& members,
                           std::size_t groups) {
  if (members.size() < kLeastMembers) return std::nullopt;
  const Cluster cluster = densest(view, members);
  const std::size_t beside = cluster.rows.size() - 1;
  if (cluster.rows.size() < kLeastMembers) return std::nullopt;
  const double chance = chance_beside(view, (cluster.first + cluster.last) / 2);
  // Any of the members may be the one the others are beside: a look each.
  const double bits = -static_cast<double>(beside) * std::log2(std::min(1.0, chance)) -
                      log2_choose(members.size() - 1, beside) -
                      std::log2(static_cast<double>(members.size()));
  const double net = net_bits(bits, static_cast<double>(groups));
  if (net < kLeastNetBits) return std::nullopt;
  return tell(view, cluster, members.size(), net);
}

}  // namespace

std::vector<Found> find_groups(const FieldView& view) {
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const std::string& group = group_of(view, row);
    if (!group.empty() && may_count(view, row)) groups[group].push_back(row);
  }
  view.memo.shared().groups = groups.size();
  std::vector<Found> found;
  for (const auto& [name, members] : groups) {
    if (auto one = judge(view, members, groups.size())) found.push_back(std::move(*one));
  }
  return found;
}

std::vector<Found> judge_group(const FieldView& view, const Shared& day, std::size_t row) {
  const std::string& group = group_of(view, row);
  if (!day.groups || group.empty()) return {};
  std::vector<std::size_t> members;
  for (std::size_t other = 0; other < view.rows(); ++other) {
    if (group_of(view, other) == group && may_count(view, other)) members.push_back(other);
  }
  auto one = judge(view, members, std::max<std::size_t>(1, *day.groups));
  return one ? std::vector{std::move(*one)} : std::vector<Found>{};
}

}  // namespace hs::moments
