#include "model/published.h"

#include <algorithm>

namespace hs::model {
namespace {

constexpr std::array kClocks = {"official", "gun", "net"};
static_assert(kClocks.size() == static_cast<std::size_t>(PublishedClock::Net) + 1);
constexpr std::array<const char*, kPublishedTexts> kTexts = {
    "bib",   "name",    "first_name",  "last_name", "age_group", "division", "city",
    "state", "country", "citizenship", "club",      "team",      "note"};

bool same_head(const PublishedRace& a, const PublishedRace& b) {
  return a.id == b.id && a.name == b.name && a.date == b.date &&
         a.is_interrupted == b.is_interrupted && a.distance == b.distance &&
         a.resolution == b.resolution && a.split_clock == b.split_clock &&
         a.ranked_by == b.ranked_by && a.points == b.points && a.results.size() == b.results.size();
}

bool same_facts(const PublishedResult& a, const PublishedResult& b) {
  return a.sex == b.sex && a.age == b.age && a.laps == b.laps && a.mode == b.mode &&
         a.is_apart == b.is_apart && a.status == b.status && a.gun == b.gun && a.net == b.net &&
         a.official == b.official && a.started_at == b.started_at &&
         a.place_overall == b.place_overall && a.place_sex == b.place_sex &&
         a.place_division == b.place_division && a.age_grade == b.age_grade && a.line == b.line;
}

}  // namespace

std::string PublishedRace::name_of(const PublishedResult& result) const {
  std::string whole(text(result, PublishedText::Name));
  if (!whole.empty()) return whole;
  whole = text(result, PublishedText::FirstName);
  const std::string_view last = text(result, PublishedText::LastName);
  if (!whole.empty() && !last.empty()) whole += " ";
  return whole.append(last);
}

bool same_content(const PublishedRace& a, const PublishedRace& b) {
  if (!same_head(a, b)) return false;
  for (std::size_t i = 0; i < a.results.size(); ++i) {
    if (!same_facts(a.results[i], b.results[i])) return false;
    for (std::size_t kind = 0; kind < kPublishedTexts; ++kind) {
      const auto text = static_cast<PublishedText>(kind);
      if (a.text(a.results[i], text) != b.text(b.results[i], text)) return false;
    }
    const auto left = a.splits_of(a.results[i]);
    const auto right = b.splits_of(b.results[i]);
    if (!std::equal(left.begin(), left.end(), right.begin(), right.end())) return false;
  }
  return true;
}

const char* name_of(PublishedClock clock) { return kClocks[static_cast<std::size_t>(clock)]; }
const char* name_of(PublishedText text) { return kTexts[static_cast<std::size_t>(text)]; }

}  // namespace hs::model
