#include "engine/fact_check.h"

#include <algorithm>
#include <string>

namespace hs::engine {
namespace {

using base::ErrorCode;
using base::Result;

template <typename List>
std::string ids_of(const List& list) {
  std::string out;
  for (const auto& item : list) out += (out.empty() ? "" : ", ") + item.id;
  return out;
}

template <typename List>
Result<void> expect_id(const List& list, const std::string& id, const char* what) {
  const bool found =
      std::any_of(list.begin(), list.end(), [&](const auto& item) { return item.id == id; });
  if (found) return {};
  return base::fail(ErrorCode::NotFound, std::string("found the ") + what + " '" + id +
                                             "', expected one of: " + ids_of(list));
}

/// The names that a fact uses; empty ones are not looked up.
struct Names {
  std::string race;
  std::string wave;
  std::string point;
  std::vector<model::BibNumber> bibs;
};

struct NamesOf {
  Names operator()(const model::GunFact& f) const { return {f.race, f.wave, "", {}}; }
  Names operator()(const model::CloseFact& f) const { return {f.race, "", "", {}}; }
  Names operator()(const model::CancelFact& f) const { return {f.race, "", "", {}}; }
  Names operator()(const model::HandReadFact& f) const { return {f.race, "", "", {f.bib}}; }
  Names operator()(const model::NoteFact& f) const { return {f.race, "", f.point, f.bibs}; }
  Names operator()(const model::RulingFact& f) const {
    Names names{f.race, "", f.point, f.with};
    names.bibs.push_back(f.bib);
    return names;
  }
  template <typename Other>
  Names operator()(const Other&) const {
    return {};
  }
};

}  // namespace

Result<void> check_person_fact(const model::Event* event, const scoring::Scorer& scorer,
                               const model::FactBody& body, UnknownBib unknown_bib) {
  if (event == nullptr) {
    return base::fail(ErrorCode::Unsupported, "found no event yet, expected one before a ruling");
  }
  const Names names = std::visit(NamesOf{}, body);
  if (names.race.empty()) return {};
  HS_TRY_VOID(expect_id(event->races, names.race, "race"));
  const auto race = std::find_if(event->races.begin(), event->races.end(),
                                 [&](const model::Race& r) { return r.id == names.race; });
  if (!names.wave.empty()) HS_TRY_VOID(expect_id(race->waves, names.wave, "wave"));
  if (!names.point.empty()) HS_TRY_VOID(expect_id(race->points, names.point, "point"));
  for (const model::BibNumber& bib : names.bibs) {
    if (unknown_bib == UnknownBib::Listed || scorer.find(names.race, bib)) continue;
    return base::fail(
        ErrorCode::NotFound,
        "found the bib '" + bib.str() + "', expected one entered in the race '" + names.race + "'");
  }
  return {};
}

}  // namespace hs::engine
