#include "scoring/cup.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "scoring/tied_order.h"

// Implementation notes: a score is one integer whatever it means, and `better` knows which way is
// up. Ties are settled within each block of one total (tied_order.h).

namespace hs::scoring {
namespace {

/// Everything of one person.
struct Runner {
  CupStanding standing;
  std::vector<CupFinish> finishes;  ///< By race.
};

std::int64_t score_of(const CupFinish& finish, const std::vector<base::Duration>& medians,
                      const model::CupRules& rules) {
  switch (rules.score) {
    case model::CupScore::Points: {
      const std::size_t index = finish.place - 1;
      if (!rules.table.empty()) return index < rules.table.size() ? rules.table[index] : 0;
      return std::max<std::int64_t>(0, rules.first - static_cast<std::int64_t>(index));
    }
    case model::CupScore::Time:
      return finish.official.count();
    case model::CupScore::Median: {
      HS_CHECK(finish.race < medians.size(), "a race without a median");
      const std::int64_t median = medians[finish.race].count();
      HS_CHECK(median > 0, "a median of nothing");
      return (finish.official.count() * 1000 + median / 2) / median;
    }
  }
  return 0;
}

/// True where a score of `a` is better than one of `b`.
bool better(std::int64_t a, std::int64_t b, model::CupScore score) {
  return score == model::CupScore::Points ? a > b : a < b;
}

/// Marks the best races that count and adds them up.
void count_best(Runner& runner, const model::CupRules& rules) {
  std::vector<CupScoreOf*> best;
  for (CupScoreOf& one : runner.standing.races) best.push_back(&one);
  std::stable_sort(best.begin(), best.end(), [&](const CupScoreOf* a, const CupScoreOf* b) {
    return better(a->score, b->score, rules.score);
  });
  const std::size_t most =
      rules.count ? std::min(best.size(), static_cast<std::size_t>(*rules.count)) : best.size();
  for (std::size_t i = 0; i < most; ++i) {
    best[i]->counts = true;
    runner.standing.total += best[i]->score;
  }
}

std::size_t counted(const CupStanding& standing) {
  return static_cast<std::size_t>(std::count_if(standing.races.begin(), standing.races.end(),
                                                [](const CupScoreOf& one) { return one.counts; }));
}

int sign(std::int64_t a, std::int64_t b) { return a < b ? -1 : (a > b ? 1 : 0); }

/// Below 0 where `a` won more, or was second more often ...
int by_wins(const Runner& a, const Runner& b) {
  const auto places = [](const Runner& runner) {
    std::map<std::uint32_t, int> out;
    for (const CupFinish& finish : runner.finishes) ++out[finish.place];
    return out;
  };
  const auto of_a = places(a);
  const auto of_b = places(b);
  std::map<std::uint32_t, int> more;
  for (const auto& [place, times] : of_a) more[place] += times;
  for (const auto& [place, times] : of_b) more[place] -= times;
  for (const auto& [place, times] : more) {
    if (times != 0) return times > 0 ? -1 : 1;
  }
  return 0;
}

/// How often each was better in the races that both ran; `latest` alone asks the last of them.
int by_meeting(const Runner& a, const Runner& b, bool latest) {
  int ahead = 0;
  int last = 0;
  for (const CupFinish& of_a : a.finishes) {
    for (const CupFinish& of_b : b.finishes) {
      if (of_a.race != of_b.race) continue;
      last = sign(of_a.place, of_b.place);
      ahead += last;
    }
  }
  return latest ? last : ahead;
}

int compare_tied(const Runner& a, const Runner& b, model::CupTie tie) {
  switch (tie) {
    case model::CupTie::Share:
      return 0;
    case model::CupTie::Wins:
      return by_wins(a, b);
    case model::CupTie::Meeting:
      return by_meeting(a, b, false);
    case model::CupTie::Latest:
      return by_meeting(a, b, true);
  }
  return 0;
}

}  // namespace

std::vector<CupStanding> cup_standings(const std::vector<CupFinish>& finishes, std::size_t people,
                                       std::size_t to_come,
                                       const std::vector<base::Duration>& medians,
                                       const model::CupRules& rules) {
  std::vector<Runner> runners(people);
  for (std::size_t p = 0; p < people; ++p) runners[p].standing.person = p;
  for (const CupFinish& finish : finishes) runners.at(finish.person).finishes.push_back(finish);
  const auto needed = static_cast<std::size_t>(rules.at_least);
  for (Runner& runner : runners) {
    std::sort(runner.finishes.begin(), runner.finishes.end(),
              [](const CupFinish& a, const CupFinish& b) { return a.race < b.race; });
    for (const CupFinish& finish : runner.finishes) {
      runner.standing.races.push_back({finish.race, score_of(finish, medians, rules), false});
    }
    count_best(runner, rules);
    runner.standing.complete = runner.finishes.size() >= needed;
  }
  const auto group = [&](const Runner& runner) {
    if (runner.standing.complete) return 0;
    return runner.finishes.size() + to_come >= needed ? 1 : 2;
  };
  // More races counted first: a sum of four cannot be compared with one of three.
  const auto before = [&](const Runner& a, const Runner& b) {
    if (group(a) != group(b)) return group(a) < group(b);
    const std::size_t of_a = counted(a.standing);
    const std::size_t of_b = counted(b.standing);
    if (of_a != of_b) return of_a > of_b;
    return better(a.standing.total, b.standing.total, rules.score);
  };
  std::stable_sort(runners.begin(), runners.end(), before);
  for (std::size_t i = 0; i < runners.size() && group(runners[i]) < 2;) {
    std::size_t same = i + 1;
    while (same < runners.size() && !before(runners[i], runners[same])) ++same;
    place_tied(
        runners, i, same,
        [&](const Runner& a, const Runner& b) { return compare_tied(a, b, rules.tie); },
        [](Runner & runner) -> auto& { return runner.standing.placing; });
    i = same;
  }
  std::vector<CupStanding> out;
  out.reserve(runners.size());
  for (Runner& runner : runners) out.push_back(std::move(runner.standing));
  return out;
}

std::optional<base::Duration> median_time(std::vector<base::Duration> times) {
  if (times.empty()) return std::nullopt;
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace hs::scoring
