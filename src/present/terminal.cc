#include "present/terminal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/sha256.h"
#include "model/relay.h"
#include "present/attention_words.h"
#include "present/decisions.h"
#include "present/legs.h"
#include "present/listing.h"
#include "present/moment_words.h"
#include "present/table.h"
#include "present/version_words.h"
#include "present/wording.h"
#include "scoring/rule_set.h"

// Implementation notes: the summary shows names as in public, since a terminal at the line is read
// over shoulders; the whole list of things to do is in attention.csv and `doctor`.

namespace hs::present {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNameWidthMax = 32;
/// Kinds of attention named in the summary; the rest is counted.
constexpr std::size_t kAttentionKindsMax = 8;
/// Hexadecimal digits of the hash that tell two results apart by eye.
constexpr std::size_t kHashDigits = 12;

std::string name_of_runner(const model::EventResults& results, model::EntrantId id) {
  return model::public_name(results.entrants[id.raw()], results.persons[id.raw()]);
}

std::string race_head(const model::EventResults& results, model::RaceId id, Colour colour) {
  const model::Race& race = results.event.races[id.raw()];
  const scoring::RuleSetEntry& book = scoring::rule_set_of(race);
  const std::string edition = book.edition;
  const std::string name = race.name.empty() ? race.id : race.name;
  std::string facts = distance_text(race.points.back().distance) + ", places by " +
                      model::name_of(race.rank_by) + " time, " + model::name_of(race.rules) + " " +
                      edition;
  if (results.cancelled[id.raw()]) {
    facts += ", called off";
  } else if (!results.closed[id.raw()]) {
    facts += ", still open";
  }
  facts += "; " + list_state_words(results.event, scoring::list_state(results, id));
  for (const model::RaceRuling& ruling : results.race_rulings) {
    if (ruling.ruling.race == race.id) {
      facts += "; " + race_ruling_words(results.event, ruling.ruling);
    }
  }
  return "\n" + inked(fitted(name, kTerminalWidth), Ink::Strong, colour) + "\n" +
         paragraph(facts, kIndent, kIndent);
}

/// The first of a race, and the winners of each sex where they are further down.
std::vector<model::EntrantId> shown_runners(const model::EventResults& results, model::RaceId race,
                                            std::size_t top) {
  std::vector<model::EntrantId> out;
  for (const model::EntrantId id : listing(results, race)) {
    const model::Places& places = results.runners[id.raw()].places;
    if (!places.overall.has_value()) break;
    const bool first_of_sex = places.sex.has_value() && places.sex->place == 1;
    if (out.size() < top || first_of_sex) out.push_back(id);
  }
  return out;
}

std::string winners_table(const model::EventResults& results, model::RaceId id,
                          const SummaryOptions& options) {
  const model::Race& race = results.event.races[id.raw()];
  Table table({{"place", Align::Right},
               {"bib", Align::Right},
               {"name", Align::Left, kNameWidthMax},
               {"sex", Align::Left},
               {"division", Align::Left, 14},
               {"official", Align::Right},
               {"net", Align::Right}});
  for (const model::EntrantId runner : shown_runners(results, id, options.top)) {
    const model::RunnerResult& r = results.runners[runner.raw()];
    const model::Entrant& entrant = results.entrants[runner.raw()];
    table.add({{place_text(*r.places.overall), Ink::Strong},
               {entrant.bib.str()},
               {name_of_runner(results, runner)},
               {entrant.sex.has_value() ? model::name_of(*entrant.sex) : ""},
               {r.division.has_value() ? race.divisions[r.division->raw()].id : ""},
               {r.official.has_value() ? official_time(race, *r.official) : "", Ink::Strong},
               {r.net.has_value() ? base::format_h_mm_ss_mmm(r.net->value()) : "", Ink::Faint}});
  }
  return table.empty() ? std::string() : table.text(kIndent, options.colour);
}

/// The best of each leg of a relay.
std::string legs_of(const model::EventResults& results, model::RaceId id, Colour colour) {
  constexpr std::size_t kShown = 3;
  const std::vector<model::RelayLeg> legs = model::legs_of(results.event.races[id.raw()]);
  Table table({{"", Align::Left, 28}, {"", Align::Left}});
  for (std::size_t l = 0; l < legs.size(); ++l) {
    std::string best;
    std::size_t shown = 0;
    for (const model::EntrantId team : leg_listing(results, id, l)) {
      const model::LegResult& leg = results.runners[team.raw()].legs[l];
      if (!leg.places.overall || shown++ == kShown) break;
      const std::string who = runner_of_leg(results, team, l);
      best += (best.empty() ? "" : ", ") + place_text(*leg.places.overall) + " " +
              (who.empty() ? "" : who + ", ") + name_of_runner(results, team) + " " +
              base::format_h_mm_ss_mmm(*leg.time);
    }
    if (!best.empty()) table.add({{"leg " + legs[l].id}, {best}});
  }
  if (table.empty()) return {};
  return std::string(kIndent, ' ') + inked("legs", Ink::Faint, colour) + "\n" +
         table.text(kIndent, colour);
}

std::string status_counts(const model::EventResults& results, model::RaceId id) {
  std::array<std::uint64_t, static_cast<std::size_t>(model::RunnerStatus::Stopped) + 1> counts{};
  for (const model::EntrantId runner : results.order[id.raw()]) {
    ++counts[static_cast<std::size_t>(results.runners[runner.raw()].status)];
  }
  std::string out = counted(results.order[id.raw()].size(), "entry", "entries");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto status = static_cast<model::RunnerStatus>(i);
    out += ", " + grouped(counts[i]) + " " + model::name_of(status);
  }
  return paragraph(out, kIndent, kIndent);
}

