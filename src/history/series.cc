#include "history/series.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

// Implementation notes: everything is counted in editions, not in years, so that a race every other
// year has streaks too. Years are only for telling.

namespace hs::history {
namespace {

constexpr std::size_t kMissedLeast = 3;  ///< Editions without a finish before one is a return.
constexpr std::size_t kStreakLeast = 2;

/// True for each edition before which the archive has a hole.
std::vector<bool> holes_before(const std::vector<Edition>& editions) {
  std::vector<bool> out(editions.size(), false);
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < editions.size(); ++i) {
    gaps.push_back(base::days_from_epoch(editions[i].date) -
                   base::days_from_epoch(editions[i - 1].date));
  }
  if (gaps.empty()) return out;
  std::vector<std::int64_t> sorted = gaps;
  std::sort(sorted.begin(), sorted.end());
  const std::int64_t usual = sorted[(sorted.size() - 1) / 2];
  // One and a half: an edition moved by some months is no hole.
  for (std::size_t i = 0; i < gaps.size(); ++i) out[i + 1] = 2 * gaps[i] > 3 * usual;
  return out;
}

/// The run that finished each edition; nothing where none did.
std::vector<std::optional<std::size_t>> finishes_of(std::span<const CareerRun> runs,
                                                    const std::vector<Edition>& editions) {
  std::vector<std::optional<std::size_t>> out(editions.size());
  for (std::size_t e = 0; e < editions.size(); ++e) {
    for (std::size_t i = 0; i < runs.size() && !out[e]; ++i) {
      if (runs[i].race == editions[e].race && runs[i].time) out[e] = i;
    }
  }
  return out;
}

class Walk {
 public:
  Walk(const Series& series, std::vector<std::optional<std::size_t>> finished)
      : editions_(series.editions),
        finished_(std::move(finished)),
        hole_before_(holes_before(series.editions)) {}

  std::optional<Streak> longest_streak() {
    for (std::size_t e = 0; e < editions_.size(); ++e) {
      if (hole_before_[e]) end();
      if (finished_[e]) {
        extend(*finished_[e]);
      } else if (editions_[e].is_interrupted) {
        pending_.push_back(editions_[e]);
      } else {
        end();
      }
    }
    if (current_) current_->is_open = true;
    end();
    return longest_;
  }

  std::vector<Comeback> comebacks(std::span<const CareerRun> runs) const {
    std::vector<Comeback> out;
    std::optional<std::size_t> before;
    Comeback now;
    for (std::size_t e = 0; e < editions_.size(); ++e) {
      if (finished_[e]) {
        // Over a stopped edition alone: with others missed it was more than the stop.
        const bool is_after_stop = now.missed == 0 && !now.interruptions.empty();
        const bool is_return = now.missed >= kMissedLeast || is_after_stop;
        if (before && is_return) {
          now.run = *finished_[e];
          now.before = *before;
          now.years = runs[now.run].date.year - runs[now.before].date.year;
          out.push_back(now);
        }
        before = finished_[e];
        now = {};
      } else if (editions_[e].is_interrupted) {
        now.interruptions.push_back(editions_[e]);
      } else {
        ++now.missed;
      }
    }
    return out;
  }

 private:
  void extend(std::size_t run) {
    if (!current_) {
      current_ = Streak{run, run, 0, {}, false};
      pending_.clear();
    }
    current_->interruptions.insert(current_->interruptions.end(), pending_.begin(), pending_.end());
    pending_.clear();
    current_->last = run;
    ++current_->finishes;
  }

  void end() {
    if (current_ && current_->finishes >= kStreakLeast &&
        (!longest_ || current_->finishes >= longest_->finishes)) {
      longest_ = current_;
    }
    current_.reset();
    pending_.clear();
  }

  const std::vector<Edition>& editions_;
  std::vector<std::optional<std::size_t>> finished_;
  std::vector<bool> hole_before_;
  std::optional<Streak> current_;
  std::optional<Streak> longest_;
  std::vector<Edition> pending_;  ///< Stopped editions since the last finish.
};

SeriesRecord record_of(std::span<const CareerRun> runs, const Series& series,
                       const std::vector<std::optional<std::size_t>>& finished) {
  SeriesRecord out;
  out.id = series.id;
  out.name = series.name;
  out.editions = series.editions.size();
  for (const auto& run : finished) {
    if (run) out.finishes.push_back(*run);
    if (!run && out.finishes.empty()) ++out.editions_before;
  }
  out.best = out.finishes.front();
  for (const std::size_t run : out.finishes) {
    if (!runs[run].is_comparable()) continue;
    if (!runs[out.best].is_comparable() || runs[run].time->time < runs[out.best].time->time) {
      out.best = run;
    }
  }
  Walk walk(series, finished);
  out.streak = walk.longest_streak();
  out.comebacks = walk.comebacks(runs);
  return out;
}

}  // namespace

std::vector<Series> gather_series(std::vector<Edition> editions) {
  std::sort(editions.begin(), editions.end(), [](const Edition& a, const Edition& b) {
    return std::tie(a.date, a.race) < std::tie(b.date, b.race);
  });
  std::map<std::string, Series, std::less<>> found;
  for (Edition& edition : editions) {
    const std::string id(series_of(edition.race));
    Series& series = found[id];
    series.id = id;
    series.name = std::string(series_of(edition.name.empty() ? edition.race : edition.name));
    series.editions.push_back(std::move(edition));
  }
  std::vector<Series> out;
  for (auto& [id, series] : found) out.push_back(std::move(series));
  return out;
}

std::vector<SeriesRecord> series_records(std::span<const CareerRun> runs,
                                         std::span<const Series> series) {
  std::vector<SeriesRecord> out;
  for (const Series& one : series) {
    const auto finished = finishes_of(runs, one.editions);
    const bool any = std::any_of(finished.begin(), finished.end(),
                                 [](const auto& run) { return run.has_value(); });
    if (any) out.push_back(record_of(runs, one, finished));
  }
  std::stable_sort(out.begin(), out.end(), [](const SeriesRecord& a, const SeriesRecord& b) {
    return a.finishes.front() < b.finishes.front();
  });
  return out;
}

}  // namespace hs::history
