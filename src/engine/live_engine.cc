#include "engine/live_engine.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "engine/event_change.h"
#include "engine/past_roll.h"
#include "engine/what_changed.h"

// Implementation notes: the lock is held to hand things over and never while the disk works or the
// race is folded. The runners that followers have been told of (`told`) are those that the next
// snapshot holds, so that what changed is a comparison of two values and needs no help from the
// scorer but whom it folded. Snapshots, overviews and `told` share every runner who did not change.

namespace hs::engine {
namespace {

using base::Result;

struct Person {
  std::vector<model::FactBody> bodies;
  std::string once;
  std::promise<Result<std::vector<model::FactSeq>>> done;
};

struct Question {
  model::EntrantId about;
  std::promise<Result<std::vector<model::ReadView>>> answer;
};

/// An event folder that changed.
struct Changed {
  EventFolder folder;
  std::promise<Result<IngestReport>> done;
};

/// What the writer takes at once.
struct Work {
  std::vector<Incoming> incoming;
  std::vector<Person> people;
  std::vector<Question> questions;
  std::vector<Changed> folders;
  [[nodiscard]] bool stores() const {
    return !incoming.empty() || !people.empty() || !folders.empty();
  }
  [[nodiscard]] bool empty() const { return !stores() && questions.empty(); }
};

using Runner = std::shared_ptr<const SnapshotRunner>;
using SteadyTime = std::chrono::steady_clock::time_point;
using SteadySpan = std::chrono::steady_clock::duration;

/// How much of a survey is made at once.
enum class Pace : std::uint8_t { Piece, Whole };

/// A result as the races are now: a division keeps its name and may have another number.
model::RunnerResult renumbered(model::RunnerResult result, const model::Event& before,
                               const model::Event& now) {
  if (!result.division) return result;
  const std::string& id = before.races[result.race.raw()].divisions[result.division->raw()].id;
  const auto& divisions = now.races[result.race.raw()].divisions;
  result.division.reset();
  for (std::size_t d = 0; d < divisions.size(); ++d) {
    if (divisions[d].id == id) result.division = model::DivisionId(static_cast<std::uint16_t>(d));
  }
  return result;
}

/// True of whoever may stand in the orders of the points on the way. Running and finished are alike
/// there, so that one who comes in costs the order of the finish and no other.
bool is_timed_on_the_way(model::RunnerStatus status) {
  return status == model::RunnerStatus::Running || status == model::RunnerStatus::Finished ||
         status == model::RunnerStatus::Stopped;
}

/// True where nothing differs that could place the runner otherwise at the point.
bool is_ranked_alike(const model::Split& a, const model::Split& b) {
  if (a.passing.has_value() != b.passing.has_value()) return false;
  if (a.passing && (a.passing->at != b.passing->at || a.passing->read != b.passing->read)) {
    return false;
  }
  return a.net == b.net && a.gun == b.gun;
}

/// The races before anybody is known in them.
std::vector<SnapshotRace> nobody_in(const std::vector<model::Race>& races) {
  const auto nobody = std::make_shared<const PointOrder>(std::vector<model::EntrantId>(),
                                                         std::vector<model::Places>());
  std::vector<SnapshotRace> out(races.size());
  for (std::size_t r = 0; r < races.size(); ++r) {
    out[r].orders.assign(races[r].points.size(), nobody);
  }
  return out;
}

}  // namespace

struct LiveEngine::State {
  State(RaceDay taken, const Options& wanted)
      : day(std::move(taken)),
        options(wanted),
        clock(wanted.clock != nullptr ? *wanted.clock : base::system_clock()),
        feed(day.race_file().head().last, wanted.most_changes) {}

  RaceDay day;
  Options options;
  const base::Clock& clock;
  ChangeFeed feed;

