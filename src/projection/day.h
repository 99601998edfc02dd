#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "projection/course_model.h"

namespace hs::projection {

/// What the day has shown so far about the rest from one point, in spreads of that leg.
struct Correction {
  double shift = 0;              ///< Added to every miss: above zero is slower than in the past.
  double lower = 1;              ///< Stretches the distribution below the median
  double upper = 1;              ///< and above it: heat lengthens the slow side first.
  std::uint64_t distrusted = 0;  ///< Bit i: the mat at point i of the course lies by minutes.
};

/// Today's race, as it has shown itself at every instant.
///
/// Heat moves everybody, so the runners ahead tell of those behind. What counts for a runner at
/// point p is how others who passed p went on to *later mats already crossed*, not only to the
/// finish. The first to cross a later mat are the fast ones, so a runner counts only once his
/// likely latest arrival (99 %) is past: that choice is made by when he passed p, not by how he
/// fared afterwards. Few runners say little and are shrunk to nothing.
///
/// The course may have other points than the model: what is usual at a point between two of the
/// model's lies between what is usual at these.
///
/// A mat that lies by minutes moves all who cross it by more than any weather: what leads to it is
/// not believed, and it is not projected from.
class Day {
 public:
  /// How old a crossing must be before it may be used: uploads take their time.
  static constexpr std::chrono::seconds kDelay{60};

  /// Learns all states of the day at once; `at` gives each of them, and what it gives for an
  /// instant depends on crossings at least `kDelay` before that instant only.
  ///
  /// Shape:   one start a runner; the course is as long as the model's.
  /// Cost:    about 1 us a runner and pair of points, and sorting.
  static Day learn(const CourseModel& model, const Course& course, std::span<const Runner> runners,
                   std::span<const base::RaceTime> starts);

  /// For runners last seen at point `from` of the course. Cost: some binary searches.
  [[nodiscard]] Correction at(std::size_t from, base::RaceTime instant) const;

 private:
  /// What was known of one pair of points from an instant on.
  struct State {
    base::RaceTime since;
    std::size_t count = 0;
    std::array<double, 3> misses{};  ///< At the shares .1, .5, .9.
  };
  struct Entry {
    base::RaceTime since;
    double miss;
  };
  struct Pair {
    std::size_t from = 0;  ///< Points of the course.
    std::size_t to = 0;
    Carry carry;
    double lie = 0;             ///< No weather and no hill moves the median miss by so much.
    std::vector<State> states;  ///< By rising `since`.
  };
  [[nodiscard]] static std::vector<State> states_of(std::vector<Entry> entries);
  [[nodiscard]] static const State* state_at(const Pair& pair, base::RaceTime instant);
  [[nodiscard]] bool is_distrusted(std::size_t point, base::RaceTime instant) const;

  std::vector<Pair> pairs_;
  bool knows_course_ = true;  ///< The past is of this course.
};

}  // namespace hs::projection
