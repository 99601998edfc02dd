#include "scoring/assignment.h"

#include <algorithm>

#include "base/check.h"

// Implementation notes. For a fixed start and a fixed set of points to explain, taking the
// earliest feasible visit at each point is best: every constraint has the form "not before the
// point before it plus so much", so an earlier choice only leaves more room. Hence a choice is a
// pattern (a set of points) and nothing else, and its times are the earliest possible at every
// point at once. The search below therefore walks patterns, not visits: `reach` gives the most
// points that can still be explained from a point and visit (remembered), and `walk` visits each
// pattern that attains the most exactly once. A runner heard everywhere once has one pattern, and
// the greedy walk proves it (`is_only_pattern`).

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;

constexpr std::size_t kPatternsMax = 4096;
/// A pinned visit outweighs any number of others, so that it is always part of the choice.
constexpr std::uint32_t kForcedWeight = 1000;

/// The visits chosen for points 1 .. finish; `kNoVisit` where none.
using Choice = std::vector<std::int32_t>;
constexpr std::int32_t kNoVisit = -1;

/// A position in the search: the point explained last (0: the start) and its visit.
struct Node {
  std::size_t point = 0;
  std::int32_t visit = kNoVisit;
  RaceTime at;
};

/// Where and when a runner set out on a step.
struct Departure {
  RaceTime at;
  std::size_t point = 0;
};

/// What a step from `from` to point `p` is counted from: `from`, or a mass start that sent the
/// leg of `p` out before the leg before it came in.
Departure departure(const Course& course, const Departure& from, std::size_t p) {
  const CoursePoint& point = course.points[p];
  if (!point.mass_start || from.point > point.leg_from || from.at <= *point.mass_start) return from;
  return {*point.mass_start, point.leg_from};
}

class Search {
 public:
  Search(const Course& course, std::span<const Visit> visits, const StartOption& start)
      : course_(course), visits_(visits) {
    root_.at = start.at;
    if (start.visit) root_.visit = static_cast<std::int32_t>(*start.visit);
    for (std::size_t v = 0; v < visits.size(); ++v) {
      if (!visits[v].forced_to) continue;
      pinned_.resize(course.points.size(), kNoVisit);
      pinned_[*visits[v].forced_to] = static_cast<std::int32_t>(v);
    }
  }

  /// The most weight that can be explained from the start on.
  [[nodiscard]] std::uint32_t best() {
    memo_.resize(course_.points.size() * (visits_.size() + 1), 0);
    return reach(root_);
  }

  /// Takes the earliest feasible visit at every point in turn. Often already the best.
  [[nodiscard]] Choice greedy() const {
    Choice choice(course_.points.size(), kNoVisit);
    Node node = root_;
    for (std::size_t p = 1; p < course_.points.size(); ++p) {
      const auto next = step(node, p);
      if (!next) continue;
      choice[p] = next->visit;
      node = *next;
    }
    return choice;
  }

  /// Calls `take` with each choice of weight `best()`, at most `kPatternsMax` of them.
  template <typename Take>
  bool for_each_best(Take take) {
    Choice choice(course_.points.size(), kNoVisit);
    std::size_t left = kPatternsMax;
    walk(root_, best(), choice, left, take);
    return left > 0;
  }

 private:
  [[nodiscard]] std::uint32_t weight(std::int32_t visit) const {
    return visits_[static_cast<std::size_t>(visit)].forced_to ? kForcedWeight : 1;
  }

