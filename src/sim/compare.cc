#include "sim/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

#include "sim/plan.h"

namespace hs::sim {

namespace {

constexpr std::size_t kFirst = 20;
constexpr std::size_t kKinds = static_cast<std::size_t>(Difference::Kind::Order) + 1;

using Out = std::back_insert_iterator<std::string>;

std::string clock(const std::optional<base::RaceTime>& at) {
  return at ? base::format_time_of_day(*at, kEventOffset, 3) : std::string("no time");
}

/// Collects differences and counts.
class Judge {
 public:
  Judge(const Truth& truth, const model::EventResults& results) : truth_(truth), results_(results) {
    for (std::size_t i = 0; i < results.entrants.size(); ++i) {
      const model::Entrant& entrant = results.entrants[i];
      by_key_.emplace(entrant.race + ' ' + entrant.bib.str(), i);
    }
  }

  Comparison judge() {
    for (const TrueRun& run : truth_.runs) judge_run(run);
    judge_order();
    for (std::size_t i = 0; i < kKinds; ++i) {
      if (counts_[i] > 0) {
        out_.by_kind.emplace_back(static_cast<Difference::Kind>(i), counts_[i]);
      }
    }
    out_.wrong = wrong_.size();
    out_.right = out_.entries - out_.wrong;
    return std::move(out_);
  }

 private:
  void differ(Difference::Kind kind, const TrueRun& run, std::string point, std::string words) {
    ++out_.differences;
    ++counts_[static_cast<std::size_t>(kind)];
    run_is_wrong_ = true;
    wrong_.insert(&run);
    if (out_.first.size() >= kFirst) return;
    out_.first.push_back({kind, run.race, run.bib, std::move(point), std::move(words)});
  }

  void judge_run(const TrueRun& run) {
    ++out_.entries;
    run_is_wrong_ = false;
    const auto found = by_key_.find(run.race + ' ' + run.bib);
    if (found == by_key_.end()) {
      differ(Difference::Kind::Missing, run, "", "expected a result, found none");
    } else {
      const model::RunnerResult& result = results_.runners[found->second];
      judge_status(run, result);
      if (run.status_knowable && !truth_.cancelled) judge_points(run, result);
    }
    const bool all_asked =
        run.status_knowable && std::all_of(run.points.begin(), run.points.end(),
                                           [](const TruePassing& point) { return point.knowable; });
    if (!run_is_wrong_ && !all_asked) ++out_.not_asked;
  }

  void judge_status(const TrueRun& run, const model::RunnerResult& result) {
    const bool shared = has_shared_chip(run);
    if (!run.status_knowable && !shared) return;
    if (shared ? result.status != model::RunnerStatus::Finished : result.status == run.status)
      return;
    differ(Difference::Kind::Status, run, "",
           fmt::format("expected {}, found {}", model::name_of(run.status),
                       model::name_of(result.status)));
  }

  static bool has_shared_chip(const TrueRun& run) {
    return std::binary_search(run.troubles.begin(), run.troubles.end(), Trouble::SharedChip);
  }

  void judge_points(const TrueRun& run, const model::RunnerResult& result) {
    if (run.status == model::RunnerStatus::DidNotStart) return;  // Nothing was heard of them.
    if (run.points.front().knowable) judge_start(run, result);
    for (std::size_t i = 1; i < run.points.size() && i < result.splits.size(); ++i) {
      const TruePassing& expected = run.points[i];
      if (!expected.knowable) continue;
      std::optional<base::RaceTime> found;
      if (result.splits[i].passing) found = result.splits[i].passing->at;
      if (found == expected.heard) continue;
      differ(kind_at(i + 1 == run.points.size(), expected, found), run, truth_.point_ids[i],
             fmt::format("expected {}, found {}", clock(expected.heard), clock(found)));
    }
  }

  static Difference::Kind kind_at(bool finish, const TruePassing& expected,
                                  const std::optional<base::RaceTime>& found) {
    if (!found) return Difference::Kind::Lost;
    if (!expected.heard) return finish ? Difference::Kind::Ghost : Difference::Kind::Invented;
    return finish ? Difference::Kind::Finish : Difference::Kind::Split;
  }

