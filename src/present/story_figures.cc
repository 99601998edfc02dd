#include "present/story_figures.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "present/group_figure.h"
#include "present/page_field.h"
#include "present/page_html.h"
#include "present/page_plot.h"
#include "present/page_time.h"
#include "present/plot_words.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "present/wording.h"
#include "present/years_figure.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;
using model::PointId;
using model::Race;
using Pairs = Plot::Points;

constexpr std::size_t kAlikeMax = 800;
// Two who are never further apart than this at a point are drawn by pace: by the clock their two
// lines would be one.
constexpr double kSideBySideSeconds = 60;
constexpr int kTicksAcross = 6;  // More labels than this touch each other on a phone.
constexpr int kFieldHeight = 220;
// The width of a label as a share of a phone's plot.
constexpr double kNoteShare = 0.36;
constexpr double kNoteHeight = 20;
constexpr std::size_t kCurvePoints = 200;

base::Duration seconds(double value) {
  return base::Duration(static_cast<std::int64_t>(std::llround(value * 1e6)));
}

Sentences words_of(const EventResults& results) { return Sentences(language_of(results.event)); }

std::int64_t whole_seconds(double value) { return seconds(value).count() / 1'000'000; }

std::string html_of(const Figure& figure) {
  return "<figure>" + figure.plot.html() + "<figcaption>" + escape_html(figure.caption) +
         "</figcaption></figure>\n";
}

// Labels of a time axis: hours and minutes for long races, minutes for short ones.
void time_ticks(Plot& plot, Language language, double from, double to) {
  constexpr double kLongRace = 5400;
  for (const double at : round_ticks(from, to, kTicksAcross, kSecondSteps)) {
    if (to >= kLongRace) {
      const std::string text = h_mm_ss(seconds(at));
      plot.tick(at, text.substr(0, text.size() - 3));
    } else {
      Sentences words(language);
      words.add_text("minutes", std::to_string(std::lround(at / 60)));
      plot.tick(at, words.text({{"picture.minutes"}}));
    }
  }
}

void kilometre_grid(Plot& plot, Language language, double whole) {
  constexpr int kLines = 5;
  for (const double km : round_ticks(0, whole, kLines, kKilometreSteps)) {
    if (km > 0) plot.grid(km, kilometre_words(km, language));
  }
}

void kilometre_ticks(Plot& plot, Language language, double whole) {
  for (const double km : round_ticks(0, whole, kTicksAcross, kKilometreSteps)) {
    plot.tick(km, kilometre_words(km, language));
  }
}

PointId finish_of(const Race& race) {
  return PointId(static_cast<std::uint16_t>(race.points.size() - 1));
}

// --- distance over time ------------------------------------------------------------------------

Pairs course_line(const EventResults& results, const Race& race, EntrantId id) {
  Pairs out = {{0, 0}};
  for (const PointId point : timed_points(race)) {
    if (const auto net = net_seconds(results, id, point)) {
      out.emplace_back(*net, kilometres(race, point));
    }
  }
  return out;
}

struct Alike {
  std::vector<EntrantId> group;
  Pairs low, middle, high;
};

Alike alike_course(const EventResults& results, const Race& race, EntrantId id, PointId anchor) {
  Alike out;
  out.group = alike_at(results, finishers_of(results, results.runners[id.raw()].race), id, anchor,
                       kAlikeMax);
  for (Pairs* line : {&out.low, &out.middle, &out.high}) line->emplace_back(0, 0);
  for (const PointId point : timed_points(race)) {
    const auto spread = net_spread(results, out.group, point);
    if (!spread) continue;
    out.low.emplace_back(spread->low, kilometres(race, point));
    out.middle.emplace_back(spread->middle, kilometres(race, point));
    out.high.emplace_back(spread->high, kilometres(race, point));
  }
  return out;
}

// The last point before the finish that the runner has a time for, up to `wanted`.
std::optional<PointId> known_point(const EventResults& results, const Race& race, EntrantId id,
                                   std::optional<PointId> wanted) {
  std::optional<PointId> out;
  for (const PointId point : timed_points(race)) {
    const bool is_finish = point.raw() + 1U == race.points.size();
    if (is_finish || (wanted && point > *wanted)) break;
    if (net_seconds(results, id, point)) out = point;
  }
  return out;
}

std::optional<PointId> named_from(const Race& race, const model::Moment& moment) {
  for (const model::Evidence& item : moment.evidence) {
    if (const auto point = find_point(race, item.from); point && point->raw() > 0) return point;
  }
  return std::nullopt;
}

