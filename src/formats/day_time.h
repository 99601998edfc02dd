#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

/// Times of day that come without a date.
namespace hs::formats {

/// "HH:MM:SS" with up to `most_decimals` (at most 6) behind a point, blanks around it allowed;
/// nothing for anything else, 24:00:00 and second 60 included.
[[nodiscard]] std::optional<base::Duration> read_time_of_day(std::string_view text,
                                                             int most_decimals);

/// Gives times of day the day that they are most likely of, one after the other as a device says
/// them, over midnight and back.
///
/// Without a clock of ours the first is of the first day. Each next one lies from 4 h before to
/// 20 h after a reference, which follows them by at most an hour a time: devices go forward but
/// send some late, and one wrong time must not move the day of all behind it. With our clock
/// (`now`) it is the last such time that is not more than 2 h ahead of it.
///
/// Not known: the day after a silence of more than 20 h, nor without our clock anything else about
/// the day. Two streams cut from one may differ by a day where they begin behind a midnight.
///
/// Units: the device's own dial. Threads: a value.
class DayGiver {
 public:
  explicit DayGiver(const base::Date& first_day) : first_day_(first_day) {}

  /// What the dial shows now, as far as we know; nothing: unknown from here on.
  void set_now(std::optional<base::ReaderTime> now) { now_ = now; }

  /// The instant of `of_day`, which is at least zero and less than a day.
  [[nodiscard]] base::ReaderTime place(base::Duration of_day);

  /// How many were placed.
  [[nodiscard]] std::size_t placed() const { return placed_; }

 private:
  base::Date first_day_;
  std::optional<base::ReaderTime> now_;
  std::optional<base::ReaderTime> reference_;
  std::size_t placed_ = 0;
};

}  // namespace hs::formats