  /// The earliest visit that may be point `p` after `from`.
  [[nodiscard]] std::optional<Node> step(const Node& from, std::size_t p) const {
    const Departure began = departure(course_, {from.at, from.point}, p);
    // Behind a mass start a leg may end before the one before it; then who ran says which it was.
    const bool overtakes = began.at < from.at;
    if (!pinned_.empty() && pinned_[p] != kNoVisit) {
      // A ruling names the visit of this point: no other will do, however early it is.
      const Visit& visit = visits_[static_cast<std::size_t>(pinned_[p])];
      if (!overtakes && pinned_[p] <= from.visit) return std::nullopt;
      if (visit.at < began.at) return std::nullopt;
      return Node{p, pinned_[p], visit.at};
    }
    const RaceTime allowed = began.at + course_.least_step(began.point, p);
    const bool from_forced =
        from.visit != kNoVisit && visits_[static_cast<std::size_t>(from.visit)].forced_to;
    const std::size_t behind =
        from.visit == kNoVisit ? 0 : static_cast<std::size_t>(from.visit) + 1;
    for (std::size_t v = overtakes ? 0 : behind; v < visits_.size(); ++v) {
      const Visit& visit = visits_[v];
      if (visit.forced_to || !fits(visit, course_.points[p])) continue;
      if (v < behind && visit.legs == 0) continue;
      if (visit.at < allowed && !(from_forced && visit.at >= began.at)) continue;
      const std::size_t in = came_in(began, p, v);
      return Node{p, static_cast<std::int32_t>(in), visits_[in].at};
    }
    return std::nullopt;
  }

  /// Of a relay runner whose leg began at an exchange that was not heard, `first` may be the read
  /// with which they went out: the first visit that has one at that exchange before it, by the
  /// least time for the leg; `first` where there is none.
  [[nodiscard]] std::size_t came_in(const Departure& began, std::size_t p,
                                    std::size_t first) const {
    const CoursePoint& point = course_.points[p];
    if (visits_[first].legs == 0 || began.point >= point.leg_from) return first;
    const auto is_theirs = [&](const Visit& visit, const CoursePoint& where) {
      return !visit.forced_to && visit.mat == where.mat && visit.legs == visits_[first].legs;
    };
    for (std::size_t in = first + 1; in < visits_.size(); ++in) {
      if (!is_theirs(visits_[in], point)) continue;
      for (std::size_t out = first; out < in; ++out) {
        if (!is_theirs(visits_[out], course_.points[point.leg_from])) continue;
        if (visits_[in].at - visits_[out].at >= course_.least_step(point.leg_from, p)) return in;
      }
    }
    return first;
  }

  std::uint32_t reach(const Node& from) {
    std::uint32_t& known =
        memo_[from.point * (visits_.size() + 1) + static_cast<std::size_t>(from.visit + 1)];
    if (known > 0) return known - 1;
    std::uint32_t most = 0;
    for (std::size_t p = from.point + 1; p < course_.points.size(); ++p) {
      if (const auto next = step(from, p))
        most = std::max(most, weight(next->visit) + reach(*next));
    }
    known = most + 1;
    return most;
  }

  template <typename Take>
  void walk(const Node& from, std::uint32_t rest, Choice& choice, std::size_t& left, Take& take) {
    if (left == 0) return;
    if (rest == 0) {
      --left;
      take(choice);
      return;
    }
    for (std::size_t p = from.point + 1; p < course_.points.size(); ++p) {
      const auto next = step(from, p);
      if (!next || weight(next->visit) + reach(*next) != rest) continue;
      choice[p] = next->visit;
      walk(*next, rest - weight(next->visit), choice, left, take);
      choice[p] = kNoVisit;
    }
  }

  const Course& course_;
  std::span<const Visit> visits_;
  Node root_;
  std::vector<std::int32_t> pinned_;  // by point: the visit a ruling gives it; empty: no ruling
  std::vector<std::uint32_t> memo_;   // reach + 1 by (point, visit + 1); 0: not known yet
};

/// Time over distance of one step, compared exactly.
struct StepPace {
  std::int64_t micros = 1;
  std::int64_t millimetres = 1;
};

__extension__ using Wide = __int128;

bool is_slower(const StepPace& a, const StepPace& b) {
  return static_cast<Wide>(a.micros) * b.millimetres > static_cast<Wide>(b.micros) * a.millimetres;
}

/// Slowest over fastest step, as a fraction that is compared exactly.
struct Evenness {
  StepPace slowest;
  StepPace fastest;
};