  // The writer's alone.
  std::vector<Runner> told;                     ///< By EntrantId; null of whoever was taken out.
  std::vector<bool> stale;                      ///< Runners that differ from the snapshot.
  std::vector<std::vector<bool>> stale_orders;  ///< By race, then point.
  std::vector<model::Change> said;              ///< By people, not told yet.
  std::uint64_t edition = 0;                    ///< How often the event file changed.
  std::optional<model::Event> event_before;     ///< Of `told`, where that is another.
  bool is_stale = false;
  bool is_hand_stale = true;   ///< So is what helpers wrote.
  std::size_t hand_lines = 0;  ///< In `hand`.
  std::shared_ptr<const scoring::HandTiming> hand;
  bool is_overview_stale = false;  ///< Something came since the last one was begun.
  bool is_surveying = false;       ///< One is under way.
  bool is_survey_mixed = false;    ///< Something came since it was begun.
  bool is_urgent = false;          ///< Of that, something of a person.
  SteadySpan overview_cost{0};     ///< Of the one under way.
  SteadyTime snapshot_due;
  SteadyTime overview_due;

  std::mutex mutex;
  std::condition_variable wake;     ///< For the writer.
  std::condition_variable settled;  ///< For whoever waits for it.
  Work waiting;
  bool is_idle = false;
  bool is_ending = false;
  bool is_overview_wanted = false;
  std::shared_ptr<const Snapshot> latest;
  std::shared_ptr<const Overview> overview;
  PastRoll past;  ///< Of the entries of the newest overview.
  DeviceNumbers last_numbers;

