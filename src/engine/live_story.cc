#include "engine/live_story.h"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "moments/live_moments.h"
#include "scoring/award_lock.h"
#include "scoring/awards.h"

// Implementation notes: overviews number the entrants anew, so that one who is taken out of the
// list moves all numbers behind; then, and where an event changes, everything is looked for anew.
// What followers were told is kept by id and compared, so that the feed is right in either case.

namespace hs::engine {
namespace {

using model::EventResults;
using moments::LiveMoments;

/// More than so many at once are looked at together: a refit costs as much as a hundred of them.
constexpr std::size_t kMostOneByOne = 64;

bool is_alike(const model::RunnerResult& a, const model::RunnerResult& b) {
  return a.status == b.status && a.hidden_by == b.hidden_by && a.ranking == b.ranking &&
         a.start_at == b.start_at &&
         (a.splits.is_shared_with(b.splits) ||
          std::equal(a.splits.begin(), a.splits.end(), b.splits.begin(), b.splits.end(),
                     [](const model::Split& x, const model::Split& y) {
                       return x.passing.has_value() == y.passing.has_value() &&
                              (!x.passing || x.passing->at == y.passing->at);
                     }));
}

bool is_same_list(const EventResults& a, const EventResults& b) {
  if (a.event.races.size() != b.event.races.size() || a.entrants.size() > b.entrants.size()) {
    return false;
  }
  for (std::size_t r = 0; r < a.event.races.size(); ++r) {
    if (a.event.races[r].points.size() != b.event.races[r].points.size()) return false;
  }
  for (std::size_t e = 0; e < a.entrants.size(); ++e) {
    const model::Entrant& x = a.entrants[e];
    const model::Entrant& y = b.entrants[e];
    if (x.race != y.race || x.bib != y.bib || x.is_private != y.is_private || x.mode != y.mode ||
        x.sex != y.sex || x.age != y.age) {
      return false;
    }
  }
  return true;
}

/// Whether people said anything since: what they say may bring moments that no runner's change
/// does.
enum class Said : std::uint8_t { Nothing, More };

}  // namespace

struct LiveStory::State {
  State(LiveEngine& followed, const Options& wanted)
      : engine(followed),
        options(wanted),
        clock(wanted.clock != nullptr ? *wanted.clock : base::system_clock()) {}

  LiveEngine& engine;
  Options options;
  const base::Clock& clock;

  // The thread's alone.
  std::vector<LiveMoments> races;
  std::map<std::string, model::RaceId> known;  ///< Ids of the moments that followers have.

  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable settled;
  bool is_ending = false;
  std::shared_ptr<const Told> latest;

  void run();
  void look();
  void project(Told& told) const;
  /// Finds the oddities of a new list at once, later ones when it is time for them.
  void look_for_oddities(Told& told, bool is_new) const;
  void publish(std::shared_ptr<const Told> fresh);
  [[nodiscard]] std::vector<moments::MomentChange> find_anew(const EventResults& results);
  [[nodiscard]] std::vector<moments::MomentChange> follow(const EventResults& before,
                                                          const EventResults& results, Said said);
  void tell(const EventResults& results, const std::vector<moments::MomentChange>& changes);
  [[nodiscard]] std::vector<model::Moment> all_told() const;
};

std::vector<moments::MomentChange> LiveStory::State::find_anew(const EventResults& results) {
  races.clear();
  std::vector<moments::MomentChange> changes;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    auto some =
        races.emplace_back(model::RaceId(static_cast<model::RaceId::rep>(r))).refit(results);
    std::move(some.begin(), some.end(), std::back_inserter(changes));
  }
  return changes;
}

std::vector<moments::MomentChange> LiveStory::State::follow(const EventResults& before,
                                                            const EventResults& results,
                                                            Said said) {
  std::vector<std::vector<model::EntrantId>> changed(races.size());
  for (std::size_t e = 0; e < results.runners.size(); ++e) {
    const model::RunnerResult& now = results.runners[e];
    if (e < before.runners.size() && is_alike(before.runners[e], now)) continue;
    changed[now.race.raw()].push_back(model::EntrantId(static_cast<std::uint32_t>(e)));
  }
  std::vector<moments::MomentChange> changes;
  const auto add = [&](std::vector<moments::MomentChange> some) {
    std::move(some.begin(), some.end(), std::back_inserter(changes));
  };
  for (std::size_t r = 0; r < races.size(); ++r) {
    const bool is_closed_now =
        before.closed[r] != results.closed[r] || before.cancelled[r] != results.cancelled[r];
    if (changed[r].size() > kMostOneByOne || is_closed_now || said == Said::More) {
      add(races[r].refit(results));
      continue;
    }
    for (const model::EntrantId id : changed[r]) add(races[r].runner_changed(results, id));
    if (races[r].is_refit_due()) add(races[r].refit(results));
  }
  return changes;
}

