#include "scoring/verdicts.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "scoring/relay.h"
#include "scoring/survey.h"

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;
using model::ReadView;
using model::Verdict;

/// Judges the reads of one runner after the fold left its work behind.
class Judge {
 public:
  Judge(const Course& course, const RaceContext& context, const RunnerFold& fold,
        const FoldWork& work)
      : course_(course), context_(context), fold_(fold), work_(work) {
    visit_of_.assign(work.sightings.size(), -1);
    for (std::size_t v = 0; v < work.visits.size(); ++v) {
      const Visit& visit = work.visits[v];
      for (std::uint32_t s = visit.first; s < visit.end; ++s) {
        if (belongs(work.sightings[s], visit)) visit_of_[s] = static_cast<std::int32_t>(v);
      }
    }
  }

  /// Fills verdict, point, amount and other of `view`, the sighting `index` of the work.
  void judge(std::size_t index, ReadView& view) const {
    const Sighting& s = work_.sightings[index];
    const bool is_start = work_.assignment.start.sighting == index;
    const std::int32_t v = visit_of_[index];
    const auto point = v < 0 ? std::nullopt : point_of(static_cast<std::size_t>(v));
    if (is_start || (point && work_.visits[static_cast<std::size_t>(v)].counted == index)) {
      view.verdict = Verdict::Counted;
      view.point = course_.points[is_start ? 0 : *point].id;
      return;
    }
    if (!fold_.gun_at) {
      view.verdict = Verdict::BeforeGun;  // No gun yet: no amount.
      return;
    }
    const bool in_start_visit =
        v >= 0 && work_.assignment.start.visit == static_cast<std::uint32_t>(v);
    const bool other_wave = work_.assignment.start.kind == StartOption::Kind::OtherWave;
    if (s.time < *fold_.gun_at && !(in_start_visit && other_wave)) {
      view.verdict = Verdict::BeforeGun;
      view.amount = *fold_.gun_at - s.time;
      return;
    }
    if (in_start_visit) {
      same_visit(s, *work_.assignment.start.sighting, 0, view);
    } else if (point) {
      same_visit(s, work_.visits[static_cast<std::size_t>(v)].counted, *point, view);
    } else {
      unused(s, v < 0 ? s.time : work_.visits[static_cast<std::size_t>(v)].at, view);
    }
  }

 private:
  [[nodiscard]] std::optional<std::size_t> point_of(std::size_t visit) const {
    for (std::size_t p = 1; p < work_.assignment.visits.size(); ++p) {
      if (work_.assignment.visits[p] == visit) return p;
    }
    return std::nullopt;
  }

  void same_visit(const Sighting& s, std::uint32_t counted, std::size_t point,
                  ReadView& view) const {
    const Sighting& used = work_.sightings[counted];
    view.verdict = s.role == used.role ? Verdict::Dwell : Verdict::BackupUnused;
    view.point = course_.points[point].id;
    view.other = used.fact;
    view.amount = s.time - used.time;
  }

  /// True where a leg passes a mat behind where it begins.
  [[nodiscard]] bool passes(std::size_t leg, MatIndex mat) const {
    return std::any_of(course_.points.begin() + 1, course_.points.end(),
                       [&](const CoursePoint& p) { return p.mat == mat && p.leg == leg_bit(leg); });
  }

  /// Reads of relay runners who wait for their leg, or whose leg is over; and those of the team's
  /// own chip where only who ran can say which leg it ended.
  bool outside_leg(const Sighting& s, ReadView& view) const {
    if (context_.legs.empty()) return false;
    if (s.legs == 0 && !is_set_aside(s, course_, work_)) return false;
    view.verdict = s.legs == kNoLeg ? Verdict::NotInRace : Verdict::OutsideLeg;
    for (std::size_t l = 0; l < fold_.legs.size(); ++l) {
      if ((s.legs & leg_bit(l)) == 0) continue;
      const LegFold& leg = fold_.legs[l];
      if (!view.point) view.point = model::PointId(static_cast<std::uint16_t>(leg.to));
      if (!passes(l, s.mat)) continue;
      view.point = model::PointId(static_cast<std::uint16_t>(leg.to));
      if (const auto& end = fold_.passings[leg.to]; end && s.time > end->at) {
        view.amount = end->at - s.time;  // This leg is over; they may have another one.
        continue;
      }
      const bool is_early = leg.start_at && s.time < *leg.start_at;
      view.amount = is_early ? std::optional(*leg.start_at - s.time) : std::nullopt;
      if (!is_early) view.point.reset();
      return is_early;
    }
    return true;
  }