std::optional<Figure> collapse_figure(const EventResults& results, const model::Moment& moment,
                                      int height_px) {
  const Race& race = results.event.races[moment.race.raw()];
  const EntrantId id = moment.people.front();
  const Pairs own = course_line(results, race, id);
  const auto anchor = known_point(results, race, id, named_from(race, moment));
  if (own.size() < 3 || !anchor) return {};
  const Alike alike = alike_course(results, race, id, *anchor);
  const double whole = kilometres(race, finish_of(race));
  const double longest = std::max(own.back().first, alike.high.back().first);
  const double at = *net_seconds(results, id, *anchor);
  Sentences words = words_of(results);
  words.add_point("at", race, race.points[anchor->raw()].id);
  words.add_time("time", whole_seconds(at));
  words.add_time("total", whole_seconds(own.back().first));
  std::string described = words.text({{"picture.distance-described"}});
  std::string caption = words.text({{"picture.distance"}});
  if (alike.middle.size() > 1) {
    words.add_count("alike", alike.group.size());
    words.add_time("middle", whole_seconds(alike.middle.back().first));
    described += " " + words.text({{"picture.alike-described"}});
    caption += " " + words.text({{"picture.alike"}});
  }
  Plot plot(described, {0, longest * 1.01}, {0, whole}, height_px);
  kilometre_grid(plot, words.language(), whole);
  time_ticks(plot, words.language(), 1, longest);
  plot.band(alike.low, alike.high);
  plot.line(alike.middle, Plot::Stroke::Median);
  plot.line(own, Plot::Stroke::Main);
  plot.dot(at, kilometres(race, *anchor));
  plot.note(at, kilometres(race, *anchor), words.text({{"picture.at-in"}}), Plot::Side::Above);
  plot.dot(own.back().first, own.back().second);
  // Both above the line while neither touches the other, on a phone too.
  const bool apart = (own.back().first - at) / longest > kNoteShare ||
                     (1 - kilometres(race, *anchor) / whole) * height_px > kNoteHeight;
  Sentences finish = words_of(results);
  finish.add_time("time", whole_seconds(own.back().first));
  plot.note(own.back().first, own.back().second, finish.text({{"picture.finish-in"}}),
            apart ? Plot::Side::Above : Plot::Side::Below);
  return Figure{std::move(plot), caption};
}

// --- pace along the course ---------------------------------------------------------------------

struct PaceLine {
  Pairs starts;  // (kilometre where the interval begins, seconds a kilometre)
  double end_km = 0;
};

PaceLine pace_line(const EventResults& results, const Race& race, EntrantId id) {
  PaceLine out;
  PointId from(0);
  for (const PointId to : timed_points(race)) {
    const auto pace = pace_between(results, id, from, to);
    if (!pace) continue;  // A missed mat: the next known point closes a longer interval.
    out.starts.emplace_back(kilometres(race, from), *pace);
    out.end_km = kilometres(race, to);
    from = to;
  }
  return out;
}

struct PaceBand {
  Pairs low, middle, high;
  double end_km = 0;
};

PaceBand pace_band(const EventResults& results, const Race& race,
                   const std::vector<EntrantId>& group) {
  PaceBand out;
  PointId from(0);
  for (const PointId to : timed_points(race)) {
    const auto spread = pace_spread(results, group, from, to);
    if (!spread) continue;
    out.low.emplace_back(kilometres(race, from), spread->low);
    out.middle.emplace_back(kilometres(race, from), spread->middle);
    out.high.emplace_back(kilometres(race, from), spread->high);
    out.end_km = kilometres(race, to);
    from = to;
  }
  return out;
}

// A frame for paces: a little room on both sides, the fast end up.
Axis pace_axis(const std::vector<const Pairs*>& lines) {
  double fast = 0;
  double slow = 0;
  for (const Pairs* line : lines) {
    for (const auto& [km, pace] : *line) {
      fast = fast > 0 ? std::min(fast, pace) : pace;
      slow = std::max(slow, pace);
    }
  }
  const double room = std::max((slow - fast) * 0.08, 5.0);
  return {slow + room, std::max(fast - room, 0.0)};
}

Plot pace_frame(const std::string& described, const Race& race, Language language, Axis axis,
                int height_px) {
  constexpr int kLines = 6;
  const double whole = kilometres(race, finish_of(race));
  Plot plot(described, {0, whole}, axis, height_px);
  for (const double pace : round_ticks(axis.from, axis.to, kLines, kSecondSteps)) {
    plot.grid(pace, pace_text(pace));
  }
  kilometre_ticks(plot, language, whole);
  return plot;
}

