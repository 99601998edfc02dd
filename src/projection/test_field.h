#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "projection/course.h"

namespace hs::projection {

/// Made-up marathons for the tests: runners of all paces, of whom some hit the wall after 28 km.
/// The same seed gives the same field.
class TestField {
 public:
  explicit TestField(std::uint64_t seed, double heat = 0) : state_(seed), heat_(heat) {}

  static Course marathon() {
    Course course;
    for (const int metres : {5000, 10000, 15000, 20000, 25000, 30000, 35000, 40000, 42195}) {
      course.points.push_back(base::Distance::metres(metres));
    }
    return course;
  }

  Runner runner() {
    Runner out;
    const bool is_woman = unit() < 0.4;
    out.sex = is_woman ? model::Sex::Female : model::Sex::Male;
    out.age = 20 + static_cast<int>(unit() * 50);
    const double pace = 250 + 170 * unit();
    const double fade = 0.01 + 0.03 * normal() + heat_;
    const double wall = unit() < 0.25 + heat_ ? 0.25 * unit() : 0;
    double seconds = 0;
    double km = 0;
    for (const base::Distance point : marathon().points) {
      const double to = static_cast<double>(point.in_millimetres()) / 1e6;
      const double slow = fade * to / 42 + (to > 28 ? wall : 0) + 0.015 * normal();
      seconds += (to - km) * pace * std::exp(slow);
      km = to;
      out.times.push_back(std::chrono::seconds(std::llround(seconds)));
    }
    return out;
  }

  PastRace race(std::size_t count) {
    PastRace out{marathon(), {}};
    for (std::size_t i = 0; i < count; ++i) out.runners.push_back(runner());
    return out;
  }

  double unit() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  double normal() {  // The sum of twelve evens is near enough.
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  }

 private:
  std::uint64_t state_;
  double heat_;
};

}  // namespace hs::projection
