#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hs::readers {

/// Which passings of a numbered file are still to be fetched from a box that also pushes new ones.
///
/// Passings come in any order, pushed or fetched, some twice. Everything below `next()` has come,
/// is in the log, or is not to be had; one number is all that is kept of it, so what comes ahead
/// of a gap is fetched again with the gap.
///
/// Units:   numbers of passings, from 1. Threads: a value. Cost: O(1) each.
class PassingPull {
 public:
  /// So many are asked for at once.
  static constexpr std::uint64_t kMostInBlock = 100;
  /// Higher numbers are a fault of the wire: no box has as many.
  static constexpr std::uint64_t kHighest = 1'000'000'000;

  struct Request {
    std::uint64_t from = 1;
    std::uint64_t count = 1;
  };

  /// A file begins, of which all below `next` is here.
  void begin(std::uint64_t next);

  /// The box has passings up to this number.
  void exists(std::uint64_t number);

  /// This passing has come.
  void came(std::uint64_t number);

  /// What was asked for has ended. A number that was asked for and did not come is given up.
  void block_ended();

  /// What was asked for was not answered: it may be asked for again.
  void not_answered() { asked_.reset(); }

  /// What to ask for; nothing while something asked for is on its way, or where nothing is missing.
  [[nodiscard]] std::optional<Request> next_request();

  [[nodiscard]] std::uint64_t next() const { return next_; }
  /// True where passings are known to exist that have not come.
  [[nodiscard]] bool is_behind() const { return next_ <= highest_; }
  /// How many numbers the box did not give when asked.
  [[nodiscard]] std::uint64_t given_up() const { return given_up_; }

 private:
  std::uint64_t next_ = 1;
  std::uint64_t highest_ = 0;
  std::uint64_t given_up_ = 0;
  std::optional<Request> asked_;
  /// The lowest that has come from behind a gap since something was asked for.
  std::optional<std::uint64_t> behind_gap_;
};

}  // namespace hs::readers