std::string half_words(const EventResults& results, const Race& race, EntrantId id) {
  const auto half = half_way(race);
  if (!half) return {};
  const auto first = net_seconds(results, id, *half);
  const auto all = net_seconds(results, id, finish_of(race));
  if (!first || !all) return {};
  Sentences words = words_of(results);
  words.add_point("at", race, race.points[half->raw()].id);
  words.add_time("first", whole_seconds(*first));
  words.add_time("second", whole_seconds(*all - *first));
  return " " + words.text({{"picture.halves-described"}});
}

std::optional<Figure> pace_figure(const EventResults& results, const model::Moment& moment,
                                  int height_px) {
  const Race& race = results.event.races[moment.race.raw()];
  const EntrantId id = moment.people.front();
  const PaceLine own = pace_line(results, race, id);
  if (own.starts.size() < 2) return {};
  const auto anchor = known_point(results, race, id, half_way(race));
  std::vector<EntrantId> group;
  if (anchor) {
    group = alike_at(results, finishers_of(results, moment.race), id, *anchor, kAlikeMax);
  }
  const PaceBand band = pace_band(results, race, group);
  Sentences words = words_of(results);
  std::string caption = words.text({{"picture.pace"}});
  if (!band.low.empty()) {
    words.add_count("alike", group.size());
    words.add_point("at", race, race.points[anchor->raw()].id);
    caption += " " + words.text({{"picture.alike"}});
  }
  Plot plot =
      pace_frame(words.text({{"picture.pace-described"}}) + half_words(results, race, id), race,
                 words.language(), pace_axis({&own.starts, &band.low, &band.high}), height_px);
  plot.band(stairs(band.low, band.end_km), stairs(band.high, band.end_km));
  plot.line(stairs(band.middle, band.end_km), Plot::Stroke::Median);
  plot.line(stairs(own.starts, own.end_km), Plot::Stroke::Main);
  return Figure{std::move(plot), caption};
}

// --- two together ------------------------------------------------------------------------------

// (seconds since `zero`, kilometre) of every passing.
Pairs clock_line(const EventResults& results, const Race& race, EntrantId id, base::RaceTime zero) {
  Pairs out;
  const auto& splits = results.runners[id.raw()].splits;
  for (std::size_t i = 0; i < splits.size(); ++i) {
    if (!splits[i].passing || race.points[i].role != model::PointRole::Timed) continue;
    const auto since = static_cast<double>((splits[i].passing->at - zero).count()) / 1e6;
    out.emplace_back(since, kilometres(race, PointId(static_cast<std::uint16_t>(i))));
  }
  return out;
}

double widest_gap(const EventResults& results, EntrantId one, EntrantId two) {
  double widest = 0;
  const auto& a = results.runners[one.raw()].splits;
  const auto& b = results.runners[two.raw()].splits;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (!a[i].passing || !b[i].passing) continue;
    const auto gap = static_cast<double>((a[i].passing->at - b[i].passing->at).count()) / 1e6;
    widest = std::max(widest, std::abs(gap));
  }
  return widest;
}

std::string both_named(const EventResults& results, EntrantId one, EntrantId two) {
  Sentences words = words_of(results);
  words.add_text("one", isolated_text(shown_name(results, one)));
  words.add_text("two", isolated_text(shown_name(results, two)));
  return words.text({{"picture.both"}});
}

std::optional<Figure> side_by_side_figure(const EventResults& results, const Race& race,
                                          EntrantId one, EntrantId two, int height_px) {
  const PaceLine a = pace_line(results, race, one);
  const PaceLine b = pace_line(results, race, two);
  if (a.starts.size() < 2 || b.starts.size() < 2) return {};
  const auto finish = finish_of(race);
  const auto group = alike_at(results, finishers_of(results, results.runners[one.raw()].race), one,
                              finish, kAlikeMax);
  const PaceBand band = pace_band(results, race, group);
  Sentences words = words_of(results);
  std::string caption = words.text({{"picture.pace"}}) + " " + both_named(results, one, two);
  if (!band.low.empty()) {
    words.add_count("alike", group.size());
    caption += " " + words.text({{"picture.alike-at-finish"}});
  }
  Plot plot = pace_frame(words.text({{"picture.both-described"}}), race, words.language(),
                         pace_axis({&a.starts, &b.starts, &band.low, &band.high}), height_px);
  plot.band(stairs(band.low, band.end_km), stairs(band.high, band.end_km));
  plot.line(stairs(a.starts, a.end_km), Plot::Stroke::Main);
  plot.line(stairs(b.starts, b.end_km), Plot::Stroke::Second);
  return Figure{std::move(plot), caption};
}

