// Implementation notes
//
// A visit is an unbroken stay of a body within reach of a line. While the body moves, a passing is
// heard 4 to 10 times, evenly over the way through the field; while it stands, now and then, as
// antennas on the ground see a standing chip badly. Which visit is a runner's true passing of a
// point is decided by the way alone (last crossing of the start, first of every later point), never
// by what was read.
#include "sim/detect.h"

#include <algorithm>

#include "base/check.h"

namespace hs::sim {

namespace {

using base::Distance;
using base::Duration;
using base::RaceTime;

constexpr std::int64_t kReadsLeast = 4;
constexpr std::int64_t kReadsMost = 10;
// Below this a body stands: 0.3 m/s in millimetres a second.
constexpr std::int64_t kStandingSpeed = 300;
constexpr std::int64_t kStandingReadLeastUs = 3000000;
constexpr std::int64_t kStandingReadMostUs = 25000000;
// Two readers of one box take turns to write: a line may come this much later than an earlier read.
constexpr std::int64_t kWriteDelayMostUs = 4000000;
constexpr int kAntennas = 4;
constexpr std::uint32_t kSecondReportPerMillion = 350000;

/// A part of a visit between two knots.
struct Piece {
  RaceTime from, until;
  bool standing = false;
};

struct Visit {
  std::vector<Piece> pieces;
  const HearingPlace* place = nullptr;
  [[nodiscard]] RaceTime from() const { return pieces.front().from; }
  [[nodiscard]] RaceTime until() const { return pieces.back().until; }
};

/// The part of the way between two knots that lies within [low, high], as a piece.
std::optional<Piece> within(const Knot& a, const Knot& b, Distance low, Distance high) {
  const Distance least = std::min(a.along, b.along);
  const Distance most = std::max(a.along, b.along);
  if (most < low || high < least) return std::nullopt;
  const std::int64_t length = (b.along - a.along).in_millimetres();
  const std::int64_t us = (b.at - a.at).count();
  if (us <= 0) return std::nullopt;
  if (length == 0) return Piece{a.at, b.at, true};
  const auto at = [&](Distance along) {
    return a.at + Duration(us * (along - a.along).in_millimetres() / length);
  };
  RaceTime first = at(std::clamp(low, least, most));
  RaceTime second = at(std::clamp(high, least, most));
  if (second < first) std::swap(first, second);
  const std::int64_t size = length < 0 ? -length : length;
  const bool standing = size * 1000000 / us < kStandingSpeed;
  return Piece{first, second, standing};
}

std::vector<Visit> visits_of(const Box& box, const Way& way) {
  std::vector<Visit> visits;
  for (const HearingPlace& place : box.places) {
    const Distance low = place.along - box.reach;
    const Distance high = place.along + box.reach;
    bool open = false;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      const auto piece = within(way[i], way[i + 1], low, high);
      if (!piece) {
        open = false;
        continue;
      }
      if (!open || visits.back().until() != piece->from) visits.push_back({{}, &place});
      visits.back().pieces.push_back(*piece);
      open = true;
    }
  }
  return visits;
}

/// Instants at which a chip is seen while its body moves through the field.
void reads_moving(const Visit& visit, Random& random, std::vector<RaceTime>& out) {
  std::int64_t moving_us = 0;
  for (const Piece& piece : visit.pieces) {
    if (!piece.standing) moving_us += (piece.until - piece.from).count();
  }
  if (moving_us == 0) return;
  const std::int64_t count =
      visit.place->point ? random.between(kReadsLeast, kReadsMost) : std::int64_t{1};
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t offset = random.between(0, moving_us - 1);
    for (const Piece& piece : visit.pieces) {
      if (piece.standing) continue;
      const std::int64_t length = (piece.until - piece.from).count();
      if (offset < length) {
        out.push_back(piece.from + Duration(offset));
        break;
      }
      offset -= length;
    }
  }
}

void reads_standing(const Visit& visit, Random& random, std::vector<RaceTime>& out) {
  for (const Piece& piece : visit.pieces) {
    if (!piece.standing) continue;
    RaceTime at = piece.from + Duration(random.between(0, kStandingReadMostUs));
    while (at < piece.until) {
      out.push_back(at);
      at += Duration(random.between(kStandingReadLeastUs, kStandingReadMostUs));
    }
  }
}

bool is_deaf(const Box& box, RaceTime at) {
  return std::any_of(box.deaf.begin(), box.deaf.end(),
                     [at](const TimeSpan& span) { return span.from <= at && at < span.until; });
}

/// Of a passing's detections a merging box writes the strongest, sometimes a second one. The
/// strongest is the one in the middle, nearest to the line.
std::vector<Detection> report(const Box& box, const std::vector<Detection>& heard, Random& random) {
  if (box.reporting == Reporting::Every || heard.size() < 2) return heard;
  Detection strongest = heard[heard.size() / 2];
  strongest.hits = static_cast<std::uint16_t>(heard.size());
  if (!random.chance(kSecondReportPerMillion)) return {strongest};
  strongest.hits = static_cast<std::uint16_t>(heard.size() - 1);
  return {strongest, heard.back()};
}

