#include "moments/live_moments.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "moments/quotes.h"
#include "moments/shared.h"

// Implementation notes: what the detectors found is kept by detector, so that one of them can be
// asked again and the whole be put in order as a refit does. What waits for a refit may stand until
// then only while every time in its evidence is still the runner's time; which times those are is
// asked of the evidence, so that a new kind needs nothing here.

namespace hs::moments {
namespace {

using model::EventResults;
using model::Moment;

constexpr std::size_t kLeastChanged = 50;
constexpr std::size_t kChangedShare = 50;  ///< One in so many of the finishers.

/// A refit comes at least this often while somebody comes in: as soon as a hardship is held no
/// more.
constexpr base::Duration kLongestWait = std::chrono::minutes(10);

auto as_tuple(const model::Evidence& e) {
  return std::tie(e.what, e.from, e.to, e.bibs, e.seconds, e.expected_seconds, e.expected_least,
                  e.expected_most, e.given, e.rank_in_field, e.of, e.years, e.next_years);
}

/// True where both say the same to a reader, whenever it was said.
bool says_the_same(const Moment& a, const Moment& b) {
  return a.kind == b.kind && a.people == b.people && a.on_shelf == b.on_shelf &&
         a.score == b.score && a.net_bits == b.net_bits &&
         std::equal(a.evidence.begin(), a.evidence.end(), b.evidence.begin(), b.evidence.end(),
                    [](const auto& x, const auto& y) { return as_tuple(x) == as_tuple(y); });
}

/// True where both say the same but for how many there are of something by now.
bool differ_by_counts(const Moment& a, const Moment& b) {
  Moment counted = a;
  counted.score = b.score;
  counted.net_bits = b.net_bits;
  for (std::size_t i = 0; i < std::min(a.evidence.size(), b.evidence.size()); ++i) {
    if (a.evidence[i].of && b.evidence[i].of) counted.evidence[i].of = b.evidence[i].of;
  }
  return says_the_same(counted, b);
}

bool is_about(const Moment& moment, model::EntrantId runner) {
  return std::find(moment.people.begin(), moment.people.end(), runner) != moment.people.end();
}

bool is_finisher(const EventResults& results, model::EntrantId id) {
  return results.runners[id.raw()].status == model::RunnerStatus::Finished;
}

WithdrawnBecause reason_of(const EventResults& results, const Moment& moment) {
  const bool by_official =
      std::any_of(moment.people.begin(), moment.people.end(), [&](model::EntrantId id) {
        const model::RunnerStatus status = results.runners[id.raw()].status;
        return status == model::RunnerStatus::Disqualified ||
               status == model::RunnerStatus::OutOfCompetition ||
               results.runners[id.raw()].hidden_by || results.entrants[id.raw()].is_private;
      });
  return by_official ? WithdrawnBecause::ByOfficial : WithdrawnBecause::ResultChanged;
}

std::optional<std::int64_t> net_at(const EventResults& results, const model::RunnerResult& runner,
                                   const std::string& point) {
  const auto& points = results.event.races[runner.race.raw()].points;
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (points[p].id != point) continue;
    if (p == 0) return 0;
    const auto& net = runner.splits[p].net;
    return net ? std::optional(net->value().count()) : std::nullopt;
  }
  return std::nullopt;
}

/// False where a time of this runner in the evidence is no longer theirs.
bool times_hold(const EventResults& results, const Moment& moment, model::EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  const model::BibNumber& bib = results.entrants[id.raw()].bib;
  return std::all_of(moment.evidence.begin(), moment.evidence.end(), [&](const auto& e) {
    if ((e.what != "passing" && e.what != "interval") || e.bibs != std::vector{bib}) return true;
    const auto from = net_at(results, runner, e.from);
    const auto to = net_at(results, runner, e.to);
    return from && to && e.seconds == (*to - *from) / 1'000'000;
  });
}

bool may_stand(const EventResults& results, const Moment& moment, model::EntrantId id) {
  return is_finisher(results, id) && !results.entrants[id.raw()].is_private &&
         !results.runners[id.raw()].hidden_by &&
         results.entrants[id.raw()].mode == model::Mode::Foot && times_hold(results, moment, id);
}

/// True where everybody in it is in one of `larger` too: a group that somebody joined.
bool is_part_of(const Found& one, const std::vector<Found>& larger) {
  return std::any_of(larger.begin(), larger.end(), [&](const Found& whole) {
    return std::all_of(one.moment.people.begin(), one.moment.people.end(),
                       [&](model::EntrantId id) { return is_about(whole.moment, id); });
  });
}

MomentChange change(MomentChange::What what, Moment moment) {
  return {what, std::move(moment), std::nullopt};
}

MomentChange withdrawn(const EventResults& results, Moment moment) {
  const WithdrawnBecause because = reason_of(results, moment);
  return {MomentChange::What::Withdrawn, std::move(moment), because};
}

/// What leads from `before` to `after`.
std::vector<MomentChange> difference(const EventResults& results, const std::vector<Moment>& before,
                                     const std::vector<Moment>& after) {
  std::map<std::string, const Moment*> old, now;
  for (const Moment& moment : before) old[moment.id] = &moment;
  for (const Moment& moment : after) now[moment.id] = &moment;
  std::vector<MomentChange> gone, changed, fresh;
  for (const Moment& moment : before) {
    if (now.count(moment.id) == 0) gone.push_back(withdrawn(results, moment));
  }
  for (const Moment& moment : after) {
    const auto at = old.find(moment.id);
    if (at == old.end()) {
      fresh.push_back(change(MomentChange::What::New, moment));
    } else if (!says_the_same(*at->second, moment)) {
      changed.push_back(change(MomentChange::What::Changed, moment));
    }
  }
  gone.insert(gone.end(), changed.begin(), changed.end());
  gone.insert(gone.end(), fresh.begin(), fresh.end());
  return gone;
}

}  // namespace

