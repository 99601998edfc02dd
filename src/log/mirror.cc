#include "log/mirror.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "base/sqlite.h"
#include "log/schema.h"
#include "log/writer_lock.h"
#include "model/fact.h"

// Implementation notes: the tables of a race file only grow, people's fields apart, so that what is
// missing is what lies behind the mirror's last fact. The rows are copied by the database itself,
// out of the race file attached to the mirror: a reader of it, whom its writer does not notice.

namespace hs::log {
namespace {

constexpr std::chrono::seconds kTryAgain{1};

/// Whoever has been erased in the race file.
constexpr const char* kEraseAsThere =
    "DELETE FROM main.people WHERE seq NOT IN (SELECT seq FROM race.people)";

/// True where the mirror's last commit is one of the race file's: then all before it is too.
base::Result<bool> is_beginning(const base::Database& mirror) {
  HS_TRY(const std::int64_t commits, mirror.number("SELECT count(*) FROM main.commits"));
  if (commits == 0) return true;
  HS_TRY(const std::int64_t same,
         mirror.number("SELECT count(*) FROM main.commits m JOIN race.commits r"
                       " ON m.last = r.last AND m.chain = r.chain"
                       " WHERE m.last = (SELECT max(last) FROM main.commits)"));
  return same == 1;
}

base::Result<base::Database> open_mirror(const std::string& race_file, const std::string& path) {
  HS_TRY(base::Database mirror, base::Database::open(path, base::Database::Access::Create));
  HS_TRY(const int version, schema_version(mirror));
  HS_TRY_VOID(prepare_for_writing(mirror));
  HS_TRY_VOID(migrate(mirror, version));
  {
    HS_TRY(base::Statement attach, mirror.prepare("ATTACH ?1 AS race"));
    attach.bind_text(1, race_file);
    HS_TRY_VOID(attach.run());
  }
  HS_TRY(const bool is_ours, is_beginning(mirror));
  if (!is_ours) {
    return base::fail(
        base::ErrorCode::InvalidInput,
        "found the log of another race, expected a mirror of " + race_file + " or nothing",
        {path, 0, 0});
  }
  // Whoever was erased in the race file since is erased here.
  HS_TRY_VOID(mirror.run(kEraseAsThere));
  return mirror;
}

/// Whether a fact that erases is not here yet. It is stored after the rows are gone there.
base::Result<bool> erases(const base::Database& mirror) {
  HS_TRY(base::Statement is_new,
         mirror.prepare("SELECT EXISTS(SELECT 1 FROM race.facts WHERE kind = ?1"
                        " AND seq > (SELECT coalesce(max(seq), 0) FROM main.facts))"));
  is_new.bind(1, static_cast<std::int64_t>(model::FactKind::Erase));
  HS_TRY_VOID(is_new.step());
  return is_new.integer(0) != 0;
}

/// Copies what is missing, in one transaction, which is on the disk at the end.
base::Result<void> catch_up(base::Database& mirror) {
  // Not for writing from its beginning: that would lock the attached race file for writing too, and
  // its writer would wait for the disk of the mirror. Nobody else writes the mirror.
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(mirror, base::Transaction::Kind::Read));
  HS_TRY(const bool is_erasing, erases(mirror));
  if (is_erasing) HS_TRY_VOID(mirror.run(kEraseAsThere));
  for (const char* copy : {"INSERT INTO main.people SELECT * FROM race.people"
                           " WHERE seq > (SELECT coalesce(max(seq), 0) FROM main.facts)",
                           "INSERT INTO main.facts SELECT * FROM race.facts"
                           " WHERE seq > (SELECT coalesce(max(seq), 0) FROM main.facts)",
                           "INSERT INTO main.commits SELECT * FROM race.commits"
                           " WHERE last > (SELECT coalesce(max(last), 0) FROM main.commits)"}) {
    HS_TRY_VOID(mirror.run(copy));
  }
  HS_TRY_VOID(transaction.commit());
  // The journal still holds the old pages; a reader of the mirror who keeps it does so for now.
  if (is_erasing) HS_TRY_VOID(mirror.number("PRAGMA main.wal_checkpoint(TRUNCATE)"));
  return {};
}

base::Result<std::uint64_t> count_behind(const base::Database& mirror) {
  HS_TRY(const std::int64_t behind,
         mirror.number("SELECT (SELECT coalesce(max(seq), 0) FROM race.facts)"
                       " - (SELECT coalesce(max(seq), 0) FROM main.facts)"));
  return static_cast<std::uint64_t>(behind);
}

}  // namespace

