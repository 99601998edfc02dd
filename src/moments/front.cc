#include "moments/front.h"

#include <algorithm>

namespace hs::moments {
namespace {

constexpr std::uint32_t kFront = 10;

}  // namespace

std::vector<FrontRunner> front_of(const FieldView& view, std::optional<model::Sex> sex) {
  std::vector<FrontRunner> front;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const std::uint32_t place = sex ? view.place_sex[row] : view.place[row];
    if (place == 0 || place > kFront) continue;
    const model::RunnerResult& runner = view.runner(row);
    const auto& placing = sex ? runner.places.sex : runner.places.overall;
    if (!placing || !runner.ranking) continue;
    if (sex && view.results->entrants[view.people[row].raw()].sex != sex) continue;
    if (placing->shared) return {};
    front.push_back({row, placing->place, static_cast<double>(runner.ranking->count()) * 1e-6});
  }
  std::sort(front.begin(), front.end(),
            [](const FrontRunner& a, const FrontRunner& b) { return a.place < b.place; });
  return front;
}

bool is_referees_case(const FieldView& view, std::size_t row) {
  const auto& items = view.results->attention;
  return std::any_of(items.begin(), items.end(), [&](const model::Attention& item) {
    return item.kind == model::Attention::Kind::SharedInstant &&
           (item.entrant == view.people[row] || item.other_entrant == view.people[row]);
  });
}

}  // namespace hs::moments
