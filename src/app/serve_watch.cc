#include "app/serve_watch.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

// Implementation notes: the watching process does nothing but wait, so that nothing in it can
// fail. The worker says that it is ready through a pipe.

namespace hs::app {
namespace {

constexpr int kMostQuickDeaths = 5;  ///< In a row, even when only recording.

sigset_t end_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

/// What became of one worker.
struct Ended {
  bool by_itself = false;
  int exit = 0;    ///< Of one that ended by itself.
  int signal = 0;  ///< Of one that was ended.
  bool was_ready = false;
  bool was_asked = false;  ///< To end.
};

Ended wait_for(pid_t worker, int ready_pipe) {
  // The end signals and the worker's death, whatever comes first.
  sigset_t set = end_signals();
  sigaddset(&set, SIGCHLD);
  Ended out;
  while (true) {
    int status = 0;
    const pid_t done = ::waitpid(worker, &status, WNOHANG);
    if (done == worker) {
      char byte = 0;
      out.was_ready = ::read(ready_pipe, &byte, 1) == 1;
      out.by_itself = WIFEXITED(status);
      out.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
      out.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
      return out;
    }
    int signal = 0;
    sigwait(&set, &signal);
    if (signal == SIGCHLD) continue;
    out.was_asked = true;
    ::kill(worker, SIGTERM);
  }
}

}  // namespace

void block_end_signals() {
  sigset_t set = end_signals();
  sigaddset(&set, SIGCHLD);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void wait_for_end() {
  const sigset_t set = end_signals();
  int signal = 0;
  sigwait(&set, &signal);
}

Exit watch(const std::function<Exit(Working, const Ready&)>& work) {
  block_end_signals();
  Working working = Working::Fully;
  int quick_deaths = 0;
  while (true) {
    int ends[2] = {};
    const pid_t watcher = ::getpid();
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
      return report(
          {base::ErrorCode::Io, std::string("cannot make a pipe: ") + strerror(errno), {}});
    }
    const pid_t worker = ::fork();
    if (worker < 0) {
      return report({base::ErrorCode::Io, std::string("cannot start: ") + strerror(errno), {}});
    }
    if (worker == 0) {
      // Nobody would watch it any more.
      ::prctl(PR_SET_PDEATHSIG, SIGTERM);
      if (::getppid() != watcher) ::_exit(static_cast<int>(Exit::WorldFailed));
      ::close(ends[0]);
      return work(working, [to = ends[1]] { (void)!::write(to, "r", 1); });
    }
    ::close(ends[1]);
    const Ended ended = wait_for(worker, ends[0]);
    ::close(ends[0]);
    if (ended.by_itself) return static_cast<Exit>(ended.exit);
    if (ended.was_asked) {
      return report({base::ErrorCode::Io,
                     std::string("it died while it ended: ") + strsignal(ended.signal) +
                         "; what came is in the spool and is stored at the next start",
                     {}});
    }
    quick_deaths = ended.was_ready ? 0 : quick_deaths + 1;
    if (quick_deaths >= kMostQuickDeaths) {
      return report({base::ErrorCode::Io, "it dies at once again and again: giving up", {}});
    }
    if (!ended.was_ready) working = Working::RecordOnly;
    std::fprintf(
        stderr, "homestretch: it ended by signal %d (%s) and is started again%s\n", ended.signal,
        strsignal(ended.signal),
        ended.was_ready ? "" : ", only to record reads, because it died before it was ready");
  }
}

}  // namespace hs::app