  /// The earliest instant at which a read may be that of point `p`.
  [[nodiscard]] RaceTime allowed_at(const Sighting& s, std::size_t p, std::size_t before,
                                    RaceTime before_at) const {
    for (const LegFold& leg : fold_.legs) {
      const std::size_t point = course_.points[p].id.raw();
      if (s.legs == 0 || leg.from >= point || point > leg.to || !leg.start_at) continue;
      return *leg.start_at + course_.least_step(course_.points[p].leg_from, p);
    }
    return before_at + course_.least_step(before, p);
  }

  /// A visit that no point took.
  void unused(const Sighting& s, RaceTime at, ReadView& view) const {
    if (outside_leg(s, view)) return;
    if (s.legs != 0) at = s.time;  // The visit may have begun while they waited for their leg.
    const std::size_t finish = course_.finish();
    const RaceTime window_end = *fold_.gun_at + context_.race->start_window;
    const auto serves = [&](const CoursePoint& p) {
      return p.mat == s.mat && (s.legs == 0 || (s.legs & p.leg) != 0);
    };
    const bool serves_later = std::any_of(course_.points.begin() + 1, course_.points.end(), serves);
    const bool serves_start = serves(course_.points.front());

    std::size_t before = 0;
    RaceTime before_at = fold_.start_at.value_or(*fold_.gun_at);
    for (std::size_t p = 1; p <= finish; ++p) {
      const auto& passing = fold_.passings[course_.points[p].id.raw()];
      if (!passing || passing->at > at) continue;
      before = p;
      before_at = passing->at;
    }
    const bool late_starter = !fold_.start && before == 0;
    if (serves_start && at > window_end && (!serves_later || late_starter)) {
      view.verdict = Verdict::OutsideWindow;
      view.point = course_.points.front().id;
      view.amount = at - window_end;
      return;
    }
    if (serves_start && fold_.start && at < fold_.start->at) {
      view.verdict = Verdict::Duplicate;  // Crossed the line, went back, and started later.
      return;
    }
    for (std::size_t p = before + 1; p <= finish; ++p) {
      if (!serves(course_.points[p])) continue;
      const RaceTime allowed = allowed_at(s, p, before, before_at);
      if (at >= allowed) break;
      view.verdict = Verdict::TooEarly;
      view.point = course_.points[p].id;
      view.amount = allowed - at;
      return;
    }
    view.verdict = before == finish ? Verdict::LateRepeat : Verdict::Duplicate;
  }

  const Course& course_;
  const RaceContext& context_;
  const RunnerFold& fold_;
  const FoldWork& work_;
  std::vector<std::int32_t> visit_of_;
};

ReadView view_of(const ReadRow& row, const TagTable& tags) {
  ReadView view;
  view.fact = row.seq;
  view.stream = model::StreamId(row.stream);
  if (row.has_device_seq) view.device_seq = row.position;
  view.line = row.line;
  view.tag = tags.tag(row.tag);
  view.time = row.time;
  return view;
}

template <typename List>
auto find_read(const List& list, model::FactSeq read) {
  return std::find_if(list.begin(), list.end(),
                      [&](const auto& item) { return item.read == read; });
}

/// The verdicts that need no fold; nothing where the fold has to say.
std::optional<Verdict> plain_verdict(const ScorerState& state, const EntrantState& entrant,
                                     const ReadRow& row, ReadView& view) {
  if (!state.in_event(row.time)) return Verdict::OutsideEvent;
  if (state.is_ambiguous(row.tag, *entrant.race)) return Verdict::AmbiguousChip;
  const auto& ignored = entrant.decisions().ignored;
  if (const auto found = find_read(ignored, row.seq); found != ignored.end()) {
    view.other = found->seq;
    return Verdict::IgnoredByRuling;
  }
  const StreamState& stream = state.streams[row.stream];
  const bool in_race = stream.known && state.races[entrant.race->raw()].mats[stream.mat.raw()];
  const auto& forced = entrant.decisions().forced;
  if (const auto found = find_read(forced, row.seq); found != forced.end()) {
    view.other = found->seq;
    const auto& points = state.event.races[entrant.race->raw()].points;
    for (std::size_t p = 0; p < points.size(); ++p) {
      if (points[p].id == found->point) view.point = model::PointId(static_cast<std::uint16_t>(p));
    }
    return Verdict::ForcedByRuling;
  }
  if (!in_race) return Verdict::NotInRace;
  const auto& stop = state.races[entrant.race->raw()].stop;
  if (stop && row.time > stop->at) {
    view.amount = row.time - stop->at;
    return Verdict::AfterStop;
  }
  return std::nullopt;
}

}  // namespace

