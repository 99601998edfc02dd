#include "present/version_words.h"

#include <algorithm>

#include "present/decisions.h"
#include "present/json_out.h"
#include "present/wording.h"
#include "scoring/result_diff.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;
using scoring::ListState;

/// Beyond so many, those who only moved up or down are counted, not named.
constexpr std::size_t kMovedShown = 10;
constexpr std::size_t kBibsShown = 20;

const model::RunnerResult& runner_of(const EventResults& results, EntrantId id) {
  return results.runners[id.raw()];
}

std::string time_of(const EventResults& results, const model::RunnerResult& runner) {
  const model::Race& race = results.event.races[runner.race.raw()];
  return runner.official ? official_time(race, *runner.official) : std::string();
}

/// "FIN, 3rd in 1:30:00", "DSQ (TR 6.3)", "not in the list".
std::string standing_words(const EventResults& results, const std::optional<EntrantId>& id) {
  if (!id) return "not in the list";
  const model::RunnerResult& runner = runner_of(results, *id);
  std::string out = model::name_of(runner.status);
  if (!runner.clause.empty()) out += " (" + runner.clause + ")";
  if (runner.places.overall) out += ", " + ordinal(*runner.places.overall);
  const bool is_in = runner.status == model::RunnerStatus::Finished;
  if (is_in && runner.official) out += " in " + time_of(results, runner);
  return out;
}

std::string who(const TwoLists& lists, const scoring::ResultChange& change) {
  const EventResults& results = change.after ? lists.after : lists.before;
  const EntrantId id = change.after ? *change.after : *change.before;
  const std::string& name = results.persons[id.raw()].name;
  return "bib " + results.entrants[id.raw()].bib.str() + (name.empty() ? "" : " " + name);
}

/// What people decided about the runner between the two lists.
std::vector<Decision> decisions_between(const TwoLists& lists,
                                        const scoring::ResultChange& change) {
  const bool is_after = change.after.has_value();
  std::vector<Decision> all = decisions_about(
      is_after ? lists.after : lists.before, is_after ? *change.after : *change.before, lists.said);
  std::erase_if(all, [&](const Decision& one) {
    return one.seq <= lists.before_seq || one.seq > lists.after_seq;
  });
  return all;
}

/// How many reads of the runner came between the two lists.
std::size_t reads_between(const TwoLists& lists, const scoring::ResultChange& change) {
  if (!change.after) return 0;
  const auto& reads = lists.after.reads;
  return static_cast<std::size_t>(
      std::count_if(reads.begin(), reads.end(), [&](const model::ReadView& read) {
        return read.entrant == change.after && read.fact > lists.before_seq;
      }));
}

std::vector<std::string> winner_words(const EventResults& results,
                                      const model::AwardWinners* award) {
  std::vector<std::string> out;
  if (award == nullptr) return out;
  for (const auto& [placing, id] : award->winners) {
    out.push_back(place_text(placing) + ": bib " + results.entrants[id.raw()].bib.str());
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? "nobody" : out;
}

void add_awards(const EventResults& before, const EventResults& after, const std::string& race,
                std::vector<std::string>& out) {
  for (const scoring::AwardChange& change : scoring::award_changes(before, after, race)) {
    const model::AwardWinners& award = change.after != nullptr ? *change.after : *change.before;
    const std::string name =
        award.division.empty() ? award.award : award.award + " " + award.division;
    out.push_back("award " + name + ": " + joined(winner_words(before, change.before)) + " -> " +
                  joined(winner_words(after, change.after)));
  }
}

/// Those who moved because of others, in one line.
void add_moved(const TwoLists& lists, const std::vector<scoring::ResultChange>& moved,
               std::vector<std::string>& out) {
  if (moved.empty()) return;
  std::string line = counted(moved.size(), "other") + " moved because of these: ";
  for (std::size_t i = 0; i < std::min(moved.size(), kMovedShown); ++i) {
    const auto& was = runner_of(lists.before, *moved[i].before).places.overall;
    const auto& is = runner_of(lists.after, *moved[i].after).places.overall;
    line += (i == 0 ? "bib " : ", bib ") + lists.after.entrants[moved[i].after->raw()].bib.str();
    if (was && is && was->place != is->place) line += " " + ordinal(*was) + " -> " + ordinal(*is);
  }
  if (moved.size() > kMovedShown) line += " ...";
  out.push_back(line);
}

/// One runner who stands otherwise, with the facts behind it.
void write_change(JsonOut& out, const TwoLists& lists, const scoring::ResultChange& change) {
  const EventResults& results = change.after ? lists.after : lists.before;
  const EntrantId id = change.after ? *change.after : *change.before;
  out.begin_object();
  out.text_of("bib", results.entrants[id.raw()].bib.view());
  out.text_of("who", who(lists, change));
  out.text_of("before", standing_words(lists.before, change.before));
  out.text_of("after", standing_words(lists.after, change.after));
  out.boolean_of("place_only", change.is_place_only);
  out.key("facts");
  out.begin_array();
  for (const Decision& decision : decisions_between(lists, change)) {
    out.begin_object();
    out.integer_of("seq", static_cast<std::int64_t>(decision.seq.raw()));
    out.text_of("kind", decision.kind);
    out.text_of("words", decision.words);
    out.end_object();
  }
  out.end_array();
  out.integer_of("reads", static_cast<std::int64_t>(reads_between(lists, change)));
  out.end_object();
}

}  // namespace

