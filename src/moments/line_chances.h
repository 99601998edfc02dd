#pragma once

#include <vector>

namespace hs::moments {

/// How many finishers a second chance had to work with, summed over those who came in among as few
/// or fewer.
class Loneliness {
 public:
  /// `densities`: finishers a second around each finisher, in any order. Cost: O(n log n).
  explicit Loneliness(std::vector<double> densities);
  [[nodiscard]] double total() const { return sums_.empty() ? 0 : sums_.back(); }
  /// Cost: O(log n).
  [[nodiscard]] double sum_up_to(double density) const;

 private:
  std::vector<double> sorted_;
  std::vector<double> sums_;
};

/// How thickly a field came in.
struct LineChances {
  Loneliness all;
  Loneliness apart;  ///< Counting those who started elsewhere only.
};

}  // namespace hs::moments
