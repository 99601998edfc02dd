#include "present/decisions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "model/relay.h"
#include "present/ruling_list.h"
#include "present/wording.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

struct About {
  const model::EventResults& results;
  const model::RunnerResult& runner;
  const model::Race& race;
  const model::Entrant& entrant;

  /// Every race and bib that means this runner: their own, and those that rulings made theirs.
  std::set<std::pair<std::string, std::string>> names;

  [[nodiscard]] bool is_runner(const std::string& race_id, const model::BibNumber& bib) const {
    return names.contains({race_id, bib.str()});
  }
  [[nodiscard]] std::string clock(base::RaceTime at) const {
    return local_time(results.event, at, 3);
  }
};

std::string signed_seconds(base::Duration value) {
  return (value < base::Duration::zero() ? "" : "+") + base::format_h_mm_ss_mmm(value);
}

std::string reads_text(const std::vector<model::FactSeq>& reads) {
  std::string out;
  for (const model::FactSeq seq : reads) {
    out += (out.empty() ? "#" : ", #") + std::to_string(seq.raw());
  }
  return out;
}

/// The others of a dead heat, seen from the runner, who may be any of them.
std::string others_text(const About& about, const model::RulingFact& ruling) {
  std::vector<model::BibNumber> bibs = ruling.with;
  bibs.insert(bibs.begin(), ruling.bib);
  std::erase(bibs, about.entrant.bib);
  std::string out = bibs.size() == 1 ? "bib " : "bibs ";
  for (std::size_t i = 0; i < bibs.size(); ++i) out += (i == 0 ? "" : ", ") + bibs[i].str();
  return out;
}

std::string elsewhere(const std::string& race) {
  return race.empty() ? std::string() : " of " + race;
}

/// Who was helped, by whom, and what the referee found; which of them the runner is.
std::string assisted_words(const About& about, const model::RulingFact& ruling) {
  std::string out =
      about.is_runner(ruling.race, ruling.bib) ? "was helped" : "helped bib " + ruling.bib.str();
  if (!ruling.with.empty() && about.is_runner(ruling.race, ruling.bib)) {
    out += " by " + others_text(about, ruling);
  }
  if (ruling.medical_at_hand) out += ", with medical help at hand";
  if (ruling.advantage) out += ", and somebody gained by it";
  const scoring::RuleSetEntry& book = scoring::rule_set_of(about.race);
  const bool helped = about.is_runner(ruling.race, ruling.bib);
  const bool out_of_it = scoring::takes_out(helped ? book.helped : book.helper, ruling);
  return out + (out_of_it ? ": out under " : ": stays in under ") + scoring::rules_words(book);
}

std::string ruling_words(const About& about, const model::RulingFact& ruling) {
  using Kind = model::RulingFact::Kind;
  const std::string at = ruling.at.has_value() ? about.clock(*ruling.at) : std::string("?");
  switch (ruling.kind) {
    case Kind::Disqualify:
      return "disqualified" + (ruling.clause.empty() ? std::string() : " (" + ruling.clause + ")");
    case Kind::Reinstate:
      return "reinstated: status rulings before this one are taken back";
    case Kind::DidNotFinish:
      return "did not finish" +
             (ruling.point.empty() ? std::string() : " the leg that ends at " + ruling.point);
    case Kind::DidNotStart:
      return "did not start";
    case Kind::OutOfCompetition:
      return "timed out of competition";
    case Kind::Penalty:
      return "penalty " + signed_seconds(ruling.amount.value_or(base::Duration::zero()));
    case Kind::Start:
      return (ruling.point.empty() ? "start" : "start of the leg from " + ruling.point) +
             " set to " + at;
    case Kind::Finish:
      return "finish set to " + at;
    case Kind::AcceptStart:
      return "the start outside the window counts";
    case Kind::AcceptWave:
      return "belongs to the wave started with";
    case Kind::IgnoreRead:
      return "left out: reads " + reads_text(ruling.reads);
    case Kind::ForceRead:
      return "read " + reads_text(ruling.reads) + " is the passing at " + ruling.point;
    case Kind::DeadHeat:
      return "dead heat with " + others_text(about, ruling);
    case Kind::Assisted:
      return assisted_words(about, ruling);
    case Kind::Merge:
      return "bib " + ruling.bib.str() + " is one with bib " + ruling.with.front().str() +
             elsewhere(ruling.to);
    case Kind::SwapChips:
      return "bibs " + ruling.bib.str() + " and " + ruling.with.front().str() +
             elsewhere(ruling.to) + " wore each other's chips";
    case Kind::Move:
      return "moved from " + ruling.race + " to " + ruling.to;
  }
  return {};
}