  void run();
  bool wait_for(Work& work);
  void publish_due(bool is_wanted);
  void store(Work& work);
  [[nodiscard]] Result<IngestReport> take_folder(const EventFolder& folder);
  void tell_changes();
  void compare(model::EntrantId id, std::vector<model::Change>& changes);
  void mark_orders(const model::RunnerResult& before, const model::RunnerResult& after);
  void mark_all_orders();
  void note_said(const model::FactBody& body);
  void publish_snapshot();
  void survey(Pace pace);
  void publish_overview();
  void add_runners(model::EventResults& results,
                   std::vector<std::optional<model::EntrantId>>& numbers) const;
  void answer(Question& question);
  [[nodiscard]] Runner runner_now(model::EntrantId id);
  [[nodiscard]] std::vector<SnapshotRace> races_now();
  [[nodiscard]] std::shared_ptr<const Snapshot::Block> block_of(
      std::size_t block, const std::shared_ptr<const Snapshot::Block>& before);
};

/// Appends all that was brought, in one commit for the reads, and tells everybody.
void LiveEngine::State::store(Work& work) {
  std::vector<formats::ParsedStream> streams;
  for (Incoming& one : work.incoming) {
    std::move(one.streams.begin(), one.streams.end(), std::back_inserter(streams));
  }
  Result<void> stored;
  if (!streams.empty()) {
    const auto report = day.take_live(streams);
    if (!report) stored = tl::make_unexpected(report.error());
  }
  for (const Incoming& one : work.incoming) {
    if (one.when_stored) one.when_stored(stored);
  }
  for (Person& person : work.people) {
    auto done = day.add_all(person.bodies, person.once);
    // Erasing is stored and folded also where it is told Busy because of the journal.
    if (done || done.error().code == base::ErrorCode::Busy) {
      for (const model::FactBody& body : person.bodies) note_said(body);
      mark_all_orders();
      is_hand_stale = is_urgent = true;
      overview_due = std::chrono::steady_clock::now();
    }
    person.done.set_value(std::move(done));
  }
  for (Changed& changed : work.folders) changed.done.set_value(take_folder(changed.folder));
  if (day.scorer().hand_line_count() != hand_lines) is_hand_stale = is_stale = true;
  if (options.committed) options.committed();
  const std::lock_guard lock(mutex);
  last_numbers = day.device_numbers();
}

Result<IngestReport> LiveEngine::State::take_folder(const EventFolder& folder) {
  if (day.is_recording_only()) {
    return base::fail(base::ErrorCode::Unsupported,
                      "only reads are recorded now: entries are taken when scoring goes on");
  }
  std::optional<model::Event> before;
  if (day.event() != nullptr) {
    HS_TRY_VOID(check_live_change(*day.event(), folder));
    before = *day.event();
  }
  auto report = day.take(folder);
  // Also where it failed: some of it may be stored.
  if (before && !is_same_event(*before, *day.event())) {
    event_before = std::move(before);
    ++edition;
    day.scorer().forget_survey();
    is_surveying = false;
  }
  mark_all_orders();
  is_hand_stale = is_urgent = true;
  overview_due = std::chrono::steady_clock::now();
  return report;
}

/// What a person says of a whole race.
void LiveEngine::State::note_said(const model::FactBody& body) {
  model::Change change;
  if (const auto* gun = std::get_if<model::GunFact>(&body)) {
    change.kind = model::ChangeKind::Gun;
    change.race = gun->race;
  } else if (const auto* version = std::get_if<model::PublishFact>(&body)) {
    change.kind = model::ChangeKind::Version;
    change.race = version->race;
  } else {
    return;
  }
  said.push_back(std::move(change));
}

/// What a fact of a person changes in an order need not be a time: a dead heat, for one.
void LiveEngine::State::mark_all_orders() {
  if (day.scorer().event() == nullptr) return;
  const auto& races = day.scorer().event_now()->races;
  stale_orders.resize(races.size());
  for (std::size_t r = 0; r < races.size(); ++r) {
    stale_orders[r].assign(races[r].points.size(), true);
  }
  is_stale = true;
}

void LiveEngine::State::mark_orders(const model::RunnerResult& before,
                                    const model::RunnerResult& after) {
  const std::size_t race = after.race.raw();
  if (stale_orders.size() <= race) stale_orders.resize(race + 1);
  std::vector<bool>& points = stale_orders[race];
  const std::size_t count = std::max(before.splits.size(), after.splits.size());
  if (points.size() < count) points.resize(count, true);
  const bool is_other = before.division != after.division ||
                        is_timed_on_the_way(before.status) != is_timed_on_the_way(after.status);
  const model::Split none;
  for (std::size_t p = 0; p < count; ++p) {
    const model::Split& old = p < before.splits.size() ? before.splits[p] : none;
    const model::Split& now = p < after.splits.size() ? after.splits[p] : none;
    if (is_other || !is_ranked_alike(old, now)) points[p] = true;
  }
  // Only who has finished is placed at the finish.
  if (count > 0 && before.status != after.status) points[count - 1] = true;
}

Runner LiveEngine::State::runner_now(model::EntrantId id) {
  scoring::Scorer& scorer = day.scorer();
  if (!scorer.is_live(id)) return nullptr;
  return std::make_shared<SnapshotRunner>(SnapshotRunner{
      scorer.shared_entrant(id), scorer.shared_person(id), scorer.unplaced_result(id)});
}

void LiveEngine::State::compare(model::EntrantId id, std::vector<model::Change>& changes) {
  if (told.size() <= id.raw()) told.resize(id.raw() + std::size_t{1});
  const Runner before = std::exchange(told[id.raw()], runner_now(id));
  const Runner& after = told[id.raw()];
  const model::Event& event = *day.scorer().event_now();
  const auto add = [&](const model::Entrant& entrant, const model::RunnerResult& from,
                       const model::RunnerResult& to) {
    mark_orders(from, to);
    auto some = what_changed(event.races[to.race.raw()], entrant, from, to);
    std::move(some.begin(), some.end(), std::back_inserter(changes));
  };
  const auto nothing_in = [](const model::RunnerResult& of) {
    model::RunnerResult none;
    none.entrant = of.entrant;
    none.race = of.race;
    return none;
  };
  const bool moved = before && after && before->result.race != after->result.race;
  if (before && (!after || moved) && before->result.race.raw() < event.races.size()) {
    model::RunnerResult from =
        event_before ? renumbered(before->result, *event_before, event) : before->result;
    add(day.scorer().entrant(id), from, nothing_in(before->result));
  }
  if (after) {
    const bool stayed = before && !moved;
    add(*after->entrant,
        !stayed        ? nothing_in(after->result)
        : event_before ? renumbered(before->result, *event_before, event)
                       : before->result,
        after->result);
  }
  if (stale.size() <= id.raw()) stale.resize(id.raw() + std::size_t{1}, true);
  stale[id.raw()] = is_stale = true;
}

void LiveEngine::State::tell_changes() {
  const std::vector<model::EntrantId> folded = day.scorer().take_folded();
  const model::FactSeq seq = day.race_file().head().last;
  if (seq == feed.last().seq) return;
  std::vector<model::Change> changes = std::exchange(said, {});
  if (day.scorer().event() != nullptr) {
    for (const model::EntrantId id : folded) compare(id, changes);
  }
  const base::RaceTime now = clock.now();
  for (model::Change& change : changes) {
    change.seq = seq;
    change.at = now;
  }
  feed.publish(seq, std::move(changes));
  if (event_before) feed.begin_anew();
  event_before.reset();
  is_overview_stale = true;
  is_survey_mixed = is_surveying;
}

/// A block as it was, with the runners in it that changed as they are.
std::shared_ptr<const Snapshot::Block> LiveEngine::State::block_of(
    std::size_t block, const std::shared_ptr<const Snapshot::Block>& before) {
  const std::size_t first = block * Snapshot::kBlock;
  const std::size_t end = std::min(first + Snapshot::kBlock, told.size());
  const auto begins = stale.begin() + static_cast<std::ptrdiff_t>(first);
  const auto ends = stale.begin() + static_cast<std::ptrdiff_t>(end);
  if (before != nullptr && std::find(begins, ends, true) == ends) return before;
  auto out = before != nullptr ? std::make_shared<Snapshot::Block>(*before)
                               : std::make_shared<Snapshot::Block>();
  for (std::size_t e = first; e < end; ++e) {
    if (stale[e]) (*out)[e - first] = told[e];
    stale[e] = false;
  }
  return out;
}

/// The races as they stand; orders in which nothing moved are those of the snapshot before.
std::vector<SnapshotRace> LiveEngine::State::races_now() {
  scoring::Scorer& scorer = day.scorer();
  std::vector<SnapshotRace> races;
  if (day.event() == nullptr) return races;
  if (day.is_recording_only()) return nobody_in(day.event()->races);
  const auto& config = scorer.event_now()->races;
  stale_orders.resize(config.size());
  for (std::size_t r = 0; r < config.size(); ++r) {
    const model::RaceId race(static_cast<model::RaceId::rep>(r));
    SnapshotRace& out = races.emplace_back();
    out.is_closed = scorer.is_closed(race);
    out.is_cancelled = scorer.is_cancelled(race);
    if (latest && r < latest->races().size()) out.orders = latest->races()[r].orders;
    out.orders.resize(config[r].points.size());
    stale_orders[r].resize(out.orders.size(), true);
    for (std::size_t p = 0; p < out.orders.size(); ++p) {
      if (out.orders[p] != nullptr && !stale_orders[r][p]) continue;
      std::vector<model::EntrantId> entrants;
      std::vector<model::Places> places;
      const std::vector<scoring::Ranked> ranked = scorer.ranked(race, p);
      entrants.reserve(ranked.size());
      places.reserve(ranked.size());
      for (const scoring::Ranked& one : ranked) {
        entrants.push_back(one.entrant);
        places.push_back(one.places);
      }
      out.orders[p] = std::make_shared<const PointOrder>(std::move(entrants), places);
      stale_orders[r][p] = false;
    }
  }
  return races;
}

/// Looks over some more of the race; the overview is there once all of it was looked at.
void LiveEngine::State::survey(Pace pace) {
  const SteadyTime began = std::chrono::steady_clock::now();
  if (pace == Pace::Whole && is_survey_mixed) {
    day.scorer().forget_survey();
    is_surveying = false;
  }
  if (!is_surveying) {
    is_surveying = true;
    is_survey_mixed = is_overview_stale = is_urgent = false;
    overview_cost = SteadySpan(0);
  }
  bool is_whole = false;
  SteadyTime now = began;
  while (!is_whole && (pace == Pace::Whole || now - began < options.overview_piece)) {
    is_whole = day.scorer().survey_some();
    now = std::chrono::steady_clock::now();
  }
  if (is_whole) publish_overview();
  now = std::chrono::steady_clock::now();
  overview_cost += now - began;
  if (is_surveying) return;
  const SteadySpan pause = options.overview_share * overview_cost;
  overview_due = is_urgent ? now : now + std::max<SteadySpan>(options.overview_every, pause);
}

/// Everybody of the latest snapshot who is in the list, numbered anew. All that is large is shared.
void LiveEngine::State::add_runners(model::EventResults& results,
                                    std::vector<std::optional<model::EntrantId>>& numbers) const {
  numbers.resize(latest->size());
  results.runners.reserve(latest->size());
  results.entrants.reserve(latest->size());
  results.persons.reserve(latest->size());
  for (std::size_t e = 0; e < latest->size(); ++e) {
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    const Runner& runner = latest->shared_runner(id);
    if (runner == nullptr) continue;
    numbers[e] = model::EntrantId(static_cast<std::uint32_t>(results.runners.size()));
    results.entrants.share(runner->entrant);
    results.persons.share(runner->person);
    model::RunnerResult& result = results.runners.emplace_back(runner->result);
    result.entrant = *numbers[e];
    const bool is_placed = result.status == model::RunnerStatus::Finished ||
                           result.status == model::RunnerStatus::Stopped;
    if (!is_placed) continue;
    const PointOrder& finish = latest->order(result.race, result.splits.size() - 1);
    if (const auto places = finish.places_of(id)) result.places = *places;
  }
}

void LiveEngine::State::publish_overview() {
  if (is_stale) publish_snapshot();
  auto fresh = std::make_shared<Overview>();
  add_runners(fresh->results, fresh->numbers);
  day.add_overview(fresh->results);
  if (overview == nullptr) past = PastRoll(options.past, fresh->results);
  fresh->results.past = past.of(fresh->results);
  fresh->lists = scoring::list_states(fresh->results);
  fresh->at = clock.now();
  fresh->edition = edition;
  fresh->decisions = day.scorer().decisions();
  is_surveying = false;
  const std::lock_guard lock(mutex);
  overview = std::move(fresh);
}

void LiveEngine::State::publish_snapshot() {
  const auto began = std::chrono::steady_clock::now();
  scoring::Scorer& scorer = day.scorer();
  std::vector<std::shared_ptr<const Snapshot::Block>> blocks;
  if (latest) blocks = latest->blocks();
  const std::size_t count = (scorer.runner_count() + Snapshot::kBlock - 1) / Snapshot::kBlock;
  blocks.resize(count);
  told.resize(scorer.runner_count());
  stale.resize(scorer.runner_count(), true);
  for (std::size_t i = 0; i < count; ++i) blocks[i] = block_of(i, blocks[i]);
  std::shared_ptr<const model::Event> event;
  if (day.event() != nullptr) {
    event = std::make_shared<const model::Event>(day.is_recording_only() ? *day.event()
                                                                         : *scorer.event_now());
  }
  if (is_hand_stale) {
    hand = std::make_shared<const scoring::HandTiming>(scorer.hand_timing());
    hand_lines = scorer.hand_line_count();
    is_hand_stale = false;
  }
  auto fresh =
      std::make_shared<const Snapshot>(scorer.as_of(), clock.now(), edition, std::move(event),
                                       std::move(blocks), scorer.runner_count(), races_now(), hand);
  is_stale = false;
  const auto ended = std::chrono::steady_clock::now();
  snapshot_due = ended + std::max<std::chrono::steady_clock::duration>(
                             options.snapshot_every, options.snapshot_share * (ended - began));
  const std::lock_guard lock(mutex);
  latest = std::move(fresh);
}

/// Takes what waits; false at the end. Wakes for a snapshot or an overview that is due, too.
bool LiveEngine::State::wait_for(Work& work) {
  std::unique_lock lock(mutex);
  const auto has_work = [&] {
    return !waiting.empty() || is_ending || is_overview_wanted || is_surveying;
  };
  if (!has_work()) {
    is_idle = !is_stale;
    if (is_idle) settled.notify_all();
    if (is_stale) {
      wake.wait_until(lock, snapshot_due, has_work);
    } else if (is_overview_stale) {
      wake.wait_until(lock, overview_due, has_work);
    } else {
      wake.wait(lock, has_work);
    }
    is_idle = false;
  }
  work = std::exchange(waiting, Work());
  return !work.empty() || !is_ending;
}

void LiveEngine::State::answer(Question& question) {
  const model::EntrantId id = question.about;
  if (id.raw() >= told.size() || told[id.raw()] == nullptr) {
    question.answer.set_value(base::fail(base::ErrorCode::NotFound, "this entry is gone"));
    return;
  }
  question.answer.set_value(day.scorer().reads_of(id));
}

void LiveEngine::State::publish_due(bool is_wanted) {
  const auto now = std::chrono::steady_clock::now();
  if (is_stale && (is_wanted || now >= snapshot_due)) publish_snapshot();
  if (is_wanted && (is_overview_stale || is_surveying)) {
    survey(Pace::Whole);
  } else if (is_surveying || (is_overview_stale && now >= overview_due)) {
    survey(Pace::Piece);
  }
}

void LiveEngine::State::run() {
  Work work;
  while (wait_for(work)) {
    if (work.stores()) {
      store(work);
      tell_changes();
    }
    for (Question& question : work.questions) answer(question);
    bool is_wanted = false;
    {
      const std::lock_guard lock(mutex);
      is_wanted = is_overview_wanted && waiting.empty();
    }
    publish_due(is_wanted);
    if (is_wanted) {
      const std::lock_guard lock(mutex);
      is_overview_wanted = false;
    }
  }
  publish_due(true);
  const std::lock_guard lock(mutex);
  is_idle = true;
  settled.notify_all();
}

LiveEngine::LiveEngine(RaceDay day, const Options& options)
    : state_(std::make_unique<State>(std::move(day), options)) {
  State& s = *state_;
  (void)s.day.scorer().take_folded();
  for (std::size_t e = 0; e < s.day.scorer().runner_count(); ++e) {
    s.told.push_back(s.runner_now(model::EntrantId(static_cast<std::uint32_t>(e))));
  }
  s.last_numbers = s.day.device_numbers();
  s.publish_snapshot();
  s.survey(Pace::Whole);
  thread_ = std::thread([&s] { s.run(); });
}

LiveEngine::~LiveEngine() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_ending = true;
  }
  state_->wake.notify_one();
  thread_.join();
}

