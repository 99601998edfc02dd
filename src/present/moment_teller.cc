#include "present/moment_teller.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "present/shown_name.h"

namespace hs::present {

Teller::Teller(const model::Moment& moment, const model::EventResults& results, Language language)
    : Sentences(language), moment_(moment), results_(results) {
  constexpr std::array<std::string_view, 2> kNames = {"name", "second_name"};
  for (std::size_t i = 0; i < moment.people.size() && i < kNames.size(); ++i) {
    add_entrant(*this, kNames[i], results, moment.people[i]);
  }
}

void Teller::add_entrant(Sentences& to, std::string_view value, const model::EventResults& results,
                         model::EntrantId id) {
  const model::Entrant& entrant = results.entrants[id.raw()];
  to.add_person(value, shown_name(results, id, to.language()), to.bib(entrant.bib.view()),
                entrant.sex);
}

model::EntrantId Teller::add_person_by_bib(Sentences& other,
                                           const model::BibNumber& bib_number) const {
  const auto found = std::find_if(results_.entrants.begin(), results_.entrants.end(),
                                  [&](const model::Entrant& entrant) {
                                    return entrant.race == race().id && entrant.bib == bib_number;
                                  });
  HS_CHECK(found != results_.entrants.end(), "evidence names a bib its race does not have");
  const model::EntrantId id(static_cast<model::EntrantId::rep>(found - results_.entrants.begin()));
  add_entrant(other, "name", results_, id);
  return id;
}

const model::Evidence* Teller::find(std::string_view what, std::size_t nth) const {
  for (const model::Evidence& evidence : moment_.evidence) {
    if (evidence.what == what && nth-- == 0) return &evidence;
  }
  return nullptr;
}

const model::Evidence& Teller::need(std::string_view what, std::size_t nth) const {
  const model::Evidence* found = find(what, nth);
  HS_CHECK(found != nullptr, "a moment lacks the evidence its words need");
  return *found;
}

std::int64_t Teller::seconds(const std::optional<std::int64_t>& value) {
  HS_CHECK(value.has_value(), "evidence lacks a time its words need");
  return *value;
}

std::uint64_t Teller::number(const std::optional<std::uint32_t>& value) {
  HS_CHECK(value.has_value(), "evidence lacks a count its words need");
  return *value;
}

const model::Race& Teller::race() const { return results_.event.races[moment_.race.raw()]; }

std::int64_t Teller::distance_to(const std::string& id) const {
  const auto& points = race().points;
  const auto found =
      std::find_if(points.begin(), points.end(), [&](const model::Point& p) { return p.id == id; });
  HS_CHECK(found != points.end(), "evidence names a point its race does not have");
  return found->distance.in_millimetres();
}

void Teller::add_point(std::string_view value, const std::string& id) {
  Sentences::add_point(value, race(), id);
}

void Teller::add_length(std::string_view value, const std::string& from, const std::string& to) {
  Sentences::add_length(value, distance_to(to) - distance_to(from));
}

void Teller::add_seconds(std::string_view value, const model::Evidence& evidence) {
  add_time(value, seconds(evidence.seconds));
}

void Teller::add_count_of_seconds(std::string_view value, const model::Evidence& evidence) {
  add_count(value, static_cast<std::uint64_t>(seconds(evidence.seconds)));
}

void Teller::add_minutes(std::string_view value, const model::Evidence& evidence) {
  add_count(value, static_cast<std::uint64_t>(seconds(evidence.seconds) / 60));
}

void Teller::add_pace(std::string_view value, const model::Evidence& interval) {
  const std::int64_t length = distance_to(interval.to) - distance_to(interval.from);
  add_time(value, seconds(interval.seconds) * 1'000'000 / length);
}

void Teller::add_expectation(const model::Evidence& interval) {
  add_length("rest", interval.from, interval.to);
  add_time("expected", seconds(interval.expected_seconds));
  add_time("least", seconds(interval.expected_least));
  add_time("most", seconds(interval.expected_most));
}

void Teller::add_total(std::size_t nth) { add_seconds("total", need("passing", nth)); }

void Teller::add_totals() {
  add_total(0);
  add_seconds("second_total", need("passing", 1));
}

}  // namespace hs::present
