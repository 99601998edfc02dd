#include <algorithm>
#include <map>

#include "scoring/scorer_state.h"

// Implementation notes: rulings that make something of several entries: who moved to another race,
// whose chips were worn by whom, which entries are one person, who arrived together. They are few,
// so whenever one comes or goes, or the entry list changes, all of them are gone through again in
// the order of the log, from the entries as they were made; only those for whom something is
// different then are touched. A key (race and bib) means one entry: its own, or the one that moved
// there, or the one that took it over.

namespace hs::scoring {

/// An entry as rulings have it.
struct Bound {
  model::Entrant entrant;
  std::optional<model::EntrantId> into;  ///< One with that entry: in no list any more.
  std::vector<std::string> names;
  std::vector<model::BibNumber> also_bibs;
};

namespace {

/// Why a ruling binds nobody, for the list of things a person should know.
constexpr const char* kNobody = "a number that it names is not entered";
constexpr const char* kNoRace = "the event has no such race";
constexpr const char* kTaken = "the number is taken there";
constexpr const char* kItself = "it changes nothing";

class Binder {
 public:
  explicit Binder(const ScorerState& state) : state_(state) {}

  /// Takes one ruling; says why where it binds nobody.
  const char* take(const model::RulingFact& ruling) {
    using Kind = model::RulingFact::Kind;
    const auto one = who(ruling.race, ruling.bib);
    if (!one) return kNobody;
    if (ruling.kind == Kind::Move) return move(*one, ruling.to);
    if (ruling.with.empty()) return kNobody;
    const auto other = who(ruling.to.empty() ? ruling.race : ruling.to, ruling.with.front());
    if (!other) return kNobody;
    if (*one == *other) return kItself;
    if (ruling.kind == Kind::Merge) {
      merge(*one, *other);
    } else {
      std::swap(of(*one).entrant.chips, of(*other).entrant.chips);
      std::swap(of(*one).entrant.legs, of(*other).entrant.legs);
    }
    return nullptr;
  }

  [[nodiscard]] const std::map<model::EntrantId, Bound>& bound() const { return bound_; }

  /// What keys mean beside the entries of that name.
  [[nodiscard]] std::unordered_map<std::string, model::EntrantId> names() const {
    auto out = moved_;
    for (auto& [key, id] : out) id = root(id);
    for (const auto& [id, bound] : bound_) {
      if (bound.into) out[entry_key(entered(id).race, entered(id).bib)] = root(id);
    }
    return out;
  }

 private:
  [[nodiscard]] const model::Entrant& entered(model::EntrantId id) const {
    return state_.entrants[id.raw()].as_entered();
  }

  Bound& of(model::EntrantId id) {
    const auto [found, is_new] = bound_.try_emplace(id);
    if (is_new) found->second.entrant = entered(id);
    return found->second;
  }

  [[nodiscard]] model::EntrantId root(model::EntrantId id) const {
    for (auto found = bound_.find(id); found != bound_.end() && found->second.into;
         found = bound_.find(id)) {
      id = *found->second.into;
    }
    return id;
  }

  [[nodiscard]] std::optional<model::EntrantId> entry_of(const std::string& key) const {
    const auto found = state_.entrant_of.find(key);
    if (found == state_.entrant_of.end()) return std::nullopt;
    if (!state_.entrants[found->second.raw()].listed) return std::nullopt;
    return found->second;
  }

  [[nodiscard]] std::optional<model::EntrantId> who(const std::string& race,
                                                    const model::BibNumber& bib) const {
    const std::string key = entry_key(race, bib);
    if (const auto found = moved_.find(key); found != moved_.end()) return root(found->second);
    const auto id = entry_of(key);
    return id ? std::optional(root(*id)) : std::nullopt;
  }

  const char* move(model::EntrantId id, const std::string& race) {
    const auto& races = state_.configured.races;
    const bool is_known = std::any_of(races.begin(), races.end(),
                                      [&](const model::Race& one) { return one.id == race; });
    if (!is_known) return kNoRace;
    if (of(id).entrant.race == race) return kItself;
    const std::string key = entry_key(race, entered(id).bib);
    if (key != entry_key(entered(id).race, entered(id).bib)) {
      const auto there = moved_.find(key);
      if (entry_of(key) || (there != moved_.end() && root(there->second) != id)) return kTaken;
      moved_[key] = id;
      of(id).names.push_back(key);
    }
    of(id).entrant.race = race;
    return nullptr;
  }

  void merge(model::EntrantId from, model::EntrantId into) {
    Bound& gone = of(from);
    Bound& kept = of(into);
    gone.into = into;
    kept.names.push_back(entry_key(entered(from).race, entered(from).bib));
    kept.names.insert(kept.names.end(), gone.names.begin(), gone.names.end());
    kept.also_bibs.push_back(entered(from).bib);
    kept.also_bibs.insert(kept.also_bibs.end(), gone.also_bibs.begin(), gone.also_bibs.end());
    for (const model::TagCode& chip : gone.entrant.chips) {
      auto& chips = kept.entrant.chips;
      if (std::find(chips.begin(), chips.end(), chip) == chips.end()) chips.push_back(chip);
    }
  }