bool LiveEngine::submit(Incoming incoming) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_ending || state_->waiting.incoming.size() >= state_->options.most_waiting) {
      return false;
    }
    state_->waiting.incoming.push_back(std::move(incoming));
  }
  state_->wake.notify_one();
  return true;
}

Result<model::FactSeq> LiveEngine::add(const model::FactBody& body) {
  HS_TRY(const std::vector<model::FactSeq> done, add_all({body}, {}));
  return done.front();
}

Result<std::vector<model::FactSeq>> LiveEngine::add_all(std::vector<model::FactBody> bodies,
                                                        std::string once) {
  std::future<Result<std::vector<model::FactSeq>>> done;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_ending) return base::fail(base::ErrorCode::Busy, "the race day is ending");
    Person person{std::move(bodies), std::move(once), {}};
    done = person.done.get_future();
    state_->waiting.people.push_back(std::move(person));
  }
  state_->wake.notify_one();
  return done.get();
}

Result<std::vector<model::ReadView>> LiveEngine::reads_of(model::EntrantId id) {
  std::future<Result<std::vector<model::ReadView>>> answer;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_ending) return base::fail(base::ErrorCode::Busy, "the race day is ending");
    Question question{id, {}};
    answer = question.answer.get_future();
    state_->waiting.questions.push_back(std::move(question));
  }
  state_->wake.notify_one();
  return answer.get();
}

