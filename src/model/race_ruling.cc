#include <array>

#include "model/fact.h"

namespace hs::model {
namespace {

/// A key of a ruling about a race, and whether it was given.
struct Given {
  const char* key;
  bool is_given;
};

/// The first key that was given and has no meaning for the kind.
template <std::size_t N>
std::optional<Misfit> first_given(const RaceRulingFact& ruling, const std::array<Given, N>& keys) {
  for (const auto& [key, is_given] : keys) {
    if (!is_given) continue;
    return Misfit{key, std::string("has no meaning for the ruling '") + name_of(ruling.kind) + "'"};
  }
  return std::nullopt;
}

Misfit missing(const char* key, const RaceRulingFact& ruling) {
  return {key, std::string("is missing, and the ruling '") + name_of(ruling.kind) + "' needs it"};
}

std::optional<Misfit> misfit_of_neutral(const RaceRulingFact& ruling) {
  if (ruling.at) return first_given(ruling, std::array{Given{"at", true}});
  const bool by_points = !ruling.point.empty() || !ruling.to_point.empty();
  const bool by_instants = ruling.from || ruling.until;
  if (by_points == by_instants) {
    return Misfit{"from", "expected either 'from' and 'until' or 'point' and 'to_point'"};
  }
  if (by_instants && !ruling.from) return missing("from", ruling);
  if (by_instants && !ruling.until) return missing("until", ruling);
  if (by_instants && *ruling.from >= *ruling.until) {
    return Misfit{"until", "found a time that is not after 'from'"};
  }
  if (by_points && ruling.point.empty()) return missing("point", ruling);
  if (by_points && ruling.to_point.empty()) return missing("to_point", ruling);
  return std::nullopt;
}

}  // namespace

std::optional<Misfit> misfit_of(const RaceRulingFact& ruling) {
  const Given to_point{"to_point", !ruling.to_point.empty()};
  const Given from{"from", ruling.from.has_value()};
  const Given until{"until", ruling.until.has_value()};
  switch (ruling.kind) {
    case RaceRulingFact::Kind::Shorten:
      if (ruling.point.empty()) return missing("point", ruling);
      return first_given(ruling,
                         std::array{to_point, Given{"at", ruling.at.has_value()}, from, until});
    case RaceRulingFact::Kind::Stop:
      if (!ruling.at) return missing("at", ruling);
      return first_given(ruling, std::array{to_point, from, until});
    case RaceRulingFact::Kind::Neutralise:
      return misfit_of_neutral(ruling);
  }
  return std::nullopt;
}

}  // namespace hs::model
