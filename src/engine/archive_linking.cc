#include "engine/archive_linking.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "base/fold.h"
#include "history/learn.h"

// Implementation notes: history/ is pure and the archive knows nothing of linking; here they meet.
// The model is kept with the number of results it was learned from. When the archive has twice as
// many, it is learned anew and everybody is linked again, so that the order of imports does not
// matter in the long run; what that costs is shared out over all imports since.

namespace hs::engine {
namespace {

using archive::PersonId;
using archive::Probability;

constexpr std::uint32_t kNobody = 0;

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between) {
  std::string out;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

/// The model with the number of results it comes from before it.
struct Learned {
  std::size_t results = 0;
  history::LinkModel model;
};

base::Result<std::optional<Learned>> read_learned(const archive::Archive& archive) {
  HS_TRY(const std::string text, archive.link_model());
  if (text.empty()) return std::optional<Learned>();
  Learned out;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out.results);
  HS_TRY(out.model, history::read_link_model({read.ptr, static_cast<std::size_t>(end - read.ptr)}));
  return std::optional(out);
}

std::string write_learned(const Learned& learned) {
  return std::to_string(learned.results) + "\n" + history::write_link_model(learned.model);
}

/// The person of each record as the archive has it.
base::Result<std::vector<std::uint32_t>> people_of(const archive::Archive& archive,
                                                   const ArchiveRoll& loaded) {
  std::vector<std::uint32_t> out(loaded.results.size(), kNobody);
  std::size_t at = 0;
  HS_TRY_VOID(archive.each_link([&](const archive::Link& link) {
    while (at < loaded.results.size() && loaded.results[at] < link.result) ++at;
    if (at < loaded.results.size() && loaded.results[at] == link.result) {
      out[at] = link.person.raw();
    }
  }));
  return out;
}

/// What people said, as records; what is said of a result that is not there waits for it.
base::Result<std::vector<history::Said>> said_in(const archive::Archive& archive,
                                                 const ArchiveRoll& loaded) {
  std::vector<history::Said> out;
  HS_TRY(const auto words, archive.words());
  for (const archive::PersonWord& word : words) {
    const auto a = archive.result_named(word.a);
    const auto b = archive.result_named(word.b);
    if (!a || !b) continue;
    const auto record_a = loaded.record_of(*a);
    const auto record_b = loaded.record_of(*b);
    if (!record_a || !record_b) continue;
    // The last word of two counts.
    const auto is_alike = [&](const history::Said& said) {
      return std::minmax(said.a, said.b) == std::minmax(*record_a, *record_b);
    };
    out.erase(std::remove_if(out.begin(), out.end(), is_alike), out.end());
    out.push_back({*record_a, *record_b, word.is_same});
  }
  return out;
}

/// Everybody of whom somebody said something is linked anew with those they were linked to.
void freshen(const std::vector<history::Said>& said, const std::vector<std::uint32_t>& people,
             std::vector<bool>& fresh) {
  std::vector<std::uint32_t> touched;
  for (const history::Said& one : said) {
    const bool holds = (people[one.a] == people[one.b]) == one.is_same;
    if (holds && people[one.a] != kNobody) continue;
    for (const std::uint32_t record : {one.a, one.b}) {
      if (people[record] != kNobody) touched.push_back(people[record]);
    }
  }
  std::sort(touched.begin(), touched.end());
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (std::binary_search(touched.begin(), touched.end(), people[i])) fresh[i] = true;
  }
}

