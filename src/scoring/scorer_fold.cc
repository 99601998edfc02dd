#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "base/check.h"
#include "scoring/division.h"
#include "scoring/rule_set.h"
#include "scoring/scorer_state.h"

// Implementation notes: deriving what holds for the whole event (guns, courses, closings), then
// folding the runners that were touched. More than an eighth of the runners touched makes one
// rebuild of the orders cheaper than moving keys one by one.

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;

/// Whoever was stopped stands behind everybody who finished: no race takes so long.
constexpr Duration kBehindFinishers = std::chrono::hours(24 * 1000);

bool is_placed_on_the_way(model::RunnerStatus status) {
  switch (status) {
    case model::RunnerStatus::Finished:
    case model::RunnerStatus::Running:
    case model::RunnerStatus::Unresolved:
    case model::RunnerStatus::DidNotFinish:
    case model::RunnerStatus::Stopped:
      return true;
    case model::RunnerStatus::Entered:
    case model::RunnerStatus::DidNotStart:
    case model::RunnerStatus::Disqualified:
    case model::RunnerStatus::OutOfCompetition:
    case model::RunnerStatus::Deferred:
      return false;
  }
  return false;
}

}  // namespace

// --- the event ----------------------------------------------------------------------------------

/// Numbers all mats by name. Numbers decide between visits of one instant, so they must not depend
/// on which fact named a mat first.
void ScorerState::derive_mats() {
  std::set<std::string> names;
  for (const model::Race& race : configured.races) {
    for (const model::Point& point : race.points) names.insert(point.mat);
  }
  for (const StreamState& state : streams) {
    if (state.known) names.insert(state.stream.mat);
  }
  for (const PersonFact& fact : person_facts) {
    const auto* hand = std::get_if<model::HandReadFact>(&fact.fact.body);
    if (hand != nullptr) names.insert(hand->mat);
  }
  mats = {};
  for (const std::string& name : names) (void)mats.intern(name);
  for (StreamState& state : streams) {
    if (state.known) state.mat = *mats.find(state.stream.mat);
  }
}

void ScorerState::derive_event() {
  event = configured;
  derive_mats();
  derive_guns();
  derive_races();
  derive_corrections();
  derive_last_read();
  regroup_heats();
  for (EntrantState& state : entrants) place_entrant(state);
}

void ScorerState::derive_guns() {
  for (const PersonFact& fact : person_facts) {
    const auto* gun = std::get_if<model::GunFact>(&fact.fact.body);
    if (gun == nullptr || !fact.active) continue;
    for (model::Race& race : event.races) {
      if (race.id != gun->race) continue;
      for (model::Wave& wave : race.waves) {
        if (wave.id == gun->wave) wave.gun = gun->at;
      }
    }
  }
  guns.clear();
  std::optional<RaceTime> last_gun;
  for (std::size_t r = 0; r < event.races.size(); ++r) {
    const model::Race& race = event.races[r];
    for (std::size_t w = 0; w < race.waves.size(); ++w) {
      if (!race.waves[w].gun || model::is_mass_start(race.waves[w])) continue;
      const RaceTime gun = *race.waves[w].gun;
      guns.push_back({gun, gun + race.start_window, model::RaceId(static_cast<std::uint16_t>(r)),
                      model::WaveId(static_cast<std::uint16_t>(w))});
      if (!last_gun || gun > *last_gun) last_gun = gun;
    }
  }
  std::sort(guns.begin(), guns.end(), [](const GunWindow& a, const GunWindow& b) {
    return std::tuple(a.gun, a.race.raw(), a.wave.raw()) <
           std::tuple(b.gun, b.race.raw(), b.wave.raw());
  });
  ends = event.ends;
  if (!ends && last_gun) ends = *last_gun + std::chrono::hours(36);
}

