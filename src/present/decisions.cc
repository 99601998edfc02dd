#include "present/decisions.h"

#include <algorithm>
#include <optional>
#include <set>
#include <variant>

#include "present/wording.h"

// Implementation notes: an undo may be undone. Facts are gone through from the last to the first,
// so that whether an undo holds is known before the fact it names is met.

namespace hs::present {
namespace {

struct About {
  const model::EventResults& results;
  const model::RunnerResult& runner;
  const model::Race& race;
  const model::Entrant& entrant;

  [[nodiscard]] bool is_runner(const std::string& race_id, const model::BibNumber& bib) const {
    return race_id == race.id && bib == entrant.bib;
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

std::string ruling_words(const About& about, const model::RulingFact& ruling) {
  using Kind = model::RulingFact::Kind;
  const std::string at = ruling.at.has_value() ? about.clock(*ruling.at) : std::string("?");
  switch (ruling.kind) {
    case Kind::Disqualify:
      return "disqualified" + (ruling.clause.empty() ? std::string() : " (" + ruling.clause + ")");
    case Kind::Reinstate:
      return "reinstated: status rulings before this one are taken back";
    case Kind::DidNotFinish:
      return "did not finish";
    case Kind::DidNotStart:
      return "did not start";
    case Kind::OutOfCompetition:
      return "timed out of competition";
    case Kind::Penalty:
      return "penalty " + signed_seconds(ruling.amount.value_or(base::Duration::zero()));
    case Kind::Start:
      return "start set to " + at;
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

/// What the fact decides about the runner; nothing where it is about somebody or something else.
std::optional<std::string> words_of(const About& about, const model::FactBody& body) {
  if (const auto* ruling = std::get_if<model::RulingFact>(&body)) {
    const bool shared = ruling->race == about.race.id &&
                        std::find(ruling->with.begin(), ruling->with.end(), about.entrant.bib) !=
                            ruling->with.end();
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
    const bool own = about.runner.wave.has_value() && gun->race == about.race.id &&
                     gun->wave == about.race.waves[about.runner.wave->raw()].id;
    if (!own) return std::nullopt;
    return "gun of wave " + gun->wave + " at " + about.clock(gun->at) +
           signature(about.results.event, "", gun->author);
  }
  if (const auto* clock = std::get_if<model::ClockCorrectionFact>(&body)) {
    if (!has_heard(about, *clock)) return std::nullopt;
    return "times of device " + clock->device + " moved by " + signed_time(clock->offset) +
           signature(about.results.event, clock->reason, clock->author);
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

/// The facts that an undo took back, where that undo was not itself taken back.
std::set<model::FactSeq> taken_back(std::span<const model::Fact> facts) {
  std::set<model::FactSeq> gone;
  for (std::size_t i = facts.size(); i-- > 0;) {
    const auto* undo = std::get_if<model::UndoFact>(&facts[i].body);
    if (undo != nullptr && gone.count(facts[i].seq) == 0) gone.insert(undo->undone);
  }
  return gone;
}

}  // namespace

std::vector<Decision> decisions_about(const model::EventResults& results, model::EntrantId entrant,
                                      std::span<const model::Fact> facts) {
  const model::RunnerResult& runner = results.runners[entrant.raw()];
  const About about{results, runner, results.event.races[runner.race.raw()],
                    results.entrants[entrant.raw()]};
  const std::set<model::FactSeq> gone = taken_back(facts);
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
    out.push_back({fact.seq, holds ? Decision::State::Holds : Decision::State::TakenBack,
                   model::name_of(model::kind_of(fact.body)),
                   holds ? *words : *words + ", taken back since"});
  }
  return out;
}

}  // namespace hs::present
