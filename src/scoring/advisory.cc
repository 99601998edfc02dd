#include "scoring/advisory.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "scoring/hand_timing.h"
#include "scoring/mat_health.h"
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
  const Survey& survey;
  model::EventResults& results;

  /// False of whoever was taken out of the list, also since the survey.
  [[nodiscard]] bool is_listed(EntrantId id) const {
    return state.entrants[id.raw()].live && state.entrants[id.raw()].race.has_value();
  }
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

/// What is doubtful about a relay team: an exchange not heard, legs in another order.
void ask_about_legs(Desk& desk, EntrantId id) {
  const EntrantState& team = desk.state.entrants[id.raw()];
  const std::vector<LegFold>& legs = team.fold.legs;
  if (team.fold.exchange_missing) {
    const bool is_timed = legs.back().ahead || !team.fold.finish();
    Attention& item =
        desk.add_runner(is_timed ? Severity::Look : Severity::Act, Kind::ExchangeMissing, id);
    item.point = team.fold.exchange_missing;
    item.count = is_timed ? 0 : 1;
  }
  const std::vector<model::RelayLeg>& names = desk.state.races[team.race->raw()].legs;
  std::string order;
  for (std::size_t l = 0; l < legs.size(); ++l) {
    if (!legs[l].ran_by) continue;
    order += (order.empty() ? "leg " : ", leg ") + names[l].id + " by the runner of leg " +
             names[*legs[l].ran_by].id;
  }
  if (!order.empty()) desk.add_runner(Severity::Look, Kind::LegOrder, id).text = order;
}