void ScorerState::derive_races() {
  races.clear();
  races.resize(event.races.size());
  for (std::size_t r = 0; r < races.size(); ++r) {
    derive_race_rulings(r);
    const model::Race& race = event.races[r];
    RaceState& state = races[r];
    for (int m = 0; m <= static_cast<int>(model::Mode::Stroller); ++m) {
      const auto mode = static_cast<model::Mode>(m);
      state.courses.emplace_back(mode, make_course(race, mode, mats));
    }
    state.legs = model::legs_of(race);
    state.no_splits =
        base::SharedVector<model::Split>(std::vector<model::Split>(race.points.size()));
    for (const GunWindow& window : guns) {
      const bool own = window.race.raw() == r;
      if (own && !state.first_gun) state.first_gun = window.gun;
    }
    state.standings = RaceStandings(race.points.size() + state.legs.size(), race.divisions.size(),
                                    rule_set_of(race).equal_times);
    for (const PersonFact& fact : person_facts) {
      if (!fact.active) continue;
      const auto* close = std::get_if<model::CloseFact>(&fact.fact.body);
      if (close != nullptr && close->race == race.id) state.close_fact = true;
      const auto* cancel = std::get_if<model::CancelFact>(&fact.fact.body);
      if (cancel != nullptr && cancel->race == race.id) state.cancelled = true;
    }
  }
  // Only now are all mats known.
  for (RaceState& state : races) {
    state.mats.assign(mats.size(), false);
    for (const CoursePoint& point : state.courses.front().second.points) {
      state.mats[point.mat.raw()] = true;
    }
  }
}

void ScorerState::derive_corrections() {
  for (std::size_t s = 0; s < streams.size(); ++s) {
    StreamState& state = streams[s];
    if (!state.known) continue;
    std::vector<model::ClockCorrectionFact> corrections;
    for (const PersonFact& fact : person_facts) {
      const auto* correction = std::get_if<model::ClockCorrectionFact>(&fact.fact.body);
      if (correction == nullptr || !fact.active) continue;
      const bool own = correction->device == state.stream.device &&
                       (correction->epoch.empty() || correction->epoch == state.stream.epoch);
      if (own) corrections.push_back(*correction);
    }
    if (corrections.empty() && !state.corrected) continue;
    state.corrected = !corrections.empty();
    state.clock.set_corrections(std::move(corrections));
    correct_reads_of(static_cast<std::uint32_t>(s));
  }
}

void ScorerState::derive_last_read() {
  last_read.reset();
  const bool asked = std::any_of(event.races.begin(), event.races.end(),
                                 [](const model::Race& race) { return race.closes.has_value(); });
  if (!asked) return;
  reads.for_each_by_chip([&](const ReadRow& row) { note_last_read(row.time); });
}

void ScorerState::note_last_read(RaceTime at) {
  if (!in_event(at) || (last_read && at <= *last_read)) return;
  last_read = at;
  for (std::size_t r = 0; r < races.size(); ++r) {
    const auto& closes = event.races[r].closes;
    if (races[r].closes_passed || !closes || at <= *closes) continue;
    races[r].closes_passed = true;
    for (std::size_t e = 0; e < entrants.size(); ++e) {
      if (entrants[e].race && entrants[e].race->raw() == r) {
        touch(model::EntrantId(static_cast<std::uint32_t>(e)));
      }
    }
  }
}

void ScorerState::place_entrant(EntrantState& state) {
  state.race.reset();
  state.division.reset();
  for (std::size_t r = 0; r < event.races.size(); ++r) {
    if (event.races[r].id == state.entrant->race) {
      state.race = model::RaceId(static_cast<std::uint16_t>(r));
    }
  }
  if (!state.race) return;
  const auto& divisions = event.races[state.race->raw()].divisions;
  for (std::size_t d = 0; d < divisions.size(); ++d) {
    if (!divisions[d].primary || !belongs(divisions[d], *state.entrant)) continue;
    state.division = model::DivisionId(static_cast<std::uint16_t>(d));
    return;
  }
}

// --- one runner ---------------------------------------------------------------------------------

const Decisions& EntrantState::decisions() const {
  static const Decisions kNone;
  return decided != nullptr ? *decided : kNone;
}

Decisions& EntrantState::own_decisions() {
  if (decided == nullptr) decided = std::make_unique<Decisions>();
  return *decided;
}

void ScorerState::decide(EntrantState& state) {
  state.decided.reset();
  state.hand_reads.clear();
  if (facts_about.empty()) return;
  const model::Entrant& entered = state.as_entered();
  const auto about = facts_about.find(entry_key(entered.race, entered.bib));
  if (state.names.empty()) {
    if (about == facts_about.end()) return;
    for (const std::size_t index : about->second) decide_one(person_facts[index], state);
    return;
  }
  // What was said under several names counts in the order in which it was said.
  std::vector<std::size_t> said;
  if (about != facts_about.end()) said = about->second;
  for (const std::string& name : state.names) {
    const auto more = facts_about.find(name);
    if (more != facts_about.end())
      said.insert(said.end(), more->second.begin(), more->second.end());
  }
  std::sort(said.begin(), said.end());
  said.erase(std::unique(said.begin(), said.end()), said.end());
  for (const std::size_t index : said) decide_one(person_facts[index], state);
}

