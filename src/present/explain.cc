#include "present/explain.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/check.h"
#include "model/relay.h"
#include "present/decisions.h"
#include "present/legs.h"
#include "present/listing.h"
#include "present/read_index.h"
#include "present/reason.h"
#include "present/table.h"
#include "present/wording.h"
#include "scoring/rule_set.h"
#include "scoring/standard.h"

// Implementation notes: written for a runner who asks at the desk, read out or shown by the timer.
// Each block answers one question: what is my result, where does each time come from, why is net
// like gun, which place, what did the mats hear, who decided anything.

namespace hs::present {
namespace {

constexpr std::size_t kIndent = 2;

struct Subject {
  const model::EventResults& results;
  model::EntrantId id;
  const model::RunnerResult& runner;
  const model::Race& race;
  const model::Entrant& entrant;
  const model::Person& person;
  Colour colour;

  [[nodiscard]] std::string clock(base::RaceTime at) const {
    return local_time(results.event, at, 3);
  }
};

std::string wave_name(const Subject& s) {
  return s.runner.wave.has_value() ? s.race.waves[s.runner.wave->raw()].id : std::string();
}

/// The race and id of the wave whose gun counts, where that is a wave of another race; it has no
/// number in the runner's own race, so it is known by its gun.
std::string wave_elsewhere(const Subject& s) {
  const auto& counted = s.runner.gun_at;
  if (!counted.has_value() || s.race.waves[s.runner.wave->raw()].gun == counted) return {};
  for (const model::Race& race : s.results.event.races) {
    for (const model::Wave& wave : race.waves) {
      if (race.id != s.race.id && wave.gun == counted) return wave.id + " of " + race.id;
    }
  }
  return {};
}

/// The wave; both waves where a referee moved the runner, or the gun time could not be understood.
std::string wave_words(const Subject& s) {
  const std::string own = wave_name(s);
  if (own.empty()) return {};
  const std::string elsewhere = wave_elsewhere(s);
  if (!elsewhere.empty()) return "wave " + elsewhere + " by ruling; entered in " + own;
  if (s.entrant.wave.empty() || s.entrant.wave == own) return "wave " + own;
  return "wave " + own + " by ruling; entered in " + s.entrant.wave;
}

std::string title(const Subject& s) {
  std::string out = "Bib " + s.entrant.bib.str();
  if (!s.person.name.empty()) out += "  " + s.person.name;
  std::string facts = s.race.name.empty() ? s.race.id : s.race.name + " (" + s.race.id + ")";
  if (s.entrant.sex.has_value()) facts += ", " + std::string(sex_words(*s.entrant.sex));
  if (s.entrant.age.has_value()) facts += ", age " + std::to_string(*s.entrant.age);
  if (s.runner.division.has_value()) {
    facts += ", division " + s.race.divisions[s.runner.division->raw()].id;
  }
  if (s.entrant.mode != model::Mode::Foot) facts += ", " + std::string(name_of(s.entrant.mode));
  if (!wave_words(s).empty()) facts += ", " + wave_words(s);
  if (s.entrant.is_private) facts += ", private: in public only Bib " + s.entrant.bib.str();
  return inked(fitted(out, kTerminalWidth), Ink::Strong, s.colour) + "\n" + paragraph(facts, 0, 0);
}

std::string_view ranked_words(model::RankBy by) {
  switch (by) {
    case model::RankBy::Gun:
      return "gun time";
    case model::RankBy::Clock:
      return "clock time";
    case model::RankBy::Net:
      return "net time";
  }
  return "";
}

std::string_view rounding_words(base::Rounding rounding) {
  switch (rounding) {
    case base::Rounding::None:
      return "as measured";
    case base::Rounding::UpToSecond:
      return "rounded up to the next whole second";
    case base::Rounding::UpToTenth:
      return "rounded up to the next tenth of a second";
    case base::Rounding::UpToHundredth:
      return "rounded up to the next hundredth of a second";
  }
  return "";
}

std::string verdict_line(const Subject& s) {
  const bool is_in = !s.runner.splits.empty() && s.runner.splits.back().passing.has_value();
  if (s.runner.status == model::RunnerStatus::Unresolved && is_in) {
    return paragraph("The last runner is in; the time hangs on an exchange that was not heard.", 0,
                     0);
  }
  std::string status(status_words(s.runner.status));
  if (!status.empty()) status[0] = static_cast<char>(status[0] - 'a' + 'A');
  std::string out = status;
  if (s.runner.status == model::RunnerStatus::Disqualified && !s.runner.clause.empty()) {
    out += " (" + s.runner.clause + ")";
  }
  if (s.runner.official.has_value()) {
    const scoring::RuleSetEntry& book = scoring::rule_set_of(s.race);
    const std::string edition = book.edition;
    out += ". Official time " + official_time(s.race, *s.runner.official) + ": the " +
           std::string(ranked_words(s.race.rank_by)) + ", " +
           std::string(rounding_words(book.rounding)) + " (" + model::name_of(s.race.rules) + " " +
           edition + ")";
  }
  return paragraph(out + ".", 0, 0);
}

/// Where the finish comes from, for the sentence of each time.
std::string finish_words(const Subject& s) {
  if (s.runner.splits.empty() || !s.runner.splits.back().passing.has_value()) return "the finish";
  const model::Passing& passing = *s.runner.splits.back().passing;
  std::string out = "the finish at " + s.clock(passing.at);
  if (!passing.read.has_value()) out += " (set by ruling)";
  if (passing.read.has_value() && passing.role == model::ReadRole::Backup) {
    out += " (backup line)";
  }
  return out;
}

std::string start_words(const Subject& s) {
  const model::RunnerResult& r = s.runner;
  if (!r.start_at.has_value() && !r.net.has_value()) return "not started, as far as is known";
  const std::string at = r.start_at.has_value() ? " at " + s.clock(*r.start_at) : std::string();
  std::string offset;
  if (r.start_offset.has_value() && *r.start_offset != base::Duration::zero()) {
    offset = ", " + short_time(*r.start_offset) +
             (*r.start_offset < base::Duration::zero() ? " before" : " after") + " the own gun";
  }
  switch (r.start_source) {
    case model::StartSource::Mat:
      return "heard on the start mat" + at + offset;
    case model::StartSource::Gun:
      return "the gun" + at + ": the start mat did not hear this runner in the start window";
    case model::StartSource::OtherWave:
      return "heard on the start mat" + at + offset + ", with another wave";
    case model::StartSource::Ruling:
      return "set by ruling" + at + offset;
  }
  return {};
}

/// Answers the question that is asked most.
std::string net_remark(const Subject& s) {
  const model::RunnerResult& r = s.runner;
  if (!r.net.has_value()) return {};
  if (r.start_source == model::StartSource::Gun) {
    return paragraph(
        "Net time equals gun time, because no start of this runner was heard and the "
        "gun stands in for it.",
        kIndent, kIndent);
  }
  if (r.start_source == model::StartSource::OtherWave) {
    return paragraph(
        "Net time counts from the start mat and is longer than gun time, because the "
        "start was before the gun of the own wave.",
        kIndent, kIndent);
  }
  return {};
}

std::string times_block(const Subject& s) {
  const model::RunnerResult& r = s.runner;
  Table table({{"", Align::Left}, {"", Align::Right}, {"", Align::Left}});
  const auto add = [&](const char* name, base::Duration value, const std::string& from) {
    table.add({{name}, {base::format_h_mm_ss_mmm(value), Ink::Strong}, {from}});
  };
  const std::string to = " to " + finish_words(s);
  if (r.gun.has_value()) {
    const std::string gun = r.gun_at.has_value() ? " at " + s.clock(*r.gun_at) : std::string();
    add("gun time", r.gun->value(), "from the gun of the own wave" + gun + to);
  }
  if (r.net.has_value()) add("net time", r.net->value(), "from the own start" + to);
  if (r.clock.has_value()) {
    add("clock time", r.clock->value(), "from the first gun of the race" + to);
  }
  if (r.penalty != base::Duration::zero()) {
    add("penalty", r.penalty, "in all three of them, by ruling");
  }
  if (r.neutral != base::Duration::zero()) {
    add("not counted", r.neutral, "of the time since the own start, by ruling about the race");
  }
  table.add({{"start"}, {""}, {start_words(s)}});
  return "\n" + inked("Times", Ink::Strong, s.colour) + "\n" + table.text(kIndent, s.colour) +
         net_remark(s);
}

/// How many of the race are placed, of those that `alike` accepts.
template <typename Alike>
std::uint64_t placed_of(const Subject& s, const Alike& alike) {
  std::uint64_t count = 0;
  for (const model::EntrantId id : s.results.order[s.runner.race.raw()]) {
    const bool placed = s.results.runners[id.raw()].places.overall.has_value();
    if (placed && alike(id)) ++count;
  }
  return count;
}

std::string places_block(const Subject& s) {
  const model::Places& places = s.runner.places;
  if (!places.overall.has_value()) return {};
  std::string line = ordinal(*places.overall) + " of " +
                     grouped(placed_of(s, [](model::EntrantId) { return true; })) + " overall";
  if (places.sex.has_value() && s.entrant.sex.has_value()) {
    const auto alike = [&](model::EntrantId id) {
      return s.results.entrants[id.raw()].sex == s.entrant.sex;
    };
    line += ", " + ordinal(*places.sex) + " of " + grouped(placed_of(s, alike)) + " " +
            std::string(sex_words(*s.entrant.sex));
  }
  if (places.division.has_value() && s.runner.division.has_value()) {
    const auto alike = [&](model::EntrantId id) {
      return s.results.runners[id.raw()].division == s.runner.division;
    };
    line += ", " + ordinal(*places.division) + " of " + grouped(placed_of(s, alike)) + " in " +
            s.race.divisions[s.runner.division->raw()].id;
  }
  line += ", by " + std::string(ranked_words(s.race.rank_by)) + " before rounding.";
  return "\n" + inked("Places", Ink::Strong, s.colour) + "\n" + paragraph(line, kIndent, kIndent);
}

/// "F 45-49", "X 80+".
std::string band_words(const model::StandardTime& band) {
  return std::string(model::name_of(band.sex)) + " " + std::to_string(band.age_min) +
         (band.age_max ? "-" + std::to_string(*band.age_max) : "+");
}

/// Why a finisher is not compared with a standard.
std::string uncompared_words(const Subject& s, const model::Standard& standard) {
  if (!scoring::is_open_on(standard, s.results.event.date)) {
    return "not compared: a race on " + base::format_date(s.results.event.date) +
           " is outside its window";
  }
  if (s.entrant.mode != model::Mode::Foot) return "not compared: it is for runners on foot";
  if (!s.entrant.sex) return "not compared: the sex is not known";
  const auto age = scoring::age_for(standard, s.entrant, s.person);
  if (!age && standard.age_on) {
    return "not compared: without a birth date the age on " + base::format_date(*standard.age_on) +
           " is not known";
  }
  if (!age) return "not compared: the age is not known";
  if (scoring::band_of(standard, *s.entrant.sex, *age) == nullptr) {
    return std::string("not compared: it has no time for ") + model::name_of(*s.entrant.sex) +
           " at " + std::to_string(*age);
  }
  return "not compared: the time that it counts is not known";
}

std::string standard_words(const Subject& s, const model::Standard& standard) {
  const auto against = scoring::against_standard(standard, s.results, s.id);
  if (!against) return standard.name + ": " + uncompared_words(s, standard);
  const std::int64_t left = against->left_seconds();
  const std::string by = h_mm_ss(std::chrono::seconds(left < 0 ? -left : left));
  std::string out = left == 0 ? "on the second of " : by + (left > 0 ? " under " : " over ");
  out += standard.name + " (" + band_words(*against->band) + ", " + h_mm_ss(against->band->time);
  if (standard.by == model::StandardBy::Gun) out += ", by gun time";
  if (standard.course_index != base::Duration(0)) {
    out += ", " + h_mm_ss(standard.course_index) + " added for the course";
  }
  return out + ")";
}

std::string standards_block(const Subject& s) {
  if (s.race.standards.empty() || s.runner.status != model::RunnerStatus::Finished) return {};
  std::string out = "\n" + inked("Standards", Ink::Strong, s.colour) + "\n";
  for (const model::Standard& standard : s.race.standards) {
    out += paragraph(standard_words(s, standard), kIndent, kIndent + 2);
  }
  return out;
}

std::string missed_words(const Subject& s, std::size_t point) {
  for (const model::MissedInterval& missed : missed_of(s.results, s.id)) {
    if (missed.point.raw() != point) continue;
    return "not heard: net between " + h_mm_ss(missed.earliest.value()) + " and " +
           h_mm_ss(missed.latest.value());
  }
  return "not heard";
}

std::string passing_words(const model::Passing& passing) {
  if (!passing.read.has_value()) return "set by ruling";
  std::string out = "read #" + std::to_string(passing.read->raw());
  if (passing.forced) return out + ", by ruling";
  if (passing.role == model::ReadRole::Backup) return out + ", backup line";
  if (passing.role == model::ReadRole::Manual) return out + ", taken by hand";
  return out;
}

std::string points_block(const Subject& s) {
  Table table({{"point", Align::Left, 16},
               {"distance", Align::Right},
               {"time of day", Align::Right},
               {"gun", Align::Right},
               {"net", Align::Right},
               {"place", Align::Right},
               {"from", Align::Left}});
  for (std::size_t i = 0; i < s.race.points.size() && i < s.runner.splits.size(); ++i) {
    const model::Point& point = s.race.points[i];
    const model::Split& split = s.runner.splits[i];
    if (point.role != model::PointRole::Timed) continue;
    const bool passed = split.passing.has_value();
    const auto& place = split.places.overall;
    table.add({{point.id},
               {distance_text(point.distance)},
               {passed ? s.clock(split.passing->at) : ""},
               {split.gun.has_value() ? base::format_h_mm_ss_mmm(split.gun->value()) : ""},
               {split.net.has_value() ? base::format_h_mm_ss_mmm(split.net->value()) : ""},
               {place.has_value() ? place_text(*place) : ""},
               {passed ? passing_words(*split.passing) : missed_words(s, i),
                passed ? Ink::Plain : Ink::Warn}});
  }
  return "\n" + inked("Points", Ink::Strong, s.colour) + "\n" + table.text(kIndent, s.colour);
}

std::string_view leg_start_words(const model::LegResult& leg) {
  switch (leg.start) {
    case model::LegStart::Start:
      return "the start";
    case model::LegStart::Handover:
      return leg.start_at ? "the exchange" : "an exchange not heard";
    case model::LegStart::MassStart:
      return leg.start_at ? "the mass start" : "the mass start, or an exchange not heard";
    case model::LegStart::Ruling:
      return "a ruling";
  }
  return "";
}

/// The legs of a relay team: who ran, from when, how long, and what the leg began with.
std::string legs_block(const Subject& s) {
  if (s.runner.legs.empty()) return {};
  const std::vector<model::RelayLeg> legs = model::legs_of(s.race);
  Table table({{"leg", Align::Left, 16},
               {"runner", Align::Left, 28},
               {"began", Align::Right},
               {"time", Align::Right},
               {"place", Align::Right},
               {"with", Align::Left}});
  for (std::size_t l = 0; l < s.runner.legs.size(); ++l) {
    const model::LegResult& leg = s.runner.legs[l];
    std::string time = leg.time ? base::format_h_mm_ss_mmm(*leg.time) : std::string();
    if (leg.did_not_finish) time = "DNF";
    std::string with(leg_start_words(leg));
    if (leg.ran_by) with += "; entered for leg " + legs[*leg.ran_by].id;
    table.add({{legs[l].id},
               {runner_of_leg(s.results, s.id, l)},
               {leg.start_at ? s.clock(*leg.start_at) : ""},
               {time},
               {leg.places.overall ? place_text(*leg.places.overall) : ""},
               {with}});
  }
  return "\n" + inked("Legs", Ink::Strong, s.colour) + "\n" + table.text(kIndent, s.colour);
}

std::string decisions_block(const Subject& s, std::span<const model::Fact> facts) {
  const std::vector<Decision> decisions = decisions_about(s.results, s.id, facts);
  if (decisions.empty()) return {};
  std::string out = "\n" + inked("Decided by people", Ink::Strong, s.colour) + "\n";
  Table table({{"", Align::Right}, {"", Align::Left}});
  for (const Decision& decision : decisions) {
    const bool holds = decision.state == Decision::State::Holds;
    table.add({{"#" + std::to_string(decision.seq.raw())},
               {decision.words, holds ? Ink::Plain : Ink::Faint}});
  }
  return out + table.text(kIndent, s.colour);
}

std::string notes_block(const Subject& s) {
  std::string out;
  for (const model::Note& note : s.results.notes) {
    const auto& bibs = note.note.bibs;
    const bool here = note.note.race.empty() || note.note.race == s.race.id;
    if (!here || std::find(bibs.begin(), bibs.end(), s.entrant.bib) == bibs.end()) continue;
    out += paragraph("\"" + note.note.text + "\" (" + model::name_of(note.note.kind) + ", " +
                         note.note.author.by + ", #" + std::to_string(note.seq.raw()) + ")",
                     kIndent, kIndent + 2);
  }
  if (out.empty()) return out;
  return "\n" + inked("Notes", Ink::Strong, s.colour) + "\n" + out;
}

Ink ink_of(model::Verdict verdict) {
  if (verdict == model::Verdict::Counted || verdict == model::Verdict::ForcedByRuling) {
    return Ink::Good;
  }
  return Ink::Faint;
}

std::string reads_block(const Subject& s) {
  const ReadIndex index(s.results);
  const std::vector<const model::ReadView*> reads = index.reads_of(s.id);
  std::string out = "\n" + inked("Reads", Ink::Strong, s.colour) + "  " +
                    counted(reads.size(), "read") +
                    " of this runner, each with what became of "
                    "it\n";
  Table table({{"time of day", Align::Left},
               {"mat", Align::Left, 14},
               {"read", Align::Right},
               {"verdict", Align::Left},
               {"because", Align::Left}});
  for (const model::ReadView* read : reads) {
    const model::StreamHealth* stream = index.stream(read->stream);
    table.add({{s.clock(read->time)},
               {stream != nullptr ? stream->stream.mat : "by hand"},
               {"#" + std::to_string(read->fact.raw())},
               {model::name_of(read->verdict), ink_of(read->verdict)},
               {reason_for(*read, s.results, index)}});
  }
  return table.empty() ? out : out + table.text(kIndent, s.colour);
}

}  // namespace

std::string explain(const model::EventResults& results, model::EntrantId entrant,
                    const ExplainOptions& options) {
  HS_CHECK(entrant.raw() < results.runners.size(), "explain for an entry that does not exist");
  const model::RunnerResult& runner = results.runners[entrant.raw()];
  const Subject s{results,
                  entrant,
                  runner,
                  results.event.races[runner.race.raw()],
                  results.entrants[entrant.raw()],
                  results.persons[entrant.raw()],
                  options.colour};
  return title(s) + "\n" + verdict_line(s) + times_block(s) + places_block(s) + standards_block(s) +
         points_block(s) + legs_block(s) + decisions_block(s, options.decisions) + notes_block(s) +
         reads_block(s);
}

}  // namespace hs::present
