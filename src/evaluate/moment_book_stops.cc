#include "evaluate/moment_book.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

// Implementation notes: starts, places that are not by net time, the cut-off, and who was stopped.
// Where the last needs a pace, those within a microsecond of its limit may be counted either way.

namespace hs::evaluate {
namespace {

/// Of those whom a mat heard, so many last ones say nothing: one in 200, and three at least.
constexpr std::int64_t kStragglersIn = 200;
constexpr std::int64_t kLeastStragglers = 3;
/// Anybody may slow so much to the next mat.
constexpr double kSlower = 1.15;

bool is_heard(const Runner& runner) {
  return std::any_of(runner.splits.begin(), runner.splits.end(),
                     [](const model::Split& split) { return split.passing.has_value(); });
}

bool has_started_by_mat(const Runner* r) {
  return r->start_source == model::StartSource::Mat && r->start_at;
}

}  // namespace

Book::Clocks Book::clocks(const Runner* r) const {
  Clocks out;
  if (r->splits.empty()) return out;
  for (std::size_t p = 0; p < race_.points.size(); ++p) {
    const Micros at = is_timed(p) ? at_clock(r, p) : std::nullopt;
    if (at) out[p] = *at;
  }
  if (!out.empty() && r->start_at) {
    out.try_emplace(0, (*r->start_at - zero_.value_or(results_.event.begins)).count());
  }
  return out;
}

std::map<std::size_t, std::int64_t> Book::silences(const std::vector<Clocks>& everybody) const {
  std::map<std::size_t, std::vector<std::int64_t>> crossings;
  for (const Clocks& one : everybody) {
    for (const auto& [p, at] : one) crossings[p].push_back(at);
  }
  std::map<std::size_t, std::int64_t> out;
  std::int64_t last_of_all = 0;
  for (auto& [p, times] : crossings) {
    const auto n = static_cast<std::int64_t>(times.size());
    const std::int64_t few = std::max(kLeastStragglers, n / kStragglersIn);
    if (n <= 2 * few) continue;
    std::sort(times.begin(), times.end());
    out[p] = times[static_cast<std::size_t>(n - 1 - few)];
    last_of_all = std::max(last_of_all, out[p]);
  }
  for (std::size_t p = 0; p < race_.points.size(); ++p) out.try_emplace(p, last_of_all);
  return out;
}

Book::Stopped Book::stopped() const {
  std::vector<std::size_t> mats;
  for (std::size_t p = 0; p < race_.points.size(); ++p) {
    if (is_timed(p)) mats.push_back(p);
  }
  std::vector<Clocks> everybody;
  for (const Runner* r : everybody_) {
    if (Clocks one = clocks(r); !one.empty()) everybody.push_back(std::move(one));
  }
  std::vector<std::int64_t> to_first;
  for (const Clocks& one : everybody) {
    if (one.count(0) > 0 && one.count(mats[1]) > 0) {
      to_first.push_back(one.at(mats[1]) - one.at(0));
    }
  }
  std::vector<bool> deaf;
  for (std::size_t p = 0; p < race_.points.size(); ++p) deaf.push_back(is_deaf(p));
  const auto silent_from = silences(everybody);
  Stopped out;
  out.heard = static_cast<std::int64_t>(everybody.size());
  for (const Clocks& one : everybody) {
    const auto [last, at] = *one.rbegin();
    if (last == mats.back()) continue;
    auto next = std::upper_bound(mats.begin(), mats.end(), last);
    while (*next != mats.back() && deaf[*next]) ++next;
    // Somebody whose own pace is not known is given that of the middle of the field.
    const bool own = last > 0 && one.count(0) > 0;
    if (!own && to_first.empty()) continue;
    const double pace =
        own ? static_cast<double>(at - one.at(0)) / static_cast<double>(millimetres(last))
            : static_cast<double>(middle_of(to_first)) / static_cast<double>(millimetres(mats[1]));
    const double takes = pace * static_cast<double>(millimetres(*next) - millimetres(last));
    const double due_behind = static_cast<double>(at - silent_from.at(*next)) + kSlower * takes;
    if (std::abs(due_behind) < 1.0) ++out.on_limit;
    if (!(due_behind > 0)) continue;
    ++out.count;
    ++out.last_heard[last];
  }
  return out;
}

Right Book::stop_front(const Evidence&) const {
  const Stopped all = stopped();
  Right right;
  right.rank = all.count;
  right.of = all.heard;
  right.count_slack = all.on_limit;
  return right;
}

Right Book::last_heard(const Evidence& e) const {
  const Stopped all = stopped();
  const auto at = all.last_heard.find(point(e.to));
  Right right;
  right.rank = at == all.last_heard.end() ? 0 : at->second;
  right.of = all.count;
  right.count_slack = all.on_limit;
  return right;
}

/// Of those whom a mat heard.
Right Book::finished(const Evidence&) const {
  Right right;
  right.rank = right.of = 0;
  for (const Runner* r : everybody_) {
    if (!is_heard(*r)) continue;
    ++*right.of;
    *right.rank += r->status == model::RunnerStatus::Finished ? 1 : 0;
  }
  return right;
}

/// Behind the next to last of the own wave, at the start mat.
Right Book::start_behind(const Evidence& e) const {
  const Runner* own = runner(e, 0);
  Right right;
  if (own == nullptr || !has_started_by_mat(own)) return right;
  std::optional<base::RaceTime> before;
  for (const Runner* r : field_) {
    if (r == own || r->wave != own->wave || !has_started_by_mat(r)) continue;
    before = before ? std::max(*before, *r->start_at) : *r->start_at;
  }
  if (before) right.seconds = cut((*own->start_at - *before).count());
  return right;
}

/// Of those heard on the start mat before, how many came in behind.
Right Book::passed(const Evidence& e) const {
  const Runner* own = runner(e, 0);
  Right right;
  if (own == nullptr || !has_started_by_mat(own)) return right;
  const Micros finish = at_clock(own, point(e.to));
  right.rank = right.of = 0;
  for (const Runner* r : field_) {
    if (!has_started_by_mat(r) || *r->start_at >= *own->start_at) continue;
    ++*right.of;
    const Micros theirs = at_clock(r, point(e.to));
    *right.rank += finish && theirs && *theirs > *finish ? 1 : 0;
  }
  return right;
}

Right Book::cutoff(const Evidence& e) const {
  const Runner* own = runner(e, 0);
  Right right;
  if (own == nullptr || !race_.closes) return right;
  const auto& passing = own->splits[point(e.to)].passing;
  if (passing) right.seconds = cut((*race_.closes - passing->at).count());
  return right;
}

Right Book::division_win(const Evidence& e) const {
  const Runner* own = runner(e, 0);
  Right right;
  if (own == nullptr || !own->division || !own->places.division) return right;
  if (race_.divisions[own->division->raw()].id != e.given) return right;
  right.rank = own->places.division->place;
  right.of = std::count_if(everybody_.begin(), everybody_.end(), [&](const Runner* r) {
    return r->division == own->division && r->status == model::RunnerStatus::Finished && r->net;
  });
  return right;
}

Micros Book::ranking(const Runner* r, std::size_t p) const {
  const Micros at = at_clock(r, p);
  if (race_.rank_by == model::RankBy::Net || !at) return net(r, p);
  if (race_.rank_by == model::RankBy::Clock) return at;
  if (!r->gun_at) return std::nullopt;
  return (r->splits[p].passing->at - *r->gun_at).count();
}

/// Of the class that the moment's "win" names, or of all.
Right Book::place_early(const Evidence& e) const {
  const std::size_t p = point(e.to);
  const Runner* own = runner(e, 0);
  const Micros mine = own != nullptr ? ranking(own, p) : std::nullopt;
  const auto win = std::find_if(moment_.evidence.begin(), moment_.evidence.end(),
                                [](const Evidence& one) { return one.what == "win"; });
  Right right;
  if (!mine || win == moment_.evidence.end()) return right;
  right.rank = right.of = 0;
  for (const Runner* r : field_) {
    const auto& sex = results_.entrants[r->entrant.raw()].sex;
    if (!win->given.empty() && (!sex || win->given != model::name_of(*sex))) continue;
    const Micros theirs = ranking(r, p);
    if (!theirs) continue;
    ++*right.of;
    *right.rank += *theirs <= *mine ? 1 : 0;
  }
  return right;
}

}  // namespace hs::evaluate