std::uint32_t prizes_of(const model::Race& race, const std::string& team_award) {
  for (const model::TeamAward& award : race.team_awards) {
    if (award.id == team_award) return static_cast<std::uint32_t>(award.places);
  }
  return 0;
}

/// "1 Fife AC 15: Ana Ruiz 2, Bo Lind 6, Cy Hart 7".
std::string team_line(const model::EventResults& results, const model::Race& race,
                      const model::TeamResults& award, const model::TeamStanding& team) {
  const bool by_places = award.score == model::TeamScore::Places;
  std::string out = place_text(*team.placing) + " " + team.name + " " +
                    (by_places ? std::to_string(team.places) : official_time(race, team.time));
  const char* between = ": ";
  for (const model::TeamMember& member : team.members) {
    if (!member.scores) continue;
    // Somebody private is not told of as one of a team.
    const bool is_private = results.entrants[member.runner.raw()].is_private;
    out +=
        between + (is_private ? std::string("(private)") : name_of_runner(results, member.runner));
    out += " " + (by_places ? std::to_string(member.place) : official_time(race, member.time));
    between = ", ";
  }
  return out;
}

/// Why an award is not certain yet: " (open: 3 runners could change it until 11:42:10)".
std::string open_text(const model::EventResults& results, const model::AwardWinners& award) {
  if (award.could.empty()) return " (open: another award it hangs on is)";
  std::string out = " (open: " + counted(award.could.size(), "runner") + " could change it";
  if (award.open) out += " until " + local_time(results.event, *award.open);
  return out + ")";
}

std::string awards_of(const model::EventResults& results, model::RaceId id, Colour colour) {
  Table table({{"", Align::Left, 28}, {"", Align::Left}});
  for (const model::AwardWinners& award : results.awards) {
    if (award.race != id || award.winners.empty()) continue;
    std::string names;
    for (const auto& [placing, runner] : award.winners) {
      names +=
          (names.empty() ? "" : ", ") + place_text(placing) + " " + name_of_runner(results, runner);
    }
    const std::string what =
        award.division.empty() ? award.award : award.award + " " + award.division;
    if (!award.is_locked) names += open_text(results, award);
    table.add({{what}, {names}});
  }
  if (table.empty()) return {};
  return std::string(kIndent, ' ') + inked("awards", Ink::Faint, colour) + "\n" +
         table.text(kIndent, colour);
}