Evenness evenness(const Course& course, std::span<const Visit> visits, const StartOption& start,
                  const Choice& choice) {
  Evenness out;
  bool any = false;
  RaceTime before = start.at;
  std::size_t before_point = 0;
  for (std::size_t p = 1; p < choice.size(); ++p) {
    if (choice[p] == kNoVisit) continue;
    const RaceTime at = visits[static_cast<std::size_t>(choice[p])].at;
    const Departure began = departure(course, {before, before_point}, p);
    const StepPace pace{
        std::max<std::int64_t>(1, (at - began.at).count()),
        std::max<std::int64_t>(
            1, (course.points[p].distance - course.points[began.point].distance).in_millimetres())};
    if (!any || is_slower(pace, out.slowest)) out.slowest = pace;
    if (!any || is_slower(out.fastest, pace)) out.fastest = pace;
    any = true;
    before = at;
    before_point = p;
  }
  return out;
}

/// True when `a` is more even than `b`. The ratios are scaled to parts in a million, which is
/// far finer than any real difference and keeps the products within 128 bits.
bool is_more_even(const Evenness& a, const Evenness& b) {
  const auto ratio = [](const Evenness& e) {
    const Wide top = static_cast<Wide>(e.slowest.micros) * e.fastest.millimetres;
    const Wide bottom = static_cast<Wide>(e.slowest.millimetres) * e.fastest.micros;
    const Wide whole = top / bottom;
    return whole * 1'000'000 + (top % bottom) * 1'000'000 / bottom;
  };
  return ratio(a) < ratio(b);
}

/// True when the visits of `a` are earlier at the first point where the two differ.
bool is_earlier(std::span<const Visit> visits, const Choice& a, const Choice& b) {
  for (std::size_t p = 1; p < a.size(); ++p) {
    if (a[p] == b[p]) continue;
    if (a[p] == kNoVisit) return false;
    if (b[p] == kNoVisit) return true;
    return visits[static_cast<std::size_t>(a[p])].at < visits[static_cast<std::size_t>(b[p])].at;
  }
  return false;
}

bool same_points(const Choice& a, const Choice& b) {
  for (std::size_t p = 1; p < a.size(); ++p) {
    if ((a[p] == kNoVisit) != (b[p] == kNoVisit)) return false;
  }
  return true;
}

std::uint32_t explained_by(const Choice& choice) {
  return static_cast<std::uint32_t>(
      std::count_if(choice.begin(), choice.end(), [](std::int32_t v) { return v != kNoVisit; }));
}

/// True when no other set of points can explain as many: no mat of a point left empty was visited
/// at all.
bool is_only_pattern(const Course& course, std::span<const Visit> visits, const Choice& choice) {
  for (std::size_t p = 1; p < choice.size(); ++p) {
    if (choice[p] != kNoVisit) continue;
    for (const Visit& visit : visits) {
      if (fits(visit, course.points[p]) || visit.forced_to) return false;
    }
  }
  return true;
}

/// A start with one way to explain the most.
struct Candidate {
  const StartOption* start = nullptr;
  Choice choice;
};

/// Of the same pattern: the earliest later points, then the latest start.
bool is_better_start(std::span<const Visit> visits, const Candidate& a, const Candidate& b) {
  if (a.choice != b.choice) {
    if (is_earlier(visits, a.choice, b.choice)) return true;
    if (is_earlier(visits, b.choice, a.choice)) return false;
  }
  return a.start->at > b.start->at;
}

/// Keeps the best candidate of each pattern; there are rarely two.
void keep(std::vector<Candidate>& patterns, std::span<const Visit> visits, Candidate fresh) {
  for (Candidate& known : patterns) {
    if (!same_points(known.choice, fresh.choice)) continue;
    if (is_better_start(visits, fresh, known)) known = std::move(fresh);
    return;
  }
  patterns.push_back(std::move(fresh));
}