std::vector<model::Moment> LiveStory::State::all_told() const {
  std::vector<model::Moment> all;
  for (const LiveMoments& race : races) {
    all.insert(all.end(), race.told().begin(), race.told().end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  return all;
}

/// Says in the feed what followers do not know yet; what left, by comparing, since what was found
/// anew says nothing of what was told before.
void LiveStory::State::tell(const EventResults& results,
                            const std::vector<moments::MomentChange>& changes) {
  std::map<std::string, model::RaceId> now;
  for (const LiveMoments& race : races) {
    for (const model::Moment& moment : race.told()) now.emplace(moment.id, moment.race);
  }
  std::vector<model::Change> out;
  const auto add = [&](model::ChangeKind kind, const std::string& id, model::RaceId race) {
    if (race.raw() >= results.event.races.size()) return;
    model::Change change;
    change.at = clock.now();
    change.race = results.event.races[race.raw()].id;
    change.kind = kind;
    change.moment = id;
    out.push_back(std::move(change));
  };
  for (const auto& [id, race] : known) {
    if (now.count(id) == 0) add(model::ChangeKind::Withdrawn, id, race);
  }
  for (const moments::MomentChange& change : changes) {
    const bool holds = now.count(change.moment.id) > 0;
    if (change.what == moments::MomentChange::What::Withdrawn || !holds) continue;
    add(model::ChangeKind::Moment, change.moment.id, change.moment.race);
  }
  known = std::move(now);
  engine.changes().publish_more(std::move(out));
}

void LiveStory::State::project(Told& told) const {
  const EventResults& results = told.overview->results;
  told.at = clock.now();
  told.projections.assign(results.runners.size(), std::nullopt);
  for (std::size_t e = 0; e < results.runners.size(); ++e) {
    const model::RunnerResult& runner = results.runners[e];
    if (runner.status != model::RunnerStatus::Running) continue;
    told.projections[e] = (*told.projectors)[runner.race.raw()].at(
        model::EntrantId(static_cast<std::uint32_t>(e)), told.at);
  }
}

void LiveStory::State::look_for_oddities(Told& told, bool is_new) const {
  if (!is_new) {
    told.oddities = latest->oddities;
    told.odd_as_of = latest->odd_as_of;
    told.odd_at = latest->odd_at;
    const bool is_due = clock.now() - told.odd_at >= options.odd_every;
    if (told.odd_as_of == told.overview->results.as_of || !is_due) return;
  }
  told.oddities = moments::find_oddities(told.overview->results);
  told.odd_as_of = told.overview->results.as_of;
  told.odd_at = clock.now();
}

void LiveStory::State::publish(std::shared_ptr<const Told> fresh) {
  const std::lock_guard lock(mutex);
  latest = std::move(fresh);
}

void LiveStory::State::look() {
  const std::shared_ptr<const Overview> overview = engine.overview();
  if (latest != nullptr && latest->overview == overview) {
    if (clock.now() - latest->at < options.project_every) return;
    auto later = std::make_shared<Told>(*latest);
    project(*later);
    look_for_oddities(*later, false);
    publish(std::move(later));
    return;
  }
  const EventResults& results = overview->results;
  const bool is_new = latest == nullptr || latest->overview->edition != overview->edition ||
                      !is_same_list(latest->overview->results, results);
  const Said said = is_new || latest->overview->decisions.size() == overview->decisions.size()
                        ? Said::Nothing
                        : Said::More;
  const auto changes =
      is_new ? find_anew(results) : follow(latest->overview->results, results, said);
  auto fresh = std::make_shared<Told>();
  fresh->overview = overview;
  fresh->moments = all_told();
  auto projectors = std::make_shared<std::vector<projection::RaceProjector>>();
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    projectors->emplace_back(results, model::RaceId(static_cast<model::RaceId::rep>(r)), nullptr);
  }
  fresh->projectors = std::move(projectors);
  fresh->awards = scoring::award_winners(results);
  scoring::add_locks(results, fresh->awards);
  project(*fresh);
  look_for_oddities(*fresh, is_new);
  publish(std::move(fresh));
  // Whoever is told of a moment finds it.
  tell(results, changes);
}

void LiveStory::State::run() {
  while (true) {
    look();
    std::unique_lock lock(mutex);
    settled.notify_all();
    wake.wait_for(lock, options.look_every, [&] { return is_ending; });
    if (is_ending) return;
  }
}

LiveStory::LiveStory(LiveEngine& engine, const Options& options)
    : state_(std::make_unique<State>(engine, options)) {
  state_->look();
  thread_ = std::thread([this] { state_->run(); });
}

LiveStory::~LiveStory() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_ending = true;
  }
  state_->wake.notify_one();
  thread_.join();
}

std::shared_ptr<const Told> LiveStory::told() const {
  const std::lock_guard lock(state_->mutex);
  return state_->latest;
}

void LiveStory::settle() {
  state_->engine.settle();
  const model::FactSeq wanted = state_->engine.overview()->results.as_of;
  std::unique_lock lock(state_->mutex);
  state_->settled.wait(lock, [&] { return state_->latest->overview->results.as_of >= wanted; });
}

}  // namespace hs::engine
