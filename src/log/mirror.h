#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace hs::log {

/// How a mirror stands.
struct MirrorState {
  std::string path;
  std::uint64_t behind = 0;                ///< Facts that the race file has and the mirror has not.
  std::string trouble;                     ///< Why the last try failed; empty: it did not.
  std::optional<base::RaceTime> equal_at;  ///< When it was equal last.
};

/// Keeps a second race file, on another disk, equal to the first while that one grows: row by row,
/// so that the mirror is a whole race file and verifies by itself. Nobody who writes the race file
/// waits for it. What fails is said and tried again each second: the mirror catches up when its
/// disk is back.
///
/// Threads: one of its own; every function may be called from any.
class Mirror {
 public:
  /// Makes the mirror where there is none, checks that one that is there holds the beginning of
  /// the race file, and begins to follow it. The race file may be open for writing.
  /// Errors: InvalidInput where `mirror` holds something else; Busy where somebody writes it;
  ///         DiskFull, Io.
  [[nodiscard]] static base::Result<std::unique_ptr<Mirror>> open(
      const std::string& race_file, const std::string& mirror, const base::Clock* clock = nullptr);
  ~Mirror();
  Mirror(const Mirror&) = delete;
  Mirror& operator=(const Mirror&) = delete;

  /// The race file has grown. Quick.
  void wake();

  [[nodiscard]] MirrorState state() const;

  /// Waits until it has tried with everything that was there before. For tests and the end.
  void settle();

 private:
  struct State;
  explicit Mirror(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hs::log
