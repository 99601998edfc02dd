#include <CLI/CLI.hpp>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/event_time.h"
#include "app/said_fact.h"

// Implementation notes: one ruling a call, about a runner (with --bib) or about a race. Each option
// that names a ruling has one row in a table; whether what it says fits is checked with the fact.

namespace hs::app {
namespace {

using base::ErrorCode;
using base::Result;
using model::RaceRulingFact;
using model::RulingFact;

struct RuleArguments {
  std::string event, bib, race, clause, reason, by, point;
  std::string penalty, start, finish;
  bool dsq = false, reinstate = false, dnf = false, dns = false, ooc = false;
  bool accept_start = false, accept_wave = false;
  std::vector<std::uint64_t> ignore_reads;
  std::vector<std::uint64_t> force_reads;
  bool assisted = false, medical_at_hand = false, advantage = false;
  std::vector<std::string> helpers, dead_heat;
  std::string merge_into, swap_chip_with, move_to, with_race;
  std::string shorten, stop_at, place_by, neutralise;
  bool cancel = false;
};

/// An option that names a ruling, and whether it was given.
template <typename Kind>
struct Asked {
  bool is_given;
  Kind kind;
  const char* option;
};

/// The one kind that was asked for.
template <typename Kind>
Result<Kind> one_of(std::span<const Asked<Kind>> asked, const char* whose) {
  const Asked<Kind>* found = nullptr;
  std::string options;
  for (const Asked<Kind>& one : asked) {
    options += std::string(" ") + one.option;
    if (!one.is_given) continue;
    if (found != nullptr) {
      return base::fail(ErrorCode::InvalidInput, "found two rulings, expected one at a time");
    }
    found = &one;
  }
  if (found != nullptr) return found->kind;
  return base::fail(ErrorCode::InvalidInput,
                    std::string("found no ruling, expected one") + whose + " of" + options);
}

/// What can be ruled about a race; a cancelled one is a fact of its own kind.
enum class RaceAsked { Shorten, Stop, Neutralise, Cancel };

std::vector<Asked<RaceAsked>> asked_of_race(const RuleArguments& a) {
  return {{!a.shorten.empty(), RaceAsked::Shorten, "--shorten"},
          {!a.stop_at.empty(), RaceAsked::Stop, "--stop-at"},
          {!a.neutralise.empty(), RaceAsked::Neutralise, "--neutralise"},
          {a.cancel, RaceAsked::Cancel, "--cancel"}};
}

std::vector<Asked<RulingFact::Kind>> asked_of_runner(const RuleArguments& a) {
  using Kind = RulingFact::Kind;
  return {{a.dsq, Kind::Disqualify, "--dsq"},
          {a.reinstate, Kind::Reinstate, "--reinstate"},
          {a.dnf, Kind::DidNotFinish, "--dnf"},
          {a.dns, Kind::DidNotStart, "--dns"},
          {a.ooc, Kind::OutOfCompetition, "--ooc"},
          {!a.penalty.empty(), Kind::Penalty, "--penalty"},
          {!a.start.empty(), Kind::Start, "--start"},
          {!a.finish.empty(), Kind::Finish, "--finish"},
          {a.accept_start, Kind::AcceptStart, "--accept-start"},
          {a.accept_wave, Kind::AcceptWave, "--accept-wave"},
          {!a.ignore_reads.empty(), Kind::IgnoreRead, "--ignore-read"},
          {!a.force_reads.empty(), Kind::ForceRead, "--force-read"},
          {!a.dead_heat.empty(), Kind::DeadHeat, "--dead-heat"},
          {a.assisted, Kind::Assisted, "--assisted"},
          {!a.merge_into.empty(), Kind::Merge, "--merge-into"},
          {!a.swap_chip_with.empty(), Kind::SwapChips, "--swap-chip-with"},
          {!a.move_to.empty(), Kind::Move, "--move-to"}};
}

template <typename Kind>
bool is_any_given(const std::vector<Asked<Kind>>& asked) {
  return std::any_of(asked.begin(), asked.end(),
                     [](const Asked<Kind>& one) { return one.is_given; });
}

Result<const model::Event*> event_of(engine::RaceDay& day) {
  const model::Event* event = day.scorer().event();
  if (event != nullptr) return event;
  return base::fail(ErrorCode::Unsupported, "found no event in the race file, expected one");
}

/// The others whom a ruling names.
Result<void> add_others(const RuleArguments& a, RulingFact& ruling) {
  std::vector<std::string> bibs = a.helpers;
  bibs.insert(bibs.end(), a.dead_heat.begin(), a.dead_heat.end());
  if (!a.merge_into.empty()) bibs.push_back(a.merge_into);
  if (!a.swap_chip_with.empty()) bibs.push_back(a.swap_chip_with);
  for (const std::string& text : bibs) {
    HS_TRY(model::BibNumber bib, model::BibNumber::parse(text));
    ruling.with.push_back(std::move(bib));
  }
  ruling.to = a.move_to.empty() ? a.with_race : a.move_to;
  if (ruling.to == ruling.race && a.move_to.empty()) ruling.to.clear();
  return {};
}

/// Options that say more of a ruling stand only beside the one they say it of.
Result<void> check_beside(const RuleArguments& a, RulingFact::Kind kind) {
  using Kind = RulingFact::Kind;
  const struct {
    bool is_given;
    bool fits;
    const char* what;
  } kBeside[] = {
      {!a.point.empty(),
       kind == Kind::ForceRead || kind == Kind::Start || kind == Kind::DidNotFinish,
       "--point without --force-read, or of a relay --start or --dnf"},
      {kind == Kind::ForceRead, !a.point.empty(), "--force-read without --point"},
      {!a.helpers.empty(), kind == Kind::Assisted, "--helped-by without --assisted"},
      {a.medical_at_hand, kind == Kind::Assisted, "--medical-at-hand without --assisted"},
      {a.advantage, kind == Kind::Assisted, "--advantage without --assisted"},
      {!a.with_race.empty(), kind == Kind::Merge || kind == Kind::SwapChips,
       "--with-race without --merge-into or --swap-chip-with"},
      {!a.place_by.empty(), false, "--place-by without --stop-at"},
  };
  for (const auto& beside : kBeside) {
    if (beside.is_given && !beside.fits) {
      return base::fail(ErrorCode::InvalidInput,
                        std::string("found ") + beside.what + ", expected both or neither");
    }
  }
  return {};
}

Result<model::FactBody> make_ruling(const RuleArguments& a, engine::RaceDay& day) {
  RulingFact ruling;
  const auto asked = asked_of_runner(a);
  HS_TRY(ruling.kind, one_of(std::span(asked), " about a runner"));
  HS_TRY_VOID(check_beside(a, ruling.kind));
  HS_TRY(ruling.bib, model::BibNumber::parse(a.bib));
  ruling.race = a.race;
  if (ruling.race.empty()) {
    HS_TRY(ruling.race, day.race_of(ruling.bib));
  }
  HS_TRY(const model::Event* event, event_of(day));
  if (!a.penalty.empty()) {
    HS_TRY(ruling.amount, base::parse_duration(a.penalty));
  }
  const std::string& at = a.start.empty() ? a.finish : a.start;
  if (!at.empty()) {
    HS_TRY(ruling.at, parse_event_time(at, *event));
  }
  for (const std::uint64_t seq : a.ignore_reads) ruling.reads.emplace_back(seq);
  for (const std::uint64_t seq : a.force_reads) ruling.reads.emplace_back(seq);
  ruling.point = a.point;
  HS_TRY_VOID(add_others(a, ruling));
  ruling.medical_at_hand = a.medical_at_hand;
  ruling.advantage = a.advantage;
  ruling.clause = a.clause;
  ruling.reason = a.reason;
  ruling.author = signed_by(a.by);
  return model::FactBody(std::move(ruling));
}

/// "10:02:00..10:06:30" or "5k..10k".
Result<void> add_neutral(const std::string& text, const model::Race& race,
                         const model::Event& event, RaceRulingFact& ruling) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) {
    return base::fail(ErrorCode::InvalidInput,
                      "found '" + text + "', expected FROM..TO, two times of day or two points");
  }
  const std::string from = text.substr(0, dots);
  const std::string to = text.substr(dots + 2);
  const bool is_point = std::any_of(race.points.begin(), race.points.end(),
                                    [&](const model::Point& point) { return point.id == from; });
  if (is_point) {
    ruling.point = from;
    ruling.to_point = to;
    return {};
  }
  HS_TRY(ruling.from, parse_event_time(from, event));
  HS_TRY(ruling.until, parse_event_time(to, event));
  return {};
}