void ask_about_runner(Desk& desk, EntrantId id) {
  const EntrantState& runner = desk.state.entrants[id.raw()];
  const RunnerFold& fold = runner.fold;
  const model::Race& race = desk.state.event.races[runner.race->raw()];
  if (fold.status == model::RunnerStatus::Unresolved && !fold.finish()) {
    desk.add_runner(Severity::Act, Kind::Unresolved, id);
  }
  if (!fold.legs.empty()) ask_about_legs(desk, id);
  if (fold.other_wave) {
    desk.add_runner(Severity::Look, Kind::OtherWaveStart, id).amount = fold.other_wave;
  }
  if (fold.late_start_or_walk) {
    desk.add_runner(Severity::Look, Kind::LateStartOrWalk, id).amount = fold.late_start;
  } else if (fold.late_start) {
    desk.add_runner(Severity::Look, Kind::LateStart, id).amount = fold.late_start;
  }
  if (fold.start_aside) {
    const bool hangs_on_it = fold.status == model::RunnerStatus::Finished;
    Attention& item =
        desk.add_runner(hangs_on_it ? Severity::Act : Severity::Look, Kind::StartSetAside, id);
    item.from = fold.start_aside;
    item.point = fold.start_aside_for;
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
  const model::EntryStatus entered = runner.entrant->entry_status;
  if (entered != model::EntryStatus::Entered && fold.seen) {
    desk.add_runner(Severity::Look, Kind::EntryQuestion, id).text =
        std::string("entered as ") + model::name_of(entered) + ", but the chip was heard";
  }
}

/// Two entries that are not one person: other bibs, and not one name.
bool are_two_people(const Desk& desk, EntrantId a, EntrantId b) {
  const std::string& name = desk.state.persons[a.raw()].name;
  return desk.state.entrants[a.raw()].entrant->bib != desk.state.entrants[b.raw()].entrant->bib &&
         (name.empty() || name != desk.state.persons[b.raw()].name);
}

/// One read that counts for two people of different races: one chip was given out twice.
void ask_about_chips_of_two(Desk& desk) {
  const std::vector<model::ReadView> reads = desk.survey.reads_of_several();
  std::set<std::pair<EntrantId, EntrantId>> asked;
  for (std::size_t i = 1; i < reads.size(); ++i) {
    const model::ReadView& a = reads[i - 1];
    const model::ReadView& b = reads[i];
    const bool both = a.fact == b.fact && a.verdict == Verdict::Counted &&
                      b.verdict == Verdict::Counted && a.entrant && b.entrant;
    if (!both || !desk.is_listed(*a.entrant) || !desk.is_listed(*b.entrant)) continue;
    if (!are_two_people(desk, *a.entrant, *b.entrant)) continue;
    if (!asked.emplace(*a.entrant, *b.entrant).second) continue;
    Attention& item = desk.add_runner(Severity::Act, Kind::ChipOfTwo, *a.entrant);
    item.tag = a.tag;
    item.other_entrant = *b.entrant;
    item.fact = a.fact;
  }
}

/// Two chips of one runner heard at different mats within half a minute.
void ask_about_two_chips(Desk& desk) {
  for (const Survey::TwoChips& found : desk.survey.two_chips()) {
    if (!desk.is_listed(found.runner)) continue;
    Attention& item = desk.add_runner(Severity::Look, Kind::TwoChips, found.runner);
    item.tag = desk.state.tags.tag(found.tag);
    item.amount = found.apart;
  }
}

void ask_about_chips(Desk& desk) {
  for (const auto& [tag, reads] : desk.survey.unknown()) {
    Attention& item = desk.add(Severity::Look, Kind::UnknownChip);
    item.tag = tag;
    item.count = reads;
  }
  for (const auto& [key, shared] : desk.survey.ambiguous()) {
    const EntrantId first = shared.first;
    if (!desk.is_listed(first)) continue;
    Attention& item = desk.add_runner(Severity::Act, Kind::AmbiguousChip, first);
    item.tag = key.first;
    item.count = shared.reads;
    for (const TagIndex tag : desk.state.entrants[first.raw()].tags) {
      if (desk.state.tags.tag(tag) != key.first) continue;
      for (const EntrantId owner : desk.state.owners_of_tag[tag.raw()]) {
        const bool other = owner != first && desk.state.entrants[owner.raw()].race == item.race;
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
      if (wave.gun || model::is_mass_start(wave)) continue;
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
    if (race.rank_by == model::RankBy::Net && rule_set_of(race).places_by_gun) {
      desk.add(Severity::Look, Kind::NetUnderGunRules).race =
          model::RaceId(static_cast<std::uint16_t>(r));
    }
  }
}

void ask_about_distances(Desk& desk) {
  // Runners too early at a point that stayed empty for them, of all who got that far or further.
  for (const auto& [key, runners] : desk.survey.early()) {
    std::uint64_t field = 0;
    for (const EntrantState& runner : desk.state.entrants) {
      if (runner.live && runner.race && runner.race == key.first && runner.fold.seen) {
        ++field;
      }
    }
    if (runners.size() < 5 || runners.size() * 50 <= field) continue;
    Attention& item = desk.add(Severity::Look, Kind::WrongDistance);
    item.race = key.first;
    item.point = key.second;
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
    if (const Survey::Moved* moved = desk.survey.moved(stream.id)) {
      Attention& item = desk.add(Severity::Note, Kind::ClockMoved);
      item.mat = stream.stream.mat;
      item.text = shown_stream(stream.stream);
      item.count = moved->reads;
      item.amount = moved->by;
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
    const auto found = desk.state.whoever(key);
    const bool listed =
        found && desk.state.entrants[found->raw()].live && desk.state.entrants[found->raw()].race;
    for (const std::size_t index : indices) {
      const PersonFact& fact = desk.state.person_facts[index];
      if (listed || !fact.active) continue;
      Attention& item = desk.add(Severity::Look, Kind::RulingWithoutRunner);
      item.fact = fact.fact.seq;
      item.text = key.substr(key.find('\0') + 1);
    }
  }
}

/// Rulings that should have made something of several entries and did not.
void ask_about_unbound(Desk& desk) {
  for (const auto& [index, why] : desk.state.unbound) {
    Attention& item = desk.add(Severity::Look, Kind::RulingWithoutEffect);
    item.fact = desk.state.person_facts[index].fact.seq;
    item.text = why;
  }
}

/// True where a referee said what becomes of this runner for having helped or been helped.
bool is_case_closed(const ScorerState& state, const RuleSetEntry& book,
                    const EntrantState& runner) {
  const model::Entrant& entered = runner.as_entered();
  const auto about = state.facts_about.find(entry_key(entered.race, entered.bib));
  if (about == state.facts_about.end()) return false;
  return std::any_of(about->second.begin(), about->second.end(), [&](std::size_t index) {
    const PersonFact& fact = state.person_facts[index];
    const auto* ruling = std::get_if<model::RulingFact>(&fact.fact.body);
    return ruling != nullptr && fact.active &&
           (ruling->kind == model::RulingFact::Kind::Assisted ||
            names_assistance(book, ruling->clause));
  });
}

/// Help that a note bears witness to, for the referee to weigh, with the clause.
void ask_about_help(Desk& desk) {
  for (const PersonFact& fact : desk.state.person_facts) {
    const auto* note = std::get_if<model::NoteFact>(&fact.fact.body);
    if (note == nullptr || !fact.active || note->about != model::NoteSubject::Help) continue;
    for (const model::BibNumber& bib : note->bibs) {
      const auto id = desk.state.whoever(entry_key(note->race, bib));
      if (!id || !desk.is_listed(*id)) continue;
      const EntrantState& runner = desk.state.entrants[id->raw()];
      const RuleSetEntry& book = rule_set_of(desk.state.event.races[runner.race->raw()]);
      if (book.assistance == nullptr || is_case_closed(desk.state, book, runner)) continue;
      Attention& item = desk.add_runner(Severity::Look, Kind::Assistance, *id);
      item.fact = fact.fact.seq;
      if (*book.assistance != '\0') item.text = std::string(book.assistance) + ", ";
      item.text += rules_words(book);
    }
  }
}

/// A runner of the bib whose race passes the mat; nothing where none or several do.
std::optional<EntrantId> runner_at(const ScorerState& state, const model::BibNumber& bib,
                                   MatIndex mat) {
  std::optional<EntrantId> found;
  for (std::size_t e = 0; e < state.entrants.size(); ++e) {
    const EntrantState& runner = state.entrants[e];
    if (!runner.live || !runner.race || runner.entrant->bib != bib) continue;
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

}  // namespace

void add_advisory(const ScorerState& state, const Survey& survey, model::EventResults& results) {
  Desk desk{state, survey, results};
  results.streams = survey.streams(state);
  for (const model::MissedInterval& missed : survey.missed().found()) {
    if (desk.is_listed(missed.entrant)) results.missed.push_back(missed);
  }
  results.mats = survey.mats().health(state);
  results.clocks = survey.clocks().compare(state);
  results.course_clocks = survey.course_clocks().suspects();
  for (std::size_t e = 0; e < state.entrants.size(); ++e) {
    const EntrantId id(static_cast<std::uint32_t>(e));
    if (desk.is_listed(id)) ask_about_runner(desk, id);
  }
  ask_about_two_chips(desk);
  ask_about_chips(desk);
  ask_about_chips_of_two(desk);
  ask_about_guns(desk);
  ask_about_distances(desk);
  ask_about_mats(desk);
  ask_about_clocks(desk);
  ask_about_streams(desk);
  ask_about_facts(desk);
  ask_about_unbound(desk);
  ask_about_help(desk);
  ask_about_ties(desk);
  ask_about_hand_timing(desk);
  std::stable_sort(results.attention.begin(), results.attention.end(),
                   [](const Attention& a, const Attention& b) {
                     return std::tuple(a.severity, a.kind, a.race, a.entrant, a.tag, a.fact) <
                            std::tuple(b.severity, b.kind, b.race, b.entrant, b.tag, b.fact);
                   });
}

}  // namespace hs::scoring