/// A person as a list shows them, from the records of theirs.
archive::PersonEntry entry_of(const ArchiveRoll& loaded, std::uint32_t person,
                              std::span<const std::uint32_t> records) {
  archive::PersonEntry out;
  out.shown.id = PersonId(person);
  out.shown.results = static_cast<std::uint32_t>(records.size());
  std::vector<std::uint32_t> names;
  std::uint32_t latest = records[0];
  const auto race_of = [&](std::uint32_t record) -> const archive::RaceEntry& {
    return loaded.races[loaded.roll.at(record).race.raw()];
  };
  out.shown.first = race_of(latest).date;
  for (const std::uint32_t record : records) {
    const archive::RaceEntry& race = race_of(record);
    out.shown.first = std::min(out.shown.first, race.date);
    const archive::RaceEntry& last = race_of(latest);
    if (std::tie(last.date, last.id) < std::tie(race.date, race.id)) latest = record;
    const std::uint32_t name = loaded.shown_names[record];
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  out.shown.last = race_of(latest).date;
  out.shown.name = loaded.texts.view(history::TextId(loaded.shown_names[latest]));
  out.shown.place = loaded.texts.view(history::TextId(loaded.shown_places[latest]));
  for (const std::uint32_t name : names) {
    if (!out.names.empty()) out.names += '\n';
    out.names += base::fold_words(loaded.texts.view(history::TextId(name)));
  }
  return out;
}

/// What has to be written.
struct Changed {
  archive::LinkChange change;
  std::vector<std::uint32_t> records;  ///< Of everybody touched, by person, then record.
};

/// Links that are other than before, and the people they touch.
Changed changed(const ArchiveRoll& loaded, const std::vector<std::uint32_t>& before,
                const std::vector<PersonId>& stale, const history::LinkOutcome& outcome,
                bool is_everything) {
  Changed all;
  archive::LinkChange& out = all.change;
  out.is_everything = is_everything;
  std::vector<std::uint32_t>& order = all.records;
  std::vector<std::uint32_t> touched;
  for (const PersonId person : stale) touched.push_back(person.raw());
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    const bool is_other = is_everything || before[i] != outcome.people[i];
    if (!is_other) continue;
    const auto millionths = static_cast<std::int64_t>(outcome.probability[i] * Probability::kOne);
    out.links.push_back({loaded.results[i], PersonId(outcome.people[i]), Probability(millionths)});
    touched.push_back(outcome.people[i]);
    if (before[i] != kNobody) touched.push_back(before[i]);
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    if (std::binary_search(touched.begin(), touched.end(), outcome.people[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(outcome.people[a], a) < std::tie(outcome.people[b], b);
  });
  std::size_t seen = 0;
  for (const std::uint32_t person : touched) {
    const bool has_results = seen < order.size() && outcome.people[order[seen]] == person;
    if (!has_results && !is_everything) out.gone.push_back(PersonId(person));
    while (seen < order.size() && outcome.people[order[seen]] == person) ++seen;
  }
  for (const history::LinkedPair& pair : outcome.doubts) {
    const auto millionths = static_cast<std::int64_t>(pair.probability * Probability::kOne);
    out.doubts.push_back({loaded.results[pair.a], loaded.results[pair.b], Probability(millionths)});
  }
  for (const auto& [race, records] : loaded.new_folds) {
    out.folds.push_back({race, history::kFoldEdition, records});
  }
  return all;
}

/// Hands out people one after the other. `records`: of each person one behind the other. Refers to
/// what it is given.
std::function<std::optional<archive::PersonEntry>()> people_in(
    const ArchiveRoll& loaded, const std::vector<std::uint32_t>& records,
    const history::LinkOutcome& outcome) {
  return [&, at = std::size_t{0}]() mutable -> std::optional<archive::PersonEntry> {
    if (at == records.size()) return std::nullopt;
    const std::uint32_t person = outcome.people[records[at]];
    const std::size_t from = at;
    while (at < records.size() && outcome.people[records[at]] == person) ++at;
    return entry_of(loaded, person, std::span(records).subspan(from, at - from));
  };
}

std::size_t people_count(std::vector<std::uint32_t> people) {
  std::sort(people.begin(), people.end());
  return static_cast<std::size_t>(std::unique(people.begin(), people.end()) - people.begin());
}

LinkReport report_of(const std::vector<std::uint32_t>& before, const std::vector<bool>& fresh,
                     const history::LinkOutcome& outcome) {
  LinkReport out;
  std::vector<std::uint32_t> sorted = outcome.people;
  std::sort(sorted.begin(), sorted.end());
  const auto results_of = [&](std::uint32_t person) {
    const auto range = std::equal_range(sorted.begin(), sorted.end(), person);
    return static_cast<std::size_t>(range.second - range.first);
  };
  std::vector<bool> in_doubt(before.size(), false);
  for (const history::LinkedPair& pair : outcome.doubts) in_doubt[pair.a] = in_doubt[pair.b] = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!fresh.empty() && !fresh[i]) continue;
    ++out.results;
    const bool is_alone = results_of(outcome.people[i]) == 1;
    out.to_known += is_alone ? 0U : 1U;
    out.alone += is_alone ? 1U : 0U;
    out.doubtful += in_doubt[i] ? 1U : 0U;
  }
  out.people = people_count(std::move(sorted));
  return out;
}

