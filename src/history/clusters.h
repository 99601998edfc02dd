#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "history/link_model.h"
#include "history/linker.h"
#include "history/roll.h"

namespace hs::history {

/// Groups of records that are one person each, grown pair by pair under hard rules:
/// one result a race; ages that fit over all years, but for one that is wrong; what middle names
/// and suffixes contradict has to be carried by the link; and nothing against somebody's word.
class Clusters {
 public:
  Clusters(const Roll& roll, const LinkModel& model);

  /// Why two groups are not one, or that they are.
  enum class Joined : std::uint8_t { Yes, Already, SameRace, Ages, Names, Word };

  /// Joins the groups of two records where the rules allow it. `accept`: what the link has to be
  /// worth after it has carried what the groups' names contradict.
  Joined join(const LinkedPair& pair, double accept);
  /// Joins by somebody's word, or by what was linked before: no rule but that of one result a race.
  Joined join_known(std::uint32_t a, std::uint32_t b);
  /// From now on the two are never in one group.
  void keep_apart(std::uint32_t a, std::uint32_t b);

  /// The lowest record of a record's group.
  [[nodiscard]] std::uint32_t root(std::uint32_t record) const;

 private:
  /// What names carry beside themselves, a bit each: letters of middle names, suffixes.
  struct Signs {
    std::uint32_t middles = 0;
    std::uint32_t suffixes = 0;
  };
  /// What is known of a group; kept at its root.
  struct Group {
    BirthDays born;  ///< The days that fit all ages.
    std::uint32_t size = 1;
    Signs signs;
    bool has_birth = false;
    bool has_wrong_age = false;  ///< One age is held for a mistake.
  };

  [[nodiscard]] Signs signs_of(std::uint32_t record) const;
  [[nodiscard]] bool share_a_race(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] bool are_kept_apart(std::uint32_t a, std::uint32_t b) const;
  /// The days of both; nothing where their ages contradict each other by more than a mistake.
  [[nodiscard]] static std::optional<Group> ages_of(const Group& a, const Group& b);
  [[nodiscard]] double contradiction(const Signs& a, const Signs& b) const;
  void merge(std::uint32_t a, std::uint32_t b, const Group& ages);

  const Roll& roll_;
  const LinkModel& model_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> next_;  ///< The members of a group in a ring.
  std::vector<Group> groups_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart_;
};

}  // namespace hs::history