const char* name_of(WithdrawnBecause because) {
  return because == WithdrawnBecause::ResultChanged ? "result changed" : "withdrawn by an official";
}

bool LiveMoments::is_cancelled(const EventResults& results) const {
  return race_.raw() < results.cancelled.size() && results.cancelled[race_.raw()];
}

void LiveMoments::note_instants(const EventResults& results, model::EntrantId runner) {
  for (const model::Split& split : results.runners[runner.raw()].splits) {
    if (split.passing) latest_ = std::max(latest_, split.passing->at);
  }
  if (!results.reads.empty()) latest_ = std::max(latest_, results.reads.back().time);
}

void LiveMoments::look_again(const EventResults& results, model::EntrantId runner) {
  const auto row = row_of(*view_, runner);
  const Quotes quotes(*view_);
  const std::span<const DetectorLine> lines = detector_lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<Found>& found = found_[i];
    if (lines[i].rhythm == Rhythm::Refitted) {
      std::erase_if(found, [&](const Found& one) {
        return is_about(one.moment, runner) && !may_stand(results, one.moment, runner);
      });
      continue;
    }
    std::vector<Found> anew;
    if (lines[i].rhythm == Rhythm::Counted) {
      anew = find_by(*view_, lines[i]);
      found.clear();
    } else {
      if (row) anew = lines[i].judge(*view_, day_.shared(), *row);
      std::erase_if(found, [&](const Found& one) {
        return is_about(one.moment, runner) || is_part_of(one, anew);
      });
    }
    for (Found& one : anew) quotes.add_to(one.moment);
    std::move(anew.begin(), anew.end(), std::back_inserter(found));
  }
}

std::vector<Moment> LiveMoments::all_found(const EventResults& results) const {
  std::vector<Found> all;
  for (const std::vector<Found>& found : found_) all.insert(all.end(), found.begin(), found.end());
  return tell_found(results, std::move(all));
}

std::vector<MomentChange> LiveMoments::runner_changed(const EventResults& results,
                                                      model::EntrantId runner) {
  if (results.runners[runner.raw()].race != race_) return {};
  note_instants(results, runner);
  if (!view_) {
    view_ = view_field(results, race_);
    found_.resize(detector_lines().size());
    fitted_at_ = latest_ = latest_instant(results);
  }
  changed_ += row_of(*view_, runner) || is_finisher(results, runner) ? 1u : 0u;
  refresh_row(*view_, results, runner, latest_);
  if (is_cancelled(results)) {
    for (std::vector<Found>& found : found_) found.clear();
  } else {
    look_again(results, runner);
  }
  std::vector<Moment> after = all_found(results);
  for (Moment& moment : after) {
    const auto old = std::find_if(told_.begin(), told_.end(),
                                  [&](const Moment& one) { return one.id == moment.id; });
    if (old != told_.end() && differ_by_counts(*old, moment)) moment = *old;
  }
  std::vector<MomentChange> changes = difference(results, told_, after);
  told_ = std::move(after);
  return changes;
}

bool LiveMoments::is_refit_due() const {
  return changed_ >= std::max(kLeastChanged, fitted_to_ / kChangedShare) ||
         (changed_ > 0 && latest_ - fitted_at_ >= kLongestWait);
}

std::vector<MomentChange> LiveMoments::refit(const EventResults& results) {
  view_ = view_field(results, race_);
  latest_ = latest_instant(results);
  const Quotes quotes(*view_);
  found_.assign(detector_lines().size(), {});
  for (std::size_t i = 0; i < found_.size() && !is_cancelled(results); ++i) {
    found_[i] = find_by(*view_, detector_lines()[i]);
    for (Found& one : found_[i]) quotes.add_to(one.moment);
  }
  day_ = std::move(view_->memo);
  day_.shared().rest.clear();
  std::vector<Moment> after = all_found(results);
  std::vector<MomentChange> changes = difference(results, told_, after);
  told_ = std::move(after);
  fitted_to_ = view_->rows();
  fitted_at_ = latest_;
  changed_ = 0;
  return changes;
}

}  // namespace hs::moments
