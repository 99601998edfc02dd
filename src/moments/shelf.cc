#include "moments/shelf.h"

#include <algorithm>

namespace hs::moments {

std::vector<Candidate> shelf_of(std::vector<Candidate> candidates, std::size_t top) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.seconds != b.seconds ? a.seconds > b.seconds : a.row < b.row;
  });
  if (candidates.size() > top) candidates.resize(top);
  return candidates;
}

}  // namespace hs::moments
