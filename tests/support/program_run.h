#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/temp_folder.h"

namespace hs::test_support {

/// True where the test knows the program (`HS_PROGRAM`); a test that needs it skips without.
[[nodiscard]] bool has_program();

/// `homestretch` as a process of its own. What it says is kept in files, so that nothing of it
/// waits for a reader. Ends with the object, and with the test.
class ProgramRun {
 public:
  explicit ProgramRun(const std::vector<std::string>& arguments);
  ProgramRun(const ProgramRun&) = delete;
  ProgramRun& operator=(const ProgramRun&) = delete;
  ~ProgramRun();

  [[nodiscard]] pid_t id() const { return id_; }
  [[nodiscard]] std::string output() const;
  [[nodiscard]] std::string errors() const;

  /// Waits until it has said these words so many times; false where it ended without, or a minute
  /// passed.
  [[nodiscard]] bool says(const std::string& words, int times = 1);
  /// Its exit code; nothing where a signal ended it, or it goes on for more than a minute.
  [[nodiscard]] std::optional<int> wait();
  /// Sends a signal, then waits.
  [[nodiscard]] std::optional<int> end(int signal);

 private:
  [[nodiscard]] bool has_ended();
  test::TempFolder folder_;
  pid_t id_ = -1;
  std::optional<int> status_;
};

/// Runs it to its end.
struct ProgramEnd {
  std::optional<int> exit;
  std::string output;
  std::string errors;
};
[[nodiscard]] ProgramEnd run_program(const std::vector<std::string>& arguments);

/// `homestretch serve EVENT` on free ports of this machine, with what it said of them.
class ServeRun {
 public:
  /// `more`: options beside `--listen` and `--public`.
  explicit ServeRun(const std::string& event, const std::vector<std::string>& more = {});

  /// False where it did not come up; its words are in `run`.
  [[nodiscard]] bool is_up() const { return is_up_; }
  /// Kills the process that works, below the one that watches it.
  void kill_worker();
  /// Stops both processes where they are, as a laptop that sleeps, and lets them go on.
  void sleep();
  void wake();
  /// Waits until it has come up so many times.
  [[nodiscard]] bool comes_up(int times);
  [[nodiscard]] std::uint16_t officials() const { return port_behind("Officials: http://"); }
  [[nodiscard]] std::uint16_t everybody() const { return port_behind("Everybody: http://"); }
  /// A header that signs requests in this role; of the first start, which shows the tokens.
  [[nodiscard]] std::string bearer(const std::string& role) const;
  [[nodiscard]] ProgramRun& run() { return run_; }

 private:
  /// The process that works; nothing where none does.
  [[nodiscard]] std::optional<pid_t> worker() const;
  /// Of the last time it came up.
  [[nodiscard]] std::uint16_t port_behind(const std::string& words) const;
  ProgramRun run_;
  bool is_up_ = false;
};

}  // namespace hs::test_support
