#include "scoring/advisory.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "scoring/clock_compare.h"
#include "scoring/course_clock.h"
#include "scoring/hand_timing.h"
#include "scoring/mat_health.h"
#include "scoring/missed.h"
#include "scoring/rule_set.h"

// Implementation notes: one small function a kind of question, each adding what it finds. Their
// order here plays no part: the list is sorted by how pressing a thing is.

namespace hs::scoring {
namespace {

using base::Duration;
using model::Attention;
using model::EntrantId;
using model::Severity;
using model::Verdict;
using Kind = Attention::Kind;

/// What all the functions below read and write.
struct Desk {
  const ScorerState& state;
  model::EventResults& results;

  Attention& add(Severity severity, Kind kind) {
    Attention item;
    item.severity = severity;
    item.kind = kind;
    results.attention.push_back(std::move(item));
    return results.attention.back();
  }
  Attention& add_runner(Severity severity, Kind kind, EntrantId id) {
    Attention& item = add(severity, kind);
    item.entrant = id;
    item.race = state.entrants[id.raw()].race;
    return item;
  }
};

void ask_about_runner(Desk& desk, EntrantId id) {
  const EntrantState& runner = desk.state.entrants[id.raw()];
  const RunnerFold& fold = runner.fold;
  const model::Race& race = desk.state.event.races[runner.race->raw()];
  if (fold.status == model::RunnerStatus::Unresolved) {
    desk.add_runner(Severity::Act, Kind::Unresolved, id);
  }
  if (fold.other_wave) {
    desk.add_runner(Severity::Look, Kind::OtherWaveStart, id).amount = fold.other_wave;
  }
  if (fold.late_start_or_walk) {
    desk.add_runner(Severity::Look, Kind::LateStartOrWalk, id).amount = fold.late_start;
  } else if (fold.late_start) {
    desk.add_runner(Severity::Look, Kind::LateStart, id).amount = fold.late_start;
  }
  if (fold.other_start || fold.other_empty) {
    Attention& item = desk.add_runner(Severity::Look, Kind::OtherAssignment, id);
    item.amount = fold.other_start;
    item.point = fold.other_empty;
  }
  if (fold.lap_missing) {
    desk.add_runner(Severity::Look, Kind::LapMissing, id).point = fold.lap_missing;
  }
  if (fold.bounded) desk.add_runner(Severity::Look, Kind::SearchBounded, id);
  if (fold.wave_found) {
    desk.add_runner(Severity::Look, Kind::WaveFound, id).text = race.waves[fold.wave->raw()].id;
  }
  const bool finished = fold.status == model::RunnerStatus::Finished;
  if (finished && race.closes && fold.finish()->at > *race.closes) {
    desk.add_runner(Severity::Look, Kind::AfterClose, id).amount = fold.finish()->at - *race.closes;
  }
  const model::EntryStatus entered = runner.entrant.entry_status;
  if (entered != model::EntryStatus::Entered && fold.seen) {
    desk.add_runner(Severity::Look, Kind::EntryQuestion, id).text =
        std::string("entered as ") + model::name_of(entered) + ", but the chip was heard";
  }
}

/// Two entries that are not one person: other bibs, and not one name.
bool are_two_people(const Desk& desk, EntrantId a, EntrantId b) {
  const std::string& name = desk.state.persons[a.raw()].name;
  return desk.state.entrants[a.raw()].entrant.bib != desk.state.entrants[b.raw()].entrant.bib &&
         (name.empty() || name != desk.state.persons[b.raw()].name);
}

/// One read that counts for two people of different races: one chip was given out twice.
void ask_about_chips_of_two(Desk& desk) {
  const auto& reads = desk.results.reads;  // In order of time, fact, runner.
  std::set<std::pair<EntrantId, EntrantId>> asked;
  for (std::size_t i = 1; i < reads.size(); ++i) {
    const model::ReadView& a = reads[i - 1];
    const model::ReadView& b = reads[i];
    const bool both = a.fact == b.fact && a.verdict == Verdict::Counted &&
                      b.verdict == Verdict::Counted && a.entrant && b.entrant;
    if (!both || !are_two_people(desk, *a.entrant, *b.entrant)) continue;
    if (!asked.emplace(*a.entrant, *b.entrant).second) continue;
    Attention& item = desk.add_runner(Severity::Act, Kind::ChipOfTwo, *a.entrant);
    item.tag = a.tag;
    item.other_entrant = *b.entrant;
    item.fact = a.fact;
  }
}

/// Two chips of one runner heard at different mats within half a minute.
void ask_about_two_chips(Desk& desk, EntrantId id) {
  const EntrantState& runner = desk.state.entrants[id.raw()];
  if (runner.entrant.chips.size() < 2) return;
  struct Heard {
    base::RaceTime at;
    MatIndex mat;
    TagIndex tag;
  };
  std::vector<Heard> heard;
  for (const TagIndex tag : runner.tags) {
    desk.state.reads.for_each_of(tag, [&](const ReadRow& row) {
      if (!desk.state.in_event(row.time)) return;
      heard.push_back({row.time, desk.state.streams[row.stream].mat, tag});
    });
  }
  std::sort(heard.begin(), heard.end(), [](const Heard& a, const Heard& b) { return a.at < b.at; });
  for (std::size_t i = 1; i < heard.size(); ++i) {
    const bool apart = heard[i].tag != heard[i - 1].tag && heard[i].mat != heard[i - 1].mat;
    if (!apart || heard[i].at - heard[i - 1].at > std::chrono::seconds(30)) continue;
    Attention& item = desk.add_runner(Severity::Look, Kind::TwoChips, id);
    item.tag = desk.state.tags.tag(heard[i].tag);
    item.amount = heard[i].at - heard[i - 1].at;
    return;
  }
}

void ask_about_chips(Desk& desk) {
  std::map<model::TagCode, std::uint64_t> unknown;
  std::map<std::pair<model::TagCode, std::uint16_t>, std::pair<std::uint64_t, EntrantId>> shared;
  for (const model::ReadView& view : desk.results.reads) {
    if (view.verdict == Verdict::UnknownChip) ++unknown[view.tag];
    if (view.verdict != Verdict::AmbiguousChip) continue;
    const auto race = desk.state.entrants[view.entrant->raw()].race->raw();
    auto& entry = shared.try_emplace({view.tag, race}, 0, *view.entrant).first->second;
    ++entry.first;
    entry.second = std::min(entry.second, *view.entrant);
  }
  for (const auto& [tag, reads] : unknown) {
    Attention& item = desk.add(Severity::Look, Kind::UnknownChip);
    item.tag = tag;
    item.count = reads;
  }
  for (const auto& [key, entry] : shared) {
    Attention& item = desk.add_runner(Severity::Act, Kind::AmbiguousChip, entry.second);
    item.tag = key.first;
    item.count = entry.first;
    for (const TagIndex tag : desk.state.entrants[entry.second.raw()].tags) {
      if (desk.state.tags.tag(tag) != key.first) continue;
      for (const EntrantId owner : desk.state.owners_of_tag[tag.raw()]) {
        const bool other =
            owner != entry.second && desk.state.entrants[owner.raw()].race == item.race;
        if (other) item.other_entrant = owner;
      }
    }
  }
}

void ask_about_guns(Desk& desk) {
  for (std::size_t r = 0; r < desk.state.event.races.size(); ++r) {
    const model::Race& race = desk.state.event.races[r];
    if (desk.state.races[r].cancelled) continue;
    for (const model::Wave& wave : race.waves) {
      if (wave.gun) continue;
      std::uint64_t seen = 0;
      for (const EntrantState& runner : desk.state.entrants) {
        if (runner.live && runner.race && runner.race->raw() == r && runner.fold.seen &&
            !runner.fold.gun_at) {
          ++seen;
        }
      }
      Attention& item = desk.add(seen > 0 ? Severity::Act : Severity::Look, Kind::NoGun);
      item.race = model::RaceId(static_cast<std::uint16_t>(r));
      item.text = wave.id;
      item.count = seen;
    }
    if (race.rank_by == model::RankBy::Net && rule_set(race.rules).places_by_gun) {
      desk.add(Severity::Look, Kind::NetUnderGunRules).race =
          model::RaceId(static_cast<std::uint16_t>(r));
    }
  }
}

void ask_about_distances(Desk& desk) {
  // Runners too early at a point that stayed empty for them, of all who got that far or further.
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::set<EntrantId>> early;
  for (const model::ReadView& view : desk.results.reads) {
    if (view.verdict != Verdict::TooEarly || !view.entrant || !view.point) continue;
    const EntrantState& runner = desk.state.entrants[view.entrant->raw()];
    if (runner.fold.passings[view.point->raw()]) continue;
    early[{runner.race->raw(), view.point->raw()}].insert(*view.entrant);
  }
  for (const auto& [key, runners] : early) {
    std::uint64_t field = 0;
    for (const EntrantState& runner : desk.state.entrants) {
      if (runner.live && runner.race && runner.race->raw() == key.first && runner.fold.seen) {
        ++field;
      }
    }
    if (runners.size() < 5 || runners.size() * 50 <= field) continue;
    Attention& item = desk.add(Severity::Look, Kind::WrongDistance);
    item.race = model::RaceId(key.first);
    item.point = model::PointId(key.second);
    item.count = runners.size();
    item.of = field;
  }
}

void ask_about_mats(Desk& desk) {
  for (const model::MatHealth& mat : desk.results.mats) {
    for (const DeafSpell& spell : deaf_spells(mat)) {
      Attention& item = desk.add(Severity::Look, Kind::DeadMat);
      item.mat = mat.mat;
      item.from = spell.from;
      item.until = spell.until;
      item.count = spell.heard;
      item.of = spell.passed;
    }
  }
}

std::string shown_stream(const model::Stream& stream) {
  return stream.file.empty() ? stream.device : stream.file;
}

void ask_about_clocks(Desk& desk) {
  for (const model::ClockCompare& compare : desk.results.clocks) {
    if (!compare.offset || std::abs(compare.offset->count()) <= compare.offset_error.count() ||
        std::abs(compare.offset->count()) < 500'000) {
      continue;
    }
    Attention& item = desk.add(Severity::Look, Kind::ClockSuspected);
    item.mat = desk.state.streams[compare.stream.raw()].stream.mat;
    item.text = shown_stream(desk.state.streams[compare.stream.raw()].stream) + " against " +
                shown_stream(desk.state.streams[compare.against.raw()].stream);
    item.amount = compare.offset;
    item.spread = compare.offset_error;
    item.count = compare.pairs;
  }
  for (const model::CourseClock& clock : desk.results.course_clocks) {
    const model::Stream& stream = desk.state.streams[clock.stream.raw()].stream;
    Attention& item = desk.add(Severity::Look, Kind::ClockSuspected);
    item.mat = stream.mat;
    item.text = shown_stream(stream) + " against the points around it";
    item.amount = clock.apart;
    item.spread = clock.spread;
    item.count = clock.runners;
  }
}

void ask_about_streams(Desk& desk) {
  std::map<std::uint32_t, std::pair<std::uint64_t, Duration>> moved;
  desk.state.reads.for_each([&](const ReadRow& row) {
    const Duration by =
        desk.state.streams[row.stream].clock.moved_by_markers(row.raw, row.position);
    if (by == Duration::zero()) return;
    ++moved[row.stream].first;
    moved[row.stream].second = by;
  });
  for (const model::StreamHealth& stream : desk.results.streams) {
    if (stream.reads > 0 && stream.reads == stream.outside_event) {
      Attention& item = desk.add(Severity::Look, Kind::ForeignFile);
      item.mat = stream.stream.mat;
      item.text = shown_stream(stream.stream);
      item.count = stream.reads;
    }
    if (stream.missing_sequence > 0) {
      Attention& item = desk.add(Severity::Note, Kind::SequenceGap);
      item.mat = stream.stream.mat;
      item.text = shown_stream(stream.stream);
      item.count = stream.missing_sequence;
    }
    if (const auto found = moved.find(stream.id.raw()); found != moved.end()) {
      Attention& item = desk.add(Severity::Note, Kind::ClockMoved);
      item.mat = stream.stream.mat;
      item.text = shown_stream(stream.stream);
      item.count = found->second.first;
      item.amount = found->second.second;
    }
  }
  for (const model::Fact& fact : desk.state.markers) {
    const auto& marker = std::get<model::MarkerFact>(fact.body);
    if (marker.marker.kind != model::Marker::Kind::Power) continue;
    const StreamState& stream = desk.state.streams[marker.stream.raw()];
    Attention& item = desk.add(Severity::Note, Kind::PowerLost);
    item.fact = fact.seq;
    item.mat = stream.stream.mat;
    item.from = stream.clock.correct(marker.marker.time, marker.marker.before_seq);
    item.text = shown_stream(stream.stream) + ": " + marker.marker.text;
  }
}

void ask_about_facts(Desk& desk) {
  for (const auto& [seq, conflict] : desk.state.conflicts) {
    Attention& item = desk.add(Severity::Look, Kind::ReadConflict);
    item.fact = seq;
    item.tag = conflict.read.tag;
    item.count = conflict.first.raw();
    item.text = shown_stream(desk.state.streams[conflict.read.stream.raw()].stream);
  }
  // Sorted by fact at the end, so the order of the table plays no part.
  for (const auto& [key, indices] : desk.state.facts_about) {
    const auto found = desk.state.entrant_of.find(key);
    const bool listed = found != desk.state.entrant_of.end() &&
                        desk.state.entrants[found->second.raw()].live &&
                        desk.state.entrants[found->second.raw()].race;
    for (const std::size_t index : indices) {
      const PersonFact& fact = desk.state.person_facts[index];
      if (listed || !fact.active) continue;
      Attention& item = desk.add(Severity::Look, Kind::RulingWithoutRunner);
      item.fact = fact.fact.seq;
      item.text = key.substr(key.find('\0') + 1);
    }
  }
}

/// A runner of the bib whose race passes the mat; nothing where none or several do.
std::optional<EntrantId> runner_at(const ScorerState& state, const model::BibNumber& bib,
                                   MatIndex mat) {
  std::optional<EntrantId> found;
  for (std::size_t e = 0; e < state.entrants.size(); ++e) {
    const EntrantState& runner = state.entrants[e];
    if (!runner.live || !runner.race || runner.entrant.bib != bib) continue;
    if (!state.races[runner.race->raw()].mats[mat.raw()]) continue;
    if (found) return std::nullopt;
    found = EntrantId(static_cast<std::uint32_t>(e));
  }
  return found;
}

/// When the runner was at the mat; true where nothing is missing there.
bool add_seen(const ScorerState& state, EntrantId id, MatIndex mat, std::vector<HandSeen>& out) {
  const EntrantState& runner = state.entrants[id.raw()];
  const Course& course = state.course_of(runner);
  if (runner.fold.passings.empty()) return false;
  bool is_whole = true;
  for (std::size_t p = 1; p <= course.finish(); ++p) {
    if (course.points[p].mat != mat) continue;
    const auto& passing = runner.fold.passings[course.points[p].id.raw()];
    if (passing) out.push_back({id, passing->at, HandSeen::By::Chip});
    is_whole = is_whole && passing.has_value();
  }
  return is_whole;
}

/// Lines of one mat as two lists.
struct HandLines {
  std::vector<std::uint32_t> bib_lines;
  std::vector<std::optional<EntrantId>> runners;  ///< Of the bibs.
  std::vector<std::uint32_t> time_lines;
  std::vector<base::RaceTime> times;
  std::vector<HandSeen> seen;
  std::set<EntrantId> whole;  ///< Runners of whom no passing is missing.
  std::uint64_t waiting = 0;  ///< Bibs that are not of those.
};

HandLines hand_lines_of(const ScorerState& state, MatIndex mat,
                        std::vector<const model::HandLineFact*> lines) {
  std::sort(lines.begin(), lines.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->stream, a->line) < std::tuple(b->stream, b->line);
  });
  HandLines out;
  std::set<EntrantId> known;
  for (const model::HandLineFact* line : lines) {
    if (line->time) {
      out.time_lines.push_back(line->line);
      out.times.push_back(state.streams[line->stream.raw()].clock.correct(*line->time, line->line));
    }
    // Somebody whose number nobody saw still passed.
    if (!line->bib && line->time) continue;
    out.bib_lines.push_back(line->line);
    out.runners.push_back(line->bib ? runner_at(state, *line->bib, mat) : std::nullopt);
    const auto& runner = out.runners.back();
    if (runner && known.insert(*runner).second && add_seen(state, *runner, mat, out.seen)) {
      out.whole.insert(*runner);
    }
    if (line->bib && (!runner || out.whole.count(*runner) == 0)) ++out.waiting;
  }
  return out;
}