Plot clock_plot(const EventResults& results, const Race& race, base::RaceTime zero, const Pairs& a,
                const Pairs& b, const std::string& described, int height_px) {
  const double whole = kilometres(race, finish_of(race));
  const double from = std::min(a.front().first, b.front().first);
  const double to = std::max(a.back().first, b.back().first);
  Plot plot(described, {from, from + (to - from) * 1.02 + 1}, {0, whole}, height_px);
  Sentences words = words_of(results);
  kilometre_grid(plot, words.language(), whole);
  // Ticks at round times of day: the dial's zero is local midnight, not the gun.
  const auto dial = (zero - results.event.begins).count() / 1'000'000;
  const auto shift = static_cast<double>(dial);
  for (const double at : round_ticks(from + shift, to + shift, 4, kSecondSteps)) {
    plot.tick(at - shift, hour_minute(results.event, zero + seconds(at - shift)));
  }
  plot.line(a, Plot::Stroke::Main);
  plot.line(b, Plot::Stroke::Second);
  plot.dot(a.back().first, a.back().second);
  words.add_text("when", local_time(results.event, zero + seconds(a.back().first)));
  plot.note(a.back().first, a.back().second, words.text({{"picture.finish-at"}}),
            Plot::Side::Above);
  return plot;
}

// A line that ends at the finish would claim a time for somebody who is out.
bool all_finished(const EventResults& results, const model::Moment& moment) {
  return std::all_of(moment.people.begin(), moment.people.end(), [&](EntrantId id) {
    return results.runners[id.raw()].status == model::RunnerStatus::Finished;
  });
}

std::optional<Figure> together_figure(const EventResults& results, const model::Moment& moment,
                                      int height_px) {
  if (moment.people.size() < 2 || !all_finished(results, moment)) return {};
  const Race& race = results.event.races[moment.race.raw()];
  const EntrantId one = moment.people[0];
  const EntrantId two = moment.people[1];
  if (widest_gap(results, one, two) <= kSideBySideSeconds) {
    return side_by_side_figure(results, race, one, two, height_px);
  }
  const auto& first = results.runners[one.raw()].splits;
  if (first.empty() || !first.back().passing) return {};
  const base::RaceTime zero = results.runners[one.raw()].gun_at.value_or(results.event.begins);
  const Pairs a = clock_line(results, race, one, zero);
  const Pairs b = clock_line(results, race, two, zero);
  if (a.size() < 2 || b.size() < 2) return {};
  Sentences words = words_of(results);
  words.add_text("when", local_time(results.event, first.back().passing->at));
  return Figure{
      clock_plot(results, race, zero, a, b, words.text({{"picture.clock-described"}}), height_px),
      words.text({{"picture.clock"}}) + " " + both_named(results, one, two)};
}

// --- the field ---------------------------------------------------------------------------------

std::string finish_curve(const EventResults& results, const Race& race,
                         const std::vector<EntrantId>& finishers) {
  std::vector<double> times;
  const auto finish = finish_of(race);
  for (const EntrantId id : finishers) {
    if (const auto net = net_seconds(results, id, finish)) times.push_back(*net);
  }
  std::sort(times.begin(), times.end());
  const auto at = [&times](double share) {
    return times[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(times.size() - 1)))];
  };
  Pairs curve;
  for (std::size_t i = 0; i <= kCurvePoints; ++i) {
    const double time = times.front() + (times.back() - times.front()) * static_cast<double>(i) /
                                            static_cast<double>(kCurvePoints);
    const auto home = std::upper_bound(times.begin(), times.end(), time) - times.begin();
    curve.emplace_back(time, 100.0 * static_cast<double>(home) / static_cast<double>(times.size()));
  }
  Sentences words = words_of(results);
  words.add_count("finishers", times.size());
  words.add_time("middle", whole_seconds(at(0.5)));
  words.add_time("most", whole_seconds(at(0.9)));
  const double room = std::max((times.back() - times.front()) * 0.02, 1.0);
  Plot plot(words.text({{"picture.home-described"}}), {times.front() - room, times.back() + room},
            {0, 100}, kFieldHeight);
  for (const char* share : {"25", "50", "75", "100"}) {
    Sentences label = words_of(results);
    label.add_text("percent", share);
    plot.grid(std::atof(share), label.text({{"picture.percent"}}));
  }
  time_ticks(plot, words.language(), times.front(), times.back());
  plot.line(curve, Plot::Stroke::Main);
  // A label stands on the side where it has room: left above the curve, or right below it.
  const auto mark = [&](double share, const std::string& text) {
    const double time = at(share);
    const double across = (time - times.front()) / std::max(times.back() - times.front(), 1.0);
    plot.dot(time, share * 100);
    plot.note(time, share * 100, text, across > kNoteShare ? Plot::Side::Above : Plot::Side::Right);
  };
  mark(0.5, words.text({{"picture.half-by"}}));
  mark(0.9, words.text({{"picture.most-by"}}));
  return html_of({std::move(plot), words.text({{"picture.home"}})});
}