  const ScorerState& state_;
  std::map<model::EntrantId, Bound> bound_;  // a map: an order that hangs on nothing else
  std::unordered_map<std::string, model::EntrantId> moved_;
};

bool is_dead_heat(const model::RulingFact& ruling) {
  return ruling.kind == model::RulingFact::Kind::DeadHeat;
}

}  // namespace

std::optional<model::EntrantId> ScorerState::whoever(const std::string& key) const {
  if (const auto found = bound_names.find(key); found != bound_names.end()) return found->second;
  const auto found = entrant_of.find(key);
  return found == entrant_of.end() ? std::nullopt : std::optional(found->second);
}

void ScorerState::relate() {
  Binder binder(*this);
  unbound.clear();
  for (const std::size_t index : binding) {
    const auto& ruling = std::get<model::RulingFact>(person_facts[index].fact.body);
    if (!person_facts[index].active || is_dead_heat(ruling)) continue;
    if (const char* why = binder.take(ruling)) unbound.emplace_back(index, why);
  }
  std::vector<model::EntrantId> before = std::move(bound);
  bound.clear();
  bound_names = binder.names();
  for (const auto& [id, as] : binder.bound()) {
    bound.push_back(id);
    rebind(id, &as);
  }
  for (const model::EntrantId id : before) {
    if (!binder.bound().contains(id)) rebind(id, nullptr);
  }
  regroup_heats();
}

/// Makes an entry what rulings make of it; without rulings, what it was entered as.
void ScorerState::rebind(model::EntrantId id, const Bound* as) {
  EntrantState& state = entrants[id.raw()];
  const bool is_live = state.listed && (as == nullptr || !as->into);
  const bool is_same = as != nullptr && state.entered && !state.is_entry_new &&
                       state.live == is_live && state.entrant->race == as->entrant.race &&
                       state.entrant->chips == as->entrant.chips && state.names == as->names &&
                       state.also_bibs == as->also_bibs;
  if (is_same) return;
  state.is_entry_new = false;
  touch(id);
  for (const TagIndex tag : state.tags) touch_owners(tag);
  const std::string race_before = state.entrant->race;
  if (as != nullptr) {
    if (!state.entered) state.entered = state.entrant;
    state.entrant = std::make_shared<model::Entrant>(as->entrant);
    state.names = as->names;
    state.also_bibs = as->also_bibs;
  } else {
    if (state.entered) state.entrant = std::move(state.entered);
    state.entered.reset();
    state.names.clear();
    state.also_bibs.clear();
  }
  state.live = is_live;
  set_tags(state, id);
  for (const TagIndex tag : state.tags) touch_owners(tag);
  if (event_dirty || !has_event) return;
  if (state.race && state.entrant->race != race_before) leave_orders(state, id);
  place_entrant(state);
}

/// Takes an entry out of all orders of its race.
void ScorerState::leave_orders(const EntrantState& state, model::EntrantId id) {
  const std::vector<std::optional<base::Duration>> none(
      event.races[state.race->raw()].points.size() + races[state.race->raw()].legs.size());
  races[state.race->raw()].standings.set(Member{id, state.entrant->sex, state.division, none});
}

/// Who arrived together, by what referees declared. Whoever is in a group that is another one now
/// is touched.
void ScorerState::regroup_heats() {
  const std::map<std::uint32_t, std::vector<model::EntrantId>> before = std::move(heats);
  heats.clear();
  for (const auto& [number, members] : before) {
    for (const model::EntrantId id : members) entrants[id.raw()].heat.reset();
  }
  for (const std::size_t index : binding) {
    const auto& ruling = std::get<model::RulingFact>(person_facts[index].fact.body);
    if (!person_facts[index].active || !is_dead_heat(ruling)) continue;
    const auto number = static_cast<std::uint32_t>(index);
    std::vector<model::BibNumber> bibs = ruling.with;
    bibs.push_back(ruling.bib);
    for (const model::BibNumber& bib : bibs) {
      const auto id = whoever(entry_key(ruling.race, bib));
      if (!id) continue;
      EntrantState& state = entrants[id->raw()];
      if (!state.live || state.heat == number) continue;
      if (state.heat) std::erase(heats[*state.heat], *id);
      state.heat = number;
      heats[number].push_back(*id);
    }
  }
  const auto touch_changed = [&](const auto& groups, const auto& others) {
    for (const auto& [number, members] : groups) {
      const auto other = others.find(number);
      if (other != others.end() && other->second == members) continue;
      for (const model::EntrantId id : members) touch(id);
    }
  };
  touch_changed(before, heats);
  touch_changed(heats, before);
}

}  // namespace hs::scoring