/// Hand timing of one mat: what can be proposed, and how much waits.
void ask_about_hand_timing_at(Desk& desk, MatIndex mat,
                              std::vector<const model::HandLineFact*> lines) {
  const HandLines hand = hand_lines_of(desk.state, mat, std::move(lines));
  const std::string& name = desk.state.mats.name(mat);
  std::uint64_t waiting = hand.waiting;
  for (const HandPair& pair : lay_out_hand_timing(hand.runners, hand.times, hand.seen).pairs) {
    const std::optional<EntrantId>& runner = hand.runners[pair.bib];
    if (!runner || hand.whole.count(*runner) > 0) continue;
    --waiting;
    if (pair.bond != HandBond::Counted) continue;
    Attention& item = desk.add_runner(Severity::Look, Kind::HandTiming, *runner);
    item.mat = name;
    item.from = hand.times[pair.time];
    item.text = "bib line " + std::to_string(hand.bib_lines[pair.bib]) + ", time line " +
                std::to_string(hand.time_lines[pair.time]);
  }
  if (waiting == 0) return;
  Attention& item = desk.add(Severity::Look, Kind::HandTiming);
  item.mat = name;
  item.count = waiting;
  item.text = std::to_string(hand.runners.size()) + " bibs and " +
              std::to_string(hand.times.size()) +
              " times do not count up between the runners whose chips were heard";
}

