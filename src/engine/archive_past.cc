#include "engine/archive_past.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/fold.h"
#include "history/age_grade.h"
#include "history/career_run.h"

// Implementation notes: links first, to know whose results are wanted; then the races by date, each
// earlier edition whole, since its fastest are wanted too, and of other races single rows.

namespace hs::engine {
namespace {

using model::Past;
using model::PastBests;

/// A wanted result: of whom, and how surely.
struct Wanted {
  archive::ResultId result;
  std::uint32_t entrant = 0;
  double sure = 1;
};

double chance(archive::Probability probability) {
  return static_cast<double>(probability.millionths()) /
         static_cast<double>(archive::Probability::kOne);
}

class PastMaker {
 public:
  PastMaker(const archive::Archive& archive, const model::EventResults& results,
            std::span<const std::string> series)
      : archive_(archive), results_(results), series_(series) {}

  base::Result<Past> make(std::span<const EntryLink> links) {
    past_.runners.resize(results_.entrants.size());
    HS_TRY_VOID(read_races());
    HS_TRY_VOID(find_wanted(links));
    for (std::uint32_t race = 0; race < past_.races.size(); ++race) HS_TRY_VOID(read_race(race));
    for (auto& [key, bests] : bests_) past_.bests.push_back(std::move(bests));
    return std::move(past_);
  }

 private:
  base::Result<void> read_races() {
    HS_TRY(const auto races, archive_.races());
    for (const archive::RaceEntry& entry : races) {
      if (entry.date >= results_.event.date) continue;
      index_.emplace(entry.number, static_cast<std::uint32_t>(past_.races.size()));
      numbers_.push_back(entry.number);
      past_.races.push_back({entry.id, entry.name, entry.date, entry.distance, entry.is_interrupted,
                             continued_by(entry)});
    }
    return {};
  }

  [[nodiscard]] std::optional<model::RaceId> continued_by(const archive::RaceEntry& entry) const {
    const std::string_view series = history::series_of(entry.id);
    for (std::size_t i = 0; i < series_.size(); ++i) {
      if (!series_[i].empty() && series_[i] == series) {
        return model::RaceId(static_cast<std::uint16_t>(i));
      }
    }
    return std::nullopt;
  }

  base::Result<void> find_wanted(std::span<const EntryLink> links) {
    std::unordered_map<std::uint32_t, std::uint32_t> entrants;
    for (std::uint32_t i = 0; i < links.size(); ++i) {
      if (links[i].person) entrants.emplace(links[i].person->raw(), i);
    }
    wanted_.resize(past_.races.size());
    return archive_.each_link([&](const archive::Link& link) {
      const auto race = index_.find(link.result.race());
      const auto entrant = entrants.find(link.person.raw());
      if (race == index_.end() || entrant == entrants.end()) return;
      wanted_[race->second].push_back(
          {link.result, entrant->second,
           chance(std::min(link.probability, links[entrant->second].probability))});
    });
  }

  base::Result<void> read_race(std::uint32_t race) {
    std::vector<Wanted>& wanted = wanted_[race];
    std::sort(wanted.begin(), wanted.end(),
              [](const Wanted& a, const Wanted& b) { return a.result < b.result; });
    std::size_t next = 0;
    const auto take = [&](const archive::TimedResult& timed) {
      while (next < wanted.size() && wanted[next].result < timed.id) ++next;
      if (next < wanted.size() && wanted[next].result == timed.id) add(race, wanted[next], timed);
    };
    const auto continued = past_.races[race].continued_by;
    if (continued) {
      return archive_.each_timed(numbers_[race], [&](const archive::TimedResult& timed) {
        take(timed);
        rank(race, *continued, timed);
      });
    }
    std::vector<archive::ResultId> ids;
    for (const Wanted& one : wanted) ids.push_back(one.result);
    return archive_.each_timed(ids, take);
  }

  void add(std::uint32_t race, const Wanted& wanted, const archive::TimedResult& timed) {
    model::PastResult out;
    out.race = race;
    out.status = timed.status;
    // Other wheels, other times.
    const bool compares =
        timed.on_foot && timed.time && timed.time->clock != model::PublishedClock::Gun;
    if (compares) out.time = timed.time->time;
    out.place = timed.place;
    out.sure = wanted.sure;
    past_.runners[wanted.entrant].push_back(out);
  }

  /// Keeps the fastest. A gun's time counts too: in front the two are a second apart.
  void rank(std::uint32_t race, model::RaceId of, const archive::TimedResult& timed) {
    const bool finished = timed.status == model::RunnerStatus::Finished;
    if (!finished || !timed.on_foot || !timed.time || !timed.sex) return;
    keep(of, *timed.sex, std::nullopt, {timed.time->time, race});
    if (timed.age) keep(of, *timed.sex, timed.age, {timed.time->time, race});
  }

