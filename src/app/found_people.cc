#include "app/found_people.h"

#include <algorithm>
#include <sstream>

#include "base/fold.h"
#include "history/nicknames.h"
#include "model/spoken_name.h"
#include "present/json_out.h"
#include "present/table.h"

namespace hs::app {
namespace {

using archive::Archive;
using archive::PersonHit;
using base::ErrorCode;

constexpr std::size_t kListed = 20;
constexpr std::size_t kNear = 5;
constexpr std::size_t kNearLetters = 4;  ///< Of a word that nobody has, its beginning.

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream folded(base::fold_words(text));
  std::vector<std::string> out;
  for (std::string word; folded >> word;) out.push_back(word);
  std::sort(out.begin(), out.end());
  return out;
}

base::Result<FoundPerson> look_at(const Archive& archive, const PersonHit& hit) {
  HS_TRY(const archive::Person person, archive.person(hit.id));
  FoundPerson out{
      hit.id, model::spoken_name(hit.name), hit.place, hit.results, hit.first.year, hit.last.year,
      {}};
  for (const archive::PersonResult& result : person.results) {
    const auto& age = result.race.results.front().age;
    if (!age) continue;
    if (!out.ages) out.ages = {*age, *age};
    out.ages->first = std::min<int>(out.ages->first, *age);
    out.ages->second = std::max<int>(out.ages->second, *age);
  }
  return out;
}

/// Who has the words with one of them as people shorten it: "Ben" for "Bennett".
base::Result<std::vector<PersonHit>> hits_by_nickname(const Archive& archive,
                                                      const std::string& name) {
  std::vector<PersonHit> out;
  const std::vector<std::string> words = words_of(name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view other : history::nicknames_of(words[i])) {
      std::string query(other);
      for (std::size_t j = 0; j < words.size(); ++j) query += j == i ? "" : ' ' + words[j];
      HS_TRY(const auto hits, archive.find_people(query, kListed + 1));
      for (const PersonHit& hit : hits) {
        const bool is_there = std::any_of(out.begin(), out.end(),
                                          [&](const PersonHit& one) { return one.id == hit.id; });
        if (!is_there) out.push_back(hit);
      }
    }
  }
  return out;
}

/// Names that have one of the words, or begin like it.
base::Result<std::string> near_names(const Archive& archive, const std::string& name) {
  std::vector<std::string> near;
  for (const std::string& word : words_of(name)) {
    for (const std::string& part : {word, word.substr(0, kNearLetters)}) {
      HS_TRY(const auto hits, archive.find_people(part, kNear));
      for (const PersonHit& hit : hits) {
        const bool is_there = std::find(near.begin(), near.end(), hit.name) != near.end();
        if (!is_there && near.size() < kNear) near.push_back(hit.name);
      }
    }
  }
  std::string out;
  for (const std::string& one : near) out += (out.empty() ? "" : "; ") + one;
  return out;
}

std::string years_of(const FoundPerson& person) {
  const std::string first = std::to_string(person.first_year);
  return person.first_year == person.last_year
             ? first
             : first + "\u2013" + std::to_string(person.last_year);
}

std::string ages_of(const FoundPerson& person) {
  if (!person.ages) return {};
  const std::string least = std::to_string(person.ages->first);
  return person.ages->first == person.ages->second
             ? least
             : least + "\u2013" + std::to_string(person.ages->second);
}

}  // namespace

base::Result<FoundPeople> find_people_named(const Archive& archive, const std::string& name) {
  HS_TRY(std::vector<PersonHit> hits, archive.find_people(name, kListed + 1));
  if (hits.empty()) {
    HS_TRY(hits, hits_by_nickname(archive, name));
  }
  if (hits.empty()) {
    HS_TRY(const std::string near, near_names(archive, name));
    return base::fail(ErrorCode::NotFound, "found nobody named '" + name + "' in the archive" +
                                               (near.empty() ? "" : "; near by: " + near));
  }
  const std::vector<std::string> wanted = words_of(name);
  const auto others = std::stable_partition(
      hits.begin(), hits.end(), [&](const PersonHit& hit) { return words_of(hit.name) == wanted; });
  if (others != hits.begin()) hits.erase(others, hits.end());
  FoundPeople out;
  out.are_more = hits.size() > kListed;
  if (out.are_more) hits.resize(kListed);
  for (const PersonHit& hit : hits) {
    HS_TRY(FoundPerson person, look_at(archive, hit));
    out.people.push_back(std::move(person));
  }
  return out;
}

std::string people_text(const FoundPeople& found, present::Colour colour) {
  using present::Align;
  present::Table table({{"person", Align::Right},
                        {"name", Align::Left, 32},
                        {"races", Align::Right},
                        {"years"},
                        {"ages"},
                        {"from"}});
  for (const FoundPerson& person : found.people) {
    table.add({{std::to_string(person.id.raw())},
               {person.name},
               {std::to_string(person.results)},
               {years_of(person)},
               {ages_of(person)},
               {person.place}});
  }
  return table.text(0, colour) + (found.are_more ? "... and more\n" : "");
}

std::string people_json(const FoundPeople& found) {
  present::JsonOut out;
  out.begin_object();
  out.key("people");
  out.begin_array();
  for (const FoundPerson& person : found.people) {
    out.begin_object();
    out.integer_of("person", person.id.raw());
    out.text_of("name", person.name);
    out.text_of("place", person.place);
    out.integer_of("races", person.results);
    out.integer_of("first_year", person.first_year);
    out.integer_of("last_year", person.last_year);
    if (person.ages) {
      out.integer_of("age_least", person.ages->first);
      out.integer_of("age_most", person.ages->second);
    }
    out.end_object();
  }
  out.end_array();
  out.boolean_of("more", found.are_more);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::app