/// The most even pattern; between equally even ones the one with the earlier points.
std::size_t most_even(const Course& course, std::span<const Visit> visits,
                      const std::vector<Candidate>& patterns) {
  std::size_t best = 0;
  Evenness best_evenness = evenness(course, visits, *patterns[0].start, patterns[0].choice);
  for (std::size_t i = 1; i < patterns.size(); ++i) {
    const Evenness e = evenness(course, visits, *patterns[i].start, patterns[i].choice);
    const bool tied = !is_more_even(e, best_evenness) && !is_more_even(best_evenness, e);
    if (is_more_even(e, best_evenness) ||
        (tied && is_earlier(visits, patterns[i].choice, patterns[best].choice))) {
      best = i;
      best_evenness = e;
    }
  }
  return best;
}

Assignment to_assignment(const Candidate& chosen) {
  Assignment out;
  out.start = *chosen.start;
  out.visits.resize(chosen.choice.size());
  for (std::size_t p = 1; p < chosen.choice.size(); ++p) {
    if (chosen.choice[p] != kNoVisit) out.visits[p] = static_cast<std::uint32_t>(chosen.choice[p]);
  }
  out.explained = explained_by(chosen.choice);
  return out;
}

/// What the search over all starts of the best kind found.
struct Found {
  std::vector<Candidate> patterns;
  std::vector<const StartOption*> starts;  ///< Those that explain as many points.
  bool bounded = false;
};

Found find_patterns(const Course& course, std::span<const Visit> visits,
                    std::span<const StartOption> starts) {
  std::vector<Search> searches;
  searches.reserve(starts.size());
  std::uint32_t most = 0;
  for (const StartOption& start : starts) {
    searches.emplace_back(course, visits, start);
    most = std::max(most, searches.back().best());
  }
  const auto rank = [](StartOption::Kind kind) { return static_cast<int>(kind); };
  int best_kind = rank(StartOption::Kind::None);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (searches[i].best() == most) best_kind = std::min(best_kind, rank(starts[i].kind));
  }
  Found found;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (searches[i].best() != most || rank(starts[i].kind) != best_kind) continue;
    found.starts.push_back(&starts[i]);
    const bool all = searches[i].for_each_best([&](const Choice& choice) {
      keep(found.patterns, visits, {&starts[i], choice});
    });
    found.bounded = found.bounded || !all;
  }
  return found;
}

}  // namespace

Assignment assign_visits(const Course& course, std::span<const Visit> visits,
                         std::span<const StartOption> starts) {
  HS_CHECK(!starts.empty(), "no start option, not even the gun");
  // The common runner: one start worth having, every mat that was visited explained.
  const auto own = std::count_if(starts.begin(), starts.end(), [](const StartOption& s) {
    return s.kind == StartOption::Kind::Own || s.kind == StartOption::Kind::Ruling;
  });
  if (starts.size() == 1 || (own == 1 && starts[0].kind != StartOption::Kind::None)) {
    const Candidate only{&starts[0], Search(course, visits, starts[0]).greedy()};
    const bool whole = explained_by(only.choice) + 1 == course.points.size();
    const bool unforced = std::none_of(visits.begin(), visits.end(),
                                       [](const Visit& v) { return v.forced_to.has_value(); });
    if (unforced && (whole || is_only_pattern(course, visits, only.choice))) {
      return to_assignment(only);
    }
  }
  const Found found = find_patterns(course, visits, starts);
  const std::size_t best = most_even(course, visits, found.patterns);
  Assignment out = to_assignment(found.patterns[best]);
  out.bounded = found.bounded;
  for (const Candidate& other : found.patterns) {
    if (out.other_empty || &other == &found.patterns[best]) continue;
    for (std::size_t p = 1; p < other.choice.size() && !out.other_empty; ++p) {
      if (!out.visits[p] && other.choice[p] != kNoVisit) out.other_empty = p;
    }
  }
  for (const StartOption* start : found.starts) {
    if (!start->visit || start->at == out.start.at) continue;
    const Duration apart =
        start->at > out.start.at ? start->at - out.start.at : out.start.at - start->at;
    if (!out.other_start || apart > *out.other_start) out.other_start = apart;
  }
  return out;
}

}  // namespace hs::scoring
