#include "moments/live_moments.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "moments/find_moments.h"
#include "moments/noted_help.h"

// Implementation notes: a moment may stand between two refits only while every time in its
// evidence is still the runner's time; which times those are is asked of the evidence, so that a
// new kind needs nothing here.

namespace hs::moments {
namespace {

using model::EventResults;
using model::Moment;

constexpr std::size_t kLeastChanged = 50;
constexpr std::size_t kChangedShare = 50;  ///< One in so many of the finishers.

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
               results.entrants[id.raw()].is_private;
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

/// True where the evidence has a time of this runner.
bool takes_time_of(const EventResults& results, const Moment& moment, model::EntrantId id) {
  const model::BibNumber& bib = results.entrants[id.raw()].bib;
  return std::any_of(moment.evidence.begin(), moment.evidence.end(), [&](const auto& e) {
    return e.seconds && std::find(e.bibs.begin(), e.bibs.end(), bib) != e.bibs.end();
  });
}

bool may_stand(const EventResults& results, const Moment& moment, model::EntrantId id) {
  // Help holds also of who is out; of who is in, their time stands beside it.
  if (moment.kind == model::MomentKind::Helped && !is_finisher(results, id)) {
    return may_be_named_in_help(results, id) && !takes_time_of(results, moment, id);
  }
  return is_finisher(results, id) && !results.entrants[id.raw()].is_private &&
         results.entrants[id.raw()].mode == model::Mode::Foot && times_hold(results, moment, id);
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

void LiveMoments::note_instants(const EventResults& results, model::EntrantId runner) {
  for (const model::Split& split : results.runners[runner.raw()].splits) {
    if (split.passing) latest_ = std::max(latest_, split.passing->at);
  }
  if (!results.reads.empty()) latest_ = std::max(latest_, results.reads.back().time);
}

std::optional<Moment> LiveMoments::judge(model::EntrantId runner) const {
  if (!second_half_ || view_->people.empty() || view_->people.back() != runner) return {};
  auto found = judge_second_half(*view_, *second_half_, view_->rows() - 1);
  if (!found) return std::nullopt;
  return std::move(found->moment);
}

std::vector<MomentChange> LiveMoments::runner_changed(const EventResults& results,
                                                      model::EntrantId runner) {
  if (results.runners[runner.raw()].race != race_) return {};
  note_instants(results, runner);
  const bool was =
      view_ && std::find(view_->people.begin(), view_->people.end(), runner) != view_->people.end();
  changed_ += was || is_finisher(results, runner) ? 1u : 0u;
  if (!view_) return {};
  refresh_row(*view_, results, runner, latest_);
  const std::optional<Moment> own = judge(runner);
  std::vector<Moment> after;
  bool is_told = false;
  for (const Moment& moment : told_) {
    if (own && moment.id == own->id) {
      after.push_back(*own);
      is_told = true;
    } else if (!is_about(moment, runner) || may_stand(results, moment, runner)) {
      after.push_back(moment);
    }
  }
  if (own && !is_told) after.push_back(*own);
  std::vector<MomentChange> changes = difference(results, told_, after);
  told_ = std::move(after);
  return changes;
}

bool LiveMoments::is_refit_due() const {
  return changed_ >= std::max(kLeastChanged, fitted_to_ / kChangedShare);
}

std::vector<MomentChange> LiveMoments::refit(const EventResults& results) {
  std::vector<Moment> after = find_moments(results);
  std::erase_if(after, [&](const Moment& moment) { return moment.race != race_; });
  std::vector<MomentChange> changes = difference(results, told_, after);
  told_ = std::move(after);
  view_ = view_field(results, race_);
  second_half_ = fit_second_half(*view_);
  fitted_to_ = view_->rows();
  changed_ = 0;
  return changes;
}

}  // namespace hs::moments