std::string list_state_words(const model::Event& event, const ListState& state) {
  std::string out = name_of(state.kind);
  if (state.version == 0) return out;
  out += state.kind == ListState::Kind::Provisional ? ", changed since version " : ", version ";
  out += std::to_string(state.version);
  if (state.at) out += " of " + local_day_and_time(event, *state.at);
  if (state.protest_until)
    out += ", protests until " + local_day_and_time(event, *state.protest_until);
  return out;
}

std::string list_states_text(const EventResults& results) {
  std::string out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::RaceId id(static_cast<std::uint16_t>(r));
    const std::string& race = results.event.races[r].id;
    out += race + ": " + list_state_words(results.event, scoring::list_state(results, id)) +
           ", fact " + std::to_string(results.as_of.raw()) + ", " +
           scoring::rules_words(scoring::rule_set_of(results.event.races[r])) + "\n";
    for (const model::RaceRuling& ruling : results.race_rulings) {
      if (ruling.ruling.race != race) continue;
      out += race + ": " + race_ruling_words(results.event, ruling.ruling) + "\n";
    }
  }
  return out;
}

std::vector<std::string> version_changes(const TwoLists& lists, const std::string& race) {
  std::vector<std::string> out;
  std::vector<scoring::ResultChange> moved;
  for (const scoring::ResultChange& change :
       scoring::changes_between(lists.before, lists.after, race)) {
    if (change.is_place_only) {
      moved.push_back(change);
      continue;
    }
    out.push_back(who(lists, change) + ": " + standing_words(lists.after, change.after) +
                  "; before: " + standing_words(lists.before, change.before));
    const std::vector<Decision> decisions = decisions_between(lists, change);
    for (const Decision& decision : decisions) {
      out.push_back("  #" + std::to_string(decision.seq.raw()) + " " + decision.words);
    }
    const std::size_t reads = reads_between(lists, change);
    if (reads > 0) out.push_back("  " + counted(reads, "read") + " came later");
    if (decisions.empty() && reads == 0) out.push_back("  by the entry list or the event file");
  }
  add_moved(lists, moved, out);
  add_awards(lists.before, lists.after, race, out);
  return out;
}

std::string version_changes_json(const TwoLists& lists, const std::string& race) {
  JsonOut out;
  out.begin_array();
  for (const scoring::ResultChange& change :
       scoring::changes_between(lists.before, lists.after, race)) {
    write_change(out, lists, change);
  }
  out.end_array();
  return out.take();
}

void write_version_changes(JsonOut& out, const TwoLists& lists, const std::string& race) {
  std::vector<scoring::ResultChange> moved;
  out.key("items");
  out.begin_array();
  for (const scoring::ResultChange& change :
       scoring::changes_between(lists.before, lists.after, race)) {
    if (change.is_place_only) {
      moved.push_back(change);
    } else {
      write_change(out, lists, change);
    }
  }
  out.end_array();
  std::vector<std::string> lines;
  add_moved(lists, moved, lines);
  if (!lines.empty()) out.text_of("moved", lines.front());
  lines.clear();
  add_awards(lists.before, lists.after, race, lines);
  out.key("awards");
  out.begin_array();
  for (const std::string& line : lines) out.text(line);
  out.end_array();
}

std::vector<std::string> rules_comparison(const EventResults& before, const EventResults& after,
                                          const std::string& race) {
  std::vector<std::string> out;
  const auto config = std::find_if(after.event.races.begin(), after.event.races.end(),
                                   [&](const model::Race& one) { return one.id == race; });
  if (config == after.event.races.end()) return out;
  const scoring::RuleSetEntry& book = scoring::rule_set_of(*config);
  const TwoLists lists{before, after, before.as_of, after.as_of, {}};
  for (const scoring::ResultChange& change : scoring::changes_between(before, after, race)) {
    std::string line = who(lists, change) + ": " + standing_words(after, change.after) +
                       " instead of " + standing_words(before, change.before);
    if (change.is_place_only) {
      line +=
          " (others stand otherwise, or equal times count otherwise: " + std::string(book.clause) +
          ")";
    } else if (change.before && change.after &&
               runner_of(before, *change.before).official !=
                   runner_of(after, *change.after).official) {
      line += " (" + std::string(book.clause) + ")";
    }
    out.push_back(line);
  }
  add_awards(before, after, race, out);
  return out;
}

std::vector<std::string> gaps_of(const EventResults& results, model::RaceId race) {
  std::vector<std::string> no_sex;
  std::vector<std::string> no_age;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.race != race) continue;
    const model::Entrant& entrant = results.entrants[runner.entrant.raw()];
    if (!entrant.sex) no_sex.push_back(entrant.bib.str());
    if (!entrant.age) no_age.push_back(entrant.bib.str());
  }
  std::vector<std::string> out;
  const auto say = [&](std::vector<std::string>& bibs, const char* what) {
    if (bibs.empty()) return;
    const std::size_t all = bibs.size();
    bibs.resize(std::min(all, kBibsShown));
    out.push_back(counted(all, "runner") + " without " + what + ", in no list by it: bib " +
                  joined(bibs) + (all > kBibsShown ? " ..." : ""));
  };
  say(no_sex, "a sex");
  say(no_age, "an age");
  return out;
}

}  // namespace hs::present
