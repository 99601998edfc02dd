#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace hs::test {

/// A disk in memory for SQLite (a VFS) that fails, fills up and forgets when it is told to.
///
/// It remembers what was synced. `crash` keeps that and loses or tears the rest, as a power cut
/// does. One connection at a time, one thread; names of files are plain names without folders.
/// Its random numbers and its clock always begin the same, so a run can be repeated.
///
/// A file's name is taken as durable once the file was synced; removing a file is durable at once.
class FaultyDisk {
 public:
  FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  /// The name to give to `OpenOptions::vfs`.
  [[nodiscard]] const std::string& vfs() const;

  enum class Fault : std::uint8_t {
    IoError,   ///< The call fails.
    DiskFull,  ///< Calls that write fail for lack of room; all others go well.
  };
  enum class Lasting : std::uint8_t {
    Once,      ///< The N-th call only.
    FromThen,  ///< The N-th call and all behind it, until `heal`.
  };
  /// Lets the `n`-th call from now fail (1 is the next).
  void fail_call(std::uint64_t n, Fault fault, Lasting lasting);
  /// No faults from here on.
  void heal();
  /// True once a call was made to fail since `fail_call`.
  [[nodiscard]] bool has_failed() const;

  /// From now on a sync does not come back until `let_syncs_go`: a disk that stalls. Threads: safe
  /// from any.
  void hold_syncs();
  void let_syncs_go();
  /// True while somebody waits for one. Threads: safe from any.
  [[nodiscard]] bool is_holding() const;

  /// Room for all files together; nothing: no limit.
  void set_room(std::optional<std::size_t> bytes);

  /// The power goes: of what was not synced, each write is kept, lost or torn at a multiple of 512
  /// bytes, as `random` has it. Connections must be closed or forgotten before (`forget`).
  void crash(std::mt19937_64& random);

  [[nodiscard]] bool exists(const std::string& name) const;
  [[nodiscard]] std::string bytes(const std::string& name) const;
  /// Puts a file there, synced.
  void put(const std::string& name, std::string_view bytes);
  void remove(const std::string& name);
  /// All files as they are now, and back again: opening many times from one state.
  using Image = std::map<std::string, std::string>;
  [[nodiscard]] Image image() const;
  void restore(const Image& image);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace hs::test
