#include "app/serve_watch.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "base/check.h"

// A watch runs in a process of its own, as in the program; what its workers do is written into
// memory that all of them share.

namespace hs::app {
namespace {

constexpr std::size_t kMostStarts = 32;
constexpr std::chrono::seconds kLongest(10);

struct Shared {
  std::atomic<std::size_t> starts{0};
  std::array<Working, kMostStarts> how{};
  std::atomic<bool> is_waiting{false};
  std::atomic<bool> has_ended{false};
};

class ServeWatch : public testing::Test {
 protected:
  /// What a worker does, by its number from 0.
  using Work = std::function<Exit(Shared& shared, std::size_t start, const Ready& ready)>;

  void SetUp() override {
    void* memory =
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED);
    shared_ = new (memory) Shared;
  }
  void TearDown() override { ::munmap(shared_, sizeof(Shared)); }

  pid_t begin(const Work& work) {
    const pid_t watcher = ::fork();
    HS_CHECK(watcher >= 0, "a test could not start a process");
    if (watcher != 0) return watcher;
    const Exit exit = watch([&](Working working, const Ready& ready) {
      const std::size_t start = shared_->starts++;
      if (start >= kMostStarts) return Exit::Done;
      shared_->how[start] = working;
      return work(*shared_, start, ready);
    });
    ::_exit(static_cast<int>(exit));
  }
  /// Its exit, or -1.
  static int end_of(pid_t watcher) {
    int status = 0;
    if (::waitpid(watcher, &status, 0) != watcher || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
  }
  int watched(const Work& work) { return end_of(begin(work)); }

  /// "FR": one that did everything, then one that only recorded.
  [[nodiscard]] std::string workers() const {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(shared_->starts, kMostStarts); ++i) {
      out += shared_->how[i] == Working::Fully ? 'F' : 'R';
    }
    return out;
  }
  static bool comes(const std::atomic<bool>& what) {
    const auto end = std::chrono::steady_clock::now() + kLongest;
    while (!what && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return what;
  }

  Shared* shared_ = nullptr;
};

Exit dies(int signal = SIGKILL) {
  ::raise(signal);
  return Exit::Done;
}

Exit waits(Shared& shared) {
  shared.is_waiting = true;
  wait_for_end();
  shared.has_ended = true;
  return Exit::Done;
}

TEST_F(ServeWatch, AWorkerThatEndsByItselfEndsItWithItsExit) {
  for (const Exit exit : {Exit::Done, Exit::Refused, Exit::WorldFailed}) {
    shared_->starts = 0;
    EXPECT_EQ(watched([&](Shared&, std::size_t, const Ready&) { return exit; }),
              static_cast<int>(exit));
    EXPECT_EQ(workers(), "F");
  }
}

TEST_F(ServeWatch, OneThatDiesAfterItWasReadyIsStartedAgainToDoEverything) {
  EXPECT_EQ(watched([](Shared&, std::size_t start, const Ready& ready) {
              ready();
              return start < 7 ? dies(start % 2 == 0 ? SIGKILL : SIGABRT) : Exit::Done;
            }),
            0);
  EXPECT_EQ(workers(), "FFFFFFFF");
}

TEST_F(ServeWatch, OneThatDiesBeforeItWasReadyIsFollowedByOnesThatOnlyRecord) {
  EXPECT_EQ(watched([](Shared&, std::size_t start, const Ready& ready) {
              if (start > 0) ready();
              return start < 2 ? dies() : Exit::Done;
            }),
            0);
  EXPECT_EQ(workers(), "FRR");
}

TEST_F(ServeWatch, OneFaultOfScoringAfterAnotherReadyOneIsFollowedByRecording) {
  // It raced, died of a fact, and dies of that fact again.
  EXPECT_EQ(watched([](Shared&, std::size_t start, const Ready& ready) {
              if (start != 1) ready();
              return start < 2 ? dies() : Exit::Done;
            }),
            0);
  EXPECT_EQ(workers(), "FFR");
}

TEST_F(ServeWatch, ItGivesUpWhenOneAfterAnotherDiesAtOnce) {
  EXPECT_EQ(watched([](Shared&, std::size_t, const Ready&) { return dies(); }),
            static_cast<int>(Exit::WorldFailed));
  EXPECT_EQ(workers(), "FRRRR");
}

TEST_F(ServeWatch, OneThatWasReadyInBetweenIsCountedAnew) {
  EXPECT_EQ(watched([](Shared&, std::size_t start, const Ready& ready) {
              if (start % 5 == 4) ready();
              return start < 14 ? dies() : Exit::Done;
            }),
            0);
  EXPECT_EQ(workers(), "F" + std::string(14, 'R'));
}

TEST_F(ServeWatch, AskedToEndItAsksTheWorker) {
  for (const int signal : {SIGTERM, SIGINT}) {
    shared_->is_waiting = shared_->has_ended = false;
    shared_->starts = 0;
    const pid_t watcher = begin([](Shared& shared, std::size_t, const Ready& ready) {
      ready();
      return waits(shared);
    });
    ASSERT_TRUE(comes(shared_->is_waiting));
    ::kill(watcher, signal);
    EXPECT_EQ(end_of(watcher), 0);
    EXPECT_TRUE(shared_->has_ended);
    EXPECT_EQ(workers(), "F");
  }
}

TEST_F(ServeWatch, OneThatDiesWhileItEndsIsNotStartedAgain) {
  const pid_t watcher = begin([](Shared& shared, std::size_t, const Ready& ready) {
    ready();
    (void)waits(shared);
    return dies();
  });
  ASSERT_TRUE(comes(shared_->is_waiting));
  ::kill(watcher, SIGTERM);
  EXPECT_EQ(end_of(watcher), static_cast<int>(Exit::WorldFailed));
  EXPECT_EQ(workers(), "F");
}

TEST_F(ServeWatch, AWorkerIsAskedToEndWhenWhoWatchesIsKilled) {
  const pid_t watcher = begin([](Shared& shared, std::size_t, const Ready& ready) {
    ready();
    return waits(shared);
  });
  ASSERT_TRUE(comes(shared_->is_waiting));
  ::kill(watcher, SIGKILL);
  EXPECT_EQ(end_of(watcher), -1);
  EXPECT_TRUE(comes(shared_->has_ended));
}

}  // namespace
}  // namespace hs::app