/// Everything heard of one chip in one visit, in order of time.
std::vector<Detection> hear(const Box& box, const Visit& visit, ChipNumber chip, Random& random) {
  std::vector<RaceTime> standing;
  std::vector<RaceTime> moving;
  reads_standing(visit, random, standing);
  const bool missed =
      random.chance(box.misses_per_million) || !random.chance(visit.place->hears_per_million);
  if (!missed) reads_moving(visit, random, moving);
  std::sort(moving.begin(), moving.end());
  const auto antenna = static_cast<int>(random.below(kAntennas)) + 1;
  const auto make = [&](RaceTime at) {
    Detection detection;
    detection.at = at;
    detection.chip = chip;
    // A body walks between two antennas and is heard by both.
    const int beside = antenna < kAntennas ? antenna + 1 : antenna - 1;
    detection.antenna = static_cast<std::uint8_t>(random.chance(700000) ? antenna : beside);
    detection.rssi_dbm = static_cast<std::int8_t>(random.between(-75, -38));
    return detection;
  };
  const auto lost = [&](const Detection& detection) {
    return is_deaf(box, detection.at) ||
           (box.dead_antenna && *box.dead_antenna == detection.antenna);
  };
  std::vector<Detection> heard;
  for (const RaceTime at : moving) {
    const Detection detection = make(at);
    if (!lost(detection)) heard.push_back(detection);
  }
  std::vector<Detection> all = report(box, heard, random);
  for (const RaceTime at : standing) {
    const Detection detection = make(at);
    if (!lost(detection)) all.push_back(detection);
  }
  std::sort(all.begin(), all.end(),
            [](const Detection& a, const Detection& b) { return a.at < b.at; });
  return all;
}

/// When the box writes a detection: later by up to some seconds, but never across a change of the
/// clock, since the marker of the change holds by position.
RaceTime written_at(const Box& box, RaceTime at, Random& random) {
  const RaceTime written = at + Duration(random.between(0, kWriteDelayMostUs));
  for (const ClockSpan& span : box.clock) {
    if (at < span.from && span.from <= written) return span.from - Duration(1);
  }
  return written;
}

const ClockSpan& span_at(const Box& box, RaceTime at) {
  HS_CHECK(!box.clock.empty(), "a box has a clock");
  std::size_t i = 0;
  while (i + 1 < box.clock.size() && box.clock[i + 1].from <= at) ++i;
  return box.clock[i];
}

/// Puts what one visit left into the account of the point it belongs to.
void account(const Visit& visit, const std::vector<Detection>& heard, bool is_true_passing,
             RaceTime gun, HeardAt& entry) {
  if (!visit.place->point) {
    entry.overheard = entry.overheard || !heard.empty();
    return;
  }
  for (const Detection& detection : heard) {
    if (is_true_passing) {
      if (!entry.first) entry.first = detection.at;
      if (entry.point != 0 || detection.at >= gun) entry.last = detection.at;
    } else if (!entry.other_after || *entry.other_after < detection.at) {
      entry.other_after = detection.at;
    }
    if (!is_true_passing && (!entry.other_before || detection.at < *entry.other_before)) {
      entry.other_before = detection.at;
    }
  }
}

/// When the body truly passes this line of the point, if ever.
std::optional<RaceTime> true_passing(const Runner& runner, const HearingPlace& place) {
  if (!place.point) return std::nullopt;
  return *place.point == 0 ? last_crossing(runner.way, place.along)
                           : first_crossing(runner.way, place.along);
}

}  // namespace

base::ReaderTime dial_at(const Box& box, RaceTime at) {
  const ClockSpan& span = span_at(box, at);
  const Duration since = at - span.from;
  const Duration drift(since.count() / 1000 * span.drift_per_billion / 1000000);
  const Duration dial = at.time_since_epoch() + kEventOffset + span.ahead + drift;
  return base::ReaderTime(dial - dial % box.resolution);
}

RaceTime known_time(const Box& box, RaceTime at) {
  const ClockSpan& span = span_at(box, at);
  const Duration dial = dial_at(box, at).time_since_epoch();
  return RaceTime(dial - kEventOffset + span.known_correction);
}

std::vector<HeardAt> walk_past(const Box& box, const Runner& runner,
                               std::span<const PlanPoint> points, RaceTime gun, Random& random,
                               std::vector<Detection>& out) {
  std::vector<HeardAt> entries;
  const std::vector<Visit> visits = visits_of(box, runner.way);
  for (const ChipNumber chip : runner.carries) {
    for (const HearingPlace& place : box.places) {
      HeardAt entry;
      // What is overheard is put down to the point this mat serves last.
      entry.point = place.point ? *place.point : points.size() - 1;
      entry.chip = chip;
      const auto passed = true_passing(runner, place);
      entry.deaf = passed && is_deaf(box, *passed);
      for (const Visit& visit : visits) {
        if (visit.place != &place) continue;
        std::vector<Detection> heard = hear(box, visit, chip, random);
        const bool true_one = passed && visit.from() <= *passed && *passed <= visit.until();
        account(visit, heard, true_one, gun, entry);
        for (Detection& detection : heard) {
          detection.written = written_at(box, detection.at, random);
          out.push_back(detection);
        }
      }
      entries.push_back(entry);
    }
  }
  return entries;
}

}  // namespace hs::sim
