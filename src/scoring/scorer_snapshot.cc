#include <algorithm>
#include <map>

#include "base/check.h"
#include "scoring/advisory.h"
#include "scoring/award_lock.h"
#include "scoring/awards.h"
#include "scoring/results_hash.h"
#include "scoring/rule_set.h"
#include "scoring/scorer_state.h"
#include "scoring/survey.h"
#include "scoring/teams.h"
#include "scoring/verdicts.h"

// Implementation notes: a snapshot numbers the entries anew, without those that were taken out of
// the list; everything that names an entry passes through `Renumber`.

namespace hs::scoring {
namespace {

using base::Duration;

/// From the scorer's numbers to the snapshot's.
class Renumber {
 public:
  Renumber(const std::vector<model::EntrantId>& listed, std::size_t all) : to_(all) {
    for (std::size_t i = 0; i < listed.size(); ++i) {
      to_[listed[i].raw()] = model::EntrantId(static_cast<std::uint32_t>(i));
    }
  }
  [[nodiscard]] std::optional<model::EntrantId> operator()(
      std::optional<model::EntrantId> id) const {
    return id ? to_[id->raw()] : std::nullopt;
  }
  [[nodiscard]] model::EntrantId operator()(model::EntrantId id) const { return *to_[id.raw()]; }

