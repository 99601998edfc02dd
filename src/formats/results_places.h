#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/questions.h"
#include "model/published.h"

namespace hs::formats {

/// How the official places of one kind compare with the times.
///
/// In each field the runners stand in the order of their time, and those of one second may stand
/// in any order. A place agrees if a runner of that second may hold it. Places that are missing in
/// the file (a runner was taken out) are no difference. `out_of_order` is the least number of
/// runners without whom places and times never contradict each other: one runner far from his
/// place makes everybody between differ by one, but himself alone out of order.
struct PlacesCheck {
  std::string kind;               ///< "overall", "sex", "division".
  model::PublishedClock clock{};  ///< The time they follow best.
  std::uint64_t fields = 0;
  std::uint64_t agreeing = 0;
  std::uint64_t differing = 0;
  std::uint64_t out_of_order = 0;
  struct Difference {
    int line = 0;
    std::uint32_t place = 0;  ///< As published.
    std::uint32_t least = 0;  ///< By time, the best and the worst place of that second.
    std::uint32_t most = 0;
  };
  std::vector<Difference> first;  ///< The first few out of order, by line.
};

/// Tells the fields of a race apart: who is placed among wheelchairs or handcycles is marked as
/// apart, and the mode is set where bibs, divisions and times tell it. Asks about what they do not.
void tell_fields(model::PublishedRace& race, Questions& questions);

/// Compares each kind of place that the file has with each finishing time, and gives the best
/// agreement of each kind. Sets `ranked_by` by the overall places (else by sex, else division)
/// where at least 19 of 20 are in order.
///
/// Order: overall, sex, division. A kind without places, or whose fields nothing tells apart, is
///        left out.
/// Cost:  O(n log n) a kind and clock.
[[nodiscard]] std::vector<PlacesCheck> check_places(model::PublishedRace& race);

}  // namespace hs::formats
