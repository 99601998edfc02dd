#include <gtest/gtest.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include "base/check.h"
#include "log/race_file.h"
#include "support/log_facts.h"
#include "support/temp_folder.h"

// A real process appends to a real file and is killed with SIGKILL at moments nobody chose. Each
// commit is acknowledged over a pipe after it returned; what the pipe carried must be in the file.
// HS_KILLS says how often (10), HS_SEED repeats a run.

namespace hs {
namespace {

using model::FactSeq;
using test::LogFacts;

constexpr int kBatch = 20;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// What fact `seq` says: the parent can tell it without having seen it.
std::string body_of(std::uint64_t seq) { return "fact number " + std::to_string(seq); }

/// The life of the child: appends and acknowledges until it is killed.
[[noreturn]] void append_for_ever(const std::string& path, int acknowledge) {
  auto file = log::RaceFile::open(path);
  if (!file) ::_exit(3);
  for (;;) {
    LogFacts facts;
    const std::uint64_t first = file->head().last.raw() + 1;
    for (std::uint64_t seq = first; seq < first + kBatch; ++seq) {
      facts.add_named(seq, 1, body_of(seq));
    }
    if (!file->append(facts.facts())) ::_exit(4);
    const std::uint64_t last = file->head().last.raw();
    if (::write(acknowledge, &last, sizeof last) != sizeof last) ::_exit(5);
  }
}

struct Child {
  pid_t id = 0;
  int acknowledged = -1;  ///< The reading end of its pipe.
};

Child start_child(const std::string& path) {
  int ends[2] = {-1, -1};
  HS_CHECK(::pipe(ends) == 0, "a test could not make a pipe");
  const pid_t id = ::fork();
  HS_CHECK(id >= 0, "a test could not start a process");
  if (id == 0) {
    ::close(ends[0]);
    append_for_ever(path, ends[1]);
  }
  ::close(ends[1]);
  return {id, ends[0]};
}

/// The next acknowledgement, or nothing when the child is gone and the pipe is empty.
std::optional<std::uint64_t> next_acknowledgement(const Child& child) {
  std::uint64_t last = 0;
  const ssize_t got = ::read(child.acknowledged, &last, sizeof last);
  return got == sizeof last ? std::optional<std::uint64_t>(last) : std::nullopt;
}

/// Lets the child live for some commits and a moment more, kills it; gives what it acknowledged.
std::uint64_t live_and_kill(const Child& child, std::mt19937_64& random) {
  std::uint64_t acknowledged = 0;
  const std::uint64_t commits = random() % 30;
  for (std::uint64_t i = 0; i < commits; ++i) {
    const auto last = next_acknowledgement(child);
    if (!last) break;
    acknowledged = *last;
  }
  ::usleep(static_cast<useconds_t>(random() % 4000));  // Into the middle of a commit.
  EXPECT_EQ(::kill(child.id, SIGKILL), 0);
  while (const auto last = next_acknowledgement(child)) acknowledged = *last;
  ::close(child.acknowledged);
  int status = 0;
  EXPECT_EQ(::waitpid(child.id, &status, 0), child.id);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  return acknowledged;
}

/// Opens the file as the next writer; gives its last fact.
std::uint64_t check_file(const std::string& path, std::uint64_t acknowledged) {
  const auto file = log::RaceFile::open(path);
  EXPECT_TRUE(file) << file.error().text();
  if (!file) return 0;
  std::uint64_t seen = 0;
  const auto done = file->replay([&](const log::StoredFact& fact) {
    EXPECT_EQ(fact.body, body_of(fact.seq.raw()));
    seen = fact.seq.raw();
    return base::Result<void>();
  });
  EXPECT_TRUE(done) << done.error().text();
  EXPECT_GE(seen, acknowledged) << "an acknowledged fact is missing";
  EXPECT_EQ(seen % kBatch, 0U) << "half a commit";
  EXPECT_TRUE(file->verify());
  return seen;
}

TEST(Kill, NoAcknowledgedFactIsMissingAfterKills) {
  const std::uint64_t kills = number_from_environment("HS_KILLS", 10);
  const std::uint64_t seed = number_from_environment("HS_SEED", std::random_device()());
  SCOPED_TRACE("HS_SEED=" + std::to_string(seed));
  std::printf("HS_SEED=%llu, %llu kills\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(kills));
  std::mt19937_64 random(seed);
  const test::TempFolder folder;
  const std::string path = folder / "kill.race";
  std::uint64_t last = 0;
  for (std::uint64_t i = 0; i < kills; ++i) {
    const std::uint64_t acknowledged = live_and_kill(start_child(path), random);
    last = check_file(path, std::max(acknowledged, last));
    if (HasFailure()) return;
  }
  EXPECT_GT(last, 0U);
}

TEST(Kill, TheLockOfAKilledWriterHoldsNobodyUp) {
  const test::TempFolder folder;
  const std::string path = folder / "kill.race";
  const Child child = start_child(path);
  ASSERT_TRUE(next_acknowledgement(child));
  const auto second = log::RaceFile::open(path);
  ASSERT_FALSE(second) << "the child is writing";
  EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
  std::mt19937_64 random(1);
  live_and_kill(child, random);
  EXPECT_TRUE(log::RaceFile::open(path));
}

TEST(Kill, ABackupOfAFileThatAnotherProcessWritesIsWhole) {
  const test::TempFolder folder;
  const std::string path = folder / "live.race";
  const std::string copy = folder / "copy.race";
  const Child child = start_child(path);
  const auto acknowledged = next_acknowledgement(child);
  ASSERT_TRUE(acknowledged);
  log::OpenOptions options;
  options.mode = log::OpenMode::ReadOnly;
  for (int i = 0; i < 5; ++i) {
    const auto reader = log::RaceFile::open(path, options);
    ASSERT_TRUE(reader) << reader.error().text();
    const auto done = reader->backup(copy);
    ASSERT_TRUE(done) << done.error().text();
    check_file(copy, *acknowledged);
  }
  std::mt19937_64 random(1);
  live_and_kill(child, random);
}

}  // namespace
}  // namespace hs