 private:
  std::vector<std::optional<model::EntrantId>> to_;
};

/// The time at a point from `from` on, with what is added there.
template <typename Time>
std::optional<Time> time_at(const RunnerFold& fold, std::size_t point,
                            const std::optional<base::RaceTime>& from,
                            Duration added = Duration::zero()) {
  if (!from) return std::nullopt;
  const auto time = fold.time_at(point, *from);
  return time ? std::optional(Time(*time + added)) : std::nullopt;
}

std::vector<model::LegResult> leg_results(const RunnerFold& fold) {
  std::vector<model::LegResult> out;
  for (const LegFold& leg : fold.legs) {
    out.push_back({leg.start_at, leg.start, leg.time, {}, leg.did_not_finish, leg.ran_by});
  }
  return out;
}

bool is_about_status(model::RulingFact::Kind kind) {
  using Kind = model::RulingFact::Kind;
  return kind == Kind::Disqualify || kind == Kind::Reinstate || kind == Kind::DidNotFinish ||
         kind == Kind::DidNotStart || kind == Kind::OutOfCompetition || kind == Kind::Penalty ||
         kind == Kind::Assisted;
}

}  // namespace

std::vector<model::EntrantId> ScorerState::listed() const {
  std::vector<model::EntrantId> out;
  for (std::size_t e = 0; e < entrants.size(); ++e) {
    if (entrants[e].live && entrants[e].race) {
      out.push_back(model::EntrantId(static_cast<std::uint32_t>(e)));
    }
  }
  return out;
}

model::RunnerResult ScorerState::result(model::EntrantId id) const {
  model::RunnerResult out = unplaced_result(id);
  const RaceStandings& standings = races[out.race.raw()].standings;
  std::vector<model::Split>& splits = out.splits.edit();
  for (std::size_t p = 1; p < splits.size(); ++p) {
    if (splits[p].passing) splits[p].places = standings.places(id, p, *this);
  }
  if (!out.legs.empty()) {
    std::vector<model::LegResult>& legs = out.legs.edit();
    for (std::size_t l = 0; l < legs.size(); ++l) {
      legs[l].places = standings.places(id, splits.size() + l, *this);
    }
  }
  if (out.status == model::RunnerStatus::Finished) out.places = splits.back().places;
  if (out.status == model::RunnerStatus::Stopped) {
    out.places = standings.places(id, splits.size() - 1, *this);
  }
  return out;
}

/// Everybody's places at once: nine hundred thousand look-ups in sorted lists cost more than all
/// the rest of a full scoring, one walk over each list costs next to nothing.
PlaceTable ScorerState::place_table() const {
  PlaceTable out(races.size());
  for (std::size_t r = 0; r < races.size(); ++r) {
    out[r].emplace_back();  // The start has no places.
    for (std::size_t p = 1; p < event.races[r].points.size() + races[r].legs.size(); ++p) {
      out[r].push_back(races[r].standings.all_places(p, *this));
    }
  }
  return out;
}

/// Times and status; nothing that depends on others.
model::RunnerResult ScorerState::unplaced_result(model::EntrantId id) const {
  const EntrantState& state = entrants[id.raw()];
  HS_CHECK(state.live && state.race, "no result for an entry that was taken out");
  const RunnerFold& fold = state.fold;
  const RaceState& race = races[state.race->raw()];
  const model::Race& config = event.races[state.race->raw()];
  model::RunnerResult out;
  out.entrant = id;
  out.race = *state.race;
  out.wave = fold.wave;
  out.division = state.division;
  out.status = fold.status;
  out.start_source = fold.start_source;
  out.gun_at = fold.gun_at;
  // Nobody who was never seen has a start, not even the gun.
  if (fold.seen) out.start_at = fold.start_at;
  if (out.start_at && fold.gun_at) out.start_offset = *out.start_at - *fold.gun_at;
  out.penalty = fold.penalty;
  out.assisted = fold.assisted;
  out.clause = fold.clause;
  out.splits = race.no_splits;
  // Whoever did not start has no times, whatever the chip did.
  if (fold.status == model::RunnerStatus::DidNotStart) {
    out.start_at.reset();
    out.start_offset.reset();
    return out;
  }
  const bool is_heard = std::any_of(fold.passings.begin(), fold.passings.end(),
                                    [](const auto& passing) { return passing.has_value(); });
  if (!is_heard) return out;
  std::vector<model::Split> splits(config.points.size());
  for (std::size_t p = 0; p < fold.passings.size(); ++p) {
    model::Split& split = splits[p];
    split.passing = fold.passings[p];
    if (p == 0 || !split.passing) continue;
    split.net = time_at<base::NetTime>(fold, p, fold.start_at);
    split.gun = time_at<base::GunTime>(fold, p, fold.gun_at);
  }
  out.splits = base::SharedVector<model::Split>(std::move(splits));
  out.legs = base::SharedVector<model::LegResult>(leg_results(fold));
  if (!fold.finish()) return out;
  const std::size_t last = config.points.size() - 1;
  out.gun = time_at<base::GunTime>(fold, last, fold.gun_at, fold.penalty);
  out.clock = time_at<base::ClockTime>(fold, last, race.first_gun, fold.penalty);
  out.net = time_at<base::NetTime>(fold, last, fold.start_at, fold.penalty);
  if (fold.start_at) {
    const base::RaceTime finish = fold.finish()->at;
    out.neutral = finish - *fold.start_at - fold.counted(*fold.start_at, finish);
  }
  out.ranking = ranking_time(state, config.points.size() - 1);
  if (out.ranking) out.official = base::round_up(*out.ranking, rounding_of(config.rules));
  return out;
}

model::RunnerResult Scorer::result(model::EntrantId id) {
  state_->settle();
  return state_->result(id);
}

model::RunnerResult Scorer::unplaced_result(model::EntrantId id) {
  state_->settle();
  return state_->unplaced_result(id);
}

std::vector<model::ReadView> Scorer::reads_of(model::EntrantId id) {
  state_->settle();
  std::vector<model::ReadView> out;
  judge_runner(*state_, id, out);
  return out;
}

std::vector<model::RunnerResult> ScorerState::results(
    const std::vector<model::EntrantId>& listed) const {
  const PlaceTable places = place_table();
  std::vector<model::RunnerResult> out;
  out.reserve(listed.size());
  for (const model::EntrantId id : listed) {
    out.push_back(unplaced_result(id));
    model::RunnerResult& runner = out.back();
    const auto row = races[runner.race.raw()].standings.row_of(id);
    HS_CHECK(row.has_value(), "a listed runner stands in no order");
    std::vector<model::Split>& splits = runner.splits.edit();
    for (std::size_t p = 1; p < splits.size(); ++p) {
      if (splits[p].passing) splits[p].places = places[runner.race.raw()][p][*row];
    }
    for (std::size_t l = 0; l < runner.legs.size(); ++l) {
      runner.legs[l].places = places[runner.race.raw()][splits.size() + l][*row];
    }
    const bool finished = runner.status == model::RunnerStatus::Finished;
    if (finished) runner.places = splits.back().places;
    if (runner.status == model::RunnerStatus::Stopped) {
      runner.places = places[runner.race.raw()][splits.size() - 1][*row];
    }
  }
  return out;
}

std::vector<Ranked> Scorer::ranked(model::RaceId race, std::size_t point) {
  ScorerState& s = *state_;
  s.settle();
  HS_CHECK(race.raw() < s.races.size() && point < s.event.races[race.raw()].points.size(),
           "no such point");
  std::vector<Ranked> out;
  if (point == 0) return out;
  const RaceStandings& standings = s.races[race.raw()].standings;
  const std::vector<model::Places> places = standings.all_places(point, s);
  const std::vector<model::EntrantId> order = standings.order(point, s);
  out.reserve(order.size());
  for (const model::EntrantId id : order) out.push_back({id, places[*standings.row_of(id)]});
  return out;
}

bool Scorer::is_closed(model::RaceId race) {
  state_->settle();
  return state_->context_of(race).closed;
}

bool Scorer::is_cancelled(model::RaceId race) {
  state_->settle();
  return state_->context_of(race).cancelled;
}

std::vector<model::RunnerResult> Scorer::results() {
  state_->settle();
  return state_->results(state_->listed());
}

void ScorerState::add_races(model::EventResults& out) const {
  out.as_of = as_of;
  out.event = event;
  for (std::size_t r = 0; r < races.size(); ++r) {
    const RaceContext context = context_of(model::RaceId(static_cast<std::uint16_t>(r)));
    out.closed.push_back(context.closed);
    out.cancelled.push_back(context.cancelled);
  }
}

model::EventResults Scorer::official() {
  ScorerState& s = *state_;
  s.settle();
  model::EventResults out;
  s.add_races(out);
  const std::vector<model::EntrantId> listed = s.listed();
  const Renumber renumber(listed, s.entrants.size());
  out.runners = s.results(listed);
  for (model::RunnerResult& runner : out.runners) runner.entrant = renumber(runner.entrant);
  out.entrants.reserve(listed.size());
  out.persons.reserve(listed.size());
  for (const model::EntrantId id : listed) {
    out.entrants.share(s.entrants[id.raw()].entrant);
    out.persons.share(s.persons.row(id.raw()));
  }
  for (std::size_t r = 0; r < s.races.size(); ++r) {
    std::vector<model::EntrantId> order;
    for (const model::EntrantId id :
         s.races[r].standings.order(s.event.races[r].points.size() - 1, s)) {
      order.push_back(renumber(id));
    }
    std::vector<model::EntrantId> rest;
    for (const model::RunnerResult& runner : out.runners) {
      if (runner.race.raw() == r && !runner.places.overall) rest.push_back(runner.entrant);
    }
    std::sort(rest.begin(), rest.end(), [&](model::EntrantId a, model::EntrantId b) {
      return out.entrants[a.raw()].bib < out.entrants[b.raw()].bib;
    });
    order.insert(order.end(), rest.begin(), rest.end());
    out.order.push_back(std::move(order));
  }
  out.hash = results_hash(out);
  return out;
}

/// Notes, rulings, versions and whom nothing is told of. `results` has its runners, numbered anew.
void ScorerState::add_said(model::EventResults& out) const {
  const Renumber renumber(listed(), entrants.size());
  // One that was taken back keeps its number: no two lists of a race ever had the same.
  std::map<std::string, std::uint32_t> numbers;
  for (const PersonFact& fact : person_facts) {
    if (const auto* version = std::get_if<model::PublishFact>(&fact.fact.body)) {
      const std::uint32_t number = ++numbers[version->race];
      if (!fact.active) continue;
      ++out.version;
      out.versions.push_back({number, fact.fact.seq, *version});
    }
    if (!fact.active) continue;
    if (const auto* ruling = std::get_if<model::RaceRulingFact>(&fact.fact.body)) {
      out.race_rulings.push_back({fact.fact.seq, *ruling});
    }
    if (const auto* hide = std::get_if<model::HideFact>(&fact.fact.body)) {
      const auto id = renumber(whoever(entry_key(hide->race, hide->bib)));
      if (id) out.runners[id->raw()].hidden_by = fact.fact.seq;
    }
    if (const auto* note = std::get_if<model::NoteFact>(&fact.fact.body)) {
      out.notes.push_back({fact.fact.seq, *note});
    }
    const auto* ruling = std::get_if<model::RulingFact>(&fact.fact.body);
    if (ruling != nullptr && is_about_status(ruling->kind)) {
      out.rulings.push_back({fact.fact.seq, *ruling});
    }
  }
}

namespace {

/// Everything that is advised, with the numbers of `results`.
void add_advice(const ScorerState& state, const Survey& survey, model::EventResults& results) {
  const Renumber renumber(state.listed(), state.entrants.size());
  add_advisory(state, survey, results);
  for (model::Attention& item : results.attention) {
    item.entrant = renumber(item.entrant);
    item.other_entrant = renumber(item.other_entrant);
  }
  for (model::MissedInterval& missed : results.missed) missed.entrant = renumber(missed.entrant);
}

}  // namespace

model::EventResults Scorer::snapshot() {
  ScorerState& s = *state_;
  model::EventResults out = official();
  out.awards = award_winners(out);
  add_locks(out, out.awards);
  out.teams = team_results(out);
  Survey survey;
  out.reads = verdicts(s, survey);
  const Renumber renumber(s.listed(), s.entrants.size());
  for (model::ReadView& view : out.reads) view.entrant = renumber(view.entrant);
  add_advice(s, survey, out);
  s.add_said(out);
  return out;
}

bool Scorer::survey_some() {
  ScorerState& s = *state_;
  s.settle();
  if (s.survey == nullptr) s.survey = std::make_unique<Survey>();
  return s.survey->take_some(s);
}

void Scorer::forget_survey() { state_->survey.reset(); }

void Scorer::add_overview(model::EventResults& results) {
  ScorerState& s = *state_;
  s.settle();
  const std::vector<model::EntrantId> listed = s.listed();
  HS_CHECK(results.runners.size() == listed.size() && results.entrants.size() == listed.size() &&
               results.persons.size() == listed.size(),
           "an overview of other runners");
  HS_CHECK(s.survey != nullptr, "an overview without a survey");
  s.add_races(results);
  const Renumber renumber(listed, s.entrants.size());
  for (std::size_t r = 0; r < s.races.size(); ++r) {
    auto& order = results.order.emplace_back();
    for (const model::EntrantId id :
         s.races[r].standings.order(s.event.races[r].points.size() - 1, s)) {
      order.push_back(renumber(id));
    }
  }
  add_advice(s, *s.survey, results);
  s.add_said(results);
  s.survey.reset();
}

}  // namespace hs::scoring
