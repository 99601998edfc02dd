#include "present/attention_words.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "present/attention_cases.h"
#include "present/wording.h"

// Implementation notes: a function a kind, so that each text is found by its name. What was seen
// is stated with its numbers; what it means is left to the person, and nobody is blamed. Items
// about runners are here, those about devices and files in attention_device_words.cc.

namespace hs::present {

std::string AttentionCase::who() const {
  if (!item.entrant.has_value()) return "A runner";
  return "Bib " + results.entrants[item.entrant->raw()].bib.str();
}

std::string AttentionCase::whom() const {
  if (!item.entrant.has_value()) return "a runner";
  return "bib " + results.entrants[item.entrant->raw()].bib.str();
}

const model::Race* AttentionCase::race_config() const {
  if (item.race.has_value()) return &results.event.races[item.race->raw()];
  if (!item.entrant.has_value()) return nullptr;
  return &results.event.races[results.runners[item.entrant->raw()].race.raw()];
}

std::string AttentionCase::race() const {
  const model::Race* config = race_config();
  return config == nullptr ? "the event" : "race " + config->id;
}

std::string AttentionCase::point() const {
  const model::Race* config = race_config();
  if (config == nullptr || !item.point.has_value()) return "a point";
  return config->points[item.point->raw()].id;
}

std::string AttentionCase::mat() const { return item.mat.empty() ? "a mat" : "mat " + item.mat; }

std::string AttentionCase::chip() const {
  return item.tag.has_value() ? "chip " + item.tag->str() : "a chip";
}

std::string AttentionCase::text_or(const char* otherwise) const {
  return item.text.empty() ? otherwise : item.text;
}

std::string AttentionCase::rule(const char* what) const {
  if (item.entrant.has_value()) return commands.rule(*item.entrant, what);
  return "homestretch rule EVENT --bib N " + std::string(what) + " --reason TEXT --by NAME";
}

std::string AttentionCase::explain() const {
  if (item.entrant.has_value()) return commands.explain(*item.entrant);
  return "homestretch explain EVENT --bib N";
}

std::string AttentionCase::when() const {
  if (!item.from.has_value()) return {};
  const std::string from = local_time(results.event, *item.from);
  if (!item.until.has_value()) return " at " + from;
  return " between " + from + " and " + local_time(results.event, *item.until);
}

namespace {

/// Where the runner was timed last, after the start.
std::string last_seen(const AttentionCase& c) {
  if (!c.item.entrant.has_value()) return {};
  const model::RunnerResult& r = c.results.runners[c.item.entrant->raw()];
  const model::Race& race = c.results.event.races[r.race.raw()];
  for (std::size_t i = r.splits.size(); i-- > 0;) {
    const auto& passing = r.splits[i].passing;
    if (!passing.has_value()) continue;
    return ", last at " + race.points[i].id + " at " + local_time(c.results.event, passing->at);
  }
  return {};
}

AttentionWords unresolved(const AttentionCase& c) {
  return {c.who() + " was heard on the course" + last_seen(c) +
              ", and has no finish; the race is closed.",
          "First make sure that the runner is safe. If they stopped: " + c.rule("--dnf") +
              "; if they finished: " + c.rule("--finish T") + "."};
}

AttentionWords unknown_chip(const AttentionCase& c) {
  const std::string place = c.item.mat.empty() ? "" : " at " + c.mat();
  return {"No entry has " + c.chip() + ", read " + counted(c.item.count, "time") + place +
              c.when() + ".",
          "Find out who wears it and put it into the column chips of entrants.csv, then score "
          "again. A spare or a tester's chip needs nothing."};
}

AttentionWords ambiguous_chip(const AttentionCase& c) {
  std::string bibs;
  for (std::size_t i = 0; c.item.tag.has_value() && i < c.results.entrants.size(); ++i) {
    const model::Entrant& entrant = c.results.entrants[i];
    const bool here = c.race_config() == nullptr || entrant.race == c.race_config()->id;
    if (!here ||
        std::find(entrant.chips.begin(), entrant.chips.end(), *c.item.tag) == entrant.chips.end()) {
      continue;
    }
    bibs += (bibs.empty() ? " (bibs " : ", ") + entrant.bib.str();
  }
  if (!bibs.empty()) bibs += ")";
  return {"Several entries of " + c.race() + " have " + c.chip() + bibs + "; its " +
              counted(c.item.count, "read") + " count for none of them.",
          "Find out who wears it, correct the column chips of entrants.csv and score again."};
}

AttentionWords two_chips(const AttentionCase& c) {
  const std::string apart =
      c.item.amount.has_value() ? " within " + short_time(*c.item.amount) : "";
  const std::string second = c.item.tag.has_value() ? ", one of them " + c.item.tag->str() : "";
  return {c.who() + " was heard with two chips at different mats" + apart + c.when() + second + ".",
          "Ask whose the second chip is and correct the column chips of entrants.csv, or leave "
          "out its reads: " +
              c.rule("--ignore-read SEQ") + ". All reads: " + c.explain() + "."};
}

AttentionWords chip_of_two(const AttentionCase& c) {
  std::string other = "somebody of another race";
  if (c.item.other_entrant.has_value()) {
    const model::Entrant& entrant = c.results.entrants[c.item.other_entrant->raw()];
    other = "bib " + entrant.bib.str() + " of race " + entrant.race;
  }
  return {c.who() + " and " + other + " have " + c.chip() + ", and reads of it count for both.",
          "Find out who wears it, correct the column chips of entrants.csv and score again. If it "
          "was handed on from one race to the next, leave out the reads of the other: " +
              c.rule("--ignore-read SEQ") + "."};
}

AttentionWords other_wave_start(const AttentionCase& c) {
  const std::string amount =
      c.item.amount.has_value() ? short_time(*c.item.amount) + " before" : "before";
  return {c.who() + " started " + amount +
              " the gun of the own wave, with another wave. Official and gun time stay on the own "
              "gun; net time counts from the start mat.",
          "If the runner belongs to the wave they started with: " + c.rule("--accept-wave") +
              ". Otherwise nothing: the result stands."};
}

AttentionWords late_start(const AttentionCase& c) {
  const std::string amount =
      c.item.amount.has_value() ? short_time(*c.item.amount) + " after" : "after";
  return {c.who() + " crossed the start mat" + c.when() + ", " + amount +
              " the start window had closed; the start does not count so far.",
          "If the runner did start then: " + c.rule("--accept-start") +
              ". Otherwise nothing: the gun stands in."};
}

AttentionWords no_gun(const AttentionCase& c) {
  const model::Race* race = c.race_config();
  const std::string wave = c.item.text.empty() ? "A wave" : "Wave " + c.item.text;
  const std::string seen =
      c.item.count == 0 ? ""
                        : "; " + counted(c.item.count, "runner was", "runners were") + " heard";
  return {wave + " of " + c.race() + " has no gun, so nothing of it can be timed" + seen + ".",
          "Enter it: " + c.commands.gun(race == nullptr ? "R" : race->id, c.item.text) + "."};
}

AttentionWords other_assignment(const AttentionCase& c) {
  std::string detail;
  if (c.item.amount.has_value()) {
    detail += "; the start would be " + short_time(*c.item.amount) + " away";
  }
  if (c.item.point.has_value()) detail += "; another point than " + c.point() + " would be empty";
  return {"The reads of " + c.whom() +
              " can be understood in another way that explains as many points" + detail +
              ". The choice made stands.",
          "Look at the reads: " + c.explain() +
              ". To decide otherwise: " + c.rule("--force-read SEQ --point P") + "."};
}

AttentionWords late_start_or_walk(const AttentionCase& c) {
  const model::Race* race = c.race_config();
  const std::string mat =
      c.item.mat.empty() && race != nullptr ? "mat " + race->points.front().mat : c.mat();
  const std::string late =
      c.item.amount.has_value() ? ", the first " + short_time(*c.item.amount) + " after it" : "";
  return {c.who() + " was not heard in the start window; two visits to " + mat +
              " came after the window" + late +
              ". Either a late start and a finish, or a finish and a walk past the mat. The gun "
              "stands in for the start.",
          "Ask the runner or look at the pictures. After a late start: " +
              c.rule("--accept-start") + ". Otherwise nothing."};
}

AttentionWords start_set_aside(const AttentionCase& c) {
  return {
      c.who() + " was heard at the start" + c.when() +
          ", which leaves less than the least time to " + c.point() +
          ". The time there counts, and the gun stands in for the start.",
      "Ask the runner or look at the pictures: whoever began then has not run the whole course (" +
          c.rule("--dnf") + "). A walk over the start mat needs nothing."};
}

AttentionWords lap_missing(const AttentionCase& c) {
  return {c.who() + " was not heard at " + c.point() + ", though at the points around it; " +
              (c.item.mat.empty() ? std::string("its mat") : c.mat()) +
              " serves several points. An interval is given, no time.",
          "The finish stands. Compare with the lap sheet or the pictures; a lap that only the mat "
          "missed needs nothing."};
}

AttentionWords exchange_missing(const AttentionCase& c) {
  const std::string what = c.who() + " was not heard at the exchange " + c.point() +
                           ", though at a later one; the two legs have no times of their own";
  if (c.item.count == 0) {
    return {what + ". The team's time stands.",
            "Compare with the pictures. Where the time is known: " +
                c.rule(("--force-read SEQ --point " + c.point()).c_str()) +
                ", or a read taken by hand."};
  }
  return {what + ". The mass start came between, so the team's time hangs on it.",
          "Find the time of the exchange, then: " +
              c.rule(("--force-read SEQ --point " + c.point()).c_str()) +
              ", a read taken by hand, or " + c.rule("--dnf") + "."};
}

AttentionWords leg_order(const AttentionCase& c) {
  return {c.who() + " seems to have run its legs in another order than entered: " +
              c.text_or("see explain") +
              ". Legs are timed as they were run; the team's time does not hang on it.",
          "See " + c.explain() +
              ". Correct the legs in entrants.csv if the entry was wrong; whether another order is "
              "allowed is for the referee to say."};
}

AttentionWords shared_instant(const AttentionCase& c) {
  std::string other = "another runner";
  if (c.item.other_entrant.has_value()) {
    other = "bib " + c.results.entrants[c.item.other_entrant->raw()].bib.str();
  }
  const std::string where = c.item.point.has_value() ? " at " + c.point() : "";
  const std::string more =
      c.item.count > 2 ? " (" + std::to_string(c.item.count) + " runners in all)" : std::string();
  return {c.who() + " and " + other + more + " have the same time to the device's last digit" +
              where + c.when() + ".",
          "Look at the finish pictures. A dead heat or another order is a ruling of the referee; "
          "without one the places stand as listed."};
}

AttentionWords wrong_distance(const AttentionCase& c) {
  return {"At " + c.point() + " of " + c.race() + " " + grouped(c.item.count) + " of " +
              counted(c.item.of, "runner") + " (" + percent(c.item.count, c.item.of) +
              ") came sooner than anybody can cover the distance given.",
          "Check distance_m, mat and fastest of that point in event.toml, and the clock of its "
          "device; then score again."};
}

AttentionWords net_under_gun_rules(const AttentionCase& c) {
  const model::Race* race = c.race_config();
  const std::string book = race == nullptr ? "its rule book" : model::name_of(race->rules);
  return {"Places in " + c.race() + " are by net time, while " + book +
              " places by the finish order from the gun.",
          "Nothing, if the race is held so on purpose. To follow the book: rank_by = \"gun\" in "
          "event.toml."};
}

AttentionWords ruling_without_runner(const AttentionCase& c) {
  const std::string which =
      c.item.fact.has_value() ? "Decision #" + std::to_string(c.item.fact->raw()) : "A decision";
  const std::string bib = c.item.text.empty() ? "a bib that" : "bib " + c.item.text + ", which";
  const std::string undo = c.item.fact.has_value() ? c.commands.undo(*c.item.fact) : "";
  return {which + " names " + bib + " is not entered; it has no effect.",
          "Add the entry to entrants.csv, or take the decision back and make it again with the "
          "right bib" +
              (undo.empty() ? std::string() : ": " + undo) + "."};
}

AttentionWords ruling_without_effect(const AttentionCase& c) {
  const std::string which =
      c.item.fact.has_value() ? "Ruling #" + std::to_string(c.item.fact->raw()) : "A ruling";
  const std::string undo = c.item.fact.has_value() ? c.commands.undo(*c.item.fact) : "";
  return {which + " has no effect: " + c.text_or("it binds nobody") + ".",
          "Take it back, and rule again if something else was meant" +
              (undo.empty() ? std::string() : ": " + undo) + "."};
}

AttentionWords assistance(const AttentionCase& c) {
  const std::string note =
      c.item.fact.has_value() ? " (note #" + std::to_string(c.item.fact->raw()) + ")" : "";
  return {"A note says that there was help, with " + c.whom() + note + "; the clause is " +
              c.text_or("not known here") + ". Nothing is told of it yet.",
          "Weigh it. If it was assistance: " + c.rule("--assisted") +
              ". If not, close the case: " + c.rule("--reinstate --clause assistance") + "."};
}

AttentionWords search_bounded(const AttentionCase& c) {
  const std::string visits =
      c.item.count > 0 ? " (" + counted(c.item.count, "visit") + ")" : std::string();
  return {c.who() + " was heard at the mats too often" + visits +
              " to weigh every way of understanding the reads; the best one found stands.",
          "Look at the reads: " + c.explain() + "."};
}

AttentionWords entry_question(const AttentionCase& c) {
  return {c.item.entrant.has_value() ? c.who() + ": " + c.text_or("the entry is unusual") + "."
                                     : c.text_or("An entry is unusual") + ".",
          "Look at the row or line it comes from; where that is right, nothing needs doing."};
}

AttentionWords hand_timing(const AttentionCase& c) {
  const std::string lines = c.item.count > 0 ? counted(c.item.count, "line") : "Lines";
  const std::string subject = c.item.entrant.has_value() ? "A hand time of " + c.whom() + c.when()
                                                         : lines + " of hand timing";
  const std::string where = c.item.mat.empty() ? "" : " for " + c.mat();
  const bool one = c.item.entrant.has_value() || c.item.count == 1;
  const std::string detail = c.item.text.empty() ? "" : " (" + c.item.text + ")";
  return {subject + where + (one ? " waits" : " wait") + " to be accepted" + detail +
              "; until then nothing official uses " + (one ? "it." : "them."),
          "Read what would be accepted: " + c.commands.propose_to_file() + ", then " +
              c.commands.accept() + "."};
}

AttentionWords wave_found(const AttentionCase& c) {
  const std::string wave = c.item.text.empty() ? "the wave" : "wave " + c.item.text;
  return {"No wave was entered for " + c.whom() + "; " + wave +
              " was taken, as its window holds the start.",
          "If that is right, nothing. Otherwise put the wave into the column wave of entrants.csv "
          "and score again."};
}

AttentionWords after_close(const AttentionCase& c) {
  const std::string amount =
      c.item.amount.has_value() ? short_time(*c.item.amount) + " after" : "after";
  return {c.who() + " finished " + amount +
              " the race had closed; the finish counts until a "
              "referee rules on it.",
          "If it shall count, nothing. Otherwise: " + c.rule("--dnf") + "."};
}

}  // namespace

namespace {

AttentionWords words_of(const AttentionCase& c) {
  using Kind = model::Attention::Kind;
  switch (c.item.kind) {
    case Kind::Unresolved:
      return unresolved(c);
    case Kind::UnknownChip:
      return unknown_chip(c);
    case Kind::AmbiguousChip:
      return ambiguous_chip(c);
    case Kind::TwoChips:
      return two_chips(c);
    case Kind::ChipOfTwo:
      return chip_of_two(c);
    case Kind::OtherWaveStart:
      return other_wave_start(c);
    case Kind::LateStart:
      return late_start(c);
    case Kind::NoGun:
      return no_gun(c);
    case Kind::OtherAssignment:
      return other_assignment(c);
    case Kind::LateStartOrWalk:
      return late_start_or_walk(c);
    case Kind::StartSetAside:
      return start_set_aside(c);
    case Kind::LapMissing:
      return lap_missing(c);
    case Kind::ExchangeMissing:
      return exchange_missing(c);
    case Kind::LegOrder:
      return leg_order(c);
    case Kind::SharedInstant:
      return shared_instant(c);
    case Kind::WrongDistance:
      return wrong_distance(c);
    case Kind::NetUnderGunRules:
      return net_under_gun_rules(c);
    case Kind::RulingWithoutRunner:
      return ruling_without_runner(c);
    case Kind::RulingWithoutEffect:
      return ruling_without_effect(c);
    case Kind::Assistance:
      return assistance(c);
    case Kind::SearchBounded:
      return search_bounded(c);
    case Kind::EntryQuestion:
      return entry_question(c);
    case Kind::HandTiming:
      return hand_timing(c);
    case Kind::WaveFound:
      return wave_found(c);
    case Kind::AfterClose:
      return after_close(c);
    case Kind::ReadConflict:
    case Kind::DeadMat:
    case Kind::ClockSuspected:
    case Kind::ClockMoved:
    case Kind::PowerLost:
    case Kind::ForeignFile:
    case Kind::BadLine:
    case Kind::FileMissing:
    case Kind::FileUnreadable:
    case Kind::StreamRepeated:
    case Kind::SequenceGap:
      return device_words(c);
  }
  return {};
}

/// Those that stand in the text, in the order in which they do.
std::vector<Command> in_order(std::vector<Command> commands, const std::string& text) {
  const auto at = [&](const Command& one) { return text.find(one.text); };
  std::erase_if(commands, [&](const Command& one) { return at(one) == std::string::npos; });
  std::stable_sort(commands.begin(), commands.end(),
                   [&](const Command& a, const Command& b) { return at(a) < at(b); });
  const auto is_same = [](const Command& a, const Command& b) { return a.text == b.text; };
  commands.erase(std::unique(commands.begin(), commands.end(), is_same), commands.end());
  return commands;
}

}  // namespace

AttentionWords words_for(const model::Attention& item, const model::EventResults& results,
                         const std::string& event_path) {
  const Commands commands(results, event_path);
  AttentionWords words = words_of({item, results, commands});
  words.commands = in_order(commands.handed_out(), words.act);
  return words;
}

}  // namespace hs::present