Result<IngestReport> LiveEngine::take(EventFolder folder) {
  std::future<Result<IngestReport>> done;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_ending) return base::fail(base::ErrorCode::Busy, "the race day is ending");
    Changed changed{std::move(folder), {}};
    done = changed.done.get_future();
    state_->waiting.folders.push_back(std::move(changed));
  }
  state_->wake.notify_one();
  return done.get();
}

bool LiveEngine::is_recording_only() const { return state_->day.is_recording_only(); }
ChangeFeed& LiveEngine::changes() { return state_->feed; }
const ChangeFeed& LiveEngine::changes() const { return state_->feed; }

std::shared_ptr<const Overview> LiveEngine::overview() const {
  const std::lock_guard lock(state_->mutex);
  return state_->overview;
}

std::optional<std::uint64_t> LiveEngine::last_stored(std::string_view device,
                                                     std::string_view epoch) const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->last_numbers.find({std::string(device), std::string(epoch)});
  return found == state_->last_numbers.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const Snapshot> LiveEngine::snapshot() const {
  const std::lock_guard lock(state_->mutex);
  return state_->latest;
}

void LiveEngine::settle() {
  std::unique_lock lock(state_->mutex);
  state_->is_overview_wanted = true;
  state_->wake.notify_one();
  state_->settled.wait(lock, [&] {
    return state_->is_idle && state_->waiting.empty() && !state_->is_overview_wanted;
  });
}

}  // namespace hs::engine
