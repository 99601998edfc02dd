#include "present/listing.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "present/wording.h"

namespace hs::present {
namespace {

/// Where a status stands in a list. Those a reader looks for first come first.
int list_rank(model::RunnerStatus status) {
  switch (status) {
    case model::RunnerStatus::Finished:
      return 0;
    case model::RunnerStatus::Running:
    case model::RunnerStatus::Stopped:
      return 1;
    case model::RunnerStatus::Unresolved:
      return 2;
    case model::RunnerStatus::OutOfCompetition:
      return 3;
    case model::RunnerStatus::DidNotFinish:
      return 4;
    case model::RunnerStatus::Disqualified:
      return 5;
    case model::RunnerStatus::Entered:
      return 6;
    case model::RunnerStatus::DidNotStart:
      return 7;
    case model::RunnerStatus::Deferred:
      return 8;
  }
  return 9;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Parts of column names that mark what is never published, whatever an event file says.
constexpr std::array<std::string_view, 22> kNeverPublished = {
    "birth",  "dob",    "born",    "geburt",  "naissance", "note",    "remark",    "comment",
    "phone",  "mobile", "telef",   "tel.",    "mail",      "contact", "emergency", "medic",
    "allerg", "health", "illness", "address", "street",    "passport"};

bool is_never_published(std::string_view column) {
  const std::string name = lower_ascii(column);
  if (name == "tel" || name == "ice") return true;
  return std::any_of(kNeverPublished.begin(), kNeverPublished.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace

bool shows_place(model::RunnerStatus status) {
  return status == model::RunnerStatus::Finished || status == model::RunnerStatus::Stopped;
}

std::vector<model::EntrantId> listing(const model::EventResults& results, model::RaceId race) {
  std::vector<model::EntrantId> out = results.order[race.raw()];
  const auto key = [&](model::EntrantId id) {
    const model::RunnerResult& r = results.runners[id.raw()];
    const bool unplaced = !r.places.overall.has_value();
    return std::tuple(unplaced, unplaced ? 0U : r.places.overall->place,
                      unplaced ? list_rank(r.status) : 0);
  };
  std::stable_sort(out.begin(), out.end(), [&](model::EntrantId a, model::EntrantId b) {
    const auto key_a = key(a);
    const auto key_b = key(b);
    if (key_a != key_b) return key_a < key_b;
    // Those who share a place keep the order of the results; others go by bib.
    if (!std::get<0>(key_a)) return false;
    return results.entrants[a.raw()].bib < results.entrants[b.raw()].bib;
  });
  return out;
}

std::vector<std::string> published_columns(const model::Event& event) {
  std::vector<std::string> out;
  for (const std::string& column : event.publish_columns) {
    if (!is_never_published(column)) out.push_back(column);
  }
  return out;
}

std::string published_value(const model::Entrant& entrant, const model::Person& person,
                            const std::string& column) {
  if (entrant.is_private || is_never_published(column)) return {};
  if (column == "club") return person.club;
  if (column == "group") return person.group;
  if (column == "city") return person.city;
  if (column == "state") return person.state;
  if (column == "country") return person.country;
  for (const auto& [name, value] : person.extra) {
    if (name == column) return value;
  }
  return {};
}

std::vector<model::MissedInterval> missed_of(const model::EventResults& results,
                                             model::EntrantId entrant) {
  const auto less = [](const model::MissedInterval& a, model::EntrantId b) {
    return a.entrant < b;
  };
  std::vector<model::MissedInterval> out;
  for (auto at = std::lower_bound(results.missed.begin(), results.missed.end(), entrant, less);
       at != results.missed.end() && at->entrant == entrant; ++at) {
    out.push_back(*at);
  }
  return out;
}

std::string interval_note(const model::EventResults& results, model::EntrantId entrant) {
  const model::Race& race = results.event.races[results.runners[entrant.raw()].race.raw()];
  std::string out;
  for (const model::MissedInterval& missed : missed_of(results, entrant)) {
    if (!out.empty()) out += ';';
    out += race.points[missed.point.raw()].id + ":" + h_mm_ss(missed.earliest.value()) + "-" +
           h_mm_ss(missed.latest.value());
  }
  return out;
}

}  // namespace hs::present
