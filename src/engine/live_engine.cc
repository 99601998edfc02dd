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

#include "engine/what_changed.h"

// Implementation notes: the lock is held to hand things over and never while the disk works or the
// race is folded. The results that followers have seen (`seen`) are kept by runner, so that what
// changed is a comparison of two values and needs no help from the scorer but whom it folded.

namespace hs::engine {
namespace {

using base::Result;

struct Person {
  model::FactBody body;
  std::promise<Result<model::FactSeq>> done;
};

/// What the writer takes at once.
struct Work {
  std::vector<Incoming> incoming;
  std::vector<Person> people;
  [[nodiscard]] bool empty() const { return incoming.empty() && people.empty(); }
};

model::RunnerResult without_places(model::RunnerResult result) {
  result.places = {};
  for (model::Split& split : result.splits) split.places = {};
  return result;
}

}  // namespace

struct LiveEngine::State {
  State(RaceDay taken, const Options& wanted)
      : day(std::move(taken)),
        options(wanted),
        clock(wanted.clock != nullptr ? *wanted.clock : base::system_clock()),
        feed(day.scorer().as_of(), wanted.most_changes) {}

  RaceDay day;
  Options options;
  const base::Clock& clock;
  ChangeFeed feed;

  // The writer's alone.
  std::vector<std::optional<model::RunnerResult>> seen;  ///< By EntrantId; as the feed has told it.
  std::vector<bool> stale;                               ///< Blocks that differ from the snapshot.
  bool is_stale = false;
  std::chrono::steady_clock::time_point published;

  std::mutex mutex;
  std::condition_variable wake;     ///< For the writer.
  std::condition_variable settled;  ///< For whoever waits for it.
  Work waiting;
  bool is_idle = false;
  bool is_ending = false;
  std::shared_ptr<const Snapshot> latest;

  void run();
  bool wait_for(Work& work);
  void store(Work& work);
  void tell_changes();
  void compare(model::EntrantId id, std::vector<model::Change>& changes);
  void publish_snapshot();
  [[nodiscard]] std::shared_ptr<const Snapshot::Block> block_of(std::size_t block);
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
  for (Person& person : work.people) person.done.set_value(day.add(person.body));
}

void LiveEngine::State::compare(model::EntrantId id, std::vector<model::Change>& changes) {
  scoring::Scorer& scorer = day.scorer();
  if (seen.size() <= id.raw()) seen.resize(id.raw() + std::size_t{1});
  auto& before = seen[id.raw()];
  std::optional<model::RunnerResult> after;
  if (scorer.is_live(id)) after = scorer.result(id);
  const model::Event& event = *scorer.event();
  const auto add = [&](const model::RunnerResult& from, const model::RunnerResult& to) {
    auto some = what_changed(event.races[to.race.raw()], scorer.entrant(id), from, to);
    std::move(some.begin(), some.end(), std::back_inserter(changes));
  };
  const auto nothing_in = [](const model::RunnerResult& of) {
    model::RunnerResult none;
    none.entrant = of.entrant;
    none.race = of.race;
    return none;
  };
  const bool moved = before && after && before->race != after->race;
  if (before && (!after || moved) && before->race.raw() < event.races.size()) {
    add(*before, nothing_in(*before));
  }
  if (after) add(before && !moved ? *before : nothing_in(*after), *after);
  before = std::move(after);
  const std::size_t block = id.raw() / Snapshot::kBlock;
  if (stale.size() <= block) stale.resize(block + 1, false);
  stale[block] = is_stale = true;
}

void LiveEngine::State::tell_changes() {
  const std::vector<model::EntrantId> folded = day.scorer().take_folded();
  const model::FactSeq seq = day.scorer().as_of();
  if (seq == feed.last()) return;
  std::vector<model::Change> changes;
  if (day.scorer().event() != nullptr) {
    for (const model::EntrantId id : folded) compare(id, changes);
  }
  const base::RaceTime now = clock.now();
  for (model::Change& change : changes) {
    change.seq = seq;
    change.at = now;
  }
  feed.publish(seq, std::move(changes));
}

std::shared_ptr<const Snapshot::Block> LiveEngine::State::block_of(std::size_t block) {
  scoring::Scorer& scorer = day.scorer();
  auto out = std::make_shared<Snapshot::Block>();
  const std::size_t first = block * Snapshot::kBlock;
  const std::size_t end = std::min(first + Snapshot::kBlock, scorer.runner_count());
  for (std::size_t e = first; e < end; ++e) {
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    if (!scorer.is_live(id)) continue;
    (*out)[e - first] =
        SnapshotRunner{scorer.entrant(id), scorer.person(id), without_places(scorer.result(id))};
  }
  return out;
}

void LiveEngine::State::publish_snapshot() {
  scoring::Scorer& scorer = day.scorer();
  std::vector<std::shared_ptr<const Snapshot::Block>> blocks;
  if (latest) blocks = latest->blocks();
  const std::size_t count = (scorer.runner_count() + Snapshot::kBlock - 1) / Snapshot::kBlock;
  blocks.resize(count);
  stale.resize(count, true);
  for (std::size_t i = 0; i < count; ++i) {
    if (blocks[i] == nullptr || stale[i]) blocks[i] = block_of(i);
    stale[i] = false;
  }
  std::shared_ptr<const model::Event> event;
  if (scorer.event() != nullptr) event = std::make_shared<const model::Event>(*scorer.event());
  auto fresh = std::make_shared<const Snapshot>(scorer.as_of(), clock.now(), std::move(event),
                                                std::move(blocks), scorer.runner_count());
  is_stale = false;
  published = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex);
  latest = std::move(fresh);
}

