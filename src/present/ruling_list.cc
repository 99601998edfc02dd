#include "present/ruling_list.h"

#include <algorithm>
#include <utility>
#include <variant>

// Implementation notes: an undo may be undone. Facts are gone through from the last to the first,
// so that whether an undo holds is known before the fact it names is met.

namespace hs::present {
namespace {

/// A race and a bib in it.
using Name = std::pair<std::string, std::string>;

/// Who a name means since rulings moved or merged it.
Name name_now(const std::map<Name, Name>& onward, Name name) {
  // Each step takes one ruling; a circle of moves ends after as many as there are.
  for (std::size_t i = 0; i < onward.size(); ++i) {
    const auto next = onward.find(name);
    if (next == onward.end()) break;
    name = next->second;
  }
  return name;
}

/// By the rulings that hold: which name became which.
std::map<Name, Name> renamed(std::span<const model::Fact> facts,
                             const std::map<model::FactSeq, model::FactSeq>& gone) {
  using Kind = model::RulingFact::Kind;
  std::map<Name, Name> onward;
  for (const model::Fact& fact : facts) {
    const auto* ruling = std::get_if<model::RulingFact>(&fact.body);
    if (ruling == nullptr || gone.contains(fact.seq)) continue;
    const Name name{ruling->race, ruling->bib.str()};
    if (ruling->kind == Kind::Move) onward[name] = {ruling->to, ruling->bib.str()};
    if (ruling->kind == Kind::Merge && !ruling->with.empty()) {
      const std::string& race = ruling->to.empty() ? ruling->race : ruling->to;
      onward[name] = {race, ruling->with.front().str()};
    }
  }
  return onward;
}

/// The one thing that a ruling speaks about, and of which a later one may speak otherwise: whose,
/// and what. Nothing where such rulings add up, or where it is none.
std::optional<std::string> matter_of(const model::Event& event, const std::map<Name, Name>& onward,
                                     const model::FactBody& body) {
  if (const auto* ruling = std::get_if<model::RaceRulingFact>(&body)) {
    if (ruling->kind == model::RaceRulingFact::Kind::Neutralise) return std::nullopt;
    return ruling->race + "//" + model::name_of(ruling->kind);
  }
  const auto* ruling = std::get_if<model::RulingFact>(&body);
  if (ruling == nullptr) return std::nullopt;
  // A move is about the name it moves: followed onward, each would be about another.
  const Name named{ruling->race, ruling->bib.str()};
  const bool is_move = ruling->kind == model::RulingFact::Kind::Move;
  const auto [race, bib] = is_move ? named : name_now(onward, named);
  const auto found = std::find_if(event.races.begin(), event.races.end(),
                                  [&](const model::Race& one) { return one.id == race; });
  if (found == event.races.end()) return std::nullopt;
  const std::string subject = subject_of(*ruling, *found);
  if (subject.empty()) return std::nullopt;
  return race + "/" + bib + "/" + subject;
}

bool is_ruling(const model::FactBody& body) {
  return std::holds_alternative<model::RulingFact>(body) ||
         std::holds_alternative<model::RaceRulingFact>(body) ||
         std::holds_alternative<model::CancelFact>(body) ||
         std::holds_alternative<model::CloseFact>(body);
}

}  // namespace

std::map<model::FactSeq, model::FactSeq> undone_by(std::span<const model::Fact> facts) {
  std::map<model::FactSeq, model::FactSeq> gone;
  for (std::size_t i = facts.size(); i-- > 0;) {
    const auto* undo = std::get_if<model::UndoFact>(&facts[i].body);
    if (undo != nullptr && !gone.contains(facts[i].seq)) gone[undo->undone] = facts[i].seq;
  }
  return gone;
}

std::string subject_of(const model::RulingFact& ruling, const model::Race& race) {
  using Kind = model::RulingFact::Kind;
  switch (ruling.kind) {
    case Kind::Disqualify:
    case Kind::Reinstate:
    case Kind::DidNotFinish:
    case Kind::DidNotStart:
    case Kind::OutOfCompetition:
      return "status";
    case Kind::Start:
      return ruling.point.empty() ? race.points.front().id : "leg from " + ruling.point;
    case Kind::Finish:
      return race.points.back().id;
    case Kind::ForceRead:
      return ruling.point;
    case Kind::Move:
      return "race";
    case Kind::Penalty:
    case Kind::AcceptStart:
    case Kind::AcceptWave:
    case Kind::IgnoreRead:
    case Kind::DeadHeat:
    case Kind::Assisted:
    case Kind::Merge:
    case Kind::SwapChips:
      return {};
  }
  return {};
}

bool are_of_two_legs(const model::RulingFact& a, const model::RulingFact& b) {
  using Kind = model::RulingFact::Kind;
  return a.kind == Kind::DidNotFinish && b.kind == Kind::DidNotFinish && !a.point.empty() &&
         !b.point.empty() && a.point != b.point;
}

const char* name_of(Decision::State state) {
  switch (state) {
    case Decision::State::Holds:
      return "holds";
    case Decision::State::TakenBack:
      return "taken-back";
    case Decision::State::Moot:
      return "moot";
  }
  return "";
}

std::vector<ListedRuling> all_rulings(const model::Event& event,
                                      std::span<const model::Fact> facts) {
  const std::map<model::FactSeq, model::FactSeq> gone = undone_by(facts);
  const std::map<Name, Name> onward = renamed(facts, gone);
  std::map<std::string, const model::Fact*> last;
  std::vector<ListedRuling> out;
  for (std::size_t i = facts.size(); i-- > 0;) {
    const model::Fact& fact = facts[i];
    if (!is_ruling(fact.body)) continue;
    ListedRuling& one = out.emplace_back(ListedRuling{&fact, Decision::State::Holds, std::nullopt});
    if (const auto undo = gone.find(fact.seq); undo != gone.end()) {
      one.state = Decision::State::TakenBack;
      one.since = undo->second;
      continue;
    }
    const auto matter = matter_of(event, onward, fact.body);
    if (!matter) continue;
    const auto [later, is_last] = last.emplace(*matter, &fact);
    const auto* ruling = std::get_if<model::RulingFact>(&fact.body);
    const auto* other = std::get_if<model::RulingFact>(&later->second->body);
    if (is_last || (ruling && other && are_of_two_legs(*ruling, *other))) continue;
    one.state = Decision::State::Moot;
    one.since = later->second->seq;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace hs::present
