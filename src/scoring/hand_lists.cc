#include "scoring/hand_lists.h"

#include <algorithm>
#include <map>

#include "scoring/scorer.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

std::size_t Scorer::hand_line_count() const { return state_->hand_lines.size(); }

HandTiming Scorer::hand_timing() {
  settle();
  const ScorerState& s = *state_;
  std::map<model::StreamId, HandList> lists;
  for (const model::HandLineFact& fact : s.hand_lines) {
    const StreamState& stream = s.streams[fact.stream.raw()];
    if (!stream.known) continue;
    HandList& list = lists[fact.stream];
    HandListLine line;
    line.line = fact.line;
    if (fact.time) line.at = stream.clock.correct(*fact.time, fact.line);
    line.bib = fact.bib;
    list.lines.push_back(line);
  }
  HandTiming out;
  for (auto& [id, list] : lists) {
    const StreamState& stream = s.streams[id.raw()];
    list.stream = id;
    list.mat = stream.stream.mat;
    list.name = stream.stream.epoch;
    list.from = stream.stream.file;
    std::stable_sort(list.lines.begin(), list.lines.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    out.lists.push_back(std::move(list));
  }
  for (const PersonFact& fact : s.person_facts) {
    const auto* hand = std::get_if<model::HandReadFact>(&fact.fact.body);
    if (hand == nullptr || !fact.active) continue;
    out.accepted.push_back(
        {fact.fact.seq, hand->race, hand->bib, hand->mat, hand->at, hand->author.by});
  }
  return out;
}

}  // namespace hs::scoring
