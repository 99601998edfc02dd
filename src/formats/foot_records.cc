#include "formats/foot_records.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

// Implementation notes: a distance is in the table only where its record is faster than the line
// between its neighbours: 20,000 m on the track (56:20.02) is slower than the first 20 km of the
// road half marathon, so it would not be a least time. The only floating-point step is the
// logarithm; its result is rounded to a millisecond before anything else, and everything after
// is integers.

namespace hs::formats {
namespace {

struct Record {
  std::int64_t distance_mm;
  std::int64_t time_ms;
};

constexpr std::int64_t hms(std::int64_t hours, std::int64_t minutes, std::int64_t seconds,
                           std::int64_t hundredths = 0) {
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10;
}

// World Athletics, world records, men; as of 2024-12-31. The day is when it was run.
constexpr std::array kRecords = {
    Record{100'000, hms(0, 0, 9, 58)},       // 2009-08-16, track
    Record{200'000, hms(0, 0, 19, 19)},      // 2009-08-20, track
    Record{400'000, hms(0, 0, 43, 3)},       // 2016-08-14, track
    Record{800'000, hms(0, 1, 40, 91)},      // 2012-08-09, track
    Record{1'000'000, hms(0, 2, 11, 96)},    // 1999-09-05, track
    Record{1'500'000, hms(0, 3, 26, 0)},     // 1998-07-14, track
    Record{1'609'344, hms(0, 3, 43, 13)},    // 1999-07-07, track
    Record{2'000'000, hms(0, 4, 43, 13)},    // 2023-09-08, track
    Record{3'000'000, hms(0, 7, 17, 55)},    // 2024-08-25, track
    Record{5'000'000, hms(0, 12, 35, 36)},   // 2020-08-14, track
    Record{10'000'000, hms(0, 26, 11, 0)},   // 2020-10-07, track
    Record{15'000'000, hms(0, 41, 5)},       // 2020-11-21, road
    Record{21'097'500, hms(0, 57, 30)},      // 2024-10-27, road
    Record{30'000'000, hms(1, 26, 47, 40)},  // 2011-06-03, track
    Record{42'195'000, hms(2, 0, 35)},       // 2023-10-08, road
    Record{50'000'000, hms(2, 38, 43)},      // 2022-10-08, road
    Record{100'000'000, hms(6, 5, 35)},      // 2023-05-14, road
};

constexpr bool rising() {
  for (std::size_t i = 1; i < kRecords.size(); ++i) {
    if (kRecords[i].distance_mm <= kRecords[i - 1].distance_mm) return false;
    if (kRecords[i].time_ms <= kRecords[i - 1].time_ms) return false;
  }
  return true;
}
static_assert(rising());

std::int64_t by_pace_ms(const Record& record, std::int64_t distance_mm) {
  const double share = static_cast<double>(distance_mm) / static_cast<double>(record.distance_mm);
  return std::llround(static_cast<double>(record.time_ms) * share);
}

std::int64_t between_ms(const Record& below, const Record& above, std::int64_t distance_mm) {
  const auto ln = [](std::int64_t mm) { return std::log(static_cast<double>(mm)); };
  const double share =
      (ln(distance_mm) - ln(below.distance_mm)) / (ln(above.distance_mm) - ln(below.distance_mm));
  return below.time_ms + std::llround(static_cast<double>(above.time_ms - below.time_ms) * share);
}

std::int64_t record_ms(std::int64_t distance_mm) {
  if (distance_mm <= kRecords.front().distance_mm) {
    return by_pace_ms(kRecords.front(), distance_mm);
  }
  for (std::size_t i = 1; i < kRecords.size(); ++i) {
    if (distance_mm == kRecords[i].distance_mm) return kRecords[i].time_ms;
    if (distance_mm < kRecords[i].distance_mm) {
      return between_ms(kRecords[i - 1], kRecords[i], distance_mm);
    }
  }
  return by_pace_ms(kRecords.back(), distance_mm);
}

}  // namespace

base::Duration fastest_on_foot(base::Distance distance) {
  constexpr std::int64_t kPercent = 80;
  const std::int64_t mm = distance.in_millimetres();
  if (mm <= 0) return base::Duration(0);
  return std::chrono::seconds(record_ms(mm) * kPercent / 100 / 1000);
}

}  // namespace hs::formats