void ScorerState::decide_one(const PersonFact& fact, EntrantState& state) {
  if (!fact.active) return;
  if (const auto* hand = std::get_if<model::HandReadFact>(&fact.fact.body)) {
    state.hand_reads.push_back({fact.fact.seq, mats.intern(hand->mat), hand->at});
  } else {
    decide_ruling(fact.fact.seq, std::get<model::RulingFact>(fact.fact.body), state);
  }
}

/// What a ruling that there was help makes of one who was helped, or who helped.
void ScorerState::decide_assisted(model::FactSeq seq, const model::RulingFact& ruling,
                                  EntrantState& state) const {
  const std::string helped_key = entry_key(ruling.race, ruling.bib);
  const bool helped =
      whoever(helped_key) == whoever(entry_key(state.entrant->race, state.entrant->bib));
  const RuleSetEntry& book = rule_set_of(event.races[state.race->raw()]);
  if (helped) state.own_decisions().assisted = true;
  if (!takes_out(helped ? book.helped : book.helper, ruling)) return;
  const bool is_known = book.assistance != nullptr && *book.assistance != '\0';
  const std::string clause = is_known ? book.assistance : "assistance";
  state.own_decisions().status = {model::RulingFact::Kind::Disqualify,
                                  ruling.clause.empty() ? clause : ruling.clause, seq};
}

void ScorerState::decide_ruling(model::FactSeq seq, const model::RulingFact& ruling,
                                EntrantState& state) {
  using Kind = model::RulingFact::Kind;
  Decisions& out = state.own_decisions();
  const RaceState& race = races[state.race->raw()];
  const bool is_late = ruling.at && race.stop && *ruling.at > race.stop->at;
  switch (ruling.kind) {
    case Kind::Disqualify:
    case Kind::DidNotFinish:
    case Kind::DidNotStart:
    case Kind::OutOfCompetition:
      out.status = {ruling.kind, ruling.clause, seq};
      if (ruling.kind == Kind::DidNotFinish && !ruling.point.empty()) {
        out.legs.push_back({ruling.point, std::nullopt});
      }
      break;
    case Kind::Reinstate:
      out.status.reset();
      std::erase_if(out.legs, [](const Decisions::OfLeg& leg) { return !leg.at; });
      break;
    case Kind::Penalty:
      out.penalty += ruling.amount.value_or(Duration{0});
      break;
    case Kind::Start:
      if (!ruling.at || is_late) break;
      if (ruling.point.empty() || ruling.point == event.races[state.race->raw()].points[0].id) {
        out.start = {*ruling.at, seq};
      } else {
        out.legs.push_back({ruling.point, ruling.at});
      }
      break;
    case Kind::Finish:
      // Said of another line than the one that is the finish now: it says nothing of this one.
      if (race.shortened && seq < *race.shortened) break;
      if (ruling.at && !is_late) out.finish = {*ruling.at, seq};
      break;
    case Kind::AcceptStart:
      out.accept_start = true;
      break;
    case Kind::AcceptWave:
      out.accept_wave = true;
      break;
    case Kind::IgnoreRead:
      for (const model::FactSeq read : ruling.reads) out.ignored.push_back({read, seq});
      break;
    case Kind::ForceRead:
      for (const model::FactSeq read : ruling.reads) {
        out.forced.push_back({read, ruling.point, seq});
      }
      break;
    case Kind::Assisted:
      decide_assisted(seq, ruling, state);
      break;
    case Kind::DeadHeat:
    case Kind::Merge:
    case Kind::SwapChips:
    case Kind::Move:
      break;  // What these make of entries is `relate`'s.
  }
}

bool ScorerState::in_event(RaceTime at) const {
  return has_event && at >= event.begins && (!ends || at <= *ends);
}

bool ScorerState::is_ambiguous(TagIndex tag, model::RaceId race) const {
  int owners = 0;
  for (const model::EntrantId owner : owners_of_tag[tag.raw()]) {
    if (entrants[owner.raw()].race == race) ++owners;
  }
  return owners > 1;
}