struct Mirror::State {
  State(WriterLock taken, base::Database opened, const std::string& race, const std::string& path,
        const base::Clock* wanted)
      : lock(std::move(taken)),
        database(std::move(opened)),
        race_file(race),
        clock(wanted != nullptr ? *wanted : base::system_clock()) {
    now.path = path;
  }

  WriterLock lock;  // First, so that it is let go last.
  std::optional<base::Database> database;
  std::string race_file;
  const base::Clock& clock;
  std::thread thread;

  mutable std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable settled;
  bool is_ending = false;
  std::uint64_t wakes = 0;  ///< How often it was woken,
  std::uint64_t done = 0;   ///< and how many of these it has tried with.
  MirrorState now;

  base::Result<std::uint64_t> follow();
  [[nodiscard]] std::optional<std::uint64_t> give_up();
  void run();
};

base::Result<std::uint64_t> Mirror::State::follow() {
  // After a failure everything is opened anew: the disk may have gone and come back. One that is
  // gone need not fail: an open file is written to wherever it is.
  std::error_code ignored;
  if (!std::filesystem::exists(now.path, ignored)) database.reset();
  if (!database) {
    HS_TRY(base::Database opened, open_mirror(race_file, now.path));
    database = std::move(opened);
  }
  HS_TRY_VOID(catch_up(*database));
  return count_behind(*database);
}

/// Closes what failed. How far it was behind, as far as that can be asked still.
std::optional<std::uint64_t> Mirror::State::give_up() {
  if (!database) return std::nullopt;
  const auto behind = count_behind(*database);
  database.reset();
  return behind ? std::optional(*behind) : std::nullopt;
}

void Mirror::State::run() {
  std::unique_lock held(mutex);
  while (true) {
    const std::uint64_t tried = wakes;
    // Whatever touches the disk is done without the lock: who wakes us is the writer of the race.
    held.unlock();
    const auto behind = follow();
    const auto left = behind ? std::optional(*behind) : give_up();
    held.lock();
    now.behind = left.value_or(now.behind);
    if (behind) {
      now.trouble.clear();
      now.equal_at = clock.now();
    } else {
      now.trouble = behind.error().text();
    }
    done = tried;
    settled.notify_all();
    const auto is_woken = [&] { return is_ending || wakes > done; };
    if (now.trouble.empty()) {
      wake.wait(held, is_woken);
    } else {
      wake.wait_for(held, kTryAgain, [&] { return is_ending; });
    }
    if (is_ending && wakes == done) return;
    if (is_ending && !now.trouble.empty()) return;
  }
}

Mirror::Mirror(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([this] { state_->run(); });
}

Mirror::~Mirror() {
  {
    const std::lock_guard held(state_->mutex);
    state_->is_ending = true;
  }
  state_->wake.notify_one();
  state_->thread.join();
}

base::Result<std::unique_ptr<Mirror>> Mirror::open(const std::string& race_file,
                                                   const std::string& mirror,
                                                   const base::Clock* clock) {
  std::error_code ignored;
  if (std::filesystem::equivalent(race_file, mirror, ignored)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found the race file itself, expected another place for its mirror",
                      {mirror, 0, 0});
  }
  HS_TRY(WriterLock lock, WriterLock::take(mirror));
  HS_TRY(base::Database opened, open_mirror(race_file, mirror));
  auto state =
      std::make_unique<State>(std::move(lock), std::move(opened), race_file, mirror, clock);
  return std::unique_ptr<Mirror>(new Mirror(std::move(state)));
}

void Mirror::wake() {
  {
    const std::lock_guard held(state_->mutex);
    ++state_->wakes;
  }
  state_->wake.notify_one();
}

MirrorState Mirror::state() const {
  const std::lock_guard held(state_->mutex);
  return state_->now;
}

void Mirror::settle() {
  std::unique_lock held(state_->mutex);
  const std::uint64_t wanted = ++state_->wakes;
  state_->wake.notify_one();
  state_->settled.wait(held, [&] { return state_->done >= wanted; });
}

}  // namespace hs::log