/// Why, who and when, in the event's own time to the second.
std::string signature(const model::Event& event, const std::string& reason,
                      const model::Author& author) {
  std::string out;
  if (!reason.empty()) out += ": " + reason;
  out += " (" + author.by;
  if (author.at.has_value()) {
    const base::RaceTime second = std::chrono::floor<std::chrono::seconds>(*author.at);
    out += ", " + base::format_rfc3339(second, model::utc_offset_at(event, second));
  }
  return out + ")";
}

/// True where the device heard this runner.
bool has_heard(const About& about, const model::ClockCorrectionFact& correction) {
  std::set<model::StreamId> streams;
  for (const model::StreamHealth& health : about.results.streams) {
    const bool own = health.stream.device == correction.device &&
                     (correction.epoch.empty() || health.stream.epoch == correction.epoch);
    if (own) streams.insert(health.id);
  }
  return std::any_of(about.results.reads.begin(), about.results.reads.end(),
                     [&](const model::ReadView& read) {
                       return read.entrant == about.runner.entrant && streams.contains(read.stream);
                     });
}

/// True for the gun of the runner's wave, and for a mass start of their relay.
bool sends_out(const About& about, const std::string& wave) {
  const auto& waves = about.race.waves;
  for (std::size_t w = 0; w < waves.size(); ++w) {
    if (waves[w].id != wave) continue;
    const model::WaveId id(static_cast<std::uint16_t>(w));
    return model::is_mass_start(waves[w]) || about.runner.wave == id;
  }
  return false;
}

/// What the fact decides about the runner; nothing where it is about somebody or something else.
std::optional<std::string> words_of(const About& about, const model::FactBody& body) {
  if (const auto* ruling = std::get_if<model::RulingFact>(&body)) {
    const std::string& other_race = ruling->to.empty() ? ruling->race : ruling->to;
    const bool shared =
        std::any_of(ruling->with.begin(), ruling->with.end(),
                    [&](const model::BibNumber& bib) { return about.is_runner(other_race, bib); });
    if (!about.is_runner(ruling->race, ruling->bib) && !shared) return std::nullopt;
    return ruling_words(about, *ruling) +
           signature(about.results.event, ruling->reason, ruling->author);
  }
  if (const auto* read = std::get_if<model::HandReadFact>(&body)) {
    if (!about.is_runner(read->race, read->bib)) return std::nullopt;
    return "hand-timed at mat " + read->mat + ": " + about.clock(read->at) +
           signature(about.results.event, read->reason, read->author);
  }
  if (const auto* gun = std::get_if<model::GunFact>(&body)) {
    if (gun->race != about.race.id || !sends_out(about, gun->wave)) return std::nullopt;
    return "gun of wave " + gun->wave + " at " + about.clock(gun->at) +
           signature(about.results.event, "", gun->author);
  }
  if (const auto* clock = std::get_if<model::ClockCorrectionFact>(&body)) {
    if (!has_heard(about, *clock)) return std::nullopt;
    return "times of device " + clock->device + " moved by " + signed_time(clock->offset) +
           signature(about.results.event, clock->reason, clock->author);
  }
  if (const auto* ruling = std::get_if<model::RaceRulingFact>(&body)) {
    if (ruling->race != about.race.id) return std::nullopt;
    return race_ruling_words(about.results.event, *ruling) +
           signature(about.results.event, ruling->reason, ruling->author);
  }
  if (const auto* close = std::get_if<model::CloseFact>(&body)) {
    if (close->race != about.race.id) return std::nullopt;
    return "race closed" + signature(about.results.event, "", close->author);
  }
  if (const auto* cancel = std::get_if<model::CancelFact>(&body)) {
    if (cancel->race != about.race.id) return std::nullopt;
    return "race called off" + signature(about.results.event, cancel->reason, cancel->author);
  }
  return std::nullopt;
}