/// Takes what waits; false at the end. Wakes for a snapshot that is due, too.
bool LiveEngine::State::wait_for(Work& work) {
  std::unique_lock lock(mutex);
  const auto has_work = [&] { return !waiting.empty() || is_ending; };
  if (!has_work() && !is_stale) {
    is_idle = true;
    settled.notify_all();
    wake.wait(lock, has_work);
    is_idle = false;
  } else if (!has_work()) {
    wake.wait_until(lock, published + options.snapshot_every, has_work);
  }
  work = std::exchange(waiting, Work());
  return !work.empty() || !is_ending;
}

void LiveEngine::State::run() {
  Work work;
  while (wait_for(work)) {
    if (!work.empty()) {
      store(work);
      tell_changes();
    }
    const auto now = std::chrono::steady_clock::now();
    if (is_stale && now - published >= options.snapshot_every) publish_snapshot();
  }
  if (is_stale) publish_snapshot();
  const std::lock_guard lock(mutex);
  is_idle = true;
  settled.notify_all();
}

LiveEngine::LiveEngine(RaceDay day, const Options& options)
    : state_(std::make_unique<State>(std::move(day), options)) {
  State& s = *state_;
  (void)s.day.scorer().take_folded();
  for (const model::RunnerResult& result : s.day.scorer().results()) {
    const std::size_t id = result.entrant.raw();
    if (s.seen.size() <= id) s.seen.resize(id + 1);
    s.seen[id] = result;
  }
  s.publish_snapshot();
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
  std::future<Result<model::FactSeq>> done;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_ending) return base::fail(base::ErrorCode::Busy, "the race day is ending");
    Person person{body, {}};
    done = person.done.get_future();
    state_->waiting.people.push_back(std::move(person));
  }
  state_->wake.notify_one();
  return done.get();
}

const ChangeFeed& LiveEngine::changes() const { return state_->feed; }

std::shared_ptr<const Snapshot> LiveEngine::snapshot() const {
  const std::lock_guard lock(state_->mutex);
  return state_->latest;
}

void LiveEngine::settle() {
  std::unique_lock lock(state_->mutex);
  state_->settled.wait(lock, [&] { return state_->is_idle && state_->waiting.empty(); });
}

}  // namespace hs::engine