Result<model::FactBody> make_race_ruling(const RuleArguments& a, engine::RaceDay& day) {
  const auto asked = asked_of_race(a);
  HS_TRY(const RaceAsked what, one_of(std::span(asked), " about a race"));
  if (is_any_given(asked_of_runner(a))) {
    return base::fail(ErrorCode::InvalidInput, "found two rulings, expected one at a time");
  }
  HS_TRY(const model::Event* event, event_of(day));
  const auto race = std::find_if(event->races.begin(), event->races.end(),
                                 [&](const model::Race& one) { return one.id == a.race; });
  if (race == event->races.end()) {
    return base::fail(ErrorCode::NotFound,
                      "found the race '" + a.race + "', expected --race with one of the event");
  }
  if (what == RaceAsked::Cancel) {
    return model::FactBody(model::CancelFact{a.race, a.reason, signed_by(a.by)});
  }
  RaceRulingFact ruling;
  ruling.race = a.race;
  ruling.clause = a.clause;
  ruling.reason = a.reason;
  ruling.author = signed_by(a.by);
  if (what == RaceAsked::Shorten) {
    ruling.kind = RaceRulingFact::Kind::Shorten;
    ruling.point = a.shorten;
  } else if (what == RaceAsked::Stop) {
    ruling.kind = RaceRulingFact::Kind::Stop;
    ruling.point = a.place_by;
    HS_TRY(ruling.at, parse_event_time(a.stop_at, *event));
  } else {
    ruling.kind = RaceRulingFact::Kind::Neutralise;
    HS_TRY_VOID(add_neutral(a.neutralise, *race, *event, ruling));
  }
  return model::FactBody(std::move(ruling));
}

