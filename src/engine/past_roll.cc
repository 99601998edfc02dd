#include "engine/past_roll.h"

#include <map>

namespace hs::engine {

std::vector<PastRoll::Key> PastRoll::keys_of(const model::EventResults& results) {
  std::vector<Key> out;
  out.reserve(results.entrants.size());
  for (const model::Entrant& entrant : results.entrants) {
    out.emplace_back(entrant.race, entrant.bib.str());
  }
  return out;
}

PastRoll::PastRoll(std::shared_ptr<const model::Past> past, const model::EventResults& results)
    : past_(std::move(past)) {
  if (past_) keys_ = keys_of(results);
}

std::shared_ptr<const model::Past> PastRoll::of(const model::EventResults& results) {
  if (!past_) return nullptr;
  std::vector<Key> now = keys_of(results);
  if (now == keys_) return past_;
  std::map<Key, std::size_t> before;
  for (std::size_t i = 0; i < keys_.size(); ++i) before.emplace(keys_[i], i);
  auto out = std::make_shared<model::Past>();
  out->races = past_->races;
  out->bests = past_->bests;
  out->runners.resize(now.size());
  // Grades hang on the finish, which had not been run when the past was put together.
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto found = before.find(now[i]);
    const bool has_past = found != before.end() && found->second < past_->runners.size();
    if (has_past) out->runners[i] = past_->runners[found->second];
  }
  past_ = std::move(out);
  keys_ = std::move(now);
  return past_;
}

}  // namespace hs::engine
