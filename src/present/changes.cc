#include "present/changes.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "present/wording.h"

// Implementation notes: what is compared is what scoring or a list uses; line numbers and where a
// comment stood are not. A list of named things (races, points, waves ...) is compared by name, so
// that one put in the middle is one change and not many.

namespace hs::present {
namespace {

/// Collects "where: what before -> after".
class Differences {
 public:
  explicit Differences(std::vector<std::string>& out) : out_(out) {}

  void value(const std::string& where, const char* what, const std::string& before,
             const std::string& after) {
    if (before == after) return;
    out_.push_back(where + ": " + what + " " + shown(before) + " -> " + shown(after));
  }
  void gone(const std::string& where, const std::string& what) {
    out_.push_back(where + ": " + what + " is gone");
  }
  void added(const std::string& where, const std::string& what) {
    out_.push_back(where + ": " + what + " is new");
  }

 private:
  static std::string shown(const std::string& value) { return value.empty() ? "none" : value; }
  std::vector<std::string>& out_;
};

template <typename Item>
const Item* named(const std::vector<Item>& items, const std::string& id) {
  const auto at =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return at == items.end() ? nullptr : &*at;
}

/// Calls `compare` for each pair of one name, and says which are gone and which are new.
template <typename Item, typename Compare>
void by_name(Differences& out, const std::string& where, const char* what,
             const std::vector<Item>& before, const std::vector<Item>& after,
             const Compare& compare) {
  for (const Item& item : before) {
    const Item* other = named(after, item.id);
    if (other == nullptr) {
      out.gone(where, what + item.id);
    } else {
      compare(item, *other);
    }
  }
  for (const Item& item : after) {
    if (named(before, item.id) == nullptr) out.added(where, what + item.id);
  }
}

/// On the event's own clocks, to the digit in which a gun is known.
std::string instant(const model::Event& event, const std::optional<base::RaceTime>& at) {
  if (!at.has_value()) return {};
  constexpr int kMilliseconds = 3;
  const bool is_whole = std::chrono::floor<std::chrono::seconds>(*at) == *at;
  return local_day_and_time(event, *at, is_whole ? 0 : kMilliseconds);
}

std::string number(const std::optional<int>& value) {
  return value.has_value() ? std::to_string(*value) : std::string();
}

template <typename Enum>
std::string name_or_none(const std::optional<Enum>& value) {
  return value.has_value() ? std::string(model::name_of(*value)) : std::string();
}

std::string yes_or_none(const std::optional<bool>& value) {
  if (!value) return {};
  return *value ? "yes" : "no";
}

std::string sexes(const model::Division& division) {
  std::string out = name_or_none(division.sex);
  for (const model::Sex sex : division.more_sexes) out += std::string(", ") + model::name_of(sex);
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string exact(base::Duration value) { return base::format_h_mm_ss_mmm(value); }

void compare_points(Differences& out, const std::string& where, const model::Race& before,
                    const model::Race& after) {
  by_name(out, where, "point ", before.points, after.points,
          [&](const model::Point& a, const model::Point& b) {
            const std::string here = where + " point " + a.id;
            out.value(here, "distance", distance_text(a.distance), distance_text(b.distance));
            out.value(here, "mat", a.mat, b.mat);
            out.value(here, "fastest", exact(a.fastest), exact(b.fastest));
            out.value(here, "leg", a.leg, b.leg);
            out.value(here, "role", a.role == model::PointRole::Timed ? "timed" : "spotter",
                      b.role == model::PointRole::Timed ? "timed" : "spotter");
          });
}

void compare_divisions(Differences& out, const std::string& where, const model::Race& before,
                       const model::Race& after) {
  by_name(out, where, "division ", before.divisions, after.divisions,
          [&](const model::Division& a, const model::Division& b) {
            const std::string here = where + " division " + a.id;
            out.value(here, "sex", sexes(a), sexes(b));
            out.value(here, "age_min", number(a.age_min), number(b.age_min));
            out.value(here, "age_max", number(a.age_max), number(b.age_max));
            out.value(here, "mode", name_or_none(a.mode), name_or_none(b.mode));
            out.value(here, "primary", a.primary ? "yes" : "no", b.primary ? "yes" : "no");
          });
}

void compare_awards(Differences& out, const std::string& where, const model::Race& before,
                    const model::Race& after) {
  by_name(out, where, "award ", before.awards, after.awards,
          [&](const model::Award& a, const model::Award& b) {
            const std::string here = where + " award " + a.id;
            out.value(here, "sex", name_or_none(a.sex), name_or_none(b.sex));
            out.value(here, "division", a.division, b.division);
            out.value(here, "places", std::to_string(a.places), std::to_string(b.places));
            out.value(here, "by", model::name_of(a.by), model::name_of(b.by));
            out.value(here, "exclude_winners_of", joined(a.exclude_winners_of),
                      joined(b.exclude_winners_of));
            out.value(here, "clubs", joined(a.clubs), joined(b.clubs));
            out.value(here, "besides", a.besides ? "yes" : "no", b.besides ? "yes" : "no");
          });
}

void compare_team_awards(Differences& out, const std::string& where, const model::Race& before,
                         const model::Race& after) {
  by_name(out, where, "team award ", before.team_awards, after.team_awards,
          [&](const model::TeamAward& a, const model::TeamAward& b) {
            const std::string here = where + " team award " + a.id;
            out.value(here, "of", model::name_of(a.of), model::name_of(b.of));
            out.value(here, "sex", name_or_none(a.sex), name_or_none(b.sex));
            out.value(here, "division", a.division, b.division);
            out.value(here, "places", std::to_string(a.places), std::to_string(b.places));
            out.value(here, "by", model::name_of(a.by), model::name_of(b.by));
            out.value(here, "score", name_or_none(a.score), name_or_none(b.score));
            out.value(here, "scorers", number(a.scorers), number(b.scorers));
            out.value(here, "runners", number(a.runners), number(b.runners));
            out.value(here, "closes_up", yes_or_none(a.closes_up), yes_or_none(b.closes_up));
            out.value(here, "tie", name_or_none(a.tie), name_or_none(b.tie));
          });
}

void compare_race(Differences& out, const model::Event& event, const model::Race& before,
                  const model::Race& after) {
  const std::string& where = before.id;
  out.value(where, "name", before.name, after.name);
  out.value(where, "rules", model::name_of(before.rules), model::name_of(after.rules));
  out.value(where, "edition of the rules", before.rules_edition, after.rules_edition);
  out.value(where, "rank_by", model::name_of(before.rank_by), model::name_of(after.rank_by));
  out.value(where, "start_window", exact(before.start_window), exact(after.start_window));
  out.value(where, "gap", exact(before.gap), exact(after.gap));
  out.value(where, "pair_window", exact(before.pair_window), exact(after.pair_window));
  out.value(where, "closes", instant(event, before.closes), instant(event, after.closes));
  out.value(where, "unresolved",
            before.unresolved == model::Unresolved::NeedsPerson ? "UNR" : "DNF",
            after.unresolved == model::Unresolved::NeedsPerson ? "UNR" : "DNF");
  compare_points(out, where, before, after);
  by_name(out, where, "wave ", before.waves, after.waves,
          [&](const model::Wave& a, const model::Wave& b) {
            out.value(where + " wave " + a.id, "gun", instant(event, a.gun), instant(event, b.gun));
            out.value(where + " wave " + a.id, "leg", a.leg, b.leg);
          });
  compare_divisions(out, where, before, after);
  out.value(where, "one_prize", model::name_of(before.one_prize), model::name_of(after.one_prize));
  compare_awards(out, where, before, after);
  compare_team_awards(out, where, before, after);
}

std::string source_text(const model::SourceConfig& source) {
  return source.file.empty() ? source.device : source.file;
}

const char* clock_text(model::DeviceClock clock) {
  switch (clock) {
    case model::DeviceClock::Utc:
      return "utc";
    case model::DeviceClock::Local:
      return "local";
    case model::DeviceClock::Fixed:
      return "a fixed zone";
    case model::DeviceClock::Free:
      return "free";
  }
  return "";
}

void compare_sources(Differences& out, const model::Event& before, const model::Event& after) {
  // A file may be named by several sources, for a mat each; both together name one.
  const auto same = [](const model::SourceConfig& a, const model::SourceConfig& b) {
    return a.file == b.file && a.device == b.device && a.mat == b.mat;
  };
  const auto find = [&](const std::vector<model::SourceConfig>& all,
                        const model::SourceConfig& one) -> const model::SourceConfig* {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const model::SourceConfig& s) { return same(s, one); });
    return at == all.end() ? nullptr : &*at;
  };
  for (const model::SourceConfig& a : before.sources) {
    const model::SourceConfig* b = find(after.sources, a);
    const std::string where = "source " + source_text(a);
    if (b == nullptr) {
      out.gone("event", where);
      continue;
    }
    out.value(where, "format", a.format, b->format);
    out.value(where, "role", model::name_of(a.role), model::name_of(b->role));
    out.value(where, "clock", clock_text(a.clock), clock_text(b->clock));
    out.value(where, "zone in seconds", std::to_string(a.fixed_offset.count()),
              std::to_string(b->fixed_offset.count()));
    out.value(where, "offset", exact(a.offset), exact(b->offset));
  }
  for (const model::SourceConfig& b : after.sources) {
    if (find(before.sources, b) == nullptr) out.added("event", "source " + source_text(b));
  }
}

std::string chips_text(const std::vector<model::TagCode>& chips) {
  std::string out;
  for (const model::TagCode& chip : chips) out += (out.empty() ? "" : ";") + chip.str();
  return out;
}

/// "1 Ana Ruiz (A1;A2), 2 (B1)": who runs the legs of a relay team.
std::string legs_text(const model::Entrant& team, const model::Person& person) {
  std::string out;
  for (const model::LegRunner& runner : team.legs) {
    out += (out.empty() ? "" : ", ") + runner.leg;
    for (const auto& [leg, name] : person.runners) {
      if (leg == runner.leg) out += " " + name;
    }
    if (!runner.chips.empty()) out += " (" + chips_text(runner.chips) + ")";
  }
  return out;
}

void compare_person(Differences& out, const std::string& where, const model::Person& a,
                    const model::Person& b) {
  const auto date = [](const std::optional<base::Date>& day) {
    return day.has_value() ? base::format_date(*day) : std::string();
  };
  const auto time = [](const std::optional<base::Duration>& value) {
    return value.has_value() ? exact(*value) : std::string();
  };
  out.value(where, "name", a.name, b.name);
  out.value(where, "birth_date", date(a.birth_date), date(b.birth_date));
  out.value(where, "club", a.club, b.club);
  out.value(where, "team", a.team, b.team);
  out.value(where, "group", a.group, b.group);
  out.value(where, "city", a.city, b.city);
  out.value(where, "state", a.state, b.state);
  out.value(where, "country", a.country, b.country);
  out.value(where, "goal_time", time(a.goal_time), time(b.goal_time));
  out.value(where, "guide_of", a.guide_of, b.guide_of);
  out.value(where, "para", a.para, b.para);
  out.value(where, "first_time", a.first_time, b.first_time);
  out.value(where, "why", a.why, b.why);
  out.value(where, "cause", a.cause, b.cause);
  out.value(where, "dedication", a.dedication, b.dedication);
  out.value(where, "note", a.note, b.note);
  const auto extra_of = [](const model::Person& person, const std::string& column) {
    for (const auto& [name, value] : person.extra) {
      if (name == column) return value;
    }
    return std::string();
  };
  for (const auto& [name, value] : a.extra) {
    out.value(where, name.c_str(), value, extra_of(b, name));
  }
  for (const auto& [name, value] : b.extra) {
    if (extra_of(a, name).empty()) out.value(where, name.c_str(), "", value);
  }
}

}  // namespace