void ask_about_hand_timing(Desk& desk) {
  std::map<MatIndex, std::vector<const model::HandLineFact*>> by_mat;
  for (const model::HandLineFact& line : desk.state.hand_lines) {
    const StreamState& stream = desk.state.streams[line.stream.raw()];
    if (stream.known) by_mat[stream.mat].push_back(&line);
  }
  for (auto& [mat, lines] : by_mat) ask_about_hand_timing_at(desk, mat, std::move(lines));
}

void ask_about_ties(Desk& desk) {
  for (std::size_t r = 0; r < desk.state.races.size(); ++r) {
    const std::size_t finish = desk.state.event.races[r].points.size() - 1;
    for (const auto& group : desk.state.races[r].standings.shared_instants(finish, desk.state)) {
      Attention& item = desk.add_runner(Severity::Look, Kind::SharedInstant, group[0]);
      item.other_entrant = group[1];
      item.count = group.size();
    }
  }
}

void describe_streams(const ScorerState& state, model::EventResults& results) {
  std::map<std::uint32_t, model::StreamHealth> streams;
  std::map<std::uint32_t, std::vector<std::uint64_t>> positions;
  state.reads.for_each([&](const ReadRow& row) {
    model::StreamHealth& health = streams[row.stream];
    ++health.reads;
    if (!state.in_event(row.time)) {
      ++health.outside_event;
    } else {
      if (state.owners_of_tag[row.tag.raw()].empty()) ++health.unknown_chips;
      if (!health.first || row.time < *health.first) health.first = row.time;
      if (!health.last || row.time > *health.last) health.last = row.time;
    }
    if (row.has_device_seq) positions[row.stream].push_back(row.position);
  });
  for (std::size_t s = 0; s < state.streams.size(); ++s) {
    if (!state.streams[s].known) continue;
    model::StreamHealth health = streams[static_cast<std::uint32_t>(s)];
    health.id = model::StreamId(static_cast<std::uint32_t>(s));
    health.stream = state.streams[s].stream;
    auto& known = positions[static_cast<std::uint32_t>(s)];
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    if (!known.empty()) {
      health.missing_sequence = known.back() - known.front() + 1 - known.size();
    }
    results.streams.push_back(std::move(health));
  }
}

}  // namespace

