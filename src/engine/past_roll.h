#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/past.h"
#include "model/result.h"

namespace hs::engine {

/// Keeps what an archive knows of the entries in step with a list of entries that may change on the
/// day: who comes late is not looked up, who goes is left out, everybody else keeps their past.
///
/// Threads: one at a time; what it gives out may be read by all.
class PastRoll {
 public:
  PastRoll() = default;
  /// `past` is of the entries of `results`; may be null.
  PastRoll(std::shared_ptr<const model::Past> past, const model::EventResults& results);

  /// By the entries of `results` as they are now; the same value while nobody came or went.
  /// Cost: O(entrants), and a copy where somebody did.
  [[nodiscard]] std::shared_ptr<const model::Past> of(const model::EventResults& results);

 private:
  using Key = std::pair<std::string, std::string>;  ///< Race and bib.
  [[nodiscard]] static std::vector<Key> keys_of(const model::EventResults& results);

  std::shared_ptr<const model::Past> past_;
  std::vector<Key> keys_;  ///< Of the entries that `past_` is of.
};

}  // namespace hs::engine