std::vector<std::string> describe_changes(const model::Event& before, const model::Event& after) {
  std::vector<std::string> lines;
  Differences out(lines);
  out.value("event", "name", before.name, after.name);
  out.value("event", "date", base::format_date(before.date), base::format_date(after.date));
  out.value("event", "timezone", before.timezone, after.timezone);
  out.value("event", "language", before.language, after.language);
  out.value("event", "ends", instant(before, before.ends), instant(after, after.ends));
  by_name(out, "event", "race ", before.races, after.races,
          [&](const model::Race& a, const model::Race& b) { compare_race(out, after, a, b); });
  compare_sources(out, before, after);
  out.value("event", "published columns", joined(before.publish_columns),
            joined(after.publish_columns));
  return lines;
}

std::vector<std::string> describe_changes(const model::Entrant& before,
                                          const model::Person& person_before,
                                          const model::Entrant& after,
                                          const model::Person& person_after) {
  std::vector<std::string> lines;
  Differences out(lines);
  const std::string where = before.race + " " + before.bib.str();
  out.value(where, "race", before.race, after.race);
  out.value(where, "bib", before.bib.str(), after.bib.str());
  out.value(where, "chips", chips_text(before.chips), chips_text(after.chips));
  out.value(where, "wave", before.wave, after.wave);
  out.value(where, "mode", model::name_of(before.mode), model::name_of(after.mode));
  out.value(where, "entry_status", model::name_of(before.entry_status),
            model::name_of(after.entry_status));
  out.value(where, "sex", name_or_none(before.sex), name_or_none(after.sex));
  out.value(where, "age", number(before.age), number(after.age));
  out.value(where, "private", before.is_private ? "yes" : "no", after.is_private ? "yes" : "no");
  out.value(where, "minor", before.is_minor ? "yes" : "no", after.is_minor ? "yes" : "no");
  out.value(where, "tell", before.tell ? "yes" : "no", after.tell ? "yes" : "no");
  out.value(where, "legs", legs_text(before, person_before), legs_text(after, person_after));
  compare_person(out, where, person_before, person_after);
  return lines;
}

}  // namespace hs::present