  void judge_start(const TrueRun& run, const model::RunnerResult& result) {
    const std::optional<base::RaceTime> expected =
        run.points.front().heard ? run.points.front().heard : run.gun;
    if (result.start_source != run.start_source) {
      differ(Difference::Kind::StartSource, run, truth_.point_ids.front(),
             fmt::format("expected {}, found {}", model::name_of(run.start_source),
                         model::name_of(result.start_source)));
    }
    if (result.start_at == expected) return;
    differ(Difference::Kind::Start, run, truth_.point_ids.front(),
           fmt::format("expected {}, found {}", clock(expected), clock(result.start_at)));
  }

  /// The time that ranks a run, if its finish can be known.
  static std::optional<base::Duration> ranking_of(const TrueRun& run, model::RankBy rank_by,
                                                  base::RaceTime first_gun) {
    const TruePassing& finish = run.points.back();
    if (run.status != model::RunnerStatus::Finished || !run.status_knowable || !finish.heard) {
      return std::nullopt;
    }
    switch (rank_by) {
      case model::RankBy::Gun:
        return *finish.heard - run.gun;
      case model::RankBy::Clock:
        return *finish.heard - first_gun;
      case model::RankBy::Net:
        if (!run.points.front().knowable) return std::nullopt;
        return *finish.heard - run.points.front().heard.value_or(run.gun);
    }
    return std::nullopt;
  }

  void judge_order() {
    std::map<std::string, const TrueRun*> runs;
    base::RaceTime first_gun = base::RaceTime::max();
    for (const TrueRun& run : truth_.runs) {
      runs.emplace(run.race + ' ' + run.bib, &run);
      first_gun = std::min(first_gun, run.gun);
    }
    for (std::size_t r = 0; r < results_.order.size(); ++r) {
      std::optional<base::Duration> before;
      for (const model::EntrantId id : results_.order[r]) {
        const model::Entrant& entrant = results_.entrants[id.raw()];
        const auto run = runs.find(entrant.race + ' ' + entrant.bib.str());
        if (run == runs.end() || !results_.runners[id.raw()].places.overall) continue;
        const auto ranking = ranking_of(*run->second, results_.event.races[r].rank_by, first_gun);
        if (!ranking) continue;
        if (before && *ranking < *before) {
          differ(
              Difference::Kind::Order, *run->second, "",
              fmt::format("placed behind somebody slower: {} behind {}",
                          base::format_h_mm_ss_mmm(*ranking), base::format_h_mm_ss_mmm(*before)));
        }
        before = std::max(before.value_or(*ranking), *ranking);
      }
    }
  }

  const Truth& truth_;
  const model::EventResults& results_;
  std::map<std::string, std::size_t> by_key_;
  std::array<std::uint64_t, kKinds> counts_{};
  bool run_is_wrong_ = false;
  std::set<const TrueRun*> wrong_;  // Counted only; its order reaches nothing.
  Comparison out_;
};

}  // namespace

const char* name_of(Difference::Kind kind) {
  switch (kind) {
    case Difference::Kind::Missing:
      return "missing";
    case Difference::Kind::Status:
      return "status";
    case Difference::Kind::StartSource:
      return "start source";
    case Difference::Kind::Start:
      return "start";
    case Difference::Kind::Split:
      return "split";
    case Difference::Kind::Invented:
      return "invented split";
    case Difference::Kind::Lost:
      return "lost split";
    case Difference::Kind::Finish:
      return "finish";
    case Difference::Kind::Ghost:
      return "ghost finish";
    case Difference::Kind::Order:
      return "order";
  }
  return "";
}

std::string Comparison::words() const {
  std::string out;
  fmt::format_to(Out(out), "{} of {} entries exactly right", right, entries);
  if (not_asked > 0) {
    fmt::format_to(Out(out), " ({} of them in part unknowable from the reads)", not_asked);
  }
  fmt::format_to(Out(out), ", {} wrong.\n", wrong);
  for (const auto& [kind, count] : by_kind) {
    fmt::format_to(Out(out), "  {}: {}\n", name_of(kind), count);
  }
  for (const Difference& difference : first) {
    fmt::format_to(Out(out), "  {} bib {}{}{}: {}, {}\n", difference.race, difference.bib,
                   difference.point.empty() ? "" : " at ", difference.point,
                   name_of(difference.kind), difference.words);
  }
  return out;
}

Comparison compare_with_truth(const Truth& truth, const model::EventResults& results) {
  return Judge(truth, results).judge();
}

}  // namespace hs::sim
