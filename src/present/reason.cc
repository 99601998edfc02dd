#include "present/reason.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "present/wording.h"
#include "scoring/course.h"

// Implementation notes: scoring gives a verdict and at most two numbers; what is still missing for
// a sentence that can be checked (the time since the start, the distance) is read off the result.
// Where a number is absent the sentence leaves it out; none is made up.

namespace hs::present {
namespace {

/// What most sentences need: the read, whose it is, and in which race.
struct Case {
  const model::ReadView& read;
  const model::EventResults& results;
  const ReadIndex& index;
  const model::RunnerResult* runner = nullptr;
  const model::Race* race = nullptr;
};

Case case_of(const model::ReadView& read, const model::EventResults& results,
             const ReadIndex& index) {
  Case c{read, results, index};
  if (read.entrant.has_value()) {
    c.runner = &results.runners[read.entrant->raw()];
    c.race = &results.event.races[c.runner->race.raw()];
  }
  return c;
}

std::string mat_of(const Case& c) {
  const model::StreamHealth* stream = c.index.stream(c.read.stream);
  return stream == nullptr ? "this mat" : "mat " + stream->stream.mat;
}

const model::Point* point_of(const Case& c) {
  if (c.race == nullptr || !c.read.point.has_value()) return nullptr;
  return &c.race->points[c.read.point->raw()];
}

std::string wave_of(const Case& c) {
  if (c.runner == nullptr || !c.runner->wave.has_value()) return "the gun";
  return "the gun of wave " + c.race->waves[c.runner->wave->raw()].id;
}

std::string fact_text(model::FactSeq fact) { return "#" + std::to_string(fact.raw()); }

/// The instant that stands for the visit: of the read that counted, else of the point's passing.
std::optional<base::RaceTime> counted_at(const Case& c) {
  if (c.read.other.has_value()) {
    const model::ReadView* other = c.index.read_of(*c.read.other);
    if (other != nullptr) return other->time;
  }
  if (c.runner == nullptr || !c.read.point.has_value()) return std::nullopt;
  const model::Split& split = c.runner->splits[c.read.point->raw()];
  if (!split.passing.has_value()) return std::nullopt;
  return split.passing->at;
}

/// "3.2 s after" or "3.2 s before" seen from `from`.
std::string apart(base::RaceTime time, base::RaceTime from) {
  if (time == from) return "at the same instant as";
  return short_time(time - from) + (time < from ? " before" : " after");
}

std::string outside_event(const Case& c) {
  const model::Event& event = c.results.event;
  if (c.read.time < event.begins) {
    return short_time(event.begins - c.read.time) + " before the event begins at " +
           base::format_rfc3339(event.begins, model::utc_offset_at(event, event.begins));
  }
  if (event.ends.has_value() && c.read.time > *event.ends) {
    return short_time(c.read.time - *event.ends) + " after the event ended at " +
           base::format_rfc3339(*event.ends, model::utc_offset_at(event, *event.ends));
  }
  return "after the event: later than 36 hours behind the last gun";
}

std::string before_gun(const Case& c) {
  std::optional<base::Duration> early = c.read.amount;
  if (!early.has_value() && c.runner != nullptr && c.runner->gun_at.has_value()) {
    early = *c.runner->gun_at - c.read.time;
  }
  return early.has_value() ? short_time(*early) + " before " + wave_of(c) : "before " + wave_of(c);
}

std::string outside_leg(const Case& c) {
  const model::Point* point = point_of(c);
  if (point == nullptr) return "of the team's own chip: only who ran says which leg it ended";
  if (!c.read.amount.has_value()) {
    return "of the runner of leg " + point->leg + ", which does not pass here";
  }
  const base::Duration amount = *c.read.amount;
  return amount > base::Duration::zero()
             ? short_time(amount) + " before leg " + point->leg + " of this runner began"
             : short_time(-amount) + " after leg " + point->leg + " of this runner was over";
}

std::string outside_window(const Case& c) {
  if (c.race == nullptr) return "after the start window had closed";
  const std::string window = "the start window of " + short_time(c.race->start_window);
  if (!c.read.amount.has_value()) return "after " + window + " had closed";
  return short_time(*c.read.amount) + " after " + window + " had closed";
}

/// The last point that the runner had reached before this read, and when.
struct Reached {
  base::RaceTime at;
  std::size_t index = 0;
};

std::optional<Reached> reached_before(const Case& c) {
  if (c.runner == nullptr || !c.read.point.has_value()) return std::nullopt;
  for (std::size_t i = c.read.point->raw(); i-- > 0;) {
    const auto& passing = c.runner->splits[i].passing;
    if (passing.has_value() && passing->at <= c.read.time) return Reached{passing->at, i};
  }
  const auto& start = c.runner->start_at.has_value() ? c.runner->start_at : c.runner->gun_at;
  if (!start.has_value() || *start > c.read.time) return std::nullopt;
  return Reached{*start, 0};
}

/// The least time between two points for the runner's way of moving, as scoring has it.
std::optional<base::Duration> least_time(const Case& c, std::size_t from, std::size_t to) {
  scoring::MatTable mats;
  const model::Mode mode = c.results.entrants[c.read.entrant->raw()].mode;
  const scoring::Course course = scoring::make_course(*c.race, mode, mats);
  std::optional<std::size_t> first;
  std::optional<std::size_t> second;
  for (std::size_t i = 0; i < course.points.size(); ++i) {
    if (course.points[i].id.raw() == from) first = i;
    if (course.points[i].id.raw() == to) second = i;
  }
  if (!first.has_value() || !second.has_value() || *first >= *second) return std::nullopt;
  return course.least_step(*first, *second);
}

std::string too_early(const Case& c) {
  const model::Point* point = point_of(c);
  const std::string where = point == nullptr ? mat_of(c) : point->id;
  const auto reached = reached_before(c);
  std::optional<base::Duration> least;
  if (reached.has_value()) least = least_time(c, reached->index, c.read.point->raw());
  // Later reads of a visit that began too early may themselves be late enough.
  if (!least.has_value() || c.read.time - reached->at >= *least) {
    const std::string by =
        c.read.amount.has_value() ? " by " + short_time(*c.read.amount) : std::string();
    return "the visit began too early" + by + " for anybody to be at " + where;
  }
  const model::Point& from = c.race->points[reached->index];
  return "heard for " + where + " " + short_time(c.read.time - reached->at) + " after " +
         (reached->index == 0 ? "the start" : from.id) + "; nobody covers the " +
         distance_text(point->distance - from.distance) + " between in less than " +
         short_time(*least);
}

std::string counted(const Case& c) {
  const model::Point* point = point_of(c);
  if (point == nullptr || c.runner == nullptr) return "this read's time counts";
  const model::Split& split = c.runner->splits[c.read.point->raw()];
  const bool backup = split.passing.has_value() && split.passing->role == model::ReadRole::Backup;
  const std::string role = backup ? "backup, as the main mat did not hear the visit; " : "";
  if (c.read.point->raw() == 0) {
    return role + "counts for " + point->id + ": the last read of the visit is the start";
  }
  std::string out = role + "counts for " + point->id;
  if (split.net.has_value()) {
    out += ": net time " + base::format_h_mm_ss_mmm(split.net->value());
  }
  return out;
}

std::string dwell(const Case& c) {
  const auto at = counted_at(c);
  if (!at.has_value()) return "the same visit as a read that counts";
  return "the same visit, " + apart(c.read.time, *at) + " the read that counts";
}

std::string backup_unused(const Case& c) {
  const auto at = counted_at(c);
  if (!at.has_value()) return "the other line of antennas heard the same visit";
  return "the same visit, " + apart(c.read.time, *at) + " the read of the other line, which counts";
}

std::string late_repeat(const Case& c) {
  if (c.runner != nullptr && !c.runner->splits.empty()) {
    const auto& finish = c.runner->splits.back().passing;
    if (finish.has_value() && finish->at < c.read.time) {
      return "another visit, " + short_time(c.read.time - finish->at) +
             " after the finish had counted";
    }
  }
  return "another visit after the last point had counted";
}

std::string duplicate(const Case& c) {
  const auto at = counted_at(c);
  const model::Point* point = point_of(c);
  if (point != nullptr && at.has_value() && *at != c.read.time) {
    return "another visit, " + apart(c.read.time, *at) + " the one that counts for " + point->id;
  }
  return "another visit to " + mat_of(c) + " between two that count";
}

std::string by_ruling(const Case& c, std::string text) {
  if (c.read.other.has_value()) text += " " + fact_text(*c.read.other);
  return text;
}

std::string forced(const Case& c) {
  const model::Point* point = point_of(c);
  return by_ruling(c, "counts for " + (point == nullptr ? mat_of(c) : point->id) + " by ruling");
}

std::string not_in_race(const Case& c) {
  if (c.race == nullptr) return mat_of(c) + " is no point of the runner's race";
  if (const model::StreamHealth* stream = c.index.stream(c.read.stream)) {
    for (const model::Point& point : c.race->points) {
      if (point.mat != stream->stream.mat || point.role != model::PointRole::Spotter) continue;
      return mat_of(c) + " is the spotter's point " + point.id + " of race " + c.race->id +
             ": it feeds the announcer and times nobody";
    }
  }
  return mat_of(c) + " is no point of race " + c.race->id;
}

}  // namespace

std::string reason_for(const model::ReadView& read, const model::EventResults& results,
                       const ReadIndex& index) {
  const Case c = case_of(read, results, index);
  switch (read.verdict) {
    case model::Verdict::Marker:
      return "a mark of the device, not a chip";
    case model::Verdict::Gun:
      return "the gun as the device noted it, not a chip";
    case model::Verdict::OutsideEvent:
      return outside_event(c);
    case model::Verdict::UnknownChip:
      return "no entry has chip " + read.tag.str();
    case model::Verdict::AmbiguousChip:
      return "more than one entry has chip " + read.tag.str() + "; none is guessed";
    case model::Verdict::IgnoredByRuling:
      return by_ruling(c, "left out by ruling");
    case model::Verdict::ForcedByRuling:
      return forced(c);
    case model::Verdict::NotInRace:
      return not_in_race(c);
    case model::Verdict::BeforeGun:
      return before_gun(c);
    case model::Verdict::OutsideWindow:
      return outside_window(c);
    case model::Verdict::TooEarly:
      return too_early(c);
    case model::Verdict::Counted:
      return counted(c);
    case model::Verdict::Dwell:
      return dwell(c);
    case model::Verdict::BackupUnused:
      return backup_unused(c);
    case model::Verdict::LateRepeat:
      return late_repeat(c);
    case model::Verdict::Duplicate:
      return duplicate(c);
    case model::Verdict::AfterStop:
      return c.read.amount ? short_time(*c.read.amount) + " after the race was stopped"
                           : "after the race was stopped";
    case model::Verdict::OutsideLeg:
      return outside_leg(c);
  }
  return {};
}

}  // namespace hs::present