history::Written written_of(const archive::NamedResult& named, history::RaceIndex race) {
  history::Written out;
  out.race = race;
  out.name = {named.name, named.first_name, named.last_name};
  out.city = named.city;
  out.state = named.state;
  out.country = named.country;
  out.club = named.club;
  out.sex = named.sex;
  out.age = named.age;
  return out;
}

base::Result<std::string> fold_anew(const archive::Archive& archive,
                                    const archive::RaceEntry& race) {
  history::Roll roll;
  const history::RaceIndex index = roll.add_race(race.date);
  std::vector<std::uint32_t> numbers;
  HS_TRY_VOID(archive.each_named(
      [&](const archive::NamedResult& named) {
        roll.add(written_of(named, index));
        numbers.push_back(named.id.index());
      },
      race.number));
  return history::fold_race(roll, numbers);
}

/// Everybody of an archive by what was folded of them before; whatever was not is folded now.
base::Result<ArchiveRoll> load_folded(const archive::Archive& archive) {
  ArchiveRoll out;
  HS_TRY(out.races, archive.races());
  std::vector<std::pair<std::uint32_t, history::RaceIndex>> by_number;
  for (std::uint32_t i = 0; i < out.races.size(); ++i) {
    out.roll.add_race(out.races[i].date);
    by_number.emplace_back(out.races[i].number, i);
  }
  std::sort(by_number.begin(), by_number.end());
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, index] : by_number) {
    HS_TRY(auto fold, archive.fold_of(number, history::kFoldEdition));
    if (!fold) {
      HS_TRY(fold, fold_anew(archive, out.races[index.raw()]));
      out.new_folds.emplace_back(number, *fold);
    }
    numbers.clear();
    HS_TRY_VOID(out.roll.add_folded(index, *fold, numbers));
    for (const std::uint32_t result : numbers) out.results.emplace_back(number, result);
  }
  out.shown_names.resize(out.results.size());
  out.shown_places.resize(out.results.size());
  return out;
}

void show(const archive::NamedResult& named, std::size_t record, ArchiveRoll& out) {
  const std::string name = named.name.empty() ? joined({named.first_name, named.last_name}, " ")
                                              : std::string(named.name);
  out.shown_names[record] = out.texts.intern(name).raw();
  out.shown_places[record] =
      out.texts.intern(joined({named.city, named.state, named.country}, ", ")).raw();
}

/// Reads how these records are shown.
base::Result<void> show_all(const archive::Archive& archive, std::vector<std::uint32_t> records,
                            ArchiveRoll& out) {
  std::sort(records.begin(), records.end());
  std::size_t at = 0;
  const auto take = [&](const archive::NamedResult& named) {
    while (at < records.size() && out.results[records[at]] < named.id) ++at;
    if (at == records.size() || out.results[records[at]] != named.id) return;
    show(named, records[at], out);
  };
  // Of nearly everybody, reading the table through is cheaper than a look-up each.
  constexpr std::size_t kFew = 4;
  if (records.size() > out.results.size() / kFew) return archive.each_named(take);
  std::vector<archive::ResultId> results;
  for (const std::uint32_t record : records) results.push_back(out.results[record]);
  return archive.each_named(results, take);
}

}  // namespace

std::optional<std::uint32_t> ArchiveRoll::record_of(archive::ResultId result) const {
  const auto found = std::lower_bound(results.begin(), results.end(), result);
  if (found == results.end() || *found != result) return std::nullopt;
  return static_cast<std::uint32_t>(found - results.begin());
}