std::string field_pace(const EventResults& results, const Race& race,
                       const std::vector<EntrantId>& finishers) {
  const PaceBand band = pace_band(results, race, finishers);
  if (band.low.size() < 2) return {};
  Sentences words = words_of(results);
  words.add_time("first", static_cast<std::int64_t>(band.middle.front().second));
  words.add_time("second", static_cast<std::int64_t>(band.middle.back().second));
  Plot plot = pace_frame(words.text({{"picture.field-pace-described"}}), race, words.language(),
                         pace_axis({&band.low, &band.high}), kFieldHeight);
  plot.band(stairs(band.low, band.end_km), stairs(band.high, band.end_km));
  plot.line(stairs(band.middle, band.end_km), Plot::Stroke::Main);
  return html_of({std::move(plot), words.text({{"picture.field-pace"}})});
}

}  // namespace

std::optional<Figure> picture_of(const EventResults& results, const model::Moment& moment,
                                 int height_px) {
  if (moment.people.empty()) return {};
  switch (moment.kind) {
    case model::MomentKind::LateCollapse:
    case model::MomentKind::LongStop:
      return collapse_figure(results, moment, height_px);
    case model::MomentKind::NegativeSplit:
    case model::MomentKind::WallComeback:
    case model::MomentKind::Overtaking:
    case model::MomentKind::EvenPace:
    case model::MomentKind::LastFinisher:
    case model::MomentKind::Oldest:
    case model::MomentKind::FirstFinish:
    case model::MomentKind::Unseeded:
    case model::MomentKind::LastToFirst:
    case model::MomentKind::BeatTheCutoff:
    case model::MomentKind::Youngest:
    case model::MomentKind::LateStarter:
    case model::MomentKind::WinnerOfKind:
    case model::MomentKind::OwnWords:
    case model::MomentKind::ThroughTheStorm:
      return pace_figure(results, moment, height_px);
    case model::MomentKind::FinishTogether:
    case model::MomentKind::RanTogether:
    case model::MomentKind::SameTimes:
    case model::MomentKind::PhotoFinish:
    case model::MomentKind::LeadChangeLate:
    case model::MomentKind::GuidePair:
    case model::MomentKind::WaitedAndReturned:
    case model::MomentKind::Helped:
      return together_figure(results, moment, height_px);
    case model::MomentKind::StopFront:
    case model::MomentKind::Heat:
    case model::MomentKind::Storm:
    case model::MomentKind::LostMat:
    case model::MomentKind::Volunteers:
      return {};  // The field's own figures stand on the page already.
    case model::MomentKind::Group:
      return group_figure(results, moment, height_px);
    case model::MomentKind::Streak:
    case model::MomentKind::NthTime:
    case model::MomentKind::BackAfterYears:
    case model::MomentKind::AfterDnf:
    case model::MomentKind::AfterInterruption:
    case model::MomentKind::PersonalBest:
    case model::MomentKind::FirstUnder:
      return years_figure(results, moment, height_px);
    case model::MomentKind::Record:
    case model::MomentKind::AllTimeList:
    case model::MomentKind::AgeGrade:
      return pace_figure(results, moment, height_px);
  }
  return {};
}

std::string moment_figure(const EventResults& results, const model::Moment& moment, int height_px) {
  const auto figure = picture_of(results, moment, height_px);
  return figure ? html_of(*figure) : std::string();
}

std::string field_figures(const EventResults& results, model::RaceId race_id) {
  constexpr std::size_t kFieldLeast = 10;
  const Race& race = results.event.races[race_id.raw()];
  const std::vector<EntrantId> finishers = finishers_of(results, race_id);
  if (finishers.size() < kFieldLeast) return {};
  return finish_curve(results, race, finishers) + field_pace(results, race, finishers);
}

}  // namespace hs::present