/// Which legs of a relay whoever wears a chip runs; 0: it is the team's, or the race no relay.
LegSet ScorerState::legs_of(const EntrantState& state, TagIndex tag) const {
  LegSet out = 0;
  bool worn = false;
  if (tags.by(tag) == model::ReadBy::Bib) return 0;  // A number is the team's, whoever wears it.
  const std::vector<model::RelayLeg>& legs = races[state.race->raw()].legs;
  for (const model::LegRunner& runner : state.entrant->legs) {
    const auto is_worn = [&](const model::TagCode& chip) { return tags.tag(tag) == chip; };
    if (legs.empty() || std::none_of(runner.chips.begin(), runner.chips.end(), is_worn)) continue;
    worn = true;
    for (std::size_t l = 0; l < legs.size(); ++l) {
      if (legs[l].id == runner.leg) out |= leg_bit(l);
    }
  }
  return worn && out == 0 ? kNoLeg : out;
}

/// The runner's usable reads: inside the event, of a mat of the race, of an unambiguous chip, not
/// ignored.
void ScorerState::gather(const EntrantState& state, FoldWork& into) const {
  into.sightings.clear();
  const RaceState& race = races[state.race->raw()];
  const Decisions& decisions = state.decisions();
  for (const TagIndex tag : state.tags) {
    if (reads.is_silent(tag) || is_ambiguous(tag, *state.race)) continue;
    const LegSet legs = legs_of(state, tag);
    reads.for_each_of(tag, [&](const ReadRow& row) {
      const StreamState& stream = streams[row.stream];
      if (!stream.known || !in_event(row.time)) return;
      if (race.stop && row.time > race.stop->at) return;
      // A read that a ruling forces may be of any mat: the box was put down at the wrong one.
      const bool forced =
          std::any_of(decisions.forced.begin(), decisions.forced.end(),
                      [&](const Decisions::Forced& f) { return f.read == row.seq; });
      if (!race.mats[stream.mat.raw()] && !forced) return;
      const bool ignored =
          std::any_of(decisions.ignored.begin(), decisions.ignored.end(),
                      [&](const Decisions::Ignored& i) { return i.read == row.seq; });
      if (ignored) return;
      into.sightings.push_back({row.time, row.seq, row.position, model::StreamId(row.stream),
                                stream.mat, stream.stream.role, legs});
    });
  }
  for (const HandRead& hand : state.hand_reads) {
    if (!in_event(hand.at) || !race.mats[hand.mat.raw()]) continue;
    if (race.stop && hand.at > race.stop->at) continue;
    into.sightings.push_back({hand.at, hand.seq, hand.seq.raw(), model::StreamId(0), hand.mat,
                              model::ReadRole::Manual, 0});
  }
}

const Course& ScorerState::course_of(const EntrantState& state) const {
  const auto& courses = races[state.race->raw()].courses;
  return courses[static_cast<std::size_t>(state.entrant->mode)].second;
}

RaceContext ScorerState::context_of(model::RaceId race) const {
  const RaceState& state = races[race.raw()];
  const bool closed =
      closing == Closing::Assume || state.close_fact || state.closes_passed || state.stop;
  return {&event.races[race.raw()], race,       guns,          closed,
          state.cancelled,          state.stop, state.neutral, state.legs};
}

void ScorerState::fold(model::EntrantId id) {
  EntrantState& state = entrants[id.raw()];
  state.dirty = false;
  state.fold = {};
  if (!state.live || !state.race) return;
  decide(state);
  gather(state, work);
  state.fold = fold_runner(context_of(*state.race), course_of(state), *state.entrant,
                           state.decisions(), work);
}

// --- orders -------------------------------------------------------------------------------------

std::optional<Duration> ScorerState::ranking_time(const EntrantState& state,
                                                  std::size_t point) const {
  const RunnerFold& fold = state.fold;
  if (point >= fold.passings.size() || point == 0 || !fold.passings[point]) return std::nullopt;
  std::optional<RaceTime> from;
  switch (event.races[state.race->raw()].rank_by) {
    case model::RankBy::Gun:
      from = fold.gun_at;
      break;
    case model::RankBy::Clock:
      from = races[state.race->raw()].first_gun;
      break;
    case model::RankBy::Net:
      from = fold.start_at;
      break;
  }
  if (!from) return std::nullopt;
  std::optional<Duration> time = fold.time_at(point, *from);
  if (time && point + 1 == fold.passings.size()) *time += fold.penalty;
  return time;
}