base::Result<ArchiveRoll> load_roll(const archive::Archive& archive) {
  HS_TRY(ArchiveRoll out, load_folded(archive));
  std::vector<std::uint32_t> everybody(out.results.size());
  std::iota(everybody.begin(), everybody.end(), 0U);
  HS_TRY_VOID(show_all(archive, std::move(everybody), out));
  return out;
}

base::Result<LinkReport> link_archive(archive::Archive& archive, LinkWhat what) {
  HS_TRY(ArchiveRoll loaded, load_folded(archive));
  HS_TRY(auto learned, read_learned(archive));
  constexpr std::size_t kGrown = 2;
  const std::size_t count = loaded.results.size();
  const bool is_everything =
      what == LinkWhat::Everything || !learned || count >= kGrown * learned->results;
  const history::Rarity rarity(loaded.roll);
  if (is_everything) {
    learned = Learned{count, history::learn(loaded.roll, rarity, history::LinkModel())};
  }
  history::LinkKnown known;
  HS_TRY(known.people, people_of(archive, loaded));
  HS_TRY(known.said, said_in(archive, loaded));
  if (!is_everything) {
    known.fresh.resize(count);
    for (std::size_t i = 0; i < count; ++i) known.fresh[i] = known.people[i] == kNobody;
    freshen(known.said, known.people, known.fresh);
  }
  HS_TRY(const auto stale, archive.stale_people());
  const bool has_fresh =
      is_everything || std::find(known.fresh.begin(), known.fresh.end(), true) != known.fresh.end();
  if (!has_fresh && stale.empty() && loaded.new_folds.empty()) {
    LinkReport nothing;
    nothing.people = people_count(known.people);
    return nothing;
  }
  const auto outcome = history::link(loaded.roll, rarity, learned->model, known);
  Changed what_changed = changed(loaded, known.people, stale, outcome, is_everything);
  HS_TRY_VOID(show_all(archive, what_changed.records, loaded));
  what_changed.change.next_person = people_in(loaded, what_changed.records, outcome);
  if (is_everything) what_changed.change.model = write_learned(*learned);
  HS_TRY_VOID(archive.store_links(what_changed.change));
  LinkReport report = report_of(known.people, known.fresh, outcome);
  report.is_everything = is_everything;
  return report;
}

base::Result<std::vector<EntryLink>> link_entries(const archive::Archive& archive,
                                                  const model::EventResults& results) {
  std::vector<EntryLink> out(results.entrants.size());
  HS_TRY(const auto learned, read_learned(archive));
  if (!learned) return out;  // Nobody was ever linked.
  HS_TRY(ArchiveRoll loaded, load_folded(archive));
  history::LinkKnown known;
  HS_TRY(known.people, people_of(archive, loaded));
  HS_TRY(known.said, said_in(archive, loaded));
  const std::size_t before = known.people.size();
  std::uint32_t known_last = kNobody;
  for (const std::uint32_t person : known.people) known_last = std::max(known_last, person);
  known.fresh.assign(before, false);
  std::vector<history::RaceIndex> races;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    races.push_back(loaded.roll.add_race(results.event.date));
  }
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const model::Entrant& entrant = results.entrants[i];
    const model::Person& person = results.persons[i];
    if (entrant.is_private || person.name.empty()) continue;
    history::Written written;
    written.race = races[results.runners[i].race.raw()];
    written.name = {person.name, person.first_name, person.last_name};
    written.city = person.city;
    written.state = person.state;
    written.country = person.country;
    written.club = person.club;
    written.sex = entrant.sex;
    if (entrant.age) written.age = static_cast<std::uint16_t>(*entrant.age);
    loaded.roll.add(written);
    known.people.push_back(kNobody);
    known.fresh.push_back(true);
    asked.push_back(i);
  }
  const history::Rarity rarity(loaded.roll);
  const auto outcome = history::link(loaded.roll, rarity, learned->model, known);
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const std::uint32_t person = outcome.people[before + k];
    if (person == kNobody || person > known_last) continue;
    const double probability = outcome.probability[before + k];
    out[asked[k]] = {PersonId(person), Probability(static_cast<std::int64_t>(
                                           probability * static_cast<double>(Probability::kOne)))};
  }
  return out;
}

}  // namespace hs::engine
