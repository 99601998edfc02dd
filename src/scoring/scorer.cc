#include "scoring/scorer.h"

#include <algorithm>

#include "base/check.h"
#include "scoring/scorer_state.h"
#include "scoring/survey.h"

// Implementation notes: this file takes facts and notes what they touch; nothing is folded here.
// A fact about one runner marks that runner, a fact about the event marks everybody
// (`event_dirty`). Reads are kept once, by chip; an entry finds its reads through its chips, so
// that facts may come in any order: a read before its entry, a ruling before its runner.

namespace hs::scoring {

namespace {

/// True for rulings that make something of several entries.
bool binds(model::RulingFact::Kind kind) {
  using Kind = model::RulingFact::Kind;
  return kind == Kind::DeadHeat || kind == Kind::Merge || kind == Kind::SwapChips ||
         kind == Kind::Move;
}

}  // namespace

std::string entry_key(std::string_view race, const model::BibNumber& bib) {
  std::string key(race);
  key += '\0';
  key += bib.view();
  return key;
}

ScorerState::ScorerState(Closing how) : closing(how) {}
ScorerState::~ScorerState() = default;

Scorer::Scorer(Closing closing) : state_(std::make_unique<ScorerState>(closing)) {}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

void Scorer::apply(const model::Fact& fact) {
  HS_CHECK(fact.seq > state_->as_of, "facts must come in the order of the log");
  state_->as_of = fact.seq;
  std::visit([&](const auto& body) { state_->take(fact.seq, body); }, fact.body);
}

void Scorer::apply_read(model::FactSeq seq, const model::Read& read) {
  HS_CHECK(seq > state_->as_of, "facts must come in the order of the log");
  state_->as_of = seq;
  state_->take_read(seq, read);
}

model::FactSeq Scorer::as_of() const { return state_->as_of; }
std::size_t Scorer::runner_count() const { return state_->entrants.size(); }
std::size_t Scorer::folded_last() const { return state_->folded_last; }
void Scorer::settle() { state_->settle(); }

std::vector<model::EntrantId> Scorer::take_folded() {
  settle();
  std::vector<model::EntrantId> folded;
  if (state_->folded_since) folded = std::move(*state_->folded_since);
  state_->folded_since.emplace();
  std::sort(folded.begin(), folded.end());
  folded.erase(std::unique(folded.begin(), folded.end()), folded.end());
  return folded;
}

const model::Event* Scorer::event() const {
  return state_->has_event ? &state_->configured : nullptr;
}
const model::Event* Scorer::event_now() {
  if (!state_->has_event) return nullptr;
  state_->settle();
  return &state_->event;
}
const model::Entrant& Scorer::entrant(model::EntrantId id) const {
  return *state_->entrants[id.raw()].entrant;
}
const model::Person& Scorer::person(model::EntrantId id) const { return state_->persons[id.raw()]; }
std::shared_ptr<const model::Entrant> Scorer::shared_entrant(model::EntrantId id) const {
  return state_->entrants[id.raw()].entrant;
}
std::shared_ptr<const model::Person> Scorer::shared_person(model::EntrantId id) const {
  return state_->persons.row(id.raw());
}
std::vector<model::Fact> Scorer::decisions() const {
  std::vector<model::Fact> out;
  for (const PersonFact& fact : state_->person_facts) out.push_back(fact.fact);
  return out;
}

std::optional<model::FactKind> Scorer::kind_of_fact(model::FactSeq seq) const {
  if (state_->reads.find(seq) != nullptr) return model::FactKind::Read;
  for (const PersonFact& fact : state_->person_facts) {
    if (fact.fact.seq == seq) return model::kind_of(fact.fact.body);
  }
  return std::nullopt;
}
bool Scorer::is_read_of(model::FactSeq read, model::EntrantId id) const {
  const ReadRow* row = state_->reads.find(read);
  if (row == nullptr) return false;
  const auto& owners = state_->owners_of_tag[row->tag.raw()];
  return std::find(owners.begin(), owners.end(), id) != owners.end();
}

bool Scorer::holds(model::FactSeq seq) const {
  return std::any_of(state_->person_facts.begin(), state_->person_facts.end(),
                     [&](const PersonFact& fact) { return fact.fact.seq == seq && fact.active; });
}

const model::Entrant& Scorer::entered(model::EntrantId id) const {
  const EntrantState& state = state_->entrants[id.raw()];
  return state.as_entered();
}
bool Scorer::is_listed(model::EntrantId id) const { return state_->entrants[id.raw()].listed; }

std::optional<model::EntrantId> Scorer::find_entry(std::string_view race,
                                                   const model::BibNumber& bib) const {
  const auto found = state_->entrant_of.find(entry_key(race, bib));
  if (found == state_->entrant_of.end() || !is_listed(found->second)) return std::nullopt;
  return found->second;
}

bool Scorer::is_erased(std::string_view race, const model::BibNumber& bib) const {
  return state_->erased.contains(entry_key(race, bib));
}

bool Scorer::is_live(model::EntrantId id) const { return state_->entrants[id.raw()].live; }

std::optional<model::EntrantId> Scorer::find(std::string_view race,
                                             const model::BibNumber& bib) const {
  const auto found = state_->whoever(entry_key(race, bib));
  if (!found) return std::nullopt;
  const EntrantState& state = state_->entrants[found->raw()];
  // Whoever moved is not to be found where they were entered.
  if (!state.live || state.entrant->race != race || state.entrant->bib != bib) return std::nullopt;
  return found;
}

// --- facts ------------------------------------------------------------------------------------

void ScorerState::take(model::FactSeq, const model::EventFact& fact) {
  configured = fact.event;
  has_event = true;
  event_dirty = true;
  if (!binding.empty()) relate();
}

void ScorerState::take(model::FactSeq, const model::EntrantFact& said) {
  const std::string key = entry_key(said.entrant.race, said.entrant.bib);
  model::EntrantFact fact = said;
  if (erased.contains(key)) model::erase_person(fact);
  const auto [found, is_new] =
      entrant_of.emplace(key, model::EntrantId(static_cast<std::uint32_t>(entrants.size())));
  const model::EntrantId id = found->second;
  if (is_new) {
    entrants.emplace_back();
    persons.push_back({});
  }
  EntrantState& state = entrants[id.raw()];
  persons.replace(id.raw(), fact.person);
  state.listed = true;
  touch(id);
  if (state.entered) {
    state.entered = std::make_shared<model::Entrant>(fact.entrant);
    state.is_entry_new = true;
  } else {
    for (const TagIndex tag : state.tags) touch_owners(tag);
    state.entrant = std::make_shared<model::Entrant>(fact.entrant);
    state.live = true;
    set_tags(state, id);
    for (const TagIndex tag : state.tags) touch_owners(tag);
    // Until the event is known nothing can be placed; `derive_event` places everybody.
    if (!event_dirty && has_event) place_entrant(state);
  }
  if (!binding.empty()) relate();
}

void ScorerState::take(model::FactSeq, const model::EntrantRemovedFact& fact) {
  const auto found = entrant_of.find(entry_key(fact.race, fact.bib));
  if (found == entrant_of.end()) return;
  EntrantState& state = entrants[found->second.raw()];
  for (const TagIndex tag : state.tags) touch_owners(tag);
  state.listed = false;
  state.live = false;
  set_tags(state, found->second);
  touch(found->second);
  if (!binding.empty()) relate();
}

void ScorerState::take(model::FactSeq seq, const model::EraseFact& fact) {
  take_person_fact(seq, fact);
  const std::string key = entry_key(fact.race, fact.bib);
  if (!erased.insert(key).second) return;
  const auto found = entrant_of.find(key);
  if (found == entrant_of.end()) return;
  const EntrantState& state = entrants[found->second.raw()];
  persons.replace(found->second.raw(), {});
  if (state.listed) take(seq, model::EntrantFact{state.as_entered(), {}});
}

StreamState& ScorerState::stream_at(model::StreamId id) {
  if (id.raw() >= streams.size()) streams.resize(std::size_t{id.raw()} + 1);
  return streams[id.raw()];
}

void ScorerState::take(model::FactSeq, const model::StreamFact& fact) {
  StreamState& state = stream_at(fact.id);
  const bool is_corrected =
      std::any_of(person_facts.begin(), person_facts.end(), [](const PersonFact& said) {
        return std::holds_alternative<model::ClockCorrectionFact>(said.fact.body);
      });
  // A device that speaks for the first time, at a mat that is known, changes nobody yet.
  const bool is_first = !state.known && !state.has_reads && mats.find(fact.stream.mat);
  state.known = true;
  state.stream = fact.stream;
  state.mat = mats.intern(fact.stream.mat);
  state.clock.configure(fact.stream);
  const std::string device = fact.stream.device + '\0' + fact.stream.epoch;
  state.device =
      device_numbers.emplace(device, static_cast<std::uint32_t>(device_numbers.size() + 1))
          .first->second;
  if (is_first && !is_corrected) return;
  correct_reads_of(fact.id.raw());
  event_dirty = true;
}

void ScorerState::take(model::FactSeq seq, const model::ReadFact& fact) {
  take_read(seq, fact.read);
}

void ScorerState::take_read(model::FactSeq seq, const model::Read& read) {
  StreamState& stream = stream_at(read.stream);
  ReadRow row;
  row.seq = seq;
  row.raw = read.time;
  row.position = model::position_of(read);
  row.line = read.line;
  row.stream = read.stream.raw();
  row.tag = intern(read.tag, read.by);
  row.has_device_seq = read.device_seq.has_value();
  row.time = stream.clock.correct(read.time, row.position);
  reads.add(row);
  stream.has_reads = true;
  if (event_dirty) return;
  note_last_read(row.time);
  for (const model::EntrantId owner : owners_of_tag[row.tag.raw()]) touch(owner);
}

void ScorerState::take(model::FactSeq seq, const model::ReadConflictFact& fact) {
  (void)stream_at(fact.read.stream);  // So that it can be looked up, known or not.
  conflicts.emplace_back(seq, fact);
}

void ScorerState::take(model::FactSeq seq, const model::MarkerFact& fact) {
  markers.push_back({seq, fact});
  if (stream_at(fact.stream).clock.add_marker(fact.marker)) {
    correct_reads_of(fact.stream.raw());
    event_dirty = true;
  }
}

void ScorerState::take(model::FactSeq, const model::HandLineFact& fact) {
  (void)stream_at(fact.stream);
  hand_lines.push_back(fact);
}

void ScorerState::correct_reads_of(std::uint32_t stream) {
  if (!streams[stream].has_reads) return;
  const ClockMap& clock = streams[stream].clock;
  reads.for_each_by_chip([&](ReadRow& row) {
    if (row.stream == stream) row.time = clock.correct(row.raw, row.position);
  });
}

// --- facts made by persons ----------------------------------------------------------------------

void ScorerState::take_person_fact(model::FactSeq seq, model::FactBody body) {
  person_facts.push_back({{seq, std::move(body)}, true});
  const PersonFact& added = person_facts.back();
  if (const auto* ruling = std::get_if<model::RulingFact>(&added.fact.body)) {
    const std::size_t index = person_facts.size() - 1;
    facts_about[entry_key(ruling->race, ruling->bib)].push_back(index);
    if (binds(ruling->kind)) binding.push_back(index);
    if (ruling->kind == model::RulingFact::Kind::Assisted) {
      for (const model::BibNumber& helper : ruling->with) {
        facts_about[entry_key(ruling->race, helper)].push_back(index);
      }
    }
  } else if (const auto* hand = std::get_if<model::HandReadFact>(&added.fact.body)) {
    facts_about[entry_key(hand->race, hand->bib)].push_back(person_facts.size() - 1);
  } else if (std::holds_alternative<model::UndoFact>(added.fact.body)) {
    weigh_undos();
    return;
  }
  spread(added);
}

/// Decides again which facts hold. An undo that is itself undone does not count; since an undo is
/// always later than what it takes back, one pass from the newest on is enough.
void ScorerState::weigh_undos() {
  std::vector<bool> before;
  before.reserve(person_facts.size());
  for (PersonFact& fact : person_facts) {
    before.push_back(fact.active);
    fact.active = true;
  }
  for (auto newest = person_facts.rbegin(); newest != person_facts.rend(); ++newest) {
    const auto* undo = std::get_if<model::UndoFact>(&newest->fact.body);
    if (undo == nullptr || !newest->active) continue;
    for (PersonFact& fact : person_facts) {
      if (fact.fact.seq == undo->undone && fact.fact.seq < newest->fact.seq) fact.active = false;
    }
  }
  for (std::size_t i = 0; i < person_facts.size(); ++i) {
    if (person_facts[i].active != before[i]) spread(person_facts[i]);
  }
}

/// Notes what a person's fact touches, whether it came or went.
void ScorerState::spread(const PersonFact& changed) {
  switch (model::kind_of(changed.fact.body)) {
    case model::FactKind::Ruling:
    case model::FactKind::HandRead:
      touch_subject(changed.fact.body);
      break;
    case model::FactKind::Gun:
    case model::FactKind::Close:
    case model::FactKind::Cancel:
    case model::FactKind::RaceRuling:
    case model::FactKind::ClockCorrection:
      event_dirty = true;
      break;
    case model::FactKind::Event:
    case model::FactKind::Entrant:
    case model::FactKind::EntrantRemoved:
    case model::FactKind::Stream:
    case model::FactKind::Read:
    case model::FactKind::ReadConflict:
    case model::FactKind::Marker:
    case model::FactKind::HandLine:
    case model::FactKind::Note:
    case model::FactKind::Undo:
    case model::FactKind::Hide:
    case model::FactKind::Erase:
    case model::FactKind::Publish:
      break;
  }
}

void ScorerState::touch_subject(const model::FactBody& body) {
  if (const auto* ruling = std::get_if<model::RulingFact>(&body)) {
    touch_key(entry_key(ruling->race, ruling->bib));
    if (ruling->kind == model::RulingFact::Kind::Assisted) {
      for (const model::BibNumber& helper : ruling->with) {
        touch_key(entry_key(ruling->race, helper));
      }
    }
    if (binds(ruling->kind)) relate();
    return;
  }
  const auto& hand = std::get<model::HandReadFact>(body);
  if (!mats.find(hand.mat)) event_dirty = true;
  touch_key(entry_key(hand.race, hand.bib));
}

void ScorerState::touch_key(const std::string& key) {
  if (const auto id = whoever(key)) touch(*id);
}

// --- who is touched -----------------------------------------------------------------------------

TagIndex ScorerState::intern(const model::TagCode& tag, model::ReadBy by) {
  const TagIndex index = tags.intern(tag, by);
  if (index.raw() >= owners_of_tag.size()) owners_of_tag.resize(std::size_t{index.raw()} + 1);
  return index;
}

void ScorerState::touch(model::EntrantId id) {
  EntrantState& state = entrants[id.raw()];
  // A new entry is born dirty and still has to be listed, so the list may name one twice.
  if (state.dirty && !dirty.empty() && dirty.back() == id) return;
  state.dirty = true;
  dirty.push_back(id);
}

void ScorerState::touch_owners(TagIndex tag) {
  for (const model::EntrantId owner : owners_of_tag[tag.raw()]) touch(owner);
}

/// Makes the chips of an entry its own: one number a chip, and one for reads by its bib.
void ScorerState::set_tags(EntrantState& state, model::EntrantId id) {
  for (const TagIndex tag : state.tags) std::erase(owners_of_tag[tag.raw()], id);
  state.tags.clear();
  if (!state.live) return;
  for (const model::TagCode& chip : state.entrant->chips) {
    state.tags.push_back(intern(chip, model::ReadBy::Chip));
  }
  state.tags.push_back(intern(model::TagCode::of_bib(state.entrant->bib), model::ReadBy::Bib));
  for (const model::BibNumber& bib : state.also_bibs) {
    state.tags.push_back(intern(model::TagCode::of_bib(bib), model::ReadBy::Bib));
  }
  std::sort(state.tags.begin(), state.tags.end());
  state.tags.erase(std::unique(state.tags.begin(), state.tags.end()), state.tags.end());
  for (const TagIndex tag : state.tags) owners_of_tag[tag.raw()].push_back(id);
}

}  // namespace hs::scoring
