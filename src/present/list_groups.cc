#include "present/list_groups.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "present/listing.h"
#include "present/sentences.h"

namespace hs::present {
namespace {

using model::EntrantId;

/// Puts each entry into the group of its number.
template <typename NumberOf>
std::vector<ListGroup> split_up(const std::vector<EntrantId>& ids,
                                const std::vector<std::string>& titles, const NumberOf& number_of) {
  std::vector<ListGroup> out;
  for (const std::string& title : titles) out.push_back({title, {}});
  for (const EntrantId id : ids) out[number_of(id)].ids.push_back(id);
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](const ListGroup& group) { return group.ids.empty(); }),
            out.end());
  return out;
}

std::vector<ListGroup> by_sex(const model::EventResults& results, const std::vector<EntrantId>& ids,
                              Language language) {
  constexpr std::array kSexes = {model::Sex::Female, model::Sex::Male, model::Sex::X};
  std::vector<std::string> titles;
  for (const model::Sex sex : kSexes) titles.push_back(sex_heading(sex, language));
  titles.push_back(said(language, "export.sex-unknown"));
  return split_up(ids, titles, [&](EntrantId id) {
    const auto& sex = results.entrants[id.raw()].sex;
    return sex ? static_cast<std::size_t>(*sex) : kSexes.size();
  });
}

std::vector<ListGroup> by_division(const model::EventResults& results, const model::Race& race,
                                   const std::vector<EntrantId>& ids, Language language) {
  std::vector<std::string> titles;
  for (const model::Division& division : race.divisions) titles.push_back(division.id);
  titles.push_back(said(language, "export.without-division"));
  return split_up(ids, titles, [&](EntrantId id) -> std::size_t {
    const auto& division = results.runners[id.raw()].division;
    return division ? division->raw() : race.divisions.size();
  });
}

std::vector<EntrantId> by_start(const model::EventResults& results, std::vector<EntrantId> ids) {
  const auto key = [&](EntrantId id) {
    const auto& wave = results.runners[id.raw()].wave;
    return std::tuple(!wave.has_value(), wave ? wave->raw() : 0U);
  };
  std::stable_sort(ids.begin(), ids.end(), [&](EntrantId a, EntrantId b) {
    if (key(a) != key(b)) return key(a) < key(b);
    return results.entrants[a.raw()].bib < results.entrants[b.raw()].bib;
  });
  return ids;
}

}  // namespace

std::vector<ListGroup> list_groups(const model::EventResults& results, model::RaceId race,
                                   ListBy by, Language language) {
  std::vector<EntrantId> ids = listing(results, race);
  if (ids.empty()) return {};
  switch (by) {
    case ListBy::Overall:
      return {{"", std::move(ids)}};
    case ListBy::Sex:
      return by_sex(results, ids, language);
    case ListBy::Division:
      return by_division(results, results.event.races[race.raw()], ids, language);
    case ListBy::Start:
      return {{"", by_start(results, std::move(ids))}};
  }
  return {};
}

std::optional<model::Placing> place_in(const model::RunnerResult& result, ListBy by) {
  if (result.status != model::RunnerStatus::Finished) return std::nullopt;
  switch (by) {
    case ListBy::Overall:
      return result.places.overall;
    case ListBy::Sex:
      return result.places.sex;
    case ListBy::Division:
      return result.places.division;
    case ListBy::Start:
      break;
  }
  return std::nullopt;
}

std::optional<ListBy> parse_list_by(std::string_view text) {
  if (text == "overall") return ListBy::Overall;
  if (text == "sex") return ListBy::Sex;
  if (text == "division") return ListBy::Division;
  if (text == "start") return ListBy::Start;
  return std::nullopt;
}

}  // namespace hs::present