  void keep(model::RaceId of, model::Sex sex, std::optional<std::uint16_t> age,
            PastBests::Best best) {
    PastBests& bests = bests_[{of.raw(), sex, age}];
    bests.race = of;
    bests.sex = sex;
    bests.age = age;
    ++bests.finishers;
    const auto at = std::upper_bound(bests.fastest.begin(), bests.fastest.end(), best,
                                     [](const auto& a, const auto& b) {
                                       return std::tie(a.time, a.race) < std::tie(b.time, b.race);
                                     });
    bests.fastest.insert(at, best);
    if (bests.fastest.size() > model::kPastBests) bests.fastest.pop_back();
  }

  const archive::Archive& archive_;
  const model::EventResults& results_;
  std::span<const std::string> series_;
  Past past_;
  std::vector<std::uint32_t> numbers_;                      ///< By race of `past_`.
  std::unordered_map<std::uint32_t, std::uint32_t> index_;  ///< By number in the archive.
  std::vector<std::vector<Wanted>> wanted_;                 ///< By race.
  std::map<std::tuple<std::uint16_t, model::Sex, std::optional<std::uint16_t>>, PastBests> bests_;
};

/// "Harbour Half 2026" as an id: "harbour-half-2026".
std::string joined_words(const std::string& name) {
  std::string out = base::fold_words(name);
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

std::vector<std::optional<std::uint32_t>> grades_of(const model::EventResults& results,
                                                    std::span<const model::AgeGradeTable> tables) {
  const auto edition = history::newest_edition(tables);
  if (!edition) return {};
  std::vector<std::optional<std::uint32_t>> out(results.runners.size());
  for (std::size_t i = 0; i < results.runners.size(); ++i) {
    const model::RunnerResult& runner = results.runners[i];
    const model::Entrant& entrant = results.entrants[i];
    if (runner.status != model::RunnerStatus::Finished || !runner.net) continue;
    history::Graded graded;
    graded.sex = entrant.sex;
    if (entrant.age) graded.age = *entrant.age;
    graded.distance = results.event.races[runner.race.raw()].points.back().distance;
    graded.time = runner.net->value();
    graded.on_foot = entrant.mode == model::Mode::Foot;
    if (const auto grade = history::age_grade(tables, *edition, graded)) out[i] = grade->hundredths;
  }
  return out;
}

}  // namespace

base::Result<std::shared_ptr<const Past>> past_of(const archive::Archive& archive,
                                                  const model::EventResults& results,
                                                  std::span<const EntryLink> links,
                                                  std::span<const std::string> series,
                                                  std::span<const model::AgeGradeTable> grades) {
  HS_TRY(Past past, PastMaker(archive, results, series).make(links));
  past.age_grades = grades_of(results, grades);
  return std::make_shared<const Past>(std::move(past));
}

base::Result<std::shared_ptr<const Past>> past_of_archived(
    const archive::Archive& archive, const std::string& race_id, const model::EventResults& results,
    std::span<const model::AgeGradeTable> grades) {
  HS_TRY(const auto races, archive.races());
  const auto entry = std::find_if(races.begin(), races.end(),
                                  [&](const archive::RaceEntry& one) { return one.id == race_id; });
  if (entry == races.end()) {
    return base::fail(base::ErrorCode::NotFound, "found no race '" + race_id + "' in the archive");
  }
  std::vector<EntryLink> links(results.entrants.size());
  HS_TRY_VOID(archive.each_link([&](const archive::Link& link) {
    if (link.result.race() != entry->number || link.result.index() >= links.size()) return;
    links[link.result.index()] = EntryLink{link.person, link.probability};
  }));
  const std::vector<std::string> series = {std::string(history::series_of(race_id))};
  return past_of(archive, results, links, series, grades);
}

base::Result<std::shared_ptr<const Past>> past_of_event(
    const archive::Archive& archive, const std::string& name, const model::EventResults& results,
    std::span<const model::AgeGradeTable> grades) {
  HS_TRY(const auto links, link_entries(archive, results));
  HS_TRY(const auto races, archive.races());
  std::set<std::string, std::less<>> known;
  for (const archive::RaceEntry& race : races) known.emplace(history::series_of(race.id));
  std::vector<std::string> series;
  for (const model::Race& race : results.event.races) {
    std::string found;
    for (const std::string& event : {name, joined_words(results.event.name)}) {
      const std::string base(history::series_of(event));
      for (const std::string& one :
           {std::string(history::series_of(race.id)), base + "-" + race.id, base}) {
        if (found.empty() && known.count(one) > 0) found = one;
      }
    }
    // Of several races one alone goes on as the series.
    if (std::find(series.begin(), series.end(), found) != series.end()) found.clear();
    series.push_back(std::move(found));
  }
  return past_of(archive, results, links, series, grades);
}

}  // namespace hs::engine
