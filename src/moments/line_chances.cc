#include "moments/line_chances.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace hs::moments {

Loneliness::Loneliness(std::vector<double> densities) : sorted_(std::move(densities)) {
  std::sort(sorted_.begin(), sorted_.end());
  sums_.resize(sorted_.size());
  std::partial_sum(sorted_.begin(), sorted_.end(), sums_.begin());
}

double Loneliness::sum_up_to(double density) const {
  const auto end = std::upper_bound(sorted_.begin(), sorted_.end(), density);
  return end == sorted_.begin() ? 0 : sums_[static_cast<std::size_t>(end - sorted_.begin()) - 1];
}

}  // namespace hs::moments
