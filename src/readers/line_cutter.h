#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hs::readers {

/// Cuts what a socket gives into lines. CR, LF and CRLF end a line; how the bytes were cut before
/// makes no difference.
///
/// Errors:  a line longer than `most_bytes` is the last that is looked at: see `give_up`.
/// Threads: one at a time. Cost: O(bytes); keeps what has no end yet.
class LineCutter {
 public:
  /// A whole line of a connection.
  struct Whole {
    std::string text;           ///< Without its end.
    std::uint64_t through = 0;  ///< Bytes of the connection up to the end of it.
    std::uint32_t number = 0;   ///< Among the lines of the connection, from 1, empty ones too.
  };

  explicit LineCutter(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Takes bytes off the front of `bytes` until a line ends, and puts that into `line`. False when
  /// all of `bytes` is taken and no line has ended.
  [[nodiscard]] bool next(std::string_view& bytes, Whole& line);

  /// What is wrong once a line was longer than any can be, for `Heard::give_up`; else empty.
  [[nodiscard]] std::string give_up() const;

 private:
  std::size_t most_bytes_;
  std::string rest_;
  std::uint64_t taken_ = 0;
  std::uint32_t lines_ = 0;
  bool after_cr_ = false;
  bool is_endless_ = false;
};

}  // namespace hs::readers