/// The teams that win something, with the runners who score.
std::string teams_of(const model::EventResults& results, model::RaceId id, Colour colour) {
  const model::Race& race = results.event.races[id.raw()];
  Table table({{"", Align::Left, 28}, {"", Align::Left}});
  for (const model::TeamResults& award : results.teams) {
    if (award.race != id) continue;
    for (const model::TeamStanding& team : award.teams) {
      if (!team.placing || team.placing->place > prizes_of(race, award.award)) break;
      table.add({{award.award}, {team_line(results, race, award, team)}});
    }
  }
  if (table.empty()) return {};
  return std::string(kIndent, ' ') + inked("teams", Ink::Faint, colour) + "\n" +
         table.text(kIndent, colour);
}

Ink ink_of(model::Severity severity) {
  switch (severity) {
    case model::Severity::Act:
      return Ink::Bad;
    case model::Severity::Look:
      return Ink::Warn;
    case model::Severity::Note:
      return Ink::Faint;
  }
  return Ink::Plain;
}

struct KindCount {
  const model::Attention* first = nullptr;  ///< The most pressing one, for its words.
  std::uint64_t count = 0;
};

/// Kinds of the list, most pressing first, each with its first item.
std::vector<KindCount> kinds_of(const std::vector<model::Attention>& attention) {
  std::vector<KindCount> out;
  for (const model::Attention& item : attention) {
    const auto at = std::find_if(out.begin(), out.end(), [&](const KindCount& kind) {
      return kind.first->kind == item.kind && kind.first->severity == item.severity;
    });
    if (at == out.end()) {
      out.push_back({&item, 1});
    } else {
      ++at->count;
    }
  }
  return out;
}

std::string attention_block(const model::EventResults& results, const SummaryOptions& options) {
  if (results.attention.empty()) return {};
  std::string out = "\n" + inked("For a person", Ink::Strong, options.colour) + "  " +
                    counted(results.attention.size(), "item") + ", all in attention.csv\n";
  Table table({{"", Align::Left}, {"", Align::Right}, {"", Align::Left, 22}, {"", Align::Left}});
  const std::vector<KindCount> kinds = kinds_of(results.attention);
  for (std::size_t i = 0; i < kinds.size() && i < kAttentionKindsMax; ++i) {
    const model::Attention& item = *kinds[i].first;
    const std::string example = words_for(item, results, options.event_path).what;
    table.add({{model::name_of(item.severity), ink_of(item.severity)},
               {grouped(kinds[i].count)},
               {model::name_of(item.kind)},
               {kinds[i].count > 1 ? "e.g. " + example : example}});
  }
  out += table.text(kIndent, options.colour);
  if (kinds.size() > kAttentionKindsMax) {
    out += paragraph("and " + counted(kinds.size() - kAttentionKindsMax, "other kind"), kIndent,
                     kIndent);
  }
  return out;
}

std::string moments_block(const model::EventResults& results,
                          const std::vector<model::Moment>& moments,
                          const SummaryOptions& options) {
  if (moments.empty()) return {};
  std::string out = "\n" + inked("Moments", Ink::Strong, options.colour) + "\n";
  for (std::size_t i = 0; i < moments.size() && i < options.moments_max; ++i) {
    out += paragraph(words_for(moments[i], results).headline, kIndent, kIndent + 2);
  }
  if (moments.size() > options.moments_max) {
    out += paragraph("and " + grouped(moments.size() - options.moments_max) + " more", kIndent,
                     kIndent);
  }
  return out;
}

}  // namespace

std::string score_summary(const model::EventResults& results,
                          const std::vector<model::Moment>& moments,
                          const SummaryOptions& options) {
  std::string out =
      inked(fitted(results.event.name, kTerminalWidth - 12), Ink::Strong, options.colour) + "  " +
      base::format_date(results.event.date) + "\n";
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::RaceId id(static_cast<std::uint16_t>(r));
    out += race_head(results, id, options.colour) + winners_table(results, id, options) +
           legs_of(results, id, options.colour) + status_counts(results, id) +
           awards_of(results, id, options.colour) + teams_of(results, id, options.colour);
  }
  out += moments_block(results, moments, options) + attention_block(results, options);
  out += "\n" +
         inked("as of fact " + grouped(results.as_of.raw()) + ", results " +
                   base::to_hex(results.hash).substr(0, kHashDigits),
               Ink::Faint, options.colour) +
         "\n";
  return out;
}

}  // namespace hs::present