/// Every race and bib that means this runner, by the rulings that hold.
std::set<std::pair<std::string, std::string>> names_of(const About& about,
                                                       std::span<const model::Fact> facts,
                                                       const std::set<model::FactSeq>& gone) {
  using Kind = model::RulingFact::Kind;
  std::set<std::pair<std::string, std::string>> names{{about.race.id, about.entrant.bib.str()}};
  // From the last to the first: who moved here, or became one with this runner, and from where.
  for (std::size_t i = facts.size(); i-- > 0;) {
    const auto* ruling = std::get_if<model::RulingFact>(&facts[i].body);
    if (ruling == nullptr || gone.contains(facts[i].seq)) continue;
    const bool moved =
        ruling->kind == Kind::Move && names.contains({ruling->to, ruling->bib.str()});
    const std::string& race = ruling->to.empty() ? ruling->race : ruling->to;
    const bool merged =
        ruling->kind == Kind::Merge && names.contains({race, ruling->with.front().str()});
    if (moved || merged) names.insert({ruling->race, ruling->bib.str()});
  }
  return names;
}

/// Of those that hold and say something about one thing the last is right; the others say nothing
/// any more.
void mark_moot(std::span<const model::Fact> facts, const About& about,
               std::vector<Decision>& decisions) {
  std::map<std::string, model::FactSeq> last;
  std::map<model::FactSeq, const model::RulingFact*> rulings;
  for (const model::Fact& fact : facts) {
    if (const auto* ruling = std::get_if<model::RulingFact>(&fact.body)) {
      rulings.emplace(fact.seq, ruling);
    }
  }
  for (auto decision = decisions.rbegin(); decision != decisions.rend(); ++decision) {
    const auto found = rulings.find(decision->seq);
    if (found == rulings.end() || decision->state != Decision::State::Holds) continue;
    const std::string subject = subject_of(*found->second, about.race);
    if (subject.empty()) continue;
    const auto [later, is_last] = last.emplace(subject, decision->seq);
    if (is_last || are_of_two_legs(*found->second, *rulings.at(later->second))) continue;
    decision->state = Decision::State::Moot;
    decision->words += ", moot since #" + std::to_string(later->second.raw());
  }
}

std::set<model::FactSeq> taken_back(std::span<const model::Fact> facts) {
  std::set<model::FactSeq> gone;
  for (const auto& [seq, by] : undone_by(facts)) gone.insert(seq);
  return gone;
}

}  // namespace

std::string race_ruling_words(const model::Event& event, const model::RaceRulingFact& ruling) {
  using Kind = model::RaceRulingFact::Kind;
  const auto clock = [&](const std::optional<base::RaceTime>& at) {
    return at ? local_time(event, *at, 3) : std::string("?");
  };
  switch (ruling.kind) {
    case Kind::Shorten:
      return "race shortened: the results at " + ruling.point + " are those of the finish";
    case Kind::Stop:
      return "race stopped at " + clock(ruling.at) +
             (ruling.point.empty() ? std::string() : ", others placed by " + ruling.point);
    case Kind::Neutralise:
      if (ruling.point.empty()) {
        return "not counted: from " + clock(ruling.from) + " until " + clock(ruling.until);
      }
      return "not counted: between " + ruling.point + " and " + ruling.to_point;
  }
  return {};
}

std::vector<Decision> decisions_about(const model::EventResults& results, model::EntrantId entrant,
                                      std::span<const model::Fact> facts) {
  const model::RunnerResult& runner = results.runners[entrant.raw()];
  const std::set<model::FactSeq> gone = taken_back(facts);
  About about{
      results, runner, results.event.races[runner.race.raw()], results.entrants[entrant.raw()], {}};
  about.names = names_of(about, facts, gone);
  std::vector<Decision> out;
  std::set<model::FactSeq> listed;
  for (const model::Fact& fact : facts) {
    std::optional<std::string> words;
    if (const auto* undo = std::get_if<model::UndoFact>(&fact.body)) {
      if (listed.count(undo->undone) != 0) {
        words = "takes back #" + std::to_string(undo->undone.raw()) +
                signature(about.results.event, undo->reason, undo->author);
      }
    } else {
      words = words_of(about, fact.body);
    }
    if (!words.has_value()) continue;
    const bool holds = gone.count(fact.seq) == 0;
    listed.insert(fact.seq);
    const auto* ruling = std::get_if<model::RulingFact>(&fact.body);
    out.push_back({fact.seq, holds ? Decision::State::Holds : Decision::State::TakenBack,
                   ruling != nullptr ? model::name_of(ruling->kind)
                                     : model::name_of(model::kind_of(fact.body)),
                   holds ? *words : *words + ", taken back since"});
  }
  mark_moot(facts, about, out);
  return out;
}

}  // namespace hs::present