Member ScorerState::member_of(model::EntrantId id,
                              std::vector<std::optional<Duration>>& times) const {
  const EntrantState& state = entrants[id.raw()];
  const std::size_t points = event.races[state.race->raw()].points.size();
  times.assign(points + races[state.race->raw()].legs.size(), std::nullopt);
  const Member member{id, state.entrant->sex, state.division, times};
  if (!state.live || !is_placed_on_the_way(state.fold.status)) return member;
  for (std::size_t l = 0; l < state.fold.legs.size(); ++l) {
    times[points + l] = state.fold.legs[l].time;
  }
  for (std::size_t p = 1; p + 1 < points; ++p) times[p] = ranking_time(state, p);
  auto& finish = times[points - 1];
  if (state.fold.status == model::RunnerStatus::Stopped) {
    const auto& stop = races[state.race->raw()].stop;
    if (stop && stop->point) finish = ranking_time(state, *stop->point);
    if (finish) *finish += state.fold.penalty + kBehindFinishers;
  }
  if (state.fold.status != model::RunnerStatus::Finished) return member;
  finish = ranking_time(state, points - 1);
  // Members of a declared dead heat stand where the first of them stands.
  if (!state.heat || !finish) return member;
  for (const model::EntrantId other : heats.at(*state.heat)) {
    const EntrantState& with = entrants[other.raw()];
    if (with.race != state.race || with.fold.status != model::RunnerStatus::Finished) continue;
    const auto time = ranking_time(with, points - 1);
    if (time && *time < *finish) finish = time;
  }
  return member;
}

TieInfo ScorerState::tie(model::EntrantId entrant, std::size_t point) const {
  const EntrantState& state = entrants[entrant.raw()];
  TieInfo out;
  const std::size_t points = event.races[state.race->raw()].points.size();
  if (point >= points) {
    // Of a leg: two who took as long and ended it together began it together, too.
    out = tie(entrant, state.fold.legs[point - points].to);
    out.heat.reset();
    return out;
  }
  const auto& stop = races[state.race->raw()].stop;
  const bool by_stop = state.fold.status == model::RunnerStatus::Stopped && stop && stop->point &&
                       point + 1 == state.fold.passings.size();
  const auto& passing = state.fold.passings[by_stop ? *stop->point : point];
  if (!passing) return out;
  out.at = passing->at;
  if (point + 1 == state.fold.passings.size()) out.heat = state.heat;
  out.by_hand = passing->role == model::ReadRole::Manual;
  if (const ReadRow* row = passing->read ? reads.find(*passing->read) : nullptr) {
    out.device = streams[row->stream].device;
    out.position = row->position;
  } else {
    // Ruled instants and accepted hand reads have no device; the order of the facts is theirs.
    out.position = passing->read ? passing->read->raw() : 0;
  }
  return out;
}

void ScorerState::rank_all() {
  std::vector<std::size_t> members(races.size(), 0);
  for (const EntrantState& state : entrants) {
    if (state.race) ++members[state.race->raw()];
  }
  for (std::size_t r = 0; r < races.size(); ++r) races[r].standings.clear(members[r]);
  std::vector<std::optional<Duration>> times;
  for (std::size_t e = 0; e < entrants.size(); ++e) {
    if (!entrants[e].race) continue;
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    races[entrants[e].race->raw()].standings.load(member_of(id, times));
  }
  for (RaceState& race : races) race.standings.sort();
}

void ScorerState::rank_touched() {
  std::vector<model::EntrantId> moved = dirty;
  for (const model::EntrantId id : dirty) {
    const auto& heat = entrants[id.raw()].heat;
    if (!heat) continue;
    const auto& group = heats.at(*heat);
    moved.insert(moved.end(), group.begin(), group.end());
  }
  std::vector<std::optional<Duration>> times;
  for (const model::EntrantId id : moved) {
    const EntrantState& state = entrants[id.raw()];
    if (state.race) races[state.race->raw()].standings.set(member_of(id, times));
  }
}

void ScorerState::settle() {
  if (!has_event) return;
  if (event_dirty) {
    derive_event();
    event_dirty = false;
    ++derived;
    dirty.clear();
    for (std::size_t e = 0; e < entrants.size(); ++e) {
      dirty.push_back(model::EntrantId(static_cast<std::uint32_t>(e)));
    }
  }
  std::sort(dirty.begin(), dirty.end());
  dirty.erase(std::unique(dirty.begin(), dirty.end()), dirty.end());
  if (dirty.empty()) return;
  folded_last = dirty.size();
  if (folded_since) folded_since->insert(folded_since->end(), dirty.begin(), dirty.end());
  for (const model::EntrantId id : dirty) fold(id);
  if (dirty.size() * 8 > entrants.size()) {
    rank_all();
  } else {
    rank_touched();
  }
  dirty.clear();
}

}  // namespace hs::scoring
