#include "history/linker.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "history/clusters.h"

// Implementation notes: pairs join groups from the surest to the least sure. What was linked before
// and is not fresh goes first, and before it what people said.

namespace hs::history {
namespace {

void join_known_people(const LinkKnown& known, Clusters& clusters) {
  if (known.people.empty()) return;
  const std::uint32_t most = *std::max_element(known.people.begin(), known.people.end());
  constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> first(std::size_t{most} + 1, kNobody);
  for (std::uint32_t i = 0; i < known.people.size(); ++i) {
    const bool is_fresh = known.fresh.empty() || known.fresh[i];
    const std::uint32_t person = known.people[i];
    if (is_fresh || person == 0) continue;
    if (first[person] == kNobody) {
      first[person] = i;
    } else {
      clusters.join_known(first[person], i);
    }
  }
}

/// Numbers the groups: the lowest number known among their members, where no group has it yet; else
/// a new one, in the order of the records.
std::vector<std::uint32_t> number(const LinkKnown& known, const Clusters& clusters,
                                  std::size_t count) {
  std::vector<std::uint32_t> of_root(count, 0);
  std::uint32_t most = 0;
  for (std::uint32_t i = 0; i < known.people.size(); ++i) {
    most = std::max(most, known.people[i]);
    std::uint32_t& number = of_root[clusters.root(i)];
    if (known.people[i] != 0 && (number == 0 || known.people[i] < number)) {
      number = known.people[i];
    }
  }
  // A person who is parted keeps the number for the group of the lowest record.
  std::vector<bool> is_taken(std::size_t{most} + 1, false);
  std::vector<std::uint32_t> out(count, 0);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (clusters.root(i) != i) {
      out[i] = out[clusters.root(i)];
      continue;
    }
    if (of_root[i] != 0 && !is_taken[of_root[i]]) {
      is_taken[of_root[i]] = true;
      out[i] = of_root[i];
    } else {
      out[i] = ++most;
    }
  }
  return out;
}

}  // namespace

LinkOutcome link(const Roll& roll, const Rarity& rarity, const LinkModel& model,
                 const LinkKnown& known, const LinkOptions& options) {
  const std::size_t count = roll.records().size();
  HS_CHECK(known.people.empty() || known.people.size() == count, "a person a record, or 0");
  HS_CHECK(known.fresh.empty() || known.fresh.size() == count, "fresh or not, each record");
  LinkOutcome out;
  out.probability.assign(count, 1);
  Clusters clusters(roll, model);
  for (const Said& said : known.said) {
    if (said.is_same) {
      clusters.join_known(said.a, said.b);
    } else {
      clusters.keep_apart(said.a, said.b);
    }
  }
  join_known_people(known, clusters);
  std::vector<bool> is_sure(count, false);
  for (const Said& said : known.said) {
    if (said.is_same) is_sure[said.a] = is_sure[said.b] = true;
  }
  std::vector<float> surest(count, 0);
  const auto pairs = likely_pairs(roll, rarity, model, known.fresh, options.doubt);
  for (const LinkedPair& pair : pairs) {
    if (pair.probability < options.accept) {
      if (clusters.root(pair.a) != clusters.root(pair.b)) out.doubts.push_back(pair);
      continue;
    }
    const Clusters::Joined joined = clusters.join(pair, options.accept);
    if (joined == Clusters::Joined::Yes || joined == Clusters::Joined::Already) {
      surest[pair.a] = std::max(surest[pair.a], pair.probability);
      surest[pair.b] = std::max(surest[pair.b], pair.probability);
    } else if (joined != Clusters::Joined::Word) {
      out.doubts.push_back(pair);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (surest[i] > 0 && !is_sure[i]) out.probability[i] = surest[i];
  }
  out.people = number(known, clusters, count);
  const auto is_settled = [&](const LinkedPair& pair) {
    return out.people[pair.a] == out.people[pair.b];
  };
  out.doubts.erase(std::remove_if(out.doubts.begin(), out.doubts.end(), is_settled),
                   out.doubts.end());
  return out;
}

}  // namespace hs::history