void judge_runner(ScorerState& state, model::EntrantId id, std::vector<ReadView>& out) {
  EntrantState& entrant = state.entrants[id.raw()];
  if (!entrant.live || !entrant.race) return;
  const std::size_t first = out.size();
  FoldWork& work = state.work;
  state.gather(entrant, work);
  const RaceContext context = state.context_of(*entrant.race);
  const Course& course = state.course_of(entrant);
  const RunnerFold fold = fold_runner(context, course, *entrant.entrant, entrant.decisions(), work);
  const Judge judge(course, context, fold, work);
  std::vector<std::pair<model::FactSeq, std::size_t>> index;
  for (std::size_t i = 0; i < work.sightings.size(); ++i) {
    index.emplace_back(work.sightings[i].fact, i);
  }
  std::sort(index.begin(), index.end());
  for (const TagIndex tag : entrant.tags) {
    state.reads.for_each_of(tag, [&](const ReadRow& row) {
      ReadView view = view_of(row, state.tags);
      view.entrant = id;
      if (const auto plain = plain_verdict(state, entrant, row, view)) {
        view.verdict = *plain;
      } else {
        const auto found =
            std::lower_bound(index.begin(), index.end(), std::pair(row.seq, std::size_t{0}));
        HS_CHECK(found != index.end() && found->first == row.seq, "a usable read was not folded");
        judge.judge(found->second, view);
      }
      out.push_back(view);
    });
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const ReadView& a, const ReadView& b) {
              return std::tuple(a.time, a.fact) < std::tuple(b.time, b.fact);
            });
}

std::vector<ReadView> verdicts(ScorerState& state, Survey& survey) {
  state.settle();
  std::vector<ReadView> out;
  out.reserve(state.reads.size());
  std::vector<ReadView> of_one;
  for (std::size_t e = 0; e < state.entrants.size(); ++e) {
    const model::EntrantId id(static_cast<std::uint32_t>(e));
    of_one.clear();
    judge_runner(state, id, of_one);
    survey.take_runner(state, id, of_one);
    out.insert(out.end(), of_one.begin(), of_one.end());
  }
  survey.take_chips(state);
  state.reads.for_each([&](const ReadRow& row) {
    const auto& owners = state.owners_of_tag[row.tag.raw()];
    const bool has_owner = std::any_of(owners.begin(), owners.end(), [&](model::EntrantId owner) {
      return state.entrants[owner.raw()].race.has_value();
    });
    if (has_owner) return;
    ReadView view = view_of(row, state.tags);
    view.verdict = state.in_event(row.time) ? Verdict::UnknownChip : Verdict::OutsideEvent;
    out.push_back(view);
  });
  for (const model::Fact& fact : state.markers) {
    const auto& marker = std::get<model::MarkerFact>(fact.body);
    const bool is_gun = marker.marker.kind == model::Marker::Kind::Gun;
    if (!is_gun && marker.marker.kind != model::Marker::Kind::TimeChange) continue;
    ReadView view;
    view.fact = fact.seq;
    view.stream = marker.stream;
    view.time = state.streams[marker.stream.raw()].clock.correct(marker.marker.time,
                                                                 marker.marker.before_seq);
    view.verdict = is_gun ? Verdict::Gun : Verdict::Marker;
    out.push_back(view);
  }
  std::sort(out.begin(), out.end(), [](const ReadView& a, const ReadView& b) {
    return std::tuple(a.time, a.fact.raw(), a.entrant) <
           std::tuple(b.time, b.fact.raw(), b.entrant);
  });
  return out;
}

}  // namespace hs::scoring