void add_advisory(const ScorerState& state, model::EventResults& results) {
  describe_streams(state, results);
  results.missed = missed_intervals(state);
  results.mats = mat_health(state);
  results.clocks = compare_clocks(state, results);
  results.course_clocks = suspect_course_clocks(state, results);
  Desk desk{state, results};
  for (std::size_t e = 0; e < state.entrants.size(); ++e) {
    if (!state.entrants[e].live || !state.entrants[e].race) continue;
    const EntrantId id(static_cast<std::uint32_t>(e));
    ask_about_runner(desk, id);
    ask_about_two_chips(desk, id);
  }
  ask_about_chips(desk);
  ask_about_chips_of_two(desk);
  ask_about_guns(desk);
  ask_about_distances(desk);
  ask_about_mats(desk);
  ask_about_clocks(desk);
  ask_about_streams(desk);
  ask_about_facts(desk);
  ask_about_ties(desk);
  ask_about_hand_timing(desk);
  std::stable_sort(results.attention.begin(), results.attention.end(),
                   [](const Attention& a, const Attention& b) {
                     return std::tuple(a.severity, a.kind, a.race, a.entrant, a.tag, a.fact) <
                            std::tuple(b.severity, b.kind, b.race, b.entrant, b.tag, b.fact);
                   });
}

}  // namespace hs::scoring