void add_runner_options(CLI::App& command, RuleArguments& a) {
  command.add_option("--bib", a.bib, "the runner's number");
  command.add_option("--race", a.race, "where the bib is in several races, or no bib is named");
  command.add_flag("--dsq", a.dsq, "disqualified");
  command.add_flag("--reinstate", a.reinstate, "takes back any status ruling");
  command.add_flag("--dnf", a.dnf, "did not finish");
  command.add_flag("--dns", a.dns, "did not start");
  command.add_flag("--ooc", a.ooc, "out of competition: timed, not placed");
  command.add_option("--penalty", a.penalty, "added to the finish time, as +0:30 or -0:10");
  command.add_option("--start", a.start, "the start, as 10:00:12.3");
  command.add_option("--finish", a.finish, "the finish, as 12:31:05.1");
  command.add_flag("--accept-start", a.accept_start, "a start outside the window counts");
  command.add_flag("--accept-wave", a.accept_wave, "belongs to the wave they started with");
  command.add_option("--ignore-read", a.ignore_reads, "'fact' numbers of reads.csv");
  command.add_option("--force-read", a.force_reads, "'fact' number of reads.csv")->expected(1);
  command.add_option("--point", a.point,
                     "the point that a forced read is; of a relay, where the leg ends (--dnf) or "
                     "begins (--start)");
  command.add_option("--dead-heat", a.dead_heat, "bibs that share the place");
  command.add_flag("--assisted", a.assisted, "was helped: what follows is the rule set's");
  command.add_option("--helped-by", a.helpers, "bibs of runners who helped");
  command.add_flag("--medical-at-hand", a.medical_at_hand, "medical help was at hand");
  command.add_flag("--advantage", a.advantage, "a helper, or their team, gained by it");
  command.add_option("--merge-into", a.merge_into, "both are one entry: this bib stays");
  command.add_option("--swap-chip-with", a.swap_chip_with, "they wore each other's chips");
  command.add_option("--with-race", a.with_race, "the other bib's race, where it is another");
  command.add_option("--move-to", a.move_to, "the race the runner belongs to");
}

void add_race_options(CLI::App& command, RuleArguments& a) {
  command.add_option("--shorten", a.shorten, "the race ends at this point, for everybody");
  command.add_option("--stop-at", a.stop_at, "nothing behind this time counts, as 10:40:00");
  command.add_option("--place-by", a.place_by, "those stopped are placed by this point");
  command.add_option("--neutralise", a.neutralise, "not counted: 10:02:00..10:06:30 or 5k..10k");
  command.add_flag("--cancel", a.cancel, "called off: everybody is deferred");
}

}  // namespace

void add_rule_command(CLI::App& program, Exit& exit) {
  auto a = std::make_shared<RuleArguments>();
  CLI::App* command =
      program.add_subcommand("rule", "a referee's or timer's ruling on a runner or a race");
  command->footer(
      "Example: homestretch rule harbour-half --bib 812 --penalty +0:30 --clause TR17.14 \\\n"
      "           --reason \"refreshment outside the station\" --by \"R. Referee\"\n"
      "         homestretch rule harbour-half --race half --shorten 10k \\\n"
      "           --reason \"bridge closed\" --by \"Race director\"");
  command->add_option("EVENT", a->event, "event folder or .race file")->required();
  add_runner_options(*command, *a);
  add_race_options(*command, *a);
  command->add_option("--clause", a->clause, "of the rule book; shown in public with a DSQ");
  command->add_option("--reason", a->reason, "for the officials only")->required();
  command->add_option("--by", a->by, "who rules")->required();
  command->callback([a, &exit] {
    exit = append_fact(a->event, [&](engine::RaceDay& day) {
      const bool about_race = is_any_given(asked_of_race(*a));
      if (about_race && !a->bib.empty()) {
        return Result<model::FactBody>(
            base::fail(ErrorCode::InvalidInput,
                       "found --bib and a ruling about a race, expected one of them"));
      }
      return about_race ? make_race_ruling(*a, day) : make_ruling(*a, day);
    });
  });
}

}  // namespace hs::app
